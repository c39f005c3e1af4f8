// RUN: act-opt %s --act-expand | FileCheck %s
// RUN: act-opt %s --act-expand=accuracy=exact | FileCheck %s --check-prefix=EXACT

// Operations on scalars and vectors become arithmetic; those on tensors stay.

// CHECK-LABEL: func @scalar
// EXACT-LABEL: func @scalar
func.func @scalar(%x: f32) -> f32 {
  // The default tier of gelu: one division, no pair arithmetic.
  // CHECK-NOT: act.
  // CHECK: %[[ABS:.*]] = math.absf %arg0 : f32
  // CHECK-COUNT-1: arith.divf
  // CHECK-NOT: arith.divf
  // CHECK-NOT: math.exp
  // CHECK: return %{{.*}} : f32
  // The exact tier: two numbers and an integer exponent.
  // EXACT-NOT: act.
  // EXACT: arith.maxsi
  // EXACT: math.copysign
  // EXACT: return
  %y = act.gelu %x : f32
  return %y : f32
}

// CHECK-LABEL: func @vector
func.func @vector(%x: vector<4x[2]x3xf32>) -> vector<4x[2]x3xf32> {
  // CHECK-NOT: act.
  // CHECK: math.fma {{.*}} : vector<4x[2]x3xf32>
  // CHECK: return
  %y = act.silu %x : vector<4x[2]x3xf32>
  return %y : vector<4x[2]x3xf32>
}

// CHECK-LABEL: func @tensor
func.func @tensor(%x: tensor<?xf32>) -> tensor<?xf32> {
  // CHECK: act.silu %arg0 : tensor<?xf32>
  %y = act.silu %x : tensor<?xf32>
  return %y : tensor<?xf32>
}

// The derivative times dy is the last operation.
// CHECK-LABEL: func @backward
func.func @backward(%dy: f32, %x: f32) -> f32 {
  // CHECK: %[[DX:.*]] = arith.mulf %arg0, %{{.*}} : f32
  // CHECK-NEXT: return %[[DX]]
  %dx = act.silu_backward %dy, %x : f32
  return %dx : f32
}

// The zero rule: +0 whatever dy is.
// CHECK-LABEL: func @zero_rule
func.func @zero_rule(%dy: f32, %x: f32) -> f32 {
  // CHECK: %[[DX:.*]] = arith.mulf
  // CHECK: arith.select %{{.*}}, %{{.*}}, %[[DX]] : f32
  %dx = act.relu_backward %dy, %x : f32
  return %dx : f32
}

// The attribute overrides the option, on the operation as on the function.
// EXACT-LABEL: func @accuracy_of_function
// EXACT-NOT: arith.maxsi
// EXACT: return
func.func @accuracy_of_function(%x: f32) -> f32
    attributes {act.accuracy = "default"} {
  %y = act.silu %x : f32
  return %y : f32
}

// CHECK-LABEL: func @accuracy_of_operation
// CHECK: arith.maxsi
func.func @accuracy_of_operation(%x: f32) -> f32 {
  %y = act.silu %x {act.accuracy = "exact"} : f32
  return %y : f32
}

// Computed in f32, as the operand says, whatever the result's type.
// CHECK-LABEL: func @wider_result
func.func @wider_result(%x: f32) -> f64 {
  // CHECK: %[[Y:.*]] = arith.select
  // CHECK: %[[WIDE:.*]] = arith.extf %[[Y]] : f32 to f64
  // CHECK-NEXT: return %[[WIDE]]
  %y = act.relu %x : f32 -> f64
  return %y : f64
}
