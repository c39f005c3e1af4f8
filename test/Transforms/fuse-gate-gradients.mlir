// RUN: act-opt %s --act-fuse -o %t
// RUN: FileCheck %s --input-file=%t
// RUN: act-opt %t --act-fuse | diff %t -

// The gradients of a gate alone, with the products in any order.
// CHECK-LABEL: func @backward(
//  CHECK-SAME: %[[DY:.*]]: tensor<?x8xf32>, %[[G:.*]]: tensor<?x8xf32>, %[[U:.*]]: tensor<?x8xf32>)
//  CHECK-NEXT: %[[DG:.*]], %[[DU:.*]] = act.gate_backward swiglu %[[DY]], %[[G]], %[[U]] : tensor<?x8xf32>
//  CHECK-NEXT: return %[[DG]], %[[DU]]
func.func @backward(%dy: tensor<?x8xf32>, %g: tensor<?x8xf32>,
                    %u: tensor<?x8xf32>) -> (tensor<?x8xf32>, tensor<?x8xf32>) {
  %da = arith.mulf %u, %dy : tensor<?x8xf32>
  %dg = act.silu_backward %da, %g : tensor<?x8xf32>
  %a = act.silu %g : tensor<?x8xf32>
  %du = arith.mulf %a, %dy : tensor<?x8xf32>
  return %dg, %du : tensor<?x8xf32>, tensor<?x8xf32>
}

// With the forward: the activation serves both products.
// CHECK-LABEL: func @both(
//  CHECK-SAME: %[[DY:.*]]: tensor<?x8xf32>, %[[G:.*]]: tensor<?x8xf32>, %[[U:.*]]: tensor<?x8xf32>)
//  CHECK-NEXT: %[[Y:.*]] = act.gate geglu %[[G]], %[[U]] : tensor<?x8xf32>
//  CHECK-NEXT: %[[DG:.*]], %[[DU:.*]] = act.gate_backward geglu %[[DY]], %[[G]], %[[U]] : tensor<?x8xf32>
//  CHECK-NEXT: return %[[Y]], %[[DG]], %[[DU]]
func.func @both(%dy: tensor<?x8xf32>, %g: tensor<?x8xf32>, %u: tensor<?x8xf32>)
    -> (tensor<?x8xf32>, tensor<?x8xf32>, tensor<?x8xf32>) {
  %a = act.gelu %g : tensor<?x8xf32>
  %y = arith.mulf %a, %u : tensor<?x8xf32>
  %da = arith.mulf %dy, %u : tensor<?x8xf32>
  %dg = act.gelu_backward %da, %g : tensor<?x8xf32>
  %du = arith.mulf %dy, %a : tensor<?x8xf32>
  return %y, %dg, %du : tensor<?x8xf32>, tensor<?x8xf32>, tensor<?x8xf32>
}

// u comes after du: then the gradient comes there.
// CHECK-LABEL: func @later(
//       CHECK: %[[U:.*]] = math.absf
//  CHECK-NEXT: act.gate_backward swiglu %{{.*}}, %{{.*}}, %[[U]] {beta = 1.5}
func.func @later(%dy: tensor<4xf32>, %g: tensor<4xf32>, %v: tensor<4xf32>)
    -> (tensor<4xf32>, tensor<4xf32>) {
  %a = act.swish %g {beta = 1.5} : tensor<4xf32>
  %du = arith.mulf %dy, %a : tensor<4xf32>
  %u = math.absf %v : tensor<4xf32>
  %da = arith.mulf %dy, %u : tensor<4xf32>
  %dg = act.swish_backward %da, %g {beta = 1.5} : tensor<4xf32>
  return %dg, %du : tensor<4xf32>, tensor<4xf32>
}

// The gradient that reads the output becomes one that reads the input, which is
// more accurate.
// CHECK-LABEL: func @saved(
//  CHECK-SAME: %[[DY:.*]]: tensor<4xf32>, %[[G:.*]]: tensor<4xf32>, %[[U:.*]]: tensor<4xf32>)
//  CHECK-NEXT: act.gate_backward glu %[[DY]], %[[G]], %[[U]]
func.func @saved(%dy: tensor<4xf32>, %g: tensor<4xf32>, %u: tensor<4xf32>)
    -> (tensor<4xf32>, tensor<4xf32>) {
  %a = act.sigmoid %g : tensor<4xf32>
  %da = arith.mulf %dy, %u : tensor<4xf32>
  %dg = act.sigmoid_backward %da, %a saved(output) : tensor<4xf32>
  %du = arith.mulf %dy, %a : tensor<4xf32>
  return %dg, %du : tensor<4xf32>, tensor<4xf32>
}
