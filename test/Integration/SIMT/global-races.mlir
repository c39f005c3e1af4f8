// Accesses of global memory that nothing orders, each reported with both places.

module attributes {gpu.container_module} {
  gpu.module @kernels [#nvvm.target<chip = "sm_90">] {
    // Two blocks of one thread each store one value. Which comes last is not
    // known, even if it makes no difference here.
    // RUN: not act-run %s --device=simt --entry=same_value 2>&1 | FileCheck %s --check-prefix=SAME
    gpu.func @same_value(%y: !llvm.ptr<1>) kernel {
      %one = arith.constant 1 : i32
      // SAME: act-run: error: {{.*}}global-races.mlir:[[@LINE+1]]:7: race in global memory, near byte 0 of output 'y': block (0, 0, 0) accesses it at {{.*}}global-races.mlir:[[@LINE+1]]:7 and blocks of a launch are not ordered (thread (0, 0, 0) of block (1, 0, 0) of kernel 'same_value')
      llvm.store %one, %y {alignment = 4 : i64} : i32, !llvm.ptr<1>
      gpu.return
    }

    // The second block reads what the first one has written.
    // RUN: not act-run %s --device=simt --entry=read_after_write 2>&1 | FileCheck %s --check-prefix=RAW
    gpu.func @read_after_write(%y: !llvm.ptr<1>) kernel {
      %c0 = arith.constant 0 : index
      %one = arith.constant 1 : i32
      %block = gpu.block_id x
      %isFirst = arith.cmpi eq, %block, %c0 : index
      scf.if %isFirst {
        llvm.store %one, %y {alignment = 4 : i64} : i32, !llvm.ptr<1>
      } else {
        // RAW: global-races.mlir:[[@LINE+1]]:{{[0-9]+}}: race in global memory, near byte 0 of output 'y': block (0, 0, 0) accesses it at {{.*}}global-races.mlir:[[@LINE-2]]:9 and blocks of a launch are not ordered (thread (0, 0, 0) of block (1, 0, 0)
        %number = llvm.load %y {alignment = 4 : i64} : !llvm.ptr<1> -> i32
        %p = llvm.getelementptr %y[1] : (!llvm.ptr<1>) -> !llvm.ptr<1>, i32
        llvm.store %number, %p {alignment = 4 : i64} : i32, !llvm.ptr<1>
      }
      gpu.return
    }

    // The second block writes four elements, of which the first has read one.
    // RUN: not act-run %s --device=simt --entry=write_after_read 2>&1 | FileCheck %s --check-prefix=WAR
    gpu.func @write_after_read(%y: !llvm.ptr<1>) kernel {
      %c0 = arith.constant 0 : index
      %values = arith.constant dense<1> : vector<4xi32>
      %block = gpu.block_id x
      %isFirst = arith.cmpi eq, %block, %c0 : index
      %p = llvm.getelementptr %y[7] : (!llvm.ptr<1>) -> !llvm.ptr<1>, i32
      %q = llvm.getelementptr %y[4] : (!llvm.ptr<1>) -> !llvm.ptr<1>, i32
      scf.if %isFirst {
        %number = llvm.load %p {alignment = 4 : i64} : !llvm.ptr<1> -> i32
        llvm.store %number, %y {alignment = 4 : i64} : i32, !llvm.ptr<1>
      } else {
        // WAR: global-races.mlir:[[@LINE+1]]:9: race in global memory, near byte 16 of output 'y': block (0, 0, 0) accesses it at {{.*}}global-races.mlir:[[@LINE-3]]:19 and blocks of a launch are not ordered (thread (0, 0, 0) of block (1, 0, 0)
        llvm.store %values, %q {alignment = 16 : i64} : vector<4xi32>, !llvm.ptr<1>
      }
      gpu.return
    }

    // Of many blocks that read an element, the last one writes it. It has read
    // it as well: the other readers must be known.
    // RUN: not act-run %s --device=simt --entry=many_readers 2>&1 | FileCheck %s --check-prefix=MANY
    gpu.func @many_readers(%y: !llvm.ptr<1>) kernel {
      %c7 = arith.constant 7 : index
      %block = gpu.block_id x
      %number = llvm.load %y {alignment = 4 : i64} : !llvm.ptr<1> -> i32
      %isLast = arith.cmpi eq, %block, %c7 : index
      scf.if %isLast {
        // MANY: global-races.mlir:[[@LINE+1]]:9: race in global memory, near byte 0 of output 'y': block (0, 0, 0) accesses it at {{.*}}global-races.mlir:[[@LINE-3]]:17 and blocks
        llvm.store %number, %y {alignment = 4 : i64} : i32, !llvm.ptr<1>
      }
      gpu.return
    }

    // Within a block it takes a barrier.
    // RUN: not act-run %s --device=simt --entry=no_barrier 2>&1 | FileCheck %s --check-prefix=BLOCK
    gpu.func @no_barrier(%y: !llvm.ptr<1>) kernel {
      %c63 = arith.constant 63 : index
      %thread = gpu.thread_id x
      %i = arith.index_cast %thread : index to i32
      %k = arith.index_cast %thread : index to i64
      %p = llvm.getelementptr %y[%k] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, i32
      llvm.store %i, %p {alignment = 4 : i64} : i32, !llvm.ptr<1>
      %other = arith.subi %c63, %thread : index
      %m = arith.index_cast %other : index to i64
      %q = llvm.getelementptr %y[%m] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, i32
      %number = llvm.load %q {alignment = 4 : i64} : !llvm.ptr<1> -> i32
      gpu.barrier
      // BLOCK: global-races.mlir:[[@LINE-6]]:7: race in global memory, near byte 128 of output 'y': thread (31, 0, 0) of block (0, 0, 0) accesses it at {{.*}}global-races.mlir:[[@LINE-2]]:17 and no barrier is between (thread (32, 0, 0) of block (0, 0, 0)
      llvm.store %number, %p {alignment = 4 : i64} : i32, !llvm.ptr<1>
      gpu.return
    }

    // A warp's barrier orders what was before it, and nothing that comes after.
    // RUN: not act-run %s --device=simt --entry=after_warp_barrier 2>&1 | FileCheck %s --check-prefix=AFTER
    gpu.func @after_warp_barrier(%y: !llvm.ptr<1>) kernel {
      %c0 = arith.constant 0 : index
      %mask = arith.constant -1 : i32
      %thread = gpu.thread_id x
      %i = arith.index_cast %thread : index to i32
      %k = arith.index_cast %thread : index to i64
      %p = llvm.getelementptr %y[%k] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, i32
      llvm.store %i, %p {alignment = 4 : i64} : i32, !llvm.ptr<1>
      nvvm.bar.warp.sync %mask : i32
      %isFirst = arith.cmpi eq, %thread, %c0 : index
      scf.if %isFirst {
        llvm.store %i, %y {alignment = 4 : i64} : i32, !llvm.ptr<1>
      }
      // AFTER: global-races.mlir:[[@LINE-2]]:9: race in global memory, near byte 0 of output 'y': thread (31, 0, 0) of block (0, 0, 0) accesses it at {{.*}}global-races.mlir:[[@LINE+1]]:16 and no barrier is between (thread (0, 0, 0) of block (0, 0, 0)
      %first = llvm.load %y {alignment = 4 : i64} : !llvm.ptr<1> -> i32
      llvm.store %first, %p {alignment = 4 : i64} : i32, !llvm.ptr<1>
      gpu.return
    }

    // Blocks of a cluster are ordered by its barrier, and by no barrier of their
    // own.
    // RUN: not act-run %s --device=simt --entry=in_cluster 2>&1 | FileCheck %s --check-prefix=CLUSTER
    gpu.func @in_cluster(%y: !llvm.ptr<1>) kernel {
      %c0 = arith.constant 0 : index
      %one = arith.constant 1 : i32
      %rank = gpu.cluster_block_id x
      %isFirst = arith.cmpi eq, %rank, %c0 : index
      scf.if %isFirst {
        llvm.store %one, %y {alignment = 4 : i64} : i32, !llvm.ptr<1>
      }
      gpu.barrier
      scf.if %isFirst {
      } else {
        // CLUSTER: global-races.mlir:[[@LINE+1]]:9: race in global memory, near byte 0 of output 'y': thread (0, 0, 0) of block (0, 0, 0) accesses it at {{.*}}global-races.mlir:[[@LINE-5]]:9 and no barrier is between (thread (0, 0, 0) of block (1, 0, 0)
        llvm.store %one, %y {alignment = 4 : i64} : i32, !llvm.ptr<1>
      }
      gpu.return
    }

    // What comes after the arrival is not ordered by the wait.
    // RUN: not act-run %s --device=simt --entry=after_arrival 2>&1 | FileCheck %s --check-prefix=ARRIVED
    gpu.func @after_arrival(%y: !llvm.ptr<1>) kernel {
      %c0 = arith.constant 0 : index
      %one = arith.constant 1 : i32
      %rank = gpu.cluster_block_id x
      %isFirst = arith.cmpi eq, %rank, %c0 : index
      %k = arith.index_cast %rank : index to i64
      %p = llvm.getelementptr %y[%k] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, i64
      %q = llvm.getelementptr %p[1] : (!llvm.ptr<1>) -> !llvm.ptr<1>, i32
      llvm.store %one, %q {alignment = 4 : i64} : i32, !llvm.ptr<1>
      nvvm.cluster.arrive
      scf.if %isFirst {
        llvm.store %one, %y {alignment = 4 : i64} : i32, !llvm.ptr<1>
      }
      nvvm.cluster.wait
      scf.if %isFirst {
      } else {
        // ARRIVED: global-races.mlir:[[@LINE+1]]:9: race in global memory, near byte 0 of output 'y': thread (0, 0, 0) of block (0, 0, 0) accesses it at {{.*}}global-races.mlir:[[@LINE-5]]:9 and no barrier
        llvm.store %one, %y {alignment = 4 : i64} : i32, !llvm.ptr<1>
      }
      gpu.return
    }

    // Nor is what comes before one that releases nothing.
    // RUN: not act-run %s --device=simt --entry=relaxed 2>&1 | FileCheck %s --check-prefix=RELAXED
    gpu.func @relaxed(%y: !llvm.ptr<1>) kernel {
      %c0 = arith.constant 0 : index
      %one = arith.constant 1 : i32
      %rank = gpu.cluster_block_id x
      %isFirst = arith.cmpi eq, %rank, %c0 : index
      scf.if %isFirst {
        llvm.store %one, %y {alignment = 4 : i64} : i32, !llvm.ptr<1>
      }
      nvvm.cluster.arrive.relaxed
      nvvm.cluster.wait
      scf.if %isFirst {
      } else {
        // RELAXED: global-races.mlir:[[@LINE+1]]:9: race in global memory, near byte 0 of output 'y': thread (0, 0, 0) of block (0, 0, 0) accesses it at {{.*}}global-races.mlir:[[@LINE-6]]:9 and no barrier
        llvm.store %one, %y {alignment = 4 : i64} : i32, !llvm.ptr<1>
      }
      gpu.return
    }

    // A cluster's barrier orders nothing that another cluster does.
    // RUN: not act-run %s --device=simt --entry=of_clusters 2>&1 | FileCheck %s --check-prefix=CLUSTERS
    gpu.func @of_clusters(%y: !llvm.ptr<1>) kernel {
      %c1 = arith.constant 1 : index
      %c2 = arith.constant 2 : index
      %one = arith.constant 1 : i32
      %block = gpu.block_id x
      %isSecond = arith.cmpi eq, %block, %c1 : index
      scf.if %isSecond {
        llvm.store %one, %y {alignment = 4 : i64} : i32, !llvm.ptr<1>
      }
      nvvm.cluster.arrive
      nvvm.cluster.wait
      %isThird = arith.cmpi eq, %block, %c2 : index
      scf.if %isThird {
        // CLUSTERS: global-races.mlir:[[@LINE+1]]:9: race in global memory, near byte 0 of output 'y': block (1, 0, 0) accesses it at {{.*}}global-races.mlir:[[@LINE-6]]:9 and blocks of different clusters are not ordered (thread (0, 0, 0) of block (2, 0, 0)
        llvm.store %one, %y {alignment = 4 : i64} : i32, !llvm.ptr<1>
      }
      gpu.return
    }

    // On many threads of the host the report is there as well, of whichever
    // blocks meet.
    // RUN: not act-run %s --device=simt --entry=many_blocks --threads=4 2>&1 | FileCheck %s --check-prefix=THREADS
    gpu.func @many_blocks(%y: !llvm.ptr<1>) kernel {
      %c0 = arith.constant 0 : index
      %one = arith.constant 1 : i32
      %thread = gpu.thread_id x
      %isFirst = arith.cmpi eq, %thread, %c0 : index
      scf.if %isFirst {
        // THREADS: global-races.mlir:[[@LINE+1]]:9: race in global memory, near byte 0 of output 'y': block ({{[0-9]+}}, 0, 0) accesses it at {{.*}}global-races.mlir:[[@LINE+1]]:9 and blocks of a launch are not ordered (thread (0, 0, 0) of block ({{[0-9]+}}, 0, 0)
        llvm.store %one, %y {alignment = 4 : i64} : i32, !llvm.ptr<1>
      }
      gpu.return
    }
  }

