// RUN: act-opt %s --act-to-gpu=chip=sm_90 --split-input-file | FileCheck %s
// RUN: act-opt %s --act-to-gpu="chip=sm_80 schedule=threads=64,accesses=1" --split-input-file | FileCheck %s --check-prefix=SET

// Wide accesses, all loads before the first use; a partial tile goes one access
// at a time and its last elements one by one. The host looks at the addresses.

// CHECK: module attributes {gpu.container_module}
// CHECK-LABEL: gpu.module @contiguous_kernels [#nvvm.target<chip = "sm_90">]
//       CHECK: gpu.func @contiguous_elementwise_tiles(%[[N:.*]]: index, %[[X:.*]]: !llvm.ptr<1>, %[[Y:.*]]: !llvm.ptr<1>) kernel
//  CHECK-SAME:   act.schedule = {accesses = 4 : i64, elements_per_access = 4 : i64, family = "tiles", threads_per_block = 128 : i64}
//  CHECK-SAME:   known_block_size = array<i32: 128, 1, 1>
//       CHECK:   scf.if
// CHECK-COUNT-4:   llvm.load %{{.*}} {alignment = 16 : i64} : !llvm.ptr<1> -> vector<4xf32>
//       CHECK:     %[[R:.*]] = act.silu %{{.*}} : vector<4xf32>
//       CHECK:     llvm.store %[[R]], %{{.*}} {alignment = 16 : i64} : vector<4xf32>, !llvm.ptr<1>
//       CHECK:   } else {
//       CHECK:     scf.for
//       CHECK:       act.silu %{{.*}} : vector<4xf32>
//       CHECK:     act.silu %{{.*}} : f32
//       CHECK: gpu.func @contiguous_elementwise_elements
//       CHECK:   scf.for
//       CHECK:     llvm.load %{{.*}} {alignment = 4 : i64} : !llvm.ptr<1> -> f32
// CHECK-LABEL: func.func @contiguous
//       CHECK:   %[[BITS:.*]] = arith.andi %{{.*}}, %{{.*}} : i64
//       CHECK:   scf.if
//       CHECK:     gpu.launch_func @contiguous_kernels::@contiguous_elementwise_tiles
//  CHECK-SAME:       threads in (%c128{{[_0-9]*}}, %c1, %c1)
//  CHECK-SAME:       args(%{{[0-9]+}} : index, %{{[0-9]+}} : !llvm.ptr<1>, %{{[0-9]+}} : !llvm.ptr<1>)
//       CHECK:   } else {
//       CHECK:     gpu.launch_func @contiguous_kernels::@contiguous_elementwise_elements

// SET: #nvvm.target<chip = "sm_80">
// SET: {accesses = 1 : i64, elements_per_access = 4 : i64, family = "tiles", threads_per_block = 64 : i64}
// SET: {accesses = 1 : i64, elements_per_access = 1 : i64, family = "elements", threads_per_block = 64 : i64}
func.func @contiguous(%x: memref<?x?xf32>, %y: memref<?x?xf32>) {
  linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>],
                  iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<?x?xf32>) outs(%y : memref<?x?xf32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = act.silu %in : f32
    linalg.yield %0 : f32
  }
  return
}

// -----

// Rows that lie apart and a bias that is repeated: blocks are tiles of a row.
// The strides of the rows must be aligned too. Widths follow the smallest type.

// CHECK-LABEL: gpu.func @rows_elementwise_tiles
//  CHECK-SAME:   elements_per_access = 8 : i64
//       CHECK:   gpu.block_id  y
//       CHECK:   gpu.grid_dim  y
//       CHECK:   scf.for
//       CHECK:     llvm.load %{{.*}} {alignment = 16 : i64} : !llvm.ptr<1> -> vector<8xbf16>
//       CHECK:     llvm.load %{{.*}} {alignment = 16 : i64} : !llvm.ptr<1> -> vector<8xf32>
// CHECK-LABEL: func.func @rows
//       CHECK:   arith.cmpi sge, %{{.*}}, %c128 : index
//       CHECK:   gpu.launch_func
func.func @rows(%x: memref<?x?xbf16, strided<[?, 1], offset: ?>>, %b: memref<?xf32>,
                %y: memref<?x?xf32, strided<[?, 1], offset: ?>>) {
  linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (j)>,
                                   affine_map<(i, j) -> (i, j)>],
                  iterator_types = ["parallel", "parallel"]}
      ins(%x, %b : memref<?x?xbf16, strided<[?, 1], offset: ?>>, memref<?xf32>)
      outs(%y : memref<?x?xf32, strided<[?, 1], offset: ?>>) {
  ^bb0(%in: bf16, %bias: f32, %out: f32):
    %0 = arith.extf %in : bf16 to f32
    %1 = arith.addf %0, %bias : f32
    linalg.yield %1 : f32
  }
  return
}

