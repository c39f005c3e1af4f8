// RUN: act-opt %s --act-expand="has-f16c=false has-fma=false" --canonicalize \
// RUN:   | FileCheck %s

// The integer code of conversions, folded on values that tell: ties, the ends
// of the range, subnormals, NaN.

// CHECK-LABEL: func @narrow_f16
func.func @narrow_f16() -> (f16, f16, f16, f16, f16, f16, f16, f16, f16) {
  %tie_down = arith.constant 0x3F801000 : f32 // 1 + 2^-11
  %tie_up = arith.constant 0x3F803000 : f32   // 1 + 3 2^-11
  %largest = arith.constant 0x477FEFFF : f32  // below 65520
  %overflow = arith.constant 0x477FF000 : f32 // 65520
  %vanish = arith.constant 0x33000000 : f32   // 2^-25, a tie
  %smallest = arith.constant 0x33000001 : f32
  %carry = arith.constant 0x387FF000 : f32    // rounds to the first normal
  %zero = arith.constant -0.0 : f32
  %nan = arith.constant 0xFF800001 : f32
  // CHECK-DAG: %[[ONE:.*]] = arith.constant 1.000000e+00 : f16
  // CHECK-DAG: %[[NEXT:.*]] = arith.constant 1.001950e+00 : f16
  // CHECK-DAG: %[[MAX:.*]] = arith.constant 6.550400e+04 : f16
  // CHECK-DAG: %[[INF:.*]] = arith.constant 0x7C00 : f16
  // CHECK-DAG: %[[ZERO:.*]] = arith.constant 0.000000e+00 : f16
  // CHECK-DAG: %[[MIN:.*]] = arith.constant 5.960460e-08 : f16
  // CHECK-DAG: %[[NORMAL:.*]] = arith.constant 6.103520e-05 : f16
  // CHECK-DAG: %[[MINUS:.*]] = arith.constant -0.000000e+00 : f16
  // CHECK-DAG: %[[NAN:.*]] = arith.constant 0xFE00 : f16
  // CHECK: return %[[ONE]], %[[NEXT]], %[[MAX]], %[[INF]], %[[ZERO]], %[[MIN]], %[[NORMAL]], %[[MINUS]], %[[NAN]]
  %0 = arith.truncf %tie_down : f32 to f16
  %1 = arith.truncf %tie_up : f32 to f16
  %2 = arith.truncf %largest : f32 to f16
  %3 = arith.truncf %overflow : f32 to f16
  %4 = arith.truncf %vanish : f32 to f16
  %5 = arith.truncf %smallest : f32 to f16
  %6 = arith.truncf %carry : f32 to f16
  %7 = arith.truncf %zero : f32 to f16
  %8 = arith.truncf %nan : f32 to f16
  return %0, %1, %2, %3, %4, %5, %6, %7, %8
    : f16, f16, f16, f16, f16, f16, f16, f16, f16
}

// CHECK-LABEL: func @widen_f16
func.func @widen_f16() -> (f32, f32, f32) {
  %smallest = arith.constant 0x0001 : f16
  %subnormal = arith.constant 0x83FF : f16
  %inf = arith.constant 0xFC00 : f16
  // CHECK-DAG: %[[MIN:.*]] = arith.constant 5.96046448E-8 : f32
  // CHECK-DAG: %[[SUB:.*]] = arith.constant -6.09755516E-5 : f32
  // CHECK-DAG: %[[INF:.*]] = arith.constant 0xFF800000 : f32
  // CHECK: return %[[MIN]], %[[SUB]], %[[INF]]
  %0 = arith.extf %smallest : f16 to f32
  %1 = arith.extf %subnormal : f16 to f32
  %2 = arith.extf %inf : f16 to f32
  return %0, %1, %2 : f32, f32, f32
}

// CHECK-LABEL: func @narrow_bf16
func.func @narrow_bf16() -> (bf16, bf16, bf16, bf16, bf16) {
  %tie_down = arith.constant 0x3F808000 : f32 // 1 + 2^-8
  %tie_up = arith.constant 0x3F818000 : f32   // 1 + 3 2^-8
  %overflow = arith.constant 0x7F7FFFFF : f32
  %subnormal = arith.constant 0x00018000 : f32
  %nan = arith.constant 0x7F800001 : f32      // rounding would make it inf
  // CHECK-DAG: %[[ONE:.*]] = arith.constant 1.000000e+00 : bf16
  // CHECK-DAG: %[[NEXT:.*]] = arith.constant 1.015630e+00 : bf16
  // CHECK-DAG: %[[INF:.*]] = arith.constant 0x7F80 : bf16
  // CHECK-DAG: %[[SUB:.*]] = arith.constant 1.836710e-40 : bf16
  // CHECK-DAG: %[[NAN:.*]] = arith.constant 0x7FC0 : bf16
  // CHECK: return %[[ONE]], %[[NEXT]], %[[INF]], %[[SUB]], %[[NAN]]
  %0 = arith.truncf %tie_down : f32 to bf16
  %1 = arith.truncf %tie_up : f32 to bf16
  %2 = arith.truncf %overflow : f32 to bf16
  %3 = arith.truncf %subnormal : f32 to bf16
  %4 = arith.truncf %nan : f32 to bf16
  return %0, %1, %2, %3, %4 : bf16, bf16, bf16, bf16, bf16
}

// (1 + 2^-12)^2 - (1 + 2^-11) is 2^-24; with a rounded product it would be 0.
// CHECK-LABEL: func @fma
func.func @fma() -> f32 {
  // CHECK: %[[REST:.*]] = arith.constant 5.96046448E-8 : f32
  // CHECK: return %[[REST]]
  %a = arith.constant 0x3F800800 : f32
  %c = arith.constant 0xBF801000 : f32
  %d = math.fma %a, %a, %c : f32
  return %d : f32
}
