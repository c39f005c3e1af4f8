// RUN: act-opt %s --act-expand --split-input-file | FileCheck %s
// RUN: act-opt %s --act-expand=accuracy=exact --split-input-file | FileCheck %s --check-prefix=EXACT

// The product of phi(g), in the compute type, and u is rounded once.

// CHECK-LABEL: func @forward
//  CHECK-SAME: %{{.*}}: bf16, %[[U:.*]]: bf16
//       CHECK: arith.divf
//   CHECK-NOT: arith.truncf
//       CHECK: arith.mulf
//       CHECK: return %{{.*}} : bf16
// EXACT-LABEL: func @forward
//   EXACT-NOT: act.
//       EXACT: return
func.func @forward(%g: bf16, %u: bf16) -> bf16 {
  %y = act.gate swiglu %g, %u : bf16
  return %y : bf16
}

// -----

// dg = (dy u) phi'(g), du = dy phi(g).

// CHECK-LABEL: func @bilinear
//  CHECK-SAME: %[[DY:.*]]: f32, %[[G:.*]]: f32, %[[U:.*]]: f32
//       CHECK: %[[DA:.*]] = arith.mulf %[[DY]], %[[U]]
//       CHECK: %[[NAN:.*]] = arith.cmpf uno, %[[G]], %[[G]]
//       CHECK: %[[SLOPE:.*]] = arith.select %[[NAN]], %[[G]], %{{.*}}
//       CHECK: %[[DG:.*]] = arith.mulf %[[DA]], %[[SLOPE]]
//       CHECK: %[[DU:.*]] = arith.mulf %[[DY]], %[[G]]
//       CHECK: return %[[DG]], %[[DU]]
func.func @bilinear(%dy: f32, %g: f32, %u: f32) -> (f32, f32) {
  %dg, %du = act.gate_backward bilinear %dy, %g, %u : f32
  return %dg, %du : f32, f32
}

// -----

// Where relu is closed dg is +0 whatever dy is.

// CHECK-LABEL: func @closed
//       CHECK: %[[DA:.*]] = arith.mulf
//       CHECK: %[[PRODUCT:.*]] = arith.mulf %[[DA]]
//       CHECK: %[[DG:.*]] = arith.select %{{.*}}, %{{.*}}, %[[PRODUCT]] : vector<4xi1>, vector<4xf32>
//       CHECK: return %[[DG]],
func.func @closed(%dy: vector<4xf32>, %g: vector<4xf32>, %u: vector<4xf32>)
    -> (vector<4xf32>, vector<4xf32>) {
  %dg, %du = act.gate_backward reglu %dy, %g, %u : vector<4xf32>
  return %dg, %du : vector<4xf32>, vector<4xf32>
}

// -----

// The bounds of swiglu_oai are inclusive.

// CHECK-LABEL: func @oai
//  CHECK-SAME: %[[G:.*]]: f32, %[[U:.*]]: f32
//       CHECK: %[[L:.*]] = arith.constant 7.000000e+00 : f32
//       CHECK: arith.cmpf ogt, %[[G]], %[[L]]
//       CHECK: %[[A:.*]] = math.absf %[[U]]
//       CHECK: arith.cmpf ogt, %[[A]], %[[L]]
//       CHECK: math.copysign
func.func @oai(%g: f32, %u: f32) -> f32 {
  %y = act.gate swiglu_oai %g, %u : f32
  return %y : f32
}

// -----

// CHECK-LABEL: func @no_limit
//   CHECK-NOT: 7.000000e+00
//   CHECK-NOT: math.copysign %{{.*}}, %arg1
//       CHECK: return
func.func @no_limit(%g: f32, %u: f32) -> f32 {
  %y = act.gate swiglu_oai %g, %u {no_limit} : f32
  return %y : f32
}

// -----

// The parts of a packed vector.

// CHECK-LABEL: func @halves
//  CHECK-SAME: %[[X:.*]]: vector<4xf32>
//       CHECK: %[[G:.*]] = vector.shuffle %[[X]], %[[X]] [0, 1]
//       CHECK: %[[U:.*]] = vector.shuffle %[[X]], %[[X]] [2, 3]
//       CHECK: %[[Y:.*]] = arith.mulf %[[G]], %[[U]]
//       CHECK: return %[[Y]]
func.func @halves(%x: vector<4xf32>) -> vector<2xf32> {
  %y = act.glu bilinear %x : vector<4xf32> -> vector<2xf32>
  return %y : vector<2xf32>
}

// -----

// CHECK-LABEL: func @interleaved_rows
//  CHECK-SAME: %[[DY:.*]]: vector<2x2xf32>, %[[X:.*]]: vector<4x2xf32>
//       CHECK: %[[FLAT:.*]] = vector.shape_cast %[[X]] : vector<4x2xf32> to vector<8xf32>
//       CHECK: vector.shuffle %[[FLAT]], %{{.*}} [2, 3, 6, 7]
//       CHECK: vector.shuffle %{{.*}}, %{{.*}} [0, 1, 4, 5]
//       CHECK: %[[DX:.*]] = vector.shuffle %{{.*}}, %{{.*}} [0, 1, 4, 5, 2, 3, 6, 7]
//       CHECK: vector.shape_cast %[[DX]] : vector<8xf32> to vector<4x2xf32>
func.func @interleaved_rows(%dy: vector<2x2xf32>, %x: vector<4x2xf32>)
    -> vector<4x2xf32> {
  %dx = act.glu_backward bilinear %dy, %x layout(interleaved) gate(second) {dim = 0}
    : vector<2x2xf32>, vector<4x2xf32>
  return %dx : vector<4x2xf32>
}
