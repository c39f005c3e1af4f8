// The parts of a gate in different bodies meet in one, and so do those of its
// gradient; the pipeline fuses there too.

// RUN: act-opt %s --act-to-linalg --act-fuse | FileCheck %s
// RUN: act-run %s --entry=gate --stop-after=linalg | FileCheck %s --check-prefix=ONCE
// RUN: act-run %s --entry=gate --no-fuse --stop-after=linalg \
// RUN:   | FileCheck %s --check-prefix=APART

#id = affine_map<(i, j) -> (i, j)>

// CHECK-LABEL: func @gate(
//       CHECK: ^bb0(%[[G:.*]]: f32, %[[U:.*]]: f32, %{{.*}}: f32):
//  CHECK-NEXT:   %[[Y:.*]] = act.gate swiglu %[[G]], %[[U]] : f32
//  CHECK-NEXT:   linalg.yield %[[Y]]
//        ONCE: act.gate swiglu
//       APART: act.silu
//       APART: arith.mulf
func.func @gate(%g: tensor<4x8xf32>, %u: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %e = tensor.empty() : tensor<4x8xf32>
  %a = linalg.generic {indexing_maps = [#id, #id],
                       iterator_types = ["parallel", "parallel"]}
      ins(%g : tensor<4x8xf32>) outs(%e : tensor<4x8xf32>) {
  ^bb0(%x: f32, %out: f32):
    %0 = act.silu %x : f32
    linalg.yield %0 : f32
  } -> tensor<4x8xf32>
  %y = linalg.generic {indexing_maps = [#id, #id, #id],
                       iterator_types = ["parallel", "parallel"]}
      ins(%a, %u : tensor<4x8xf32>, tensor<4x8xf32>)
      outs(%e : tensor<4x8xf32>) {
  ^bb0(%x: f32, %z: f32, %out: f32):
    %0 = arith.mulf %x, %z : f32
    linalg.yield %0 : f32
  } -> tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

// CHECK-LABEL: func @gradient(
//       CHECK: act.gate_backward swiglu %{{.*}} : f32
//   CHECK-NOT: act.silu
func.func @gradient(%dy: tensor<4x8xf32>, %g: tensor<4x8xf32>,
    %u: tensor<4x8xf32>) -> (tensor<4x8xf32>, tensor<4x8xf32>) {
  %e = tensor.empty() : tensor<4x8xf32>
  %a = linalg.generic {indexing_maps = [#id, #id],
                       iterator_types = ["parallel", "parallel"]}
      ins(%g : tensor<4x8xf32>) outs(%e : tensor<4x8xf32>) {
  ^bb0(%x: f32, %out: f32):
    %0 = act.silu %x : f32
    linalg.yield %0 : f32
  } -> tensor<4x8xf32>
  %du = arith.mulf %dy, %a : tensor<4x8xf32>
  %dg = linalg.generic {indexing_maps = [#id, #id, #id, #id],
                        iterator_types = ["parallel", "parallel"]}
      ins(%dy, %u, %g : tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>)
      outs(%e : tensor<4x8xf32>) {
  ^bb0(%x: f32, %z: f32, %w: f32, %out: f32):
    %0 = arith.mulf %x, %z : f32
    %1 = act.silu_backward %0, %w : f32
    linalg.yield %1 : f32
  } -> tensor<4x8xf32>
  return %dg, %du : tensor<4x8xf32>, tensor<4x8xf32>
}
