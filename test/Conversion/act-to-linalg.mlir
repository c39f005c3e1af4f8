// RUN: act-opt %s --act-to-linalg --split-input-file | FileCheck %s

// A chain is one kernel, also where no size is known.

// CHECK-LABEL: func @chain
//  CHECK-SAME: %[[X:.*]]: tensor<?x?xf32>, %[[Y:.*]]: tensor<?x?xf32>
//   CHECK-NOT: linalg.generic
//       CHECK: %[[EMPTY:.*]] = tensor.empty(%{{.*}}, %{{.*}})
//       CHECK: %[[R:.*]] = linalg.generic
//  CHECK-SAME: ins(%[[X]], %[[Y]] : {{.*}}) outs(%[[EMPTY]] : tensor<?x?xf32>)
//  CHECK-NEXT: ^bb0(%[[A:.*]]: f32, %[[B:.*]]: f32, %{{.*}}: f32):
//  CHECK-NEXT:   %[[V0:.*]] = act.silu %[[A]] : f32
//  CHECK-NEXT:   %[[V1:.*]] = arith.mulf %[[V0]], %[[B]] : f32
//  CHECK-NEXT:   %[[V2:.*]] = math.exp %[[V1]] : f32
//  CHECK-NEXT:   %[[V3:.*]] = arith.addf %[[V2]], %[[A]] : f32
//  CHECK-NEXT:   %[[V4:.*]] = act.gelu %[[V3]] : f32
//  CHECK-NEXT:   linalg.yield %[[V4]] : f32
//   CHECK-NOT: linalg.generic
//       CHECK: return %[[R]]
func.func @chain(%x: tensor<?x?xf32>, %y: tensor<?x?xf32>) -> tensor<?x?xf32> {
  %0 = act.silu %x : tensor<?x?xf32>
  %1 = arith.mulf %0, %y : tensor<?x?xf32>
  %2 = math.exp %1 : tensor<?x?xf32>
  %3 = arith.addf %2, %x : tensor<?x?xf32>
  %4 = act.gelu %3 : tensor<?x?xf32>
  return %4 : tensor<?x?xf32>
}

// -----

// Results that need the same inputs come from one pass.

// CHECK-LABEL: func @siblings
//       CHECK: %[[R:.*]]:2 = linalg.generic
//       CHECK:   linalg.yield %{{.*}}, %{{.*}} : f32, f16
//   CHECK-NOT: linalg.generic
//       CHECK: return %[[R]]#1, %[[R]]#0
func.func @siblings(%x: tensor<8xf32>) -> (tensor<8xf16>, tensor<8xf32>) {
  %0 = act.silu %x : tensor<8xf32>
  %1 = act.gelu %x : tensor<8xf32> -> tensor<8xf16>
  return %1, %0 : tensor<8xf16>, tensor<8xf32>
}

// -----

// Broadcasts become indexing maps, constants become scalars.

// CHECK-DAG: #[[ROW:.*]] = affine_map<(d0, d1) -> (d1)>
// CHECK-DAG: #[[ALL:.*]] = affine_map<(d0, d1) -> (d0, d1)>
// CHECK-LABEL: func @bias
//       CHECK: %[[TWO:.*]] = arith.constant 2.000000e+00 : f32
//   CHECK-NOT: linalg.{{broadcast|fill}}
//       CHECK: linalg.generic {indexing_maps = [#[[ROW]], #[[ALL]], #[[ALL]]]
//  CHECK-NEXT: ^bb0
//  CHECK-NEXT:   arith.addf
//  CHECK-NEXT:   arith.mulf %{{.*}}, %[[TWO]] : f32
//   CHECK-NOT: linalg.generic
func.func @bias(%x: tensor<?x4xf32>, %b: tensor<4xf32>) -> tensor<?x4xf32> {
  %c0 = arith.constant 0 : index
  %rows = tensor.dim %x, %c0 : tensor<?x4xf32>
  %two = arith.constant 2.0 : f32
  %empty = tensor.empty(%rows) : tensor<?x4xf32>
  %wide = linalg.broadcast ins(%b : tensor<4xf32>) outs(%empty : tensor<?x4xf32>) dimensions = [0]
  %fill = linalg.fill ins(%two : f32) outs(%empty : tensor<?x4xf32>) -> tensor<?x4xf32>
  %h = arith.addf %x, %wide : tensor<?x4xf32>
  %y = arith.mulf %h, %fill : tensor<?x4xf32>
  return %y : tensor<?x4xf32>
}

// -----

// The size of an intermediate result does not keep it alive.

// CHECK-LABEL: func @size
//       CHECK: linalg.generic
//   CHECK-NOT: linalg.generic
func.func @size(%x: tensor<?xf32>, %b: tensor<f32>) -> tensor<?xf32> {
  %c0 = arith.constant 0 : index
  %h = act.silu %x : tensor<?xf32>
  %n = tensor.dim %h, %c0 : tensor<?xf32>
  %empty = tensor.empty(%n) : tensor<?xf32>
  %wide = linalg.broadcast ins(%b : tensor<f32>) outs(%empty : tensor<?xf32>) dimensions = [0]
  %y = arith.addf %h, %wide : tensor<?xf32>
  return %y : tensor<?xf32>
}

