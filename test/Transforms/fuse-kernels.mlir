// How many kernels programs become. Each linalg.generic and each operation on
// rows is one; matrix products with the fills that they begin with stay.

// RUN: act-opt %s --act-fuse --act-to-linalg | FileCheck %s

// The gated MLP: one kernel between the products.
// CHECK-LABEL: func @forward
//       CHECK: linalg.matmul
//       CHECK: linalg.matmul
//       CHECK: linalg.generic
//       CHECK:   act.gate swiglu %{{.*}} : f32
//  CHECK-NEXT:   linalg.yield
//   CHECK-NOT: {{linalg.generic|arith.mulf}}
//       CHECK: linalg.matmul
//   CHECK-NOT: {{linalg.generic|arith.mulf}}
//       CHECK: return
func.func @forward(%x: tensor<?x16xf32>, %wg: tensor<16x32xf32>,
    %wu: tensor<16x32xf32>, %wd: tensor<32x16xf32>) -> tensor<?x16xf32> {
  %i = arith.constant 0 : index
  %zero = arith.constant 0.0 : f32
  %n = tensor.dim %x, %i : tensor<?x16xf32>
  %0 = tensor.empty(%n) : tensor<?x32xf32>
  %1 = linalg.fill ins(%zero : f32) outs(%0 : tensor<?x32xf32>)
    -> tensor<?x32xf32>
  %g = linalg.matmul ins(%x, %wg : tensor<?x16xf32>, tensor<16x32xf32>)
    outs(%1 : tensor<?x32xf32>) -> tensor<?x32xf32>
  %u = linalg.matmul ins(%x, %wu : tensor<?x16xf32>, tensor<16x32xf32>)
    outs(%1 : tensor<?x32xf32>) -> tensor<?x32xf32>
  %a = act.silu %g : tensor<?x32xf32>
  %h = arith.mulf %a, %u : tensor<?x32xf32>
  %2 = tensor.empty(%n) : tensor<?x16xf32>
  %3 = linalg.fill ins(%zero : f32) outs(%2 : tensor<?x16xf32>)
    -> tensor<?x16xf32>
  %y = linalg.matmul ins(%h, %wd : tensor<?x32xf32>, tensor<32x16xf32>)
    outs(%3 : tensor<?x16xf32>) -> tensor<?x16xf32>
  return %y : tensor<?x16xf32>
}

// Its gradients by the hidden layer, from the forward values: one kernel.
// CHECK-LABEL: func @backward
//       CHECK: linalg.matmul
//       CHECK: linalg.generic
//       CHECK:   act.gate_backward swiglu %{{.*}} : f32
//  CHECK-NEXT:   linalg.yield
//   CHECK-NOT: {{linalg.generic|arith.mulf}}
//       CHECK: linalg.matmul
//       CHECK: linalg.matmul
//   CHECK-NOT: {{linalg.generic|arith.mulf}}
//       CHECK: return
func.func @backward(%dy: tensor<?x16xf32>, %x: tensor<?x16xf32>,
    %g: tensor<?x32xf32>, %u: tensor<?x32xf32>, %wd: tensor<32x16xf32>)
    -> (tensor<16x32xf32>, tensor<16x32xf32>) {
  %i = arith.constant 0 : index
  %zero = arith.constant 0.0 : f32
  %n = tensor.dim %x, %i : tensor<?x16xf32>
  %0 = tensor.empty(%n) : tensor<?x32xf32>
  %1 = linalg.fill ins(%zero : f32) outs(%0 : tensor<?x32xf32>)
    -> tensor<?x32xf32>
  %dh = linalg.matmul indexing_maps = [affine_map<(i, j, k) -> (i, k)>,
    affine_map<(i, j, k) -> (j, k)>, affine_map<(i, j, k) -> (i, j)>]
    ins(%dy, %wd : tensor<?x16xf32>, tensor<32x16xf32>)
    outs(%1 : tensor<?x32xf32>) -> tensor<?x32xf32>
  %a = act.silu %g : tensor<?x32xf32>
  %du = arith.mulf %dh, %a : tensor<?x32xf32>
  %da = arith.mulf %dh, %u : tensor<?x32xf32>
  %dg = act.silu_backward %da, %g : tensor<?x32xf32>
  %2 = tensor.empty() : tensor<16x32xf32>
  %3 = linalg.fill ins(%zero : f32) outs(%2 : tensor<16x32xf32>)
    -> tensor<16x32xf32>
  %dwg = linalg.matmul indexing_maps = [affine_map<(i, j, k) -> (k, i)>,
    affine_map<(i, j, k) -> (k, j)>, affine_map<(i, j, k) -> (i, j)>]
    ins(%x, %dg : tensor<?x16xf32>, tensor<?x32xf32>)
    outs(%3 : tensor<16x32xf32>) -> tensor<16x32xf32>
  %dwu = linalg.matmul indexing_maps = [affine_map<(i, j, k) -> (k, i)>,
    affine_map<(i, j, k) -> (k, j)>, affine_map<(i, j, k) -> (i, j)>]
    ins(%x, %du : tensor<?x16xf32>, tensor<?x32xf32>)
    outs(%3 : tensor<16x32xf32>) -> tensor<16x32xf32>
  return %dwg, %dwu : tensor<16x32xf32>, tensor<16x32xf32>
}

