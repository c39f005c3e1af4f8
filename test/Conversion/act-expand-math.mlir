// RUN: act-opt %s --act-expand | FileCheck %s
// RUN: act-opt %s --act-expand=allow-libm=true | FileCheck %s

// Functions that have a rule become arithmetic.
// CHECK-LABEL: func @rules
func.func @rules(%x: vector<8xf32>) -> vector<8xf32> {
  // CHECK-NOT: math.exp
  // CHECK-NOT: math.log
  // CHECK-NOT: math.tanh
  // CHECK-NOT: math.erf
  // CHECK: return
  %0 = math.exp %x : vector<8xf32>
  %1 = math.exp2 %0 : vector<8xf32>
  %2 = math.expm1 %1 : vector<8xf32>
  %3 = math.log %2 : vector<8xf32>
  %4 = math.log2 %3 : vector<8xf32>
  %5 = math.log1p %4 : vector<8xf32>
  %6 = math.tanh %5 : vector<8xf32>
  %7 = math.erf %6 : vector<8xf32>
  %8 = math.erfc %7 : vector<8xf32>
  return %8 : vector<8xf32>
}

// CHECK-LABEL: func @rsqrt
func.func @rsqrt(%x: f32) -> f32 {
  // CHECK: %[[ROOT:.*]] = math.sqrt %arg0 : f32
  // CHECK: arith.divf %{{.*}}, %[[ROOT]] : f32
  %y = math.rsqrt %x : f32
  return %y : f32
}

// One instruction each: they stay.
// CHECK-LABEL: func @native
func.func @native(%x: f32) -> f32 {
  // CHECK: math.absf
  // CHECK: math.sqrt
  // CHECK: math.fma
  // CHECK: math.floor
  %0 = math.absf %x : f32
  %1 = math.sqrt %0 : f32
  %2 = math.fma %0, %1, %x : f32
  %3 = math.floor %2 : f32
  return %3 : f32
}

// 16-bit arithmetic happens in f32 and is rounded once.
// CHECK-LABEL: func @promoted
func.func @promoted(%x: bf16, %y: bf16) -> bf16 {
  // CHECK: arith.mulf %{{.*}}, %{{.*}} : f32
  // CHECK-NOT: arith.truncf
  // CHECK: return %{{.*}} : bf16
  %z = arith.mulf %x, %y : bf16
  return %z : bf16
}

// CHECK-LABEL: func @compared
func.func @compared(%x: f16, %y: f16) -> i1 {
  // CHECK: arith.cmpf olt, %{{.*}}, %{{.*}} : f32
  %z = arith.cmpf olt, %x, %y : f16
  return %z : i1
}