// -----

// The parts of an interleaved gate are one wide access, taken apart.

// CHECK-LABEL: gpu.func @interleaved_elementwise_tiles
//       CHECK:   %[[V:.*]] = llvm.load %{{.*}} {alignment = 16 : i64} : !llvm.ptr<1> -> vector<16xbf16>
//       CHECK:   vector.shuffle %[[V]], %[[V]] [0, 2, 4, 6, 8, 10, 12, 14]
//       CHECK:   vector.shuffle %[[V]], %[[V]] [1, 3, 5, 7, 9, 11, 13, 15]
//       CHECK:   act.gate swiglu %{{.*}}, %{{.*}} : vector<8xbf16>
func.func @interleaved(%x: memref<?x4096xbf16>, %y: memref<?x2048xbf16>) {
  %c0 = arith.constant 0 : index
  %m = memref.dim %x, %c0 : memref<?x4096xbf16>
  %g = memref.subview %x[0, 0] [%m, 2048] [1, 2] : memref<?x4096xbf16> to memref<?x2048xbf16, strided<[4096, 2]>>
  %u = memref.subview %x[0, 1] [%m, 2048] [1, 2] : memref<?x4096xbf16> to memref<?x2048xbf16, strided<[4096, 2], offset: 1>>
  linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>,
                                   affine_map<(i, j) -> (i, j)>],
                  iterator_types = ["parallel", "parallel"]}
      ins(%g, %u : memref<?x2048xbf16, strided<[4096, 2]>>, memref<?x2048xbf16, strided<[4096, 2], offset: 1>>)
      outs(%y : memref<?x2048xbf16>) {
  ^bb0(%in: bf16, %up: bf16, %out: bf16):
    %0 = act.gate swiglu %in, %up : bf16
    linalg.yield %0 : bf16
  }
  return
}

// -----

// Elements that lie apart, and short rows, are found one by one. Short division
// where sizes are known.

// CHECK-LABEL: gpu.module @transposed_kernels
//   CHECK-NOT: _tiles
//       CHECK: gpu.func @transposed_elementwise_elements
//       CHECK:   arith.remui %{{.*}}, %{{.*}} : i32
//       CHECK:   arith.divui %{{.*}}, %{{.*}} : i32
//       CHECK:   act.relu %{{.*}} : f64
func.func @transposed(%x: memref<64x32xf64>, %y: memref<32x64xf64>) {
  linalg.generic {indexing_maps = [affine_map<(i, j) -> (j, i)>, affine_map<(i, j) -> (i, j)>],
                  iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<64x32xf64>) outs(%y : memref<32x64xf64>) {
  ^bb0(%in: f64, %out: f64):
    %0 = act.relu %in : f64
    linalg.yield %0 : f64
  }
  return
}

// -----

// Copies and fills are elementwise. A number of 16 bits travels as one of 32.

// CHECK-LABEL: gpu.module @fills_kernels
//       CHECK: gpu.func @fills_elementwise_tiles(%[[S:.*]]: i32, %{{.*}}: !llvm.ptr<1>)
//       CHECK:   %[[T:.*]] = arith.trunci %[[S]] : i32 to i16
//       CHECK:   arith.bitcast %[[T]] : i16 to f16
// CHECK-LABEL: func.func @fills
//   CHECK-NOT: linalg
//   CHECK-NOT: memref.copy
func.func @fills(%s: f16, %y: memref<128xf16>, %z: memref<128xf16>) {
  linalg.fill ins(%s : f16) outs(%y : memref<128xf16>)
  memref.copy %y, %z : memref<128xf16> to memref<128xf16>
  return
}

// -----

// The number of an element follows from its position.

