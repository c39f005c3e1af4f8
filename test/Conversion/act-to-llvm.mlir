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

// Numbers of 16 bit are passed as integers, and names are left behind.

// CHECK-LABEL: llvm.func @scale(
//  CHECK-SAME: %[[BITS:[a-z0-9]+]]: i16,
//   CHECK-NOT: act.name
//   CHECK-NOT: bf16
//       CHECK: llvm.store %[[BITS]], %{{.*}} : i16, !llvm.ptr
// CHECK-LABEL: llvm.func @_mlir_ciface_scale(%{{.*}}: i16,
func.func @scale(%x: bf16 {act.name = "x"}, %y: memref<bf16>) {
  memref.store %x, %y[] : memref<bf16>
  return
}

// A bf16 that is only moved is an integer.

// CHECK-LABEL: llvm.func @move(
//   CHECK-NOT: bf16
//       CHECK: %[[V:.*]] = llvm.load %{{.*}} : !llvm.ptr -> i16
//   CHECK-NOT: bf16
//       CHECK: llvm.store %[[V]], %{{.*}} : i16, !llvm.ptr
func.func @move(%x: memref<bf16>, %y: memref<bf16>) {
  %v = memref.load %x[] : memref<bf16>
  memref.store %v, %y[] : memref<bf16>
  return
}

// Nothing is left of what a cast knows of its source.

// CHECK-LABEL: llvm.func @sizes(
//   CHECK-NOT: {{(arith|memref|builtin)\.}}
//       CHECK: llvm.mlir.constant(33 : index)
//   CHECK-NOT: {{(arith|memref|builtin)\.}}
func.func @sizes(%x: memref<33x5xf32>) -> (index, index) {
  %cast = memref.cast %x : memref<33x5xf32> to memref<?x?xf32>
  %base, %offset, %sizes:2, %strides:2 = memref.extract_strided_metadata %cast
    : memref<?x?xf32> -> memref<f32>, index, index, index, index, index
  return %sizes#0, %strides#0 : index, index
}

// Vectors of 16-bit numbers are chosen from as integers.

// CHECK-LABEL: llvm.func @choose(
//       CHECK: llvm.select %{{.*}}, %{{.*}}, %{{.*}} : vector<16xi1>, vector<16xi16>
//   CHECK-NOT: llvm.select {{.*}}bf16
// CHECK-LABEL: llvm.func @_mlir_ciface_choose(
func.func @choose(%c: vector<16xi1>, %x: memref<16xbf16>) {
  %c0 = arith.constant 0 : index
  %zeros = arith.constant dense<0.0> : vector<16xbf16>
  %v = vector.load %x[%c0] : memref<16xbf16>, vector<16xbf16>
  %y = arith.select %c, %v, %zeros : vector<16xi1>, vector<16xbf16>
  vector.store %y, %x[%c0] : memref<16xbf16>, vector<16xbf16>
  return
}