// -----

// A result that comes back through another operation begins a new kernel.

// CHECK-LABEL: func @comes_back
//       CHECK: %[[A:.*]] = linalg.generic
//       CHECK:   act.silu
//       CHECK: linalg.reduce ins(%[[A]]
//       CHECK: linalg.generic
//       CHECK:   arith.subf
//       CHECK:   act.gelu
//   CHECK-NOT: linalg.generic
func.func @comes_back(%x: tensor<4x8xf32>, %init: tensor<4xf32>) -> tensor<4x8xf32> {
  %a = act.silu %x : tensor<4x8xf32>
  %s = linalg.reduce ins(%a : tensor<4x8xf32>) outs(%init : tensor<4xf32>) dimensions = [1]
    (%in: f32, %acc: f32) {
      %t = arith.maximumf %in, %acc : f32
      linalg.yield %t : f32
    }
  %empty = tensor.empty() : tensor<4x8xf32>
  %wide = linalg.broadcast ins(%s : tensor<4xf32>) outs(%empty : tensor<4x8xf32>) dimensions = [1]
  %d = arith.subf %a, %wide : tensor<4x8xf32>
  %y = act.gelu %d : tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

// -----

// A transposed reading of a member is no part of its group.

// CHECK-LABEL: func @transposed
//       CHECK: %[[A:.*]] = linalg.generic
//       CHECK: linalg.generic {{.*}} ins(%[[A]], %[[A]]
//   CHECK-NOT: linalg.generic
func.func @transposed(%x: tensor<4x4xf32>) -> tensor<4x4xf32> {
  %a = act.silu %x : tensor<4x4xf32>
  %empty = tensor.empty() : tensor<4x4xf32>
  %t = linalg.transpose ins(%a : tensor<4x4xf32>) outs(%empty : tensor<4x4xf32>) permutation = [1, 0]
  %y = arith.addf %a, %t : tensor<4x4xf32>
  return %y : tensor<4x4xf32>
}

// -----

// Rank 0 and sizes of zero are ordinary.

// CHECK-LABEL: func @edges
//       CHECK: linalg.generic {{.*}}iterator_types = []
//       CHECK: linalg.generic {{.*}} outs(%{{.*}} : tensor<0x3xf32>)
func.func @edges(%x: tensor<f32>, %y: tensor<0x3xf32>) -> (tensor<f32>, tensor<0x3xf32>) {
  %0 = act.silu %x : tensor<f32>
  %1 = act.silu %y : tensor<0x3xf32>
  return %0, %1 : tensor<f32>, tensor<0x3xf32>
}

// -----

// A cast on the way is no obstacle.

// CHECK-LABEL: func @cast
//       CHECK: linalg.generic {{.*}} ins(%{{.*}} : tensor<?xf32>) outs(%{{.*}} : tensor<8xf32>)
//  CHECK-NEXT: ^bb0
//  CHECK-NEXT:   act.silu
//  CHECK-NEXT:   act.gelu
//   CHECK-NOT: linalg.generic
func.func @cast(%x: tensor<?xf32>) -> tensor<8xf32> {
  %a = act.silu %x : tensor<?xf32>
  %b = tensor.cast %a : tensor<?xf32> to tensor<8xf32>
  %c = act.gelu %b : tensor<8xf32>
  return %c : tensor<8xf32>
}

// Sums that start from one zero have a fill each.
// CHECK-LABEL: func @shared_fill
// CHECK-COUNT-2: linalg.fill
//   CHECK-NOT: linalg.fill
func.func @shared_fill(%a: tensor<?x4xf32>, %b: tensor<4x8xf32>,
                       %c: tensor<4x8xf32>)
    -> (tensor<?x8xf32>, tensor<?x8xf32>) {
  %i = arith.constant 0 : index
  %zero = arith.constant 0.0 : f32
  %n = tensor.dim %a, %i : tensor<?x4xf32>
  %empty = tensor.empty(%n) : tensor<?x8xf32>
  %0 = linalg.fill ins(%zero : f32) outs(%empty : tensor<?x8xf32>)
    -> tensor<?x8xf32>
  %1 = linalg.matmul ins(%a, %b : tensor<?x4xf32>, tensor<4x8xf32>)
    outs(%0 : tensor<?x8xf32>) -> tensor<?x8xf32>
  %2 = linalg.matmul ins(%a, %c : tensor<?x4xf32>, tensor<4x8xf32>)
    outs(%0 : tensor<?x8xf32>) -> tensor<?x8xf32>
  return %1, %2 : tensor<?x8xf32>, tensor<?x8xf32>
}
