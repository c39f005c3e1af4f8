// RUN: act-opt %s --act-expand | FileCheck %s

// What an evaluation computes of its parameter alone stands before the loop.
// Scalars of 16 bits stay where they are.

// CHECK-LABEL: func @terms
//  CHECK-SAME: %[[M:[^:]*]]: vector<8xf32>
//       CHECK: math.absf %[[M]]
//       CHECK: arith.cmpf oge
//       CHECK: scf.for
//   CHECK-NOT:   %[[M]]
//       CHECK:   vector.load %{{.*}} vector<8xf32>
//       CHECK:   math.fma
//       CHECK:   arith.bitcast %{{.*}} : i16 to bf16
//  CHECK-NEXT:   memref.store
func.func @terms(%m: vector<8xf32>, %x: memref<?xf32>, %n: index,
                 %h: memref<?xbf16>, %a: bf16, %b: bf16) {
  %c0 = arith.constant 0 : index
  %c8 = arith.constant 8 : index
  scf.for %i = %c0 to %n step %c8 {
    %0 = vector.load %x[%i] : memref<?xf32>, vector<8xf32>
    %1 = act.exp_difference %0, %m : vector<8xf32>, vector<8xf32>
    vector.store %1, %x[%i] : memref<?xf32>, vector<8xf32>
    %2 = arith.mulf %a, %b : bf16
    memref.store %2, %h[%i] : memref<?xbf16>
  }
  return
}
