// RUN: act-opt %s --act-fuse --split-input-file -o %t
// RUN: FileCheck %s --input-file=%t
// RUN: act-opt %s --act-fuse --split-input-file --verify-diagnostics \
// RUN:   --remarks-filter-missed=act-fuse -o %t.again
// RUN: act-opt %t --act-fuse --split-input-file | diff %t -

// CHECK-LABEL: func @halves(
//  CHECK-SAME: %[[X:.*]]: tensor<?x16xf32>)
//       CHECK: act.glu swiglu %[[X]] layout(halves) gate(first) {dim = 1} : tensor<?x16xf32> -> tensor<?x8xf32>
//   CHECK-NOT: tensor.extract_slice
func.func @halves(%x: tensor<?x16xf32>) -> tensor<?x8xf32> {
  %zero = arith.constant 0 : index
  %rows = tensor.dim %x, %zero : tensor<?x16xf32>
  %g = tensor.extract_slice %x[0, 0] [%rows, 8] [1, 1]
    : tensor<?x16xf32> to tensor<?x8xf32>
  %u = tensor.extract_slice %x[0, 8] [%rows, 8] [1, 1]
    : tensor<?x16xf32> to tensor<?x8xf32>
  %y = act.gate swiglu %g, %u : tensor<?x8xf32>
  return %y : tensor<?x8xf32>
}

// From the activation and the product, with the gate second, in dimension 0.
// CHECK-LABEL: func @second(
//       CHECK: act.glu glu %{{.*}} layout(halves) gate(second) {dim = 0} : tensor<4x3xf64> -> tensor<2x3xf64>
func.func @second(%x: tensor<4x3xf64>) -> tensor<2x3xf64> {
  %u = tensor.extract_slice %x[0, 0] [2, 3] [1, 1]
    : tensor<4x3xf64> to tensor<2x3xf64>
  %g = tensor.extract_slice %x[2, 0] [2, 3] [1, 1]
    : tensor<4x3xf64> to tensor<2x3xf64>
  %s = act.sigmoid %g : tensor<2x3xf64>
  %y = arith.mulf %u, %s : tensor<2x3xf64>
  return %y : tensor<2x3xf64>
}

// CHECK-LABEL: func @interleaved(
//       CHECK: act.glu geglu %{{.*}} layout(interleaved) gate(second) {dim = 1} : tensor<2x6xbf16> -> tensor<2x3xbf16>
func.func @interleaved(%x: tensor<2x6xbf16>) -> tensor<2x3xbf16> {
  %u = tensor.extract_slice %x[0, 0] [2, 3] [1, 2]
    : tensor<2x6xbf16> to tensor<2x3xbf16>
  %g = tensor.extract_slice %x[0, 1] [2, 3] [1, 2]
    : tensor<2x6xbf16> to tensor<2x3xbf16>
  %y = act.gate geglu %g, %u : tensor<2x3xbf16>
  return %y : tensor<2x3xbf16>
}

// -----

// CHECK-LABEL: func @same
//       CHECK: act.gate
func.func @same(%x: tensor<8xf32>) -> tensor<4xf32> {
  %g = tensor.extract_slice %x[0] [4] [1] : tensor<8xf32> to tensor<4xf32>
  // expected-remark @below {{packed-gate | Category:act-fuse | Function=same | Remark="the slices are not the two parts of their tensor"}}
  %y = act.gate swiglu %g, %g : tensor<4xf32>
  return %y : tensor<4xf32>
}

// CHECK-LABEL: func @mixed
//       CHECK: act.gate
func.func @mixed(%x: tensor<4xf32>) -> tensor<2xf32> {
  %g = tensor.extract_slice %x[0] [2] [1] : tensor<4xf32> to tensor<2xf32>
  %u = tensor.extract_slice %x[1] [2] [2] : tensor<4xf32> to tensor<2xf32>
  // expected-remark @below {{the slices are not the two parts of their tensor}}
  %y = act.gate swiglu %g, %u : tensor<2xf32>
  return %y : tensor<2xf32>
}

// CHECK-LABEL: func @gap
//       CHECK: act.gate
func.func @gap(%x: tensor<9xf32>) -> tensor<4xf32> {
  %g = tensor.extract_slice %x[0] [4] [1] : tensor<9xf32> to tensor<4xf32>
  %u = tensor.extract_slice %x[5] [4] [1] : tensor<9xf32> to tensor<4xf32>
  // expected-remark @below {{a slice is neither half of dimension 0, of size 9, nor its even or odd elements}}
  %y = act.gate swiglu %g, %u : tensor<4xf32>
  return %y : tensor<4xf32>
}

// An odd size would leave an element out.
// CHECK-LABEL: func @dynamic
//       CHECK: act.gate
func.func @dynamic(%x: tensor<?xf32>, %n: index) -> tensor<?xf32> {
  %g = tensor.extract_slice %x[0] [%n] [1] : tensor<?xf32> to tensor<?xf32>
  %u = tensor.extract_slice %x[%n] [%n] [1] : tensor<?xf32> to tensor<?xf32>
  // expected-remark @below {{dimension 0 is dynamic: it may be more than two slices}}
  %y = act.gate swiglu %g, %u : tensor<?xf32>
  return %y : tensor<?xf32>
}

// CHECK-LABEL: func @window
//       CHECK: act.gate
func.func @window(%x: tensor<4x8xf32>) -> tensor<3x4xf32> {
  %g = tensor.extract_slice %x[0, 0] [3, 4] [1, 1]
    : tensor<4x8xf32> to tensor<3x4xf32>
  %u = tensor.extract_slice %x[0, 4] [3, 4] [1, 1]
    : tensor<4x8xf32> to tensor<3x4xf32>
  // expected-remark @below {{a slice is not full in all dimensions but one}}
  %y = act.gate swiglu %g, %u : tensor<3x4xf32>
  return %y : tensor<3x4xf32>
}

// CHECK-LABEL: func @dropped
//       CHECK: act.gate
func.func @dropped(%x: tensor<2x8xf32>) -> tensor<8xf32> {
  %g = tensor.extract_slice %x[0, 0] [1, 8] [1, 1]
    : tensor<2x8xf32> to tensor<8xf32>
  %u = tensor.extract_slice %x[1, 0] [1, 8] [1, 1]
    : tensor<2x8xf32> to tensor<8xf32>
  // expected-remark @below {{a slice drops a dimension}}
  %y = act.gate swiglu %g, %u : tensor<8xf32>
  return %y : tensor<8xf32>
}

// CHECK-LABEL: func @slice_used
//       CHECK: act.gate
func.func @slice_used(%x: tensor<8xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %g = tensor.extract_slice %x[0] [4] [1] : tensor<8xf32> to tensor<4xf32>
  %u = tensor.extract_slice %x[4] [4] [1] : tensor<8xf32> to tensor<4xf32>
  // expected-remark @below {{'tensor.extract_slice' is also used by 'func.return'}}
  %y = act.gate swiglu %g, %u : tensor<4xf32>
  return %g, %y : tensor<4xf32>, tensor<4xf32>
}

// Slices of two tensors are two operands.
// CHECK-LABEL: func @two_tensors
//       CHECK: act.gate
func.func @two_tensors(%a: tensor<8xf32>, %b: tensor<8xf32>) -> tensor<4xf32> {
  %g = tensor.extract_slice %a[0] [4] [1] : tensor<8xf32> to tensor<4xf32>
  %u = tensor.extract_slice %b[4] [4] [1] : tensor<8xf32> to tensor<4xf32>
  %y = act.gate swiglu %g, %u : tensor<4xf32>
  return %y : tensor<4xf32>
}
