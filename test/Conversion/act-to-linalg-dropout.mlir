// RUN: act-opt %s --act-to-linalg | FileCheck %s
// RUN: act-opt %s --act-differentiate --act-to-linalg | FileCheck %s --check-prefix=GRAD

// Bias, activation and dropout are one kernel; the random word of an element
// follows from its number.
// CHECK-LABEL: func @block
//       CHECK: linalg.generic
//       CHECK:   arith.addf
//       CHECK:   act.gelu
//       CHECK:   %[[ROW:.*]] = linalg.index 0
//       CHECK:   %[[COLUMN:.*]] = linalg.index 1
//       CHECK:   %[[I:.*]] = act.element_index of %[[ROW]], %[[COLUMN]]
//       CHECK:   %[[B:.*]] = arith.shrui %[[I]]
//       CHECK:   act.philox %{{.*}}, %{{.*}}, %[[B]] : i64
//       CHECK:   arith.cmpi uge, %{{.*}}, %c429496730_i32 : i32
//       CHECK:   arith.select
//  CHECK-NEXT:   linalg.yield
//   CHECK-NOT: linalg.generic

// The gradient recomputes the mask, after that of the activation.
// GRAD-LABEL: func @block_vjp
//       GRAD: linalg.generic
//       GRAD: act.philox
//       GRAD: return
func.func @block(%x: tensor<?x8xf32>, %bias: tensor<?x8xf32>, %seed: i64)
    -> tensor<?x8xf32> {
  %z = arith.addf %x, %bias : tensor<?x8xf32>
  %a = act.gelu %z : tensor<?x8xf32>
  %y = act.dropout %a, %seed {p = 0.1} : tensor<?x8xf32>
  return %y : tensor<?x8xf32>
}
