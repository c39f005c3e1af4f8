// RUN: act-opt %s --act-expand | FileCheck %s --check-prefixes=CHECK,F16C
// RUN: act-opt %s --act-expand=has-f16c=false \
// RUN:   | FileCheck %s --check-prefixes=CHECK,NOF16C
// RUN: act-opt %s --act-expand=has-fma=false \
// RUN:   | FileCheck %s --check-prefixes=NOFMA
// RUN: act-opt %s --act-expand=has-word-shuffle \
// RUN:   | FileCheck %s --check-prefixes=CHECK,WORDS

// bf16 is the upper half of an f32, on every target; LLVM would call a library.
// CHECK-LABEL: func @widen_bf16
func.func @widen_bf16(%x: vector<8xbf16>) -> vector<8xf32> {
  // CHECK: arith.extui %{{.*}} : vector<8xi16> to vector<8xi32>
  // CHECK: arith.shli
  // CHECK-NOT: arith.extf
  %y = arith.extf %x : vector<8xbf16> to vector<8xf32>
  return %y : vector<8xf32>
}

// CHECK-LABEL: func @narrow_bf16
func.func @narrow_bf16(%x: f32) -> bf16 {
  // A NaN stays one: its quiet bit is set instead of rounding.
  // CHECK: arith.constant 32767 : i32
  // CHECK: arith.constant 4194304 : i32
  // CHECK: arith.cmpf uno, %arg0, %arg0 : f32
  // CHECK-NOT: arith.truncf
  // CHECK: return
  %y = arith.truncf %x : f32 to bf16
  return %y : bf16
}

// Where that is one instruction, the upper halves are every other element.
// CHECK-LABEL: func @narrow_bf16_vector
func.func @narrow_bf16_vector(%x: vector<8xf32>) -> vector<8xbf16> {
  // CHECK: %[[ROUNDED:.*]] = arith.select
  // F16C: %[[UPPER:.*]] = arith.shrui %[[ROUNDED]]
  // F16C-NEXT: arith.trunci %[[UPPER]] : vector<8xi32> to vector<8xi16>
  // WORDS: %[[WORDS:.*]] = vector.bitcast %[[ROUNDED]] : vector<8xi32> to vector<16xi16>
  // WORDS-NEXT: %{{.*}}, %[[ODD:.*]] = vector.deinterleave %[[WORDS]]
  // WORDS-NEXT: arith.bitcast %[[ODD]] : vector<8xi16> to vector<8xbf16>
  %y = arith.truncf %x : vector<8xf32> to vector<8xbf16>
  return %y : vector<8xbf16>
}

// CHECK-LABEL: func @widen_f16
func.func @widen_f16(%x: f16) -> f32 {
  // F16C: arith.extf %arg0 : f16 to f32
  // NOF16C-NOT: arith.extf
  // CHECK: return
  %y = arith.extf %x : f16 to f32
  return %y : f32
}

// CHECK-LABEL: func @narrow_f16
func.func @narrow_f16(%x: f32) -> f16 {
  // F16C: arith.truncf %arg0 : f32 to f16
  // NOF16C-NOT: arith.truncf
  // CHECK: return
  %y = arith.truncf %x : f32 to f16
  return %y : f16
}

// f64 reaches 16 bits through f32 rounded to odd: one rounding in effect.
// CHECK-LABEL: func @narrow_f64
func.func @narrow_f64(%x: f64) -> bf16 {
  // CHECK: %[[NEAR:.*]] = arith.truncf %arg0 : f64 to f32
  // CHECK: %[[BACK:.*]] = arith.extf %[[NEAR]] : f32 to f64
  // CHECK: arith.cmpf one, %[[BACK]], %arg0 : f64
  // CHECK: return
  %y = arith.truncf %x : f64 to bf16
  return %y : bf16
}

// An exact product and sum in f64, rounded to odd, give the bits of a fused
// operation.
// NOFMA-LABEL: func @fma
func.func @fma(%a: f32, %b: f32, %c: f32) -> f32 {
  // NOFMA-NOT: math.fma
  // NOFMA: %[[P:.*]] = arith.mulf %{{.*}}, %{{.*}} : f64
  // NOFMA: arith.addf %[[P]], %{{.*}} : f64
  // NOFMA: arith.cmpf one
  // NOFMA: arith.truncf %{{.*}} : f64 to f32
  %d = math.fma %a, %b, %c : f32
  return %d : f32
}

// NOFMA-LABEL: func @activation
func.func @activation(%x: f32) -> f32 {
  // NOFMA-NOT: math.fma
  // NOFMA: return
  %y = act.gelu %x : f32
  return %y : f32
}
