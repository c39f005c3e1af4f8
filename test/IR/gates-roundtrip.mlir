// Gates of two operands and of two parts of one: kinds, numbers, types. The
// printer always writes layout and gate.

// RUN: act-opt %s | act-opt | FileCheck %s
// RUN: act-opt %s --mlir-print-op-generic | act-opt | FileCheck %s
// RUN: act-opt %s --emit-bytecode | act-opt | FileCheck %s

// CHECK-LABEL: func @kinds(
func.func @kinds(%g: tensor<?x8xf32>, %u: tensor<?x8xf32>) {
  // CHECK: act.gate glu %arg0, %arg1 : tensor<?x8xf32>{{$}}
  %0 = act.gate glu %g, %u : tensor<?x8xf32>
  // CHECK: act.gate reglu %arg0, %arg1 : tensor<?x8xf32>{{$}}
  %1 = act.gate reglu %g, %u : tensor<?x8xf32>
  // CHECK: act.gate sreglu %arg0, %arg1 : tensor<?x8xf32>{{$}}
  %2 = act.gate sreglu %g, %u : tensor<?x8xf32>
  // CHECK: act.gate geglu %arg0, %arg1 : tensor<?x8xf32>{{$}}
  %3 = act.gate geglu %g, %u : tensor<?x8xf32>
  // CHECK: act.gate geglu_tanh %arg0, %arg1 : tensor<?x8xf32>{{$}}
  %4 = act.gate geglu_tanh %g, %u : tensor<?x8xf32>
  // CHECK: act.gate quick_geglu %arg0, %arg1 : tensor<?x8xf32>{{$}}
  %5 = act.gate quick_geglu %g, %u : tensor<?x8xf32>
  // CHECK: act.gate swiglu %arg0, %arg1 : tensor<?x8xf32>{{$}}
  %6 = act.gate swiglu %g, %u : tensor<?x8xf32>
  // CHECK: act.gate bilinear %arg0, %arg1 : tensor<?x8xf32>{{$}}
  %7 = act.gate bilinear %g, %u : tensor<?x8xf32>
  // CHECK: act.gate swiglu_oai %arg0, %arg1 : tensor<?x8xf32>{{$}}
  %8 = act.gate swiglu_oai %g, %u : tensor<?x8xf32>
  return
}

// CHECK-LABEL: func @numbers(
func.func @numbers(%g: f32, %u: f32) {
  // CHECK: act.gate swiglu %arg0, %arg1 {beta = 1.0} : f32{{$}}
  %0 = act.gate swiglu %g, %u {beta = 1.0} : f32
  // CHECK: act.gate swiglu %arg0, %arg1 {beta = -1.5} : f32{{$}}
  %1 = act.gate swiglu %g, %u {beta = -1.5} : f32
  // CHECK: act.gate swiglu_oai %arg0, %arg1 {alpha = 1.5, limit = 6.5, offset = 0.0} : f32{{$}}
  %2 = act.gate swiglu_oai %g, %u {limit = 6.5, alpha = 1.5, offset = 0.0} : f32
  // CHECK: act.gate swiglu_oai %arg0, %arg1 {no_limit} : f32{{$}}
  %3 = act.gate swiglu_oai %g, %u {no_limit} : f32
  // CHECK: act.gate swiglu %arg0, %arg1 {act.accuracy = "exact"} : f32{{$}}
  %4 = act.gate swiglu %g, %u {act.accuracy = "exact"} : f32
  return
}

// CHECK-LABEL: func @types(
func.func @types(%s: f16, %v: vector<4x[8]xbf16>, %t: tensor<f64>,
                 %x: tensor<8xbf16>) {
  // CHECK: act.gate swiglu %arg0, %arg0 : f16 -> f32{{$}}
  %0 = act.gate swiglu %s, %s : f16 -> f32
  // CHECK: act.gate swiglu %arg1, %arg1 : vector<4x[8]xbf16>{{$}}
  %1 = act.gate swiglu %v, %v : vector<4x[8]xbf16>
  // CHECK: act.gate swiglu %arg2, %arg2 : tensor<f64>{{$}}
  %2 = act.gate swiglu %t, %t : tensor<f64>
  // CHECK: act.gate swiglu %arg3, %arg3 : tensor<8xbf16> -> tensor<8xf16>{{$}}
  %3 = act.gate swiglu %x, %x : tensor<8xbf16> -> tensor<8xf16>
  return
}

