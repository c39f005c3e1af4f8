// The bits of results do not depend on the width of vectors, on masks, on fused
// multiplication in hardware, on tails or on the number of threads.
//
// REQUIRES: avx2, fma, f16c
//
// DEFINE: %{entry} =
// DEFINE: %{inputs} =
// DEFINE: %{run} = act-run %s --entry=%{entry} %{inputs}
// DEFINE: %{check} = %{run} --target-cpu=haswell --threads=1 --output=r0=@%t0.npy --output=r1=@%t1.npy && \
// DEFINE:   %{run} --target-cpu=haswell --threads=2 --expect=r0=@%t0.npy --expect=r1=@%t1.npy && \
// DEFINE:   %{run} --target-cpu=x86-64-v2 --threads=1 --expect=r0=@%t0.npy --expect=r1=@%t1.npy && \
// DEFINE:   %{run} --expect=r0=@%t0.npy --expect=r1=@%t1.npy
//
// REDEFINE: %{entry} = chain
// REDEFINE: %{inputs} = --input=x=1003x67xf32=randn:seed=1 --input=b=67xf32=randn:seed=2
// RUN: %{check}
// REDEFINE: %{inputs} = --input=x=3x5xf32=randn:seed=1 --input=b=5xf32=randn:seed=2
// RUN: %{check}
// REDEFINE: %{inputs} = --input=x=0x5xf32=randn:seed=1 --input=b=5xf32=randn:seed=2
// RUN: %{check}
//
// REDEFINE: %{entry} = half
// REDEFINE: %{inputs} = --input=x=70001xbf16=randn:seed=3
// RUN: %{check}
//
// REDEFINE: %{entry} = gradient
// REDEFINE: %{inputs} = --input=dy=30x3x999xf32=randn:seed=4 --input=x=30x3x999xf32=randn:seed=5 --input=w=3xf32=randn:seed=6
// RUN: %{check}
//
// REDEFINE: %{entry} = shared
// REDEFINE: %{inputs} = --input=dy=5001xbf16=randn:seed=7 --input=x=5001xbf16=randn:seed=8 --input=w=1xbf16=randn:seed=9
// RUN: %{check}
//
// REDEFINE: %{entry} = loss
// REDEFINE: %{inputs} = --input=x=301x300xf32=randn:seed=10 --input=q=301x300xf32=uniform:0:1:seed=11 --input=w=300xf32=uniform:0:2:seed=12 --input=g=f32=1
// RUN: %{check}

func.func @chain(%x: tensor<?x?xf32> {act.name = "x"}, %b: tensor<?xf32> {act.name = "b"})
    -> (tensor<?x?xf32> {act.name = "r0"}, tensor<?x?xf16> {act.name = "r1"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %m = tensor.dim %x, %c0 : tensor<?x?xf32>
  %n = tensor.dim %x, %c1 : tensor<?x?xf32>
  %empty = tensor.empty(%m, %n) : tensor<?x?xf32>
  %wide = linalg.broadcast ins(%b : tensor<?xf32>) outs(%empty : tensor<?x?xf32>) dimensions = [0]
  %h = arith.addf %x, %wide : tensor<?x?xf32>
  %y = act.gelu %h : tensor<?x?xf32>
  %z = act.silu %h : tensor<?x?xf32> -> tensor<?x?xf16>
  return %y, %z : tensor<?x?xf32>, tensor<?x?xf16>
}

func.func @half(%x: tensor<?xbf16> {act.name = "x"})
    -> (tensor<?xbf16> {act.name = "r0"}, tensor<?xbf16> {act.name = "r1"}) {
  %y = act.silu %x : tensor<?xbf16>
  %z = arith.mulf %y, %x : tensor<?xbf16>
  return %y, %z : tensor<?xbf16>, tensor<?xbf16>
}

func.func @gradient(%dy: tensor<?x?x?xf32> {act.name = "dy"}, %x: tensor<?x?x?xf32> {act.name = "x"}, %w: tensor<?xf32> {act.name = "w"})
    -> (tensor<?x?x?xf32> {act.name = "r0"}, tensor<?xf32> {act.name = "r1"}) {
  %dx, %dw = act.prelu_backward %dy, %x, %w : tensor<?x?x?xf32>, tensor<?xf32>
  return %dx, %dw : tensor<?x?x?xf32>, tensor<?xf32>
}

func.func @shared(%dy: tensor<?xbf16> {act.name = "dy"}, %x: tensor<?xbf16> {act.name = "x"}, %w: tensor<1xbf16> {act.name = "w"})
    -> (tensor<?xbf16> {act.name = "r0"}, tensor<1xbf16> {act.name = "r1"}) {
  %dx, %dw = act.prelu_backward %dy, %x, %w : tensor<?xbf16>, tensor<1xbf16>
  return %dx, %dw : tensor<?xbf16>, tensor<1xbf16>
}

func.func @loss(%x: tensor<?x?xf32> {act.name = "x"}, %q: tensor<?x?xf32> {act.name = "q"}, %w: tensor<?xf32> {act.name = "w"}, %g: tensor<f32> {act.name = "g"})
    -> (tensor<f32> {act.name = "r0"}, tensor<?x?xf32> {act.name = "r1"}) {
  %loss, %dx = act.cross_entropy_with_grad %x, %q, %g class_weight(%w : tensor<?xf32>)
    {label_smoothing = 0.1, z_loss = 0.001}
    : tensor<?x?xf32>, tensor<?x?xf32> -> tensor<f32>, tensor<?x?xf32>
  return %loss, %dx : tensor<f32>, tensor<?x?xf32>
}
