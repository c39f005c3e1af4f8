// RUN: act-opt %s --split-input-file --act-differentiate=results=false \
// RUN:   | FileCheck %s
// RUN: act-opt %s --split-input-file --act-differentiate=mode=jvp \
// RUN:   | FileCheck %s --check-prefix=JVP

// Gradients go back where the elements came from; tangents go the same way.

// CHECK-LABEL: func @extract_slice_vjp(
//  CHECK-SAME:   %[[X:[a-z0-9]+]]: tensor<?x8xf32>, %[[D:[a-z0-9]+]]: tensor<?x3xf32>
//       CHECK:   %[[ZERO:.*]] = linalg.fill {{.*}} -> tensor<?x8xf32>
//       CHECK:   %[[DX:.*]] = tensor.insert_slice %[[D]] into %[[ZERO]][0, 2] [%{{.*}}, 3] [1, 2]
//       CHECK:   return %[[DX]]
// JVP-LABEL: func @extract_slice_jvp(
//  JVP-SAME:   %[[X:[a-z0-9]+]]: tensor<?x8xf32>, %[[T:[a-z0-9]+]]: tensor<?x8xf32>
//       JVP:   tensor.extract_slice %[[T]][0, 2] [%{{.*}}, 3] [1, 2]
func.func @extract_slice(%x: tensor<?x8xf32>) -> tensor<?x3xf32> {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?x8xf32>
  %y = tensor.extract_slice %x[0, 2] [%n, 3] [1, 2]
    : tensor<?x8xf32> to tensor<?x3xf32>
  return %y : tensor<?x3xf32>
}

// -----

// CHECK-LABEL: func @insert_slice_vjp(
//  CHECK-SAME:   %{{.*}}, %{{.*}}, %[[D:[a-z0-9]+]]: tensor<8xf32>
//   CHECK-DAG:   %[[DX:.*]] = tensor.extract_slice %[[D]][4] [3] [1]
//   CHECK-DAG:   %[[ZERO:.*]] = linalg.fill {{.*}} -> tensor<3xf32>
//   CHECK-DAG:   %[[DY:.*]] = tensor.insert_slice %[[ZERO]] into %[[D]][4] [3] [1]
//       CHECK:   return %[[DX]], %[[DY]]
// JVP-LABEL: func @insert_slice_jvp(
//  JVP-SAME:   %{{.*}}, %{{.*}}, %[[TX:[a-z0-9]+]]: tensor<3xf32> {{.*}}, %[[TY:[a-z0-9]+]]: tensor<8xf32>
//       JVP:   tensor.insert_slice %[[TX]] into %[[TY]][4] [3] [1]
func.func @insert_slice(%x: tensor<3xf32>, %y: tensor<8xf32>) -> tensor<8xf32> {
  %z = tensor.insert_slice %x into %y[4] [3] [1] : tensor<3xf32> into tensor<8xf32>
  return %z : tensor<8xf32>
}

// -----

// CHECK-LABEL: func @shapes_vjp(
//       CHECK:   %[[E:.*]] = tensor.expand_shape %{{.*}} {{\[\[}}0], [1, 2]] output_shape [%{{.*}}, 3, 4] : tensor<?x12xf32> into tensor<?x3x4xf32>
//       CHECK:   tensor.collapse_shape %[[E]] {{\[\[}}0, 1], [2]] : tensor<?x3x4xf32> into tensor<?x4xf32>
// JVP-LABEL: func @shapes_jvp(
//  JVP-SAME:   %[[X:[a-z0-9]+]]: tensor<?x4xf32>, %{{[a-z0-9]+}}: index, %[[T:[a-z0-9]+]]: tensor<?x4xf32>
//       JVP:   %[[E:.*]] = tensor.expand_shape %[[T]]
//       JVP:   tensor.collapse_shape %[[E]]
func.func @shapes(%x: tensor<?x4xf32>, %n: index) -> tensor<?x12xf32> {
  %e = tensor.expand_shape %x [[0, 1], [2]] output_shape [%n, 3, 4]
    : tensor<?x4xf32> into tensor<?x3x4xf32>
  %y = tensor.collapse_shape %e [[0], [1, 2]]
    : tensor<?x3x4xf32> into tensor<?x12xf32>
  return %y : tensor<?x12xf32>
}

