// RUN: act-opt %s --act-fuse --verify-diagnostics \
// RUN:   --remarks-filter-missed=act-fuse -o %t
// RUN: FileCheck %s --input-file=%t
// RUN: act-opt %t --act-fuse | diff %t -

// With the numbers of the kind.
// CHECK-LABEL: func @usual(
//  CHECK-SAME: %[[G:.*]]: tensor<4xf32>, %[[U:.*]]: tensor<4xf32>)
//  CHECK-NEXT: act.gate swiglu_oai %[[G]], %[[U]] : tensor<4xf32>
//  CHECK-NEXT: return
func.func @usual(%g: tensor<4xf32>, %u: tensor<4xf32>) -> tensor<4xf32> {
  %limit = arith.constant dense<7.0> : tensor<4xf32>
  %minus = arith.constant dense<-7.0> : tensor<4xf32>
  %one = arith.constant dense<1.0> : tensor<4xf32>
  %h = arith.minimumf %g, %limit : tensor<4xf32>
  %a = act.gelu %h approximate(sigmoid) : tensor<4xf32>
  %v = arith.minimumf %u, %limit : tensor<4xf32>
  %w = arith.maximumf %v, %minus : tensor<4xf32>
  %o = arith.addf %w, %one : tensor<4xf32>
  %y = arith.mulf %a, %o : tensor<4xf32>
  return %y : tensor<4xf32>
}

// With others, and all operands the other way round, on scalars.
// CHECK-LABEL: func @others(
//  CHECK-NEXT: act.gate swiglu_oai %{{.*}} {alpha = 1.5, limit = 2.0, offset = 0.5} : f64
//  CHECK-NEXT: return
func.func @others(%g: f64, %u: f64) -> f64 {
  %limit = arith.constant 2.0 : f64
  %minus = arith.constant -2.0 : f64
  %half = arith.constant 0.5 : f64
  %h = arith.minimumf %limit, %g : f64
  %a = act.swish %h {beta = 1.5} : f64
  %v = arith.maximumf %minus, %u : f64
  %w = arith.minimumf %limit, %v : f64
  %o = arith.addf %half, %w : f64
  %y = arith.mulf %o, %a : f64
  return %y : f64
}

// With two limits it is a gate of clamped operands.
// CHECK-LABEL: func @two_limits(
//       CHECK: act.gate swiglu %{{.*}} {beta = 1.5}
func.func @two_limits(%g: f32, %u: f32) -> f32 {
  %limit = arith.constant 2.0 : f32
  %minus = arith.constant -2.0 : f32
  %other = arith.constant 3.0 : f32
  %one = arith.constant 1.0 : f32
  %h = arith.minimumf %g, %other : f32
  %a = act.swish %h {beta = 1.5} : f32
  %v = arith.maximumf %u, %minus : f32
  %w = arith.minimumf %v, %limit : f32
  %o = arith.addf %w, %one : f32
  %y = arith.mulf %a, %o : f32
  return %y : f32
}

// minnumf loses a NaN, and a clamp from -3 to 2 is another.
// CHECK-LABEL: func @other_clamps(
//   CHECK-NOT: swiglu_oai
func.func @other_clamps(%g: f32, %u: f32) -> (f32, f32) {
  %limit = arith.constant 2.0 : f32
  %minus = arith.constant -2.0 : f32
  %other = arith.constant -3.0 : f32
  %one = arith.constant 1.0 : f32
  %0 = arith.minnumf %g, %limit : f32
  %1 = act.silu %0 : f32
  %2 = arith.maximumf %u, %minus : f32
  %3 = arith.minimumf %2, %limit : f32
  %4 = arith.addf %3, %one : f32
  %5 = arith.mulf %1, %4 : f32
  %6 = arith.minimumf %g, %limit : f32
  %7 = act.silu %6 : f32
  %8 = arith.maximumf %u, %other : f32
  %9 = arith.minimumf %8, %limit : f32
  %10 = arith.addf %9, %one : f32
  %11 = arith.mulf %7, %10 : f32
  return %5, %11 : f32, f32
}
