// RUN: act-opt %s --act-insert-checks --split-input-file --mlir-print-local-scope | FileCheck %s
// RUN: act-opt %s --act-insert-checks --act-insert-checks --split-input-file --mlir-print-local-scope | FileCheck %s

// Sizes that types do not show to be equal are compared, in the order of the
// operations; the first that differ decide.

// CHECK-LABEL: func @sum3
// CHECK-LABEL: func @sum3__act_check
//  CHECK-SAME: (%[[X:.*]]: tensor<?x8xf32>, %[[Y:.*]]: tensor<?x8xf32>, %[[Z:.*]]: tensor<?x8xf32>) -> i64
//  CHECK-SAME: act.check_sites = [
//  CHECK-SAME: {location = loc("{{.*}}":[[#@LINE+22]]:8), message = "sizes of the operands of 'arith.addf' do not match: dimension 0 of operand 0 and dimension 0 of operand 1"},
//  CHECK-SAME: {location = loc("{{.*}}":[[#@LINE+22]]:8), message = "sizes of the operands of 'arith.mulf' do not match: dimension 0 of operand 0 and dimension 0 of operand 1"}]
//  CHECK-SAME: act.query
//       CHECK: %[[OK:.*]] = arith.constant 0 : i64
//       CHECK: %[[DX:.*]] = tensor.dim %[[X]], %{{.*}}
//       CHECK: %[[DY:.*]] = tensor.dim %[[Y]], %{{.*}}
//       CHECK: %[[FIRST:.*]] = arith.cmpi ne, %[[DX]], %[[DY]]
//       CHECK: %[[DX2:.*]] = tensor.dim %[[X]], %{{.*}}
//       CHECK: %[[DZ:.*]] = tensor.dim %[[Z]], %{{.*}}
//       CHECK: %[[SECOND:.*]] = arith.cmpi ne, %[[DX2]], %[[DZ]]
//       CHECK: %[[C258:.*]] = arith.constant 258 : i64
//       CHECK: %[[S0:.*]] = arith.select %[[SECOND]], %[[C258]], %[[OK]]
//       CHECK: %[[C2:.*]] = arith.constant 2 : i64
//       CHECK: %[[S1:.*]] = arith.select %[[FIRST]], %[[C2]], %[[S0]]
//       CHECK: return %[[S1]]
// CHECK-LABEL: func @sum3__act_shapes
//  CHECK-SAME: (%[[X:[^:]*]]: tensor<?x8xf32>
//  CHECK-SAME: -> index
//       CHECK: %[[D:.*]] = tensor.dim %[[X]], %{{.*}}
//       CHECK: return %[[D]]
func.func @sum3(%x: tensor<?x8xf32>, %y: tensor<?x8xf32>, %z: tensor<?x8xf32>) -> tensor<?x8xf32> {
  // The third asks nothing new.
  %0 = arith.addf %x, %y : tensor<?x8xf32>
  %1 = arith.mulf %0, %z : tensor<?x8xf32>
  %2 = arith.subf %1, %y : tensor<?x8xf32>
  return %2 : tensor<?x8xf32>
}

// -----

// Static sizes need no check.

// CHECK-LABEL: func @static__act_check
//  CHECK-SAME: act.check_sites = []
//       CHECK: %[[OK:.*]] = arith.constant 0 : i64
//  CHECK-NEXT: return %[[OK]]
// CHECK-LABEL: func @static__act_shapes
//  CHECK-NEXT: return
func.func @static(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  %0 = arith.addf %x, %y : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

// A cast to a static size, a channel parameter, a loop that operands share.

// CHECK-LABEL: func @others__act_check
//  CHECK-SAME: "the sizes are not those of 'tensor.cast' to tensor<4x?xf32>: dimension 0 of the source and dimension 0 of the result"
//  CHECK-SAME: "sizes of the operands of 'act.prelu' do not match: dimension 1 of x and dimension 0 of the parameter"
//  CHECK-SAME: "sizes of the operands of 'linalg.broadcast' do not match: dimension 0 of operand 0 and dimension 1 of operand 1"
// CHECK-COUNT-3: arith.cmpi ne
//     CHECK-NOT: arith.cmpi
func.func @others(%x: tensor<?x?xf32>, %w: tensor<?xf32>, %b: tensor<?xf32>) -> tensor<4x?xf32> {
  %c1 = arith.constant 1 : index
  %c = tensor.cast %x : tensor<?x?xf32> to tensor<4x?xf32>
  %p = act.prelu %c, %w : tensor<4x?xf32>, tensor<?xf32>
  %n = tensor.dim %p, %c1 : tensor<4x?xf32>
  %empty = tensor.empty(%n) : tensor<4x?xf32>
  %wide = linalg.broadcast ins(%b : tensor<?xf32>) outs(%empty : tensor<4x?xf32>) dimensions = [0]
  %y = arith.addf %p, %wide : tensor<4x?xf32>
  return %y : tensor<4x?xf32>
}

// -----

// Sizes may be computed from numbers and dimensions. A slice must not reach
// beyond its tensor.

// CHECK-LABEL: func @computed__act_check
//  CHECK-SAME: message = "'tensor.extract_slice' reaches beyond dimension 0 of its tensor"
//       CHECK:   %[[DIM:.*]] = tensor.dim %{{.*}}, %c0
//       CHECK:   arith.cmpi ugt, %c1{{.*}}, %[[DIM]]
//       CHECK:   arith.cmpi ugt, %{{.*}}, %[[DIM]]
// CHECK-LABEL: func @computed__act_shapes
//  CHECK-SAME: (%[[X:.*]]: tensor<?xf32>, %[[N:.*]]: index) -> (index, index)
//       CHECK: %[[D:.*]] = tensor.dim %[[X]]
//       CHECK: %[[M:.*]] = arith.muli %[[D]], %[[N]]
//       CHECK: return %[[M]], %{{.*}}
func.func @computed(%x: tensor<?xf32>, %n: index) -> (tensor<?xf32>, tensor<?xf32>) {
  %c0 = arith.constant 0 : index
  %d = tensor.dim %x, %c0 : tensor<?xf32>
  %m = arith.muli %d, %n : index
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty(%m) : tensor<?xf32>
  %y = linalg.fill ins(%zero : f32) outs(%empty : tensor<?xf32>) -> tensor<?xf32>
  %s = tensor.extract_slice %x[1] [%n] [1] : tensor<?xf32> to tensor<?xf32>
  return %y, %s : tensor<?xf32>, tensor<?xf32>
}

// -----

// Functions that the host does not call have no checks.

// CHECK-LABEL: func private @hidden
//   CHECK-NOT: __act_check
func.func private @hidden(%x: tensor<?xf32>, %y: tensor<?xf32>) -> tensor<?xf32> {
  %0 = arith.addf %x, %y : tensor<?xf32>
  return %0 : tensor<?xf32>
}
