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
//       CHECK:       %[[TERM:.*]] = act.shifted_exp %{{.*}} {act.accuracy = "default"} : vector<32xf32>, vector<32xf32>
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

// Terms do not wait in 16 bits, but on the stack while there is room.

// CHECK-LABEL: func @f16
//   CHECK-DAG: %[[ROOM:.*]] = arith.constant 131072 : index
//   CHECK-DAG: arith.minsi %{{.*}}, %[[ROOM]]
//       CHECK: memref.alloca(%{{.*}}) {alignment = 64 : i64} : memref<?xf32>
//       CHECK: %[[TERM:.*]] = act.exp_distance
//       CHECK: scf.if
//       CHECK:   vector.store %[[TERM]]
//       CHECK: vector.load %{{.*}} vector<32xf32>
//       CHECK: arith.truncf %{{.*}} : vector<32xf32> to vector<32xf16>
//       CHECK: act.exp_distance
//       CHECK: arith.truncf %{{.*}} : vector<32xf32> to vector<32xf16>
func.func @f16(%x: memref<?x?xf16>, %y: memref<?x?xf16>) {
  act.softmax ins(%x : memref<?x?xf16>) outs(%y : memref<?x?xf16>)
  return
}

// -----

// Short rows of known length lie across the lanes, which read them one by one.
// Each lane has a sum of its own: a tree over 16 of 32 numbers, and no chunks.

// CHECK-LABEL: func @short
//   CHECK-DAG: memref.alloca() {{.*}} : memref<512xf32>
//   CHECK-NOT: scf.while
//       CHECK: scf.for %{{.*}} iter_args(%{{.*}}, %{{.*}}) -> (vector<32xf32>, vector<32xi32>)
//       CHECK:   vector.from_elements {{.*}} : vector<32xf32>
//       CHECK: act.shifted_exp %{{.*}} : vector<32xf32>, vector<32xf32>
//       CHECK: arith.divf %{{.*}} : vector<32xf32>
func.func @short(%x: memref<?x10xf32>, %y: memref<?x10xf32>) {
  act.softmax ins(%x : memref<?x10xf32>) outs(%y : memref<?x10xf32>)
  return
}

// -----

// So do rows whose elements lie apart, if those of neighbours do not.

// CHECK-LABEL: func @first
//   CHECK-DAG: memref.alloca() {{.*}} : memref<4096xf32>
//       CHECK: scf.for %{{.*}} iter_args(%{{.*}}, %{{.*}}) -> (vector<16xf32>, vector<16xi32>)
//       CHECK:   vector.load %{{.*}} : memref<?xf32, strided<[1], offset: ?>>, vector<16xf32>
//       CHECK: act.shifted_exp %{{.*}} : vector<16xf32>, vector<16xf32>
//       CHECK: arith.divf %{{.*}} : vector<16xf32>
func.func @first(%x: memref<?x?xf32>, %y: memref<?x?xf32>) {
  act.softmax ins(%x : memref<?x?xf32>) outs(%y : memref<?x?xf32>) {dim = 0}
  return
}

// -----

// Vectors of truth values are bytes in memory, where they lie side by side.

// CHECK-LABEL: func @masked
//       CHECK: arith.select %{{.*}} : index
//       CHECK: %[[ISONE:.*]] = arith.cmpi eq, %{{.*}}, %{{.*}} : index
//       CHECK: %[[STRIDE:.*]] = arith.select %[[ISONE]], %{{.*}}, %{{.*}} : index
//       CHECK: %[[ISUNIT:.*]] = arith.cmpi eq, %[[STRIDE]], %{{.*}}
//       CHECK: scf.if %[[ISUNIT]] -> (vector<32xi8>)
//       CHECK:   llvm.load %{{.*}} {alignment = 1 : i64} : !llvm.ptr -> vector<32xi8>
//       CHECK: } else {
//       CHECK:   arith.extui %{{.*}} : i1 to i8
func.func @masked(%x: memref<?x?xf32>, %m: memref<?x?xi1>,
                  %y: memref<?x?xf32>) {
  act.softmax ins(%x : memref<?x?xf32>) outs(%y : memref<?x?xf32>)
    mask(%m : memref<?x?xi1>)
  return
}

