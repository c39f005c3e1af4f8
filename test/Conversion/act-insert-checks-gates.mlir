// RUN: act-opt %s --act-insert-checks --split-input-file --mlir-print-local-scope | FileCheck %s

// Operands of a gate have one shape.

// CHECK-LABEL: func @gate__act_check
//  CHECK-SAME: "sizes of the operands of 'act.gate' do not match: dimension 0 of operand 0 and dimension 0 of operand 1"
func.func @gate(%g: tensor<?xf32>, %u: tensor<?xf32>) -> tensor<?xf32> {
  %y = act.gate swiglu %g, %u : tensor<?xf32>
  return %y : tensor<?xf32>
}

// -----

// The dimension that is split is even; the result has half of it.

// CHECK-LABEL: func @glu__act_check
//  CHECK-SAME: %[[X:.*]]: tensor<?x?xf32>
//  CHECK-SAME: "halving dimension of 'act.glu' must be even"
//       CHECK: %[[N:.*]] = tensor.dim %[[X]], %c1
//       CHECK: %[[BIT:.*]] = arith.andi %[[N]], %c1
//       CHECK: %[[ODD:.*]] = arith.cmpi ne, %[[BIT]], %c0
//       CHECK: %[[CODE:.*]] = arith.constant 2 : i64
//       CHECK: arith.select %[[ODD]], %[[CODE]]
// CHECK-LABEL: func @glu__act_shapes
//  CHECK-SAME: %[[X:[^:]*]]: tensor<?x?xf32>
//       CHECK: %[[M:.*]] = tensor.dim %[[X]], %c0
//       CHECK: %[[N:.*]] = tensor.dim %[[X]], %c1
//       CHECK: %[[HALF:.*]] = arith.divui %[[N]], %c2
//       CHECK: return %[[M]], %[[HALF]]
func.func @glu(%x: tensor<?x?xf32>) -> tensor<?x?xf32> {
  %y = act.glu swiglu %x : tensor<?x?xf32>
  return %y : tensor<?x?xf32>
}

// -----

// Static sizes were verified.

// CHECK-LABEL: func @static__act_check
//  CHECK-SAME: act.check_sites = []
func.func @static(%x: tensor<?x8xf32>) -> tensor<?x4xf32> {
  %y = act.glu swiglu %x : tensor<?x8xf32> -> tensor<?x4xf32>
  return %y : tensor<?x4xf32>
}

// -----

// The gradient of the result has half of the size, in one site, evenness in
// another.

// CHECK-LABEL: func @backward__act_check
//  CHECK-SAME: %[[DY:.*]]: tensor<?xf32>, %[[X:.*]]: tensor<?xf32>
//  CHECK-SAME: "halving dimension of 'act.glu_backward' must be even"
//  CHECK-SAME: "sizes of the operands of 'act.glu_backward' do not match: dimension 0 of dy and half of dimension 0 of x"
//       CHECK: %[[N:.*]] = tensor.dim %[[DY]]
//       CHECK: %[[M:.*]] = tensor.dim %[[X]]
//       CHECK: %[[HALF:.*]] = arith.divui %[[M]], %c2
//       CHECK: arith.cmpi ne, %[[N]], %[[HALF]]
//       CHECK: arith.constant 258 : i64
//       CHECK: arith.constant 2 : i64
// CHECK-LABEL: func @backward__act_shapes
//       CHECK: tensor.dim %{{.*}} : tensor<?xf32>
//   CHECK-NOT: arith.divui
//       CHECK: return
func.func @backward(%dy: tensor<?xf32>, %x: tensor<?xf32>) -> tensor<?xf32> {
  %dx = act.glu_backward swiglu %dy, %x : tensor<?xf32>
  return %dx : tensor<?xf32>
}

// -----

// A half of a half is a quarter, which is compared as such.

// CHECK-LABEL: func @twice__act_check
//  CHECK-SAME: %[[X:.*]]: tensor<?xf32>, %[[Z:.*]]: tensor<?xf32>
//       CHECK: arith.divui %{{.*}}, %c4
func.func @twice(%x: tensor<?xf32>, %z: tensor<?xf32>) -> tensor<?xf32> {
  %0 = act.glu swiglu %x : tensor<?xf32>
  %1 = act.glu swiglu %0 : tensor<?xf32>
  %2 = arith.addf %1, %z : tensor<?xf32>
  return %2 : tensor<?xf32>
}
