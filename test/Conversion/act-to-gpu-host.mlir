// RUN: act-opt %s --act-to-gpu --split-input-file | FileCheck %s

// The host does not read the device's memory: what comes from there is computed
// by the kernel that uses it.

// CHECK-LABEL: gpu.func @number_elementwise_elements
//       CHECK:   %[[A:.*]] = llvm.load %{{.*}} {alignment = 4 : i64} : !llvm.ptr<1> -> f32
//       CHECK:   %[[N:.*]] = arith.negf %[[A]] : f32
//       CHECK:   scf.for
//       CHECK:     arith.mulf %{{.*}}, %[[N]] : f32
// CHECK-LABEL: func.func @number
//   CHECK-NOT: memref.load
//   CHECK-NOT: arith.negf
func.func @number(%x: memref<?xf32>, %w: memref<1xf32>, %y: memref<?xf32>) {
  %c0 = arith.constant 0 : index
  %a = memref.load %w[%c0] : memref<1xf32>
  %n = arith.negf %a : f32
  linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : memref<?xf32>) outs(%y : memref<?xf32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = arith.mulf %in, %n : f32
    linalg.yield %0 : f32
  }
  return
}

// -----

// A number that is overwritten before its use is kept; one thread stores.

// CHECK-LABEL: func.func @overwritten
//       CHECK:   %[[KEPT:.*]] = memref.alloc() : memref<f32>
//       CHECK:   gpu.launch_func @overwritten_kernels::@overwritten_store_elements
//       CHECK:   gpu.launch_func @overwritten_kernels::@overwritten_store_elements_0
//       CHECK:   memref.extract_aligned_pointer_as_index %{{.*}}
//       CHECK:   gpu.launch_func @overwritten_kernels::@overwritten_store_elements_1
//       CHECK:   memref.dealloc %[[KEPT]]
func.func @overwritten(%w: memref<f32>, %y: memref<f32>) {
  %zero = arith.constant 0.0 : f32
  %a = memref.load %w[] : memref<f32>
  memref.store %zero, %w[] : memref<f32>
  memref.store %a, %y[] : memref<f32>
  return
}

// -----

// A condition that comes from memory is asked by the kernels.

// CHECK-LABEL: gpu.func @guarded_elementwise_tiles
//       CHECK:   %[[A:.*]] = llvm.load
//       CHECK:   %[[C:.*]] = arith.cmpf oeq, %[[A]], %{{.*}} : f32
//       CHECK:   scf.if %[[C]]
//       CHECK:     llvm.store
// CHECK-LABEL: func.func @guarded
//   CHECK-NOT: arith.cmpf
func.func @guarded(%w: memref<f32>, %y: memref<?xf32>) {
  %zero = arith.constant 0.0 : f32
  %a = memref.load %w[] : memref<f32>
  %c = arith.cmpf oeq, %a, %zero : f32
  scf.if %c {
    linalg.fill ins(%zero : f32) outs(%y : memref<?xf32>)
  }
  return
}

// -----

// Memory on the stack becomes memory of the device.

// CHECK-LABEL: func.func @stack
//       CHECK:   %[[M:.*]] = memref.alloc() : memref<f32>
//   CHECK-NOT: memref.alloca
//       CHECK:   memref.dealloc %[[M]]
func.func @stack(%y: memref<f32>) {
  %one = arith.constant 1.0 : f32
  %m = memref.alloca() : memref<f32>
  memref.store %one, %m[] : memref<f32>
  memref.copy %m, %y : memref<f32> to memref<f32>
  return
}

// -----

// Functions of sizes stay on the host.

// CHECK-LABEL: func.func @f__act_check
//       CHECK:   memref.load
func.func @f__act_check(%t: memref<1xi64>) -> i64 attributes {act.query} {
  %c0 = arith.constant 0 : index
  %a = memref.load %t[%c0] : memref<1xi64>
  return %a : i64
}

// -----

// A constant tensor of one number is memory that a kernel fills.

memref.global "private" constant @ones : memref<64xf32> = dense<1.0>
// CHECK-LABEL: func.func @constant
//       CHECK:   %[[M:.*]] = memref.alloc() : memref<64xf32>
//   CHECK-NOT:   memref.get_global
//       CHECK:   memref.dealloc %[[M]]
func.func @constant(%y: memref<64xf32>) {
  %t = memref.get_global @ones : memref<64xf32>
  memref.copy %t, %y : memref<64xf32> to memref<64xf32>
  return
}
