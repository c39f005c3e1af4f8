// Dimensions of results are those of operands, and upstream passes take
// operations on tensors to scalars by the traits.

// RUN: act-opt %s --resolve-shaped-type-result-dims --canonicalize \
// RUN:   | FileCheck %s
// RUN: act-opt %s --convert-elementwise-to-linalg \
// RUN:   | FileCheck %s --check-prefix=LINALG

// CHECK-LABEL: func @forward(
// CHECK-SAME: %[[X:[^:]*]]: tensor<?x4xf32>
// LINALG-LABEL: func @forward(
func.func @forward(%x: tensor<?x4xf32>) -> (index, index) {
  // CHECK-DAG: %[[C0:.*]] = arith.constant 0 : index
  // CHECK-DAG: %[[C4:.*]] = arith.constant 4 : index
  // CHECK: %[[D:.*]] = tensor.dim %[[X]], %[[C0]]
  // CHECK: return %[[D]], %[[C4]]
  // LINALG: linalg.generic
  // LINALG: act.silu %{{.*}} : f32
  %y = act.silu %x : tensor<?x4xf32>
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %d0 = tensor.dim %y, %c0 : tensor<?x4xf32>
  %d1 = tensor.dim %y, %c1 : tensor<?x4xf32>
  return %d0, %d1 : index, index
}

// CHECK-LABEL: func @backward(
// CHECK-SAME: %[[X:[^:]*]]: tensor<?x?xf32>, %[[W:[^:]*]]: tensor<?xf32>
func.func @backward(%x: tensor<?x?xf32>, %w: tensor<?xf32>) -> (index, index) {
  // CHECK-DAG: %[[C0:.*]] = arith.constant 0 : index
  // CHECK-DAG: %[[C1:.*]] = arith.constant 1 : index
  // CHECK-DAG: %[[D0:.*]] = tensor.dim %[[X]], %[[C1]]
  // CHECK-DAG: %[[D1:.*]] = tensor.dim %[[W]], %[[C0]]
  // CHECK: return %[[D0]], %[[D1]]
  %dx, %dw = act.prelu_backward %x, %x, %w : tensor<?x?xf32>, tensor<?xf32>
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %d0 = tensor.dim %dx, %c1 : tensor<?x?xf32>
  %d1 = tensor.dim %dw, %c0 : tensor<?xf32>
  return %d0, %d1 : index, index
}
