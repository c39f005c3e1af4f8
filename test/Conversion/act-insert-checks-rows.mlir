// RUN: act-opt %s --act-insert-checks --split-input-file --verify-diagnostics | FileCheck %s
// RUN: act-opt %s --act-insert-checks="value-checks=nan" --split-input-file | FileCheck %s --check-prefix=NAN

// Operands of row-wise operations have the rows and the classes of x.

// CHECK-LABEL: func @backward__act_check(
//  CHECK-SAME: %[[DY:[^:]*]]: tensor<?x?xf32>, %[[X:[^:]*]]: tensor<?x?xf32>, %[[LSE:[^:]*]]: tensor<?xf32>, %[[M:[^:]*]]: tensor<1x?xi1>)
//  CHECK-SAME: message = "sizes of the operands of 'act.softmax_backward' do not match: dimension 0 of dy and dimension 0 of x"
//  CHECK-SAME: message = "sizes of the operands of 'act.softmax_backward' do not match: dimension 1 of dy and dimension 1 of x"
//  CHECK-SAME: message = "sizes of the operands of 'act.softmax_backward' do not match: dimension 0 of lse and dimension 0 of x"
//  CHECK-SAME: message = "sizes of the operands of 'act.softmax_backward' do not match: dimension 1 of mask and dimension 1 of x"
//       CHECK: %[[A:.*]] = tensor.dim %[[DY]], %c0
//       CHECK: %[[B:.*]] = tensor.dim %[[X]], %c0
//       CHECK: arith.cmpi ne, %[[A]], %[[B]]
//       CHECK: %[[A:.*]] = tensor.dim %[[DY]], %c1
//       CHECK: %[[B:.*]] = tensor.dim %[[X]], %c1
//       CHECK: arith.cmpi ne, %[[A]], %[[B]]
//       CHECK: %[[A:.*]] = tensor.dim %[[LSE]], %c0
//       CHECK: %[[B:.*]] = tensor.dim %[[X]], %c0
//       CHECK: arith.cmpi ne, %[[A]], %[[B]]
// The size 1 is broadcast, also if it turns out when it runs.
//       CHECK: %[[A:.*]] = tensor.dim %[[M]], %c1
//       CHECK: %[[B:.*]] = tensor.dim %[[X]], %c1
//       CHECK: %[[DIFFERS:.*]] = arith.cmpi ne, %[[A]], %[[B]]
//       CHECK: %[[MANY:.*]] = arith.cmpi ne, %[[A]], %c1
//       CHECK: arith.andi %[[DIFFERS]], %[[MANY]]
//   CHECK-NOT: arith.cmpi
//       CHECK: return
// CHECK-LABEL: func @backward__act_shapes
//  CHECK-SAME: %[[DY:[^:]*]]: tensor<?x?xf32>, %[[X:[^:]*]]: tensor<?x?xf32>
//       CHECK: tensor.dim %[[X]], %c0
//       CHECK: tensor.dim %[[X]], %c1
func.func @backward(%dy: tensor<?x?xf32>, %x: tensor<?x?xf32>,
                    %lse: tensor<?xf32>, %m: tensor<1x?xi1>)
    -> tensor<?x?xf32> {
  %0 = act.softmax_backward %dy, %x, %lse mask(%m : tensor<1x?xi1>)
    : tensor<?x?xf32>, tensor<?xf32>
  return %0 : tensor<?x?xf32>
}

// -----

// Targets are searched once all sizes match; the row and the value have a
// function of their own.

