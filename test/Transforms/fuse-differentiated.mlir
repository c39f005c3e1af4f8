// How many kernels the gradients of forward functions become: see
// fuse-kernels.mlir.

// RUN: act-opt %s --act-differentiate=entry=mlp --act-inline --act-fuse \
// RUN:   --act-to-linalg | FileCheck %s --check-prefix=MLP
// RUN: act-opt %s --act-differentiate=entry=head --act-inline --act-fuse \
// RUN:   --act-to-linalg | FileCheck %s --check-prefix=HEAD

// The gated MLP, forward alone: one kernel beside the products.
//   MLP-LABEL: func @mlp(
// MLP-COUNT-2: linalg.matmul
//         MLP: linalg.generic
//         MLP:   act.gate swiglu
//    MLP-NEXT:   linalg.yield
//     MLP-NOT: {{linalg.generic|arith.mulf|arith.addf}}
//         MLP: linalg.matmul
//     MLP-NOT: {{linalg.generic|arith.mulf|arith.addf}}
//         MLP: return

// With all gradients: one kernel for both ways, which share the exponential.
//   MLP-LABEL: func @mlp_vjp(
// MLP-COUNT-3: linalg.matmul
//         MLP: linalg.generic
//         MLP:   act.gate swiglu
//         MLP:   act.gate_backward swiglu
//    MLP-NEXT:   linalg.yield
//     MLP-NOT: {{linalg.generic|arith.mulf|arith.addf}}
//         MLP: linalg.matmul
//     MLP-NOT: {{linalg.generic|arith.mulf|arith.addf}}
//         MLP: linalg.matmul
//     MLP-NOT: {{linalg.generic|arith.mulf|arith.addf}}
//         MLP: linalg.matmul
//     MLP-NOT: {{linalg.generic|arith.mulf|arith.addf}}
//         MLP: linalg.matmul
//     MLP-NOT: {{linalg.generic|arith.mulf|arith.addf}}
//         MLP: linalg.matmul
//     MLP-NOT: {{linalg.generic|arith.mulf|arith.addf}}
//         MLP: linalg.matmul
//     MLP-NOT: {{linalg.generic|arith.mulf|arith.addf}}
//         MLP: return
func.func @mlp(%x: tensor<?x16xf32>, %wg: tensor<16x32xf32>,
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

// A head with its loss: the loss and the gradient of the logits are one kernel.
//   HEAD-LABEL: func @head_vjp(
//         HEAD: linalg.matmul
//         HEAD: act.cross_entropy_with_grad
//     HEAD-NOT: {{linalg.generic|act\.}}
//         HEAD: linalg.matmul
//     HEAD-NOT: {{linalg.generic|act\.}}
//         HEAD: linalg.matmul
//     HEAD-NOT: {{linalg.generic|act\.}}
//         HEAD: return
func.func @head(%x: tensor<?x16xf32>, %w: tensor<16x1000xf32>,
    %t: tensor<?xi64>) -> tensor<f32> {
  %i = arith.constant 0 : index
  %zero = arith.constant 0.0 : f32
  %n = tensor.dim %x, %i : tensor<?x16xf32>
  %0 = tensor.empty(%n) : tensor<?x1000xf32>
  %1 = linalg.fill ins(%zero : f32) outs(%0 : tensor<?x1000xf32>)
    -> tensor<?x1000xf32>
  %z = linalg.matmul ins(%x, %w : tensor<?x16xf32>, tensor<16x1000xf32>)
    outs(%1 : tensor<?x1000xf32>) -> tensor<?x1000xf32>
  %p = act.log_softmax %z : tensor<?x1000xf32>
  %loss = act.nll %p, %t : tensor<?x1000xf32>, tensor<?xi64> -> tensor<f32>
  return %loss : tensor<f32>
}
