// Kernels of rows of any length have the bits of the CPU: the entry chooses when
// it runs.

// RUN: act-run %s --entry=any --input=2x5000xf32=randn:seed=3 --output=res0=@%t.0.npy --output=res1=@%t.1.npy
// RUN: act-run %s --entry=any --input=2x5000xf32=randn:seed=3 --device=simt --expect=res0=@%t.0.npy --expect=res1=@%t.1.npy --max-ulp=0
// RUN: act-run %s --entry=any --input=2x9001xf32=randn:seed=4 --output=res0=@%t.0.npy --output=res1=@%t.1.npy
// RUN: act-run %s --entry=any --input=2x9001xf32=randn:seed=4 --device=simt --expect=res0=@%t.0.npy --expect=res1=@%t.1.npy --max-ulp=0

// Small blocks of a cluster, as many as the length asks for.
// RUN: act-run %s --entry=any --input=2x16388xf32=randn:seed=6 --output=res0=@%t.0.npy --output=res1=@%t.1.npy
// RUN: act-run %s --entry=any --input=2x16388xf32=randn:seed=6 --device=simt --expect=res0=@%t.0.npy --expect=res1=@%t.1.npy --max-ulp=0
// RUN: act-run %s --entry=any --input=1x40001xf32=randn:seed=7 --output=res0=@%t.0.npy --output=res1=@%t.1.npy
// RUN: act-run %s --entry=any --input=1x40001xf32=randn:seed=7 --device=simt --expect=res0=@%t.0.npy --expect=res1=@%t.1.npy --max-ulp=0

// The same where each warp has 2048 elements for itself: 4 blocks of 4 warps, 8 of
// rows that are not aligned, and 8 of 8 warps.
// RUN: act-run %s --entry=halves --input=2x16400xbf16=randn:seed=6 --output=@%t.0.npy --output=@%t.1.npy
// RUN: act-run %s --entry=halves --input=2x16400xbf16=randn:seed=6 --device=simt --expect=@%t.0.npy --expect=@%t.1.npy --max-ulp=0
// RUN: act-run %s --entry=halves --input=1x40001xbf16=randn:seed=7 --output=@%t.0.npy --output=@%t.1.npy
// RUN: act-run %s --entry=halves --input=1x40001xbf16=randn:seed=7 --device=simt --expect=@%t.0.npy --expect=@%t.1.npy --max-ulp=0
// RUN: act-run %s --entry=halves --input=1x70000xbf16=randn:seed=8 --output=@%t.0.npy --output=@%t.1.npy
// RUN: act-run %s --entry=halves --input=1x70000xbf16=randn:seed=8 --device=simt --expect=@%t.0.npy --expect=@%t.1.npy --max-ulp=0

// Rows of nothing.
// RUN: act-run %s --entry=any --input=2x0xf32=zeros --device=simt --output=res1=- | FileCheck %s --check-prefix=EMPTY
// EMPTY: -inf, -inf
func.func @any(%x: tensor<?x?xf32>) -> (tensor<?x?xf32>, tensor<?xf32>) {
  %y, %lse = act.softmax %x {dim = 1} : tensor<?x?xf32> -> tensor<?x?xf32>, tensor<?xf32>
  return %y, %lse : tensor<?x?xf32>, tensor<?xf32>
}
func.func @halves(%x: tensor<?x?xbf16>) -> (tensor<?x?xbf16>, tensor<?x?xbf16>) {
  %y = act.softmax %x {dim = 1} : tensor<?x?xbf16>
  %dx = act.softmax_backward %x, %x {dim = 1} : tensor<?x?xbf16>
  return %y, %dx : tensor<?x?xbf16>, tensor<?x?xbf16>
}