// CHECK-LABEL: func @loss__act_check(
//  CHECK-SAME: %[[X:[^:]*]]: tensor<?x?xf32>, %[[T:[^:]*]]: tensor<?xi32>, %[[W:[^:]*]]: tensor<?xf32>)
//  CHECK-SAME: message = "sizes of the operands of 'act.cross_entropy' do not match: dimension 0 of target and dimension 0 of x"
//  CHECK-SAME: message = "sizes of the operands of 'act.cross_entropy' do not match: dimension 0 of class_weight and dimension 1 of x"
//  CHECK-SAME: message = "'act.cross_entropy' needs at least one class in dimension 1"
//  CHECK-SAME: message = "a target of 'act.cross_entropy' is not a class and not the ignore_index -100"
//       CHECK: %[[A:.*]] = tensor.dim %[[T]], %c0
//       CHECK: %[[B:.*]] = tensor.dim %[[X]], %c0
//       CHECK: arith.cmpi ne, %[[A]], %[[B]]
//       CHECK: %[[A:.*]] = tensor.dim %[[W]], %c0
//       CHECK: %[[B:.*]] = tensor.dim %[[X]], %c1
//       CHECK: arith.cmpi ne, %[[A]], %[[B]]
//       CHECK: %[[C:.*]] = tensor.dim %[[X]], %c1
//       CHECK: arith.cmpi eq, %[[C]], %c0
//       CHECK: %[[FINE:.*]] = arith.cmpi eq, %[[SIZES:.*]], %c0_i64
//       CHECK: %[[STATUS:.*]] = scf.if %[[FINE]] -> (i64) {
//       CHECK:   %[[C:.*]] = tensor.dim %[[X]], %c1
//       CHECK:   %[[CLASSES:.*]] = arith.index_cast %[[C]] : index to i64
//       CHECK:   %[[IGNORED:.*]] = arith.constant -100 : i64
//       CHECK:   %[[FOUND:.*]]:2 = scf.for
//       CHECK:     %[[V:.*]] = tensor.extract %[[T]]
//       CHECK:     %[[V64:.*]] = arith.extsi %[[V]] : i32 to i64
//       CHECK:     %[[OUTSIDE:.*]] = arith.cmpi uge, %[[V64]], %[[CLASSES]]
//       CHECK:     %[[COUNTS:.*]] = arith.cmpi ne, %[[V64]], %[[IGNORED]]
//       CHECK:   %[[GOOD:.*]] = arith.cmpi slt, %[[FOUND]]#0
//       CHECK:   %[[C771:.*]] = arith.constant 771 : i64
//       CHECK:   arith.select %[[GOOD]], %{{.*}}, %[[C771]]
//       CHECK: return %[[STATUS]]
// CHECK-LABEL: func @loss__act_bad_target(
//  CHECK-SAME: -> (i64, i64)
//       CHECK: scf.for
// NAN-LABEL: func @loss__act_check(
//   NAN-NOT: scf.for
//   NAN-NOT: __act_bad_target
func.func @loss(%x: tensor<?x?xf32>, %t: tensor<?xi32>, %w: tensor<?xf32>)
    -> tensor<f32> {
  %0 = act.cross_entropy %x, %t class_weight(%w : tensor<?xf32>)
    : tensor<?x?xf32>, tensor<?xi32> -> tensor<f32>
  return %0 : tensor<f32>
}

// -----

// A computed target is computed in the check, too.

// CHECK-LABEL: func @shifted__act_check(
//       CHECK:   %[[S:.*]] = tensor.extract_slice %{{.*}}[0, 1] [2, 7] [1, 1]
//       CHECK:   scf.for
//       CHECK:     scf.for
//       CHECK:       tensor.extract %[[S]]
func.func @shifted(%x: tensor<2x10x7xf32>, %tokens: tensor<2x8xi64>)
    -> tensor<2x7xf32> {
  %t = tensor.extract_slice %tokens[0, 1] [2, 7] [1, 1]
    : tensor<2x8xi64> to tensor<2x7xi64>
  %0 = act.nll %x, %t reduction(none)
    : tensor<2x10x7xf32>, tensor<2x7xi64> -> tensor<2x7xf32>
  return %0 : tensor<2x7xf32>
}

// -----

// Soft targets and verified constants are not searched.

// CHECK-LABEL: func @nothing__act_check(
//  CHECK-SAME: act.check_sites = []
//   CHECK-NOT: scf.for
func.func @nothing(%x: tensor<2x10xf32>, %q: tensor<2x10xf32>)
    -> (tensor<f32>, tensor<f32>) {
  %t = arith.constant dense<[3, 4]> : tensor<2xi64>
  %0 = act.cross_entropy %x, %q
    : tensor<2x10xf32>, tensor<2x10xf32> -> tensor<f32>
  %1 = act.nll %x, %t : tensor<2x10xf32>, tensor<2xi64> -> tensor<f32>
  return %0, %1 : tensor<f32>, tensor<f32>
}
