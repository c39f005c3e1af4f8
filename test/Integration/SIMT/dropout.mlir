// Kernels of dropout drop the elements that the CPU drops, in whole tiles, at
// their end, one by one and alone.

// RUN: act-run %s --entry=all --input=3x1500xf32=randn --input=i64=123456789012345 --input=i64=7 --output=res0=@%t.0.npy --output=res1=@%t.1.npy --output=res2=@%t.2.npy
// RUN: act-run %s --entry=all --input=3x1500xf32=randn --input=i64=123456789012345 --input=i64=7 --device=simt --expect=res0=@%t.0.npy --expect=res1=@%t.1.npy --expect=res2=@%t.2.npy --max-ulp=0
func.func @all(%x: tensor<?x?xf32>, %seed: i64, %offset: i64) -> (tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xbf16>) {
  %0 = act.dropout %x, %seed, %offset {p = 0.3} : tensor<?x?xf32>
  %1 = act.alpha_dropout_backward %x, %seed, %offset {p = 0.5} : tensor<?x?xf32>
  %h = arith.truncf %x : tensor<?x?xf32> to tensor<?x?xbf16>
  %2 = act.dropout %h, %seed {p = 0.1} : tensor<?x?xbf16>
  return %0, %1, %2 : tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xbf16>
}

// RUN: act-run %s --entry=others --input=5x7xbf16=randn --input=i64=-1 --output=res0=@%t.0.npy --output=res1=@%t.1.npy
// RUN: act-run %s --entry=others --input=5x7xbf16=randn --input=i64=-1 --device=simt --expect=res0=@%t.0.npy --expect=res1=@%t.1.npy --max-ulp=0
// RUN: act-run %s --entry=others --input=80x130xbf16=randn --input=i64=3 --output=res0=@%t.0.npy --output=res1=@%t.1.npy
// RUN: act-run %s --entry=others --input=80x130xbf16=randn --input=i64=3 --device=simt --expect=res0=@%t.0.npy --expect=res1=@%t.1.npy --max-ulp=0
func.func @others(%x: tensor<?x?xbf16>, %seed: i64, %one: tensor<1x1xf32>)
    -> (tensor<?x?xbf16>, tensor<1x1xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %m = tensor.dim %x, %c0 : tensor<?x?xbf16>
  %n = tensor.dim %x, %c1 : tensor<?x?xbf16>
  %empty = tensor.empty(%n, %m) : tensor<?x?xbf16>
  // Read against the order in memory.
  %t = linalg.transpose ins(%x : tensor<?x?xbf16>) outs(%empty : tensor<?x?xbf16>) permutation = [1, 0]
  %0 = act.dropout %t, %seed {p = 0.5} : tensor<?x?xbf16>
  %1 = act.dropout %one, %seed {p = 0.5} : tensor<1x1xf32>
  return %0, %1 : tensor<?x?xbf16>, tensor<1x1xf32>
}
