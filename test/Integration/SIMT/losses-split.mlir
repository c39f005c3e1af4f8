// The same for losses, whose targets and greatest elements are in one of the
// parts.

// RUN: act-opt %s --act-gpu-pipeline="schedule=rows=split,threads=64" -o %t.mlir
// RUN: FileCheck %s --input-file=%t.mlir

// RUN: act-run %s --entry=both --output=res0=@%t.0.npy --output=res1=@%t.1.npy
// RUN: act-run %t.mlir --entry=both --device=simt --expect=res0=@%t.0.npy --expect=res1=@%t.1.npy --max-ulp=0
// CHECK-COUNT-3: gpu.func @both_cross_entropy_with_grad_split
//     CHECK-NOT: gpu.func @both_cross_entropy_with_grad_split
func.func @both(%x: tensor<3x9001xf32>, %t: tensor<3xi64>, %g: tensor<f32>, %w: tensor<9001xf32>)
    -> (tensor<f32>, tensor<3x9001xf32>) {
  %l, %dx = act.cross_entropy_with_grad %x, %t, %g class_weight(%w : tensor<9001xf32>) reduction(mean)
      {label_smoothing = 0.1} : tensor<3x9001xf32>, tensor<3xi64> -> tensor<f32>, tensor<3x9001xf32>
  return %l, %dx : tensor<f32>, tensor<3x9001xf32>
}

// Several elements are the greatest, the first of which is known; an ignored row
// is 0, whatever it holds.
// RUN: act-run %s --entry=extras --input=x=3x9001xbf16=uniform:0:1 --input=t=3xi64=[7,5000,0] --output=a=@%t.a.npy --output=b=@%t.b.npy --output=c=@%t.c.npy --output=d=@%t.d.npy
// RUN: act-run %t.mlir --entry=extras --input=x=3x9001xbf16=uniform:0:1 --input=t=3xi64=[7,5000,0] --device=simt --expect=a=@%t.a.npy --expect=b=@%t.b.npy --expect=c=@%t.c.npy --expect=d=@%t.d.npy --max-ulp=0
func.func @extras(%x: tensor<3x9001xbf16> {act.name = "x"}, %t: tensor<3xi64> {act.name = "t"})
    -> (tensor<3xf32> {act.name = "a"}, tensor<3xf32> {act.name = "b"}, tensor<3xf32> {act.name = "c"},
        tensor<3xi64> {act.name = "d"}) {
  %l, %lse, %h, %am = act.cross_entropy %x, %t reduction(none)
      extra(lse, entropy, argmax) {softcap = 20.0, ignore_index = 7}
      : tensor<3x9001xbf16>, tensor<3xi64> -> tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xi64>
  return %l, %lse, %h, %am : tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xi64>
}

// From the logsumexp: three passes, since the gradient may take the place of the
// logit that the first one reads, and for soft targets, whose weights are summed
// before, four.
// RUN: act-run %s --entry=saved --output=a=@%t.a.npy --output=b=@%t.b.npy --output=c=@%t.c.npy
// RUN: act-run %t.mlir --entry=saved --device=simt --expect=a=@%t.a.npy --expect=b=@%t.b.npy --expect=c=@%t.c.npy --max-ulp=0
//        CHECK: gpu.module @saved_kernels
// CHECK-COUNT-3: gpu.func @saved_cross_entropy_backward_split
//          CHECK: gpu.func @saved_nll_backward_split
// CHECK-COUNT-4: gpu.func @saved_cross_entropy_backward_split
//     CHECK-NOT: gpu.func @saved_{{.*}}split
func.func @saved(%x: tensor<3x5001xf32>, %t: tensor<3xi64>, %q: tensor<3x5001xf32>, %g: tensor<3xf32>, %lse: tensor<3xf32>)
    -> (tensor<3x5001xf32> {act.name = "a"}, tensor<3x5001xf32> {act.name = "b"}, tensor<3x5001xf32> {act.name = "c"}) {
  %a = act.cross_entropy_backward %g, %x, %t, %lse reduction(none)
      : tensor<3xf32>, tensor<3x5001xf32>, tensor<3xi64>, tensor<3xf32>
  %b = act.nll_backward %g, %x, %t reduction(none)
      : tensor<3xf32>, tensor<3x5001xf32>, tensor<3xi64> -> tensor<3x5001xf32>
  %c = act.cross_entropy_backward %g, %x, %q, %lse reduction(none)
      : tensor<3xf32>, tensor<3x5001xf32>, tensor<3x5001xf32>, tensor<3xf32>
  return %a, %b, %c : tensor<3x5001xf32>, tensor<3x5001xf32>, tensor<3x5001xf32>
}
