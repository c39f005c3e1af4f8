// Operations take scalars, vectors and tensors of rank 0 to 6; a type is
// printed once unless it differs.

// RUN: act-opt %s | act-opt | FileCheck %s
// RUN: act-opt %s --mlir-print-op-generic | act-opt | FileCheck %s
// RUN: act-opt %s --emit-bytecode | act-opt | FileCheck %s

// CHECK-LABEL: func @shapes(
func.func @shapes(%s: f32, %v: vector<8xf32>, %w: vector<4x[8]xbf16>,
                  %t0: tensor<f16>, %t: tensor<0x?xf64>,
                  %t6: tensor<1x2x3x4x5x6xf32>) {
  // CHECK: act.relu %arg0 : f32{{$}}
  %0 = act.relu %s : f32
  // CHECK: act.relu %arg1 : vector<8xf32>{{$}}
  %1 = act.relu %v : vector<8xf32>
  // CHECK: act.relu %arg2 : vector<4x[8]xbf16>{{$}}
  %2 = act.relu %w : vector<4x[8]xbf16>
  // CHECK: act.relu %arg3 : tensor<f16>{{$}}
  %3 = act.relu %t0 : tensor<f16>
  // CHECK: act.relu %arg4 : tensor<0x?xf64>{{$}}
  %4 = act.relu %t : tensor<0x?xf64>
  // CHECK: act.relu %arg5 : tensor<1x2x3x4x5x6xf32>{{$}}
  %5 = act.relu %t6 : tensor<1x2x3x4x5x6xf32>
  return
}

// CHECK-LABEL: func @result_type(
func.func @result_type(%s: f32, %t: tensor<8xbf16>, %x: tensor<?xf32>) {
  // CHECK: act.silu %arg0 : f32 -> f64{{$}}
  %0 = act.silu %s : f32 -> f64
  // CHECK: act.silu %arg1 : tensor<8xbf16> -> tensor<8xf16>{{$}}
  %1 = act.silu %t : tensor<8xbf16> -> tensor<8xf16>
  // CHECK: act.silu %arg1 : tensor<8xbf16>{{$}}
  %2 = act.silu %t : tensor<8xbf16> -> tensor<8xbf16>
  // CHECK: act.gelu %arg2 approximate(tanh) : tensor<?xf32> -> tensor<?xbf16>{{$}}
  %3 = act.gelu %x approximate(tanh) : tensor<?xf32> -> tensor<?xbf16>
  // CHECK: act.prelu %arg2, %arg0 : tensor<?xf32>, f32 -> tensor<?xbf16>{{$}}
  %4 = act.prelu %x, %s : tensor<?xf32>, f32 -> tensor<?xbf16>
  // CHECK: act.swish %arg2 {beta = 2.0} : tensor<?xf32> -> tensor<?xbf16>{{$}}
  %5 = act.swish %x {beta = 2.0} : tensor<?xf32> -> tensor<?xbf16>
  return
}

// CHECK-LABEL: func @backward_types(
func.func @backward_types(%dy: tensor<8xbf16>, %x: tensor<8xf32>,
                          %y: tensor<?xbf16>, %w: f32) {
  // CHECK: act.silu_backward %arg0, %arg1 : tensor<8xbf16>, tensor<8xf32>{{$}}
  %0 = act.silu_backward %dy, %x : tensor<8xbf16>, tensor<8xf32>
  // CHECK: act.silu_backward %arg1, %arg1 : tensor<8xf32>{{$}}
  %1 = act.silu_backward %x, %x : tensor<8xf32>, tensor<8xf32>
  // CHECK: act.silu_backward %arg2, %arg1 : tensor<?xbf16>, tensor<8xf32>{{$}}
  %2 = act.silu_backward %y, %x : tensor<?xbf16>, tensor<8xf32>
  // CHECK: act.prelu_backward %arg0, %arg1, %arg3 : tensor<8xbf16>, tensor<8xf32>, f32{{$}}
  %3, %4 = act.prelu_backward %dy, %x, %w : tensor<8xbf16>, tensor<8xf32>, f32
  // CHECK: act.swish_backward %arg0, %arg1 : tensor<8xbf16>, tensor<8xf32>{{$}}
  %5 = act.swish_backward %dy, %x : tensor<8xbf16>, tensor<8xf32>
  // CHECK: act.swish_backward %arg0, %arg1, %arg3 : tensor<8xbf16>, tensor<8xf32>, f32{{$}}
  %6, %7 = act.swish_backward %dy, %x, %w : tensor<8xbf16>, tensor<8xf32>, f32
  return
}