// -----

// Division by a power of two loses nothing: logits are scaled when they are read.
// That by another number is part of the terms, and multiplication might overflow.

// CHECK-LABEL: func @attention
//       CHECK: arith.constant 1.250000e-01 : f32
//   CHECK-NOT: act.exp_difference
//       CHECK: arith.mulf %{{.*}} : vector<32xf32>
//   CHECK-NOT: act.exp_difference
//       CHECK: act.shifted_exp
func.func @attention(%x: memref<1x?xf32>, %y: memref<1x?xf32>) {
  act.softmax ins(%x : memref<1x?xf32>) outs(%y : memref<1x?xf32>) {temperature = 8.0}
  return
}

// -----

// CHECK-LABEL: func @other_temperatures
//   CHECK-NOT: act.shifted_exp
//       CHECK: act.tempered_exp %{{.*}} {act.accuracy = "default", temperature = 11.3} : vector<32xf32>
//       CHECK: act.tempered_exp %[[MAXIMUM:.*]], %[[MAXIMUM]] {{.*}} : f32
//       CHECK: act.tempered_exp %{{.*}} {act.accuracy = "default", temperature = 0.5} : vector<32xf32>
func.func @other_temperatures(%x: memref<?x?xf32>, %y: memref<?x?xf32>) {
  act.softmax ins(%x : memref<?x?xf32>) outs(%y : memref<?x?xf32>) {temperature = 11.3}
  act.softmax ins(%x : memref<?x?xf32>) outs(%y : memref<?x?xf32>) {temperature = 0.5}
  return
}

// -----

// Rows of 16 bits have them too; f32 has no room for the steps of extreme ones.

// CHECK-LABEL: func @half_and_extreme_temperatures
//   CHECK-NOT: act.exp_d
//       CHECK: act.tempered_exp
//       CHECK: act.exp_difference
func.func @half_and_extreme_temperatures(
    %x: memref<?x?xbf16>, %y: memref<?x?xbf16>) {
  act.softmax ins(%x : memref<?x?xbf16>) outs(%y : memref<?x?xbf16>) {temperature = 11.3}
  act.softmax ins(%x : memref<?x?xbf16>) outs(%y : memref<?x?xbf16>) {temperature = 1.0e+30}
  return
}

// -----

// What a kernel has on the stack is not there for the next one.

// CHECK-LABEL: func @network
//       CHECK: %[[FIRST:.*]] = llvm.intr.stacksave : !llvm.ptr
//       CHECK: memref.alloca() {{.*}} : memref<1024xf32>
//       CHECK: llvm.intr.stackrestore %[[FIRST]] : !llvm.ptr
//   CHECK-NOT: memref.alloca
//       CHECK: %[[SECOND:.*]] = llvm.intr.stacksave : !llvm.ptr
//       CHECK: memref.alloca() {{.*}} : memref<1024xf32>
//       CHECK: llvm.intr.stackrestore %[[SECOND]] : !llvm.ptr
func.func @network(%x: memref<?x1000xbf16>, %y: memref<?x1000xbf16>,
                   %z: memref<?x1000xbf16>) {
  act.softmax ins(%x : memref<?x1000xbf16>) outs(%y : memref<?x1000xbf16>)
  act.softmax ins(%y : memref<?x1000xbf16>) outs(%z : memref<?x1000xbf16>)
  return
}

// -----

// Without anything on the stack there is nothing to restore.

// CHECK-LABEL: func @without_stack
//   CHECK-NOT: llvm.intr
func.func @without_stack(%x: memref<64xf32>, %y: memref<64xf32>) {
  memref.copy %x, %y : memref<64xf32> to memref<64xf32>
  return
}
