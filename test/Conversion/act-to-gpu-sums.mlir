// RUN: act-opt %s --act-to-gpu --split-input-file | FileCheck %s

// A sum of one output: a warp for each chunk of 2048 terms, whose lanes go
// through shuffles; the first thread adds the total to what is there. Long ones
// have a kernel for all chunks, and one for what these come to.

// CHECK-LABEL: gpu.func @total_sum_split(
//  CHECK-SAME:   family = "split", least_length = 65536 : i64, most_rows = 64 : i64, threads_per_block = 128 : i64
//   CHECK-NOT:   gpu.barrier
// CHECK-COUNT-5: gpu.shuffle  xor
//   CHECK-NOT:   gpu.barrier
//       CHECK:   llvm.store
// CHECK-LABEL: gpu.func @total_sum_split_0(
//       CHECK:   gpu.barrier
//       CHECK:   %[[BEFORE:.*]] = llvm.load %{{.*}} {alignment = 4 : i64} : !llvm.ptr<1> -> f32
//       CHECK:   arith.addf %[[BEFORE]], %{{.*}} : f32
// CHECK-LABEL: gpu.func @total_sum_sums(
//  CHECK-SAME:   family = "sums", threads_per_block = 256 : i64
//       CHECK:   scf.for
// CHECK-COUNT-12: gpu.shuffle  xor
//       CHECK:   gpu.barrier
//       CHECK:   %[[B:.*]] = llvm.load %{{.*}} {alignment = 4 : i64} : !llvm.ptr<1> -> f32
//       CHECK:   %[[A:.*]] = arith.addf %[[B]], %{{.*}} : f32
//       CHECK:   llvm.store %[[A]], %{{.*}} {alignment = 4 : i64} : f32
// CHECK-LABEL: func.func @total(
//       CHECK:   %[[LONG:.*]] = arith.cmpi sge, %{{.*}}, %c65536
//       CHECK:   scf.if %[[LONG]] {
//       CHECK:     memref.alloc
//       CHECK:     gpu.launch_func @total_kernels::@total_sum_split blocks
//       CHECK:     gpu.launch_func @total_kernels::@total_sum_split_0 blocks
//       CHECK:     memref.dealloc
//       CHECK:   } else {
//       CHECK:     gpu.launch_func @total_kernels::@total_sum_sums blocks
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

// What is known needs no choice: long sums of a few outputs, and of many.

// CHECK-LABEL: gpu.func @long_sum_split(
//   CHECK-NOT: gpu.func @long_sum_sums
// CHECK-LABEL: func.func @long(
//   CHECK-NOT:   scf.if
//       CHECK:   return
// CHECK-LABEL: gpu.func @many_sum_sums(
//   CHECK-NOT: gpu.func @many_sum_split
// CHECK-LABEL: func.func @many(
#along = affine_map<(i, j) -> (i, j)>
#output = affine_map<(i, j) -> (i)>
func.func @long(%x: memref<3x100000xf32>, %s: memref<3xf32>) {
  linalg.generic {indexing_maps = [#along, #output], iterator_types = ["parallel", "reduction"]}
      ins(%x : memref<3x100000xf32>) outs(%s : memref<3xf32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = arith.addf %out, %in : f32
    linalg.yield %0 : f32
  }
  return
}
func.func @many(%x: memref<65x100000xf32>, %s: memref<65xf32>) {
  linalg.generic {indexing_maps = [#along, #output], iterator_types = ["parallel", "reduction"]}
      ins(%x : memref<65x100000xf32>) outs(%s : memref<65xf32>) {
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

// -----

// So are maxima: lanes begin with what changes nothing.

// CHECK-LABEL: gpu.func @most_sum_sums(
//       CHECK:   %[[LOW:.*]] = arith.constant 0xFF800000 : f32
//       CHECK:   scf.for {{.*}} iter_args(%{{.*}} = %[[LOW]]) -> (f32)
//       CHECK:     arith.maximumf
//       CHECK:   gpu.shuffle  xor
//       CHECK:   arith.maximumf
func.func @most(%x: memref<?x?xf32>, %s: memref<?xf32>) {
  linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i)>],
                  iterator_types = ["parallel", "reduction"]}
      ins(%x : memref<?x?xf32>) outs(%s : memref<?xf32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = arith.maximumf %out, %in : f32
    linalg.yield %0 : f32
  }
  return
}

// -----

// Along columns neighbours read neighbours: a thread has a column.

// CHECK-LABEL: gpu.func @most_of_columns_fold_elements(
//   CHECK-NOT:   gpu.shuffle
//       CHECK:   %[[S:.*]] = llvm.load
//       CHECK:   scf.for {{.*}} iter_args(%{{.*}} = %[[S]]) -> (f32)
//       CHECK:     arith.maximumf
//   CHECK-NOT:   gpu.shuffle
//       CHECK:   llvm.store
func.func @most_of_columns(%x: memref<?x?xf32>, %s: memref<?xf32>) {
  linalg.generic {indexing_maps = [affine_map<(i, j) -> (j, i)>, affine_map<(i, j) -> (i)>],
                  iterator_types = ["parallel", "reduction"]}
      ins(%x : memref<?x?xf32>) outs(%s : memref<?xf32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = arith.maximumf %out, %in : f32
    linalg.yield %0 : f32
  }
  return
}

// -----

// Numbers of 16 bit are added in their order; a loop carries their bits.

// CHECK-LABEL: gpu.func @narrow_fold_elements(
//       CHECK:   scf.for {{.*}} -> (i16)
//       CHECK:     arith.addf {{.*}} : bf16
//       CHECK:     arith.bitcast {{.*}} : bf16 to i16
func.func @narrow(%x: memref<?x?xbf16>, %s: memref<?xbf16>) {
  linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i)>],
                  iterator_types = ["parallel", "reduction"]}
      ins(%x : memref<?x?xbf16>) outs(%s : memref<?xbf16>) {
  ^bb0(%in: bf16, %out: bf16):
    %0 = arith.addf %out, %in : bf16
    linalg.yield %0 : bf16
  }
  return
}

// -----

// A body may ask where its term is.

// CHECK-LABEL: gpu.func @where_fold_elements(
//       CHECK:   scf.for %[[J:.*]] = {{.*}} -> (f32, i64)
//       CHECK:     arith.index_cast
func.func @where(%x: memref<?x?xf32>, %s: memref<?xf32>, %w: memref<?xi64>) {
  linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i)>, affine_map<(i, j) -> (i)>],
                  iterator_types = ["parallel", "reduction"]}
      ins(%x : memref<?x?xf32>) outs(%s, %w : memref<?xf32>, memref<?xi64>) {
  ^bb0(%in: f32, %most: f32, %where: i64):
    %j = linalg.index 1 : index
    %here = arith.index_cast %j : index to i64
    %more = arith.cmpf ogt, %in, %most : f32
    %0 = arith.select %more, %in, %most : f32
    %1 = arith.select %more, %here, %where : i64
    linalg.yield %0, %1 : f32, i64
  }
  return
}
