// RUN: act-opt %s --act-to-loops="blas=true" | FileCheck %s

// One call where the sizes fit the library, loops where they do not; transposed
// operands are flags, the order of the operands is that of rows in memory.

// CHECK: func.func private @cblas_dgemm(i32, i32, i32, i32, i32, i32, f64, !llvm.ptr, i32, !llvm.ptr, i32, f64, !llvm.ptr, i32)
// CHECK: func.func private @cblas_sgemm(i32, i32, i32, i32, i32, i32, f32, !llvm.ptr, i32, !llvm.ptr, i32, f32, !llvm.ptr, i32)

// CHECK-LABEL: func @matmul
//       CHECK: arith.constant 2147483647 : index
//       CHECK: scf.if
//   CHECK-DAG:   %[[MAJOR:.*]] = arith.constant 101 : i32
//   CHECK-DAG:   %[[PLAIN:.*]] = arith.constant 111 : i32
//       CHECK:   call @cblas_sgemm(%[[MAJOR]], %[[PLAIN]], %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}, %[[ONE:.*]], %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}, %[[ONE]], %{{.*}}, %{{.*}})
//       CHECK: else
//       CHECK:   math.fma
func.func @matmul(%a: memref<?x?xf32>, %b: memref<?x?xf32>, %c: memref<?x?xf32>) {
  linalg.matmul ins(%a, %b : memref<?x?xf32>, memref<?x?xf32>) outs(%c : memref<?x?xf32>)
  return
}

// CHECK-LABEL: func @transposed
//       CHECK: scf.if
//       CHECK:   %[[MAJOR:.*]] = arith.constant 101 : i32
//       CHECK:   %[[A:.*]] = arith.constant 112 : i32
//       CHECK:   %[[B:.*]] = arith.constant 111 : i32
//       CHECK:   call @cblas_dgemm(%[[MAJOR]], %[[A]], %[[B]],
func.func @transposed(%a: memref<?x?xf64>, %b: memref<?x?xf64>, %c: memref<?x?xf64>) {
  linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (k, m)>, affine_map<(m, n, k) -> (k, n)>,
                                 affine_map<(m, n, k) -> (m, n)>]
      ins(%a, %b : memref<?x?xf64>, memref<?x?xf64>) outs(%c : memref<?x?xf64>)
  return
}

// One call for each matrix of a batch.

// CHECK-LABEL: func @batch
//       CHECK: scf.if
//       CHECK:   scf.for
//       CHECK:     call @cblas_sgemm
func.func @batch(%a: memref<?x?x?xf32>, %b: memref<?x?x?xf32>, %c: memref<?x?x?xf32>) {
  linalg.batch_matmul ins(%a, %b : memref<?x?x?xf32>, memref<?x?x?xf32>) outs(%c : memref<?x?x?xf32>)
  return
}

// Layouts and types that the library has not stay loops.

// CHECK-LABEL: func @strided
//   CHECK-NOT: call
func.func @strided(%a: memref<?x?xf32, strided<[?, ?], offset: ?>>, %b: memref<?x?xf32>, %c: memref<?x?xf32>) {
  linalg.matmul ins(%a, %b : memref<?x?xf32, strided<[?, ?], offset: ?>>, memref<?x?xf32>) outs(%c : memref<?x?xf32>)
  return
}

// CHECK-LABEL: func @mixed
//   CHECK-NOT: call
func.func @mixed(%a: memref<?x?xbf16>, %b: memref<?x?xbf16>, %c: memref<?x?xf32>) {
  linalg.matmul ins(%a, %b : memref<?x?xbf16>, memref<?x?xbf16>) outs(%c : memref<?x?xf32>)
  return
}
