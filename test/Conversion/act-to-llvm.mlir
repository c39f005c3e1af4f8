// RUN: act-opt %s --act-to-llvm | FileCheck %s

// Nothing but LLVM is left, and the host finds a C wrapper.

// CHECK-NOT: {{(func|arith|scf|cf|vector|memref)\.}}
// CHECK-LABEL: llvm.func @f
//  CHECK-SAME: attributes {llvm.emit_c_interface}
//       CHECK: llvm.intr.fma
//   CHECK-NOT: {{(func|arith|scf|cf|vector|memref)\.}}
// CHECK-LABEL: llvm.func @_mlir_ciface_f
// CHECK-LABEL: llvm.func @hidden
//   CHECK-NOT: emit_c_interface
func.func @f(%x: memref<?xf32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c8 = arith.constant 8 : index
  scf.for %i = %c0 to %n step %c8 {
    %v = vector.load %x[%i] : memref<?xf32>, vector<8xf32>
    %w = math.fma %v, %v, %v : vector<8xf32>
    vector.store %w, %x[%i] : memref<?xf32>, vector<8xf32>
  }
  return
}

func.func private @hidden() {
  return
}
