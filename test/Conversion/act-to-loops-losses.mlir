// RUN: act-opt %s --act-to-loops --split-input-file | FileCheck %s

// A mean is a sum of row losses over a sum of weights, which is known before
// the rows are read; gradients are 0 where it is.

// CHECK-LABEL: func @mean
//       CHECK: arith.cmpi eq, {{.*}} : vector<
//       CHECK: %[[DLOSS:.*]] = memref.load %arg2[]
//       CHECK: arith.divf %[[DLOSS]], %{{.*}} : f32
//       CHECK: memref.reinterpret_cast {{.*}} strides: [0] : memref<f32> to memref<?xf32, strided<[0]>>
//       CHECK: %[[ROWS:.*]] = memref.alloc(%{{.*}}) : memref<?xf32>
//       CHECK: act.shifted_exp
//       CHECK: %[[SUM:.*]] = memref.load %{{.*}}[] : memref<f32>
//  CHECK-NEXT: %[[WEIGHTS:.*]] = memref.load %{{.*}}[] : memref<f32>
//  CHECK-NEXT: %[[MEAN:.*]] = arith.divf %[[SUM]], %[[WEIGHTS]] : f32
//       CHECK: %[[LOSS:.*]] = arith.select %{{.*}}, %{{.*}}, %[[MEAN]]
//       CHECK: memref.store %[[LOSS]], %arg3[]
//       CHECK: %[[IS_EMPTY:.*]] = arith.cmpf oeq
//       CHECK: scf.if %[[IS_EMPTY]]
//       CHECK: vector.store
//       CHECK: memref.dealloc %[[ROWS]]
//  CHECK-NEXT: return
func.func @mean(%x: memref<?x8xf32>, %target: memref<?xi64>,
                %dloss: memref<f32>, %loss: memref<f32>,
                %dx: memref<?x8xf32>) {
  act.cross_entropy_with_grad
    ins(%x, %target, %dloss : memref<?x8xf32>, memref<?xi64>, memref<f32>)
    outs(%loss, %dx : memref<f32>, memref<?x8xf32>)
  return
}

// -----

// CHECK-LABEL: func @sum
//   CHECK-NOT: arith.divf
//       CHECK: act.shifted_exp
//       CHECK: %[[UNIT:.*]] = act.shifted_exp %[[MAXIMUM:.*]], %[[MAXIMUM]]
//  CHECK-NEXT: arith.divf %{{.*}}, %[[UNIT]]
//   CHECK-NOT: arith.divf
//       CHECK: memref.dealloc
//  CHECK-NEXT: return
func.func @sum(%x: memref<?x8xf32>, %target: memref<?xi64>,
               %loss: memref<f32>) {
  act.cross_entropy ins(%x, %target : memref<?x8xf32>, memref<?xi64>)
    outs(%loss : memref<f32>) reduction(sum)
  return
}

// -----

// Soft targets without weights divide by the number of rows.

// CHECK-LABEL: func @soft
//       CHECK: %[[ROWS:.*]] = arith.muli
//       CHECK: %[[INTEGER:.*]] = arith.index_cast %[[ROWS]] : index to i64
//       CHECK: arith.sitofp %[[INTEGER]] : i64 to f32
//       CHECK: act.shifted_exp
func.func @soft(%x: memref<?x8xf32>, %q: memref<?x8xf32>, %loss: memref<f32>) {
  act.cross_entropy ins(%x, %q : memref<?x8xf32>, memref<?x8xf32>)
    outs(%loss : memref<f32>)
  return
}

// -----

// Counts come from the argmax of each row, which is an output or temporary.

// CHECK-LABEL: func @counts
//       CHECK: %[[ARGMAX:.*]] = memref.alloc(%{{.*}}) : memref<?xi32>
//       CHECK: act.shifted_exp
//       CHECK: memref.load %[[ARGMAX]]
//       CHECK: arith.cmpi eq
//       CHECK: memref.store %{{.*}}, %arg3[%c0{{.*}}] : memref<2xi64>
//       CHECK: memref.store %{{.*}}, %arg3[%c1{{.*}}] : memref<2xi64>
//       CHECK: memref.dealloc %[[ARGMAX]]
func.func @counts(%x: memref<?x8xf32>, %target: memref<?xi32>,
                  %loss: memref<?xf32>, %counts: memref<2xi64>) {
  act.cross_entropy ins(%x, %target : memref<?x8xf32>, memref<?xi32>)
    outs(%loss, %counts : memref<?xf32>, memref<2xi64>)
    reduction(none) extra(counts)
  return
}

// CHECK-LABEL: func @argmax_and_counts
//   CHECK-NOT: memref.alloc(
func.func @argmax_and_counts(%x: memref<?x8xf32>, %target: memref<?xi32>,
                             %loss: memref<?xf32>, %argmax: memref<?xi32>,
                             %counts: memref<2xi64>) {
  act.cross_entropy ins(%x, %target : memref<?x8xf32>, memref<?xi32>)
    outs(%loss, %argmax, %counts : memref<?xf32>, memref<?xi32>, memref<2xi64>)
    reduction(none) extra(argmax, counts)
  return
}

// -----

// The losses may take the place of their cotangents, which are read before.

// CHECK-LABEL: func @loss_over_dloss
//       CHECK: %[[X:.*]], %{{.*}}, %{{.*}}, %{{.*}} = memref.extract_strided_metadata %arg0
//       CHECK: %[[D:.*]], %{{.*}}, %{{.*}}, %{{.*}} = memref.extract_strided_metadata %arg2
//       CHECK: %[[ROW:.*]] = memref.reinterpret_cast %[[D]]
//   CHECK-NOT: memref.store %{{.*}}, %[[ROW]]
//       CHECK: memref.load %[[ROW]]
//       CHECK: memref.store %{{.*}}, %[[ROW]]
func.func @loss_over_dloss(%x: memref<4x1000xf32>, %t: memref<4xi64>,
                           %d: memref<4xf32>, %dx: memref<4x1000xf32>) {
  act.cross_entropy_with_grad
    ins(%x, %t, %d : memref<4x1000xf32>, memref<4xi64>, memref<4xf32>)
    outs(%d, %dx : memref<4xf32>, memref<4x1000xf32>) reduction(none)
  return
}
