// RUN: act-opt %s --act-fuse --verify-diagnostics \
// RUN:   --remarks-filter-missed=act-fuse \
// RUN:   | FileCheck %s --implicit-check-not=act.gate_backward

// CHECK-LABEL: func @product_used
//       CHECK: act.gate swiglu
func.func @product_used(%dy: tensor<4xf32>, %g: tensor<4xf32>,
    %u: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  %da = arith.mulf %dy, %u : tensor<4xf32>
  // expected-remark @below {{gate-gradient | Category:act-fuse | Function=product_used | Remark="'arith.mulf' is also used by 'func.return' and would be computed twice"}}
  %dg = act.silu_backward %da, %g : tensor<4xf32>
  %a = act.silu %g : tensor<4xf32>
  %du = arith.mulf %dy, %a : tensor<4xf32>
  return %dg, %du, %da : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}

// CHECK-LABEL: func @activation_used
func.func @activation_used(%dy: tensor<4xf32>, %g: tensor<4xf32>,
    %u: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  %da = arith.mulf %dy, %u : tensor<4xf32>
  // expected-remark @below {{'act.silu' is also used by 'func.return' and would be computed twice}}
  %dg = act.silu_backward %da, %g : tensor<4xf32>
  %a = act.silu %g : tensor<4xf32>
  // expected-remark @below {{[Missed] gate |}}
  %du = arith.mulf %dy, %a : tensor<4xf32>
  return %dg, %du, %a : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}

// Both gradients together would come too late for the first one's user.
// CHECK-LABEL: func @between
func.func @between(%dy: tensor<4xf32>, %g: tensor<4xf32>)
    -> (tensor<4xf32>, tensor<4xf32>) {
  %a = act.silu %g : tensor<4xf32>
  %du = arith.mulf %dy, %a : tensor<4xf32>
  %u = math.absf %du : tensor<4xf32>
  %da = arith.mulf %dy, %u : tensor<4xf32>
  // expected-remark @below {{'math.absf' needs the result of 'act.gate' before 'act.silu_backward' can run}}
  %dg = act.silu_backward %da, %g : tensor<4xf32>
  return %dg, %du : tensor<4xf32>, tensor<4xf32>
}

// Other functions, other inputs: nothing like a gate's gradient.
// CHECK-LABEL: func @others
func.func @others(%dy: tensor<4xf32>, %g: tensor<4xf32>, %h: tensor<4xf32>,
    %u: tensor<4xf32>)
    -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  %0 = arith.mulf %dy, %u : tensor<4xf32>
  %1 = act.silu_backward %0, %g : tensor<4xf32>
  %2 = act.silu %h : tensor<4xf32>
  %3 = arith.mulf %dy, %2 : tensor<4xf32>
  %4 = act.gelu %g : tensor<4xf32>
  %5 = arith.mulf %dy, %4 : tensor<4xf32>
  %6 = act.mish_backward %0, %g : tensor<4xf32>
  return %1, %3, %5, %6
    : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}
