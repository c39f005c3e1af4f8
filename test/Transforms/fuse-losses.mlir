// RUN: act-opt %s --act-fuse -o %t
// RUN: FileCheck %s --input-file=%t
// RUN: act-opt %t --act-fuse | diff %t -

// CHECK-LABEL: func @nll(
//  CHECK-SAME: %[[X:.*]]: tensor<?x8xf32>, %[[T:.*]]: tensor<?xi32>, %[[W:.*]]: tensor<8xf32>)
//  CHECK-NEXT: act.cross_entropy %[[X]], %[[T]] class_weight(%[[W]] : tensor<8xf32>) reduction(sum) {ignore_index = 3, softcap = 9.0, temperature = 2.0} : tensor<?x8xf32>, tensor<?xi32> -> tensor<f32>
//  CHECK-NEXT: return
func.func @nll(%x: tensor<?x8xf32>, %t: tensor<?xi32>, %w: tensor<8xf32>)
    -> tensor<f32> {
  %p = act.log_softmax %x {softcap = 9.0, temperature = 2.0} : tensor<?x8xf32>
  %l = act.nll %p, %t class_weight(%w : tensor<8xf32>) reduction(sum)
    {ignore_index = 3} : tensor<?x8xf32>, tensor<?xi32> -> tensor<f32>
  return %l : tensor<f32>
}

// softmax, logarithm and nll in three steps.
// CHECK-LABEL: func @steps(
//  CHECK-NEXT: act.cross_entropy %{{.*}}, %{{.*}} empty_mean(zero) : tensor<?x8xbf16>, tensor<?xi64> -> tensor<f32>
//  CHECK-NEXT: return
func.func @steps(%x: tensor<?x8xbf16>, %t: tensor<?xi64>) -> tensor<f32> {
  %p = act.softmax %x : tensor<?x8xbf16>
  %q = math.log %p : tensor<?x8xbf16>
  %l = act.nll %q, %t empty_mean(zero)
    : tensor<?x8xbf16>, tensor<?xi64> -> tensor<f32>
  return %l : tensor<f32>
}

// The classes of three dimensions lie in the middle by default for losses, at
// the end for log_softmax.
// CHECK-LABEL: func @middle(
//  CHECK-NEXT: act.cross_entropy %{{.*}} : tensor<2x8x3xf32>, tensor<2x3xi64>
func.func @middle(%x: tensor<2x8x3xf32>, %t: tensor<2x3xi64>) -> tensor<f32> {
  %p = act.log_softmax %x {dim = 1} : tensor<2x8x3xf32>
  %l = act.nll %p, %t : tensor<2x8x3xf32>, tensor<2x3xi64> -> tensor<f32>
  return %l : tensor<f32>
}

// CHECK-LABEL: func @gradient(
//  CHECK-SAME: %[[X:.*]]: tensor<?x8xf32>, %[[T:.*]]: tensor<?xi64>, %[[A:.*]]: tensor<?xf32>, %[[D:.*]]: tensor<f32>)
//  CHECK-NEXT: act.cross_entropy_backward %[[D]], %[[X]], %[[T]] token_weight(%[[A]] : tensor<?xf32>) : tensor<f32>, tensor<?x8xf32>, tensor<?xi64>
//  CHECK-NEXT: return
func.func @gradient(%x: tensor<?x8xf32>, %t: tensor<?xi64>, %a: tensor<?xf32>,
                    %d: tensor<f32>) -> tensor<?x8xf32> {
  %p = act.log_softmax %x : tensor<?x8xf32>
  %dp = act.nll_backward %d, %p, %t token_weight(%a : tensor<?xf32>)
    : tensor<f32>, tensor<?x8xf32>, tensor<?xi64>
  %dx = act.log_softmax_backward %dp, %x : tensor<?x8xf32>
  return %dx : tensor<?x8xf32>
}

