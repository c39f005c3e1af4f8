// Of several greatest elements the first one counts, whichever warps and blocks of
// the row's threads have them: it is left out of sums, and it is the argmax, whose
// gradient as a target is the one that does not cancel.

// RUN: act-run %s --entry=ties --input=x=3x5000xf32=randn:seed=3 --output=@%t.0.npy --output=@%t.1.npy --output=@%t.2.npy
// RUN: act-run %s --entry=ties --input=x=3x5000xf32=randn:seed=3 --device=simt --expect=@%t.0.npy --expect=@%t.1.npy --expect=@%t.2.npy --max-ulp=0
// RUN: act-run %s --entry=ties --input=x=3x50000xf32=randn:seed=4 --output=@%t.0.npy --output=@%t.1.npy --output=@%t.2.npy
// RUN: act-run %s --entry=ties --input=x=3x50000xf32=randn:seed=4 --device=simt --expect=@%t.0.npy --expect=@%t.1.npy --expect=@%t.2.npy --max-ulp=0
// RUN: act-run %s --entry=known --input=x=3x50000xbf16=randn:seed=4 --output=@%t.0.npy --output=@%t.1.npy --output=@%t.2.npy
// RUN: act-run %s --entry=known --input=x=3x50000xbf16=randn:seed=4 --device=simt --expect=@%t.0.npy --expect=@%t.1.npy --expect=@%t.2.npy --max-ulp=0

// They are where the test wants them: beyond the first warp, of other blocks too.
// RUN: act-run %s --entry=ties --input=x=3x50000xf32=randn:seed=4 --device=simt --output=res0=- | FileCheck %s
// CHECK: [12835, 2516, 14863]

// With nothing else in the row.
// RUN: act-run %s --entry=ties --input=x=2x40000xf32=zeros --device=simt --output=res0=- | FileCheck %s --check-prefix=ZEROS
// ZEROS: [0, 0]

// About one element of 10000 is 6.
func.func @ties(%x: tensor<?x?xf32> {act.name = "x"})
    -> (tensor<?xi64>, tensor<?xf32>, tensor<?x?xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %rows = tensor.dim %x, %c0 : tensor<?x?xf32>
  %length = tensor.dim %x, %c1 : tensor<?x?xf32>
  %number = arith.constant 1.62 : f32
  %empty = tensor.empty(%rows, %length) : tensor<?x?xf32>
  %factor = linalg.fill ins(%number : f32) outs(%empty : tensor<?x?xf32>) -> tensor<?x?xf32>
  %scaled = arith.mulf %x, %factor : tensor<?x?xf32>
  %z = act.relu6 %scaled : tensor<?x?xf32>
  %zero = arith.constant 0 : i64
  %none = tensor.empty(%rows) : tensor<?xi64>
  %any = linalg.fill ins(%zero : i64) outs(%none : tensor<?xi64>) -> tensor<?xi64>
  %loss, %first = act.cross_entropy %z, %any reduction(none) extra(argmax)
      : tensor<?x?xf32>, tensor<?xi64> -> tensor<?xf32>, tensor<?xi64>
  %one = arith.constant 1.0 : f32
  %numbers = tensor.empty(%rows) : tensor<?xf32>
  %ones = linalg.fill ins(%one : f32) outs(%numbers : tensor<?xf32>) -> tensor<?xf32>
  %l, %dz = act.cross_entropy_with_grad %z, %first, %ones reduction(none)
      : tensor<?x?xf32>, tensor<?xi64> -> tensor<?xf32>, tensor<?x?xf32>
  return %first, %l, %dz : tensor<?xi64>, tensor<?xf32>, tensor<?x?xf32>
}

func.func @known(%x: tensor<3x50000xbf16> {act.name = "x"})
    -> (tensor<3xi64>, tensor<3xf32>, tensor<3x50000xbf16>) {
  %factor = arith.constant dense<1.62> : tensor<3x50000xbf16>
  %scaled = arith.mulf %x, %factor : tensor<3x50000xbf16>
  %z = act.relu6 %scaled : tensor<3x50000xbf16>
  %any = arith.constant dense<0> : tensor<3xi64>
  %loss, %first = act.cross_entropy %z, %any reduction(none) extra(argmax)
      : tensor<3x50000xbf16>, tensor<3xi64> -> tensor<3xf32>, tensor<3xi64>
  %ones = arith.constant dense<1.0> : tensor<3xf32>
  %l, %dz = act.cross_entropy_with_grad %z, %first, %ones reduction(none)
      : tensor<3x50000xbf16>, tensor<3xi64> -> tensor<3xf32>, tensor<3x50000xbf16>
  return %first, %l, %dz : tensor<3xi64>, tensor<3xf32>, tensor<3x50000xbf16>
}
