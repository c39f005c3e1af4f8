// RUN: act-opt %s --act-to-loops=vector-bits=256 --split-input-file | FileCheck %s

// The maximum and its first block, the terms and their sum, the results. Terms
// wait in y.

// CHECK-LABEL: func @softmax
//   CHECK-DAG: memref.alloca() {alignment = 64 : i64} : memref<256xf32>
//       CHECK: scf.for
//       CHECK:   scf.for %{{.*}} iter_args(%{{.*}}, %{{.*}}) -> (vector<32xf32>, vector<32xi32>)
//       CHECK:     vector.load %{{.*}} vector<32xf32>
//       CHECK:     arith.cmpf ogt, %{{.*}} : vector<32xf32>
//       CHECK:   scf.for
//       CHECK:     scf.for
//       CHECK:       vector.load
//       CHECK:       %[[TERM:.*]] = act.exp_difference %{{.*}} {act.accuracy = "default"} : vector<32xf32>, vector<32xf32>
//       CHECK:       vector.store %[[TERM]]
//       CHECK:       scf.if
//       CHECK:       arith.addf %{{.*}} : vector<32xf32>
//       CHECK:   %[[SUM:.*]] = arith.addf %{{.*}}, %{{.*}} : f32
//       CHECK:   arith.divf %{{.*}} : f32
//       CHECK:   scf.for
//       CHECK:     vector.load
//       CHECK:     arith.mulf %{{.*}} : vector<32xf32>
//       CHECK:     vector.store
func.func @softmax(%x: memref<?x?xf32>, %y: memref<?x?xf32>) {
  act.softmax ins(%x : memref<?x?xf32>) outs(%y : memref<?x?xf32>)
  return
}

// -----

// The exact tier divides.

// CHECK-LABEL: func @exact
//       CHECK: act.exp_difference %{{.*}} {act.accuracy = "exact"}
//       CHECK: arith.divf %{{.*}} : vector<32xf32>
func.func @exact(%x: memref<?x?xf32>, %y: memref<?x?xf32>) {
  act.softmax ins(%x : memref<?x?xf32>) outs(%y : memref<?x?xf32>)
    {act.accuracy = "exact"}
  return
}

// -----

// Terms do not wait in 16 bits: they are computed twice.

// CHECK-LABEL: func @f16
//       CHECK: act.exp_difference
//       CHECK: act.exp_difference
//       CHECK: arith.truncf %{{.*}} : vector<32xf32> to vector<32xf16>
func.func @f16(%x: memref<?x?xf16>, %y: memref<?x?xf16>) {
  act.softmax ins(%x : memref<?x?xf16>) outs(%y : memref<?x?xf16>)
  return
}

// -----

// Short rows of known length have as many lanes as they need, and no chunks.

// CHECK-LABEL: func @short
//   CHECK-NOT: memref<256xf32>
//   CHECK-NOT: scf.while
//       CHECK: vector<16xf32>
//       CHECK: return
func.func @short(%x: memref<?x10xf32>, %y: memref<?x10xf32>) {
  act.softmax ins(%x : memref<?x10xf32>) outs(%y : memref<?x10xf32>)
  return
}
