// RUN: act-opt %s --split-input-file --transform-interpreter --canonicalize \
// RUN:   --verify-diagnostics | FileCheck %s

// Upstream tiling cuts row-wise operations into tiles of whole rows.

// CHECK-LABEL: func @softmax(
//  CHECK-SAME: %[[X:.*]]: tensor<?x1000xf32>, %[[M:.*]]: tensor<1x1000xi1>
func.func @softmax(%x: tensor<?x1000xf32>, %m: tensor<1x1000xi1>)
    -> (tensor<?x1000xf32>, tensor<?xf32>) {
  // CHECK: scf.for %[[I:[^ ]*]] =
  // CHECK:   %[[S:.*]] = tensor.extract_slice %[[X]][%[[I]], 0] [%[[N:.*]], 1000] [1, 1]
  // The mask is broadcast along the rows.
  // CHECK:   act.softmax %[[S]] mask(%[[M]] : tensor<1x1000xi1>) {dim = 1} : tensor<?x1000xf32> -> tensor<?x1000xf32>, tensor<?xf32>
  // CHECK:   tensor.insert_slice %{{.*}}[%[[I]], 0] [%[[N]], 1000] [1, 1]
  // CHECK:   tensor.insert_slice %{{.*}}[%[[I]]] [%[[N]]] [1]
  %y, %lse = act.softmax %x mask(%m : tensor<1x1000xi1>) {dim = 1}
    : tensor<?x1000xf32> -> tensor<?x1000xf32>, tensor<?xf32>
  return %y, %lse : tensor<?x1000xf32>, tensor<?xf32>
}

module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(
      %root: !transform.any_op {transform.readonly}) {
    %op = transform.structured.match ops{["act.softmax"]} in %root
      : (!transform.any_op) -> !transform.any_op
    %tiled, %loop = transform.structured.tile_using_for %op tile_sizes [4]
      : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}

// -----

// CHECK-LABEL: func @cross_entropy(
//  CHECK-SAME: %[[X:.*]]: tensor<12x10x6xf32>, %[[T:.*]]: tensor<12x6xi64>, %[[W:.*]]: tensor<10xf32>
func.func @cross_entropy(%x: tensor<12x10x6xf32>, %t: tensor<12x6xi64>,
                         %w: tensor<10xf32>) -> tensor<12x6xf32> {
  // CHECK: scf.for %[[I:[^ ]*]] =
  // CHECK:   scf.for %[[K:[^ ]*]] =
  // CHECK:     %[[XS:.*]] = tensor.extract_slice %[[X]][%[[I]], 0, %[[K]]] [4, 10, 3]
  // CHECK:     %[[TS:.*]] = tensor.extract_slice %[[T]][%[[I]], %[[K]]] [4, 3]
  // CHECK:     act.cross_entropy %[[XS]], %[[TS]] class_weight(%[[W]] : tensor<10xf32>) reduction(none) {dim = 1} : tensor<4x10x3xf32>, tensor<4x3xi64> -> tensor<4x3xf32>
  // CHECK:     tensor.insert_slice %{{.*}}[%[[I]], %[[K]]] [4, 3]
  %l = act.cross_entropy %x, %t class_weight(%w : tensor<10xf32>)
    reduction(none)
    : tensor<12x10x6xf32>, tensor<12x6xi64> -> tensor<12x6xf32>
  return %l : tensor<12x6xf32>
}

// With destinations on memory.
// CHECK-LABEL: func @memory(
func.func @memory(%x: memref<12x10x6xf32>, %t: memref<12x6xi64>,
                  %l: memref<12x6xf32>) {
  // CHECK: scf.for
  // CHECK:   scf.for
  // CHECK:     memref.subview %{{.*}} [4, 10, 3]
  // CHECK:     memref.subview %{{.*}} [4, 3]
  // CHECK:     memref.subview %{{.*}} [4, 3]
  // CHECK:     act.cross_entropy ins(
  act.cross_entropy ins(%x, %t : memref<12x10x6xf32>, memref<12x6xi64>)
    outs(%l : memref<12x6xf32>) reduction(none)
  return
}

