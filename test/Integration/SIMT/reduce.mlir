// Sums of blocks: shuffles within warps, shared memory between them.

// RUN: act-run %s --device=simt --input=x=4x256xf32=linspace:0:1023 --output=- \
// RUN:   | FileCheck %s
// CHECK: y: 4xf32
// CHECK-NEXT: [32640, 98176, 163712, 229248]

module attributes {gpu.container_module} {
  gpu.module @kernels [#nvvm.target<chip = "sm_90">] {
    gpu.func @sum(%x: !llvm.ptr<1>, %y: !llvm.ptr<1>)
        workgroup(%sums: memref<8xf32, #gpu.address_space<workgroup>>) kernel {
      %c0 = arith.constant 0 : index
      %c256 = arith.constant 256 : index
      %c32 = arith.constant 32 : i32
      %c1 = arith.constant 1 : i32
      %c2 = arith.constant 2 : i32
      %c4 = arith.constant 4 : i32
      %c8 = arith.constant 8 : i32
      %c16 = arith.constant 16 : i32
      %block = gpu.block_id x
      %thread = gpu.thread_id x
      %start = arith.muli %block, %c256 : index
      %i = arith.addi %start, %thread : index
      %k = arith.index_cast %i : index to i64
      %p = llvm.getelementptr %x[%k] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, f32
      %s0 = llvm.load %p {alignment = 4 : i64} : !llvm.ptr<1> -> f32
      %o1, %v1 = gpu.shuffle xor %s0, %c16, %c32 : f32
      %s1 = arith.addf %s0, %o1 : f32
      %o2, %v2 = gpu.shuffle xor %s1, %c8, %c32 : f32
      %s2 = arith.addf %s1, %o2 : f32
      %o3, %v3 = gpu.shuffle xor %s2, %c4, %c32 : f32
      %s3 = arith.addf %s2, %o3 : f32
      %o4, %v4 = gpu.shuffle xor %s3, %c2, %c32 : f32
      %s4 = arith.addf %s3, %o4 : f32
      %o5, %v5 = gpu.shuffle xor %s4, %c1, %c32 : f32
      %s5 = arith.addf %s4, %o5 : f32
      %lane = gpu.lane_id
      %warp = gpu.subgroup_id : index
      %first = arith.cmpi eq, %lane, %c0 : index
      scf.if %first {
        memref.store %s5, %sums[%warp] : memref<8xf32, #gpu.address_space<workgroup>>
      }
      gpu.barrier
      %zero = arith.constant 0.0 : f32
      %one = arith.constant 1 : index
      %warps = gpu.num_subgroups : index
      %sum = scf.for %w = %c0 to %warps step %one iter_args(%s = %zero) -> f32 {
        %part = memref.load %sums[%w] : memref<8xf32, #gpu.address_space<workgroup>>
        %next = arith.addf %s, %part : f32
        scf.yield %next : f32
      }
      %writes = arith.cmpi eq, %thread, %c0 : index
      scf.if %writes {
        %b = arith.index_cast %block : index to i64
        %q = llvm.getelementptr %y[%b] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, f32
        llvm.store %sum, %q {alignment = 4 : i64} : f32, !llvm.ptr<1>
      }
      gpu.return
    }
  }

  func.func @sum(%x: memref<4x256xf32> {act.name = "x"},
                 %y: memref<4xf32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c4 = arith.constant 4 : index
    %c256 = arith.constant 256 : index
    %ix = memref.extract_aligned_pointer_as_index %x : memref<4x256xf32> -> index
    %iy = memref.extract_aligned_pointer_as_index %y : memref<4xf32> -> index
    %jx = arith.index_cast %ix : index to i64
    %jy = arith.index_cast %iy : index to i64
    %px = llvm.inttoptr %jx : i64 to !llvm.ptr<1>
    %py = llvm.inttoptr %jy : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@sum blocks in (%c4, %c1, %c1) threads in (%c256, %c1, %c1)
      args(%px : !llvm.ptr<1>, %py : !llvm.ptr<1>)
    return
  }
}
