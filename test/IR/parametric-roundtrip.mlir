// prelu and swish take their parameter as a scalar, as a tensor that is shared
// or has a value for each channel, and on scalars and vectors one for each
// element.

// RUN: act-opt %s | act-opt | FileCheck %s
// RUN: act-opt %s --mlir-print-op-generic | act-opt | FileCheck %s
// RUN: act-opt %s --emit-bytecode | act-opt | FileCheck %s

// CHECK-LABEL: func @prelu(
func.func @prelu(%x: tensor<4x3x5xf32>, %s: f32, %t: tensor<f32>,
                 %one: tensor<1xf32>, %w: tensor<3xf32>, %d: tensor<?xf16>,
                 %v: vector<8xf32>) {
  // CHECK: act.prelu %arg0, %arg1 : tensor<4x3x5xf32>, f32{{$}}
  %0 = act.prelu %x, %s : tensor<4x3x5xf32>, f32
  // CHECK: act.prelu %arg0, %arg2 : tensor<4x3x5xf32>, tensor<f32>{{$}}
  %1 = act.prelu %x, %t : tensor<4x3x5xf32>, tensor<f32>
  // CHECK: act.prelu %arg0, %arg3 : tensor<4x3x5xf32>, tensor<1xf32>{{$}}
  %2 = act.prelu %x, %one : tensor<4x3x5xf32>, tensor<1xf32>
  // CHECK: act.prelu %arg0, %arg4 {channel_dim = 1} : tensor<4x3x5xf32>, tensor<3xf32>{{$}}
  %3 = act.prelu %x, %w {channel_dim = 1} : tensor<4x3x5xf32>, tensor<3xf32>
  // CHECK: act.prelu %arg0, %arg4 {channel_dim = -2} : tensor<4x3x5xf32>, tensor<3xf32>{{$}}
  %4 = act.prelu %x, %w {channel_dim = -2} : tensor<4x3x5xf32>, tensor<3xf32>
  // CHECK: act.prelu %arg0, %arg5 {channel_dim = 0} : tensor<4x3x5xf32>, tensor<?xf16>{{$}}
  %5 = act.prelu %x, %d {channel_dim = 0} : tensor<4x3x5xf32>, tensor<?xf16>
  // CHECK: act.prelu %arg6, %arg6 : vector<8xf32>, vector<8xf32>{{$}}
  %6 = act.prelu %v, %v : vector<8xf32>, vector<8xf32>
  // CHECK: act.prelu %arg6, %arg1 : vector<8xf32>, f32{{$}}
  %7 = act.prelu %v, %s : vector<8xf32>, f32
  // CHECK: act.prelu %arg1, %arg1 : f32, f32{{$}}
  %8 = act.prelu %s, %s : f32, f32
  return
}

// CHECK-LABEL: func @prelu_backward(
func.func @prelu_backward(%x: tensor<4x3x5xf32>, %s: f32, %w: tensor<3xf32>,
                          %v: vector<8xf32>, %b: bf16) {
  // CHECK: act.prelu_backward %arg0, %arg0, %arg2 {channel_dim = 1} : tensor<4x3x5xf32>, tensor<3xf32>{{$}}
  %0, %1 = act.prelu_backward %x, %x, %w {channel_dim = 1}
    : tensor<4x3x5xf32>, tensor<3xf32>
  // CHECK: act.prelu_backward %arg0, %arg0, %arg1 : tensor<4x3x5xf32>, f32{{$}}
  %2, %3 = act.prelu_backward %x, %x, %s : tensor<4x3x5xf32>, f32
  // CHECK: act.prelu_backward %arg3, %arg3, %arg4 : vector<8xf32>, bf16{{$}}
  %4, %5 = act.prelu_backward %v, %v, %b : vector<8xf32>, bf16
  return
}

// CHECK-LABEL: func @swish(
func.func @swish(%x: tensor<?x8xf32>, %s: f32, %w: tensor<8xf32>) {
  // CHECK: act.swish %arg0 : tensor<?x8xf32>{{$}}
  %0 = act.swish %x : tensor<?x8xf32>
  // CHECK: act.swish %arg0 {beta = 1.0} : tensor<?x8xf32>{{$}}
  %1 = act.swish %x {beta = 1.0} : tensor<?x8xf32>
  // CHECK: act.swish %arg0 {beta = 1.5} : tensor<?x8xf32>{{$}}
  %2 = act.swish %x {beta = 1.5} : tensor<?x8xf32>
  // CHECK: act.swish %arg0, %arg1 : tensor<?x8xf32>, f32{{$}}
  %3 = act.swish %x, %s : tensor<?x8xf32>, f32
  // CHECK: act.swish %arg0, %arg2 {channel_dim = -1} : tensor<?x8xf32>, tensor<8xf32>{{$}}
  %4 = act.swish %x, %w {channel_dim = -1} : tensor<?x8xf32>, tensor<8xf32>
  return
}

// CHECK-LABEL: func @swish_backward(
func.func @swish_backward(%x: tensor<?x8xf32>, %s: f32, %w: tensor<8xf32>) {
  // CHECK: act.swish_backward %arg0, %arg0 : tensor<?x8xf32>{{$}}
  %0 = act.swish_backward %x, %x : tensor<?x8xf32>
  // CHECK: act.swish_backward %arg0, %arg0 {beta = 1.5} : tensor<?x8xf32>{{$}}
  %1 = act.swish_backward %x, %x {beta = 1.5} : tensor<?x8xf32>
  // CHECK: act.swish_backward %arg0, %arg0, %arg1 : tensor<?x8xf32>, f32{{$}}
  %2, %3 = act.swish_backward %x, %x, %s : tensor<?x8xf32>, f32
  // CHECK: act.swish_backward %arg0, %arg0, %arg2 {channel_dim = 1} : tensor<?x8xf32>, tensor<8xf32>{{$}}
  %4, %5 = act.swish_backward %x, %x, %w {channel_dim = 1}
    : tensor<?x8xf32>, tensor<8xf32>
  return
}