// CHECK-LABEL: gpu.func @numbers_elementwise_tiles
//       CHECK:   %[[STEPS:.*]] = arith.constant dense<[0, 1]> : vector<2xi64>
//       CHECK:   arith.addi %{{.*}}, %[[STEPS]] : vector<2xi64>
//       CHECK:   llvm.store
//   CHECK-NOT:   act.element_index
// CHECK-LABEL: gpu.func @numbers_elementwise_elements
//       CHECK:   scf.for %[[I:.*]] =
//       CHECK:     arith.index_cast %[[I]] : index to i64
//   CHECK-NOT:   act.element_index
func.func @numbers(%y: memref<?x?xi64>) {
  linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]}
      outs(%y : memref<?x?xi64>) {
  ^bb0(%out: i64):
    %0 = act.element_index
    linalg.yield %0 : i64
  }
  return
}

// -----

// What strides do not describe is loaded by the body. The operand still says how
// many columns there are.

// CHECK-LABEL: gpu.func @every_other_fold_elements(
//       CHECK:   scf.for %[[J:[^ ]*]] =
//       CHECK:     %[[ROW:.*]] = arith.muli %{{.*}}, %c2 overflow<nsw> : index
//       CHECK:     %[[START:.*]] = arith.muli %[[ROW]], %[[N:.*]] : index
//       CHECK:     %[[POSITION:.*]] = arith.addi %[[START]], %[[J]] : index
//       CHECK:     %[[I:.*]] = arith.index_cast %[[POSITION]] : index to i64
//       CHECK:     llvm.getelementptr %{{.*}}[%[[I]]]
// CHECK-LABEL: func.func @every_other
//       CHECK:   memref.reinterpret_cast %{{.*}} to offset: [0], sizes: [%{{.*}}], strides: [0]
func.func @every_other(%x: memref<?x?xf32>, %y: memref<?xf32>) {
  linalg.generic {indexing_maps = [affine_map<(i, j) -> (2 * i, j)>, affine_map<(i, j) -> (i)>],
                  iterator_types = ["parallel", "reduction"]}
      ins(%x : memref<?x?xf32>) outs(%y : memref<?xf32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = arith.mulf %out, %in : f32
    linalg.yield %0 : f32
  }
  return
}

// -----

// Kernels hold constants, which the host has no use for; what is handed on is
// copied. One number is filled in.

//       CHECK: memref.global "private" constant @host
//   CHECK-NOT: memref.global
// CHECK-LABEL: gpu.module @constants_kernels
//   CHECK-DAG: llvm.mlir.global internal constant @read(dense<[1.000000e+00, 2.000000e+00]> : tensor<2xf32>) {addr_space = 1 : i32, alignment = 16 : i64} : !llvm.array<2 x f32>
//   CHECK-DAG: llvm.mlir.global internal constant @carried(dense<[3.000000e+00, 4.000000e+00]> : tensor<2xf32>)
//   CHECK-NOT: llvm.mlir.global
//       CHECK: llvm.mlir.addressof @read : !llvm.ptr<1>
// CHECK-LABEL: func.func @constants
//   CHECK-NOT: get_global
//       CHECK: %[[COPY:.*]] = memref.alloc() : memref<2xf32>
//       CHECK: scf.for {{.*}} iter_args(%{{.*}} = %[[COPY]])
//       CHECK: memref.dealloc %[[COPY]]
// CHECK-LABEL: func.func @query
//       CHECK: memref.get_global @host
memref.global "private" constant @read : memref<2xf32> = dense<[1.0, 2.0]>
memref.global "private" constant @carried : memref<2xf32> = dense<[3.0, 4.0]>
memref.global "private" constant @one : memref<2xf32> = dense<5.0>
memref.global "private" constant @host : memref<2xindex> = dense<[6, 7]>
func.func @constants(%n: index, %y: memref<2xf32>, %z: memref<2xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %read = memref.get_global @read : memref<2xf32>
  memref.copy %read, %y : memref<2xf32> to memref<2xf32>
  %carried = memref.get_global @carried : memref<2xf32>
  %one = memref.get_global @one : memref<2xf32>
  %last = scf.for %i = %c0 to %n step %c1 iter_args(%before = %carried) -> (memref<2xf32>) {
    linalg.add ins(%before, %one : memref<2xf32>, memref<2xf32>) outs(%before : memref<2xf32>)
    scf.yield %before : memref<2xf32>
  }
  memref.copy %last, %z : memref<2xf32> to memref<2xf32>
  return
}
func.func @query() -> index attributes {act.query} {
  %c1 = arith.constant 1 : index
  %host = memref.get_global @host : memref<2xindex>
  %number = memref.load %host[%c1] : memref<2xindex>
  return %number : index
}
