// What is fused may know other sizes than the result that it replaces.

// RUN: act-opt %s --act-fuse -o %t
// RUN: FileCheck %s --input-file=%t
// RUN: act-opt %t --act-fuse | diff %t -

// CHECK-LABEL: func @softmax(
//       CHECK: %[[Y:.*]] = act.softmax %{{.*}} {dim = 1} : tensor<4x8xf32>
//       CHECK: tensor.cast %[[Y]] : tensor<4x8xf32> to tensor<?x8xf32>
func.func @softmax(%x: tensor<4x8xf32>, %o: tensor<?x8xf32>) -> tensor<?x8xf32> {
  %y = linalg.softmax dimension(1) ins(%x : tensor<4x8xf32>) outs(%o : tensor<?x8xf32>) -> tensor<?x8xf32>
  return %y : tensor<?x8xf32>
}

// CHECK-LABEL: func @packed(
//       CHECK: %[[Y:.*]] = act.glu swiglu %{{.*}} : tensor<8x16xf32> -> tensor<8x8xf32>
//       CHECK: tensor.cast %[[Y]] : tensor<8x8xf32> to tensor<?x8xf32>
func.func @packed(%x: tensor<8x16xf32>) -> tensor<?x8xf32> {
  %c0 = arith.constant 0 : index
  %d = tensor.dim %x, %c0 : tensor<8x16xf32>
  %g = tensor.extract_slice %x[0, 0] [%d, 8] [1, 1] : tensor<8x16xf32> to tensor<?x8xf32>
  %u = tensor.extract_slice %x[0, 8] [%d, 8] [1, 1] : tensor<8x16xf32> to tensor<?x8xf32>
  %y = act.gate swiglu %g, %u : tensor<?x8xf32>
  return %y : tensor<?x8xf32>
}

#all = affine_map<(i, j) -> (i, j)>
#row = affine_map<(i, j) -> (i)>

// CHECK-LABEL: func @one_hot(
//       CHECK: %[[Y:.*]] = act.cross_entropy %{{.*}} : tensor<4x10xf32>, tensor<?xi64> -> tensor<4xf32>
//       CHECK: tensor.cast %[[Y]] : tensor<4xf32> to tensor<?xf32>
func.func @one_hot(%x: tensor<4x10xf32>, %t: tensor<?xi64>, %o: tensor<?xf32>) -> tensor<?xf32> {
  %zero = arith.constant 0.0 : f32
  %l = act.log_softmax %x {dim = 1} : tensor<4x10xf32>
  %cast = tensor.cast %l : tensor<4x10xf32> to tensor<?x10xf32>
  %init = linalg.fill ins(%zero : f32) outs(%o : tensor<?xf32>) -> tensor<?xf32>
  %s = linalg.generic {indexing_maps = [#all, #row, #row], iterator_types = ["parallel", "reduction"]}
      ins(%cast, %t : tensor<?x10xf32>, tensor<?xi64>) outs(%init : tensor<?xf32>) {
  ^bb0(%logp: f32, %target: i64, %out: f32):
    %i = linalg.index 1 : index
    %class = arith.index_cast %i : index to i64
    %is = arith.cmpi eq, %class, %target : i64
    %a = arith.select %is, %logp, %zero : f32
    %sum = arith.subf %out, %a : f32
    linalg.yield %sum : f32
  } -> tensor<?xf32>
  return %s : tensor<?xf32>
}

// Of the losses of the same logits the one with the options of the gradient is
// taken, wherever it stands.

// CHECK-LABEL: func @two_losses(
//   CHECK-DAG: act.cross_entropy_with_grad
//   CHECK-DAG: act.cross_entropy %{{.*}} reduction(none)
//   CHECK-NOT: act.cross_entropy_backward
func.func @two_losses(%x: tensor<4x8xf32>, %t: tensor<4xi64>, %d: tensor<f32>)
    -> (tensor<f32>, tensor<4x8xf32>, tensor<4xf32>) {
  %l = act.cross_entropy %x, %t : tensor<4x8xf32>, tensor<4xi64> -> tensor<f32>
  %g = act.cross_entropy_backward %d, %x, %t : tensor<f32>, tensor<4x8xf32>, tensor<4xi64>
  %n = act.cross_entropy %x, %t reduction(none) : tensor<4x8xf32>, tensor<4xi64> -> tensor<4xf32>
  return %l, %g, %n : tensor<f32>, tensor<4x8xf32>, tensor<4xf32>
}

// CHECK-LABEL: func @two_losses_reversed(
//   CHECK-DAG: act.cross_entropy_with_grad
//   CHECK-DAG: act.cross_entropy %{{.*}} reduction(none)
//   CHECK-NOT: act.cross_entropy_backward
func.func @two_losses_reversed(%x: tensor<4x8xf32>, %t: tensor<4xi64>, %d: tensor<f32>)
    -> (tensor<f32>, tensor<4x8xf32>, tensor<4xf32>) {
  %n = act.cross_entropy %x, %t reduction(none) : tensor<4x8xf32>, tensor<4xi64> -> tensor<4xf32>
  %l = act.cross_entropy %x, %t : tensor<4x8xf32>, tensor<4xi64> -> tensor<f32>
  %g = act.cross_entropy_backward %d, %x, %t : tensor<f32>, tensor<4x8xf32>, tensor<4xi64>
  return %l, %g, %n : tensor<f32>, tensor<4x8xf32>, tensor<4xf32>
}
