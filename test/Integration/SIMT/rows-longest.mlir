// More chunks than shared memory holds the sums of, by split rows and by a
// block.
// RUN: act-run %s --entry=longest --input=1x2100000xf32=linspace:-1:1 --output=@%t.npy
// RUN: act-run %s --entry=longest --input=1x2100000xf32=linspace:-1:1 --device=simt --expect=@%t.npy --max-ulp=0
// RUN: act-opt %s --act-gpu-pipeline=schedule=rows=streaming -o %t.mlir
// RUN: act-run %t.mlir --entry=longest --input=1x2100000xf32=linspace:-1:1 --device=simt --expect=@%t.npy --max-ulp=0
func.func @longest(%x: tensor<1x2100000xf32>) -> tensor<1xf32> {
  %l = act.logsumexp %x {dim = 1} : tensor<1x2100000xf32> -> tensor<1xf32>
  return %l : tensor<1xf32>
}

// Clusters of 16 blocks, of four and of eight warps.
// RUN: act-run %s --entry=gradient --output=@%t.0.npy
// RUN: act-run %s --entry=gradient --device=simt --expect=@%t.0.npy --max-ulp=0
func.func @gradient(%dy: tensor<2x130000xbf16>, %x: tensor<2x130000xbf16>) -> tensor<2x130000xbf16> {
  %dx = act.softmax_backward %dy, %x : tensor<2x130000xbf16>
  return %dx : tensor<2x130000xbf16>
}

// Terms, and what they are multiplied by, wait in shared memory: in one block of
// eight warps, and in sixteen.
// RUN: act-run %s --entry=probabilities --output=@%t.0.npy
// RUN: act-run %s --entry=probabilities --device=simt --expect=@%t.0.npy --max-ulp=0
func.func @probabilities(%x: tensor<3x16383xbf16>) -> tensor<3x16383xbf16> {
  %y = act.softmax %x : tensor<3x16383xbf16>
  return %y : tensor<3x16383xbf16>
}
// RUN: act-run %s --entry=wide --output=@%t.0.npy
// RUN: act-run %s --entry=wide --device=simt --in-place=dx=dy --expect=@%t.0.npy --max-ulp=0
func.func @wide(%dy: tensor<1x262144xbf16> {act.name = "dy"}, %x: tensor<1x262144xbf16>)
    -> (tensor<1x262144xbf16> {act.name = "dx"}) {
  %dx = act.softmax_backward %dy, %x : tensor<1x262144xbf16>
  return %dx : tensor<1x262144xbf16>
}
// RUN: act-run %s --entry=logs --output=@%t.0.npy
// RUN: act-run %s --entry=logs --device=simt --expect=@%t.0.npy --max-ulp=0
func.func @logs(%x: tensor<1x150008xf32>) -> tensor<1x150008xf32> {
  %y = act.log_softmax %x : tensor<1x150008xf32>
  return %y : tensor<1x150008xf32>
}
// RUN: act-run %s --entry=loss --input=x=2x200001xbf16=randn --input=t=2xi64=[200000,7] --output=@%t.0.npy --output=@%t.1.npy
// RUN: act-run %s --entry=loss --input=x=2x200001xbf16=randn --input=t=2xi64=[200000,7] --device=simt --in-place=dx=x --expect=@%t.0.npy --expect=dx=@%t.1.npy --max-ulp=0
func.func @loss(%x: tensor<2x200001xbf16> {act.name = "x"}, %t: tensor<2xi64> {act.name = "t"}, %g: tensor<2xf32>)
    -> (tensor<2xf32>, tensor<2x200001xbf16> {act.name = "dx"}) {
  %l, %dx = act.cross_entropy_with_grad %x, %t, %g reduction(none)
      : tensor<2x200001xbf16>, tensor<2xi64>, tensor<2xf32> -> tensor<2xf32>, tensor<2x200001xbf16>
  return %l, %dx : tensor<2xf32>, tensor<2x200001xbf16>
}