// -----

// CHECK-LABEL: func @pad_vjp(
//       CHECK:   tensor.extract_slice %{{.*}}[2] [%{{.*}}] [1] : tensor<?xf32> to tensor<?xf32>
// JVP-LABEL: func @pad_jvp(
//  JVP-SAME:   %{{.*}}, %[[T:[a-z0-9]+]]: tensor<?xf32>
//       JVP:   %[[ZERO:.*]] = arith.constant 0.0
//       JVP:   tensor.pad %[[T]] low[2] high[3]
//       JVP:   tensor.yield %[[ZERO]]
func.func @pad(%x: tensor<?xf32>) -> tensor<?xf32> {
  %one = arith.constant 1.0 : f32
  %y = tensor.pad %x low[2] high[3] {
  ^bb0(%i: index):
    tensor.yield %one : f32
  } : tensor<?xf32> to tensor<?xf32>
  return %y : tensor<?xf32>
}

// -----

// CHECK-LABEL: func @concat_vjp(
//  CHECK-SAME:   %[[X:[a-z0-9]+]]: tensor<2x?xf32>, %[[Y:[a-z0-9]+]]: tensor<2x3xf32>, %[[D:[a-z0-9]+]]: tensor<2x?xf32>
//       CHECK:   %[[N:.*]] = tensor.dim %[[X]]
//       CHECK:   %[[DX:.*]] = tensor.extract_slice %[[D]][0, 0] [2, %[[N]]] [1, 1]
//       CHECK:   %[[DY:.*]] = tensor.extract_slice %[[D]][0, %{{.*}}] [2, 3] [1, 1]
//       CHECK:   return %[[DX]], %[[DY]]
func.func @concat(%x: tensor<2x?xf32>, %y: tensor<2x3xf32>) -> tensor<2x?xf32> {
  %z = tensor.concat dim(1) %x, %y
    : (tensor<2x?xf32>, tensor<2x3xf32>) -> tensor<2x?xf32>
  return %z : tensor<2x?xf32>
}

// -----

// CHECK-LABEL: func @elements_vjp(
//  CHECK-SAME:   %{{.*}}, %{{.*}}, %[[D:[a-z0-9]+]]: tensor<2xf32>
//   CHECK-DAG:   tensor.extract %[[D]][%c0]
//   CHECK-DAG:   tensor.extract %[[D]][%c1]
func.func @elements(%x: f32, %y: f32) -> tensor<2xf32> {
  %z = tensor.from_elements %x, %y : tensor<2xf32>
  return %z : tensor<2xf32>
}

// -----

// One number for all: its gradient is the sum, made in f32.

// CHECK-LABEL: func @splat_vjp(
//  CHECK-SAME:   %{{.*}}, %{{.*}}, %[[D:[a-z0-9]+]]: tensor<?xbf16>
//       CHECK:   %[[S:.*]] = linalg.generic {{.*}} iterator_types = ["reduction"]} ins(%[[D]] : tensor<?xbf16>) outs(%{{.*}} : tensor<f32>)
//       CHECK:     arith.extf
//       CHECK:     arith.addf
//       CHECK:   %[[E:.*]] = tensor.extract %[[S]][]
//       CHECK:   %[[R:.*]] = arith.truncf %[[E]] : f32 to bf16
//       CHECK:   return %[[R]]
func.func @splat(%x: bf16, %n: index) -> tensor<?xbf16> {
  %y = tensor.splat %x[%n] : tensor<?xbf16>
  return %y : tensor<?xbf16>
}
