// RUN: act-opt %s --act-to-linalg --split-input-file | FileCheck %s

// A mean is a sum of row losses over a sum of weights, which is known before
// the rows are read; where it is 0, no row counts.

// CHECK-LABEL: func @mean
//       CHECK: linalg.generic {{.*}}["parallel"]} ins(%arg1 : tensor<?xi64>)
//       CHECK:   arith.cmpi eq
//       CHECK: %[[DIVISOR:.*]] = linalg.generic {{.*}}["reduction"]}
//       CHECK:   arith.addf
//       CHECK: linalg.generic {{.*}} ins(%arg2, %[[DIVISOR]] :
//       CHECK:   arith.divf
//       CHECK: linalg.generic {{.*}} ins(%[[DIVISOR]] :
//       CHECK:   arith.select
//       CHECK: act.cross_entropy_with_grad ins({{.*}}) outs({{.*}} : tensor<?xf32>, tensor<?x8xf32>) token_weight({{.*}} : tensor<?xf32>) reduction(none)
//       CHECK: linalg.generic {{.*}}["reduction"]}
//       CHECK:   arith.addf
//       CHECK: arith.divf
func.func @mean(%x: tensor<?x8xf32>, %target: tensor<?xi64>,
                %dloss: tensor<f32>) -> (tensor<f32>, tensor<?x8xf32>) {
  %0, %1 = act.cross_entropy_with_grad %x, %target, %dloss
    : tensor<?x8xf32>, tensor<?xi64> -> tensor<f32>, tensor<?x8xf32>
  return %0, %1 : tensor<f32>, tensor<?x8xf32>
}

// -----

// CHECK-LABEL: func @sum
//   CHECK-NOT: arith.divf
//       CHECK: act.cross_entropy ins(%arg0, %arg1 : {{.*}}) outs({{.*}} : tensor<?xf32>) reduction(none)
//       CHECK: linalg.generic {{.*}}["reduction"]}
//   CHECK-NOT: arith.divf
//       CHECK: return
func.func @sum(%x: tensor<?x8xf32>, %target: tensor<?xi64>) -> tensor<f32> {
  %0 = act.cross_entropy %x, %target reduction(sum)
    : tensor<?x8xf32>, tensor<?xi64> -> tensor<f32>
  return %0 : tensor<f32>
}
