// RUN: act-opt %s --act-fuse --verify-diagnostics --remarks-filter=act-fuse \
// RUN:   -o %t
// RUN: FileCheck %s --input-file=%t
// RUN: act-opt %s --act-fuse | diff %t -
// RUN: act-opt %s --act-fuse=strict=true | FileCheck %s --check-prefix=STRICT

// CHECK-LABEL: func @returned
//   CHECK-NOT: act.gate
func.func @returned(%g: tensor<4xf32>, %u: tensor<4xf32>)
    -> (tensor<4xf32>, tensor<4xf32>) {
  %a = act.relu %g : tensor<4xf32>
  // expected-remark @below {{[Missed] gate | Category:act-fuse | Function=returned | Remark="'act.relu' is also used by 'func.return' and would be computed twice"}}
  %y = arith.mulf %a, %u : tensor<4xf32>
  return %a, %y : tensor<4xf32>, tensor<4xf32>
}

// CHECK-LABEL: func @loop
//       CHECK: act.gelu
//       CHECK: scf.for
//   CHECK-NOT: act.gate
func.func @loop(%g: tensor<4xf32>, %u: tensor<4xf32>, %n: index)
    -> tensor<4xf32> {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %a = act.gelu %g : tensor<4xf32>
  %y = scf.for %i = %zero to %n step %one iter_args(%v = %u) -> tensor<4xf32> {
    // expected-remark @below {{'act.gelu' stands in another block, which may run less often}}
    %w = arith.mulf %a, %v : tensor<4xf32>
    scf.yield %w : tensor<4xf32>
  }
  return %y : tensor<4xf32>
}

// CHECK-LABEL: func @types
//   CHECK-NOT: act.gate
func.func @types(%g: tensor<4xbf16>, %u: tensor<4xf32>) -> tensor<4xf32> {
  %a = act.silu %g : tensor<4xbf16> -> tensor<4xf32>
  // expected-remark @below {{a gate has operands of one type, found 'tensor<4xbf16>' and 'tensor<4xf32>'}}
  %y = arith.mulf %a, %u : tensor<4xf32>
  return %y : tensor<4xf32>
}

// Not nearly gates: no remark.
// CHECK-LABEL: func @others
//   CHECK-NOT: act.gate
func.func @others(%g: tensor<4xf32>, %u: tensor<4xf32>, %beta: f32)
    -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  %a = act.mish %g : tensor<4xf32>
  %0 = arith.mulf %a, %u : tensor<4xf32>
  %b = act.swish %g, %beta : tensor<4xf32>, f32
  %1 = arith.mulf %b, %u : tensor<4xf32>
  %c = act.silu %g : tensor<4xf32>
  %2 = arith.mulf %c, %c : tensor<4xf32>
  %d = act.silu_backward %u, %g : tensor<4xf32>
  %3 = arith.mulf %d, %u : tensor<4xf32>
  return %0, %1, %2, %3
    : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}

// With strict the rounding to 16 bits stays.
// CHECK-LABEL: func @rounded
//       CHECK: act.gate
// STRICT-LABEL: func @rounded
//   STRICT-NOT: act.gate
func.func @rounded(%g: tensor<4xf16>, %u: tensor<4xf16>) -> tensor<4xf16> {
  %a = act.silu %g : tensor<4xf16>
  // expected-remark @below {{[Passed] gate | Category:act-fuse | Function=rounded | Remark="'act.silu' and 'arith.mulf' became 'act.gate'"}}
  %y = arith.mulf %a, %u : tensor<4xf16>
  return %y : tensor<4xf16>
}
// STRICT-LABEL: func @same_bits
//       STRICT: act.gate
func.func @same_bits(%g: tensor<4xf64>, %u: tensor<4xf64>) -> tensor<4xf64> {
  %a = act.silu %g : tensor<4xf64>
  // expected-remark @below {{[Passed] gate}}
  %y = arith.mulf %a, %u : tensor<4xf64>
  return %y : tensor<4xf64>
}
