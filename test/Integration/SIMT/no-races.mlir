// What looks like a race and is none.

// RUN: act-run %s --device=simt --entry=neighbours --output=- | FileCheck %s --check-prefix=NEAR
// RUN: act-run %s --device=simt --entry=buffers --output=- | FileCheck %s --check-prefix=BUFFERS
// RUN: not act-run %s --device=simt --entry=one_buffer 2>&1 | FileCheck %s --check-prefix=ONE
// RUN: not act-run %s --device=simt --entry=reader_of_another_warp 2>&1 | FileCheck %s --check-prefix=READER

module attributes {gpu.container_module} {
  gpu.module @kernels [#nvvm.target<chip = "sm_90">] {
    // Elements of two bytes: pairs of threads write the same word.
    // NEAR: y: 64xi32
    // NEAR-NEXT: [0, 1, 2, 3,
    gpu.func @neighbours(%y: !llvm.ptr<1>)
        workgroup(%s: memref<64xi16, #gpu.address_space<workgroup>>) kernel {
      %mask = arith.constant -1 : i32
      %thread = gpu.thread_id x
      %i = arith.index_cast %thread : index to i16
      memref.store %i, %s[%thread] : memref<64xi16, #gpu.address_space<workgroup>>
      nvvm.bar.warp.sync %mask : i32
      %own = memref.load %s[%thread] : memref<64xi16, #gpu.address_space<workgroup>>
      %wide = arith.extui %own : i16 to i32
      %k = arith.index_cast %thread : index to i64
      %p = llvm.getelementptr %y[%k] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, i32
      llvm.store %wide, %p {alignment = 4 : i64} : i32, !llvm.ptr<1>
      gpu.return
    }

    // Two buffers in turn need one barrier in each round, for what is written
    // is read before the next barrier, and written again after it.
    // BUFFERS: y: 64xi32
    // BUFFERS-NEXT: [4, 5, 6,
    // BUFFERS-SAME: 62, 63, 0, 1, 2, 3]
    gpu.func @buffers(%y: !llvm.ptr<1>)
        workgroup(%s: memref<2x64xi32, #gpu.address_space<workgroup>>) kernel {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %c4 = arith.constant 4 : index
      %c63 = arith.constant 63 : index
      %thread = gpu.thread_id x
      %i = arith.index_cast %thread : index to i32
      %last = scf.for %round = %c0 to %c4 step %c1 iter_args(%value = %i) -> i32 {
        %buffer = arith.andi %round, %c1 : index
        memref.store %value, %s[%buffer, %thread] : memref<2x64xi32, #gpu.address_space<workgroup>>
        gpu.barrier
        %next = arith.addi %thread, %c1 : index
        %right = arith.andi %next, %c63 : index
        %taken = memref.load %s[%buffer, %right] : memref<2x64xi32, #gpu.address_space<workgroup>>
        scf.yield %taken : i32
      }
      %k = arith.index_cast %thread : index to i64
      %p = llvm.getelementptr %y[%k] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, i32
      llvm.store %last, %p {alignment = 4 : i64} : i32, !llvm.ptr<1>
      gpu.return
    }

    // With one buffer that is a race.
    // ONE: no-races.mlir:[[@LINE+12]]:9: race in shared memory: thread ({{.*}}) of block (0, 0, 0) accesses it at {{.*}}no-races.mlir:[[@LINE+16]]:18
    gpu.func @one_buffer(%y: !llvm.ptr<1>)
        workgroup(%s: memref<2x64xi32, #gpu.address_space<workgroup>>) kernel {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %c4 = arith.constant 4 : index
      %c63 = arith.constant 63 : index
      %thread = gpu.thread_id x
      %i = arith.index_cast %thread : index to i32
      %last = scf.for %round = %c0 to %c4 step %c1 iter_args(%value = %i) -> i32 {
        %buffer = arith.constant 0 : index
        // Others may still read what the round before has left.
        memref.store %value, %s[%buffer, %thread] : memref<2x64xi32, #gpu.address_space<workgroup>>
        gpu.barrier
        %next = arith.addi %thread, %c1 : index
        %right = arith.andi %next, %c63 : index
        %taken = memref.load %s[%buffer, %right] : memref<2x64xi32, #gpu.address_space<workgroup>>
        scf.yield %taken : i32
      }
      %k = arith.index_cast %thread : index to i64
      %p = llvm.getelementptr %y[%k] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, i32
      llvm.store %last, %p {alignment = 4 : i64} : i32, !llvm.ptr<1>
      gpu.return
    }

    // All threads read one element between arriving and waiting, which orders
    // nothing; then a thread of the first warp, whose own lanes are
    // synchronised, writes it. Of 64 readers, one of each warp must be known.
    // READER: no-races.mlir:[[@LINE+13]]:9: race in shared memory: thread (32, 0, 0) of block (0, 0, 0) accesses it at {{.*}}no-races.mlir:[[@LINE+9]]:16 and no barrier is between (thread (5, 0, 0)
    gpu.func @reader_of_another_warp(%y: !llvm.ptr<1>)
        workgroup(%s: memref<64xi32, #gpu.address_space<workgroup>>) kernel {
      %c0 = arith.constant 0 : index
      %c5 = arith.constant 5 : index
      %mask = arith.constant -1 : i32
      %thread = gpu.thread_id x
      %writes = arith.cmpi eq, %thread, %c5 : index
      nvvm.cluster.arrive
      %first = memref.load %s[%c0] : memref<64xi32, #gpu.address_space<workgroup>>
      nvvm.cluster.wait
      nvvm.bar.warp.sync %mask : i32
      scf.if %writes {
        memref.store %first, %s[%c0] : memref<64xi32, #gpu.address_space<workgroup>>
      }
      gpu.return
    }
  }

  func.func @neighbours(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c64 = arith.constant 64 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@neighbours blocks in (%c1, %c1, %c1)
      threads in (%c64, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }

  func.func @buffers(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c64 = arith.constant 64 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@buffers blocks in (%c1, %c1, %c1)
      threads in (%c64, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }

  func.func @one_buffer(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c64 = arith.constant 64 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@one_buffer blocks in (%c1, %c1, %c1)
      threads in (%c64, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }

  func.func @reader_of_another_warp(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c64 = arith.constant 64 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@reader_of_another_warp blocks in (%c1, %c1, %c1)
      threads in (%c64, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }
}