// The head: the loss of each row and the gradient in one kernel.
// CHECK-LABEL: func @head
//   CHECK-NOT: {{linalg.generic|act.softmax|act.log_softmax|act.nll}}
//       CHECK: act.cross_entropy_with_grad
//   CHECK-NOT: {{linalg.generic|act.softmax|act.log_softmax|act.nll}}
//       CHECK: return
func.func @head(%x: tensor<?x10xf32>, %t: tensor<?xi64>, %d: tensor<?xf32>)
    -> (tensor<?xf32>, tensor<?x10xf32>) {
  %p = act.softmax %x : tensor<?x10xf32>
  %q = math.log %p : tensor<?x10xf32>
  %loss = act.nll %q, %t reduction(none)
    : tensor<?x10xf32>, tensor<?xi64> -> tensor<?xf32>
  %l = act.log_softmax %x : tensor<?x10xf32>
  %dl = act.nll_backward %d, %l, %t reduction(none)
    : tensor<?xf32>, tensor<?x10xf32>, tensor<?xi64>
  %dx = act.log_softmax_backward %dl, %x : tensor<?x10xf32>
  return %loss, %dx : tensor<?xf32>, tensor<?x10xf32>
}

// A bias of one dimension, however it is broadcast, and the activation.
// CHECK-LABEL: func @bias
//       CHECK: linalg.generic
//  CHECK-SAME: ins(%{{.*}} : tensor<32xf32>, tensor<?x32xf32>
//       CHECK:   arith.addf
//  CHECK-NEXT:   act.gelu
//  CHECK-NEXT:   arith.truncf
//  CHECK-NEXT:   linalg.yield
//   CHECK-NOT: {{linalg.generic|linalg.broadcast|arith.addf}}
//       CHECK: return
func.func @bias(%x: tensor<?x32xf32>, %b: tensor<32xf32>) -> tensor<?x32xbf16> {
  %i = arith.constant 0 : index
  %n = tensor.dim %x, %i : tensor<?x32xf32>
  %0 = tensor.empty(%n) : tensor<?x32xf32>
  %wide = linalg.broadcast ins(%b : tensor<32xf32>) outs(%0 : tensor<?x32xf32>)
    dimensions = [0]
  %z = arith.addf %x, %wide : tensor<?x32xf32>
  %a = act.gelu %z : tensor<?x32xf32>
  %y = arith.truncf %a : tensor<?x32xf32> to tensor<?x32xbf16>
  return %y : tensor<?x32xbf16>
}

// CHECK-LABEL: func @bias_in_body
//       CHECK: linalg.generic
//       CHECK:   arith.addf
//  CHECK-NEXT:   act.gate geglu
//  CHECK-NEXT:   linalg.yield
//   CHECK-NOT: linalg.generic
//       CHECK: return
func.func @bias_in_body(%x: tensor<?x32xf32>, %b: tensor<32xf32>,
                        %u: tensor<?x32xf32>) -> tensor<?x32xf32> {
  %i = arith.constant 0 : index
  %n = tensor.dim %x, %i : tensor<?x32xf32>
  %0 = tensor.empty(%n) : tensor<?x32xf32>
  %z = linalg.generic {
      indexing_maps = [affine_map<(i, j) -> (i, j)>,
                       affine_map<(i, j) -> (j)>, affine_map<(i, j) -> (i, j)>],
      iterator_types = ["parallel", "parallel"]}
      ins(%x, %b : tensor<?x32xf32>, tensor<32xf32>)
      outs(%0 : tensor<?x32xf32>) {
  ^bb0(%in: f32, %bias: f32, %out: f32):
    %sum = arith.addf %in, %bias : f32
    linalg.yield %sum : f32
  } -> tensor<?x32xf32>
  %a = act.gelu %z : tensor<?x32xf32>
  %y = arith.mulf %a, %u : tensor<?x32xf32>
  return %y : tensor<?x32xf32>
}
