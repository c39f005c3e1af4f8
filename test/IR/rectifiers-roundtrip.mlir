// The rectifiers are printed as they are read, without defaults.

// RUN: act-opt %s | act-opt | FileCheck %s
// RUN: act-opt %s --mlir-print-op-generic | act-opt | FileCheck %s
// RUN: act-opt %s --emit-bytecode | act-opt | FileCheck %s

// CHECK-LABEL: func @relu(
func.func @relu(%x: tensor<?xf32>, %dy: tensor<?xf32>) {
  // CHECK: act.relu %arg0 : tensor<?xf32>{{$}}
  %0 = act.relu %x : tensor<?xf32>
  // CHECK: act.relu_backward %arg1, %arg0 : tensor<?xf32>{{$}}
  %1 = act.relu_backward %dy, %x : tensor<?xf32>
  // CHECK: act.relu_backward %arg1, %arg0 saved(output) : tensor<?xf32>{{$}}
  %2 = act.relu_backward %dy, %x saved(output) : tensor<?xf32>
  // CHECK: act.relu_backward %arg1, %arg0 : tensor<?xf32>{{$}}
  %3 = act.relu_backward %dy, %x saved(input) : tensor<?xf32>
  return
}

// CHECK-LABEL: func @relu6(
func.func @relu6(%x: tensor<?xf32>, %dy: tensor<?xf32>) {
  // CHECK: act.relu6 %arg0 : tensor<?xf32>{{$}}
  %0 = act.relu6 %x : tensor<?xf32>
  // CHECK: act.relu6_backward %arg1, %arg0 : tensor<?xf32>{{$}}
  %1 = act.relu6_backward %dy, %x : tensor<?xf32>
  // CHECK: act.relu6_backward %arg1, %arg0 saved(output) : tensor<?xf32>{{$}}
  %2 = act.relu6_backward %dy, %x saved(output) : tensor<?xf32>
  // CHECK: act.relu6_backward %arg1, %arg0 : tensor<?xf32>{{$}}
  %3 = act.relu6_backward %dy, %x saved(input) : tensor<?xf32>
  return
}

// CHECK-LABEL: func @leaky_relu(
func.func @leaky_relu(%x: tensor<?xf32>, %dy: tensor<?xf32>) {
  // CHECK: act.leaky_relu %arg0 : tensor<?xf32>{{$}}
  %0 = act.leaky_relu %x : tensor<?xf32>
  // CHECK: act.leaky_relu %arg0 : tensor<?xf32>{{$}}
  %1 = act.leaky_relu %x {slope = 0.01} : tensor<?xf32>
  // CHECK: act.leaky_relu %arg0 {slope = 0.2} : tensor<?xf32>{{$}}
  %2 = act.leaky_relu %x {slope = 0.2} : tensor<?xf32>
  // CHECK: act.leaky_relu %arg0 {slope = 0.0} : tensor<?xf32>{{$}}
  %3 = act.leaky_relu %x {slope = 0.0} : tensor<?xf32>
  // CHECK: act.leaky_relu %arg0 {slope = 1.0e-05} : tensor<?xf32>{{$}}
  %4 = act.leaky_relu %x {slope = 1.0e-5} : tensor<?xf32>
  // CHECK: act.leaky_relu %arg0 {slope = 0.1} : tensor<?xf32>{{$}}
  %5 = act.leaky_relu %x {slope = 0.10000000000000001} : tensor<?xf32>
  // CHECK: act.leaky_relu %arg0 {slope = 0.30000000000000004} : tensor<?xf32>{{$}}
  %6 = act.leaky_relu %x {slope = 0.30000000000000004} : tensor<?xf32>
  // CHECK: act.leaky_relu_backward %arg1, %arg0 : tensor<?xf32>{{$}}
  %7 = act.leaky_relu_backward %dy, %x : tensor<?xf32>
  // CHECK: act.leaky_relu_backward %arg1, %arg0 : tensor<?xf32>{{$}}
  %8 = act.leaky_relu_backward %dy, %x {slope = 0.01} : tensor<?xf32>
  // CHECK: act.leaky_relu_backward %arg1, %arg0 {slope = 0.2} : tensor<?xf32>{{$}}
  %9 = act.leaky_relu_backward %dy, %x {slope = 0.2} : tensor<?xf32>
  // CHECK: act.leaky_relu_backward %arg1, %arg0 {slope = 0.0} : tensor<?xf32>{{$}}
  %10 = act.leaky_relu_backward %dy, %x {slope = 0.0} : tensor<?xf32>
  // CHECK: act.leaky_relu_backward %arg1, %arg0 {slope = 1.0e-05} : tensor<?xf32>{{$}}
  %11 = act.leaky_relu_backward %dy, %x {slope = 1.0e-5} : tensor<?xf32>
  // CHECK: act.leaky_relu_backward %arg1, %arg0 {slope = 0.1} : tensor<?xf32>{{$}}
  %12 = act.leaky_relu_backward %dy, %x {slope = 0.10000000000000001}
    : tensor<?xf32>
  // CHECK: act.leaky_relu_backward %arg1, %arg0 {slope = 0.30000000000000004} : tensor<?xf32>{{$}}
  %13 = act.leaky_relu_backward %dy, %x {slope = 0.30000000000000004}
    : tensor<?xf32>
  // CHECK: act.leaky_relu_backward %arg1, %arg0 saved(output) {slope = 0.2} : tensor<?xf32>{{$}}
  %14 = act.leaky_relu_backward %dy, %x saved(output) {slope = 0.2}
    : tensor<?xf32>
  // CHECK: act.leaky_relu_backward %arg1, %arg0 {slope = 0.2} : tensor<?xf32>{{$}}
  %15 = act.leaky_relu_backward %dy, %x saved(input) {slope = 0.2}
    : tensor<?xf32>
  return
}

