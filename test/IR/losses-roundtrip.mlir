// RUN: act-opt %s | FileCheck %s
// RUN: act-opt %s | act-opt | FileCheck %s
// RUN: act-opt %s --mlir-print-op-generic | act-opt | FileCheck %s

// Losses with their options, on tensors and on memory.

// CHECK-LABEL: func @cross_entropy(
func.func @cross_entropy(%logits: tensor<?x1000xf32>, %target: tensor<?xi64>,
                         %cw: tensor<1000xf32>, %tw: tensor<?xf32>,
                         %soft: tensor<?x1000xf32>) {
  // CHECK: act.cross_entropy %{{.*}}, %{{.*}} class_weight(%{{.*}} : tensor<1000xf32>) {ignore_index = -100, label_smoothing = 0.1} : tensor<?x1000xf32>, tensor<?xi64> -> tensor<f32>{{$}}
  %0 = act.cross_entropy %logits, %target class_weight(%cw : tensor<1000xf32>)
    reduction(mean) {ignore_index = -100, label_smoothing = 0.1}
    : tensor<?x1000xf32>, tensor<?xi64> -> tensor<f32>
  // CHECK: act.cross_entropy %{{.*}}, %{{.*}} token_weight(%{{.*}} : tensor<?xf32>) smoothing(megatron) smooth_over(finite) reduction(sum) {label_smoothing = 0.1, softcap = 30.0, temperature = 2.0, z_loss = 0.0001}
  %1 = act.cross_entropy %logits, %target reduction(sum)
    smooth_over(finite) token_weight(%tw : tensor<?xf32>) smoothing(megatron)
    {label_smoothing = 0.1, z_loss = 1.0e-4, softcap = 30.0, temperature = 2.0}
    : tensor<?x1000xf32>, tensor<?xi64> -> tensor<f32>
  // CHECK: act.cross_entropy %{{.*}}, %{{.*}} empty_mean(zero) : tensor<?x1000xf32>, tensor<?x1000xf32> -> tensor<f32>{{$}}
  %2 = act.cross_entropy %logits, %soft empty_mean(zero)
    : tensor<?x1000xf32>, tensor<?x1000xf32>
  return
}

// CHECK-LABEL: func @extra(
func.func @extra(%x: tensor<?x10xf32>, %t: tensor<?xi64>) {
  // CHECK: act.cross_entropy %{{.*}}, %{{.*}} reduction(none) extra(lse, argmax) : tensor<?x10xf32>, tensor<?xi64> -> tensor<?xf32>, tensor<?xf32>, tensor<?xi64>{{$}}
  %l, %lse, %a = act.cross_entropy %x, %t reduction(none) extra(lse, argmax)
    : tensor<?x10xf32>, tensor<?xi64>
    -> tensor<?xf32>, tensor<?xf32>, tensor<?xi64>
  // Extra results come in one order, whatever order they are asked for in.
  // CHECK: extra(lse, log_prob, entropy, argmax, counts) : tensor<?x10xf32>, tensor<?xi64> -> tensor<f32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xi64>, tensor<2xi64>{{$}}
  %0:6 = act.cross_entropy %x, %t extra(counts, argmax, entropy, log_prob, lse)
    : tensor<?x10xf32>, tensor<?xi64>
  return
}

// CHECK-LABEL: func @backward(
func.func @backward(%dloss: tensor<f32>, %x: tensor<?x10xf32>,
                    %t: tensor<?xi32>, %soft: tensor<?x10xf16>,
                    %lse: tensor<?xf32>) {
  // CHECK: act.cross_entropy_backward %{{.*}}, %{{.*}}, %{{.*}} : tensor<f32>, tensor<?x10xf32>, tensor<?xi32>{{$}}
  %0 = act.cross_entropy_backward %dloss, %x, %t
    : tensor<f32>, tensor<?x10xf32>, tensor<?xi32> -> tensor<?x10xf32>
  // CHECK: act.cross_entropy_backward %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}} : tensor<f32>, tensor<?x10xf32>, tensor<?x10xf16>, tensor<?xf32> -> tensor<?x10xf32>, tensor<?x10xf16>{{$}}
  %1, %2 = act.cross_entropy_backward %dloss, %x, %soft, %lse
    : tensor<f32>, tensor<?x10xf32>, tensor<?x10xf16>, tensor<?xf32>
    -> tensor<?x10xf32>, tensor<?x10xf16>
  // CHECK: act.cross_entropy_with_grad %{{.*}}, %{{.*}}, %{{.*}} : tensor<?x10xf32>, tensor<?xi32> -> tensor<f32>, tensor<?x10xf32>{{$}}
  %3, %4 = act.cross_entropy_with_grad %x, %t, %dloss reduction(mean)
    : tensor<?x10xf32>, tensor<?xi32> -> tensor<f32>, tensor<?x10xf32>
  return
}

// CHECK-LABEL: func @nll(
func.func @nll(%dloss: tensor<f32>, %x: tensor<?x10x?xbf16>,
               %t: tensor<?x?xi64>) {
  // CHECK: act.nll %{{.*}}, %{{.*}} reduction(none) {ignore_index = 0} : tensor<?x10x?xbf16>, tensor<?x?xi64> -> tensor<?x?xf32>{{$}}
  %0 = act.nll %x, %t reduction(none) {ignore_index = 0}
    : tensor<?x10x?xbf16>, tensor<?x?xi64> -> tensor<?x?xf32>
  // CHECK: act.nll_backward %{{.*}}, %{{.*}}, %{{.*}} : tensor<f32>, tensor<?x10x?xbf16>, tensor<?x?xi64>{{$}}
  %1 = act.nll_backward %dloss, %x, %t
    : tensor<f32>, tensor<?x10x?xbf16>, tensor<?x?xi64>
  return
}

// CHECK-LABEL: func @memory(
func.func @memory(%x: memref<?x10xf32>, %t: memref<?xi64>,
                  %dloss: memref<f32>, %loss: memref<f32>,
                  %dx: memref<?x10xf32>, %lse: memref<?xf32>) {
  // CHECK: act.cross_entropy_with_grad ins(%{{.*}}, %{{.*}}, %{{.*}} : memref<?x10xf32>, memref<?xi64>, memref<f32>) outs(%{{.*}}, %{{.*}}, %{{.*}} : memref<f32>, memref<?x10xf32>, memref<?xf32>) extra(lse){{$}}
  act.cross_entropy_with_grad
    ins(%x, %t, %dloss : memref<?x10xf32>, memref<?xi64>, memref<f32>)
    outs(%loss, %dx, %lse : memref<f32>, memref<?x10xf32>, memref<?xf32>)
    extra(lse)
  return
}
