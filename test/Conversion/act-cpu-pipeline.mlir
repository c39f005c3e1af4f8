// RUN: act-opt %s --act-cpu-pipeline | FileCheck %s --check-prefix=LLVM
// RUN: act-opt %s --act-cpu-pipeline="vector-bits=512 strided=true parallel=true" -o %t
// RUN: act-opt %s --act-cpu-pipeline="accuracy=exact" --dump-pass-pipeline -o %t 2>&1 | FileCheck %s --check-prefix=DUMP
// RUN: act-opt %s --act-inline --act-to-linalg --act-outline-results \
// RUN:   --eliminate-empty-tensors --one-shot-bufferize --canonicalize | FileCheck %s

// DUMP: act-inline
// DUMP: act-fuse
// DUMP: act-insert-checks
// DUMP: act-to-linalg
// DUMP: act-outline-results
// DUMP: one-shot-bufferize
// DUMP: act-to-loops
// DUMP: act-expand{accuracy=exact
// DUMP: act-set-fp-environment
// DUMP: act-to-llvm

// LLVM-NOT: {{(func|arith|scf|cf|vector|memref|linalg|tensor)\.}}
// LLVM-DAG: llvm.func @_mlir_ciface_twice
// LLVM-DAG: llvm.func @_mlir_ciface_twice__act_check
// LLVM-DAG: llvm.func @_mlir_ciface_twice__act_shapes

// A result that is returned twice is computed once.
// CHECK-LABEL: func @twice
//  CHECK-SAME: %[[A:[^:]*]]: memref<?xf32> {act.result}, %[[B:[^:]*]]: memref<?xf32> {act.result})
//   CHECK-NOT: memref.alloc
//       CHECK: linalg.generic {{.*}} outs(%[[FIRST:.*]] : memref<?xf32>)
//       CHECK: memref.copy %[[FIRST]]
//   CHECK-NOT: {{linalg.generic|memref.copy}}
func.func @twice(%x: tensor<?xf32>) -> (tensor<?xf32>, tensor<?xf32>) {
  %y = act.silu %x : tensor<?xf32>
  return %y, %y : tensor<?xf32>, tensor<?xf32>
}

// CHECK-LABEL: func @argument
//  CHECK-SAME: %[[X:[^:]*]]: memref<?x3xf32>, %[[Y:[^:]*]]: memref<?x3xf32> {act.result})
//  CHECK-NEXT: memref.copy %[[X]], %[[Y]]
//  CHECK-NEXT: return
func.func @argument(%x: tensor<?x3xf32>) -> tensor<?x3xf32> {
  return %x : tensor<?x3xf32>
}

// CHECK-LABEL: func @constant
//       CHECK: %[[C:.*]] = memref.get_global
//       CHECK: memref.copy %[[C]]
//   CHECK-NOT: memref.alloc
func.func @constant() -> tensor<3xf32> {
  %c = arith.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  return %c : tensor<3xf32>
}

// CHECK-LABEL: func @number
//  CHECK-SAME: %[[X:[^:]*]]: f32, %[[Y:[^:]*]]: memref<f32> {act.result})
//       CHECK: %[[V:.*]] = act.silu %[[X]] : f32
//       CHECK: memref.store %[[V]], %[[Y]][]
func.func @number(%x: f32) -> f32 {
  %y = act.silu %x : f32
  return %y : f32
}

// What is computed on the way to a result may lie in the result's memory.
// CHECK-LABEL: func @two_kernels
//   CHECK-NOT: {{memref.alloc|memref.copy}}
//       CHECK: return
func.func @two_kernels(%x: tensor<4x4xf32>) -> (tensor<4x4xf32>, tensor<4x4xf32>) {
  %a = act.silu %x : tensor<4x4xf32>
  %empty = tensor.empty() : tensor<4x4xf32>
  %t = linalg.transpose ins(%a : tensor<4x4xf32>) outs(%empty : tensor<4x4xf32>) permutation = [1, 0]
  return %a, %t : tensor<4x4xf32>, tensor<4x4xf32>
}
