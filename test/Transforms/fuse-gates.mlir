// RUN: act-opt %s --act-fuse -o %t
// RUN: FileCheck %s --input-file=%t
// Nothing is left for a second run.
// RUN: act-opt %t --act-fuse | diff %t -

// Each kind of gate, with the product in both orders.

// CHECK-LABEL: func @swiglu(
//  CHECK-SAME: %[[G:.*]]: tensor<?x8xf32>, %[[U:.*]]: tensor<?x8xf32>)
//  CHECK-NEXT: %[[Y:.*]] = act.gate swiglu %[[G]], %[[U]] : tensor<?x8xf32>
//  CHECK-NEXT: return %[[Y]]
func.func @swiglu(%g: tensor<?x8xf32>, %u: tensor<?x8xf32>) -> tensor<?x8xf32> {
  %a = act.silu %g : tensor<?x8xf32>
  %y = arith.mulf %a, %u : tensor<?x8xf32>
  return %y : tensor<?x8xf32>
}

// CHECK-LABEL: func @swapped(
//  CHECK-SAME: %[[G:.*]]: tensor<?x8xf32>, %[[U:.*]]: tensor<?x8xf32>)
//  CHECK-NEXT: act.gate swiglu %[[G]], %[[U]] : tensor<?x8xf32>
func.func @swapped(%g: tensor<?x8xf32>, %u: tensor<?x8xf32>) -> tensor<?x8xf32> {
  %a = act.silu %g : tensor<?x8xf32>
  %y = arith.mulf %u, %a : tensor<?x8xf32>
  return %y : tensor<?x8xf32>
}

// CHECK-LABEL: func @kinds
func.func @kinds(%g: tensor<4xf32>, %u: tensor<4xf32>) -> (tensor<4xf32>,
    tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>,
    tensor<4xf32>) {
  // CHECK: act.gate glu
  %0 = act.sigmoid %g : tensor<4xf32>
  %glu = arith.mulf %0, %u : tensor<4xf32>
  // CHECK: act.gate reglu
  %1 = act.relu %g : tensor<4xf32>
  %reglu = arith.mulf %u, %1 : tensor<4xf32>
  // CHECK: act.gate sreglu
  %2 = act.relu %g : tensor<4xf32>
  %square = arith.mulf %2, %2 : tensor<4xf32>
  %sreglu = arith.mulf %square, %u : tensor<4xf32>
  // CHECK: act.gate geglu
  %3 = act.gelu %g : tensor<4xf32>
  %geglu = arith.mulf %3, %u : tensor<4xf32>
  // CHECK: act.gate geglu_tanh
  %4 = act.gelu %g approximate(tanh) : tensor<4xf32>
  %geglu_tanh = arith.mulf %u, %4 : tensor<4xf32>
  // CHECK: act.gate quick_geglu
  %5 = act.gelu %g approximate(sigmoid) : tensor<4xf32>
  %quick_geglu = arith.mulf %5, %u : tensor<4xf32>
  // CHECK: act.gate swiglu %{{.*}}, %{{.*}} {beta = 1.5}
  %6 = act.swish %g {beta = 1.5} : tensor<4xf32>
  %swiglu = arith.mulf %6, %u : tensor<4xf32>
  // CHECK-NOT: arith.mulf
  return %glu, %reglu, %sreglu, %geglu, %geglu_tanh, %quick_geglu, %swiglu :
    tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>,
    tensor<4xf32>, tensor<4xf32>
}

// Of two activations the first is the gate.
// CHECK-LABEL: func @two(
//  CHECK-SAME: %[[G:.*]]: tensor<4xf32>, %[[U:.*]]: tensor<4xf32>)
//       CHECK: %[[A:.*]] = act.sigmoid %[[U]]
//       CHECK: act.gate swiglu %[[G]], %[[A]]
func.func @two(%g: tensor<4xf32>, %u: tensor<4xf32>) -> tensor<4xf32> {
  %0 = act.silu %g : tensor<4xf32>
  %1 = act.sigmoid %u : tensor<4xf32>
  %y = arith.mulf %0, %1 : tensor<4xf32>
  return %y : tensor<4xf32>
}

// Scalars and vectors, in a body of linalg.generic too.
// CHECK-LABEL: func @scalar
//       CHECK: act.gate geglu %{{.*}} : f64
//       CHECK: act.gate glu %{{.*}} : vector<8xf32>
func.func @scalar(%g: f64, %u: f64, %v: vector<8xf32>, %w: vector<8xf32>) -> (f64, vector<8xf32>) {
  %0 = act.gelu %g : f64
  %1 = arith.mulf %0, %u : f64
  %2 = act.sigmoid %v : vector<8xf32>
  %3 = arith.mulf %w, %2 : vector<8xf32>
  return %1, %3 : f64, vector<8xf32>
}

// The tier of the activation is that of the gate.
// CHECK-LABEL: func @accuracy
//       CHECK: act.gate swiglu %{{.*}} {act.accuracy = "exact"}
func.func @accuracy(%g: tensor<4xbf16>, %u: tensor<4xbf16>) -> tensor<4xbf16> {
  %0 = act.silu %g {act.accuracy = "exact"} : tensor<4xbf16>
  %1 = arith.mulf %0, %u : tensor<4xbf16>
  return %1 : tensor<4xbf16>
}
