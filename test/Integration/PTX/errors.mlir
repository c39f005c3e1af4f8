// What the driver that interprets PTX refuses, so that tests which run there can
// fail. After an error of a kernel it is as a GPU: nothing more runs.

module attributes {gpu.container_module} {
  gpu.module @kernels [#nvvm.target<chip = "sm_90">] {
    // RUN: not act-run %s --device=cuda --entry=left_before_barrier 2>&1 | FileCheck %s --check-prefix=LEFT_BEFORE_BARRIER
    // LEFT_BEFORE_BARRIER: {{.*}}fake: left_before_barrier, line {{[0-9]+}} of the PTX: a thread waits for others that do not come
    // LEFT_BEFORE_BARRIER: {{.*}}launch of kernel 'left_before_barrier': CUDA_ERROR_LAUNCH_FAILED (719)
    gpu.func @left_before_barrier(%x: !llvm.ptr<1>, %y: !llvm.ptr<1>) kernel {
      %c32 = arith.constant 32 : index
      %thread = gpu.thread_id x
      %below = arith.cmpi ult, %thread, %c32 : index
      scf.if %below {
        gpu.barrier
      }
      gpu.return
    }

    // RUN: not act-run %s --device=cuda --entry=no_lane 2>&1 | FileCheck %s --check-prefix=NO_LANE
    // NO_LANE: {{.*}}the PTX: a shuffle reads from a lane that is not there
    gpu.func @no_lane(%x: !llvm.ptr<1>, %y: !llvm.ptr<1>) kernel {
      %one = arith.constant 1 : i32
      %width = arith.constant 32 : i32
      %other, %valid = gpu.shuffle xor %one, %one, %width : i32
      llvm.store %other, %y {alignment = 4 : i64} : i32, !llvm.ptr<1>
      gpu.return
    }

    // RUN: not act-run %s --device=cuda --entry=shared_bounds 2>&1 | FileCheck %s --check-prefix=SHARED_BOUNDS
    // SHARED_BOUNDS: {{.*}}the PTX: the address is outside of shared memory
    gpu.func @shared_bounds(%x: !llvm.ptr<1>, %y: !llvm.ptr<1>)
        workgroup(%s: memref<63xi32, #gpu.address_space<workgroup>>) kernel {
      %one = arith.constant 1 : i32
      %thread = gpu.thread_id x
      memref.store %one, %s[%thread] : memref<63xi32, #gpu.address_space<workgroup>>
      gpu.return
    }

    // RUN: not act-run %s --device=cuda --entry=bounds 2>&1 | FileCheck %s --check-prefix=BOUNDS
    // BOUNDS: {{.*}}the PTX: the address is outside of all memory
    // BOUNDS: {{.*}}CUDA_ERROR_ILLEGAL_ADDRESS (700)
    gpu.func @bounds(%x: !llvm.ptr<1>, %y: !llvm.ptr<1>) kernel {
      %one = arith.constant 1 : i32
      %p = llvm.getelementptr %y[64] : (!llvm.ptr<1>) -> !llvm.ptr<1>, i32
      llvm.store %one, %p {alignment = 4 : i64} : i32, !llvm.ptr<1>
      gpu.return
    }

    // RUN: not act-run %s --device=cuda --entry=misaligned 2>&1 | FileCheck %s --check-prefix=MISALIGNED
    // MISALIGNED: {{.*}}the PTX: the address is not a multiple of 8
    // MISALIGNED: {{.*}}CUDA_ERROR_MISALIGNED_ADDRESS (716)
    gpu.func @misaligned(%x: !llvm.ptr<1>, %y: !llvm.ptr<1>) kernel {
      %one = arith.constant 1 : i64
      %p = llvm.getelementptr %y[1] : (!llvm.ptr<1>) -> !llvm.ptr<1>, i32
      llvm.store %one, %p {alignment = 8 : i64} : i64, !llvm.ptr<1>
      gpu.return
    }

    // RUN: not act-run %s --device=cuda --entry=not_constant 2>&1 | FileCheck %s --check-prefix=NOT_CONSTANT
    // NOT_CONSTANT: {{.*}}the PTX: what ld.global.nc read is written
    gpu.func @not_constant(%x: !llvm.ptr<1> {llvm.noalias, llvm.readonly}, %y: !llvm.ptr<1>) kernel {
      %v = llvm.load %x {alignment = 4 : i64} : !llvm.ptr<1> -> i32
      llvm.store %v, %y {alignment = 4 : i64} : i32, !llvm.ptr<1>
      gpu.return
    }

    // RUN: not act-run %s --device=cuda --entry=written_before 2>&1 | FileCheck %s --check-prefix=WRITTEN_BEFORE
    // WRITTEN_BEFORE: {{.*}}the PTX: ld.global.nc of what is written
    gpu.func @written_before(%x: !llvm.ptr<1> {llvm.noalias, llvm.readonly}, %y: !llvm.ptr<1>) kernel {
      %one = arith.constant 1 : i32
      llvm.store %one, %y {alignment = 4 : i64} : i32, !llvm.ptr<1>
      gpu.barrier
      %v = llvm.load %x {alignment = 4 : i64} : !llvm.ptr<1> -> i32
      %p = llvm.getelementptr %y[1] : (!llvm.ptr<1>) -> !llvm.ptr<1>, i32
      llvm.store %v, %p {alignment = 4 : i64} : i32, !llvm.ptr<1>
      gpu.return
    }

    // RUN: not act-run %s --device=cuda --entry=block_size 2>&1 | FileCheck %s --check-prefix=BLOCK_SIZE
    // BLOCK_SIZE: {{.*}}fake: block_size: the block is not as .reqntid says
    // BLOCK_SIZE: {{.*}}launch of kernel 'block_size': CUDA_ERROR_INVALID_VALUE
    gpu.func @block_size(%x: !llvm.ptr<1>, %y: !llvm.ptr<1>) kernel attributes {known_block_size = array<i32: 32, 1, 1>} {
      gpu.return
    }
  }

