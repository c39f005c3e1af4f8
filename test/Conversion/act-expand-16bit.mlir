// RUN: act-opt %s --act-expand --cse | FileCheck %s
// RUN: act-opt %s --act-expand=accuracy=exact --cse \
// RUN:   | FileCheck %s --check-prefix=EXACT
// RUN: act-opt %s --act-expand=has-bf16=true --cse \
// RUN:   | FileCheck %s --check-prefix=NATIVE

// An operand and a result of one 16-bit type: the evaluation made for it. For
// silu in bf16 ties go upward: 0x8000 and the sign are added.
// CHECK-LABEL: func @lean
// CHECK-NOT: arith.maxsi
// CHECK-DAG: %[[C:.*]] = arith.constant -9.800000e+01 : f32
// CHECK: %[[HALF:.*]] = arith.constant 32768 : i32
// CHECK: arith.addi %{{.*}}, %[[HALF]] : i32
// CHECK: arith.shrsi
// CHECK: return

// In the exact tier the last sum is rounded to odd, then to nearest even.
// NATIVE-LABEL: func @lean
// NATIVE: arith.constant 32768 : i32
// NATIVE-NOT: arith.truncf
// NATIVE: return
// EXACT-LABEL: func @lean
// EXACT: arith.maxsi
// EXACT: %[[LAST:.*]] = arith.andi %{{.*}}, %{{.*}} : i32
// EXACT: arith.constant 32767 : i32
// EXACT: return
func.func @lean(%x: bf16) -> bf16 {
  %y = act.silu %x : bf16
  return %y : bf16
}

// A parameter that is given and equals the default counts as one.
// CHECK-LABEL: func @given_default
// CHECK: arith.constant -9.800000e+01 : f32
// CHECK: return
func.func @given_default(%x: bf16) -> bf16 {
  %y = act.swish %x {beta = 1.0} : bf16
  return %y : bf16
}

// Another one takes the value of f32, rounded once.
// Hardware that rounds to bf16 does it to nearest even.
// NATIVE-LABEL: func @other_parameter
// NATIVE-NOT: arith.constant 32767 : i32
// NATIVE: arith.truncf %{{.*}} : f32 to bf16
// NATIVE: return
// CHECK-LABEL: func @other_parameter
// CHECK-NOT: arith.constant -9.800000e+01 : f32
// CHECK: arith.constant 32767 : i32
// CHECK: return
func.func @other_parameter(%x: bf16) -> bf16 {
  %y = act.swish %x {beta = 2.0} : bf16
  return %y : bf16
}

// So does an operand, whatever it will hold.
// CHECK-LABEL: func @operand
// CHECK-NOT: arith.constant -9.800000e+01 : f32
// CHECK: return
func.func @operand(%x: bf16, %beta: bf16) -> bf16 {
  %y = act.swish %x, %beta : bf16, bf16
  return %y : bf16
}

// So do types that differ.
// CHECK-LABEL: func @mixed
// CHECK-NOT: arith.constant -9.800000e+01 : f32
// CHECK: return
func.func @mixed(%x: f32) -> bf16 {
  %y = act.silu %x : f32 -> bf16
  return %y : bf16
}

// And backward: dy times the f32 slope, rounded once.
// CHECK-LABEL: func @backward
// CHECK: %[[DX:.*]] = arith.mulf %arg0, %{{.*}} : f32
// CHECK-NEXT: arith.bitcast %[[DX]] : f32 to i32
// CHECK: return
func.func @backward(%dy: f32, %x: bf16) -> bf16 {
  %dx = act.silu_backward %dy, %x : f32, bf16
  return %dx : bf16
}

// Hardware that rounds to bf16 compares 16-bit numbers, other hardware f32.
// CHECK-LABEL: func @maximum
// CHECK: arith.maxnumf %{{.*}}, %{{.*}} : f32
// NATIVE-LABEL: func @maximum
// NATIVE-NEXT: arith.maxnumf %{{.*}}, %{{.*}} : bf16
// NATIVE-NEXT: return
func.func @maximum(%x: bf16, %y: bf16) -> bf16 {
  %z = arith.maxnumf %x, %y : bf16
  return %z : bf16
}
