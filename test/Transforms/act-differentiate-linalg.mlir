// RUN: act-opt %s --split-input-file --act-differentiate=results=false \
// RUN:   | FileCheck %s
// RUN: act-opt %s --split-input-file --act-differentiate=mode=jvp \
// RUN:   | FileCheck %s --check-prefix=JVP

// A body is differentiated on the spot. Inputs that are read in other orders or
// broadcast have their gradients in the order that they are written in.

// CHECK-DAG: #[[ID:.*]] = affine_map<(d0, d1) -> (d0, d1)>
// CHECK-DAG: #[[SWAP:.*]] = affine_map<(d0, d1) -> (d1, d0)>
// CHECK-DAG: #[[FIRST:.*]] = affine_map<(d0, d1) -> (d0)>
// CHECK-LABEL: func @generic_vjp(
//  CHECK-SAME:   %[[X:.*]]: tensor<?x10xf32>, %[[B:.*]]: tensor<10xf32>, %[[S:.*]]: f32, %[[D:.*]]: tensor<10x?xf32>
//       CHECK:   linalg.generic {{.*}}"reduction"{{.*}} ins(%[[X]], %[[B]], %[[S]], %[[D]] :
//       CHECK:     arith.mulf
//       CHECK:     act.silu_backward
//       CHECK:     arith.addf
//       CHECK:   linalg.generic {{.*}}"reduction"{{.*}} ins(%[[X]], %[[B]], %[[D]] :
//       CHECK:     act.silu
//       CHECK:   linalg.generic {indexing_maps = [#[[ID]], #{{.*}}, #{{.*}}, #[[SWAP]], #[[ID]]], iterator_types = ["parallel", "parallel"]}
//       CHECK:     act.silu_backward
// JVP-LABEL: func @generic_jvp(
//       JVP:   linalg.generic
//       JVP:   linalg.generic
//       JVP:     act.silu_backward
//       JVP:     linalg.yield
func.func @generic(%x: tensor<?x10xf32>, %b: tensor<10xf32>, %s: f32)
    -> tensor<10x?xf32> {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?x10xf32>
  %e = tensor.empty(%n) : tensor<10x?xf32>
  %y = linalg.generic {
    indexing_maps = [affine_map<(i, j) -> (j, i)>, affine_map<(i, j) -> (i)>,
                     affine_map<(i, j) -> ()>, affine_map<(i, j) -> (i, j)>],
    iterator_types = ["parallel", "parallel"]}
    ins(%x, %b, %s : tensor<?x10xf32>, tensor<10xf32>, f32)
    outs(%e : tensor<10x?xf32>) {
  ^bb0(%0: f32, %1: f32, %2: f32, %o: f32):
    %3 = arith.addf %0, %1 : f32
    %4 = act.silu %3 : f32
    %5 = arith.mulf %4, %2 : f32
    linalg.yield %5 : f32
  } -> tensor<10x?xf32>
  return %y : tensor<10x?xf32>
}

// -----

// Products of matrices stay products of matrices; what is transposed is said by
// the maps.

