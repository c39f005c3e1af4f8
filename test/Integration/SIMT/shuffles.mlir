// Every mode of gpu.shuffle. A lane without a source keeps its value.

// RUN: act-run %s --device=simt --output=xor=- --output=up=- --output=down=- \
// RUN:   --output=idx=- --output=valid=- | FileCheck %s
// CHECK: xor: 32xi32
// CHECK-NEXT: [3, 2, 1, 0, 7, 6, 5, 4,
// CHECK: up: 32xi32
// CHECK-NEXT: [0, 1, 2, 0, 1, 2, 3, 4,
// CHECK-SAME: 26, 27, 28]
// CHECK: down: 32xi32
// CHECK-NEXT: [3, 4, 5, 6,
// CHECK-SAME: 30, 31, 29, 30, 31]
// CHECK: idx: 32xi32
// CHECK-NEXT: [0, 2, 4, 6,
// CHECK-SAME: 30, 0, 2,
// CHECK: valid: 32xi32
// CHECK-NEXT: [0, 0, 0, 1, 1,

module attributes {gpu.container_module} {
  gpu.module @kernels {
    gpu.func @shuffles(%y: !llvm.ptr<1>, %mode: i32) kernel {
      %c3 = arith.constant 3 : i32
      %c2 = arith.constant 2 : i32
      %width = arith.constant 32 : i32
      %lane = gpu.lane_id
      %i = arith.index_cast %lane : index to i32
      %twice = arith.muli %i, %c2 : i32
      %xor, %v0 = gpu.shuffle xor %i, %c3, %width : i32
      %up, %v1 = gpu.shuffle up %i, %c3, %width : i32
      %down, %v2 = gpu.shuffle down %i, %c3, %width : i32
      %idx, %v3 = gpu.shuffle idx %i, %twice, %width : i32
      %valid = arith.extui %v1 : i1 to i32
      %k = arith.index_cast %lane : index to i64
      %p = llvm.getelementptr %y[%k] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, i32
      %c0 = arith.constant 0 : i32
      %c1 = arith.constant 1 : i32
      %m0 = arith.cmpi eq, %mode, %c0 : i32
      %m1 = arith.cmpi eq, %mode, %c1 : i32
      %m2 = arith.cmpi eq, %mode, %c2 : i32
      %m3 = arith.cmpi eq, %mode, %c3 : i32
      %r3 = arith.select %m3, %idx, %valid : i32
      %r2 = arith.select %m2, %down, %r3 : i32
      %r1 = arith.select %m1, %up, %r2 : i32
      %r0 = arith.select %m0, %xor, %r1 : i32
      llvm.store %r0, %p {alignment = 4 : i64} : i32, !llvm.ptr<1>
      gpu.return
    }
  }

  func.func @shuffles(%y0: memref<32xi32> {act.name = "xor", act.result},
                      %y1: memref<32xi32> {act.name = "up", act.result},
                      %y2: memref<32xi32> {act.name = "down", act.result},
                      %y3: memref<32xi32> {act.name = "idx", act.result},
                      %y4: memref<32xi32> {act.name = "valid", act.result}) {
    %c1 = arith.constant 1 : index
    %c32 = arith.constant 32 : index
    %m0 = arith.constant 0 : i32
    %m1 = arith.constant 1 : i32
    %m2 = arith.constant 2 : i32
    %m3 = arith.constant 3 : i32
    %m4 = arith.constant 4 : i32
    %i0 = memref.extract_aligned_pointer_as_index %y0 : memref<32xi32> -> index
    %i1 = memref.extract_aligned_pointer_as_index %y1 : memref<32xi32> -> index
    %i2 = memref.extract_aligned_pointer_as_index %y2 : memref<32xi32> -> index
    %i3 = memref.extract_aligned_pointer_as_index %y3 : memref<32xi32> -> index
    %i4 = memref.extract_aligned_pointer_as_index %y4 : memref<32xi32> -> index
    %j0 = arith.index_cast %i0 : index to i64
    %j1 = arith.index_cast %i1 : index to i64
    %j2 = arith.index_cast %i2 : index to i64
    %j3 = arith.index_cast %i3 : index to i64
    %j4 = arith.index_cast %i4 : index to i64
    %p0 = llvm.inttoptr %j0 : i64 to !llvm.ptr<1>
    %p1 = llvm.inttoptr %j1 : i64 to !llvm.ptr<1>
    %p2 = llvm.inttoptr %j2 : i64 to !llvm.ptr<1>
    %p3 = llvm.inttoptr %j3 : i64 to !llvm.ptr<1>
    %p4 = llvm.inttoptr %j4 : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@shuffles blocks in (%c1, %c1, %c1) threads in (%c32, %c1, %c1)
      args(%p0 : !llvm.ptr<1>, %m0 : i32)
    gpu.launch_func @kernels::@shuffles blocks in (%c1, %c1, %c1) threads in (%c32, %c1, %c1)
      args(%p1 : !llvm.ptr<1>, %m1 : i32)
    gpu.launch_func @kernels::@shuffles blocks in (%c1, %c1, %c1) threads in (%c32, %c1, %c1)
      args(%p2 : !llvm.ptr<1>, %m2 : i32)
    gpu.launch_func @kernels::@shuffles blocks in (%c1, %c1, %c1) threads in (%c32, %c1, %c1)
      args(%p3 : !llvm.ptr<1>, %m3 : i32)
    gpu.launch_func @kernels::@shuffles blocks in (%c1, %c1, %c1) threads in (%c32, %c1, %c1)
      args(%p4 : !llvm.ptr<1>, %m4 : i32)
    return
  }
}
