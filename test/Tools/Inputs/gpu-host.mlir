// Host code with all that a description can say, and some that it cannot.

//--- choices.mlir
module attributes {gpu.container_module} {
  gpu.module @kernels [#nvvm.target<chip = "sm_80">] {
    gpu.func @k(%p: !llvm.ptr<1>, %n: i32, %m: i64) kernel
        attributes {known_block_size = array<i32: 32, 1, 1>} {
      gpu.return
    }
  }

  func.func @choices(%x: memref<?x?xf32> {act.name = "x"},
                     %k: i64 {act.name = "k"},
                     %y: memref<4xf32> {act.name = "y", act.result}) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c3 = arith.constant 3 : i64
    %c32 = arith.constant 32 : index
    %base, %offset, %sizes:2, %strides:2 = memref.extract_strided_metadata %x
      : memref<?x?xf32> -> memref<f32>, index, index, index, index, index
    %address = memref.extract_aligned_pointer_as_index %base : memref<f32> -> index
    %word = arith.index_cast %address : index to i64
    %first = llvm.inttoptr %word : i64 to !llvm.ptr<1>
    %o = arith.constant 1 : i64
    %p = llvm.getelementptr %first[%o] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, f32
    %bits = arith.andi %k, %c3 : i64
    %stride = arith.index_cast %strides#0 : index to i64
    %isWide = arith.cmpi sgt, %stride, %bits : i64
    %rows = arith.select %isWide, %sizes#0, %sizes#1 : index
    %n32 = arith.index_cast %rows : index to i32
    %blocks, %limit = scf.if %isWide -> (index, index) {
      %half = arith.ceildivsi %rows, %c32 : index
      scf.yield %half, %rows : index, index
    } else {
      scf.yield %c1, %c0 : index, index
    }
    scf.for %i = %c0 to %limit step %c32 {
      %i64 = arith.index_cast %i : index to i64
      gpu.launch_func @kernels::@k blocks in (%blocks, %c1, %c1)
          threads in (%c32, %c1, %c1) args(%p : !llvm.ptr<1>, %n32 : i32, %i64 : i64)
    }
    return
  }
}

//--- arithmetic.mlir
module attributes {gpu.container_module} {
  gpu.module @kernels [#nvvm.target<chip = "sm_80">] {
    gpu.func @k(%a: f32) kernel attributes {known_block_size = array<i32: 32, 1, 1>} {
      gpu.return
    }
  }
  func.func @arithmetic(%a: f32, %y: memref<4xf32> {act.result}) {
    %c1 = arith.constant 1 : index
    %b = arith.addf %a, %a : f32
    gpu.launch_func @kernels::@k blocks in (%c1, %c1, %c1)
        threads in (%c1, %c1, %c1) args(%b : f32)
    return
  }
}

//--- carried.mlir
module attributes {gpu.container_module} {
  gpu.module @kernels [#nvvm.target<chip = "sm_80">] {
    gpu.func @k(%n: index) kernel attributes {known_block_size = array<i32: 32, 1, 1>} {
      gpu.return
    }
  }
  func.func @carried(%n: index, %y: memref<4xf32> {act.result}) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %sum = scf.for %i = %c0 to %n step %c1 iter_args(%s = %c0) -> index {
      %next = arith.addi %s, %i : index
      scf.yield %next : index
    }
    gpu.launch_func @kernels::@k blocks in (%sum, %c1, %c1)
        threads in (%c1, %c1, %c1) args(%n : index)
    return
  }
}
