// Packed gates need no memory of their own: their parts are views of the
// operand, and the gradients are written to their places in the result.

// RUN: act-opt %s --pass-pipeline="builtin.module(act-insert-checks,func.func(act-to-linalg),act-outline-results,eliminate-empty-tensors,one-shot-bufferize,func.func(canonicalize))" | FileCheck %s

// CHECK-NOT: memref.alloc
// CHECK-NOT: memref.copy
// CHECK-LABEL: func @halves(
//  CHECK-SAME: %[[X:.*]]: memref<?x?xf32>, %[[Y:.*]]: memref<?x?xf32>
//       CHECK: %[[G:.*]] = memref.subview %[[X]]
//       CHECK: %[[U:.*]] = memref.subview %[[X]]
//       CHECK: linalg.generic {{.*}} ins(%[[G]], %[[U]] : {{.*}}) outs(%[[Y]] :
func.func @halves(%x: tensor<?x?xf32>) -> tensor<?x?xf32> {
  %y = act.glu swiglu %x : tensor<?x?xf32>
  return %y : tensor<?x?xf32>
}

// CHECK-NOT: memref.alloc
// CHECK-NOT: memref.copy
// CHECK-LABEL: func @halves_backward(
//  CHECK-SAME: %[[DY:.*]]: memref<?x?xf32>, %[[X:.*]]: memref<?x?xf32>, %[[DX:.*]]: memref<?x?xf32>
//   CHECK-DAG: %[[DG:.*]] = memref.subview %[[DX]][0, 0]
//   CHECK-DAG: %[[DU:.*]] = memref.subview %[[DX]][0, %{{.*}}]
//       CHECK: linalg.generic {{.*}} ins(%[[DY]], {{.*}}) outs(%[[DG]], %[[DU]] :
// CHECK-NOT: memref.alloc
// CHECK-NOT: memref.copy
func.func @halves_backward(%dy: tensor<?x?xf32>, %x: tensor<?x?xf32>)
    -> tensor<?x?xf32> {
  %dx = act.glu_backward swiglu %dy, %x : tensor<?x?xf32>
  return %dx : tensor<?x?xf32>
}

// CHECK-LABEL: func @interleaved_backward(
//  CHECK-SAME: %[[DX:[a-z0-9]*]]: memref<?x8xf32> {act.result}
//   CHECK-DAG: %[[DU:.*]] = memref.subview %[[DX]][0, 0] [%{{.*}}, 4] [1, 2]
//   CHECK-DAG: %[[DG:.*]] = memref.subview %[[DX]][0, 1] [%{{.*}}, 4] [1, 2]
//       CHECK: linalg.generic {{.*}} outs(%[[DG]], %[[DU]] :
// CHECK-NOT: memref.alloc
// CHECK-NOT: memref.copy
func.func @interleaved_backward(%dy: tensor<?x4xf32>, %x: tensor<?x8xf32>)
    -> tensor<?x8xf32> {
  %dx = act.glu_backward glu %dy, %x layout(interleaved)
    : tensor<?x4xf32>, tensor<?x8xf32>
  return %dx : tensor<?x8xf32>
}
