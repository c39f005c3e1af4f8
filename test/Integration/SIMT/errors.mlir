// What the runner reports, each at its place in this file. A failed kernel ends
// the run with exit status 1.

module attributes {gpu.container_module} {
  gpu.module @kernels [#nvvm.target<chip = "sm_90">] {
    // RUN: not act-run %s --device=simt --entry=left_before_barrier 2>&1 | FileCheck %s --check-prefix=LEFT
    gpu.func @left_before_barrier(%y: !llvm.ptr<1>) kernel {
      %c32 = arith.constant 32 : index
      %thread = gpu.thread_id x
      %below = arith.cmpi ult, %thread, %c32 : index
      scf.if %below {
        // LEFT: act-run: error: {{.*}}errors.mlir:[[@LINE+1]]:9: divergent barrier: thread (32, 0, 0) of block (0, 0, 0) has left the kernel (thread (0, 0, 0) of block (0, 0, 0) of kernel 'left_before_barrier')
        gpu.barrier
      }
      gpu.return
    }

    // RUN: not act-run %s --device=simt --entry=two_barriers 2>&1 | FileCheck %s --check-prefix=TWO
    gpu.func @two_barriers(%y: !llvm.ptr<1>) kernel {
      %c32 = arith.constant 32 : index
      %thread = gpu.thread_id x
      %below = arith.cmpi ult, %thread, %c32 : index
      scf.if %below {
        gpu.barrier
      } else {
        // TWO: errors.mlir:[[@LINE+1]]:9: divergent barrier: thread (0, 0, 0) of block (0, 0, 0) waits at {{.*}}errors.mlir:[[@LINE-2]]:9 (thread (32, 0, 0)
        gpu.barrier
      }
      gpu.return
    }

    // RUN: not act-run %s --device=simt --entry=some_lanes 2>&1 | FileCheck %s --check-prefix=LANES
    gpu.func @some_lanes(%y: !llvm.ptr<1>) kernel {
      %c5 = arith.constant 5 : index
      %one = arith.constant 1 : i32
      %width = arith.constant 32 : i32
      %lane = gpu.lane_id
      %below = arith.cmpi ult, %lane, %c5 : index
      scf.if %below {
        // LANES: errors.mlir:[[@LINE+1]]:{{[0-9]+}}: shuffle with inactive lanes: thread (5, 0, 0) of block (0, 0, 0) waits at {{.*}}errors.mlir:[[@LINE+4]]:7 (thread (0, 0, 0)
        %other, %valid = gpu.shuffle xor %one, %one, %width : i32
        llvm.store %other, %y {alignment = 4 : i64} : i32, !llvm.ptr<1>
      }
      gpu.barrier
      gpu.return
    }

    // RUN: not act-run %s --device=simt --entry=reduced_lanes 2>&1 | FileCheck %s --check-prefix=REDUCED
    gpu.func @reduced_lanes(%y: !llvm.ptr<1>) kernel {
      %c5 = arith.constant 5 : index
      %all = arith.constant -1 : i32
      %lane = gpu.lane_id
      %below = arith.cmpi ult, %lane, %c5 : index
      scf.if %below {
        // REDUCED: errors.mlir:[[@LINE+1]]:{{[0-9]+}}: reduction with inactive lanes: thread (5, 0, 0) of block (0, 0, 0) waits at {{.*}}errors.mlir:[[@LINE+4]]:7 (thread (0, 0, 0)
        %least = nvvm.redux.sync min %all, %all : i32 -> i32
        llvm.store %least, %y {alignment = 4 : i64} : i32, !llvm.ptr<1>
      }
      gpu.barrier
      gpu.return
    }

    // RUN: not act-run %s --device=simt --entry=partial_reduction 2>&1 | FileCheck %s --check-prefix=PARTIAL
    gpu.func @partial_reduction(%y: !llvm.ptr<1>) kernel {
      %mask = arith.constant 15 : i32
      // PARTIAL: errors.mlir:[[@LINE+1]]:{{[0-9]+}}: nvvm.redux.sync of some lanes; the mask must have all (thread
      %least = nvvm.redux.sync min %mask, %mask : i32 -> i32
      llvm.store %least, %y {alignment = 4 : i64} : i32, !llvm.ptr<1>
      gpu.return
    }

    // RUN: not act-run %s --device=simt --entry=no_lane 2>&1 | FileCheck %s --check-prefix=NOLANE
    gpu.func @no_lane(%y: !llvm.ptr<1>) kernel {
      %one = arith.constant 1 : i32
      %width = arith.constant 32 : i32
      // NOLANE: errors.mlir:[[@LINE+1]]:{{[0-9]+}}: shuffle from inactive lane 8, which the block does not have (thread (7, 0, 0)
      %other, %valid = gpu.shuffle down %one, %one, %width : i32
      llvm.store %other, %y {alignment = 4 : i64} : i32, !llvm.ptr<1>
      gpu.return
    }

    // RUN: not act-run %s --device=simt --entry=partial_warp_barrier 2>&1 | FileCheck %s --check-prefix=MASK
    gpu.func @partial_warp_barrier(%y: !llvm.ptr<1>) kernel {
      %mask = arith.constant 15 : i32
      // MASK: errors.mlir:[[@LINE+1]]:7: nvvm.bar.warp.sync of some lanes; the mask must have all (thread
      nvvm.bar.warp.sync %mask : i32
      gpu.return
    }

    // RUN: not act-run %s --device=simt --entry=shared_bounds 2>&1 | FileCheck %s --check-prefix=SHARED
    gpu.func @shared_bounds(%y: !llvm.ptr<1>)
        workgroup(%s: memref<63xi32, #gpu.address_space<workgroup>>,
                  %t: memref<64xi32, #gpu.address_space<workgroup>>) kernel {
      %one = arith.constant 1 : i32
      %thread = gpu.thread_id x
      // SHARED: errors.mlir:[[@LINE+1]]:7: out-of-bounds access of 4 bytes of shared memory: byte 252 of declared memory #0, which has 252 (thread (63, 0, 0)
      memref.store %one, %s[%thread] : memref<63xi32, #gpu.address_space<workgroup>>
      gpu.return
    }

    // RUN: not act-run %s --device=simt --entry=dynamic_bounds 2>&1 | FileCheck %s --check-prefix=DYNAMIC
    gpu.func @dynamic_bounds(%y: !llvm.ptr<1>) kernel {
      %c0 = arith.constant 0 : index
      %one = arith.constant 1 : i32
      %thread = gpu.thread_id x
      %bytes = gpu.dynamic_shared_memory : memref<?xi8, #gpu.address_space<workgroup>>
      %s = memref.view %bytes[%c0][] : memref<?xi8, #gpu.address_space<workgroup>> to memref<64xi32, #gpu.address_space<workgroup>>
      // DYNAMIC: errors.mlir:[[@LINE+1]]:7: out-of-bounds access of 4 bytes of shared memory: byte 128 of the dynamic memory, which has 128 (thread (32, 0, 0)
      memref.store %one, %s[%thread] : memref<64xi32, #gpu.address_space<workgroup>>
      gpu.return
    }

    // RUN: not act-run %s --device=simt --entry=race 2>&1 | FileCheck %s --check-prefix=RACE
    gpu.func @race(%y: !llvm.ptr<1>)
        workgroup(%s: memref<64xi32, #gpu.address_space<workgroup>>) kernel {
      %c0 = arith.constant 0 : index
      %one = arith.constant 1 : i32
      %thread = gpu.thread_id x
      memref.store %one, %s[%thread] : memref<64xi32, #gpu.address_space<workgroup>>
      gpu.barrier
      %first = memref.load %s[%c0] : memref<64xi32, #gpu.address_space<workgroup>>
      %k = arith.index_cast %thread : index to i64
      %p = llvm.getelementptr %y[%k] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, i32
      llvm.store %first, %p {alignment = 4 : i64} : i32, !llvm.ptr<1>
      // Before the other threads have read.
      %isFirst = arith.cmpi eq, %thread, %c0 : index
      scf.if %isFirst {
        memref.store %one, %s[%c0] : memref<64xi32, #gpu.address_space<workgroup>>
      }
      // RACE: errors.mlir:[[@LINE-2]]:9: race in shared memory: thread (63, 0, 0) of block (0, 0, 0) accesses it at {{.*}}errors.mlir:[[@LINE-9]]:16 and no barrier is between (thread (0, 0, 0)
      gpu.return
    }

    // A warp's barrier orders the accesses of its lanes, and no others.
    // RUN: not act-run %s --device=simt --entry=warp_race 2>&1 | FileCheck %s --check-prefix=WARPS
    gpu.func @warp_race(%y: !llvm.ptr<1>)
        workgroup(%s: memref<64xi32, #gpu.address_space<workgroup>>) kernel {
      %c1 = arith.constant 1 : index
      %c32 = arith.constant 32 : index
      %mask = arith.constant -1 : i32
      %one = arith.constant 1 : i32
      %thread = gpu.thread_id x
      memref.store %one, %s[%thread] : memref<64xi32, #gpu.address_space<workgroup>>
      nvvm.bar.warp.sync %mask : i32
      %partner = arith.xori %thread, %c1 : index
      %inside = memref.load %s[%partner] : memref<64xi32, #gpu.address_space<workgroup>>
      %k = arith.index_cast %thread : index to i64
      %p = llvm.getelementptr %y[%k] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, i32
      llvm.store %inside, %p {alignment = 4 : i64} : i32, !llvm.ptr<1>
      nvvm.bar.warp.sync %mask : i32
      %across = arith.xori %thread, %c32 : index
      // WARPS: errors.mlir:[[@LINE-9]]:7: race in shared memory: thread (0, 0, 0) of block (0, 0, 0) accesses it at {{.*}}errors.mlir:[[@LINE+1]]:18 and no barrier is between (thread (32, 0, 0)
      %outside = memref.load %s[%across] : memref<64xi32, #gpu.address_space<workgroup>>
      llvm.store %outside, %p {alignment = 4 : i64} : i32, !llvm.ptr<1>
      gpu.return
    }

    llvm.mlir.global internal constant @numbers(dense<[1, 2, 3]> : tensor<3xi32>) {addr_space = 1 : i32} : !llvm.array<3 x i32>

    // RUN: not act-run %s --device=simt --entry=constant_bounds 2>&1 | FileCheck %s --check-prefix=CONSTANT
    gpu.func @constant_bounds(%y: !llvm.ptr<1>) kernel {
      %numbers = llvm.mlir.addressof @numbers : !llvm.ptr<1>
      %thread = gpu.thread_id x
      %k = arith.index_cast %thread : index to i64
      %p = llvm.getelementptr %numbers[%k] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, i32
      // CONSTANT: errors.mlir:[[@LINE+1]]:17: out-of-bounds access of 4 bytes at byte 12 of constant 'numbers', which has 12 (thread (3, 0, 0)
      %number = llvm.load %p {alignment = 4 : i64} : !llvm.ptr<1> -> i32
      %q = llvm.getelementptr %y[%k] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, i32
      llvm.store %number, %q {alignment = 4 : i64} : i32, !llvm.ptr<1>
      gpu.return
    }

    // RUN: not act-run %s --device=simt --entry=constant_write 2>&1 | FileCheck %s --check-prefix=WRITE
    gpu.func @constant_write(%y: !llvm.ptr<1>) kernel {
      %numbers = llvm.mlir.addressof @numbers : !llvm.ptr<1>
      %one = arith.constant 1 : i32
      // WRITE: errors.mlir:[[@LINE+1]]:7: constant 'numbers' is written, which the entry only reads (thread (0, 0, 0)
      llvm.store %one, %numbers {alignment = 4 : i64} : i32, !llvm.ptr<1>
      gpu.return
    }

    // RUN: not act-run %s --device=simt --entry=global_bounds 2>&1 | FileCheck %s --check-prefix=GLOBAL
    gpu.func @global_bounds(%y: !llvm.ptr<1>) kernel {
      %one = arith.constant 1 : i32
      %thread = gpu.thread_id x
      %k = arith.index_cast %thread : index to i64
      %p = llvm.getelementptr %y[%k] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, i32
      // GLOBAL: errors.mlir:[[@LINE+1]]:7: out-of-bounds access of 4 bytes at byte 256 of output 'y', which has 256 (thread (64, 0, 0)
      llvm.store %one, %p {alignment = 4 : i64} : i32, !llvm.ptr<1>
      gpu.return
    }

    // RUN: not act-run %s --device=simt --entry=writes_input 2>&1 | FileCheck %s --check-prefix=INPUT
    gpu.func @writes_input(%x: !llvm.ptr<1>) kernel {
      %one = arith.constant 1 : i32
      // INPUT: errors.mlir:[[@LINE+1]]:7: input 'x' is written, which the entry only reads (thread (0, 0, 0)
      llvm.store %one, %x {alignment = 4 : i64} : i32, !llvm.ptr<1>
      gpu.return
    }

    // RUN: not act-run %s --device=simt --entry=misaligned 2>&1 | FileCheck %s --check-prefix=ALIGN
    gpu.func @misaligned(%y: !llvm.ptr<1>) kernel {
      %values = arith.constant dense<1> : vector<4xi32>
      %p = llvm.getelementptr %y[1] : (!llvm.ptr<1>) -> !llvm.ptr<1>, i32
      // ALIGN: errors.mlir:[[@LINE+1]]:7: misaligned access: the address is 4 bytes above a multiple of 16 (thread (0, 0, 0)
      llvm.store %values, %p {alignment = 16 : i64} : vector<4xi32>, !llvm.ptr<1>
      gpu.return
    }

    // Shared memory is aligned as it is declared to be, and no better.
    // RUN: not act-run %s --device=simt --entry=misaligned_shared 2>&1 | FileCheck %s --check-prefix=SALIGN
    gpu.func @misaligned_shared(%y: !llvm.ptr<1>)
        workgroup(%s: memref<64xi32, #gpu.address_space<workgroup>>) kernel {
      %c0 = arith.constant 0 : index
      // SALIGN: errors.mlir:[[@LINE+1]]:{{[0-9]+}}: misaligned access: the address is {{4|8|12}} bytes above a multiple of 16 (thread (0, 0, 0)
      %values = vector.load %s[%c0] {alignment = 16 : i64} : memref<64xi32, #gpu.address_space<workgroup>>, vector<4xi32>
      llvm.store %values, %y {alignment = 16 : i64} : vector<4xi32>, !llvm.ptr<1>
      gpu.return
    }

    // RUN: act-run %s --device=simt --entry=aligned_shared
    gpu.func @aligned_shared(%y: !llvm.ptr<1>)
        workgroup(%s: memref<64xi32, #gpu.address_space<workgroup>> {llvm.align = 16 : i64}) kernel {
      %c0 = arith.constant 0 : index
      %values = vector.load %s[%c0] {alignment = 16 : i64} : memref<64xi32, #gpu.address_space<workgroup>>, vector<4xi32>
      llvm.store %values, %y {alignment = 16 : i64} : vector<4xi32>, !llvm.ptr<1>
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
      args(%p : !llvm.ptr<1>)
    return
  }

  func.func @two_barriers(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %threads = arith.constant 64 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@two_barriers blocks in (%c1, %c1, %c1) threads in (%threads, %c1, %c1)
      args(%p : !llvm.ptr<1>)
    return
  }

  func.func @some_lanes(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %threads = arith.constant 64 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@some_lanes blocks in (%c1, %c1, %c1) threads in (%threads, %c1, %c1)
      args(%p : !llvm.ptr<1>)
    return
  }

  func.func @no_lane(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %threads = arith.constant 8 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@no_lane blocks in (%c1, %c1, %c1) threads in (%threads, %c1, %c1)
      args(%p : !llvm.ptr<1>)
    return
  }

  func.func @partial_warp_barrier(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %threads = arith.constant 64 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@partial_warp_barrier blocks in (%c1, %c1, %c1) threads in (%threads, %c1, %c1)
      args(%p : !llvm.ptr<1>)
    return
  }

  func.func @reduced_lanes(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %threads = arith.constant 64 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@reduced_lanes blocks in (%c1, %c1, %c1) threads in (%threads, %c1, %c1)
      args(%p : !llvm.ptr<1>)
    return
  }

  func.func @partial_reduction(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %threads = arith.constant 64 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@partial_reduction blocks in (%c1, %c1, %c1) threads in (%threads, %c1, %c1)
      args(%p : !llvm.ptr<1>)
    return
  }

  func.func @shared_bounds(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %threads = arith.constant 64 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@shared_bounds blocks in (%c1, %c1, %c1) threads in (%threads, %c1, %c1)
      args(%p : !llvm.ptr<1>)
    return
  }

  func.func @dynamic_bounds(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %threads = arith.constant 64 : index
    %size = arith.constant 128 : i32
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@dynamic_bounds blocks in (%c1, %c1, %c1) threads in (%threads, %c1, %c1)
      dynamic_shared_memory_size %size args(%p : !llvm.ptr<1>)
    return
  }

  func.func @race(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %threads = arith.constant 64 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@race blocks in (%c1, %c1, %c1) threads in (%threads, %c1, %c1)
      args(%p : !llvm.ptr<1>)
    return
  }

  func.func @warp_race(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %threads = arith.constant 64 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@warp_race blocks in (%c1, %c1, %c1) threads in (%threads, %c1, %c1)
      args(%p : !llvm.ptr<1>)
    return
  }

  func.func @constant_bounds(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %threads = arith.constant 65 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@constant_bounds blocks in (%c1, %c1, %c1) threads in (%threads, %c1, %c1)
      args(%p : !llvm.ptr<1>)
    return
  }

  func.func @constant_write(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %threads = arith.constant 65 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@constant_write blocks in (%c1, %c1, %c1) threads in (%threads, %c1, %c1)
      args(%p : !llvm.ptr<1>)
    return
  }

  func.func @global_bounds(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %threads = arith.constant 65 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@global_bounds blocks in (%c1, %c1, %c1) threads in (%threads, %c1, %c1)
      args(%p : !llvm.ptr<1>)
    return
  }

  func.func @writes_input(%x: memref<64xi32> {act.name = "x"}) {
    %c1 = arith.constant 1 : index
    %threads = arith.constant 64 : index
    %i = memref.extract_aligned_pointer_as_index %x : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@writes_input blocks in (%c1, %c1, %c1) threads in (%threads, %c1, %c1)
      args(%p : !llvm.ptr<1>)
    return
  }

  func.func @misaligned(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %threads = arith.constant 64 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@misaligned blocks in (%c1, %c1, %c1) threads in (%threads, %c1, %c1)
      args(%p : !llvm.ptr<1>)
    return
  }

  func.func @misaligned_shared(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %threads = arith.constant 64 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@misaligned_shared blocks in (%c1, %c1, %c1) threads in (%threads, %c1, %c1)
      args(%p : !llvm.ptr<1>)
    return
  }

  func.func @aligned_shared(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %threads = arith.constant 1 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@aligned_shared blocks in (%c1, %c1, %c1) threads in (%threads, %c1, %c1)
      args(%p : !llvm.ptr<1>)
    return
  }
}
