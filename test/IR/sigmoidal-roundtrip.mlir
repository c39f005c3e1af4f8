// The sigmoidal activations are printed as they are read, without defaults.

// RUN: act-opt %s | act-opt | FileCheck %s
// RUN: act-opt %s --mlir-print-op-generic | act-opt | FileCheck %s
// RUN: act-opt %s --emit-bytecode | act-opt | FileCheck %s

// CHECK-LABEL: func @sigmoid(
func.func @sigmoid(%x: tensor<?xf32>, %dy: tensor<?xf32>) {
  // CHECK: act.sigmoid %arg0 : tensor<?xf32>{{$}}
  %0 = act.sigmoid %x : tensor<?xf32>
  // CHECK: act.sigmoid_backward %arg1, %arg0 : tensor<?xf32>{{$}}
  %1 = act.sigmoid_backward %dy, %x : tensor<?xf32>
  // CHECK: act.sigmoid_backward %arg1, %arg0 saved(output) : tensor<?xf32>{{$}}
  %2 = act.sigmoid_backward %dy, %x saved(output) : tensor<?xf32>
  // CHECK: act.sigmoid_backward %arg1, %arg0 : tensor<?xf32>{{$}}
  %3 = act.sigmoid_backward %dy, %x saved(input) : tensor<?xf32>
  return
}

// CHECK-LABEL: func @tanh(
func.func @tanh(%x: tensor<?xf32>, %dy: tensor<?xf32>) {
  // CHECK: act.tanh %arg0 : tensor<?xf32>{{$}}
  %0 = act.tanh %x : tensor<?xf32>
  // CHECK: act.tanh_backward %arg1, %arg0 : tensor<?xf32>{{$}}
  %1 = act.tanh_backward %dy, %x : tensor<?xf32>
  // CHECK: act.tanh_backward %arg1, %arg0 saved(output) : tensor<?xf32>{{$}}
  %2 = act.tanh_backward %dy, %x saved(output) : tensor<?xf32>
  // CHECK: act.tanh_backward %arg1, %arg0 : tensor<?xf32>{{$}}
  %3 = act.tanh_backward %dy, %x saved(input) : tensor<?xf32>
  return
}

// CHECK-LABEL: func @logsigmoid(
func.func @logsigmoid(%x: tensor<?xf32>, %dy: tensor<?xf32>) {
  // CHECK: act.logsigmoid %arg0 : tensor<?xf32>{{$}}
  %0 = act.logsigmoid %x : tensor<?xf32>
  // CHECK: act.logsigmoid_backward %arg1, %arg0 : tensor<?xf32>{{$}}
  %1 = act.logsigmoid_backward %dy, %x : tensor<?xf32>
  return
}

// CHECK-LABEL: func @softsign(
func.func @softsign(%x: tensor<?xf32>, %dy: tensor<?xf32>) {
  // CHECK: act.softsign %arg0 : tensor<?xf32>{{$}}
  %0 = act.softsign %x : tensor<?xf32>
  // CHECK: act.softsign_backward %arg1, %arg0 : tensor<?xf32>{{$}}
  %1 = act.softsign_backward %dy, %x : tensor<?xf32>
  return
}

// CHECK-LABEL: func @hardsigmoid(
func.func @hardsigmoid(%x: tensor<?xf32>, %dy: tensor<?xf32>) {
  // CHECK: act.hardsigmoid %arg0 : tensor<?xf32>{{$}}
  %0 = act.hardsigmoid %x : tensor<?xf32>
  // CHECK: act.hardsigmoid %arg0 : tensor<?xf32>{{$}}
  %1 = act.hardsigmoid %x {offset = 0.5} : tensor<?xf32>
  // CHECK: act.hardsigmoid %arg0 {slope = 0.2} : tensor<?xf32>{{$}}
  %2 = act.hardsigmoid %x {slope = 0.2, offset = 0.5} : tensor<?xf32>
  // CHECK: act.hardsigmoid %arg0 {offset = 0.25, slope = 0.125} : tensor<?xf32>{{$}}
  %3 = act.hardsigmoid %x {offset = 0.25, slope = 0.125} : tensor<?xf32>
  // CHECK: act.hardsigmoid_backward %arg1, %arg0 : tensor<?xf32>{{$}}
  %4 = act.hardsigmoid_backward %dy, %x : tensor<?xf32>
  // CHECK: act.hardsigmoid_backward %arg1, %arg0 : tensor<?xf32>{{$}}
  %5 = act.hardsigmoid_backward %dy, %x {offset = 0.5} : tensor<?xf32>
  // CHECK: act.hardsigmoid_backward %arg1, %arg0 {slope = 0.2} : tensor<?xf32>{{$}}
  %6 = act.hardsigmoid_backward %dy, %x {slope = 0.2, offset = 0.5}
    : tensor<?xf32>
  // CHECK: act.hardsigmoid_backward %arg1, %arg0 {offset = 0.25, slope = 0.125} : tensor<?xf32>{{$}}
  %7 = act.hardsigmoid_backward %dy, %x {offset = 0.25, slope = 0.125}
    : tensor<?xf32>
  return
}
