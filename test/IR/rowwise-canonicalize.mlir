// RUN: act-opt %s --resolve-shaped-type-result-dims --canonicalize \
// RUN:   | FileCheck %s

// A dimension is written and counts from 0: equal operations look equal.

// CHECK-LABEL: func @dim(
func.func @dim(%x: tensor<4x?xf32>, %s: tensor<f32>, %t: tensor<4xi64>)
    -> (tensor<4x?xf32>, tensor<?xf32>, tensor<f32>, tensor<f32>) {
  // CHECK: act.softmax %{{.*}} {dim = 1} : tensor<4x?xf32>
  %0 = act.softmax %x : tensor<4x?xf32>
  // CHECK: act.logsumexp %{{.*}} {dim = 0} : tensor<4x?xf32> -> tensor<?xf32>
  %1 = act.logsumexp %0 {dim = -2} : tensor<4x?xf32> -> tensor<?xf32>
  // CHECK: act.softmin %{{.*}} {dim = 0} : tensor<f32>
  %2 = act.softmin %s {dim = -1} : tensor<f32>
  // CHECK: act.nll %{{.*}}, %{{.*}} {dim = 1} : tensor<4x?xf32>, tensor<4xi64> -> tensor<f32>
  %3 = act.nll %0, %t : tensor<4x?xf32>, tensor<4xi64> -> tensor<f32>
  return %0, %1, %2, %3
    : tensor<4x?xf32>, tensor<?xf32>, tensor<f32>, tensor<f32>
}

// The default dimension of losses of rank 1 is 0.
// CHECK-LABEL: func @rank_1(
func.func @rank_1(%x: tensor<10xf32>, %t: tensor<i64>) -> tensor<f32> {
  // CHECK: act.cross_entropy %{{.*}}, %{{.*}} {dim = 0} : tensor<10xf32>, tensor<i64> -> tensor<f32>
  %0 = act.cross_entropy %x, %t : tensor<10xf32>, tensor<i64> -> tensor<f32>
  return %0 : tensor<f32>
}

// What nobody uses is erased on tensors, where there are no effects, and kept
// on memory.
// CHECK-LABEL: func @dead(
func.func @dead(%x: tensor<4x8xf32>, %m: memref<4x8xf32>, %y: memref<4x8xf32>) {
  // CHECK-NOT: tensor<4x8xf32> {{.*}}act
  // CHECK: act.softmax ins(%{{.*}} : memref<4x8xf32>)
  %0 = act.softmax %x : tensor<4x8xf32>
  act.softmax ins(%m : memref<4x8xf32>) outs(%y : memref<4x8xf32>)
  return
}

// Dimensions of results are dimensions of x.
// CHECK-LABEL: func @shapes(
//  CHECK-SAME: %[[X:.*]]: tensor<?x?x?xf32>
func.func @shapes(%x: tensor<?x?x?xf32>) -> (index, index) {
  // CHECK-DAG: %[[C0:.*]] = arith.constant 0
  // CHECK-DAG: %[[C2:.*]] = arith.constant 2
  // CHECK-DAG: %[[D0:.*]] = tensor.dim %[[X]], %[[C0]]
  // CHECK-DAG: %[[D2:.*]] = tensor.dim %[[X]], %[[C2]]
  // CHECK: return %[[D0]], %[[D2]]
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %0 = act.logsumexp %x {dim = 1} : tensor<?x?x?xf32> -> tensor<?x?xf32>
  %d0 = tensor.dim %0, %c0 : tensor<?x?xf32>
  %d2 = tensor.dim %0, %c1 : tensor<?x?xf32>
  return %d0, %d2 : index, index
}