// CHECK-LABEL: func @elu(
func.func @elu(%x: tensor<?xf32>, %dy: tensor<?xf32>) {
  // CHECK: act.elu %arg0 : tensor<?xf32>{{$}}
  %0 = act.elu %x : tensor<?xf32>
  // CHECK: act.elu %arg0 : tensor<?xf32>{{$}}
  %1 = act.elu %x {alpha = 1.0} : tensor<?xf32>
  // CHECK: act.elu %arg0 {alpha = 1.5} : tensor<?xf32>{{$}}
  %2 = act.elu %x {alpha = 1.5} : tensor<?xf32>
  // CHECK: act.elu %arg0 {alpha = -1.0} : tensor<?xf32>{{$}}
  %3 = act.elu %x {alpha = -1.0} : tensor<?xf32>
  // CHECK: act.elu_backward %arg1, %arg0 : tensor<?xf32>{{$}}
  %4 = act.elu_backward %dy, %x : tensor<?xf32>
  // CHECK: act.elu_backward %arg1, %arg0 : tensor<?xf32>{{$}}
  %5 = act.elu_backward %dy, %x {alpha = 1.0} : tensor<?xf32>
  // CHECK: act.elu_backward %arg1, %arg0 {alpha = 1.5} : tensor<?xf32>{{$}}
  %6 = act.elu_backward %dy, %x {alpha = 1.5} : tensor<?xf32>
  // CHECK: act.elu_backward %arg1, %arg0 {alpha = -1.0} : tensor<?xf32>{{$}}
  %7 = act.elu_backward %dy, %x {alpha = -1.0} : tensor<?xf32>
  // CHECK: act.elu_backward %arg1, %arg0 saved(output) {alpha = 1.5} : tensor<?xf32>{{$}}
  %8 = act.elu_backward %dy, %x saved(output) {alpha = 1.5} : tensor<?xf32>
  // CHECK: act.elu_backward %arg1, %arg0 {alpha = 1.5} : tensor<?xf32>{{$}}
  %9 = act.elu_backward %dy, %x saved(input) {alpha = 1.5} : tensor<?xf32>
  return
}

// CHECK-LABEL: func @selu(
func.func @selu(%x: tensor<?xf32>, %dy: tensor<?xf32>) {
  // CHECK: act.selu %arg0 : tensor<?xf32>{{$}}
  %0 = act.selu %x : tensor<?xf32>
  // CHECK: act.selu_backward %arg1, %arg0 : tensor<?xf32>{{$}}
  %1 = act.selu_backward %dy, %x : tensor<?xf32>
  // CHECK: act.selu_backward %arg1, %arg0 saved(output) : tensor<?xf32>{{$}}
  %2 = act.selu_backward %dy, %x saved(output) : tensor<?xf32>
  // CHECK: act.selu_backward %arg1, %arg0 : tensor<?xf32>{{$}}
  %3 = act.selu_backward %dy, %x saved(input) : tensor<?xf32>
  return
}

// CHECK-LABEL: func @softplus(
func.func @softplus(%x: tensor<?xf32>, %dy: tensor<?xf32>) {
  // CHECK: act.softplus %arg0 : tensor<?xf32>{{$}}
  %0 = act.softplus %x : tensor<?xf32>
  // CHECK: act.softplus %arg0 : tensor<?xf32>{{$}}
  %1 = act.softplus %x {beta = 1.0} : tensor<?xf32>
  // CHECK: act.softplus %arg0 {beta = 2.0} : tensor<?xf32>{{$}}
  %2 = act.softplus %x {beta = 2.0} : tensor<?xf32>
  // CHECK: act.softplus %arg0 {threshold = 20.0} : tensor<?xf32>{{$}}
  %3 = act.softplus %x {threshold = 20.0} : tensor<?xf32>
  // CHECK: act.softplus %arg0 {beta = 0.5, threshold = 20.0} : tensor<?xf32>{{$}}
  %4 = act.softplus %x {threshold = 20.0, beta = 0.5} : tensor<?xf32>
  // CHECK: act.softplus_backward %arg1, %arg0 : tensor<?xf32>{{$}}
  %5 = act.softplus_backward %dy, %x : tensor<?xf32>
  // CHECK: act.softplus_backward %arg1, %arg0 : tensor<?xf32>{{$}}
  %6 = act.softplus_backward %dy, %x {beta = 1.0} : tensor<?xf32>
  // CHECK: act.softplus_backward %arg1, %arg0 {beta = 2.0} : tensor<?xf32>{{$}}
  %7 = act.softplus_backward %dy, %x {beta = 2.0} : tensor<?xf32>
  // CHECK: act.softplus_backward %arg1, %arg0 {threshold = 20.0} : tensor<?xf32>{{$}}
  %8 = act.softplus_backward %dy, %x {threshold = 20.0} : tensor<?xf32>
  // CHECK: act.softplus_backward %arg1, %arg0 {beta = 0.5, threshold = 20.0} : tensor<?xf32>{{$}}
  %9 = act.softplus_backward %dy, %x {threshold = 20.0, beta = 0.5}
    : tensor<?xf32>
  return
}
