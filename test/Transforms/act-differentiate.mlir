// RUN: act-opt %s --split-input-file --act-differentiate | FileCheck %s
// RUN: act-opt %s --split-input-file --act-differentiate=results=false \
// RUN:   | FileCheck %s --check-prefix=ALONE
// RUN: act-opt %s --split-input-file --act-differentiate=suffix=_grad \
// RUN:   | FileCheck %s --check-prefix=SUFFIX

// Arguments and cotangents, results and gradients, with their names.

// CHECK-LABEL: func @names(
// CHECK-LABEL: func @names_vjp(
//  CHECK-SAME:   %[[X:.*]]: tensor<?xf32> {act.name = "x"}, %[[N:.*]]: tensor<?xi32>,
//  CHECK-SAME:   %[[DY:.*]]: tensor<?xf32> {act.name = "d_y"})
//  CHECK-SAME:   -> (tensor<?xf32> {act.name = "y"}, tensor<?xi32>, tensor<?xf32> {act.name = "d_x"})
//       CHECK:   %[[Y:.*]] = act.gelu %[[X]] approximate(tanh)
//  CHECK-NEXT:   %[[DX:.*]] = act.gelu_backward %[[DY]], %[[X]] approximate(tanh)
//  CHECK-NEXT:   return %[[Y]], %[[N]], %[[DX]]

// ALONE-LABEL: func @names_vjp(
//       ALONE:   %[[DX:.*]] = act.gelu_backward
//       ALONE:   return %[[DX]] : tensor<?xf32>

// SUFFIX: func @names_grad(
func.func @names(%x: tensor<?xf32> {act.name = "x"}, %n: tensor<?xi32>)
    -> (tensor<?xf32> {act.name = "y"}, tensor<?xi32>) {
  %y = act.gelu %x approximate(tanh) : tensor<?xf32>
  return %y, %n : tensor<?xf32>, tensor<?xi32>
}

// -----

// A chain, and sums where a value is used twice. The exponential of the
// program serves its derivative too.

// CHECK-LABEL: func @chain_vjp(
//  CHECK-SAME:   %[[X:.*]]: f32, %[[DY:[a-z0-9]+]]: f32
//       CHECK:   %[[E:.*]] = math.exp %[[X]]
//       CHECK:   %[[S:.*]] = act.silu %[[E]]
//       CHECK:   %[[Y:.*]] = arith.subf %[[S]], %[[X]]
//  CHECK-NEXT:   %[[MINUS:.*]] = arith.negf %[[DY]]
//  CHECK-NEXT:   %[[DE:.*]] = act.silu_backward %[[DY]], %[[E]]
//  CHECK-NEXT:   %[[D:.*]] = arith.mulf %[[DE]], %[[E]]
//  CHECK-NEXT:   %[[DX:.*]] = arith.addf %[[MINUS]], %[[D]]
//  CHECK-NEXT:   return %[[Y]], %[[DX]]
func.func @chain(%x: f32) -> f32 {
  %e = math.exp %x : f32
  %s = act.silu %e : f32
  %y = arith.subf %s, %x : f32
  return %y : f32
}

// -----

// Attributes and the accuracy stay with the gradient.