module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(
      %root: !transform.any_op {transform.readonly}) {
    %op = transform.structured.match ops{["act.cross_entropy"]} in %root
      : (!transform.any_op) -> !transform.any_op
    %tiled, %loops:2 = transform.structured.tile_using_for %op
      tile_sizes [4, 0, 3]
      : (!transform.any_op)
      -> (!transform.any_op, !transform.any_op, !transform.any_op)
    transform.yield
  }
}

// -----

// A producer moves into the loop of its consumer.
// CHECK-LABEL: func @fuse(
func.func @fuse(%x: tensor<8x10xf32>, %u: tensor<8x10xf32>)
    -> tensor<8x10xf32> {
  // CHECK: scf.for
  // CHECK:   act.softmax %{{.*}} {dim = 1} : tensor<2x10xf32>
  // CHECK:   act.log_softmax %{{.*}} {dim = 1} : tensor<2x10xf32>
  %y = act.softmax %x : tensor<8x10xf32>
  %z = act.log_softmax %y : tensor<8x10xf32>
  return %z : tensor<8x10xf32>
}

module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(
      %root: !transform.any_op {transform.readonly}) {
    %op = transform.structured.match ops{["act.log_softmax"]} in %root
      : (!transform.any_op) -> !transform.any_op
    %tiled, %loop = transform.structured.fuse %op tile_sizes [2]
      : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}

// -----

func.func @mean(%x: tensor<12x10xf32>, %t: tensor<12xi64>) -> tensor<f32> {
  // expected-error @below {{'act.cross_entropy' op cannot be tiled: a result depends on all rows; tile the operation with reduction(none) and without extra(counts)}}
  // expected-error @below {{tile operation}}
  // expected-error @below {{failed to generate tiling loops}}
  %l = act.cross_entropy %x, %t
    : tensor<12x10xf32>, tensor<12xi64> -> tensor<f32>
  return %l : tensor<f32>
}

module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(
      %root: !transform.any_op {transform.readonly}) {
    %op = transform.structured.match ops{["act.cross_entropy"]} in %root
      : (!transform.any_op) -> !transform.any_op
    %tiled, %loop = transform.structured.tile_using_for %op tile_sizes [4]
      : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}

// -----

func.func @reduced(%x: tensor<12x10xf32>) -> tensor<12x10xf32> {
  // expected-error @below {{'act.softmax' op cannot be tiled along dimension 1, which it reduces; give that dimension the tile size 0}}
  // expected-error @below {{tile operation}}
  // expected-error @below {{failed to generate tiling loops}}
  %y = act.softmax %x : tensor<12x10xf32>
  return %y : tensor<12x10xf32>
}

module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(
      %root: !transform.any_op {transform.readonly}) {
    %op = transform.structured.match ops{["act.softmax"]} in %root
      : (!transform.any_op) -> !transform.any_op
    %tiled, %loop = transform.structured.tile_using_for %op tile_sizes [0, 5]
      : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}

// -----

// A dimension of the mask that turns out to be 1 is repeated.

// CHECK-LABEL: func @dynamic_mask(
//  CHECK-SAME: %[[X:.*]]: tensor<?x?xf32>, %[[M:.*]]: tensor<?x?xi1>
func.func @dynamic_mask(%x: tensor<?x?xf32>, %m: tensor<?x?xi1>)
    -> tensor<?x?xf32> {
  // CHECK: scf.for %[[I:[^ ]*]] =
  // CHECK:   %[[ROWS:.*]] = tensor.dim %[[M]], %c0
  // CHECK:   %[[ISONE:.*]] = arith.cmpi eq, %[[ROWS]], %c1
  // CHECK:   %[[OFFSET:.*]] = arith.select %[[ISONE]], %c0, %[[I]]
  // CHECK:   %[[SIZE:.*]] = arith.select %[[ISONE]], %c1, %{{.*}}
  // CHECK:   tensor.extract_slice %[[M]][%[[OFFSET]], {{.*}}] [%[[SIZE]], {{.*}}]
  %y = act.softmax %x mask(%m : tensor<?x?xi1>) : tensor<?x?xf32>
  return %y : tensor<?x?xf32>
}

module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(
      %root: !transform.any_op {transform.readonly}) {
    %op = transform.structured.match ops{["act.softmax"]} in %root
      : (!transform.any_op) -> !transform.any_op
    %tiled, %loop = transform.structured.tile_using_for %op tile_sizes [4]
      : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}
