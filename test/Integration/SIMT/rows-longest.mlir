// More chunks than shared memory holds the sums of, by split rows and by a
// block.
// RUN: act-run %s --input=1x2100000xf32=linspace:-1:1 --output=@%t.npy
// RUN: act-run %s --input=1x2100000xf32=linspace:-1:1 --device=simt --expect=@%t.npy --max-ulp=0
// RUN: act-opt %s --act-gpu-pipeline=schedule=rows=streaming -o %t.mlir
// RUN: act-run %t.mlir --input=1x2100000xf32=linspace:-1:1 --device=simt --expect=@%t.npy --max-ulp=0
func.func @longest(%x: tensor<1x2100000xf32>) -> tensor<1xf32> {
  %l = act.logsumexp %x {dim = 1} : tensor<1x2100000xf32> -> tensor<1xf32>
  return %l : tensor<1xf32>
}
