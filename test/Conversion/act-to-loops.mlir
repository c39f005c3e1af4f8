// RUN: act-opt %s --act-to-loops=vector-bits=512 --split-input-file | FileCheck %s
// RUN: act-opt %s --act-to-loops="vector-bits=128 masks=false" --split-input-file | FileCheck %s --check-prefix=NARROW

// Contiguous dimensions are one loop. Its body stands once, for full blocks of
// the operands and for the elements left in buffers on the stack.

// CHECK-LABEL: func @contiguous
//  CHECK-SAME: (%[[X:.*]]: memref<?x?xf32>, %[[Y:.*]]: memref<?x?xf32>)
//       CHECK: %[[N:.*]] = arith.muli
//       CHECK: %[[STACK:.*]] = llvm.intr.stacksave
//       CHECK: %[[OUT:.*]] = memref.alloca() {alignment = 64 : i64} : memref<64xf32>
//       CHECK: %[[LEFT:.*]] = arith.andi %[[N]], %{{.*}}
//       CHECK: %[[FULL:.*]] = arith.subi %[[N]], %[[LEFT]]
//       CHECK: scf.if
//       CHECK:   vector.maskedload
//       CHECK: scf.for
//       CHECK:   %[[FROM:.*]] = arith.select %[[TAIL:.*]], %{{.*}}, %{{.*}} : memref<?xf32, strided<[1], offset: ?>>
//       CHECK:   %[[TO:.*]] = arith.select %[[TAIL]], %{{.*}}, %{{.*}} : memref<?xf32, strided<[1], offset: ?>>
//       CHECK:   scf.for %[[I:.*]] =
//       CHECK:     %[[V:.*]] = vector.load %[[FROM]][%[[I]]] : {{.*}}, vector<64xf32>
//       CHECK:     %[[R:.*]] = act.silu %[[V]] : vector<64xf32>
//       CHECK:     vector.store %[[R]], %[[TO]][%[[I]]]
//   CHECK-NOT: act.silu
//       CHECK: scf.if
//       CHECK:   vector.maskedstore
//       CHECK: llvm.intr.stackrestore %[[STACK]]

// Without masks the elements that are left are copied one by one.
// NARROW-LABEL: func @contiguous
//       NARROW: scf.if
//       NARROW:   scf.for
//       NARROW:     memref.load
//       NARROW:     memref.store
//       NARROW: act.silu %{{.*}} : vector<16xf32>
//   NARROW-NOT: vector.masked
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

// A size that blocks divide has no tail.

// CHECK-LABEL: func @static
//   CHECK-NOT: scf.if
//       CHECK: %[[C256:.*]] = arith.constant 256 : index
//       CHECK: scf.for %{{.*}} = %{{.*}} to %[[C256]]
//       CHECK:   vector.load {{.*}} vector<64xf32>
//   CHECK-NOT: vector.masked
func.func @static(%x: memref<4x64xf32>, %y: memref<4x64xf32>) {
  linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>],
                  iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<4x64xf32>) outs(%y : memref<4x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = arith.addf %in, %in : f32
    linalg.yield %0 : f32
  }
  return
}

// -----

// A few elements take one block, no wider than needed.

// CHECK-LABEL: func @few
//       CHECK: vector.maskedload {{.*}} into vector<16xf32>
//       CHECK: arith.addf %{{.*}} : vector<16xf32>
//       CHECK: vector.maskedstore
func.func @few(%x: memref<7xf32>, %y: memref<7xf32>) {
  linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>],
                  iterator_types = ["parallel"]}
      ins(%x : memref<7xf32>) outs(%y : memref<7xf32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = arith.addf %in, %in : f32
    linalg.yield %0 : f32
  }
  return
}

// -----

// A value for each row is read once a row; a value for all stays a scalar.

// CHECK-LABEL: func @rows
//  CHECK-SAME: %[[S:[^:]*]]: f32)
//       CHECK: scf.for
//       CHECK:   %[[B:.*]] = memref.load
//       CHECK:   %[[ROW:.*]] = vector.broadcast %[[B]] : f32 to vector<64xf32>
//       CHECK:   scf.for
//       CHECK:     %[[ALL:.*]] = vector.broadcast %[[S]] : f32 to vector<64xf32>
//       CHECK:     arith.addf %{{.*}}, %[[ROW]]
//       CHECK:     arith.mulf %{{.*}}, %[[ALL]]
func.func @rows(%x: memref<?x64xf32>, %b: memref<?xf32>, %y: memref<?x64xf32>, %s: f32) {
  linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i)>, affine_map<(i, j) -> (i, j)>],
                  iterator_types = ["parallel", "parallel"]}
      ins(%x, %b : memref<?x64xf32>, memref<?xf32>) outs(%y : memref<?x64xf32>) {
  ^bb0(%in: f32, %row: f32, %out: f32):
    %0 = arith.addf %in, %row : f32
    %1 = arith.mulf %0, %s : f32
    linalg.yield %1 : f32
  }
  return
}

// -----

// Elements that lie apart go through a buffer, block by block.

