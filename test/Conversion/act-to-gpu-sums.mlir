// RUN: act-opt %s --act-to-gpu --split-input-file | FileCheck %s

// A sum of one output: a warp for each chunk of 2048 terms, whose lanes go
// through shuffles; the first thread adds the total to what is there.

// CHECK-LABEL: gpu.func @total_sum_sums(
//  CHECK-SAME:   family = "sums", threads_per_block = 256 : i64
//       CHECK:   scf.for
// CHECK-COUNT-12: gpu.shuffle  xor
//       CHECK:   gpu.barrier
//       CHECK:   %[[B:.*]] = llvm.load %{{.*}} {alignment = 4 : i64} : !llvm.ptr<1> -> f32
//       CHECK:   %[[A:.*]] = arith.addf %[[B]], %{{.*}} : f32
//       CHECK:   llvm.store %[[A]], %{{.*}} {alignment = 4 : i64} : f32
func.func @total(%x: memref<?xf32>, %s: memref<f32>) {
  linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> ()>], iterator_types = ["reduction"]}
      ins(%x : memref<?xf32>) outs(%s : memref<f32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = arith.addf %out, %in : f32
    linalg.yield %0 : f32
  }
  return
}

// -----

// Sums of columns: threads of a warp have neighbouring ones, and 32 lanes of
// the fixed order each in registers. There are no shuffles.

// CHECK-LABEL: gpu.func @columns_sum_columns(
//  CHECK-SAME:   workgroup(%{{.*}} : memref<256xf32, #gpu.address_space<workgroup>>
//   CHECK-NOT:   gpu.shuffle
// CHECK-COUNT-32: llvm.load %{{.*}} {alignment = 4 : i64} : !llvm.ptr<1> -> f32
//       CHECK:   arith.addf %{{.*}}, %{{.*}} : vector<32xf32>
//       CHECK:   gpu.barrier
//       CHECK: gpu.return
func.func @columns(%x: memref<?x?xf32>, %s: memref<?xf32>) {
  linalg.generic {indexing_maps = [affine_map<(i, j) -> (j, i)>, affine_map<(i, j) -> (i)>],
                  iterator_types = ["parallel", "reduction"]}
      ins(%x : memref<?x?xf32>) outs(%s : memref<?xf32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = arith.addf %out, %in : f32
    linalg.yield %0 : f32
  }
  return
}

// -----

// Integers are added in any order.

// CHECK-LABEL: gpu.func @count_sum_sums(
//       CHECK:   scf.for {{.*}} -> (i64)
//       CHECK:   arith.addi %{{.*}}, %{{.*}} : i64
//       CHECK:   vector.bitcast %{{.*}} : vector<1xi64> to vector<2xi32>
func.func @count(%x: memref<?xi64>, %s: memref<i64>) {
  linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> ()>], iterator_types = ["reduction"]}
      ins(%x : memref<?xi64>) outs(%s : memref<i64>) {
  ^bb0(%in: i64, %out: i64):
    %0 = arith.addi %out, %in : i64
    linalg.yield %0 : i64
  }
  return
}

// -----

// A product of matrices: a thread for each element, a chain of its terms in
// order.

// CHECK-LABEL: gpu.func @product_product_products(
//       CHECK:   scf.for {{.*}} -> (f32)
//       CHECK:     math.fma %{{.*}}, %{{.*}}, %{{.*}} : f32
//   CHECK-NOT:     arith.mulf
//       CHECK:   llvm.store
func.func @product(%a: memref<?x?xf32>, %b: memref<?x?xf32>, %c: memref<?x?xf32>) {
  linalg.matmul ins(%a, %b : memref<?x?xf32>, memref<?x?xf32>) outs(%c : memref<?x?xf32>)
  return
}
