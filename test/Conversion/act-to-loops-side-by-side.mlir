// RUN: act-opt %s --act-to-loops="vector-bits=512 side-by-side=2" --split-input-file | FileCheck %s
// RUN: act-opt %s --act-to-loops="vector-bits=512" --split-input-file | FileCheck %s --check-prefix=WHOLE
// RUN: act-opt %s --act-to-loops="vector-bits=512 side-by-side=8" --split-input-file | FileCheck %s --check-prefix=WHOLE

// The exponentials of a block of four registers are computed of two and two:
// code generation keeps this order.

// CHECK-LABEL: func @softmax
//       CHECK: %[[FIRST:.*]] = act.shifted_exp %{{.*}} : vector<32xf32>
//  CHECK-NEXT: %[[HIGH:.*]] = vector.shuffle %[[BLOCK:.*]], %[[BLOCK]] [32, {{.*}}, 63] : vector<64xf32>, vector<64xf32>
//  CHECK-NEXT: %[[MAXIMUM:.*]] = vector.shuffle %{{.*}} [32, {{.*}}, 63] : vector<64xf32>, vector<64xf32>
//  CHECK-NEXT: %[[SECOND:.*]] = act.shifted_exp %[[HIGH]], %[[MAXIMUM]] {{.*}} : vector<32xf32>
//  CHECK-NEXT: vector.shuffle %[[FIRST]], %[[SECOND]] [0, {{.*}}, 63] : vector<32xf32>, vector<32xf32>

// WHOLE-LABEL: func @softmax
//   WHOLE-NOT: act.shifted_exp %{{.*}} : vector<32xf32>
//       WHOLE: act.shifted_exp %{{.*}} : vector<64xf32>
func.func @softmax(%x: memref<?x?xf32>, %y: memref<?x?xf32>) {
  act.softmax ins(%x : memref<?x?xf32>) outs(%y : memref<?x?xf32>)
  return
}

// -----

// CHECK-LABEL: func @of_f64
// CHECK-COUNT-2: act.exp_difference %{{.*}} : vector<16xf64>
func.func @of_f64(%x: memref<?x?xf64>, %y: memref<?x?xf64>) {
  act.softmax ins(%x : memref<?x?xf64>) outs(%y : memref<?x?xf64>)
  return
}

// -----

// Those of 16-bit numbers take fewer operations.

// CHECK-LABEL: func @of_bf16
//       CHECK: act.exp_distance %{{.*}} : vector<64xf32>
func.func @of_bf16(%x: memref<?x?xbf16>, %y: memref<?x?xbf16>) {
  act.softmax ins(%x : memref<?x?xbf16>) outs(%y : memref<?x?xbf16>)
  return
}
