// A kernel whose values take more stack than most: fibers get what it needs.

// RUN: act-run %s --device=simt --input=x=4096xf32=ones --output=- | FileCheck %s
// CHECK: y: 64x2xf32
// CHECK-NEXT: [{{\[ *}}0, 0],
// CHECK-NEXT: [ 6, 6],
// CHECK: [378, 378]]

module attributes {gpu.container_module} {
  gpu.module @kernels {
    gpu.func @large(%x: !llvm.ptr<1>, %y: !llvm.ptr<1>, %c: !llvm.ptr<1>) kernel {
      %thread = gpu.thread_id x
      %size = arith.constant 4096 : index
      %start = arith.muli %thread, %size : index
      %k = arith.index_cast %thread : index to i64
      %l = arith.index_cast %start : index to i64
      %i = arith.uitofp %k : i64 to f32
      %a = llvm.load %x {alignment = 4 : i64} : !llvm.ptr<1> -> vector<4096xf32>
      %b = vector.broadcast %i : f32 to vector<4096xf32>
      %once = arith.mulf %a, %b : vector<4096xf32>
      %twice = arith.addf %once, %once : vector<4096xf32>
      gpu.barrier
      %thrice = arith.addf %once, %twice : vector<4096xf32>
      gpu.barrier
      %five = arith.addf %thrice, %twice : vector<4096xf32>
      %six = arith.addf %five, %once : vector<4096xf32>
      %p = llvm.getelementptr %c[%l] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, f32
      llvm.store %six, %p {alignment = 4 : i64} : vector<4096xf32>, !llvm.ptr<1>
      %q = llvm.getelementptr %p[4094] : (!llvm.ptr<1>) -> !llvm.ptr<1>, f32
      %last = llvm.load %q {alignment = 4 : i64} : !llvm.ptr<1> -> vector<2xf32>
      %r = llvm.getelementptr %y[%k] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, vector<2xf32>
      llvm.store %last, %r {alignment = 4 : i64} : vector<2xf32>, !llvm.ptr<1>
      gpu.return
    }
  }
  func.func @large(%x: memref<4096xf32> {act.name = "x"},
                   %y: memref<64x2xf32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c64 = arith.constant 64 : index
    %copy = memref.alloc() : memref<64x4096xf32>
    %ix = memref.extract_aligned_pointer_as_index %x : memref<4096xf32> -> index
    %iy = memref.extract_aligned_pointer_as_index %y : memref<64x2xf32> -> index
    %ic = memref.extract_aligned_pointer_as_index %copy : memref<64x4096xf32> -> index
    %jx = arith.index_cast %ix : index to i64
    %jy = arith.index_cast %iy : index to i64
    %jc = arith.index_cast %ic : index to i64
    %px = llvm.inttoptr %jx : i64 to !llvm.ptr<1>
    %py = llvm.inttoptr %jy : i64 to !llvm.ptr<1>
    %pc = llvm.inttoptr %jc : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@large blocks in (%c1, %c1, %c1) threads in (%c64, %c1, %c1)
      args(%px : !llvm.ptr<1>, %py : !llvm.ptr<1>, %pc : !llvm.ptr<1>)
    memref.dealloc %copy : memref<64x4096xf32>
    return
  }
}
