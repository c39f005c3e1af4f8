// RUN: act-opt %s --pass-pipeline="builtin.module(func.func(act-to-linalg))" | FileCheck %s

// Terms of 16-bit products are added in f32, the result is rounded once and
// together with what follows it.

// CHECK-LABEL: func @half
//       CHECK: %[[SUM:.*]] = linalg.generic {{.*}}"reduction"]}
//       CHECK: ^bb0(%[[A:.*]]: bf16, %[[B:.*]]: bf16, %[[OLD:.*]]: f32):
//   CHECK-DAG:   %[[X:.*]] = arith.extf %[[A]] : bf16 to f32
//   CHECK-DAG:   %[[Y:.*]] = arith.extf %[[B]] : bf16 to f32
//       CHECK:   %[[P:.*]] = arith.mulf %[[X]], %[[Y]] : f32
//       CHECK:   arith.addf %[[OLD]], %[[P]] : f32
//       CHECK: linalg.generic {{.*}} ins(%[[SUM]]
//       CHECK:   arith.truncf %{{.*}} : f32 to bf16
//       CHECK:   act.silu %{{.*}} : bf16
func.func @half(%a: tensor<?x?xbf16>, %b: tensor<?x?xbf16>, %c: tensor<?x?xbf16>) -> tensor<?x?xbf16> {
  %y = linalg.matmul ins(%a, %b : tensor<?x?xbf16>, tensor<?x?xbf16>)
      outs(%c : tensor<?x?xbf16>) -> tensor<?x?xbf16>
  %z = act.silu %y : tensor<?x?xbf16>
  return %z : tensor<?x?xbf16>
}

// CHECK-LABEL: func @single
//       CHECK: linalg.matmul {{.*}} -> tensor<?x?xf32>
func.func @single(%a: tensor<?x?xbf16>, %b: tensor<?x?xbf16>, %c: tensor<?x?xf32>) -> tensor<?x?xf32> {
  %y = linalg.matmul ins(%a, %b : tensor<?x?xbf16>, tensor<?x?xbf16>)
      outs(%c : tensor<?x?xf32>) -> tensor<?x?xf32>
  return %y : tensor<?x?xf32>
}
