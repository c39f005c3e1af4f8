// Kernels of rows have the bits of the CPU, whatever the family: rows that share
// a warp, of one warp, and of several, aligned or not.

// RUN: act-run %s --entry=forward --output=a=@%t.a.npy --output=b=@%t.b.npy --output=c=@%t.c.npy
// RUN: act-run %s --entry=forward --device=simt --expect=a=@%t.a.npy --expect=b=@%t.b.npy --expect=c=@%t.c.npy --max-ulp=0
func.func @forward(%x: tensor<3x3000xf32>, %m: tensor<3x3000xi1>, %h: tensor<3x301xbf16>)
    -> (tensor<3x3000xf32> {act.name = "a"}, tensor<3x3000xf32> {act.name = "b"},
        tensor<3x301xbf16> {act.name = "c"}) {
  %a = act.softmax %x mask(%m : tensor<3x3000xi1>) empty_row(uniform) {dim = 1} : tensor<3x3000xf32>
  %b = act.log_softmax %x {dim = 1, softcap = 30.0, temperature = 2.5} : tensor<3x3000xf32>
  %c = act.softmin %h {dim = 1, temperature = 8.0} : tensor<3x301xbf16>
  return %a, %b, %c : tensor<3x3000xf32>, tensor<3x3000xf32>, tensor<3x301xbf16>
}

// Rows whose elements lie apart; f64.
// RUN: act-run %s --entry=apart --output=res0=@%t.0.npy
// RUN: act-run %s --entry=apart --device=simt --expect=res0=@%t.0.npy --max-ulp=0
func.func @apart(%x: tensor<2x300x5xf64>) -> tensor<2x300x5xf64> {
  %y = act.softmax %x {dim = 1} : tensor<2x300x5xf64>
  return %y : tensor<2x300x5xf64>
}

// Rows that share a warp, of which the last ones do not exist; no rows.
// RUN: act-run %s --entry=narrow --accuracy=exact --input=5x50xf32=randn --input=5x50xf32=randn:seed=7 --output=res0=@%t.0.npy --output=res1=@%t.1.npy
// RUN: act-run %s --entry=narrow --accuracy=exact --input=5x50xf32=randn --input=5x50xf32=randn:seed=7 --device=simt --expect=res0=@%t.0.npy --expect=res1=@%t.1.npy --max-ulp=0
// RUN: act-run %s --entry=narrow --input=0x50xf32=zeros --input=0x50xf32=zeros --device=simt --output=res1=- | FileCheck %s --check-prefix=NONE
// NONE: []
func.func @narrow(%x: tensor<?x50xf32>, %dy: tensor<?x50xf32>) -> (tensor<?x50xf32>, tensor<?xf32>) {
  %l = act.logsumexp %x {dim = 1} : tensor<?x50xf32> -> tensor<?xf32>
  %dx = act.softmax_backward %dy, %x {dim = 1} : tensor<?x50xf32>
  return %dx, %l : tensor<?x50xf32>, tensor<?xf32>
}
