// Dynamic shared memory, a temporary between two kernels, and vectors: the
// first kernel reverses blocks of 64 into the temporary, the second one reverses
// the blocks.

// RUN: act-run %s --device=simt --input=x=2x64xf32=linspace:0:127 --output=- \
// RUN:   | FileCheck %s
// CHECK: y: 2x64xf32
// CHECK: 127, 126, 125,
// CHECK: 63, 62, 61,

module attributes {gpu.container_module} {
  gpu.module @kernels [#nvvm.target<chip = "sm_80">] {
    gpu.func @reverse(%x: !llvm.ptr<1>, %y: !llvm.ptr<1>) kernel {
      %c0 = arith.constant 0 : index
      %c63 = arith.constant 63 : index
      %c64 = arith.constant 64 : index
      %bytes = gpu.dynamic_shared_memory : memref<?xi8, #gpu.address_space<workgroup>>
      %view = memref.view %bytes[%c0][%c64] : memref<?xi8, #gpu.address_space<workgroup>> to memref<?xf32, #gpu.address_space<workgroup>>
      %block = gpu.block_id x
      %thread = gpu.thread_id x
      %start = arith.muli %block, %c64 : index
      %i = arith.addi %start, %thread : index
      %k = arith.index_cast %i : index to i64
      %p = llvm.getelementptr %x[%k] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, f32
      %value = llvm.load %p {alignment = 4 : i64} : !llvm.ptr<1> -> f32
      %mirrored = arith.subi %c63, %thread : index
      memref.store %value, %view[%mirrored] : memref<?xf32, #gpu.address_space<workgroup>>
      gpu.barrier
      %other = memref.load %view[%thread] : memref<?xf32, #gpu.address_space<workgroup>>
      %q = llvm.getelementptr %y[%k] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, f32
      llvm.store %other, %q {alignment = 4 : i64} : f32, !llvm.ptr<1>
      gpu.return
    }

    gpu.func @swap(%x: !llvm.ptr<1>, %y: !llvm.ptr<1>) kernel {
      %thread = gpu.thread_id x
      %four = arith.constant 4 : index
      %c64 = arith.constant 64 : index
      %i = arith.muli %thread, %four : index
      %j = arith.xori %i, %c64 : index
      %k = arith.index_cast %i : index to i64
      %l = arith.index_cast %j : index to i64
      %p = llvm.getelementptr %x[%k] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, f32
      %q = llvm.getelementptr %y[%l] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, f32
      %four_values = llvm.load %p {alignment = 16 : i64} : !llvm.ptr<1> -> vector<4xf32>
      llvm.store %four_values, %q {alignment = 16 : i64} : vector<4xf32>, !llvm.ptr<1>
      gpu.return
    }
  }

  func.func @reverse(%x: memref<2x64xf32> {act.name = "x"},
                     %y: memref<2x64xf32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c32 = arith.constant 32 : index
    %c64 = arith.constant 64 : index
    %size = arith.constant 256 : i32
    %temporary = memref.alloc() {alignment = 64 : i64} : memref<2x64xf32>
    %ix = memref.extract_aligned_pointer_as_index %x : memref<2x64xf32> -> index
    %it = memref.extract_aligned_pointer_as_index %temporary : memref<2x64xf32> -> index
    %iy = memref.extract_aligned_pointer_as_index %y : memref<2x64xf32> -> index
    %jx = arith.index_cast %ix : index to i64
    %jt = arith.index_cast %it : index to i64
    %jy = arith.index_cast %iy : index to i64
    %px = llvm.inttoptr %jx : i64 to !llvm.ptr<1>
    %pt = llvm.inttoptr %jt : i64 to !llvm.ptr<1>
    %py = llvm.inttoptr %jy : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@reverse blocks in (%c2, %c1, %c1) threads in (%c64, %c1, %c1)
      dynamic_shared_memory_size %size args(%px : !llvm.ptr<1>, %pt : !llvm.ptr<1>)
    gpu.launch_func @kernels::@swap blocks in (%c1, %c1, %c1) threads in (%c32, %c1, %c1)
      args(%pt : !llvm.ptr<1>, %py : !llvm.ptr<1>)
    memref.dealloc %temporary : memref<2x64xf32>
    return
  }
}