  func.func @same_value(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@same_value blocks in (%c2, %c1, %c1)
      threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }

  func.func @read_after_write(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@read_after_write blocks in (%c2, %c1, %c1)
      threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }

  func.func @write_after_read(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@write_after_read blocks in (%c2, %c1, %c1)
      threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }

  func.func @many_readers(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c8 = arith.constant 8 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@many_readers blocks in (%c8, %c1, %c1)
      threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }

  func.func @no_barrier(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c64 = arith.constant 64 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@no_barrier blocks in (%c1, %c1, %c1)
      threads in (%c64, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }

  func.func @after_warp_barrier(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c32 = arith.constant 32 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@after_warp_barrier blocks in (%c1, %c1, %c1)
      threads in (%c32, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }

  func.func @in_cluster(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@in_cluster clusters in (%c2, %c1, %c1)
      blocks in (%c2, %c1, %c1)
      threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }

  func.func @after_arrival(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@after_arrival clusters in (%c2, %c1, %c1)
      blocks in (%c2, %c1, %c1)
      threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }

  func.func @relaxed(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@relaxed clusters in (%c2, %c1, %c1)
      blocks in (%c2, %c1, %c1)
      threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }

  func.func @of_clusters(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c4 = arith.constant 4 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@of_clusters clusters in (%c2, %c1, %c1)
      blocks in (%c4, %c1, %c1)
      threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }

  func.func @many_blocks(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c64 = arith.constant 64 : index
    %c256 = arith.constant 256 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@many_blocks blocks in (%c64, %c1, %c1)
      threads in (%c256, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }
}
