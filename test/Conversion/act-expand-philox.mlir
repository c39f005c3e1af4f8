// The published vectors of Philox4x32-10 (Random123, kat_vectors).

// RUN: act-opt %s --act-expand --canonicalize | FileCheck %s

// 6627e8d5 e169c58d bc57ac4c 9b00dbd8
// CHECK-LABEL: func @zeros
//   CHECK-DAG: %[[W0:.*]] = arith.constant 1713891541 : i32
//   CHECK-DAG: %[[W1:.*]] = arith.constant -513161843 : i32
//   CHECK-DAG: %[[W2:.*]] = arith.constant -1135104948 : i32
//   CHECK-DAG: %[[W3:.*]] = arith.constant -1694442536 : i32
//       CHECK: return %[[W0]], %[[W1]], %[[W2]], %[[W3]]
func.func @zeros() -> (i32, i32, i32, i32) {
  %0 = arith.constant 0 : i64
  %w:4 = act.philox %0, %0, %0 : i64
  return %w#0, %w#1, %w#2, %w#3 : i32, i32, i32, i32
}

// 408f276d 41c83b0e a20bc7c6 6d5451fd
// CHECK-LABEL: func @ones
//   CHECK-DAG: %[[W0:.*]] = arith.constant dense<1083123565> : vector<4xi32>
//   CHECK-DAG: %[[W1:.*]] = arith.constant dense<1103641358> : vector<4xi32>
//   CHECK-DAG: %[[W2:.*]] = arith.constant dense<-1576286266> : vector<4xi32>
//   CHECK-DAG: %[[W3:.*]] = arith.constant dense<1834242557> : vector<4xi32>
//       CHECK: return %[[W0]], %[[W1]], %[[W2]], %[[W3]]
func.func @ones() -> (vector<4xi32>, vector<4xi32>, vector<4xi32>,
                      vector<4xi32>) {
  %0 = arith.constant dense<-1> : vector<4xi64>
  %w:4 = act.philox %0, %0, %0 : vector<4xi64>
  return %w#0, %w#1, %w#2, %w#3
    : vector<4xi32>, vector<4xi32>, vector<4xi32>, vector<4xi32>
}

// Counter 243f6a88 85a308d3 13198a2e 03707344, key a4093822 299f31d0:
// d16cfe09 94fdcceb 5001e420 24126ea1
// CHECK-LABEL: func @pi
//   CHECK-DAG: %[[W0:.*]] = arith.constant -781386231 : i32
//   CHECK-DAG: %[[W1:.*]] = arith.constant -1795306261 : i32
//   CHECK-DAG: %[[W2:.*]] = arith.constant 1342301216 : i32
//   CHECK-DAG: %[[W3:.*]] = arith.constant 605187745 : i32
//       CHECK: return %[[W0]], %[[W1]], %[[W2]], %[[W3]]
func.func @pi() -> (i32, i32, i32, i32) {
  %key = arith.constant 0x299f31d0a4093822 : i64
  %low = arith.constant 0x85a308d3243f6a88 : i64
  %high = arith.constant 0x0370734413198a2e : i64
  %w:4 = act.philox %key, %high, %low : i64
  return %w#0, %w#1, %w#2, %w#3 : i32, i32, i32, i32
}
