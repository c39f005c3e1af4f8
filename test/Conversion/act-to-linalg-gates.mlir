// RUN: act-opt %s --act-to-linalg --split-input-file | FileCheck %s

// A gate is elementwise: it joins what stands around it.

// CHECK-LABEL: func @gate
//  CHECK-SAME: %[[G:.*]]: tensor<?x8xf32>, %[[U:.*]]: tensor<?x8xf32>
//       CHECK: linalg.generic
//  CHECK-SAME: ins(%[[G]], %[[U]] :
//  CHECK-NEXT: ^bb0(%[[A:.*]]: f32, %[[B:.*]]: f32, %{{.*}}: f32):
//  CHECK-NEXT:   %[[Y:.*]] = act.gate swiglu %[[A]], %[[B]] {beta = 2.0} : f32
//  CHECK-NEXT:   %[[Z:.*]] = arith.addf %[[Y]], %[[A]] : f32
//  CHECK-NEXT:   linalg.yield %[[Z]] : f32
//   CHECK-NOT: linalg.generic
func.func @gate(%g: tensor<?x8xf32>, %u: tensor<?x8xf32>) -> tensor<?x8xf32> {
  %y = act.gate swiglu %g, %u {beta = 2.0} : tensor<?x8xf32>
  %z = arith.addf %y, %g : tensor<?x8xf32>
  return %z : tensor<?x8xf32>
}

// -----

// Both gradients come from one pass.

// CHECK-LABEL: func @gate_backward
//       CHECK: %[[R:.*]]:2 = linalg.generic
//       CHECK:   %[[DG:.*]], %[[DU:.*]] = act.gate_backward geglu %{{.*}}, %{{.*}}, %{{.*}} : f32, bf16
//  CHECK-NEXT:   linalg.yield %[[DG]], %[[DU]] : bf16, bf16
//       CHECK: return %[[R]]#0, %[[R]]#1
func.func @gate_backward(%dy: tensor<?xf32>, %g: tensor<?xbf16>,
                         %u: tensor<?xbf16>)
    -> (tensor<?xbf16>, tensor<?xbf16>) {
  %dg, %du = act.gate_backward geglu %dy, %g, %u : tensor<?xf32>, tensor<?xbf16>
  return %dg, %du : tensor<?xbf16>, tensor<?xbf16>
}

// -----

// The parts of a packed tensor are slices. Attributes go along.

// CHECK-LABEL: func @halves
//  CHECK-SAME: %[[X:.*]]: tensor<?x16xf32>
//       CHECK: %[[N:.*]] = tensor.dim %[[X]], %{{.*}}
//       CHECK: %[[G:.*]] = tensor.extract_slice %[[X]][0, 8] [%[[N]], 8] [1, 1]
//       CHECK: %[[U:.*]] = tensor.extract_slice %[[X]][0, 0] [%[[N]], 8] [1, 1]
//       CHECK: linalg.generic
//  CHECK-SAME: ins(%[[G]], %[[U]] :
//       CHECK:   act.gate glu %{{.*}}, %{{.*}} {act.accuracy = "exact"} : f32 -> bf16
func.func @halves(%x: tensor<?x16xf32>) -> tensor<?x8xbf16> {
  %y = act.glu glu %x {act.accuracy = "exact"}
    : tensor<?x16xf32> -> tensor<?x8xbf16>
  return %y : tensor<?x8xbf16>
}

// -----

// Half of a dynamic size is computed.

// CHECK-LABEL: func @dynamic_halves
//  CHECK-SAME: %[[X:.*]]: tensor<?x4xf32>
//       CHECK: %[[N:.*]] = tensor.dim %[[X]], %{{.*}}
//       CHECK: %[[C2:.*]] = arith.constant 2 : index
//       CHECK: %[[HALF:.*]] = arith.divui %[[N]], %[[C2]]
//       CHECK: tensor.extract_slice %[[X]][0, 0] [%[[HALF]], 4] [1, 1]
//       CHECK: tensor.extract_slice %[[X]][%[[HALF]], 0] [%[[HALF]], 4] [1, 1]
func.func @dynamic_halves(%x: tensor<?x4xf32>) -> tensor<?x4xf32> {
  %y = act.glu swiglu %x {dim = 0} : tensor<?x4xf32>
  return %y : tensor<?x4xf32>
}

