// Kernels of each kind; see Inputs/kernels.mlir.

// RUN: act-opt %S/Inputs/kernels.mlir --act-to-nvvm | FileCheck %s

// CHECK-NOT: @__nv_

// 16 bytes at a time, and arguments that say that they may be cached.
// CHECK-LABEL: llvm.func @scale
// CHECK-SAME: !llvm.ptr<1> {llvm.align = 16 : i64, llvm.noalias, llvm.readonly}
// CHECK-SAME: nvvm.kernel
// CHECK-SAME: nvvm.minctasm = 1
// CHECK-SAME: nvvm.reqntid = array<i32: 256, 1, 1>
// CHECK: nvvm.read.ptx.sreg.tid.x
// CHECK: llvm.load %{{.*}} {alignment = 16 : i64} : !llvm.ptr<1> -> vector<8xbf16>
// CHECK: llvm.fpext
// CHECK: llvm.fmul
// CHECK: llvm.fadd
// CHECK: llvm.fptrunc
// CHECK: llvm.store %{{.*}} {alignment = 16 : i64} : vector<8xbf16>, !llvm.ptr<1>

// Math functions that are instructions become these. Kernels with a schedule
// say themselves how many blocks should fit.
// CHECK-LABEL: llvm.func @polynomial
// CHECK-NOT: nvvm.minctasm
// CHECK-SAME: nvvm.reqntid
// CHECK: llvm.intr.fma
// CHECK: llvm.intr.sqrt
// CHECK: llvm.intr.maximum

// CHECK: llvm.mlir.global internal @[[SHARED:.*]]() {addr_space = 3 : i32, alignment = 16 : i64}
// CHECK-LABEL: llvm.func @rowmax
// CHECK: nvvm.shfl.sync bfly
// CHECK: nvvm.barrier

// Memory of a block is aligned to 16 bytes, whatever its elements.
// CHECK: llvm.mlir.global internal @{{.*}}pair{{.*}}() {addr_space = 3 : i32, alignment = 16 : i64}
// CHECK-LABEL: llvm.func @pair
// CHECK-SAME: nvvm.cluster_dim = array<i32: 2, 1, 1>
// CHECK: nvvm.read.ptx.sreg.cluster.ctaid.x
// CHECK: nvvm.cluster.arrive {aligned}
// CHECK: nvvm.cluster.wait {aligned}
// CHECK: nvvm.mapa
// CHECK: llvm.load %{{.*}} : !llvm.ptr<7> -> f32
