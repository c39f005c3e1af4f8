// RUN: act-opt %s --one-shot-bufferize="bufferize-function-boundaries function-boundary-type-conversion=identity-layout-map" --split-input-file | FileCheck %s

// Destinations are written in place; a result without one gets a buffer.

// CHECK-LABEL: func @in_place(
//  CHECK-SAME: %[[X:.*]]: memref<4x8xf32>, %[[Y:.*]]: memref<4x8xf32>, %[[L:.*]]: memref<4xf32>
//   CHECK-NOT: memref.alloc
//       CHECK: act.softmax ins(%[[X]] : memref<4x8xf32>) outs(%[[Y]], %[[L]] : memref<4x8xf32>, memref<4xf32>) {dim = 1}
//   CHECK-NOT: memref.copy
//       CHECK: return %[[Y]], %[[L]]
func.func @in_place(%x: tensor<4x8xf32> {bufferization.writable = false},
                    %y: tensor<4x8xf32>, %l: tensor<4xf32>)
    -> (tensor<4x8xf32>, tensor<4xf32>) {
  %0:2 = act.softmax ins(%x : tensor<4x8xf32>)
    outs(%y, %l : tensor<4x8xf32>, tensor<4xf32>) {dim = 1}
  return %0#0, %0#1 : tensor<4x8xf32>, tensor<4xf32>
}

// -----

// The destination must not be what is read.

// CHECK-LABEL: func @conflict(
//  CHECK-SAME: %[[X:.*]]: memref<4x8xf32>
//       CHECK: %[[A:.*]] = memref.alloc() {{.*}} : memref<4x8xf32>
//       CHECK: act.softmax ins(%[[X]] : memref<4x8xf32>) outs(%[[A]] : memref<4x8xf32>)
func.func @conflict(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %0 = act.softmax ins(%x : tensor<4x8xf32>) outs(%x : tensor<4x8xf32>)
  return %0 : tensor<4x8xf32>
}

// -----

// CHECK-LABEL: func @value(
//  CHECK-SAME: %[[X:.*]]: memref<?x8xf16>, %[[T:.*]]: memref<?xi64>
//       CHECK: %[[D:.*]] = memref.dim %[[X]], %{{.*}}
//       CHECK: %[[L:.*]] = memref.alloc(%[[D]]) {{.*}} : memref<?xf32>
//       CHECK: act.cross_entropy ins(%[[X]], %[[T]] : memref<?x8xf16>, memref<?xi64>) outs(%[[L]] : memref<?xf32>) reduction(none)
//       CHECK: return %[[L]]
func.func @value(%x: tensor<?x8xf16>, %t: tensor<?xi64>) -> tensor<?xf32> {
  %0 = act.cross_entropy %x, %t reduction(none)
    : tensor<?x8xf16>, tensor<?xi64> -> tensor<?xf32>
  return %0 : tensor<?xf32>
}
