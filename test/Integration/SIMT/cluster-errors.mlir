// What the runner reports of clusters.

module attributes {gpu.container_module} {
  gpu.module @kernels [#nvvm.target<chip = "sm_90">] {
    // RUN: not act-run %s --device=simt --entry=too_early 2>&1 | FileCheck %s --check-prefix=EARLY
    gpu.func @too_early(%y: !llvm.ptr<1>)
        workgroup(%s: memref<1xi32, #gpu.address_space<workgroup>>) kernel {
      %one = arith.constant 1 : i32
      %address = memref.extract_aligned_pointer_as_index %s : memref<1xi32, #gpu.address_space<workgroup>> -> index
      %bits = arith.index_cast %address : index to i64
      %p = llvm.inttoptr %bits : i64 to !llvm.ptr<3>
      %q = nvvm.mapa %p, %one : !llvm.ptr<3> -> !llvm.ptr<7>
      // EARLY: cluster-errors.mlir:[[@LINE+1]]:{{[0-9]+}}: the block whose shared memory is accessed may not have begun; a cluster barrier is missing before (thread (0, 0, 0) of block (0, 0, 0)
      %number = llvm.load %q {alignment = 4 : i64} : !llvm.ptr<7> -> i32
      llvm.store %number, %y {alignment = 4 : i64} : i32, !llvm.ptr<1>
      nvvm.cluster.arrive
      nvvm.cluster.wait
      gpu.return
    }

    // RUN: not act-run %s --device=simt --entry=too_late 2>&1 | FileCheck %s --check-prefix=LATE
    gpu.func @too_late(%y: !llvm.ptr<1>)
        workgroup(%s: memref<1xi32, #gpu.address_space<workgroup>>) kernel {
      %one = arith.constant 1 : i32
      %address = memref.extract_aligned_pointer_as_index %s : memref<1xi32, #gpu.address_space<workgroup>> -> index
      %bits = arith.index_cast %address : index to i64
      %p = llvm.inttoptr %bits : i64 to !llvm.ptr<3>
      nvvm.cluster.arrive
      nvvm.cluster.wait
      %q = nvvm.mapa %p, %one : !llvm.ptr<3> -> !llvm.ptr<7>
      // LATE: cluster-errors.mlir:[[@LINE+1]]:{{[0-9]+}}: the block whose shared memory is accessed {{may have|has}} ended; a cluster barrier is missing before its end
      %number = llvm.load %q {alignment = 4 : i64} : !llvm.ptr<7> -> i32
      llvm.store %number, %y {alignment = 4 : i64} : i32, !llvm.ptr<1>
      gpu.return
    }

    // RUN: not act-run %s --device=simt --entry=too_relaxed 2>&1 | FileCheck %s --check-prefix=TOO_RELAXED
    gpu.func @too_relaxed(%y: !llvm.ptr<1>)
        workgroup(%s: memref<1xi32, #gpu.address_space<workgroup>>) kernel {
      %one = arith.constant 1 : i32
      %address = memref.extract_aligned_pointer_as_index %s : memref<1xi32, #gpu.address_space<workgroup>> -> index
      %bits = arith.index_cast %address : index to i64
      %p = llvm.inttoptr %bits : i64 to !llvm.ptr<3>
      // To know that blocks have begun nothing need be released.
      nvvm.cluster.arrive.relaxed
      nvvm.cluster.wait
      %rank = gpu.cluster_block_id x
      %c0 = arith.constant 0 : index
      %isFirst = arith.cmpi eq, %rank, %c0 : index
      scf.if %isFirst {
        %q = nvvm.mapa %p, %one : !llvm.ptr<3> -> !llvm.ptr<7>
        // TOO_RELAXED: cluster-errors.mlir:[[@LINE+1]]:{{[0-9]+}}: the block whose shared memory is accessed {{may have|has}} ended; a cluster barrier is missing before its end
        %number = llvm.load %q {alignment = 4 : i64} : !llvm.ptr<7> -> i32
        llvm.store %number, %y {alignment = 4 : i64} : i32, !llvm.ptr<1>
      }
      nvvm.cluster.arrive.relaxed
      nvvm.cluster.wait
      gpu.return
    }

    // RUN: not act-run %s --device=simt --entry=no_wait 2>&1 | FileCheck %s --check-prefix=RACE
    gpu.func @no_wait(%y: !llvm.ptr<1>)
        workgroup(%s: memref<2xi32, #gpu.address_space<workgroup>>) kernel {
      %zero = arith.constant 0 : i32
      %rank = gpu.cluster_block_id x
      %address = memref.extract_aligned_pointer_as_index %s : memref<2xi32, #gpu.address_space<workgroup>> -> index
      %bits = arith.index_cast %address : index to i64
      %p = llvm.inttoptr %bits : i64 to !llvm.ptr<3>
      nvvm.cluster.arrive
      nvvm.cluster.wait
      // Both blocks write into the first one.
      %q = nvvm.mapa %p, %zero : !llvm.ptr<3> -> !llvm.ptr<7>
      // RACE: cluster-errors.mlir:[[@LINE+1]]:7: race in shared memory: thread (0, 0, 0) of block (1, 0, 0) accesses it at {{.*}}cluster-errors.mlir:[[@LINE+1]]:7 and no barrier is between (thread (0, 0, 0) of block (0, 0, 0)
      llvm.store %zero, %q {alignment = 4 : i64} : i32, !llvm.ptr<7>
      nvvm.cluster.arrive
      nvvm.cluster.wait
      gpu.return
    }

    // RUN: not act-run %s --device=simt --entry=wait_alone 2>&1 | FileCheck %s --check-prefix=ALONE
    gpu.func @wait_alone(%y: !llvm.ptr<1>) kernel {
      // ALONE: cluster-errors.mlir:[[@LINE+1]]:7: nvvm.cluster.wait without nvvm.cluster.arrive (thread
      nvvm.cluster.wait
      gpu.return
    }

    // RUN: not act-run %s --device=simt --entry=arrive_twice 2>&1 | FileCheck %s --check-prefix=TWICE
    gpu.func @arrive_twice(%y: !llvm.ptr<1>) kernel {
      nvvm.cluster.arrive
      // TWICE: cluster-errors.mlir:[[@LINE+1]]:7: nvvm.cluster.arrive twice without nvvm.cluster.wait (thread
      nvvm.cluster.arrive
      gpu.return
    }

    // RUN: not act-run %s --device=simt --entry=one_block_waits 2>&1 | FileCheck %s --check-prefix=ONE
    gpu.func @one_block_waits(%y: !llvm.ptr<1>) kernel {
      %zero = arith.constant 0 : index
      %rank = gpu.cluster_block_id x
      %isFirst = arith.cmpi eq, %rank, %zero : index
      scf.if %isFirst {
        nvvm.cluster.arrive
        // ONE: cluster-errors.mlir:[[@LINE+1]]:9: divergent cluster barrier: thread (0, 0, 0) of block (1, 0, 0) has left the kernel (thread (0, 0, 0) of block (0, 0, 0)
        nvvm.cluster.wait
      }
      gpu.return
    }

    // RUN: not act-run %s --device=simt --entry=no_block 2>&1 | FileCheck %s --check-prefix=RANK
    gpu.func @no_block(%y: !llvm.ptr<1>)
        workgroup(%s: memref<1xi32, #gpu.address_space<workgroup>>) kernel {
      %two = arith.constant 2 : i32
      %address = memref.extract_aligned_pointer_as_index %s : memref<1xi32, #gpu.address_space<workgroup>> -> index
      %bits = arith.index_cast %address : index to i64
      %p = llvm.inttoptr %bits : i64 to !llvm.ptr<3>
      // RANK: cluster-errors.mlir:[[@LINE+1]]:{{[0-9]+}}: the cluster has no block 2; it has 2 (thread
      %q = nvvm.mapa %p, %two : !llvm.ptr<3> -> !llvm.ptr<7>
      gpu.return
    }

    // Both warps of the first block read its memory, then the second block does.
    // After a barrier of its own a warp of the first block writes: that block's
    // readers know, the reader of the other block does not.
    // RUN: not act-run %s --device=simt --entry=reader_of_another_block 2>&1 | FileCheck %s --check-prefix=READER
    gpu.func @reader_of_another_block(%y: !llvm.ptr<1>)
        workgroup(%s: memref<1xi32, #gpu.address_space<workgroup>>) kernel {
      %c0 = arith.constant 0 : index
      %zero = arith.constant 0 : i32
      %thread = gpu.thread_id x
      %rank = gpu.cluster_block_id x
      %address = memref.extract_aligned_pointer_as_index %s : memref<1xi32, #gpu.address_space<workgroup>> -> index
      %bits = arith.index_cast %address : index to i64
      %p = llvm.inttoptr %bits : i64 to !llvm.ptr<3>
      nvvm.cluster.arrive
      nvvm.cluster.wait
      %q = nvvm.mapa %p, %zero : !llvm.ptr<3> -> !llvm.ptr<7>
      %isOwner = arith.cmpi eq, %rank, %c0 : index
      scf.if %isOwner {
        %own = llvm.load volatile %q {alignment = 4 : i64} : !llvm.ptr<7> -> i32
      }
      gpu.barrier
      scf.if %isOwner {
      } else {
        %foreign = llvm.load volatile %q {alignment = 4 : i64} : !llvm.ptr<7> -> i32
      }
      gpu.barrier
      %sum = arith.addi %rank, %thread : index
      %isFirst = arith.cmpi eq, %sum, %c0 : index
      scf.if %isFirst {
        // READER: cluster-errors.mlir:[[@LINE+1]]:9: race in shared memory: thread ({{[0-9]+}}, 0, 0) of block (1, 0, 0) accesses it at {{.*}}cluster-errors.mlir:[[@LINE-6]]:20 and no barrier is between (thread (0, 0, 0) of block (0, 0, 0)
        memref.store %zero, %s[%c0] : memref<1xi32, #gpu.address_space<workgroup>>
      }
      nvvm.cluster.arrive
      nvvm.cluster.wait
      gpu.return
    }
  }

