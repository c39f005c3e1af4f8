// RUN: act-opt %s --act-to-loops=vector-bits=256 --split-input-file | FileCheck %s

// A sum has 256 lanes, chunks of 2048 terms, and a tree.

// CHECK-LABEL: func @sum
//   CHECK-DAG: memref.alloca() {alignment = 64 : i64} : memref<256xf32>
//   CHECK-DAG: memref.alloca() {alignment = 64 : i64} : memref<64xf32>
//       CHECK: %[[CHUNK:.*]] = arith.constant 2048 : index
//       CHECK: arith.divui %{{.*}}, %[[CHUNK]]
//       CHECK: scf.for
//       CHECK:   scf.for
//       CHECK:     arith.select %{{.*}} : vector<32xi1>, vector<32xf32>
//       CHECK:     arith.addf %{{.*}} : vector<32xf32>
//       CHECK:   arith.addf %{{.*}} : vector<128xf32>
//       CHECK:   arith.addf %{{.*}} : vector<1xf32>
//       CHECK:   scf.while
//       CHECK: math.ctlz
//       CHECK: scf.for
func.func @sum(%x: memref<?x?xf32>, %s: memref<f32>) {
  linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> ()>],
                  iterator_types = ["reduction", "reduction"]}
      ins(%x : memref<?x?xf32>) outs(%s : memref<f32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = arith.mulf %in, %in : f32
    %1 = arith.addf %out, %0 : f32
    linalg.yield %1 : f32
  }
  return
}

// -----

// Positions that do not lie side by side are gathered in row-major order.

// CHECK-LABEL: func @channels
//       CHECK: scf.for
//       CHECK:   scf.for
//       CHECK:     scf.for
//       CHECK:       arith.remui
//       CHECK:       scf.for %{{.*}} iter_args(%{{.*}} = %{{.*}}, %{{.*}} = %{{.*}})
//       CHECK:       arith.addf %{{.*}} : vector<32xf32>
func.func @channels(%x: memref<?x3x?xf32>, %s: memref<3xf32>) {
  linalg.generic {indexing_maps = [affine_map<(i, c, j) -> (i, c, j)>, affine_map<(i, c, j) -> (c)>],
                  iterator_types = ["reduction", "parallel", "reduction"]}
      ins(%x : memref<?x3x?xf32>) outs(%s : memref<3xf32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = arith.addf %in, %out : f32
    linalg.yield %0 : f32
  }
  return
}

// -----

// What is not a sum keeps the order of its loops.

// CHECK-LABEL: func @maximum
//   CHECK-NOT: vector
//       CHECK: scf.for
//       CHECK:   arith.maximumf %{{.*}} : f32
func.func @maximum(%x: memref<?xf32>, %s: memref<f32>) {
  linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> ()>],
                  iterator_types = ["reduction"]}
      ins(%x : memref<?xf32>) outs(%s : memref<f32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = arith.maximumf %in, %out : f32
    linalg.yield %0 : f32
  }
  return
}

// -----

// In tier exact the lanes carry their rounding errors along.

// CHECK-LABEL: func @exact
//       CHECK: %[[AFTER:.*]] = arith.addf %[[BEFORE:.*]], %[[TERMS:.*]] : vector<32xf32>
//       CHECK: %[[PART:.*]] = arith.subf %[[AFTER]], %[[BEFORE]]
//       CHECK: arith.subf %[[TERMS]], %[[PART]]
//       CHECK: arith.addf %{{.*}}, %{{.*}} : vector<256xf32>
//       CHECK: arith.addf %{{.*}} : vector<128xf32>
func.func @exact(%x: memref<?xf32>, %s: memref<f32>) attributes {act.accuracy = "exact"} {
  linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> ()>],
                  iterator_types = ["reduction"]}
      ins(%x : memref<?xf32>) outs(%s : memref<f32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = arith.addf %out, %in : f32
    linalg.yield %0 : f32
  }
  return
}
