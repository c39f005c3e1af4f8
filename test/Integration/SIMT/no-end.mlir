// Kernels that never end are stopped, with the place where a thread is.

module attributes {gpu.container_module} {
  gpu.module @kernels [#nvvm.target<chip = "sm_90">] {
    // The flag would be set by a thread that has not begun: loops do not let
    // others run.
    // RUN: not act-run %s --device=simt --entry=flag --simt-limit=1000 2>&1 | FileCheck %s --check-prefix=FLAG
    gpu.func @flag(%y: !llvm.ptr<1>) kernel {
      %c0 = arith.constant 0 : index
      %one = arith.constant 1 : i32
      %thread = gpu.thread_id x
      %isFirst = arith.cmpi eq, %thread, %c0 : index
      scf.if %isFirst {
        // FLAG: act-run: error: {{.*}}no-end.mlir:[[@LINE+4]]:11: the kernel does not end: a thread is here after 1000 steps; of the others of its cluster 0 wait, 0 have left and 63 have not begun; loops wait for other threads by barriers only, and --simt-limit allows more steps (thread (0, 0, 0) of block (0, 0, 0) of kernel 'flag')
        scf.while : () -> () {
          %flag = llvm.load volatile %y {alignment = 4 : i64} : !llvm.ptr<1> -> i32
          %isUnset = arith.cmpi ne, %flag, %one : i32
          scf.condition(%isUnset)
        } do {
          scf.yield
        }
      } else {
        llvm.store %one, %y {alignment = 4 : i64} : i32, !llvm.ptr<1>
      }
      gpu.return
    }

    // Nothing has to be said: there is a limit.
    // RUN: not act-run %s --device=simt --entry=alone 2>&1 | FileCheck %s --check-prefix=ALONE
    gpu.func @alone(%y: !llvm.ptr<1>) kernel {
      %c31 = arith.constant 31 : index
      %thread = gpu.thread_id x
      %isLost = arith.cmpi eq, %thread, %c31 : index
      cf.cond_br %isLost, ^again, ^meet
    ^again:
      // ALONE: no-end.mlir:[[@LINE+1]]:7: the kernel does not end: a thread is here after 67108864 steps; of the others of its cluster 31 wait (thread (30, 0, 0) of block (0, 0, 0) at {{.*}}no-end.mlir:[[@LINE+3]]:7), 0 have left and 32 have not begun; {{.*}} (thread (31, 0, 0)
      cf.br ^again
    ^meet:
      gpu.barrier
      gpu.return
    }

    // All threads go round together.
    // RUN: not act-run %s --device=simt --entry=rounds --simt-limit=6500 2>&1 | FileCheck %s --check-prefix=ROUNDS
    gpu.func @rounds(%y: !llvm.ptr<1>) kernel {
      %true = arith.constant true
      // ROUNDS: no-end.mlir:[[@LINE+4]]:9: the kernel does not end: a thread is here after 6500 steps; of the others of its cluster {{[0-9]+}} wait {{.*}} (thread (
      scf.while : () -> () {
        scf.condition(%true)
      } do {
        gpu.barrier
        scf.yield
      }
      gpu.return
    }

    // A loop of a thousand turns ends.
    // RUN: act-run %s --device=simt --entry=long --output=- | FileCheck %s --check-prefix=LONG
    // RUN: act-run %s --device=simt --entry=long --simt-limit=1000 --output=- | FileCheck %s --check-prefix=LONG
    // RUN: act-run %s --device=simt --entry=long --simt-limit=0 --output=- | FileCheck %s --check-prefix=LONG
    // LONG: [1000, 1000, 1000,
    // RUN: not act-run %s --device=simt --entry=long --simt-limit=900 2>&1 | FileCheck %s --check-prefix=SHORT
    gpu.func @long(%y: !llvm.ptr<1>) kernel {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %c1000 = arith.constant 1000 : index
      %zero = arith.constant 0 : i32
      %one = arith.constant 1 : i32
      %thread = gpu.thread_id x
      // SHORT: no-end.mlir:[[@LINE+1]]:16: the kernel does not end: a thread is here after 900 steps;
      %count = scf.for %i = %c0 to %c1000 step %c1 iter_args(%n = %zero) -> i32 {
        %next = arith.addi %n, %one : i32
        scf.yield %next : i32
      }
      %k = arith.index_cast %thread : index to i64
      %p = llvm.getelementptr %y[%k] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, i32
      llvm.store %count, %p {alignment = 4 : i64} : i32, !llvm.ptr<1>
      gpu.return
    }
  }

  func.func @flag(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c64 = arith.constant 64 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@flag blocks in (%c1, %c1, %c1)
      threads in (%c64, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }

  func.func @alone(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c64 = arith.constant 64 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@alone blocks in (%c1, %c1, %c1)
      threads in (%c64, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }

  func.func @rounds(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c64 = arith.constant 64 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@rounds blocks in (%c1, %c1, %c1)
      threads in (%c64, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }

  func.func @long(%y: memref<64xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c64 = arith.constant 64 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<64xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@long blocks in (%c1, %c1, %c1)
      threads in (%c64, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }
}
