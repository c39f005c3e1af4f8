// Operands that are every other element of one memory share wide accesses.

// RUN: act-opt %s --act-to-loops=vector-bits=512 --split-input-file | FileCheck %s
// RUN: act-opt %s --act-to-loops=vector-bits=256 --split-input-file | FileCheck %s --check-prefix=PARTS

// Each has loads of its own, so that the second needs no registers as long as
// the first alone is used: from a number of which LLVM does not know that it is
// 0. In registers of more than 128 bits elements move within these alone.

// CHECK-LABEL: func @interleaved
//   CHECK-DAG: memref.alloca() {alignment = 64 : i64} : memref<128xf32>
//       CHECK: vector.maskedload {{.*}} vector<128xf32>
//       CHECK: scf.for
//       CHECK:   %[[OPAQUE:.*]] = llvm.inline_asm "", "=r,0"
//       CHECK:   %[[ZERO:.*]] = arith.index_cast %[[OPAQUE]]
//       CHECK:   scf.for
//       CHECK:     %[[X:.*]] = vector.load {{.*}}[%[[AT:.*]]] {{.*}} vector<128xf32>
//       CHECK:     %[[G:.*]] = vector.shuffle %[[X]], %[[X]] [0, 2, 16, 18, 4, 6, 20, 22, 8, 10, 24, 26, 12, 14, 28, 30, 32, {{.*}}] : vector<128xf32>
//       CHECK:     %[[SAME:.*]] = arith.addi %[[AT]], %[[ZERO]]
//       CHECK:     %[[X2:.*]] = vector.load {{.*}}[%[[SAME]]] {{.*}} vector<128xf32>
//       CHECK:     %[[U:.*]] = vector.shuffle %[[X2]], %[[X2]] [1, 3, 17, 19, 5, 7, 21, 23, 9, 11, 25, 27, 13, 15, 29, 31, 33, {{.*}}] : vector<128xf32>
//       CHECK:     %[[A:.*]] = arith.mulf %[[G]], %[[U]] : vector<64xf32>
//       CHECK:     %[[B:.*]] = arith.addf %[[G]], %[[U]] : vector<64xf32>
//       CHECK:     %[[Y:.*]] = vector.shuffle %[[A]], %[[B]] [0, 64, 1, 65, 4, 68, 5, 69, 8, 72, 9, 73, 12, 76, 13, 77, 2, 66, {{.*}}] : vector<64xf32>
//       CHECK:     vector.store %[[Y]], {{.*}} vector<128xf32>
//   CHECK-NOT: memref.load
//       CHECK: vector.maskedstore {{.*}} vector<128xf32>

