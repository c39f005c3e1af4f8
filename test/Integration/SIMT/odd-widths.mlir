// Integers that fill no whole bytes, or three of them, lie in shared memory as
// far apart as LLVM lays them out.

// RUN: act-run %s --device=simt --input=n=i32=1234567 --output=x=- | FileCheck %s
// RUN: act-compile %s --emit=ptx --chip=sm_80 | FileCheck %s --check-prefix=PTX

// CHECK: [1234567, 54919]
// PTX-COUNT-2: .shared .align {{.*}}[16]
module attributes {gpu.container_module} {
  gpu.module @kernels {
    gpu.func @k(%x: !llvm.ptr<1>, %n: i32)
        workgroup(%s: memref<4xi24, #gpu.address_space<workgroup>>,
                  %t: memref<4xi17, #gpu.address_space<workgroup>>) kernel
        attributes {known_block_size = array<i32: 1, 1, 1>} {
      %c3 = arith.constant 3 : index
      %a = arith.trunci %n : i32 to i24
      %b = arith.trunci %n : i32 to i17
      memref.store %a, %s[%c3] : memref<4xi24, #gpu.address_space<workgroup>>
      memref.store %b, %t[%c3] : memref<4xi17, #gpu.address_space<workgroup>>
      gpu.barrier
      %c = memref.load %s[%c3] : memref<4xi24, #gpu.address_space<workgroup>>
      %d = memref.load %t[%c3] : memref<4xi17, #gpu.address_space<workgroup>>
      %0 = arith.extui %c : i24 to i32
      %1 = arith.extui %d : i17 to i32
      %y = llvm.getelementptr %x[1] : (!llvm.ptr<1>) -> !llvm.ptr<1>, i32
      llvm.store %0, %x {alignment = 4 : i64} : i32, !llvm.ptr<1>
      llvm.store %1, %y {alignment = 4 : i64} : i32, !llvm.ptr<1>
      gpu.return
    }
  }
  func.func @f(%n: i32 {act.name = "n"}, %x: memref<2xi32> {act.name = "x", act.result}) {
    %c1 = arith.constant 1 : index
    %i = memref.extract_aligned_pointer_as_index %x : memref<2xi32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@k blocks in (%c1, %c1, %c1) threads in (%c1, %c1, %c1)
        args(%p : !llvm.ptr<1>, %n : i32)
    return
  }
}
