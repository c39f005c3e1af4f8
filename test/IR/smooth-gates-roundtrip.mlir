// The smooth gates are printed as they are read, without defaults.

// RUN: act-opt %s | act-opt | FileCheck %s
// RUN: act-opt %s --mlir-print-op-generic | act-opt | FileCheck %s
// RUN: act-opt %s --emit-bytecode | act-opt | FileCheck %s

// CHECK-LABEL: func @silu(
func.func @silu(%x: tensor<?xf32>, %dy: tensor<?xf32>) {
  // CHECK: act.silu %arg0 : tensor<?xf32>{{$}}
  %0 = act.silu %x : tensor<?xf32>
  // CHECK: act.silu_backward %arg1, %arg0 : tensor<?xf32>{{$}}
  %1 = act.silu_backward %dy, %x : tensor<?xf32>
  return
}

// CHECK-LABEL: func @mish(
func.func @mish(%x: tensor<?xf32>, %dy: tensor<?xf32>) {
  // CHECK: act.mish %arg0 : tensor<?xf32>{{$}}
  %0 = act.mish %x : tensor<?xf32>
  // CHECK: act.mish_backward %arg1, %arg0 : tensor<?xf32>{{$}}
  %1 = act.mish_backward %dy, %x : tensor<?xf32>
  return
}

// CHECK-LABEL: func @hardswish(
func.func @hardswish(%x: tensor<?xf32>, %dy: tensor<?xf32>) {
  // CHECK: act.hardswish %arg0 : tensor<?xf32>{{$}}
  %0 = act.hardswish %x : tensor<?xf32>
  // CHECK: act.hardswish_backward %arg1, %arg0 : tensor<?xf32>{{$}}
  %1 = act.hardswish_backward %dy, %x : tensor<?xf32>
  return
}

// CHECK-LABEL: func @gelu(
func.func @gelu(%x: tensor<?xf32>, %dy: tensor<?xf32>) {
  // CHECK: act.gelu %arg0 : tensor<?xf32>{{$}}
  %0 = act.gelu %x : tensor<?xf32>
  // CHECK: act.gelu %arg0 : tensor<?xf32>{{$}}
  %1 = act.gelu %x approximate(none) : tensor<?xf32>
  // CHECK: act.gelu %arg0 approximate(tanh) : tensor<?xf32>{{$}}
  %2 = act.gelu %x approximate(tanh) : tensor<?xf32>
  // CHECK: act.gelu %arg0 approximate(sigmoid) : tensor<?xf32>{{$}}
  %3 = act.gelu %x approximate(sigmoid) : tensor<?xf32>
  // CHECK: act.gelu_backward %arg1, %arg0 : tensor<?xf32>{{$}}
  %4 = act.gelu_backward %dy, %x : tensor<?xf32>
  // CHECK: act.gelu_backward %arg1, %arg0 : tensor<?xf32>{{$}}
  %5 = act.gelu_backward %dy, %x approximate(none) : tensor<?xf32>
  // CHECK: act.gelu_backward %arg1, %arg0 approximate(tanh) : tensor<?xf32>{{$}}
  %6 = act.gelu_backward %dy, %x approximate(tanh) : tensor<?xf32>
  // CHECK: act.gelu_backward %arg1, %arg0 approximate(sigmoid) : tensor<?xf32>{{$}}
  %7 = act.gelu_backward %dy, %x approximate(sigmoid) : tensor<?xf32>
  return
}

// CHECK-LABEL: func @attributes(
func.func @attributes(%x: tensor<?xf32>, %dy: tensor<?xf32>) {
  // CHECK: act.gelu %arg0 approximate(tanh) {act.accuracy = "exact"} : tensor<?xf32>{{$}}
  %0 = act.gelu %x approximate(tanh) {act.accuracy = "exact"} : tensor<?xf32>
  // CHECK: act.silu %arg0 {act.accuracy = "default", my.note} : tensor<?xf32>{{$}}
  %1 = act.silu %x {act.accuracy = "default", my.note} : tensor<?xf32>
  // CHECK: act.silu_backward %arg1, %arg0 {my.count = 3, my.size = 7 : i8} : tensor<?xf32>{{$}}
  %2 = act.silu_backward %dy, %x {my.count = 3, my.size = 7 : i8}
    : tensor<?xf32>
  return
}
