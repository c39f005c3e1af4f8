// A row of the loss whose weights are 0 does not depend on its logits: its
// gradient is 0 at NaN and at infinities, with a soft cap too, whose slope at
// NaN is NaN. Smoothing gives its other classes weights, so that it counts.

// DEFINE: %{values} = --input=dloss=f64=1 --input=t=4xi64=[0,0,1,0] \
// DEFINE:   --input=w=3xf64=[0,1,2] \
// DEFINE:   "--input=x=4x3xf64=[[nan,5,1],[1,2,3],[nan,1,1],[inf,1,0]]" \
// DEFINE:   --output=plain=- --output=capped=- --output=saved=- \
// DEFINE:   --output=smooth=-
// RUN: act-run %s %{values} | FileCheck %s
// RUN: act-run %s --device=simt %{values} | FileCheck %s
// RUN: act-opt %s --act-decompose | act-run - %{values} | FileCheck %s

// CHECK: plain: 4x3xf64
// CHECK-NEXT: {{\[\[}} 0, 0, 0],
// CHECK-NEXT: {{\[}} 0, 0, 0],
// CHECK-NEXT: {{\[}}nan, nan, nan],
// CHECK-NEXT: {{\[}} 0, 0, 0]]
// CHECK: capped: 4x3xf64
// CHECK-NEXT: {{\[\[}} 0, 0, 0],
// CHECK-NEXT: {{\[}} 0, 0, 0],
// CHECK-NEXT: {{\[}}nan, nan, nan],
// CHECK-NEXT: {{\[}} 0, 0, 0]]
// CHECK: saved: 4x3xf64
// CHECK-NEXT: {{\[\[}} 0, 0, 0],
// CHECK-NEXT: {{\[}} 0, 0, 0],
// CHECK-NEXT: {{\[}}nan, nan, nan],
// CHECK-NEXT: {{\[}} 0, 0, 0]]
// CHECK: smooth: 4x3xf64
// CHECK-NEXT: {{\[\[}} nan, nan, nan],
// CHECK-NEXT: {{\[}} 0.{{.*}}, -0.{{.*}}, -0.{{.*}}],
// CHECK-NEXT: {{\[}} nan, nan, nan],

func.func @gradients(%dloss: tensor<f64> {act.name = "dloss"},
                     %x: tensor<4x3xf64> {act.name = "x"},
                     %t: tensor<4xi64> {act.name = "t"},
                     %w: tensor<3xf64> {act.name = "w"})
    -> (tensor<4x3xf64> {act.name = "plain"},
        tensor<4x3xf64> {act.name = "capped"},
        tensor<4x3xf64> {act.name = "saved"},
        tensor<4x3xf64> {act.name = "smooth"}) {
  %0 = act.cross_entropy_backward %dloss, %x, %t
    class_weight(%w : tensor<3xf64>) reduction(sum)
    : tensor<f64>, tensor<4x3xf64>, tensor<4xi64> -> tensor<4x3xf64>
  %1 = act.cross_entropy_backward %dloss, %x, %t
    class_weight(%w : tensor<3xf64>) reduction(sum) {softcap = 5.0}
    : tensor<f64>, tensor<4x3xf64>, tensor<4xi64> -> tensor<4x3xf64>
  %loss, %lse = act.cross_entropy %x, %t class_weight(%w : tensor<3xf64>)
    reduction(sum) extra(lse) {softcap = 5.0}
    : tensor<4x3xf64>, tensor<4xi64> -> tensor<f64>, tensor<4xf64>
  %2 = act.cross_entropy_backward %dloss, %x, %t, %lse
    class_weight(%w : tensor<3xf64>) reduction(sum) {softcap = 5.0}
    : tensor<f64>, tensor<4x3xf64>, tensor<4xi64>, tensor<4xf64>
    -> tensor<4x3xf64>
  %3 = act.cross_entropy_backward %dloss, %x, %t
    class_weight(%w : tensor<3xf64>) reduction(sum)
    {softcap = 5.0, label_smoothing = 0.5}
    : tensor<f64>, tensor<4x3xf64>, tensor<4xi64> -> tensor<4x3xf64>
  return %0, %1, %2, %3
    : tensor<4x3xf64>, tensor<4x3xf64>, tensor<4x3xf64>, tensor<4x3xf64>
}
