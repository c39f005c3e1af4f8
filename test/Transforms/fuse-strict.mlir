// What changes a bit of a result does not fuse with strict, and does without.

// RUN: act-opt %s --act-fuse=strict=true --verify-diagnostics \
// RUN:   --remarks-filter-missed=act-fuse -o %t
// RUN: FileCheck %s --input-file=%t
// RUN: act-opt %s --act-fuse | FileCheck %s --check-prefix=FREE

// CHECK-LABEL: func @rounding
//   CHECK-NOT: act.gate
//  FREE-LABEL: func @rounding
//        FREE: act.gate swiglu
//        FREE: act.gate_backward swiglu
func.func @rounding(%dy: tensor<4xbf16>, %g: tensor<4xbf16>, %u: tensor<4xbf16>)
    -> (tensor<4xbf16>, tensor<4xbf16>, tensor<4xbf16>) {
  %a = act.silu %g : tensor<4xbf16>
  // expected-remark @below {{gate | Category:act-fuse | Function=rounding | Remark="'act.silu' is also used by 'arith.mulf'}}
  %y = arith.mulf %a, %u : tensor<4xbf16>
  %da = arith.mulf %dy, %u : tensor<4xbf16>
  // expected-remark @below {{'strict' keeps the rounding to 'bf16' between the operations}}
  %dg = act.silu_backward %da, %g : tensor<4xbf16>
  // expected-remark @below {{'act.silu' is also used by 'arith.mulf'}}
  %du = arith.mulf %dy, %a : tensor<4xbf16>
  return %y, %dg, %du : tensor<4xbf16>, tensor<4xbf16>, tensor<4xbf16>
}

// CHECK-LABEL: func @gate
//   CHECK-NOT: act.gate
//  FREE-LABEL: func @gate
//        FREE: act.gate swiglu
func.func @gate(%g: tensor<4xf16>, %u: tensor<4xf16>) -> tensor<4xf16> {
  %a = act.silu %g : tensor<4xf16>
  // expected-remark @below {{'strict' keeps the rounding to 'f16' between the operations}}
  %y = arith.mulf %a, %u : tensor<4xf16>
  return %y : tensor<4xf16>
}

// CHECK-LABEL: func @saved
//   CHECK-NOT: act.gate_backward
//  FREE-LABEL: func @saved
//        FREE: act.gate_backward glu
func.func @saved(%dy: tensor<4xf32>, %g: tensor<4xf32>, %u: tensor<4xf32>)
    -> (tensor<4xf32>, tensor<4xf32>) {
  %a = act.sigmoid %g : tensor<4xf32>
  %da = arith.mulf %dy, %u : tensor<4xf32>
  // expected-remark @below {{'strict' keeps the error of a gradient that is computed from the output}}
  %dg = act.sigmoid_backward %da, %a saved(output) : tensor<4xf32>
  // expected-remark @below {{'act.sigmoid' is also used by 'act.sigmoid_backward'}}
  %du = arith.mulf %dy, %a : tensor<4xf32>
  return %dg, %du : tensor<4xf32>, tensor<4xf32>
}

// CHECK-LABEL: func @rule
//   CHECK-NOT: act.gate
//  FREE-LABEL: func @rule
//        FREE: act.gate swiglu
func.func @rule(%g: tensor<4xf32>, %u: tensor<4xf32>) -> tensor<4xf32> {
  %a = act.swish %g {beta = 1.702} : tensor<4xf32>
  // expected-remark @below {{'strict' keeps every bit, and a gate computes swish with this beta by a more accurate rule}}
  %y = arith.mulf %a, %u : tensor<4xf32>
  return %y : tensor<4xf32>
}

// CHECK-LABEL: func @rows
//       CHECK: act.softmax
//       CHECK: math.log
//       CHECK: act.nll
//  FREE-LABEL: func @rows
//        FREE: act.cross_entropy
func.func @rows(%x: tensor<4x8xf32>, %t: tensor<4xi64>) -> tensor<f32> {
  %p = act.softmax %x : tensor<4x8xf32>
  // expected-remark @below {{'strict' keeps every bit of the results, which are more accurate when fused}}
  %l = math.log %p : tensor<4x8xf32>
  %loss = act.nll %l, %t : tensor<4x8xf32>, tensor<4xi64> -> tensor<f32>
  return %loss : tensor<f32>
}

// A loss and its gradient have the same bits at once.
// CHECK-LABEL: func @loss
//       CHECK: act.cross_entropy_with_grad
func.func @loss(%x: tensor<4x8xf32>, %t: tensor<4xi64>, %d: tensor<f32>)
    -> (tensor<f32>, tensor<4x8xf32>) {
  %l = act.cross_entropy %x, %t : tensor<4x8xf32>, tensor<4xi64> -> tensor<f32>
  %dx = act.cross_entropy_backward %d, %x, %t
    : tensor<f32>, tensor<4x8xf32>, tensor<4xi64>
  return %l, %dx : tensor<f32>, tensor<4x8xf32>
}
