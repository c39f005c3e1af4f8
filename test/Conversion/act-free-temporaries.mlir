// RUN: act-opt %s --act-free-temporaries | FileCheck %s

// Small buffers live on the stack; others are freed where their block ends.

// CHECK-LABEL: func @straight
//       CHECK: memref.alloca() : memref<256xf32>
//       CHECK: %[[BIG:.*]] = memref.alloc() : memref<257xf32>
//       CHECK: scf.for
//       CHECK:   %[[INNER:.*]] = memref.alloc() : memref<4xf32>
//       CHECK:   memref.dealloc %[[INNER]]
//       CHECK: memref.dealloc %[[BIG]]
//  CHECK-NEXT: return
func.func @straight(%n: index, %v: f32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %small = memref.alloc() : memref<256xf32>
  %big = memref.alloc() : memref<257xf32>
  memref.store %v, %small[%c0] : memref<256xf32>
  memref.store %v, %big[%c0] : memref<257xf32>
  scf.for %i = %c0 to %n step %c1 {
    %inner = memref.alloc() : memref<4xf32>
    memref.store %v, %inner[%c0] : memref<4xf32>
  }
  return
}
