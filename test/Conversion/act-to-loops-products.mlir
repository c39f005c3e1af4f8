// RUN: act-opt %s --act-to-loops=vector-bits=256 --split-input-file | FileCheck %s
// RUN: act-opt %s --act-to-loops=vector-bits=512 --split-input-file | FileCheck %s --check-prefix=WIDE

// A panel of b on the stack, tiles of six rows and two vectors in registers.

// CHECK-LABEL: func @matmul
//   CHECK-DAG: memref.alloca() {alignment = 64 : i64} : memref<4096xf32>
//   CHECK-DAG: memref.alloca() {alignment = 64 : i64} : memref<96xf32>
//       CHECK: scf.for
//       CHECK:   scf.for
//       CHECK:     scf.if
//       CHECK:       vector.store %{{.*}} : {{.*}}, vector<16xf32>
//       CHECK:     scf.for
//       CHECK:       scf.for {{.*}} -> (vector<16xf32>, vector<16xf32>, vector<16xf32>, vector<16xf32>, vector<16xf32>, vector<16xf32>)
// CHECK-COUNT-6:     math.fma %{{.*}} : vector<16xf32>
//   CHECK-NOT:       math.fma
//       CHECK:     scf.for
//       CHECK:       scf.for {{.*}} -> (vector<16xf32>)
//       CHECK:         math.fma %{{.*}} : vector<16xf32>
// WIDE-LABEL: func @matmul
//   WIDE-DAG: memref.alloca() {alignment = 64 : i64} : memref<16384xf32>
// WIDE-COUNT-6: math.fma %{{.*}} : vector<64xf32>
func.func @matmul(%a: memref<?x?xf32>, %b: memref<?x?xf32>, %c: memref<?x?xf32>) {
  linalg.matmul ins(%a, %b : memref<?x?xf32>, memref<?x?xf32>) outs(%c : memref<?x?xf32>)
  return
}

// -----

// Few columns take fewer vectors.

// CHECK-LABEL: func @narrow
//       CHECK: math.fma %{{.*}} : vector<4xf64>
func.func @narrow(%a: memref<?x?xf64>, %b: memref<?x3xf64>, %c: memref<?x3xf64>) {
  linalg.matmul ins(%a, %b : memref<?x?xf64>, memref<?x3xf64>) outs(%c : memref<?x3xf64>)
  return
}

// -----

// bf16 is extended once, when the panel is made, and summed in f32.

// CHECK-LABEL: func @mixed
//       CHECK: arith.extf %{{.*}} : bf16 to f32
//       CHECK: memref.store %{{.*}} : memref<?xf32
//       CHECK: math.fma %{{.*}} : vector<16xf32>
func.func @mixed(%a: memref<?x?xbf16>, %b: memref<?x?xbf16>, %c: memref<?x?xf32>) {
  linalg.matmul ins(%a, %b : memref<?x?xbf16>, memref<?x?xbf16>) outs(%c : memref<?x?xf32>)
  return
}

// -----

// Rows of a matrix times a vector are sums: 256 lanes and a tree.

// CHECK-LABEL: func @matvec
//   CHECK-NOT: math.fma
//       CHECK: arith.divui
//       CHECK: arith.mulf %{{.*}} : vector<32xf32>
func.func @matvec(%a: memref<?x?xf32>, %x: memref<?xf32>, %y: memref<?xf32>) {
  linalg.matvec ins(%a, %x : memref<?x?xf32>, memref<?xf32>) outs(%y : memref<?xf32>)
  return
}

// -----

// A vector times a matrix is a product with one row.

// CHECK-LABEL: func @vecmat
//       CHECK: math.fma %{{.*}} : vector<16xf32>
func.func @vecmat(%x: memref<?xf32>, %a: memref<?x?xf32>, %y: memref<?xf32>) {
  linalg.vecmat ins(%x, %a : memref<?xf32>, memref<?x?xf32>) outs(%y : memref<?xf32>)
  return
}

// -----

// What multiplies something else than its operands is no product.

// CHECK-LABEL: func @other
//   CHECK-NOT: math.fma
func.func @other(%a: memref<?x?xf32>, %b: memref<?x?xf32>, %c: memref<?x?xf32>) {
  linalg.generic {indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (k, n)>,
                                   affine_map<(m, n, k) -> (m, n)>],
                  iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : memref<?x?xf32>, memref<?x?xf32>) outs(%c : memref<?x?xf32>) {
  ^bb0(%left: f32, %right: f32, %sum: f32):
    %0 = arith.mulf %left, %left : f32
    %1 = arith.addf %sum, %0 : f32
    linalg.yield %1 : f32
  }
  return
}