//   CHECK-DAG: #[[A:.*]] = affine_map<(d0, d1, d2) -> (d0, d2)>
//   CHECK-DAG: #[[BT:.*]] = affine_map<(d0, d1, d2) -> (d1, d2)>
//   CHECK-DAG: #[[C:.*]] = affine_map<(d0, d1, d2) -> (d0, d1)>
//   CHECK-DAG: #[[AT:.*]] = affine_map<(d0, d1, d2) -> (d2, d0)>
//   CHECK-DAG: #[[B:.*]] = affine_map<(d0, d1, d2) -> (d2, d1)>
// CHECK-LABEL: func @matmul_vjp(
//  CHECK-SAME:   %[[X:.*]]: tensor<?x8xf32>, %[[W:.*]]: tensor<8x4xf32>, %[[I:.*]]: tensor<?x4xf32>, %[[D:.*]]: tensor<?x4xf32>
//       CHECK:   %[[DX:.*]] = linalg.matmul indexing_maps = [#[[A]], #[[BT]], #[[C]]] ins(%[[D]], %[[W]] :
//       CHECK:   %[[DW:.*]] = linalg.matmul indexing_maps = [#[[AT]], #[[B]], #[[C]]] ins(%[[X]], %[[D]] :
//       CHECK:   return %[[DX]], %[[DW]], %[[D]]
// JVP-LABEL: func @matmul_jvp(
//  JVP-SAME:   %[[X:[a-z0-9]+]]: tensor<?x8xf32>, %[[W:[a-z0-9]+]]: tensor<8x4xf32>, %[[I:[a-z0-9]+]]: tensor<?x4xf32>,
//  JVP-SAME:   %[[TX:[a-z0-9]+]]: tensor<?x8xf32> {{.*}}, %[[TW:[a-z0-9]+]]: tensor<8x4xf32> {{.*}}, %[[TI:[a-z0-9]+]]: tensor<?x4xf32>
//       JVP:   %[[P:.*]] = linalg.matmul ins(%[[TX]], %[[W]] : {{.*}}) outs(%[[TI]] :
//       JVP:   linalg.matmul ins(%[[X]], %[[TW]] : {{.*}}) outs(%[[P]] :
func.func @matmul(%x: tensor<?x8xf32>, %w: tensor<8x4xf32>,
                  %i: tensor<?x4xf32>) -> tensor<?x4xf32> {
  %y = linalg.matmul ins(%x, %w : tensor<?x8xf32>, tensor<8x4xf32>)
    outs(%i : tensor<?x4xf32>) -> tensor<?x4xf32>
  return %y : tensor<?x4xf32>
}

// -----

// The transpose of a transposed product has none; 16-bit data are added in f32.

// CHECK-LABEL: func @batch_vjp(
//  CHECK-SAME:   %[[X:.*]]: tensor<2x3x5xbf16>, %[[W:.*]]: tensor<2x4x5xbf16>, %[[D:.*]]: tensor<2x3x4xf32>
//       CHECK:   %[[P:.*]] = linalg.batch_matmul ins(%[[D]], %[[W]] : {{.*}}) outs(%{{.*}} : tensor<2x3x5xf32>)
//       CHECK:   arith.truncf %[[P]]
func.func @batch(%x: tensor<2x3x5xbf16>, %w: tensor<2x4x5xbf16>)
    -> tensor<2x3x4xf32> {
  %e = tensor.empty() : tensor<2x3x4xf32>
  %zero = arith.constant 0.0 : f32
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<2x3x4xf32>)
    -> tensor<2x3x4xf32>
  %y = linalg.batch_matmul indexing_maps = [
      affine_map<(b, m, n, k) -> (b, m, k)>,
      affine_map<(b, m, n, k) -> (b, n, k)>,
      affine_map<(b, m, n, k) -> (b, m, n)>]
    ins(%x, %w : tensor<2x3x5xbf16>, tensor<2x4x5xbf16>)
    outs(%f : tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
  return %y : tensor<2x3x4xf32>
}

// -----

// A sum and what it is added to.

// CHECK-LABEL: func @reduce_vjp(
//  CHECK-SAME:   %[[X:.*]]: tensor<?x4xf32>, %[[I:.*]]: tensor<4xf32>, %[[D:.*]]: tensor<4xf32>
//       CHECK:   %[[DX:.*]] = linalg.generic {{.*}} iterator_types = ["parallel", "parallel"]} ins(%[[D]] : tensor<4xf32>)
//       CHECK:   return %[[DX]], %[[D]]
func.func @reduce(%x: tensor<?x4xf32>, %i: tensor<4xf32>) -> tensor<4xf32> {
  %y = linalg.reduce { arith.addf } ins(%x : tensor<?x4xf32>)
    outs(%i : tensor<4xf32>) dimensions = [0]
  return %y : tensor<4xf32>
}

// -----

// CHECK-LABEL: func @fill_vjp(
//       CHECK:   linalg.generic {{.*}} iterator_types = ["reduction", "reduction"]}
//       CHECK:   tensor.extract
func.func @fill(%x: f32) -> tensor<3x4xf32> {
  %e = tensor.empty() : tensor<3x4xf32>
  %y = linalg.fill ins(%x : f32) outs(%e : tensor<3x4xf32>) -> tensor<3x4xf32>
  return %y : tensor<3x4xf32>
}
