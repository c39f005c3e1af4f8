// RUN: act-opt %s | FileCheck %s
// RUN: act-opt %s | act-opt | FileCheck %s
// RUN: act-opt %s --mlir-print-op-generic | act-opt | FileCheck %s

// Both forms of row-wise operations, their keywords and their types.

// CHECK-LABEL: func @softmax(
func.func @softmax(%x: tensor<?x1000xf32>, %m: tensor<?x1000xi1>) {
  // CHECK: act.softmax %{{.*}} {dim = 1} : tensor<?x1000xf32>{{$}}
  %0 = act.softmax %x {dim = 1} : tensor<?x1000xf32>
  // CHECK: act.softmax %{{.*}} {dim = 1} : tensor<?x1000xf32> -> tensor<?x1000xf32>, tensor<?xf32>{{$}}
  %1, %lse = act.softmax %x {dim = 1}
    : tensor<?x1000xf32> -> tensor<?x1000xf32>, tensor<?xf32>
  // CHECK: act.softmax %{{.*}} mask(%{{.*}} : tensor<?x1000xi1>) empty_row(zero) {dim = 1} : tensor<?x1000xf32>{{$}}
  %2 = act.softmax %x mask(%m : tensor<?x1000xi1>) empty_row(zero) {dim = 1}
    : tensor<?x1000xf32>
  // Keywords stand in any order.
  // CHECK: act.softmax %{{.*}} mask(%{{.*}} : tensor<?x1000xi1>) empty_row(uniform) {softcap = 30.0, temperature = 0.5} : tensor<?x1000xf32>{{$}}
  %3 = act.softmax %x empty_row(uniform) mask(%m : tensor<?x1000xi1>)
    {temperature = 0.5, softcap = 30.0} : tensor<?x1000xf32>
  // Defaults are not printed.
  // CHECK: act.softmax %{{.*}} : tensor<?x1000xf32>{{$}}
  %4 = act.softmax %x empty_row(nan) {temperature = 1.0} : tensor<?x1000xf32>
  // CHECK: act.softmin %{{.*}} : tensor<?x1000xf32>{{$}}
  %5 = act.softmin %x : tensor<?x1000xf32>
  return
}

// CHECK-LABEL: func @log_softmax(
func.func @log_softmax(%x: tensor<4x8xbf16>, %s: tensor<f64>) {
  // CHECK: act.log_softmax %{{.*}} : tensor<4x8xbf16> -> tensor<4x8xbf16>, tensor<4xf32>{{$}}
  %0, %lse = act.log_softmax %x
    : tensor<4x8xbf16> -> tensor<4x8xbf16>, tensor<4xf32>
  // The type of a result that is not written is inferred.
  // CHECK: act.logsumexp %{{.*}} {dim = 0} : tensor<4x8xbf16> -> tensor<8xf32>{{$}}
  %1 = act.logsumexp %x {dim = 0} : tensor<4x8xbf16>
  // CHECK: act.logsumexp %{{.*}} {dim = -2, keepdim = true} : tensor<4x8xbf16> -> tensor<1x8xf32>{{$}}
  %2 = act.logsumexp %x {dim = -2, keepdim = true} : tensor<4x8xbf16>
  // CHECK: act.logsumexp %{{.*}} : tensor<f64>{{$}}
  %3 = act.logsumexp %s : tensor<f64>
  return
}

// CHECK-LABEL: func @backward(
func.func @backward(%dy: tensor<?x8xf32>, %x: tensor<?x8xf32>,
                    %h: tensor<?x8xf16>, %lse: tensor<?xf32>,
                    %m: tensor<1x8xi1>) {
  // CHECK: act.softmax_backward %{{.*}}, %{{.*}} {dim = 1} : tensor<?x8xf32>{{$}}
  %0 = act.softmax_backward %dy, %x {dim = 1} : tensor<?x8xf32>
  // CHECK: act.softmax_backward %{{.*}}, %{{.*}}, %{{.*}} : tensor<?x8xf32>, tensor<?xf32>{{$}}
  %1 = act.softmax_backward %dy, %x, %lse : tensor<?x8xf32>, tensor<?xf32>
  // CHECK: act.softmax_backward %{{.*}}, %{{.*}}, %{{.*}} mask(%{{.*}} : tensor<1x8xi1>) : tensor<?x8xf32>, tensor<?x8xf16>, tensor<?xf32>{{$}}
  %2 = act.softmax_backward %dy, %h, %lse mask(%m : tensor<1x8xi1>)
    : tensor<?x8xf32>, tensor<?x8xf16>, tensor<?xf32> -> tensor<?x8xf16>
  // CHECK: act.log_softmax_backward %{{.*}}, %{{.*}} saved(output) : tensor<?x8xf32>{{$}}
  %3 = act.log_softmax_backward %dy, %x saved(output) : tensor<?x8xf32>
  // CHECK: act.softmin_backward %{{.*}}, %{{.*}} empty_row(zero) : tensor<?x8xf32>{{$}}
  %4 = act.softmin_backward %dy, %x empty_row(zero) : tensor<?x8xf32>
  // CHECK: act.logsumexp_backward %{{.*}}, %{{.*}} : tensor<?xf32>, tensor<?x8xf32>{{$}}
  %5 = act.logsumexp_backward %lse, %x : tensor<?xf32>, tensor<?x8xf32>
  return
}