  func.func @too_early(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@too_early clusters in (%c2, %c1, %c1)
      blocks in (%c2, %c1, %c1) threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }

  func.func @too_late(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@too_late clusters in (%c2, %c1, %c1)
      blocks in (%c2, %c1, %c1) threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }

  func.func @too_relaxed(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@too_relaxed clusters in (%c2, %c1, %c1)
      blocks in (%c2, %c1, %c1) threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }

  func.func @no_wait(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@no_wait clusters in (%c2, %c1, %c1)
      blocks in (%c2, %c1, %c1) threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }

  func.func @wait_alone(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@wait_alone clusters in (%c2, %c1, %c1)
      blocks in (%c2, %c1, %c1) threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }

  func.func @arrive_twice(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@arrive_twice clusters in (%c2, %c1, %c1)
      blocks in (%c2, %c1, %c1) threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }

  func.func @one_block_waits(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@one_block_waits clusters in (%c2, %c1, %c1)
      blocks in (%c2, %c1, %c1) threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }

  func.func @no_block(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@no_block clusters in (%c2, %c1, %c1)
      blocks in (%c2, %c1, %c1) threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }

  func.func @reader_of_another_block(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c64 = arith.constant 64 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@reader_of_another_block clusters in (%c2, %c1, %c1)
      blocks in (%c2, %c1, %c1)
      threads in (%c64, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }
}
