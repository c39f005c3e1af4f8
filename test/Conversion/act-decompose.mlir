// RUN: act-opt %s --act-decompose --split-input-file | FileCheck %s

// A function is its definition, and what is inf * 0 in it its limit.
// CHECK-LABEL: func @silu(
//  CHECK-SAME: %[[X:.*]]: f32
func.func @silu(%x: f32) -> f32 {
  //  CHECK-DAG: %[[LOW:.*]] = arith.constant -3.40282347E+38 : f32
  //      CHECK: %[[IS:.*]] = arith.cmpf olt, %[[X]], %[[LOW]] : f32
  //      CHECK: %[[V:.*]] = arith.select %[[IS]], %[[LOW]], %[[X]] : f32
  //      CHECK: math.exp
  //      CHECK: %[[S:.*]] = arith.divf
  //      CHECK: %[[Y:.*]] = arith.mulf %[[V]], %[[S]] : f32
  // CHECK-NEXT: return %[[Y]]
  %y = act.silu %x : f32
  return %y : f32
}

// Nothing is added to a formula that is right everywhere.
// CHECK-LABEL: func @tanh(
func.func @tanh(%x: f32) -> f32 {
  // CHECK-NOT: arith.constant {{-?}}3.4
  // CHECK: math.expm1
  // CHECK: return
  %y = act.tanh %x : f32
  return %y : f32
}

// 16-bit numbers are widened and rounded by arith.
// CHECK-LABEL: func @halves(
func.func @halves(%dy: vector<4xbf16>, %x: vector<4xbf16>) -> vector<4xbf16> {
  // CHECK: arith.extf %{{.*}} : vector<4xbf16> to vector<4xf32>
  // CHECK: math.erfc
  // CHECK: arith.truncf %{{.*}} : vector<4xf32> to vector<4xbf16>
  // CHECK-NOT: arith.bitcast
  %dx = act.gelu_backward %dy, %x : vector<4xbf16>
  return %dx : vector<4xbf16>
}

// CHECK-LABEL: func @tensors(
//  CHECK-SAME: %[[X:.*]]: tensor<?x8xf32>, %[[W:.*]]: tensor<8xf32>
func.func @tensors(%x: tensor<?x8xf32>, %w: tensor<8xf32>) -> tensor<?x4xf32> {
  // CHECK: linalg.generic {{.*}} ins(%[[X]], %[[W]] : tensor<?x8xf32>, tensor<8xf32>)
  // CHECK: tensor.extract_slice
  // CHECK: tensor.extract_slice
  // CHECK: linalg.generic
  // CHECK-NOT: act.
  // CHECK: return
  %0 = act.prelu %x, %w : tensor<?x8xf32>, tensor<8xf32>
  %1 = act.glu swiglu %0 layout(halves) gate(first)
    : tensor<?x8xf32> -> tensor<?x4xf32>
  return %1 : tensor<?x4xf32>
}

// Maximum, smaller terms, number of maxima, their sum, and the result.
// CHECK-LABEL: func @softmax(
//  CHECK-SAME: %[[X:.*]]: tensor<?x1000xf32>
func.func @softmax(%x: tensor<?x1000xf32>) -> tensor<?x1000xf32> {
  // CHECK: linalg.generic {{.*}}iterator_types = ["parallel", "reduction"]} ins(%[[X]] : tensor<?x1000xf32>)
  // CHECK:   arith.maximumf
  // CHECK: linalg.generic {{.*}}iterator_types = ["parallel"]}
  // CHECK: linalg.generic {{.*}}iterator_types = ["parallel", "reduction"]}
  // CHECK:   math.exp
  // CHECK:   arith.addf
  // CHECK: linalg.generic {{.*}}iterator_types = ["parallel", "reduction"]}
  // CHECK:   arith.addf
  // CHECK: linalg.generic {{.*}}iterator_types = ["parallel"]}
  // CHECK: linalg.generic {{.*}}iterator_types = ["parallel", "parallel"]}
  // CHECK:   arith.divf
  // CHECK-NOT: linalg.generic
  %y = act.softmax %x {dim = 1} : tensor<?x1000xf32>
  return %y : tensor<?x1000xf32>
}

// Destinations are not read.
// CHECK-LABEL: func @destinations(
//  CHECK-SAME: %[[X:.*]]: tensor<4x8xf32>, %[[Y:.*]]: tensor<?x8xf32>
func.func @destinations(%x: tensor<4x8xf32>, %y: tensor<?x8xf32>)
    -> tensor<?x8xf32> {
  // CHECK-NOT: %[[Y]]
  // CHECK: %[[R:.*]] = tensor.cast %{{.*}} : tensor<4x8xf32> to tensor<?x8xf32>
  // CHECK: return %[[R]]
  %0 = act.softmax ins(%x : tensor<4x8xf32>) outs(%y : tensor<?x8xf32>)
    {dim = 1}
  return %0 : tensor<?x8xf32>
}

// CHECK-LABEL: func @loss(
func.func @loss(%x: tensor<?x10xf16>, %t: tensor<?xi32>) -> tensor<f32> {
  // CHECK: linalg.index 1
  // CHECK-NOT: act.
  // CHECK: return %{{.*}} : tensor<f32>
  %l = act.cross_entropy %x, %t {label_smoothing = 0.1}
    : tensor<?x10xf16>, tensor<?xi32> -> tensor<f32>
  return %l : tensor<f32>
}
