// RUN: act-opt %s --act-carry-in-place --split-input-file | FileCheck %s
// RUN: act-opt %s --act-carry-in-place --act-carry-in-place --split-input-file | FileCheck %s

// What a turn makes goes where it got it from.

// CHECK-LABEL: func @loop
//       CHECK: scf.for {{.*}} iter_args(%[[H:.*]] = %{{.*}})
//  CHECK-NEXT:   %[[G:.*]] = act.gelu %[[H]]
//  CHECK-NEXT:   %[[M:.*]] = bufferization.materialize_in_destination %[[G]] in %[[H]]
//  CHECK-NEXT:   scf.yield %[[M]]
func.func @loop(%x: tensor<?xf32>, %lo: index, %hi: index, %step: index) -> tensor<?xf32> {
  %r = scf.for %i = %lo to %hi step %step iter_args(%h = %x) -> (tensor<?xf32>) {
    %g = act.gelu %h : tensor<?xf32>
    scf.yield %g : tensor<?xf32>
  }
  return %r : tensor<?xf32>
}

// -----

// The size of one that came from outside may be another; so may that of what a
// concatenation makes. Numbers are not concerned.

// CHECK-LABEL: func @sizes
//   CHECK-NOT: materialize_in_destination
//   CHECK-NOT: linalg.copy
func.func @sizes(%x: tensor<?xf32>, %y: tensor<?xf32>, %n: f32, %lo: index, %hi: index, %step: index)
    -> (tensor<?xf32>, tensor<?xf32>, f32) {
  %r:3 = scf.for %i = %lo to %hi step %step iter_args(%h = %x, %k = %x, %s = %n)
      -> (tensor<?xf32>, tensor<?xf32>, f32) {
    %c = tensor.concat dim(0) %k, %y : (tensor<?xf32>, tensor<?xf32>) -> tensor<?xf32>
    %t = arith.addf %s, %s : f32
    scf.yield %y, %c, %t : tensor<?xf32>, tensor<?xf32>, f32
  }
  return %r#0, %r#1, %r#2 : tensor<?xf32>, tensor<?xf32>, f32
}

// -----

// What is written into needs nothing.

// CHECK-LABEL: func @tiles
//   CHECK-NOT: materialize_in_destination
func.func @tiles(%x: tensor<64xf32>, %lo: index, %hi: index, %step: index) -> tensor<64xf32> {
  %r = scf.for %i = %lo to %hi step %step iter_args(%h = %x) -> (tensor<64xf32>) {
    %t = tensor.extract_slice %x[%i] [8] [1] : tensor<64xf32> to tensor<8xf32>
    %g = act.gelu %t : tensor<8xf32>
    %n = tensor.insert_slice %g into %h[%i] [8] [1] : tensor<8xf32> into tensor<64xf32>
    scf.yield %n : tensor<64xf32>
  }
  return %r : tensor<64xf32>
}

// -----

// Both sides of a branch write one memory; what was there before is copied.

// CHECK-LABEL: func @branch
//  CHECK-SAME: %[[C:.*]]: i1, %[[X:.*]]: tensor<?xf32>
//       CHECK: %[[N:.*]] = tensor.dim %[[X]]
//       CHECK: %[[M:.*]] = bufferization.alloc_tensor(%[[N]])
//       CHECK: scf.if
//       CHECK:   %[[G:.*]] = act.gelu
//  CHECK-NEXT:   bufferization.materialize_in_destination %[[G]] in %[[M]]
//       CHECK: else
//  CHECK-NEXT:   linalg.copy ins(%[[X]] : tensor<?xf32>) outs(%[[M]] : tensor<?xf32>)
func.func @branch(%c: i1, %x: tensor<?xf32>) -> tensor<?xf32> {
  %r = scf.if %c -> (tensor<?xf32>) {
    %g = act.gelu %x : tensor<?xf32>
    scf.yield %g : tensor<?xf32>
  } else {
    scf.yield %x : tensor<?xf32>
  }
  return %r : tensor<?xf32>
}

// -----

// CHECK-LABEL: func @either
//   CHECK-NOT: alloc_tensor
func.func @either(%c: i1, %x: tensor<?xf32>, %y: tensor<?xf32>) -> tensor<?xf32> {
  %r = scf.if %c -> (tensor<?xf32>) {
    scf.yield %y : tensor<?xf32>
  } else {
    scf.yield %x : tensor<?xf32>
  }
  return %r : tensor<?xf32>
}

// -----

// What another place gets as it was is not written over, unless that place gets
// a copy.

// CHECK-LABEL: func @kept
//       CHECK: %[[G:.*]] = act.gelu
//  CHECK-NEXT: scf.yield %[[G]], %{{.*}}
func.func @kept(%x: tensor<?xf32>, %y: tensor<?xf32>, %lo: index, %hi: index, %step: index)
    -> (tensor<?xf32>, tensor<?xf32>) {
  %r:2 = scf.for %i = %lo to %hi step %step iter_args(%h = %x, %k = %y) -> (tensor<?xf32>, tensor<?xf32>) {
    %g = act.gelu %h : tensor<?xf32>
    scf.yield %g, %h : tensor<?xf32>, tensor<?xf32>
  }
  return %r#0, %r#1 : tensor<?xf32>, tensor<?xf32>
}

// -----

// CHECK-LABEL: func @places
//       CHECK: scf.for {{.*}} iter_args(%[[H:.*]] = %{{.*}}, %[[K:.*]] = %{{.*}})
//  CHECK-NEXT:   %[[A:.*]] = bufferization.alloc_tensor() copy(%[[K]])
//  CHECK-NEXT:   %[[B:.*]] = bufferization.alloc_tensor() copy(%[[H]])
//  CHECK-NEXT:   %[[C:.*]] = bufferization.materialize_in_destination %[[A]] in %[[H]]
//  CHECK-NEXT:   %[[D:.*]] = bufferization.materialize_in_destination %[[B]] in %[[K]]
//  CHECK-NEXT:   scf.yield %[[C]], %[[D]]
func.func @places(%x: tensor<?xf32>, %lo: index, %hi: index, %step: index)
    -> (tensor<?xf32>, tensor<?xf32>) {
  %r:2 = scf.for %i = %lo to %hi step %step iter_args(%h = %x, %k = %x) -> (tensor<?xf32>, tensor<?xf32>) {
    scf.yield %k, %h : tensor<?xf32>, tensor<?xf32>
  }
  return %r#0, %r#1 : tensor<?xf32>, tensor<?xf32>
}
