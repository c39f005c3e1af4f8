// Every kind of nvvm.redux.sync, of the numbers -40, -35, ..., 115 of the lanes of
// a warp.

// RUN: act-run %s --device=simt --output=y=- | FileCheck %s
// CHECK: y: 8xi32
// CHECK-NEXT: [1200, -40, 115, 0, -5, 0, -1, 64]

module attributes {gpu.container_module} {
  gpu.module @kernels [#nvvm.target<chip = "sm_80">] {
    gpu.func @reductions(%y: !llvm.ptr<1>) kernel {
      %all = arith.constant -1 : i32
      %c5 = arith.constant 5 : i32
      %c40 = arith.constant 40 : i32
      %lane = gpu.lane_id
      %i = arith.index_cast %lane : index to i32
      %times = arith.muli %i, %c5 : i32
      %v = arith.subi %times, %c40 : i32
      %0 = nvvm.redux.sync add %v, %all : i32 -> i32
      %1 = nvvm.redux.sync min %v, %all : i32 -> i32
      %2 = nvvm.redux.sync max %v, %all : i32 -> i32
      %3 = nvvm.redux.sync umin %v, %all : i32 -> i32
      %4 = nvvm.redux.sync umax %v, %all : i32 -> i32
      %5 = nvvm.redux.sync and %v, %all : i32 -> i32
      %6 = nvvm.redux.sync or %v, %all : i32 -> i32
      %7 = nvvm.redux.sync xor %v, %all : i32 -> i32
      %c3 = arith.constant 3 : index
      %isThree = arith.cmpi eq, %lane, %c3 : index
      scf.if %isThree {
        %results = vector.from_elements %0, %1, %2, %3, %4, %5, %6, %7 : vector<8xi32>
        llvm.store %results, %y {alignment = 4 : i64} : vector<8xi32>, !llvm.ptr<1>
      }
      gpu.return
    }
  }

  func.func @reductions(%y: memref<8xi32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c32 = arith.constant 32 : index
    %i = memref.extract_aligned_pointer_as_index %y : memref<8xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@reductions blocks in (%c1, %c1, %c1)
      threads in (%c32, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }
}