// -----

// CHECK-LABEL: func @interleaved
//  CHECK-SAME: %[[X:.*]]: tensor<4x6xf32>
//       CHECK: %[[G:.*]] = tensor.extract_slice %[[X]][0, 1] [4, 3] [1, 2]
//       CHECK: %[[U:.*]] = tensor.extract_slice %[[X]][0, 0] [4, 3] [1, 2]
//       CHECK: linalg.generic
//  CHECK-SAME: ins(%[[G]], %[[U]] :
func.func @interleaved(%x: tensor<4x6xf32>) -> tensor<4x3xf32> {
  %y = act.glu swiglu_oai %x layout(interleaved) gate(second)
    : tensor<4x6xf32> -> tensor<4x3xf32>
  return %y : tensor<4x3xf32>
}

// -----

// The gradients of the parts are inserted into one tensor.

// CHECK-LABEL: func @backward
//  CHECK-SAME: %[[DY:.*]]: tensor<3xf32>, %[[X:.*]]: tensor<6xf32>
//       CHECK: %[[G:.*]] = tensor.extract_slice %[[X]][0] [3] [1]
//       CHECK: %[[U:.*]] = tensor.extract_slice %[[X]][3] [3] [1]
//       CHECK: %[[R:.*]]:2 = linalg.generic
//  CHECK-SAME: ins(%[[DY]], %[[G]], %[[U]] :
//       CHECK: %[[E:.*]] = tensor.empty() : tensor<6xf32>
//       CHECK: %[[A:.*]] = tensor.insert_slice %[[R]]#0 into %[[E]][0] [3] [1]
//       CHECK: %[[B:.*]] = tensor.insert_slice %[[R]]#1 into %[[A]][3] [3] [1]
//       CHECK: return %[[B]]
func.func @backward(%dy: tensor<3xf32>, %x: tensor<6xf32>) -> tensor<6xf32> {
  %dx = act.glu_backward swiglu %dy, %x : tensor<3xf32>, tensor<6xf32>
  return %dx : tensor<6xf32>
}

// -----

// What follows a packed gate joins it.

// CHECK-LABEL: func @followed
//       CHECK: linalg.generic
//       CHECK:   %[[Y:.*]] = act.gate reglu
//  CHECK-NEXT:   arith.mulf %[[Y]]
//   CHECK-NOT: linalg.generic
func.func @followed(%x: tensor<?x?xf32>, %s: tensor<?x?xf32>)
    -> tensor<?x?xf32> {
  %y = act.glu reglu %x : tensor<?x?xf32>
  %z = arith.mulf %y, %s : tensor<?x?xf32>
  return %z : tensor<?x?xf32>
}

// -----

// Nothing is packed in nothing.

// CHECK-LABEL: func @nothing
//   CHECK-NOT: extract_slice
//       CHECK: %[[Y:.*]] = tensor.empty(%{{.*}}) : tensor<?x0x2xf32>
//       CHECK: return %[[Y]]
func.func @nothing(%x: tensor<?x0x4xf32>) -> tensor<?x0x2xf32> {
  %y = act.glu geglu %x : tensor<?x0x4xf32> -> tensor<?x0x2xf32>
  return %y : tensor<?x0x2xf32>
}

// -----

// CHECK-LABEL: func @gradient_of_nothing
//   CHECK-NOT: insert_slice
//       CHECK: tensor.empty() : tensor<3x0xbf16>
func.func @gradient_of_nothing(%dy: tensor<3x0xbf16>, %x: tensor<3x0xbf16>) -> tensor<3x0xbf16> {
  %dx = act.glu_backward swiglu %dy, %x layout(interleaved) : tensor<3x0xbf16>, tensor<3x0xbf16>
  return %dx : tensor<3x0xbf16>
}
