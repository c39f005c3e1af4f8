// Kernels of sums have the bits of the CPU: columns, more of them than a chunk
// has terms, and none.

// RUN: act-run %s --input=5000x40xf32=randn --output=res0=@%t.npy
// RUN: act-run %s --input=5000x40xf32=randn --device=simt --expect=res0=@%t.npy --max-ulp=0
// RUN: act-run %s --input=300x40xf32=randn --accuracy=exact --output=res0=@%t.npy
// RUN: act-run %s --input=300x40xf32=randn --accuracy=exact --device=simt --expect=res0=@%t.npy --max-ulp=0
// RUN: act-run %s --input=0x40xf32=zeros --output=res0=@%t.npy
// RUN: act-run %s --input=0x40xf32=zeros --device=simt --expect=res0=@%t.npy --max-ulp=0
func.func @columns(%x: tensor<?x40xf32>) -> tensor<40xf32> {
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<40xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<40xf32>) -> tensor<40xf32>
  %s = linalg.reduce { arith.addf } ins(%x : tensor<?x40xf32>) outs(%init : tensor<40xf32>) dimensions = [0]
  return %s : tensor<40xf32>
}
