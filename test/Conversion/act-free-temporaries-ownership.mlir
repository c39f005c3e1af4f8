// RUN: act-opt %s --act-free-temporaries | FileCheck %s

// A buffer that a loop hands on is freed by its last owner.

// CHECK-LABEL: func @handed_on
//       CHECK: memref.alloc() : memref<300xf32>
//       CHECK: scf.for
//       CHECK:   memref.alloc() : memref<300xf32>
//       CHECK:   memref.dealloc
//       CHECK: memref.dealloc
//       CHECK: return
func.func @handed_on(%n: index, %v: f32, %out: memref<f32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %first = memref.alloc() : memref<300xf32>
  memref.store %v, %first[%c0] : memref<300xf32>
  %last = scf.for %i = %c0 to %n step %c1 iter_args(%b = %first) -> (memref<300xf32>) {
    %next = memref.alloc() : memref<300xf32>
    %x = memref.load %b[%c0] : memref<300xf32>
    %y = arith.addf %x, %x : f32
    memref.store %y, %next[%c0] : memref<300xf32>
    scf.yield %next : memref<300xf32>
  }
  %r = memref.load %last[%c0] : memref<300xf32>
  memref.store %r, %out[] : memref<f32>
  return
}