// CHECK-LABEL: func @transposed
//       CHECK: scf.for
//       CHECK:   scf.for
//       CHECK:     scf.for
//       CHECK:       memref.load {{.*}} : memref<?xf32, strided<[8], offset: ?>>
//       CHECK:       memref.store
//       CHECK:     vector.load
//       CHECK:     vector.store
func.func @transposed(%x: memref<8x8xf32>, %y: memref<8x8xf32>) {
  linalg.generic {indexing_maps = [affine_map<(i, j) -> (j, i)>, affine_map<(i, j) -> (i, j)>],
                  iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<8x8xf32>) outs(%y : memref<8x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = arith.addf %in, %in : f32
    linalg.yield %0 : f32
  }
  return
}

// -----

// 16-bit elements have no masks: the tail is copied.

// CHECK-LABEL: func @half
//       CHECK: memref.alloca() {alignment = 64 : i64} : memref<64xbf16>
//       CHECK: scf.if
//       CHECK:   scf.for
//       CHECK:     memref.load
//   CHECK-NOT: vector.masked
func.func @half(%x: memref<?xbf16>, %y: memref<?xbf16>) {
  linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>],
                  iterator_types = ["parallel"]}
      ins(%x : memref<?xbf16>) outs(%y : memref<?xbf16>) {
  ^bb0(%in: bf16, %out: bf16):
    %0 = act.silu %in : bf16
    linalg.yield %0 : bf16
  }
  return
}

// -----

// Truth values are bytes in buffers, since vectors of them are packed.

// CHECK-LABEL: func @truth
//       CHECK: memref.alloca() {alignment = 64 : i64} : memref<64xi8>
//       CHECK: %[[C:.*]] = arith.cmpf une, %{{.*}} : vector<64xf32>
//       CHECK: %[[B:.*]] = arith.extui %[[C]] : vector<64xi1> to vector<64xi8>
//       CHECK: vector.store %[[B]]
//       CHECK: arith.trunci %{{.*}} : i8 to i1
//       CHECK: memref.store %{{.*}} : memref<?xi1, strided<[1], offset: ?>>
func.func @truth(%x: memref<?xf32>, %m: memref<?xi1>) {
  linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>],
                  iterator_types = ["parallel"]}
      ins(%x : memref<?xf32>) outs(%m : memref<?xi1>) {
  ^bb0(%in: f32, %out: i1):
    %0 = arith.cmpf une, %in, %in : f32
    linalg.yield %0 : i1
  }
  return
}

// -----

// A 16-bit number for all elements travels as an integer.

// CHECK-LABEL: func @half_number
//  CHECK-SAME: %[[S:[^:]*]]: bf16)
//       CHECK: %[[BITS:.*]] = arith.bitcast %[[S]] : bf16 to i16
//       CHECK: scf.for
//       CHECK:   %[[V:.*]] = vector.broadcast %[[BITS]] : i16 to vector<64xi16>
//       CHECK:   arith.bitcast %[[V]] : vector<64xi16> to vector<64xbf16>
func.func @half_number(%x: memref<64xbf16>, %y: memref<64xbf16>, %s: bf16) {
  linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>],
                  iterator_types = ["parallel"]}
      ins(%x : memref<64xbf16>) outs(%y : memref<64xbf16>) {
  ^bb0(%in: bf16, %out: bf16):
    %0 = arith.mulf %in, %s : bf16
    linalg.yield %0 : bf16
  }
  return
}

// -----

// A copy is a kernel; a copy onto itself vanishes.

// CHECK-LABEL: func @copies
//       CHECK: vector.store
//   CHECK-NOT: vector.store
//   CHECK-NOT: memref.copy
//       CHECK: return
func.func @copies(%x: memref<64xf32>, %y: memref<64xf32>) {
  memref.copy %y, %y : memref<64xf32> to memref<64xf32>
  memref.copy %x, %y : memref<64xf32> to memref<64xf32>
  return
}

// -----

// One element, bodies that do not exist on vectors and foreign memory take
// scalar loops.

// CHECK-LABEL: func @scalars
//       CHECK: act.silu %{{.*}} : f32
//       CHECK: scf.for
//       CHECK:   arith.index_cast
//       CHECK: scf.for
//       CHECK:   memref.store %{{.*}} : memref<?xcomplex<f32>>
//       CHECK: scf.for
//       CHECK:   memref.store %{{.*}} : memref<?xf32, 3>
//   CHECK-NOT: vector
func.func @scalars(%x: memref<f32>, %n: memref<?xi64>, %c: memref<?xcomplex<f32>>, %d: memref<?xcomplex<f32>>,
                   %s: memref<?xf32, 3>, %v: f32) {
  linalg.generic {indexing_maps = [affine_map<() -> ()>], iterator_types = []} outs(%x : memref<f32>) {
  ^bb0(%out: f32):
    %0 = act.silu %out : f32
    linalg.yield %0 : f32
  }
  linalg.generic {indexing_maps = [affine_map<(i) -> (i)>], iterator_types = ["parallel"]} outs(%n : memref<?xi64>) {
  ^bb0(%out: i64):
    %0 = linalg.index 0 : index
    %1 = arith.index_cast %0 : index to i64
    linalg.yield %1 : i64
  }
  memref.copy %c, %d : memref<?xcomplex<f32>> to memref<?xcomplex<f32>>
  linalg.fill ins(%v : f32) outs(%s : memref<?xf32, 3>)
  return
}
