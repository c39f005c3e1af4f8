module attributes {gpu.container_module} {
  gpu.module @kernels [#nvvm.target<chip = "sm_90">] {
    gpu.func @k(%y: !llvm.ptr<1>, %v: f32, %d: f64) kernel attributes {known_block_size = array<i32: 32, 1, 1>} {
      llvm.store %v, %y {alignment = 4 : i64} : f32, !llvm.ptr<1>
      gpu.return
    }
  }
  func.func @f(%y: memref<32xf32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c32 = arith.constant 32 : index
    %inf = arith.constant 0x7F800000 : f32
    %two = arith.constant 2.0 : f64
    %a = memref.extract_aligned_pointer_as_index %y : memref<32xf32> -> index
    %i = arith.index_cast %a : index to i64
    %p = llvm.inttoptr %i : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@k blocks in (%c1, %c1, %c1) threads in (%c32, %c1, %c1) args(%p : !llvm.ptr<1>, %inf : f32, %two : f64)
    return
  }
}