// CHECK-LABEL: func @backward(
func.func @backward(%dy: tensor<?x8xf32>, %g: tensor<?x8xf32>,
                    %h: tensor<?x8xbf16>) {
  // CHECK: act.gate_backward swiglu %arg0, %arg1, %arg1 {beta = 1.0} : tensor<?x8xf32>{{$}}
  %0:2 = act.gate_backward swiglu %dy, %g, %g {beta = 1.0} : tensor<?x8xf32>
  // CHECK: act.gate_backward geglu %arg0, %arg2, %arg2 : tensor<?x8xf32>, tensor<?x8xbf16>{{$}}
  %1:2 = act.gate_backward geglu %dy, %h, %h : tensor<?x8xf32>, tensor<?x8xbf16>
  return
}

// CHECK-LABEL: func @packed(
func.func @packed(%x: tensor<?x16xf32>, %d: tensor<?x?xf32>,
                  %v: vector<2x[4]xf16>) {
  // CHECK: act.glu swiglu %arg0 layout(halves) gate(first) : tensor<?x16xf32> -> tensor<?x8xf32>{{$}}
  %0 = act.glu swiglu %x layout(halves) gate(first) {dim = -1} : tensor<?x16xf32> -> tensor<?x8xf32>
  // CHECK: act.glu swiglu %arg0 layout(halves) gate(first) : tensor<?x16xf32> -> tensor<?x8xf32>{{$}}
  %1 = act.glu swiglu %x : tensor<?x16xf32> -> tensor<?x8xf32>
  // CHECK: act.glu glu %arg0 layout(halves) gate(second) : tensor<?x16xf32> -> tensor<?x8xf32>{{$}}
  %2 = act.glu glu %x : tensor<?x16xf32> -> tensor<?x8xf32>
  // CHECK: act.glu glu %arg0 layout(interleaved) gate(first) : tensor<?x16xf32> -> tensor<?x8xf32>{{$}}
  %3 = act.glu glu %x gate(first) layout(interleaved) : tensor<?x16xf32> -> tensor<?x8xf32>
  // CHECK: act.glu swiglu_oai %arg1 layout(interleaved) gate(second) {alpha = 1.5, dim = 0} : tensor<?x?xf32>{{$}}
  %4 = act.glu swiglu_oai %d layout(interleaved) gate(second) {dim = 0, alpha = 1.5} : tensor<?x?xf32>
  // CHECK: act.glu reglu %arg2 layout(halves) gate(first) : vector<2x[4]xf16> -> vector<2x[2]xf16>{{$}}
  %5 = act.glu reglu %v : vector<2x[4]xf16> -> vector<2x[2]xf16>
  // CHECK: act.glu swiglu %arg0 layout(halves) gate(first) : tensor<?x16xf32> -> tensor<?x8xbf16>{{$}}
  %6 = act.glu swiglu %x : tensor<?x16xf32> -> tensor<?x8xbf16>
  return
}

// CHECK-LABEL: func @packed_backward(
func.func @packed_backward(%dy: tensor<?x8xf32>, %x: tensor<?x16xf32>,
                           %d: tensor<?x?xf32>) {
  // CHECK: act.glu_backward swiglu %arg0, %arg1 layout(halves) gate(first) : tensor<?x8xf32>, tensor<?x16xf32>{{$}}
  %0 = act.glu_backward swiglu %dy, %x : tensor<?x8xf32>, tensor<?x16xf32>
  // CHECK: act.glu_backward glu %arg2, %arg2 layout(interleaved) gate(second) {dim = 0} : tensor<?x?xf32>{{$}}
  %1 = act.glu_backward glu %d, %d layout(interleaved) {dim = 0} : tensor<?x?xf32>
  return
}
