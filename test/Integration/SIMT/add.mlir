// Several blocks, more than one thread of the host, and a last block that has
// too few elements.

// RUN: act-run %s --input=a=1000xf32=linspace:0:999 \
// RUN:   --input=b=1000xf32=linspace:1:1000 --device=simt --output=- \
// RUN:   | FileCheck %s
// RUN: act-run %s --input=a=1000xf32=linspace:0:999 \
// RUN:   --input=b=1000xf32=linspace:1:1000 --device=simt --threads=1 --output=- \
// RUN:   | FileCheck %s
// CHECK: y: 1000xf32
// CHECK: [1, 3, 5, 7
// CHECK-NOT: nan
// CHECK: 1995, 1997, 1999]

module attributes {gpu.container_module} {
  gpu.module @add_kernels [#nvvm.target<chip = "sm_90">] {
    gpu.func @add(%a: !llvm.ptr<1>, %b: !llvm.ptr<1>, %y: !llvm.ptr<1>,
                  %n: index) kernel attributes {known_block_size = array<i32: 128, 1, 1>} {
      %block = gpu.block_id x
      %size = gpu.block_dim x
      %thread = gpu.thread_id x
      %start = arith.muli %block, %size : index
      %i = arith.addi %start, %thread : index
      %inside = arith.cmpi ult, %i, %n : index
      scf.if %inside {
        %k = arith.index_cast %i : index to i64
        %pa = llvm.getelementptr %a[%k] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, f32
        %pb = llvm.getelementptr %b[%k] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, f32
        %py = llvm.getelementptr %y[%k] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, f32
        %x0 = llvm.load %pa {alignment = 4 : i64} : !llvm.ptr<1> -> f32
        %x1 = llvm.load %pb {alignment = 4 : i64} : !llvm.ptr<1> -> f32
        %sum = arith.addf %x0, %x1 : f32
        llvm.store %sum, %py {alignment = 4 : i64} : f32, !llvm.ptr<1>
      }
      gpu.return
    }
  }

  func.func @add(%a: memref<1000xf32> {act.name = "a"},
                 %b: memref<1000xf32> {act.name = "b"},
                 %y: memref<1000xf32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %threads = arith.constant 128 : index
    %n = arith.constant 1000 : index
    %blocks = arith.constant 8 : index
    %ia = memref.extract_aligned_pointer_as_index %a : memref<1000xf32> -> index
    %ib = memref.extract_aligned_pointer_as_index %b : memref<1000xf32> -> index
    %iy = memref.extract_aligned_pointer_as_index %y : memref<1000xf32> -> index
    %ja = arith.index_cast %ia : index to i64
    %jb = arith.index_cast %ib : index to i64
    %jy = arith.index_cast %iy : index to i64
    %pa = llvm.inttoptr %ja : i64 to !llvm.ptr<1>
    %pb = llvm.inttoptr %jb : i64 to !llvm.ptr<1>
    %py = llvm.inttoptr %jy : i64 to !llvm.ptr<1>
    gpu.launch_func @add_kernels::@add blocks in (%blocks, %c1, %c1) threads in (%threads, %c1, %c1)
      args(%pa : !llvm.ptr<1>, %pb : !llvm.ptr<1>, %py : !llvm.ptr<1>, %n : index)
    return
  }
}