// The logsumexp is handed on; a saved output leads back to the input.
// CHECK-LABEL: func @saved(
//       CHECK: %[[P:.*]]:2 = act.log_softmax
//       CHECK: act.cross_entropy_backward %{{.*}}, %{{.*}}, %{{.*}}, %[[P]]#1 {temperature = 2.0}
//       CHECK: act.cross_entropy_backward %{{.*}}, %{{.*}}, %{{.*}} {temperature = 2.0}
func.func @saved(%x: tensor<?x8xf32>, %t: tensor<?xi64>, %d: tensor<f32>)
    -> (tensor<?x8xf32>, tensor<?x8xf32>) {
  %p, %lse = act.log_softmax %x {temperature = 2.0}
    : tensor<?x8xf32> -> tensor<?x8xf32>, tensor<?xf32>
  %dp = act.nll_backward %d, %p, %t
    : tensor<f32>, tensor<?x8xf32>, tensor<?xi64>
  %dx = act.log_softmax_backward %dp, %x, %lse {temperature = 2.0}
    : tensor<?x8xf32>, tensor<?x8xf32>, tensor<?xf32>
  %dq = act.nll_backward %d, %p, %t
    : tensor<f32>, tensor<?x8xf32>, tensor<?xi64>
  %dy = act.log_softmax_backward %dq, %p saved(output) {temperature = 2.0}
    : tensor<?x8xf32>
  return %dx, %dy : tensor<?x8xf32>, tensor<?x8xf32>
}

// Everything at once.
// CHECK-LABEL: func @head(
//  CHECK-SAME: %[[X:.*]]: tensor<?x8xf32>, %[[T:.*]]: tensor<?xi64>, %[[D:.*]]: tensor<f32>)
//  CHECK-NEXT: %[[L:.*]]:2 = act.cross_entropy_with_grad %[[X]], %[[T]], %[[D]] : tensor<?x8xf32>, tensor<?xi64> -> tensor<f32>, tensor<?x8xf32>
//  CHECK-NEXT: return %[[L]]#0, %[[L]]#1
func.func @head(%x: tensor<?x8xf32>, %t: tensor<?xi64>, %d: tensor<f32>)
    -> (tensor<f32>, tensor<?x8xf32>) {
  %p = act.log_softmax %x : tensor<?x8xf32>
  %l = act.nll %p, %t : tensor<?x8xf32>, tensor<?xi64> -> tensor<f32>
  %dp = act.nll_backward %d, %p, %t
    : tensor<f32>, tensor<?x8xf32>, tensor<?xi64>
  %dx = act.log_softmax_backward %dp, %x : tensor<?x8xf32>
  return %l, %dx : tensor<f32>, tensor<?x8xf32>
}

// The logsumexp that only the gradient read goes, other extras stay.
// CHECK-LABEL: func @extras(
//  CHECK-NEXT: act.cross_entropy_with_grad %{{.*}} reduction(none) extra(argmax) {label_smoothing = 0.1}
func.func @extras(%x: tensor<?x8xf32>, %t: tensor<?xi64>, %d: tensor<?xf32>)
    -> (tensor<?xf32>, tensor<?xi64>, tensor<?x8xf32>) {
  %l, %lse, %a = act.cross_entropy %x, %t reduction(none) extra(lse, argmax)
    {label_smoothing = 0.1} : tensor<?x8xf32>, tensor<?xi64>
    -> tensor<?xf32>, tensor<?xf32>, tensor<?xi64>
  %dx = act.cross_entropy_backward %d, %x, %t, %lse reduction(none)
    {label_smoothing = 0.1}
    : tensor<?xf32>, tensor<?x8xf32>, tensor<?xi64>, tensor<?xf32>
  return %l, %a, %dx : tensor<?xf32>, tensor<?xi64>, tensor<?x8xf32>
}

// Where the cotangent comes late the loss waits for it.
// CHECK-LABEL: func @late(
//       CHECK: %[[D:.*]] = math.absf
//  CHECK-NEXT: act.cross_entropy_with_grad %{{.*}}, %{{.*}}, %[[D]]
func.func @late(%x: tensor<?x8xf32>, %t: tensor<?xi64>, %e: tensor<f32>)
    -> (tensor<f32>, tensor<?x8xf32>) {
  %l = act.cross_entropy %x, %t : tensor<?x8xf32>, tensor<?xi64> -> tensor<f32>
  %d = math.absf %e : tensor<f32>
  %dx = act.cross_entropy_backward %d, %x, %t
    : tensor<f32>, tensor<?x8xf32>, tensor<?xi64>
  return %l, %dx : tensor<f32>, tensor<?x8xf32>
}
