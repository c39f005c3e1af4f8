// A kernel that declares SIZE numbers of shared memory.
module attributes {gpu.container_module} {
  func.func @f(%y: memref<32xf32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c32 = arith.constant 32 : index
    %ay = memref.extract_aligned_pointer_as_index %y : memref<32xf32> -> index
    %wy = arith.index_cast %ay : index to i64
    %py = llvm.inttoptr %wy : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@k blocks in (%c1, %c1, %c1)
        threads in (%c32, %c1, %c1) args(%py : !llvm.ptr<1>)
    return
  }
  gpu.module @kernels [#nvvm.target<chip = "sm_90">] {
    gpu.func @k(%y: !llvm.ptr<1>) workgroup(%s : memref<SIZExf32, #gpu.address_space<workgroup>>) kernel
        attributes {known_block_size = array<i32: 32, 1, 1>} {
      %t = gpu.thread_id x
      %c = arith.constant 1.0 : f32
      memref.store %c, %s[%t] : memref<SIZExf32, #gpu.address_space<workgroup>>
      gpu.barrier
      %v = memref.load %s[%t] : memref<SIZExf32, #gpu.address_space<workgroup>>
      llvm.store %v, %y {alignment = 4 : i64} : f32, !llvm.ptr<1>
      gpu.return
    }
  }
}
