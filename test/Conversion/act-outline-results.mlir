// RUN: act-opt %s --act-outline-results --split-input-file | FileCheck %s
// RUN: act-opt %s --act-outline-results=strided=true --split-input-file | FileCheck %s --check-prefix=STRIDED

// Attributes of results move to their arguments.

// CHECK-LABEL: func @f(
//  CHECK-SAME: %[[X:.*]]: memref<?x8xf32> {act.name = "x"}, %[[N:.*]]: f32,
//  CHECK-SAME: %[[Y:.*]]: memref<?x8xf32> {act.name = "y", act.result},
//  CHECK-SAME: %[[S:.*]]: memref<f32> {act.result}) {
//       CHECK: %[[T:.*]] = bufferization.to_tensor %[[X]] restrict
//       CHECK: %[[A:.*]] = act.silu %[[T]]
//       CHECK: memref.store %[[N]], %[[S]][]
//       CHECK: bufferization.materialize_in_destination %[[A]] in restrict writable %[[Y]]
//       CHECK: return{{$}}

// STRIDED-LABEL: func @f(
//  STRIDED-SAME: memref<?x8xf32, strided<[?, ?], offset: ?>> {act.name = "x"}, %{{.*}}: f32,
//  STRIDED-SAME: memref<?x8xf32, strided<[?, ?], offset: ?>> {act.name = "y", act.result}
func.func @f(%x: tensor<?x8xf32> {act.name = "x"}, %n: f32) -> (tensor<?x8xf32> {act.name = "y"}, f32) {
  %y = act.silu %x : tensor<?x8xf32>
  return %y, %n : tensor<?x8xf32>, f32
}

// -----

// Questions return numbers.

// CHECK-LABEL: func @g__act_shapes(
//  CHECK-SAME: %{{.*}}: memref<?xf32>) -> index
func.func @g__act_shapes(%x: tensor<?xf32>) -> index attributes {act.query} {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?xf32>
  return %n : index
}

// -----

// Others keep their signature.

// CHECK-LABEL: func private @p(%{{.*}}: tensor<4xf32>) -> tensor<4xf32>
func.func private @p(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}
// CHECK-LABEL: func @v(%{{.*}}: vector<4xf32>) -> vector<4xf32>
func.func @v(%x: vector<4xf32>) -> vector<4xf32> {
  return %x : vector<4xf32>
}
