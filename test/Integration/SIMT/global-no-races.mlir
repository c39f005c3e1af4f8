// What looks like a race in global memory and is none.

module attributes {gpu.container_module} {
  gpu.module @kernels [#nvvm.target<chip = "sm_90">] {
    // Neighbouring bytes belong to different blocks.
    // RUN: act-run %s --device=simt --entry=bytes --output=- | FileCheck %s --check-prefix=BYTES
    // BYTES: y: 64xi32
    // BYTES-NEXT: [50462976, 117835012,
    gpu.func @bytes(%y: !llvm.ptr<1>) kernel {
      %block = gpu.block_id x
      %i = arith.index_cast %block : index to i8
      %k = arith.index_cast %block : index to i64
      %p = llvm.getelementptr %y[%k] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, i8
      llvm.store %i, %p {alignment = 1 : i64} : i8, !llvm.ptr<1>
      gpu.return
    }

    // Launches come one after the other: each thread reads what a thread of
    // another block has written before.
    // RUN: act-run %s --device=simt --entry=forth --output=- | FileCheck %s --check-prefix=LAUNCHES
    // LAUNCHES: y: 64xi32
    // LAUNCHES-NEXT: [64, 63, 62,
    gpu.func @forth(%y: !llvm.ptr<1>) kernel {
      %block = gpu.block_id x
      %i = arith.index_cast %block : index to i32
      %k = arith.index_cast %block : index to i64
      %p = llvm.getelementptr %y[%k] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, i32
      llvm.store %i, %p {alignment = 4 : i64} : i32, !llvm.ptr<1>
      gpu.return
    }
    gpu.func @back(%y: !llvm.ptr<1>) kernel {
      %c63 = arith.constant 63 : index
      %one = arith.constant 1 : i32
      %block = gpu.block_id x
      %other = arith.subi %c63, %block : index
      %i = arith.index_cast %block : index to i32
      %next = arith.addi %i, %one : i32
      %k = arith.index_cast %other : index to i64
      %p = llvm.getelementptr %y[%k] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, i32
      llvm.store %next, %p {alignment = 4 : i64} : i32, !llvm.ptr<1>
      gpu.return
    }

    // Within a block a barrier orders accesses, within a warp its own.
    // RUN: act-run %s --device=simt --entry=barriers --output=- | FileCheck %s --check-prefix=BARRIERS
    // BARRIERS: y: 64xi32
    // BARRIERS-NEXT: [62, 63, 60, 61,
    gpu.func @barriers(%y: !llvm.ptr<1>) kernel {
      %c1 = arith.constant 1 : index
      %c63 = arith.constant 63 : index
      %mask = arith.constant -1 : i32
      %thread = gpu.thread_id x
      %i = arith.index_cast %thread : index to i32
      %k = arith.index_cast %thread : index to i64
      %p = llvm.getelementptr %y[%k] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, i32
      llvm.store %i, %p {alignment = 4 : i64} : i32, !llvm.ptr<1>
      gpu.barrier
      %other = arith.subi %c63, %thread : index
      %m = arith.index_cast %other : index to i64
      %q = llvm.getelementptr %y[%m] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, i32
      %across = llvm.load %q {alignment = 4 : i64} : !llvm.ptr<1> -> i32
      gpu.barrier
      llvm.store %across, %p {alignment = 4 : i64} : i32, !llvm.ptr<1>
      nvvm.bar.warp.sync %mask : i32
      %partner = arith.xori %thread, %c1 : index
      %l = arith.index_cast %partner : index to i64
      %r = llvm.getelementptr %y[%l] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, i32
      %near = llvm.load %r {alignment = 4 : i64} : !llvm.ptr<1> -> i32
      nvvm.bar.warp.sync %mask : i32
      llvm.store %near, %p {alignment = 4 : i64} : i32, !llvm.ptr<1>
      gpu.return
    }

    // Blocks of a cluster read each other's elements between two barriers of the
    // cluster.
    // RUN: act-run %s --device=simt --entry=cluster --output=- | FileCheck %s --check-prefix=CLUSTER
    // CLUSTER: y: 64xi32
    // CLUSTER-NEXT: [1, 0, 3, 2,
    gpu.func @cluster(%y: !llvm.ptr<1>) kernel {
      %c1 = arith.constant 1 : index
      %block = gpu.block_id x
      %i = arith.index_cast %block : index to i32
      %k = arith.index_cast %block : index to i64
      %p = llvm.getelementptr %y[%k] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, i32
      llvm.store %i, %p {alignment = 4 : i64} : i32, !llvm.ptr<1>
      nvvm.cluster.arrive
      nvvm.cluster.wait
      %partner = arith.xori %block, %c1 : index
      %m = arith.index_cast %partner : index to i64
      %q = llvm.getelementptr %y[%m] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, i32
      %other = llvm.load %q {alignment = 4 : i64} : !llvm.ptr<1> -> i32
      nvvm.cluster.arrive
      nvvm.cluster.wait
      llvm.store %other, %p {alignment = 4 : i64} : i32, !llvm.ptr<1>
      gpu.return
    }
  }

  func.func @bytes(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c64 = arith.constant 64 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@bytes blocks in (%c64, %c1, %c1)
      threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }

  func.func @forth(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c64 = arith.constant 64 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@forth blocks in (%c64, %c1, %c1)
      threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    gpu.launch_func @kernels::@back blocks in (%c64, %c1, %c1)
      threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }

  func.func @barriers(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c64 = arith.constant 64 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@barriers blocks in (%c1, %c1, %c1)
      threads in (%c64, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }

  func.func @cluster(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c64 = arith.constant 64 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@cluster clusters in (%c2, %c1, %c1)
      blocks in (%c64, %c1, %c1)
      threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }
}
