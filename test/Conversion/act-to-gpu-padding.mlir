// RUN: act-opt %s --act-to-gpu --split-input-file | FileCheck %s

// Logits of -inf stand for elements that do not exist: they are no maxima, and
// their terms are 0. Each access has a condition of 32 bits, and no element.

// CHECK-LABEL: gpu.func @softmax_softmax_registers(
//       CHECK:   %[[REST:.*]] = arith.subi %{{.*}} : i32
//       CHECK:   arith.cmpi sgt, %[[REST]], %{{.*}} : i32
//       CHECK:   arith.constant dense<0xFF800000> : vector<4xf32>
//   CHECK-NOT:   vector.from_elements {{.*}} : vector<8xi1>
//       CHECK:   act.shifted_exp
//   CHECK-NOT:   vector.from_elements {{.*}} : vector<8xi1>
//       CHECK:   gpu.return
func.func @softmax(%x: memref<?x?xf32>, %y: memref<?x?xf32>) {
  act.softmax ins(%x : memref<?x?xf32>) outs(%y : memref<?x?xf32>)
  return
}

// -----

// Those of a softmin are taken negative. In 16 bits all of a block exists or
// nothing.

// CHECK-LABEL: gpu.func @softmin_softmin_registers(
//   CHECK-DAG:   arith.constant dense<32640> : vector<8xi16>
//   CHECK-NOT:   vector.from_elements {{.*}} : vector<8xi1>
//       CHECK:   act.exp_distance
func.func @softmin(%x: memref<?x?xbf16>, %y: memref<?x?xbf16>) {
  act.softmin ins(%x : memref<?x?xbf16>) outs(%y : memref<?x?xbf16>)
  return
}

// -----

// A soft cap makes a number of -inf: there elements are masked.

// CHECK-LABEL: gpu.func @capped_softmax_registers(
//       CHECK:   %[[MASK:.*]] = vector.from_elements {{.*}} : vector<8xi1>
//       CHECK:   arith.select %[[MASK]]
//       CHECK:   act.shifted_exp
func.func @capped(%x: memref<?x?xf32>, %y: memref<?x?xf32>) {
  act.softmax ins(%x : memref<?x?xf32>) outs(%y : memref<?x?xf32>) {softcap = 30.0}
  return
}

// -----

// The maximum is left out of the sum by lanes as they were before its block, so
// that a term that only the sum reads is added as it is.

// CHECK-LABEL: gpu.func @loss_cross_entropy_registers(
//       CHECK:   %[[TERM:.*]] = act.exp_distance
//       CHECK:   %[[AFTER:.*]] = arith.addf %[[BEFORE:.*]], %[[TERM]]
//       CHECK:   arith.cmpi ult, %{{.*}} : i32
//  CHECK-NEXT:   scf.if
//       CHECK:     arith.select %{{.*}}, %[[BEFORE]], %[[AFTER]]
//       CHECK:     scf.yield %[[AFTER]]
func.func @loss(%x: memref<?x1024xbf16>, %t: memref<?xi64>, %y: memref<?xf32>) {
  act.cross_entropy ins(%x, %t : memref<?x1024xbf16>, memref<?xi64>)
    outs(%y : memref<?xf32>) reduction(none)
  return
}
