// RUN: act-opt %s --act-to-loops=vector-bits=256 --split-input-file | FileCheck %s

// The loop over the terms of a row finds the maximum of the next one. A row
// that has been looked at needs no pass of its own for that.

// CHECK-LABEL: func @rows
//   CHECK-DAG: %[[MAXIMA:.*]] = memref.cast %{{.*}} : memref<512xf32>
//   CHECK-DAG: %[[SUBJECT:.*]] = memref.cast %{{.*}} : memref<1xindex>
//       CHECK: memref.store %c-1{{.*}}, %[[SUBJECT]]
//       CHECK: scf.for %[[ROW:.*]] = %c0
//       CHECK:   %[[EXISTS:.*]] = arith.cmpi slt, %[[ROW]], %{{.*}} : index
//       CHECK:   %[[SHIFT:.*]] = arith.select %{{.*}}, %c18{{.*}}, %c62
//       CHECK:   %[[NOTED:.*]] = memref.load %[[SUBJECT]]
//  CHECK-NEXT:   %[[IS_NOTED:.*]] = arith.cmpi eq, %[[NOTED]], %{{.*}} : index
//  CHECK-NEXT:   scf.if %[[IS_NOTED]] -> (f32, index)
//       CHECK:     vector.load %[[MAXIMA]]{{.*}} vector<8xf32>
//       CHECK:   else
//       CHECK:     vector<32xf32>, vector<32xi32>
//       CHECK:   scf.for {{.*}} iter_args(%{{.*}}, %{{.*}}) -> (vector<8xf32>, f32)
//       CHECK:     scf.for {{.*}} iter_args(%[[BEFORE:.*]] = %{{.*}}) -> (vector<8xf32>)
// CHECK-COUNT-4:     arith.cmpf ogt, %{{.*}} : vector<8xf32>
//       CHECK:       vector.store %{{.*}}, %[[MAXIMA]]{{.*}} vector<8xf32>
//       CHECK:       act.shifted_exp
//       CHECK:   %[[NEXT:.*]] = arith.select %{{.*}}, %{{.*}}, %c-1
//       CHECK:   memref.store %[[NEXT]], %[[SUBJECT]]
func.func @rows(%x: memref<?x?xf32>, %y: memref<?x?xf32>) {
  act.softmax ins(%x : memref<?x?xf32>) outs(%y : memref<?x?xf32>)
  return
}

// -----

// A mask belongs to its row, and short rows, a single one, and elements that lie
// apart have nothing to gain. There is no room for notes of very long rows.

// CHECK-LABEL: func @not
//   CHECK-NOT: memref<1xindex>
func.func @not(%x: memref<?x?xf32>, %short: memref<?x100xf32>,
               %one: memref<1x?xf32>, %apart: memref<?x?xf32, strided<[?, 2]>>,
               %mask: memref<?x?xi1>, %long: memref<?x16777217xf32>) {
  act.softmax ins(%x : memref<?x?xf32>) outs(%x : memref<?x?xf32>)
    mask(%mask : memref<?x?xi1>)
  act.softmax ins(%short : memref<?x100xf32>) outs(%short : memref<?x100xf32>)
  act.softmax ins(%one : memref<1x?xf32>) outs(%one : memref<1x?xf32>)
  act.softmax ins(%apart : memref<?x?xf32, strided<[?, 2]>>)
    outs(%apart : memref<?x?xf32, strided<[?, 2]>>)
  act.softmax ins(%long : memref<?x16777217xf32>)
    outs(%long : memref<?x16777217xf32>)
  return
}
