// RUN: act-opt %s --act-differentiate='entry=f results=false' | FileCheck %s
// RUN: act-opt %s --act-differentiate='entry=f mode=jvp' \
// RUN:   | FileCheck %s --check-prefix=JVP

// What is called has a private derivative, made once for equal arguments; a
// name that is taken gets a number.

// CHECK-LABEL: func.func private @layer(
//       CHECK: func.func private @layer_vjp_1({{.*}}) -> (tensor<4xf32> {{.*}}, tensor<4xf32> {{.*}})
//       CHECK: func.func private @layer_vjp_0({{.*}}) -> (tensor<4xf32> {{.*}})
// CHECK-LABEL: func @f_vjp(
//  CHECK-SAME:   %[[X:.*]]: tensor<4xf32>, %[[W:.*]]: tensor<4xf32>, %[[D:.*]]: tensor<4xf32>
//       CHECK:   %[[Y:.*]] = call @layer(%[[X]], %[[W]])
//       CHECK:   %[[Z:.*]] = call @layer(%[[Y]], %[[W]])
//       CHECK:   call @layer_vjp_0(%[[Z]],
//       CHECK:   call @layer_vjp_1(%[[Y]], %[[W]],
//       CHECK:   call @layer_vjp_1(%[[X]], %[[W]],
// JVP-LABEL: func @f_jvp(
//       JVP:   call @layer_jvp(
func.func private @layer(%x: tensor<4xf32>, %w: tensor<4xf32>)
    -> tensor<4xf32> {
  %y = act.gate swiglu %x, %w : tensor<4xf32>
  return %y : tensor<4xf32>
}
func.func private @layer_vjp()
func.func @f(%x: tensor<4xf32>, %w: tensor<4xf32>) -> tensor<4xf32> {
  %y = call @layer(%x, %w)
    : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %z = call @layer(%y, %w)
    : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %ones = arith.constant dense<1.0> : tensor<4xf32>
  %v = call @layer(%z, %ones)
    : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %v : tensor<4xf32>
}
