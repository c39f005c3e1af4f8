// Blocks of a cluster read each other's shared memory, which ends with the
// cluster's last barrier.

// RUN: act-run %s --device=simt --output=- | FileCheck %s
// CHECK: y: 8xi32
// CHECK-NEXT: [1, 2, 3, 0, 11, 12, 13, 10]

module attributes {gpu.container_module} {
  gpu.module @kernels [#nvvm.target<chip = "sm_90">] {
    // Each block writes the number that its right neighbour has.
    gpu.func @neighbours(%y: !llvm.ptr<1>)
        workgroup(%own: memref<1xi32, #gpu.address_space<workgroup>>) kernel
        attributes {known_cluster_size = array<i32: 4, 1, 1>} {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : i32
      %c4 = arith.constant 4 : i32
      %c10 = arith.constant 10 : i32
      %thread = gpu.thread_id x
      %first = arith.cmpi eq, %thread, %c0 : index
      %cluster = gpu.cluster_id x
      %rank = gpu.cluster_block_id x
      %ci = arith.index_cast %cluster : index to i32
      %ri = arith.index_cast %rank : index to i32
      scf.if %first {
        %tens = arith.muli %ci, %c10 : i32
        %number = arith.addi %tens, %ri : i32
        memref.store %number, %own[%c0] : memref<1xi32, #gpu.address_space<workgroup>>
      }
      nvvm.cluster.arrive
      nvvm.cluster.wait
      scf.if %first {
        %next = arith.addi %ri, %c1 : i32
        %neighbour = arith.remui %next, %c4 : i32
        %address = memref.extract_aligned_pointer_as_index %own : memref<1xi32, #gpu.address_space<workgroup>> -> index
        %bits = arith.index_cast %address : index to i64
        %p = llvm.inttoptr %bits : i64 to !llvm.ptr<3>
        %q = nvvm.mapa %p, %neighbour : !llvm.ptr<3> -> !llvm.ptr<7>
        %number = llvm.load %q {alignment = 4 : i64} : !llvm.ptr<7> -> i32
        %block = gpu.block_id x
        %k = arith.index_cast %block : index to i64
        %r = llvm.getelementptr %y[%k] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, i32
        llvm.store %number, %r {alignment = 4 : i64} : i32, !llvm.ptr<1>
      }
      nvvm.cluster.arrive
      nvvm.cluster.wait
      gpu.return
    }
  }

  func.func @neighbours(%y: memref<8xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c4 = arith.constant 4 : index
    %c8 = arith.constant 8 : index
    %c64 = arith.constant 64 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<8xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@neighbours clusters in (%c4, %c1, %c1)
      blocks in (%c8, %c1, %c1) threads in (%c64, %c1, %c1)
      args(%p : !llvm.ptr<1>)
    return
  }
}
