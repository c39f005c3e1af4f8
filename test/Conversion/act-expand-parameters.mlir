// RUN: act-opt %s --act-expand --cse --canonicalize | FileCheck %s

// What depends on a constant parameter alone is folded, on vectors too: one
// division remains, and no bit arithmetic on beta.
// CHECK-LABEL: func @attribute
func.func @attribute(%x: vector<8xf32>) -> vector<8xf32> {
  // log2(e) times 1.5 in two parts.
  // CHECK-DAG: arith.constant dense<2.16404247> : vector<8xf32>
  // CHECK-DAG: arith.constant dense<8.84940902E-8> : vector<8xf32>
  // CHECK-NOT: arith.shrui
  // CHECK-COUNT-1: arith.divf
  // CHECK-NOT: arith.divf
  // CHECK: return
  %y = act.swish %x {beta = 1.5} : vector<8xf32>
  return %y : vector<8xf32>
}

// A number of f64 that f32 does not hold comes as the sum of two.
// CHECK-LABEL: func @two_parts
func.func @two_parts(%x: f32) -> f32 {
  // CHECK-DAG: %[[HIGH:.*]] = arith.constant 2.000000e-01 : f32
  // CHECK-DAG: %[[LOW:.*]] = arith.constant -2.98023228E-9 : f32
  // CHECK: math.fma %arg0, %[[HIGH]]
  // CHECK: arith.mulf %arg0, %[[LOW]]
  // CHECK: return
  %y = act.swish %x {beta = 0.2, act.accuracy = "exact"} : f32
  return %y : f32
}

// A scalar operand serves all elements of a vector.
// CHECK-LABEL: func @scalar_operand
func.func @scalar_operand(%x: vector<8xf32>, %beta: f32) -> vector<8xf32> {
  // CHECK: vector.broadcast %arg1 : f32 to vector<8xf32>
  %y = act.swish %x, %beta : vector<8xf32>, f32
  return %y : vector<8xf32>
}

// It is widened before it is broadcast.
// CHECK-LABEL: func @narrow_operand
func.func @narrow_operand(%x: vector<8xf32>, %beta: bf16) -> vector<8xf32> {
  // CHECK: %[[WIDE:.*]] = arith.bitcast %{{.*}} : i32 to f32
  // CHECK: vector.broadcast %[[WIDE]] : f32 to vector<8xf32>
  %y = act.swish %x, %beta : vector<8xf32>, bf16
  return %y : vector<8xf32>
}

// CHECK-LABEL: func @gradients
func.func @gradients(%dy: f32, %x: f32, %beta: f32) -> (f32, f32) {
  // CHECK: %[[DX:.*]] = arith.mulf %arg0, %{{.*}} : f32
  // CHECK: %[[DBETA:.*]] = arith.mulf %arg0, %{{.*}} : f32
  // CHECK: return %[[DX]], %[[DBETA]] : f32, f32
  %dx, %dbeta = act.swish_backward %dy, %x, %beta : f32, f32
  return %dx, %dbeta : f32, f32
}
