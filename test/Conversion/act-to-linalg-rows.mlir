// RUN: act-opt %s --act-to-linalg --split-input-file | FileCheck %s

// Row-wise operations stay; their results get destinations, whose sizes are
// asked of the inputs.

// CHECK-LABEL: func @softmax(
//  CHECK-SAME: %[[X:.*]]: tensor<?x?x8xf32>
//   CHECK-DAG: %[[D0:.*]] = tensor.dim %[[X]], %{{.*}}
//   CHECK-DAG: %[[D1:.*]] = tensor.dim %[[X]], %{{.*}}
//   CHECK-DAG: %[[Y:.*]] = tensor.empty(%[[D0]], %[[D1]]) : tensor<?x?x8xf32>
//   CHECK-DAG: %[[L:.*]] = tensor.empty(%{{.*}}) : tensor<?x8xf32>
//       CHECK: %[[R:.*]]:2 = act.softmax ins(%{{.*}} : tensor<?x?x8xf32>) outs(%[[Y]], %[[L]] : tensor<?x?x8xf32>, tensor<?x8xf32>) {dim = 1}
//       CHECK: return %[[R]]#0, %[[R]]#1
func.func @softmax(%x: tensor<?x?x8xf32>)
    -> (tensor<?x?x8xf32>, tensor<?x8xf32>) {
  %y, %lse = act.softmax %x {dim = 1}
    : tensor<?x?x8xf32> -> tensor<?x?x8xf32>, tensor<?x8xf32>
  return %y, %lse : tensor<?x?x8xf32>, tensor<?x8xf32>
}

// -----

// Elementwise neighbours become kernels of their own.

// CHECK-LABEL: func @chain(
//       CHECK: %[[G:.*]] = linalg.generic
//       CHECK:   act.silu
//       CHECK: %[[S:.*]] = act.log_softmax ins(%[[G]] : tensor<?x8xf32>)
//       CHECK: linalg.generic {{.*}} ins(%[[S]]
func.func @chain(%x: tensor<?x8xf32>) -> tensor<?x8xf32> {
  %0 = act.silu %x : tensor<?x8xf32>
  %1 = act.log_softmax %0 : tensor<?x8xf32>
  %2 = arith.negf %1 : tensor<?x8xf32>
  return %2 : tensor<?x8xf32>
}
