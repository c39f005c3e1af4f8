// RUN: act-opt %s --act-to-loops="parallel=true parallel-threshold=1000" --split-input-file | FileCheck %s

// The loops stand in a function of a range, called once or by a team.

// CHECK-LABEL: func private @f__block(
//  CHECK-SAME: %[[S:[^:]*]]: f32, %[[BEGIN:.*]]: index, %[[END:.*]]: index) {
//       CHECK: arith.subi %[[END]], %[[BEGIN]]
//       CHECK: vector.broadcast %[[S]]
//       CHECK: return
// CHECK-LABEL: func private @f__team(
//  CHECK-SAME: %[[N:[^:]*]]: index, %[[STEP:[^:]*]]: index) {
//       CHECK: omp.parallel
//       CHECK:   omp.wsloop
//  CHECK-NEXT:     omp.loop_nest (%[[B:.*]]) : index = (%{{.*}}) to (%[[N]]) step (%[[STEP]]) {
//       CHECK:       %[[SUM:.*]] = arith.addi %[[B]], %[[STEP]]
//       CHECK:       %[[E:.*]] = arith.minsi %[[SUM]], %[[N]]
//       CHECK:       func.call @f__block({{.*}}, %[[B]], %[[E]])
// CHECK-LABEL: func @f(
//       CHECK: %[[MANY:.*]] = arith.cmpi sgt
//       CHECK: scf.if %[[MANY]]
//       CHECK:   arith.divsi
//       CHECK:   %[[STEPS:.*]] = arith.maxsi
//       CHECK:   func.call @f__team({{.*}}, %[[STEPS]])
//       CHECK: else
//       CHECK:   call @f__block
func.func @f(%x: memref<?xf32>, %y: memref<?xf32>, %s: f32) {
  linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>],
                  iterator_types = ["parallel"]}
      ins(%x : memref<?xf32>) outs(%y : memref<?xf32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = arith.mulf %in, %s : f32
    linalg.yield %0 : f32
  }
  return
}

// -----

// Few elements stay on one thread.

// CHECK-LABEL: func @few
//   CHECK-NOT: omp
func.func @few(%x: memref<1000xf32>, %y: memref<1000xf32>) {
  linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>],
                  iterator_types = ["parallel"]}
      ins(%x : memref<1000xf32>) outs(%y : memref<1000xf32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = arith.mulf %in, %in : f32
    linalg.yield %0 : f32
  }
  return
}
