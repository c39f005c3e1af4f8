// With registers of 512 bits a loop carries the 256 lanes of a cheap sum. In
// memory they are for the terms that are left of a row, if there can be any.

// RUN: act-opt %s --act-to-loops=vector-bits=512 --split-input-file | FileCheck %s

// CHECK-LABEL: func @whole
//       CHECK: scf.for %{{.*}} step %c256{{.*}} iter_args(%{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}) -> (vector<64xf32>, vector<64xf32>, vector<64xf32>, vector<64xf32>)
// CHECK-COUNT-4: arith.addf %{{.*}} : vector<64xf32>
//       CHECK:   scf.yield
//   CHECK-NOT: vector.store
//       CHECK: arith.addf %{{.*}} : vector<128xf32>
//       CHECK: arith.addf %{{.*}} : vector<1xf32>
func.func @whole(%dy: memref<8x1024xf32>, %y: memref<8x1024xf32>,
                 %dx: memref<8x1024xf32>) {
  act.softmax_backward ins(%dy, %y : memref<8x1024xf32>, memref<8x1024xf32>)
    outs(%dx : memref<8x1024xf32>) saved(output)
  return
}

// -----

// CHECK-LABEL: func @rest
//       CHECK: %[[BUFFER:.*]] = memref.alloca() {{.*}} : memref<256xf32>
//       CHECK: %[[LANES:.*]] = memref.cast %[[BUFFER]]
//       CHECK: scf.for {{.*}} step %c256
//       CHECK: %[[WHOLE:.*]] = vector.shuffle {{.*}} : vector<128xf32>, vector<128xf32>
//       CHECK: scf.if
//       CHECK:   scf.yield %[[WHOLE]]
//       CHECK: else
//       CHECK:   vector.store %[[WHOLE]], %[[LANES]]
//       CHECK:   scf.for
//       CHECK:     vector.store %{{.*}}, %[[LANES]]
//       CHECK:   %[[SUMS:.*]] = vector.load %[[LANES]]{{.*}} vector<256xf32>
//       CHECK:   scf.yield %[[SUMS]]
func.func @rest(%dy: memref<8x?xf32>, %y: memref<8x?xf32>,
                %dx: memref<8x?xf32>) {
  act.softmax_backward ins(%dy, %y : memref<8x?xf32>, memref<8x?xf32>)
    outs(%dx : memref<8x?xf32>) saved(output)
  return
}

// -----

// Doubles do not fit, nor do compensated sums.

// CHECK-LABEL: func @double
//   CHECK-NOT: step %c256
//       CHECK: return
func.func @double(%dy: memref<8x1024xf64>, %y: memref<8x1024xf64>,
                  %dx: memref<8x1024xf64>) {
  act.softmax_backward ins(%dy, %y : memref<8x1024xf64>, memref<8x1024xf64>)
    outs(%dx : memref<8x1024xf64>) saved(output)
  return
}

// -----

// CHECK-LABEL: func @exact
//   CHECK-NOT: step %c256
//       CHECK: return
func.func @exact(%dy: memref<8x1024xf32>, %y: memref<8x1024xf32>,
                 %dx: memref<8x1024xf32>) {
  act.softmax_backward ins(%dy, %y : memref<8x1024xf32>, memref<8x1024xf32>)
    outs(%dx : memref<8x1024xf32>) saved(output) {act.accuracy = "exact"}
  return
}

// -----

// The second pass over y and dy begins at their end, which the caches hold.

// CHECK-LABEL: func @backward(
//       CHECK: %[[LEFT:.*]] = arith.andi %[[SIZE:sizes.*#1]], %c63{{.*}} : index
//       CHECK: %[[FULL:.*]] = arith.subi %[[SIZE]], %[[LEFT]] : index
//       CHECK: scf.if
//       CHECK: %[[LAST:.*]] = arith.subi %[[FULL]], %c64{{.*}} : index
//       CHECK: scf.for %[[OFFSET:.*]] = %c0{{.*}} to %[[FULL]] step %c64
//       CHECK:   %[[POSITION:.*]] = arith.subi %[[LAST]], %[[OFFSET]] : index
//       CHECK:   vector.load %{{.*}}[%[[POSITION]]] {{.*}} vector<64xf32>
//       CHECK:   vector.store %{{.*}}[%[[POSITION]]] {{.*}} vector<64xf32>
func.func @backward(%dy: memref<?x?xf32>, %y: memref<?x?xf32>, %dx: memref<?x?xf32>) {
  act.softmax_backward ins(%dy, %y : memref<?x?xf32>, memref<?x?xf32>)
    outs(%dx : memref<?x?xf32>) saved(output)
  return
}

// -----

// CHECK-LABEL: func @backward_of_one(
//       CHECK: scf.for %{{.*}} = %c0{{.*}} to %c256
//       CHECK:   %[[POSITION:.*]] = arith.subi %c192{{.*}}, %{{.*}} : index
//       CHECK:   vector.store %{{.*}}[%[[POSITION]]] {{.*}} vector<64xf32>
func.func @backward_of_one(%dy: memref<?x256xf32>, %y: memref<?x256xf32>, %dx: memref<?x256xf32>) {
  act.softmax_backward ins(%dy, %y : memref<?x256xf32>, memref<?x256xf32>)
    outs(%dx : memref<?x256xf32>) saved(output)
  return
}