// PARTS-LABEL: func @interleaved
//       PARTS:   scf.for
//       PARTS:     %[[X:.*]] = vector.load {{.*}} vector<64xf32>
//       PARTS:     %[[G:.*]] = vector.shuffle %[[X]], %[[X]] [0, 2, 8, 10, 4, 6, 12, 14, 16, 18, 24, 26, 20, 22, 28, 30, {{.*}}] : vector<64xf32>
//       PARTS:     %[[X2:.*]] = vector.load {{.*}} vector<64xf32>
//       PARTS:     %[[U:.*]] = vector.shuffle %[[X2]], %[[X2]] [1, 3, 9, 11, 5, 7, 13, 15, 17, 19, 25, 27, 21, 23, 29, 31, {{.*}}] : vector<64xf32>
//       PARTS:     %[[A:.*]] = arith.mulf %[[G]], %[[U]]
//       PARTS:     %[[B:.*]] = arith.addf %[[G]], %[[U]]
//       PARTS:     %[[Y:.*]] = vector.shuffle %[[A]], %[[B]] [0, 32, 1, 33, 4, 36, 5, 37, 2, 34, 3, 35, 6, 38, 7, 39, {{.*}}] : vector<32xf32>
//       PARTS:     vector.store %[[Y]], {{.*}} vector<64xf32>
#id = affine_map<(i) -> (i)>
func.func @interleaved(%x: memref<?xf32>, %y: memref<?xf32>, %n: index) {
  %g = memref.subview %x[0] [%n] [2]
    : memref<?xf32> to memref<?xf32, strided<[2]>>
  %u = memref.subview %x[1] [%n] [2]
    : memref<?xf32> to memref<?xf32, strided<[2], offset: 1>>
  %a = memref.subview %y[0] [%n] [2]
    : memref<?xf32> to memref<?xf32, strided<[2]>>
  %b = memref.subview %y[1] [%n] [2]
    : memref<?xf32> to memref<?xf32, strided<[2], offset: 1>>
  linalg.generic {indexing_maps = [#id, #id, #id, #id],
                  iterator_types = ["parallel"]}
      ins(%u, %g : memref<?xf32, strided<[2], offset: 1>>,
                   memref<?xf32, strided<[2]>>)
      outs(%a, %b : memref<?xf32, strided<[2]>>,
                    memref<?xf32, strided<[2], offset: 1>>) {
  ^bb0(%second: f32, %first: f32, %o0: f32, %o1: f32):
    %0 = arith.mulf %first, %second : f32
    %1 = arith.addf %first, %second : f32
    linalg.yield %0, %1 : f32, f32
  }
  return
}

// -----

// One of them alone must not touch what lies between and behind.

// CHECK-LABEL: func @alone
//   CHECK-NOT: vector.deinterleave
//       CHECK: memref.load
#id = affine_map<(i) -> (i)>
func.func @alone(%x: memref<?xf32>, %y: memref<?xf32>, %n: index) {
  %g = memref.subview %x[0] [%n] [2]
    : memref<?xf32> to memref<?xf32, strided<[2]>>
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%g : memref<?xf32, strided<[2]>>) outs(%y : memref<?xf32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = arith.addf %in, %in : f32
    linalg.yield %0 : f32
  }
  return
}

// -----

// Neither may two that come from different memory.

// CHECK-LABEL: func @different
//   CHECK-NOT: vector.deinterleave
#id = affine_map<(i) -> (i)>
func.func @different(%x: memref<?xf32>, %z: memref<?xf32>, %y: memref<?xf32>,
                     %n: index) {
  %g = memref.subview %x[0] [%n] [2]
    : memref<?xf32> to memref<?xf32, strided<[2]>>
  %u = memref.subview %z[1] [%n] [2]
    : memref<?xf32> to memref<?xf32, strided<[2], offset: 1>>
  linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel"]}
      ins(%g, %u : memref<?xf32, strided<[2]>>,
                   memref<?xf32, strided<[2], offset: 1>>)
      outs(%y : memref<?xf32>) {
  ^bb0(%a: f32, %b: f32, %out: f32):
    %0 = arith.addf %a, %b : f32
    linalg.yield %0 : f32
  }
  return
}

// -----

// Two neighbours of 16 bit are the halves of one integer.

