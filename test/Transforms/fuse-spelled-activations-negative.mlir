// What is nearly an activation stays as it is.

// RUN: act-opt %s --act-fuse --split-input-file | FileCheck %s
// RUN: act-opt %s --act-fuse --remarks-filter=act-fuse --split-input-file 2>&1 \
// RUN:   | FileCheck %s --check-prefix=REMARK

// Other numbers: 0.7 is not sqrt(1/2), and 1/2 is missing.

// CHECK-LABEL: func @numbers
//   CHECK-NOT: act.gelu
//       CHECK: return
func.func @numbers(%x: f32) -> (f32, f32) {
  %half = arith.constant 0.5 : f32
  %one = arith.constant 1.0 : f32
  %root = arith.constant 0.7 : f32
  %a0 = arith.mulf %x, %root : f32
  %a1 = math.erf %a0 : f32
  %a2 = arith.addf %a1, %one : f32
  %a3 = arith.mulf %x, %a2 : f32
  %a = arith.mulf %a3, %half : f32
  %right = arith.constant 0.707106769 : f32
  %b0 = arith.mulf %x, %right : f32
  %b1 = math.erf %b0 : f32
  %b2 = arith.addf %b1, %one : f32
  %b = arith.mulf %x, %b2 : f32
  return %a, %b : f32, f32
}

// -----

// Two values where the formula has one.

// CHECK-LABEL: func @two
//   CHECK-NOT: act.silu
//   CHECK-NOT: act.gelu
//       CHECK: return
func.func @two(%x: f32, %z: f32) -> (f32, f32) {
  %half = arith.constant 0.5 : f32
  %one = arith.constant 1.0 : f32
  %m = arith.negf %x : f32
  %e = math.exp %m : f32
  %d = arith.addf %e, %one : f32
  %a = arith.divf %z, %d : f32
  %root = arith.constant 0.707106769 : f32
  %b0 = arith.mulf %x, %root : f32
  %b1 = math.erf %b0 : f32
  %b2 = arith.addf %b1, %one : f32
  %b3 = arith.mulf %z, %b2 : f32
  %b = arith.mulf %b3, %half : f32
  return %a, %b : f32, f32
}

// -----

// The exponential is used besides.

// REMARK: remark: [Missed] spelled-activation | Category:act-fuse | Function=shared | Remark="'math.exp' is used by more than the formula and would be computed twice"
// CHECK-LABEL: func @shared
//   CHECK-NOT: act.sigmoid
//       CHECK: return
func.func @shared(%x: f32) -> (f32, f32) {
  %one = arith.constant 1.0 : f32
  %m = arith.negf %x : f32
  %e = math.exp %m : f32
  %d = arith.addf %e, %one : f32
  %y = arith.divf %one, %d : f32
  return %y, %e : f32, f32
}

// -----

// Operations of act have up to six dimensions, and no f128.

// CHECK-LABEL: func @types
//   CHECK-NOT: act.
//       CHECK: return
func.func @types(%x: tensor<1x1x1x1x1x2x2xf32>, %z: f128) -> (tensor<1x1x1x1x1x2x2xf32>, f128) {
  %one = arith.constant dense<1.0> : tensor<1x1x1x1x1x2x2xf32>
  %n = arith.negf %x : tensor<1x1x1x1x1x2x2xf32>
  %e = math.exp %n : tensor<1x1x1x1x1x2x2xf32>
  %s = arith.addf %e, %one : tensor<1x1x1x1x1x2x2xf32>
  %r = arith.divf %x, %s : tensor<1x1x1x1x1x2x2xf32>
  %f = math.exp %z : f128
  %t = math.log1p %f : f128
  return %r, %t : tensor<1x1x1x1x1x2x2xf32>, f128
}

// -----

// A steepness beyond f32.

// CHECK-LABEL: func @steep(
//   CHECK-NOT: act.swish
//       CHECK: act.gate glu
func.func @steep(%x: tensor<4xf32>) -> tensor<4xf32> {
  %c = arith.constant dense<1.0e30> : tensor<4xf32>
  %a = arith.mulf %x, %c : tensor<4xf32>
  %b = arith.mulf %a, %c : tensor<4xf32>
  %s = act.sigmoid %b : tensor<4xf32>
  %y = arith.mulf %x, %s : tensor<4xf32>
  return %y : tensor<4xf32>
}
