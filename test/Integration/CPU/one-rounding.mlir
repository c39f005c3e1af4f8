// Sums of a product and a number, and long integers, are rounded to 16 bits once:
// each of these lies above a tie by less than f32, or f64, shows.

// DEFINE: %{device} = --device=cpu
// DEFINE: %{run} = act-run %s %{device} --output=-
// DEFINE: %{fma} = %{run} --entry=fma --input=a=1xf16=[1.9609375] \
// DEFINE:   --input=b=1xf16=[1.875] --input=c=1xf16=[1.1920929e-7] | FileCheck %s --check-prefix=FMA
// DEFINE: %{i32} = %{run} --entry=i32 --input=n=2xi32=[1077936129,-1077936129] | FileCheck %s --check-prefix=I32
// DEFINE: %{i64} = %{run} --entry=i64 --input=n=3xi64=[4629700416936869889,-4629700416936869889,7] | FileCheck %s --check-prefix=I64
// DEFINE: %{u64} = %{run} --entry=u64 --input=n=2xi64=[-9187343239835811839,5] | FileCheck %s --check-prefix=U64
// RUN: %{fma}
// RUN: %{i32}
// RUN: %{i64}
// RUN: %{u64}
// REDEFINE: %{device} = --device=simt
// RUN: %{fma}
// RUN: %{i32}
// RUN: %{i64}
// RUN: %{u64}

// 3.6767578125 + 2^-23, between 3.67578125 and 3.677734375.
// FMA: [3.678]
func.func @fma(%a: tensor<?xf16> {act.name = "a"}, %b: tensor<?xf16> {act.name = "b"},
               %c: tensor<?xf16> {act.name = "c"}) -> tensor<?xf16> {
  %y = math.fma %a, %b, %c : tensor<?xf16>
  return %y : tensor<?xf16>
}

// 2^30 + 2^22 + 1, between 2^30 (1.07e+09) and 2^30 + 2^23.
// I32: [1.08e+09, -1.08e+09]
func.func @i32(%n: tensor<?xi32> {act.name = "n"}) -> tensor<?xbf16> {
  %y = arith.sitofp %n : tensor<?xi32> to tensor<?xbf16>
  return %y : tensor<?xbf16>
}

// 2^62 + 2^54 + 1, between 2^62 (4.61e+18) and 2^62 + 2^55.
// I64: [4.65e+18, -4.65e+18, 7]
func.func @i64(%n: tensor<?xi64> {act.name = "n"}) -> tensor<?xbf16> {
  %y = arith.sitofp %n : tensor<?xi64> to tensor<?xbf16>
  return %y : tensor<?xbf16>
}

// 2^63 + 2^55 + 1, between 2^63 (9.22e+18) and 2^63 + 2^56.
// U64: [9.3e+18, 5]
func.func @u64(%n: tensor<?xi64> {act.name = "n"}) -> tensor<?xbf16> {
  %y = arith.uitofp %n : tensor<?xi64> to tensor<?xbf16>
  return %y : tensor<?xbf16>
}
