// A result that is put together from disjoint parts is written part by part.

// RUN: act-opt %s --act-outline-results --split-input-file | FileCheck %s

// CHECK-LABEL: func @halves
//  CHECK-SAME: %{{.*}}: memref<?xf32>, %{{.*}}: memref<?xf32>, %[[N:.*]]: index, %[[Y:.*]]: memref<?xf32> {act.result}
//   CHECK-DAG: %[[FIRST:.*]] = memref.subview %[[Y]][0] [%[[N]]] [1]
//   CHECK-DAG: %[[SECOND:.*]] = memref.subview %[[Y]][%[[N]]] [%[[N]]] [1]
//   CHECK-NOT: tensor.insert_slice
//       CHECK: bufferization.materialize_in_destination %{{.*}} in restrict writable %[[FIRST]]
//       CHECK: bufferization.materialize_in_destination %{{.*}} in restrict writable %[[SECOND]]
func.func @halves(%a: tensor<?xf32>, %b: tensor<?xf32>, %n: index)
    -> tensor<?xf32> {
  %c2 = arith.constant 2 : index
  %m = arith.muli %n, %c2 : index
  %e = tensor.empty(%m) : tensor<?xf32>
  %0 = tensor.insert_slice %a into %e[0] [%n] [1]
    : tensor<?xf32> into tensor<?xf32>
  %1 = tensor.insert_slice %b into %0[%n] [%n] [1]
    : tensor<?xf32> into tensor<?xf32>
  return %1 : tensor<?xf32>
}

// -----

// CHECK-LABEL: func @interleaved
//   CHECK-DAG: memref.subview %{{.*}}[0] [4] [2]
//   CHECK-DAG: memref.subview %{{.*}}[1] [4] [2]
//   CHECK-NOT: tensor.insert_slice
func.func @interleaved(%a: tensor<4xf32>, %b: tensor<4xf32>) -> tensor<8xf32> {
  %e = tensor.empty() : tensor<8xf32>
  %0 = tensor.insert_slice %a into %e[0] [4] [2]
    : tensor<4xf32> into tensor<8xf32>
  %1 = tensor.insert_slice %b into %0[1] [4] [2]
    : tensor<4xf32> into tensor<8xf32>
  return %1 : tensor<8xf32>
}

// -----

// Parts that overlap keep their order, and what a tensor held stays.

// CHECK-LABEL: func @overlapping
//   CHECK-NOT: memref.subview
//       CHECK: %[[R:.*]] = tensor.insert_slice %{{.*}} into %{{.*}}[3] [4] [1]
//       CHECK: bufferization.materialize_in_destination %[[R]] in
func.func @overlapping(%a: tensor<4xf32>, %b: tensor<4xf32>) -> tensor<8xf32> {
  %e = tensor.empty() : tensor<8xf32>
  %0 = tensor.insert_slice %a into %e[0] [4] [1]
    : tensor<4xf32> into tensor<8xf32>
  %1 = tensor.insert_slice %b into %0[3] [4] [1]
    : tensor<4xf32> into tensor<8xf32>
  return %1 : tensor<8xf32>
}

// CHECK-LABEL: func @into_input
//   CHECK-NOT: memref.subview
//       CHECK: %[[R:.*]] = tensor.insert_slice
//       CHECK: bufferization.materialize_in_destination %[[R]] in
func.func @into_input(%a: tensor<4xf32>, %b: tensor<8xf32>) -> tensor<8xf32> {
  %0 = tensor.insert_slice %a into %b[0] [4] [1]
    : tensor<4xf32> into tensor<8xf32>
  return %0 : tensor<8xf32>
}

// -----

// One tensor as two results, and as a part of a third.

// CHECK-LABEL: func @twice
//  CHECK-SAME: %[[A:[a-z0-9]+]]: memref<4xf32>, %[[R0:[a-z0-9]+]]: memref<8xf32> {act.result}, %[[R1:[a-z0-9]+]]: memref<8xf32> {act.result}
//   CHECK-NOT: tensor.insert_slice
//       CHECK: materialize_in_destination %{{.*}} in restrict writable %{{.*}}
//       CHECK: materialize_in_destination %{{.*}} in restrict writable %{{.*}}
//   CHECK-NOT: tensor.insert_slice
//       CHECK: return
func.func @twice(%a: tensor<4xf32>) -> (tensor<8xf32>, tensor<8xf32>) {
  %e = tensor.empty() : tensor<8xf32>
  %0 = tensor.insert_slice %a into %e[4] [4] [1]
    : tensor<4xf32> into tensor<8xf32>
  return %0, %0 : tensor<8xf32>, tensor<8xf32>
}

// -----

// What a result is made from is read before it is written over.

// CHECK-LABEL: func @read_first
//  CHECK-SAME: %[[R0:[a-z0-9]+]]: memref<8xf32> {act.result}, %[[R1:[a-z0-9]+]]: memref<8xf32> {act.result}
//       CHECK: %[[B:.*]] = math.absf
//       CHECK: %[[A:.*]] = tensor.insert_slice
//       CHECK: materialize_in_destination %[[B]] in restrict writable %[[R1]]
//       CHECK: materialize_in_destination %[[A]] in restrict writable %[[R0]]
func.func @read_first(%x: tensor<8xf32>, %y: tensor<4xf32>) -> (tensor<8xf32>, tensor<8xf32>) {
  %b = math.absf %x : tensor<8xf32>
  %a = tensor.insert_slice %y into %b[2] [4] [1]
    : tensor<4xf32> into tensor<8xf32>
  return %a, %b : tensor<8xf32>, tensor<8xf32>
}