// CHECK-LABEL: func @halves
//       CHECK:   scf.for
//       CHECK:     %[[X:.*]] = vector.load {{.*}} vector<[[N:.*]]xbf16>
//       CHECK:     %[[PAIRS:.*]] = vector.bitcast %[[X]]
//       CHECK:     arith.trunci %[[PAIRS]]
//       CHECK:     %[[X2:.*]] = vector.load {{.*}} vector<[[N]]xbf16>
//       CHECK:     %[[PAIRS2:.*]] = vector.bitcast %[[X2]]
//       CHECK:     %[[HIGH:.*]] = arith.shrui %[[PAIRS2]]
//       CHECK:     arith.trunci %[[HIGH]]
//       CHECK:     %[[SHIFTED:.*]] = arith.shli
//       CHECK:     %[[BOTH:.*]] = arith.ori {{.*}}%[[SHIFTED]]
//       CHECK:     %[[Y:.*]] = vector.bitcast %[[BOTH]]
//       CHECK:     vector.store %[[Y]]
#id = affine_map<(i) -> (i)>
func.func @halves(%x: memref<?xbf16>, %y: memref<?xbf16>, %n: index) {
  %g = memref.subview %x[0] [%n] [2]
    : memref<?xbf16> to memref<?xbf16, strided<[2]>>
  %u = memref.subview %x[1] [%n] [2]
    : memref<?xbf16> to memref<?xbf16, strided<[2], offset: 1>>
  %a = memref.subview %y[0] [%n] [2]
    : memref<?xbf16> to memref<?xbf16, strided<[2]>>
  %b = memref.subview %y[1] [%n] [2]
    : memref<?xbf16> to memref<?xbf16, strided<[2], offset: 1>>
  linalg.generic {indexing_maps = [#id, #id, #id, #id],
                  iterator_types = ["parallel"]}
      ins(%g, %u : memref<?xbf16, strided<[2]>>,
                   memref<?xbf16, strided<[2], offset: 1>>)
      outs(%a, %b : memref<?xbf16, strided<[2]>>,
                    memref<?xbf16, strided<[2], offset: 1>>) {
  ^bb0(%first: bf16, %second: bf16, %o0: bf16, %o1: bf16):
    %0 = arith.negf %first : bf16
    linalg.yield %second, %0 : bf16, bf16
  }
  return
}

// -----

// Other operands get the order that splitting within 128 bits gives, so do the
// numbers of elements.

// PARTS-LABEL: func @beside
//       PARTS:   scf.for
//       PARTS:     vector.shuffle {{.*}} [0, 2, 8, 10, 4, 6, 12, 14, {{.*}}] : vector<32xf32>
//       PARTS:     %[[Z:.*]] = vector.load {{.*}} vector<16xbf16>
//       PARTS:     vector.shuffle %[[Z]], %[[Z]] [0, 1, 4, 5, 2, 3, 6, 7, {{.*}}] : vector<16xbf16>
//       PARTS:     arith.addi {{.*}} : vector<16xi64>
//       PARTS:     vector.shuffle {{.*}} [0, 1, 4, 5, 2, 3, 6, 7, {{.*}}] : vector<16xi64>
//       PARTS:     %[[Y:.*]] = llvm.call_intrinsic "llvm.arithmetic.fence"
//       PARTS:     %[[ORDERED:.*]] = vector.shuffle %[[Y]], %[[Y]] [0, 1, 4, 5, 2, 3, 6, 7, {{.*}}] : vector<16xf32>
//       PARTS:     vector.store %[[ORDERED]]
#id = affine_map<(i) -> (i)>
func.func @beside(%x: memref<?xf32>, %z: memref<?xbf16>, %y: memref<?xf32>,
                  %n: index) {
  %g = memref.subview %x[0] [%n] [2]
    : memref<?xf32> to memref<?xf32, strided<[2]>>
  %u = memref.subview %x[1] [%n] [2]
    : memref<?xf32> to memref<?xf32, strided<[2], offset: 1>>
  linalg.generic {indexing_maps = [#id, #id, #id, #id],
                  iterator_types = ["parallel"]}
      ins(%g, %u, %z : memref<?xf32, strided<[2]>>,
                       memref<?xf32, strided<[2], offset: 1>>, memref<?xbf16>)
      outs(%y : memref<?xf32>) {
  ^bb0(%first: f32, %second: f32, %third: bf16, %out: f32):
    %i = act.element_index
    %0 = arith.uitofp %i : i64 to f32
    %1 = arith.extf %third : bf16 to f32
    %2 = arith.mulf %first, %second : f32
    %3 = arith.addf %0, %1 : f32
    %4 = arith.subf %2, %3 : f32
    linalg.yield %4 : f32
  }
  return
}
