// RUN: act-opt %s --act-to-linalg --split-input-file | FileCheck %s

// A parameter for each channel is an input with the channel's map.

// CHECK-DAG: #[[ALL:.*]] = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
// CHECK-DAG: #[[CHANNEL:.*]] = affine_map<(d0, d1, d2) -> (d1)>
// CHECK-LABEL: func @channels
//       CHECK: linalg.generic {indexing_maps = [#[[ALL]], #[[CHANNEL]], #[[ALL]]]
//       CHECK:   act.prelu %{{.*}}, %{{.*}} : f32
func.func @channels(%x: tensor<4x3x5xf32>, %w: tensor<3xf32>) -> tensor<4x3x5xf32> {
  %y = act.prelu %x, %w {channel_dim = 1} : tensor<4x3x5xf32>, tensor<3xf32>
  return %y : tensor<4x3x5xf32>
}

// -----

// A shared parameter is a scalar.

// CHECK-LABEL: func @shared
//  CHECK-SAME: %{{.*}}: tensor<?xf32>, %[[ONE:.*]]: tensor<1xf32>, %[[NONE:.*]]: tensor<f32>, %[[S:.*]]: f32
//   CHECK-DAG: %[[W0:.*]] = tensor.extract %[[ONE]][%{{.*}}]
//   CHECK-DAG: %[[W1:.*]] = tensor.extract %[[NONE]][]
//       CHECK: linalg.generic
//   CHECK-DAG:   act.prelu %{{.*}}, %[[W0]]
//   CHECK-DAG:   act.prelu %{{.*}}, %[[W1]]
//   CHECK-DAG:   act.swish %{{.*}}, %[[S]]
//   CHECK-NOT: linalg.generic
func.func @shared(%x: tensor<?xf32>, %one: tensor<1xf32>, %none: tensor<f32>, %s: f32) -> tensor<?xf32> {
  %a = act.prelu %x, %one : tensor<?xf32>, tensor<1xf32>
  %b = act.prelu %a, %none : tensor<?xf32>, tensor<f32>
  %c = act.swish %b, %s : tensor<?xf32>, f32
  return %c : tensor<?xf32>
}

// -----

// The gradient of a parameter is a sum in the compute type, rounded once.

// CHECK-DAG: #[[ALL:.*]] = affine_map<(d0, d1) -> (d0, d1)>
// CHECK-DAG: #[[CHANNEL:.*]] = affine_map<(d0, d1) -> (d1)>
// CHECK-LABEL: func @gradient
//       CHECK: %[[ZERO:.*]] = linalg.fill {{.*}} -> tensor<3xf32>
//       CHECK: %[[SUM:.*]] = linalg.generic
//  CHECK-SAME: iterator_types = ["reduction", "parallel"]
//  CHECK-SAME: outs(%[[ZERO]] : tensor<3xf32>)
//       CHECK:   arith.extf %{{.*}} : f16 to f32
//       CHECK:   %{{.*}}, %[[TERM:.*]] = act.prelu_backward %{{.*}} : f32, f32
//       CHECK:   arith.addf %{{.*}}, %[[TERM]] : f32
//       CHECK: linalg.generic {{.*}} ins(%[[SUM]]
//       CHECK:   arith.truncf %{{.*}} : f32 to f16
func.func @gradient(%dy: tensor<?x3xf16>, %x: tensor<?x3xf16>, %w: tensor<3xf16>) -> (tensor<?x3xf16>, tensor<3xf16>) {
  %dx, %dw = act.prelu_backward %dy, %x, %w : tensor<?x3xf16>, tensor<3xf16>
  return %dx, %dw : tensor<?x3xf16>, tensor<3xf16>
}

// -----

// CHECK-LABEL: func @scalar_gradient
//       CHECK: linalg.generic {{.*}}iterator_types = ["reduction"]{{.*}} outs(%{{.*}} : tensor<f32>)
//       CHECK: tensor.extract %{{.*}}[] : tensor<f32>
func.func @scalar_gradient(%dy: tensor<?xf32>, %x: tensor<?xf32>, %b: f32) -> (tensor<?xf32>, f32) {
  %dx, %db = act.swish_backward %dy, %x, %b : tensor<?xf32>, f32
  return %dx, %db : tensor<?xf32>, f32
}

// -----

// CHECK-DAG: #[[NONE:.*]] = affine_map<(d0) -> ()>
// CHECK-DAG: #[[ALL:.*]] = affine_map<(d0) -> (d0)>
// CHECK-LABEL: func @shared_gradient
//       CHECK: %[[SUM:.*]] = linalg.generic {{.*}} outs(%{{.*}} : tensor<f32>)
//       CHECK: linalg.generic {indexing_maps = [#[[NONE]], #[[ALL]]]{{.*}} ins(%[[SUM]] : tensor<f32>) outs(%{{.*}} : tensor<1xbf16>)
//       CHECK:   arith.truncf
func.func @shared_gradient(%dy: tensor<?xbf16>, %x: tensor<?xbf16>, %w: tensor<1xbf16>) -> (tensor<?xbf16>, tensor<1xbf16>) {
  %dx, %dw = act.prelu_backward %dy, %x, %w : tensor<?xbf16>, tensor<1xbf16>
  return %dx, %dw : tensor<?xbf16>, tensor<1xbf16>
}

// -----

// A gradient that nobody uses is not computed.

// CHECK-LABEL: func @unused
//       CHECK: linalg.generic
//   CHECK-NOT: reduction
func.func @unused(%dy: tensor<?xf32>, %x: tensor<?xf32>, %w: tensor<1xf32>) -> tensor<?xf32> {
  %dx, %dw = act.prelu_backward %dy, %x, %w : tensor<?xf32>, tensor<1xf32>
  return %dx : tensor<?xf32>
}
