// What stands beside alternating elements keeps its place, whatever the order in
// which vectors hold these: other operands, results of another type, and the
// numbers of elements that a dropout counts.
//
// REQUIRES: avx2, fma, f16c
//
// RUN: act-run %s --input=3x630xf32=randn:seed=1 --input=3x315xbf16=randn:seed=2 \
// RUN:   --threads=1 --target-cpu=x86-64-v2 --output=@%t.npy
// RUN: act-run %s --input=3x630xf32=randn:seed=1 --input=3x315xbf16=randn:seed=2 \
// RUN:   --threads=1 --target-cpu=haswell --expect=@%t.npy --max-ulp=0
// RUN: %if avx512f %{ \
// RUN:   act-run %s --input=3x630xf32=randn:seed=1 --input=3x315xbf16=randn:seed=2 \
// RUN:     --threads=1 --expect=@%t.npy --max-ulp=0 %}

func.func @f(%x: tensor<3x630xf32>, %z: tensor<3x315xbf16>)
    -> tensor<3x315xbf16> {
  %seed = arith.constant 7 : i64
  %offset = arith.constant 0 : i64
  %gated = act.glu swiglu %x layout(interleaved)
    : tensor<3x630xf32> -> tensor<3x315xf32>
  %kept = act.dropout %gated, %seed, %offset {p = 3.0e-1} : tensor<3x315xf32>
  %wide = arith.extf %z : tensor<3x315xbf16> to tensor<3x315xf32>
  %sum = arith.addf %kept, %wide : tensor<3x315xf32>
  %y = arith.truncf %sum : tensor<3x315xf32> to tensor<3x315xbf16>
  return %y : tensor<3x315xbf16>
}
