// The terms of rows are exact products, with which sums are fused.

// RUN: act-opt %s --act-expand | FileCheck %s
// RUN: act-opt %s --act-expand=has-fma=false | FileCheck %s --check-prefix=NOFMA

// One clamp, by a constant, three operations to reduce and five of a polynomial.

// CHECK-LABEL: func @sum(
//       CHECK: arith.subf %arg0, %arg1 : vector<8xf32>
//  CHECK-NEXT: math.absf
//  CHECK-NEXT: arith.negf
//       CHECK: arith.cmpf olt
//  CHECK-NEXT: arith.select
//   CHECK-NOT: arith.cmpf
//       CHECK: math.fma
//       CHECK: arith.subf
//   CHECK-NOT: arith.addf
//   CHECK-NOT: arith.mulf
// CHECK-COUNT-6: math.fma
//       CHECK: arith.shli
//  CHECK-NEXT: %[[POWER:.*]] = arith.bitcast
//  CHECK-NEXT: %[[SUM:.*]] = math.fma %{{.*}}, %[[POWER]], %arg2
//  CHECK-NEXT: return %[[SUM]]
// NOFMA-LABEL: func @sum(
//       NOFMA: %[[TERM:.*]] = arith.mulf %{{.*}} : vector<8xf32>
//  NOFMA-NEXT: %[[SUM:.*]] = arith.addf %arg2, %[[TERM]]
//  NOFMA-NEXT: return %[[SUM]]
func.func @sum(%x: vector<8xf32>, %m: vector<8xf32>, %s: vector<8xf32>)
    -> vector<8xf32> {
  %e = act.exp_distance %x, %m : vector<8xf32>, vector<8xf32>
  %y = arith.addf %s, %e : vector<8xf32>
  return %y : vector<8xf32>
}

// Terms of f32: what depends on the maximum alone comes first. Then two clamps,
// two products and two sums to reduce, and six products of a polynomial.

// CHECK-LABEL: func @shifted(
//       CHECK: %[[A:.*]] = arith.select %{{.*}}, %arg1, %{{.*}} : vector<8xi1>
//       CHECK: %[[X:.*]] = arith.subf %arg0, %[[A]] : vector<8xf32>
//       CHECK: arith.select
//       CHECK: arith.select
//       CHECK: %[[N:.*]] = math.fma
//  CHECK-NEXT: %[[K:.*]] = arith.subf %[[N]], %{{.*}}
//       CHECK: %[[R:.*]] = math.fma %[[K]], %{{.*}}, %{{.*}}
// CHECK-COUNT-6: math.fma %{{.*}}, %[[R]], %{{.*}}
//   CHECK-NOT: math.fma
//       CHECK: arith.shli
//  CHECK-NEXT: %[[POWER:.*]] = arith.bitcast
//  CHECK-NEXT: %[[SUM:.*]] = math.fma %{{.*}}, %[[POWER]], %arg2
//  CHECK-NEXT: return %[[SUM]]
// NOFMA-LABEL: func @shifted(
func.func @shifted(%x: vector<8xf32>, %m: vector<8xf32>, %s: vector<8xf32>)
    -> vector<8xf32> {
  %e = act.shifted_exp %x, %m : vector<8xf32>, vector<8xf32>
  %y = arith.addf %s, %e : vector<8xf32>
  return %y : vector<8xf32>
}

// One more product than without a temperature, of which nothing is left but the
// two parts of 1 / (T ln 2).

// CHECK-LABEL: func @tempered(
//   CHECK-NOT: arith.divf
//       CHECK: %[[X:.*]] = arith.subf %arg0, %{{.*}} : vector<8xf32>
//       CHECK: arith.select
//       CHECK: arith.select
//       CHECK: %[[N:.*]] = math.fma
//  CHECK-NEXT: %[[K:.*]] = arith.subf %{{.*}}, %[[N]]
//  CHECK-NEXT: %[[H:.*]] = math.fma %{{.*}}, %{{.*}}, %[[K]]
//  CHECK-NEXT: %[[R:.*]] = math.fma %{{.*}}, %{{.*}}, %[[H]]
// CHECK-COUNT-6: math.fma %{{.*}}, %[[R]], %{{.*}}
//   CHECK-NOT: math.fma
//       CHECK: arith.shli
//  CHECK-NEXT: %[[POWER:.*]] = arith.bitcast
//  CHECK-NEXT: %[[SUM:.*]] = math.fma %{{.*}}, %[[POWER]], %arg2
//  CHECK-NEXT: return %[[SUM]]
func.func @tempered(%x: vector<8xf32>, %m: vector<8xf32>, %s: vector<8xf32>)
    -> vector<8xf32> {
  %e = act.tempered_exp %x, %m {temperature = 11.3}
    : vector<8xf32>, vector<8xf32>
  %y = arith.addf %s, %e : vector<8xf32>
  return %y : vector<8xf32>
}

// A term that is kept is there anyway. Other products are not exact.

// CHECK-LABEL: func @kept(
//       CHECK: %[[TERM:.*]] = arith.mulf %{{[a-z0-9]*}}, %{{[a-z0-9]*}} : f32
//       CHECK: arith.addf %[[TERM]], %arg2 : f32
//       CHECK: arith.mulf %arg2, %arg2 : f32
//       CHECK: arith.addf
func.func @kept(%x: f32, %m: f32, %s: f32) -> (f32, f32, f32) {
  %e = act.exp_distance %x, %m : f32, f32
  %y = arith.addf %e, %s : f32
  %p = arith.mulf %s, %s : f32
  %z = arith.addf %p, %s : f32
  return %e, %y, %z : f32, f32, f32
}