// CHECK-LABEL: func @attributes_vjp(
//       CHECK:   act.leaky_relu_backward {{.*}} {act.accuracy = "exact", slope = 0.2}
func.func @attributes(%x: tensor<4xf32>) -> tensor<4xf32> {
  %y = act.leaky_relu %x {slope = 0.2, act.accuracy = "exact"} : tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// A parameter has a gradient; 16-bit data go through the backward operation as
// they are, and mixed types keep theirs.

// CHECK-LABEL: func @parameter_vjp(
//  CHECK-SAME:   %[[X:.*]]: tensor<?x8xbf16>, %[[W:.*]]: tensor<8xf32>, %[[DY:.*]]: tensor<?x8xbf16>
//       CHECK:   %[[DX:.*]], %[[DW:.*]] = act.prelu_backward %[[DY]], %[[X]], %[[W]] {channel_dim = 1}
//       CHECK:   return %{{.*}}, %[[DX]], %[[DW]] : tensor<?x8xbf16>, tensor<?x8xbf16>, tensor<8xf32>
func.func @parameter(%x: tensor<?x8xbf16>, %w: tensor<8xf32>)
    -> tensor<?x8xbf16> {
  %y = act.prelu %x, %w {channel_dim = 1} : tensor<?x8xbf16>, tensor<8xf32>
  return %y : tensor<?x8xbf16>
}

// -----

// CHECK-LABEL: func @mixed_vjp(
//       CHECK:   act.silu_backward %{{.*}}, %{{.*}} : tensor<4xf32>, tensor<4xbf16>
func.func @mixed(%x: tensor<4xbf16>) -> tensor<4xf32> {
  %y = act.silu %x : tensor<4xbf16> -> tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// 16-bit arithmetic is differentiated in f32 and rounded once; additions and
// casts need no arithmetic.

// CHECK-LABEL: func @half_vjp(
//  CHECK-SAME:   %[[X:.*]]: tensor<4xbf16>, %[[Y:.*]]: tensor<4xbf16>, %[[D:.*]]: tensor<4xf32>
//       CHECK:   %[[S:.*]] = arith.truncf %[[D]] : tensor<4xf32> to tensor<4xbf16>
//       CHECK:   return %{{.*}}, %[[S]], %[[S]]
func.func @half(%x: tensor<4xbf16>, %y: tensor<4xbf16>) -> tensor<4xf32> {
  %s = arith.addf %x, %y : tensor<4xbf16>
  %z = arith.extf %s : tensor<4xbf16> to tensor<4xf32>
  return %z : tensor<4xf32>
}

// -----

// A gradient that is zero has the dimensions of its argument.

// CHECK-LABEL: func @zero_vjp(
//  CHECK-SAME:   %[[X:.*]]: tensor<?x4xf32>, %[[D:.*]]: f32
//       CHECK:   %[[N:.*]] = tensor.dim %[[X]]
//       CHECK:   %[[EMPTY:.*]] = tensor.empty(%[[N]]) : tensor<?x4xf32>
//       CHECK:   %[[ZERO:.*]] = linalg.fill ins(%{{.*}} : f32) outs(%[[EMPTY]]
//       CHECK:   return %{{.*}}, %[[ZERO]]
func.func @zero(%x: tensor<?x4xf32>) -> f32 {
  %c = arith.constant 3.0 : f32
  return %c : f32
}

// -----

// An argument that is returned.

// CHECK-LABEL: func @identity_vjp(
//  CHECK-SAME:   %[[X:.*]]: f32, %[[D0:.*]]: f32 {act.name = "d_res0"}, %[[D1:.*]]: f32 {act.name = "d_res1"})
//       CHECK:   %[[DX:.*]] = arith.addf %[[D0]], %[[D1]]
//       CHECK:   return %[[X]], %[[X]], %[[DX]]
func.func @identity(%x: f32) -> (f32, f32) {
  return %x, %x : f32, f32
}

// -----

// The larger number has the gradient; beside a constant none has it at a tie.

// CHECK-LABEL: func @relu_vjp(
//  CHECK-SAME:   %[[X:.*]]: f32, %[[D:.*]]: f32
//   CHECK-DAG:   %[[ZERO:.*]] = arith.constant 0.0
//   CHECK-DAG:   %[[ABOVE:.*]] = arith.cmpf ogt, %[[X]], %[[ZERO]]
//   CHECK-DAG:   %[[NAN:.*]] = arith.cmpf uno, %[[X]], %[[X]]
//       CHECK:   %[[WINS:.*]] = arith.ori %[[ABOVE]], %[[NAN]]
//       CHECK:   %[[DX:.*]] = arith.select %[[WINS]], %[[D]], %[[ZERO]]
//       CHECK:   return %{{.*}}, %[[DX]]
func.func @relu(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %y = arith.maximumf %x, %zero : f32
  return %y : f32
}

// -----

// What does not lead to a result is of no concern.

// CHECK-LABEL: func @aside_vjp(
//   CHECK-NOT:   math.cos
//       CHECK:   act.tanh_backward
func.func @aside(%x: f32) -> (f32, i1) {
  %y = act.tanh %x : f32
  %s = math.sin %x : f32
  %less = arith.cmpf olt, %s, %y : f32
  return %y, %less : f32, i1
}

// -----

// A value that is to be computed again is not used by the gradient; what it is
// computed from is.

// CHECK-LABEL: func @recompute_vjp(
//  CHECK-SAME:   %[[X:.*]]: f32, %[[D:.*]]: f32
//       CHECK:   %[[A:.*]] = act.gelu %[[X]] {act.derivative = "recompute"}
//       CHECK:   %[[Y:.*]] = math.exp %[[A]]
//       CHECK:   %[[B:.*]] = act.gelu %[[X]] : f32
//       CHECK:   %[[E:.*]] = math.exp %[[B]]
//       CHECK:   %[[DA:.*]] = arith.mulf %[[D]], %[[E]]
//       CHECK:   act.gelu_backward %[[DA]], %[[X]]
func.func @recompute(%x: f32) -> f32 {
  %a = act.gelu %x {act.derivative = "recompute"} : f32
  %y = math.exp %a : f32
  return %y : f32
}

// -----

// Nor is the result of an operation that its own gradient reads.

// CHECK-LABEL: func @recompute_lse_vjp(
//  CHECK-SAME:   %[[X:.*]]: tensor<2x4xf64>, %[[D:.*]]: tensor<2xf64>
//       CHECK:   act.tanh %[[X]] {act.derivative = "recompute"}
//       CHECK:   act.logsumexp
//       CHECK:   %[[V:.*]] = act.tanh %[[X]] :
//       CHECK:   %[[L:.*]] = act.logsumexp %[[V]] {dim = 1}
//       CHECK:   %[[DV:.*]] = act.logsumexp_backward %[[D]], %[[V]], %[[L]] {dim = 1}
//       CHECK:   act.tanh_backward %[[DV]], %[[X]]
func.func @recompute_lse(%x: tensor<2x4xf64>) -> tensor<2xf64> {
  %v = act.tanh %x {act.derivative = "recompute"} : tensor<2x4xf64>
  %y = act.logsumexp %v {act.derivative = "recompute", dim = 1} : tensor<2x4xf64> -> tensor<2xf64>
  return %y : tensor<2xf64>
}

// -----

// CHECK-LABEL: func @recompute_own_vjp(
//  CHECK-SAME:   %[[X:.*]]: tensor<2x4xf64>, %[[D:.*]]: tensor<2xf64>
//       CHECK:   %[[Y:.*]] = act.logsumexp %[[X]] {act.derivative = "recompute", dim = 1}
//       CHECK:   %[[L:.*]] = act.logsumexp %[[X]] {dim = 1}
//       CHECK:   act.logsumexp_backward %[[D]], %[[X]], %[[L]] {dim = 1}
func.func @recompute_own(%x: tensor<2x4xf64>) -> tensor<2xf64> {
  %y = act.logsumexp %x {act.derivative = "recompute", dim = 1} : tensor<2x4xf64> -> tensor<2xf64>
  return %y : tensor<2xf64>
}

// -----

// A derivative is differentiated again; names that are taken get another d_.

// CHECK-LABEL: func @first_vjp(
//  CHECK-SAME:   f32 {act.name = "x"}, %{{[a-z0-9]+}}: f32 {act.name = "d_y"}, %{{[a-z0-9]+}}: f32 {act.name = "d_d_y"}, %{{[a-z0-9]+}}: f32 {act.name = "d_d_x"})
//  CHECK-SAME:   -> (f32 {act.name = "y"}, f32 {act.name = "d_x"}, f32 {act.name = "d_d_x"}, f32 {act.name = "d_d_y"}) attributes {act.derivative_of = "first"}
func.func @first(%x: f32 {act.name = "x"}, %dy: f32 {act.name = "d_y"})
    -> (f32 {act.name = "y"}, f32 {act.name = "d_x"})
    attributes {act.derivative_of = "f"} {
  %y = act.silu %x : f32
  %dx = act.silu_backward %dy, %x : f32
  return %y, %dx : f32, f32
}

// -----

// A constant exponent leaves no logarithm.

// CHECK-LABEL: func @power_vjp(
//  CHECK-SAME:   %[[X:.*]]: f32, %[[D:.*]]: f32
//       CHECK:   %[[SQUARE:.*]] = arith.mulf %[[X]], %[[X]]
//       CHECK:   %[[SLOPE:.*]] = arith.mulf %{{.*}}, %[[SQUARE]]
//       CHECK:   %[[DX:.*]] = arith.mulf %[[D]], %[[SLOPE]]
//   CHECK-NOT:   math.log
//       CHECK:   return %{{.*}}, %[[DX]]
func.func @power(%x: f32) -> f32 {
  %three = arith.constant 3.0 : f32
  %y = math.powf %x, %three : f32
  return %y : f32
}

// -----

// A parameter that is one number for all elements of a vector.

// CHECK-LABEL: func @vector_vjp(
//       CHECK:   %{{.*}}, %[[TERMS:.*]] = act.swish_backward {{.*}} : vector<8xf32>, f32
//       CHECK:   vector.reduction <add>, %[[TERMS]] : vector<8xf32> into f32
func.func @vector(%x: vector<8xf32>, %b: f32) -> vector<8xf32> {
  %y = act.swish %x, %b : vector<8xf32>, f32
  return %y : vector<8xf32>
}
