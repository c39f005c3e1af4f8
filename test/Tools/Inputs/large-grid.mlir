module attributes {gpu.container_module} {
  gpu.module @kernels {
    gpu.func @many(%x: !llvm.ptr<1>) kernel {
      gpu.return
    }
  }
  func.func @large(%x: memref<4xf32> {act.name = "x"}) {
    %one = arith.constant 1 : index
    %many = arith.constant 65536 : index
    %base = memref.extract_aligned_pointer_as_index %x : memref<4xf32> -> index
    %word = arith.index_cast %base : index to i64
    %pointer = llvm.inttoptr %word : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@many blocks in (%one, %many, %one)
      threads in (%one, %one, %one) args(%pointer : !llvm.ptr<1>)
    return
  }
}
