// RUN: act-opt %s --act-fuse -o %t
// RUN: FileCheck %s --input-file=%t
// RUN: act-opt %t --act-fuse | diff %t -

// CHECK-LABEL: func @log(
//  CHECK-SAME: %[[X:.*]]: tensor<?x8xf16>)
//  CHECK-NEXT: act.log_softmax %[[X]] empty_row(zero) {dim = 0, temperature = 2.0} : tensor<?x8xf16>
//  CHECK-NEXT: return
func.func @log(%x: tensor<?x8xf16>) -> tensor<?x8xf16> {
  %p = act.softmax %x empty_row(zero) {dim = 0, temperature = 2.0}
    : tensor<?x8xf16>
  %y = math.log %p : tensor<?x8xf16>
  return %y : tensor<?x8xf16>
}

// CHECK-LABEL: func @exp(
//  CHECK-NEXT: act.softmax %{{.*}} mask(%{{.*}} : tensor<1x8xi1>) : tensor<?x8xf32>
//  CHECK-NEXT: return
func.func @exp(%x: tensor<?x8xf32>, %m: tensor<1x8xi1>) -> tensor<?x8xf32> {
  %l = act.log_softmax %x mask(%m : tensor<1x8xi1>) : tensor<?x8xf32>
  %y = math.exp %l : tensor<?x8xf32>
  return %y : tensor<?x8xf32>
}

// CHECK-LABEL: func @linalg(
//       CHECK: act.softmax %{{.*}} {dim = 0} : tensor<4x8xf32>
func.func @linalg(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %0 = tensor.empty() : tensor<4x8xf32>
  %y = linalg.softmax dimension(0) ins(%x : tensor<4x8xf32>)
    outs(%0 : tensor<4x8xf32>) -> tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

// CHECK-LABEL: func @mask(
//  CHECK-SAME: %[[X:.*]]: tensor<4x8xf32>, %[[M:.*]]: tensor<4x8xi1>)
//  CHECK-NEXT: act.softmax %[[X]] mask(%[[M]] : tensor<4x8xi1>) : tensor<4x8xf32>
//  CHECK-NEXT: return
func.func @mask(%x: tensor<4x8xf32>, %m: tensor<4x8xi1>) -> tensor<4x8xf32> {
  %inf = arith.constant dense<0xFF800000> : tensor<4x8xf32>
  %z = arith.select %m, %x, %inf : tensor<4x8xi1>, tensor<4x8xf32>
  %y = act.softmax %z : tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

// CHECK-LABEL: func @divided(
//       CHECK: act.softmax %{{.*}} {temperature = 8.0}
func.func @divided(%x: tensor<?x8xf32>, %n: index) -> tensor<?x8xf32> {
  %c = arith.constant 8.0 : f32
  %t = tensor.splat %c[%n] : tensor<?x8xf32>
  %z = arith.divf %x, %t : tensor<?x8xf32>
  %y = act.softmax %z : tensor<?x8xf32>
  return %y : tensor<?x8xf32>
}

// In f64 where the reciprocal is exact.
// CHECK-LABEL: func @multiplied(
//       CHECK: act.log_softmax %{{.*}} {temperature = 4.0}
func.func @multiplied(%x: tensor<4x8xf64>) -> tensor<4x8xf64> {
  %c = arith.constant dense<0.25> : tensor<4x8xf64>
  %z = arith.mulf %c, %x : tensor<4x8xf64>
  %y = act.log_softmax %z : tensor<4x8xf64>
  return %y : tensor<4x8xf64>
}

// First the temperature, then the soft cap, then the mask.
// CHECK-LABEL: func @all(
//  CHECK-SAME: %[[X:.*]]: tensor<4x8xf32>, %[[M:.*]]: tensor<4x8xi1>)
//  CHECK-NEXT: act.softmax %[[X]] mask(%[[M]] : tensor<4x8xi1>) {softcap = 30.0, temperature = 2.0}
func.func @all(%x: tensor<4x8xf32>, %m: tensor<4x8xi1>) -> tensor<4x8xf32> {
  %inf = arith.constant dense<0xFF800000> : tensor<4x8xf32>
  %half = arith.constant dense<0.5> : tensor<4x8xf32>
  %cap = arith.constant dense<30.0> : tensor<4x8xf32>
  %inverse = arith.constant dense<0.03333334> : tensor<4x8xf32>
  %u = arith.mulf %x, %half : tensor<4x8xf32>
  %v = arith.mulf %u, %inverse : tensor<4x8xf32>
  %t = act.tanh %v : tensor<4x8xf32>
  %z = arith.mulf %cap, %t : tensor<4x8xf32>
  %s = arith.select %m, %z, %inf : tensor<4x8xi1>, tensor<4x8xf32>
  %y = act.softmax %s : tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

// CHECK-LABEL: func @capped_loss(
//       CHECK: act.cross_entropy %{{.*}} {softcap = 30.0}
func.func @capped_loss(%x: tensor<4x8xf32>, %t: tensor<4xi64>) -> tensor<f32> {
  %cap = arith.constant dense<30.0> : tensor<4x8xf32>
  %v = arith.divf %x, %cap : tensor<4x8xf32>
  %h = math.tanh %v : tensor<4x8xf32>
  %z = arith.mulf %h, %cap : tensor<4x8xf32>
  %l = act.cross_entropy %z, %t : tensor<4x8xf32>, tensor<4xi64> -> tensor<f32>
  return %l : tensor<f32>
}