  func.func @left_before_barrier(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %threads = arith.constant 64 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@left_before_barrier blocks in (%c1, %c1, %c1) threads in (%threads, %c1, %c1)
      args(%p : !llvm.ptr<1>, %p : !llvm.ptr<1>)
    return
  }

  func.func @no_lane(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %threads = arith.constant 7 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@no_lane blocks in (%c1, %c1, %c1) threads in (%threads, %c1, %c1)
      args(%p : !llvm.ptr<1>, %p : !llvm.ptr<1>)
    return
  }

  func.func @shared_bounds(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %threads = arith.constant 64 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@shared_bounds blocks in (%c1, %c1, %c1) threads in (%threads, %c1, %c1)
      args(%p : !llvm.ptr<1>, %p : !llvm.ptr<1>)
    return
  }

  func.func @bounds(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %threads = arith.constant 64 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@bounds blocks in (%c1, %c1, %c1) threads in (%threads, %c1, %c1)
      args(%p : !llvm.ptr<1>, %p : !llvm.ptr<1>)
    return
  }

  func.func @misaligned(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %threads = arith.constant 64 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@misaligned blocks in (%c1, %c1, %c1) threads in (%threads, %c1, %c1)
      args(%p : !llvm.ptr<1>, %p : !llvm.ptr<1>)
    return
  }

  func.func @not_constant(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %threads = arith.constant 64 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@not_constant blocks in (%c1, %c1, %c1) threads in (%threads, %c1, %c1)
      args(%p : !llvm.ptr<1>, %p : !llvm.ptr<1>)
    return
  }

  func.func @written_before(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %threads = arith.constant 64 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@written_before blocks in (%c1, %c1, %c1) threads in (%threads, %c1, %c1)
      args(%p : !llvm.ptr<1>, %p : !llvm.ptr<1>)
    return
  }

  func.func @block_size(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %threads = arith.constant 64 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@block_size blocks in (%c1, %c1, %c1) threads in (%threads, %c1, %c1)
      args(%p : !llvm.ptr<1>, %p : !llvm.ptr<1>)
    return
  }
}