// CHECK-LABEL: func @destinations(
func.func @destinations(%x: tensor<?x8xf32>, %m: tensor<?x8xi1>,
                        %y: tensor<?x8xf32>, %lse: tensor<?xf32>) {
  // CHECK: act.softmax ins(%{{.*}} : tensor<?x8xf32>) outs(%{{.*}} : tensor<?x8xf32>){{$}}
  %0 = act.softmax ins(%x : tensor<?x8xf32>) outs(%y : tensor<?x8xf32>)
  // CHECK: act.softmax ins(%{{.*}} : tensor<?x8xf32>) outs(%{{.*}}, %{{.*}} : tensor<?x8xf32>, tensor<?xf32>) mask(%{{.*}} : tensor<?x8xi1>) empty_row(zero) {dim = 1}{{$}}
  %1:2 = act.softmax ins(%x : tensor<?x8xf32>)
    outs(%y, %lse : tensor<?x8xf32>, tensor<?xf32>)
    mask(%m : tensor<?x8xi1>) empty_row(zero) {dim = 1}
  return
}

// CHECK-LABEL: func @memory(
func.func @memory(%x: memref<?x8xf16, strided<[?, 2], offset: ?>>,
                  %dy: memref<?x8xf32>, %dx: memref<?x8xf16>) {
  // CHECK: act.softmax_backward ins(%{{.*}}, %{{.*}} : memref<?x8xf32>, memref<?x8xf16, strided<[?, 2], offset: ?>>) outs(%{{.*}} : memref<?x8xf16>){{$}}
  act.softmax_backward
    ins(%dy, %x : memref<?x8xf32>, memref<?x8xf16, strided<[?, 2], offset: ?>>)
    outs(%dx : memref<?x8xf16>)
  return
}

// What their kernels consist of.

// CHECK-LABEL: func @terms(
func.func @terms(%x: vector<8xf32>, %m: f32, %v: vector<8xf32>, %h: f16,
                 %t: tensor<2x3xf64>, %w: tensor<3xf64>) {
  // CHECK: act.exp_difference %arg0, %arg1 : vector<8xf32>, f32{{$}}
  %0 = act.exp_difference %x, %m : vector<8xf32>, f32
  // CHECK: act.exp_difference %arg0, %arg2 {act.accuracy = "exact"} : vector<8xf32>, vector<8xf32>{{$}}
  %1 = act.exp_difference %x, %v {act.accuracy = "exact"}
    : vector<8xf32>, vector<8xf32>
  // CHECK: act.exp_difference %arg3, %arg1 : f16, f32 -> f32{{$}}
  %2 = act.exp_difference %h, %m : f16, f32 -> f32
  // CHECK: act.exp_difference %arg4, %arg5 {channel_dim = 1} : tensor<2x3xf64>, tensor<3xf64>{{$}}
  %3 = act.exp_difference %t, %w {channel_dim = 1}
    : tensor<2x3xf64>, tensor<3xf64>
  // CHECK: act.shifted_exp %arg0, %arg1 : vector<8xf32>, f32{{$}}
  %5 = act.shifted_exp %x, %m : vector<8xf32>, f32
  // CHECK: act.tempered_exp %arg0, %arg1 {temperature = 11.3} : vector<8xf32>, f32{{$}}
  %6 = act.tempered_exp %x, %m {temperature = 11.3} : vector<8xf32>, f32
  // CHECK: act.exp_distance %arg0, %arg1 : vector<8xf32>, f32{{$}}
  %4 = act.exp_distance %x, %m : vector<8xf32>, f32
  return
}
