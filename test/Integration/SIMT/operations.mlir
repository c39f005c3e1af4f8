// Kernels and launches that are none of the form in docs/GPU.md. Each is a
// module of its own.

// RUN: split-file %s %t
// RUN: not act-run %t/op.mlir --device=simt 2>&1 | FileCheck %t/op.mlir
// RUN: not act-run %t/type.mlir --device=simt 2>&1 | FileCheck %t/type.mlir
// RUN: not act-run %t/math.mlir --device=simt 2>&1 | FileCheck %t/math.mlir
// RUN: not act-run %t/nvvm.mlir --device=simt 2>&1 | FileCheck %t/nvvm.mlir
// RUN: not act-run %t/memory.mlir --device=simt 2>&1 | FileCheck %t/memory.mlir
// RUN: not act-run %t/pointer.mlir --device=simt 2>&1 | FileCheck %t/pointer.mlir
// RUN: not act-run %t/atomic.mlir --device=simt 2>&1 | FileCheck %t/atomic.mlir
// RUN: not act-run %t/shuffle.mlir --device=simt 2>&1 | FileCheck %t/shuffle.mlir
// RUN: not act-run %t/reduction.mlir --device=simt 2>&1 | FileCheck %t/reduction.mlir
// RUN: not act-run %t/width.mlir --device=simt 2>&1 | FileCheck %t/width.mlir
// RUN: not act-run %t/argument.mlir --device=simt 2>&1 | FileCheck %t/argument.mlir
// RUN: not act-run %t/width-24.mlir --device=simt 2>&1 | FileCheck %t/width-24.mlir
// RUN: not act-compile %t/width-24.mlir --emit=ptx 2>&1 | FileCheck %t/width-24.mlir
// RUN: not act-run %t/shared.mlir --device=simt 2>&1 | FileCheck %t/shared.mlir
// RUN: not act-run %t/private.mlir --device=simt 2>&1 | FileCheck %t/private.mlir
// RUN: not act-run %t/function.mlir --device=simt 2>&1 | FileCheck %t/function.mlir
// RUN: not act-run %t/helper.mlir --device=simt 2>&1 | FileCheck %t/helper.mlir
// RUN: not act-run %t/async.mlir --device=simt 2>&1 | FileCheck %t/async.mlir
// RUN: not act-run %t/scalable.mlir --device=simt 2>&1 | FileCheck %t/scalable.mlir
// RUN: not act-run %t/large.mlir --device=simt 2>&1 | FileCheck %t/large.mlir
// RUN: not act-run %t/aligned.mlir --device=simt 2>&1 | FileCheck %t/aligned.mlir
// RUN: not act-run %t/caller.mlir --device=simt 2>&1 | FileCheck %t/caller.mlir
// RUN: not act-run %t/order.mlir --device=simt 2>&1 | FileCheck %t/order.mlir
// RUN: not act-run %t/matrix.mlir --device=simt 2>&1 | FileCheck %t/matrix.mlir
// RUN: not act-run %t/space.mlir --device=simt 2>&1 | FileCheck %t/space.mlir
// RUN: not act-run %t/variable.mlir --device=simt 2>&1 | FileCheck %t/variable.mlir

// What is compiled for a GPU keeps to the same.
// RUN: not act-compile %t/op.mlir --emit=ptx 2>&1 | FileCheck %t/op.mlir
// RUN: not act-compile %t/atomic.mlir --emit=ptx 2>&1 | FileCheck %t/atomic.mlir
// RUN: not act-compile %t/width.mlir --emit=ptx 2>&1 | FileCheck %t/width.mlir
// RUN: not act-compile %t/type.mlir --emit=ptx 2>&1 | FileCheck %t/type.mlir

// RUN: not act-run %t/cpu.mlir --device=cpu 2>&1 | FileCheck %t/cpu.mlir

//--- op.mlir
module attributes {gpu.container_module} {
  gpu.module @kernels {
    gpu.func @k(%x: !llvm.ptr<1>) kernel {
      %values = llvm.load %x {alignment = 16 : i64} : !llvm.ptr<1> -> vector<4xf32>
      // CHECK: op.mlir:[[@LINE+1]]:14: error: 'vector.reduction' op is none of the operations of GPU kernels that are listed in docs/GPU.md
      %sum = vector.reduction <add>, %values : vector<4xf32> into f32
      llvm.store %sum, %x {alignment = 4 : i64} : f32, !llvm.ptr<1>
      gpu.return
    }
  }
  func.func @f(%x: memref<4xf32> {act.result}) {
    %c1 = arith.constant 1 : index
    %i = memref.extract_aligned_pointer_as_index %x : memref<4xf32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@k blocks in (%c1, %c1, %c1) threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }
}

//--- type.mlir
module attributes {gpu.container_module} {
  gpu.module @kernels {
    gpu.func @k(%x: !llvm.ptr<1>) kernel {
      %value = llvm.load %x {alignment = 4 : i64} : !llvm.ptr<1> -> f32
      // CHECK: type.mlir:[[@LINE+1]]:15: error: 'arith.extf' op gives 'f128'; kernels compute with f16, bf16, f32, f64 and integers of up to 64 bits
      %wide = arith.extf %value : f32 to f128
      %sum = arith.truncf %wide : f128 to f32
      llvm.store %sum, %x {alignment = 4 : i64} : f32, !llvm.ptr<1>
      gpu.return
    }
  }
  func.func @f(%x: memref<4xf32> {act.result}) {
    %c1 = arith.constant 1 : index
    %i = memref.extract_aligned_pointer_as_index %x : memref<4xf32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@k blocks in (%c1, %c1, %c1) threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }
}

//--- math.mlir
module attributes {gpu.container_module} {
  gpu.module @kernels {
    gpu.func @k(%x: !llvm.ptr<1>) kernel {
      %value = llvm.load %x {alignment = 4 : i64} : !llvm.ptr<1> -> f32
      // CHECK-NOT: allow-libm
      // CHECK: math.mlir:[[@LINE+1]]:15: error: 'math.sin' op has no expansion for type 'f32'
      %sine = math.sin %value : f32
      // CHECK-NOT: allow-libm
      llvm.store %sine, %x {alignment = 4 : i64} : f32, !llvm.ptr<1>
      gpu.return
    }
  }
  func.func @f(%x: memref<4xf32> {act.result}) {
    %c1 = arith.constant 1 : index
    %i = memref.extract_aligned_pointer_as_index %x : memref<4xf32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@k blocks in (%c1, %c1, %c1) threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }
}

//--- nvvm.mlir
module attributes {gpu.container_module} {
  gpu.module @kernels {
    gpu.func @k(%x: !llvm.ptr<1>) kernel {
      // CHECK: nvvm.mlir:[[@LINE+1]]:7: error: 'nvvm.fence.proxy' op is none of the operations of GPU kernels
      nvvm.fence.proxy {kind = #nvvm.proxy_kind<async>}
      gpu.return
    }
  }
  func.func @f(%x: memref<4xf32> {act.result}) {
    %c1 = arith.constant 1 : index
    %i = memref.extract_aligned_pointer_as_index %x : memref<4xf32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@k blocks in (%c1, %c1, %c1) threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }
}

//--- memory.mlir
module attributes {gpu.container_module} {
  gpu.module @kernels {
    gpu.func @k(%x: !llvm.ptr<1>) kernel {
      %c0 = arith.constant 0 : index
      %one = arith.constant 1.0 : f32
      // CHECK: memory.mlir:[[@LINE+1]]:12: error: 'memref.alloca' op is none of the operations of GPU kernels
      %m = memref.alloca() : memref<1xf32>
      // CHECK: memory.mlir:[[@LINE+1]]:7: error: 'memref.store' op accesses 'memref<1xf32>'; kernels access memrefs of #gpu.address_space<workgroup> only, and global memory by llvm.load and llvm.store on !llvm.ptr<1>
      memref.store %one, %m[%c0] : memref<1xf32>
      gpu.return
    }
  }
  func.func @f(%x: memref<4xf32> {act.result}) {
    %c1 = arith.constant 1 : index
    %i = memref.extract_aligned_pointer_as_index %x : memref<4xf32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@k blocks in (%c1, %c1, %c1) threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }
}

//--- pointer.mlir
module attributes {gpu.container_module} {
  gpu.module @kernels {
    gpu.func @k(%x: !llvm.ptr<1>) kernel {
      %one = arith.constant 1.0 : f32
      %bits = llvm.ptrtoint %x : !llvm.ptr<1> to i64
      %p = llvm.inttoptr %bits : i64 to !llvm.ptr
      // CHECK: pointer.mlir:[[@LINE+1]]:7: error: 'llvm.store' op accesses memory of address space 0; kernels access 1 (global), 3 (shared) and 7 (shared memory of the cluster)
      llvm.store %one, %p : f32, !llvm.ptr
      gpu.return
    }
  }
  func.func @f(%x: memref<4xf32> {act.result}) {
    %c1 = arith.constant 1 : index
    %i = memref.extract_aligned_pointer_as_index %x : memref<4xf32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@k blocks in (%c1, %c1, %c1) threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }
}

//--- atomic.mlir
module attributes {gpu.container_module} {
  gpu.module @kernels {
    gpu.func @k(%x: !llvm.ptr<1>) kernel {
      %one = arith.constant 1.0 : f32
      // CHECK: atomic.mlir:[[@LINE+1]]:7: error: 'llvm.store' op is atomic, which operations of kernels are not; order accesses by barriers, or make two launches
      llvm.store %one, %x atomic monotonic {alignment = 4 : i64} : f32, !llvm.ptr<1>
      gpu.return
    }
  }
  func.func @f(%x: memref<4xf32> {act.result}) {
    %c1 = arith.constant 1 : index
    %i = memref.extract_aligned_pointer_as_index %x : memref<4xf32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@k blocks in (%c1, %c1, %c1) threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }
}

//--- shuffle.mlir
module attributes {gpu.container_module} {
  gpu.module @kernels {
    gpu.func @k(%x: !llvm.ptr<1>) kernel {
      %one = arith.constant 1 : i32
      %width = arith.constant 32 : i32
      %long = arith.constant 1 : i64
      // CHECK: shuffle.mlir:[[@LINE+1]]:24: error: 'gpu.shuffle' op moves 'i64'; expected i32 or f32
      %other, %valid = gpu.shuffle xor %long, %one, %width : i64
      llvm.store %other, %x : i64, !llvm.ptr<1>
      gpu.return
    }
  }
  func.func @f(%x: memref<4xf32> {act.result}) {
    %c1 = arith.constant 1 : index
    %i = memref.extract_aligned_pointer_as_index %x : memref<4xf32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@k blocks in (%c1, %c1, %c1) threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }
}

//--- reduction.mlir
module attributes {gpu.container_module} {
  gpu.module @kernels {
    gpu.func @k(%x: !llvm.ptr<1>) kernel {
      %all = arith.constant -1 : i32
      %number = arith.constant 1.0 : f32
      // CHECK: reduction.mlir:[[@LINE+1]]:15: error: 'nvvm.redux.sync' op reduces 'f32'; expected i32, which all GPUs from sm_80 on reduce
      %most = nvvm.redux.sync fmax %number, %all : f32 -> f32
      llvm.store %most, %x : f32, !llvm.ptr<1>
      gpu.return
    }
  }
  func.func @f(%x: memref<4xf32> {act.result}) {
    %c1 = arith.constant 1 : index
    %i = memref.extract_aligned_pointer_as_index %x : memref<4xf32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@k blocks in (%c1, %c1, %c1) threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }
}

//--- width.mlir
module attributes {gpu.container_module} {
  gpu.module @kernels {
    gpu.func @k(%x: !llvm.ptr<1>) kernel {
      %one = arith.constant 1 : i32
      %width = arith.constant 16 : i32
      // CHECK: width.mlir:[[@LINE+1]]:24: error: 'gpu.shuffle' op needs the constant 32 as its width
      %other, %valid = gpu.shuffle xor %one, %one, %width : i32
      llvm.store %other, %x : i32, !llvm.ptr<1>
      gpu.return
    }
  }
  func.func @f(%x: memref<4xf32> {act.result}) {
    %c1 = arith.constant 1 : index
    %i = memref.extract_aligned_pointer_as_index %x : memref<4xf32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@k blocks in (%c1, %c1, %c1) threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }
}

//--- argument.mlir
module attributes {gpu.container_module} {
  gpu.module @kernels {
    // CHECK: argument.mlir:[[@LINE+1]]:5: error: 'gpu.func' op takes an argument of type 'memref<4xf32>'; expected !llvm.ptr<1>, index, f16, bf16, f32, f64, or an integer of 1, 8, 16, 32 or 64 bits
    gpu.func @k(%x: memref<4xf32>) kernel {
      gpu.return
    }
  }
  func.func @f(%x: memref<4xf32> {act.result}) {
    %c1 = arith.constant 1 : index
    %i = memref.extract_aligned_pointer_as_index %x : memref<4xf32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@k blocks in (%c1, %c1, %c1) threads in (%c1, %c1, %c1) args(%x : memref<4xf32>)
    return
  }
}

//--- width-24.mlir
module attributes {gpu.container_module} {
  gpu.module @kernels {
    // CHECK: width-24.mlir:[[@LINE+1]]:5: error: 'gpu.func' op takes an argument of type 'i24'; expected !llvm.ptr<1>, index, f16, bf16, f32, f64, or an integer of 1, 8, 16, 32 or 64 bits
    gpu.func @k(%x: !llvm.ptr<1>, %n: i24) kernel {
      gpu.return
    }
  }
  func.func @f(%x: memref<4xf32> {act.result}) {
    %c1 = arith.constant 1 : index
    %n = arith.constant 1 : i24
    %i = memref.extract_aligned_pointer_as_index %x : memref<4xf32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@k blocks in (%c1, %c1, %c1) threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>, %n : i24)
    return
  }
}

//--- shared.mlir
module attributes {gpu.container_module} {
  gpu.module @kernels {
    // CHECK: shared.mlir:[[@LINE+1]]:5: error: 'gpu.func' op declares shared memory of type 'memref<4xvector<2xf32>, #gpu.address_space<workgroup>>'; expected a static contiguous memref of #gpu.address_space<workgroup>
    gpu.func @k(%x: !llvm.ptr<1>) workgroup(%s: memref<4xvector<2xf32>, #gpu.address_space<workgroup>>) kernel {
      gpu.return
    }
  }
  func.func @f(%x: memref<4xf32> {act.result}) {
    %c1 = arith.constant 1 : index
    %i = memref.extract_aligned_pointer_as_index %x : memref<4xf32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@k blocks in (%c1, %c1, %c1) threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }
}

//--- private.mlir
module attributes {gpu.container_module} {
  gpu.module @kernels {
    // CHECK: private.mlir:[[@LINE+1]]:5: error: 'gpu.func' op declares private memory; use values instead
    gpu.func @k(%x: !llvm.ptr<1>) private(%s: memref<4xf32, #gpu.address_space<private>>) kernel {
      gpu.return
    }
  }
  func.func @f(%x: memref<4xf32> {act.result}) {
    %c1 = arith.constant 1 : index
    %i = memref.extract_aligned_pointer_as_index %x : memref<4xf32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@k blocks in (%c1, %c1, %c1) threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }
}

//--- function.mlir
module attributes {gpu.container_module} {
  gpu.module @kernels {
    gpu.func @k(%x: !llvm.ptr<1>) kernel {
      gpu.return
    }
    // CHECK: function.mlir:[[@LINE+1]]:5: error: 'func.func' op is no kernel; modules of kernels hold gpu.func and constants only
    func.func @g() {
      return
    }
  }
  func.func @f(%x: memref<4xf32> {act.result}) {
    %c1 = arith.constant 1 : index
    %i = memref.extract_aligned_pointer_as_index %x : memref<4xf32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@k blocks in (%c1, %c1, %c1) threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }
}

//--- helper.mlir
module attributes {gpu.container_module} {
  gpu.module @kernels {
    gpu.func @k(%x: !llvm.ptr<1>) kernel {
      gpu.return
    }
    // CHECK: helper.mlir:[[@LINE+1]]:5: error: 'gpu.func' op is no kernel; inline it into those that call it
    gpu.func @g() {
      gpu.return
    }
  }
  func.func @f(%x: memref<4xf32> {act.result}) {
    %c1 = arith.constant 1 : index
    %i = memref.extract_aligned_pointer_as_index %x : memref<4xf32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@k blocks in (%c1, %c1, %c1) threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }
}

//--- async.mlir
module attributes {gpu.container_module} {
  gpu.module @kernels {
    gpu.func @k(%x: !llvm.ptr<1>) kernel {
      gpu.return
    }
  }
  func.func @f(%x: memref<4xf32> {act.result}) {
    %c1 = arith.constant 1 : index
    %i = memref.extract_aligned_pointer_as_index %x : memref<4xf32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    // CHECK: async.mlir:[[@LINE+1]]:10: error: 'gpu.launch_func' op is asynchronous; kernels of an entry run in order
    %t = gpu.launch_func async @kernels::@k blocks in (%c1, %c1, %c1) threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }
}

//--- order.mlir
module attributes {gpu.container_module} {
  gpu.module @kernels {
    gpu.func @k(%x: !llvm.ptr<1>) kernel {
      gpu.return
    }
  }
  // CHECK: order.mlir:[[@LINE+1]]:3: error: argument #1 comes after one with 'act.result'; results are last
  func.func @f(%y: memref<4xf32> {act.result}, %x: memref<4xf32>) {
    return
  }
}

//--- space.mlir
module attributes {gpu.container_module} {
  gpu.module @kernels {
    gpu.func @k(%x: !llvm.ptr<1>) kernel {
      gpu.return
    }
  }
  // CHECK: space.mlir:[[@LINE+1]]:3: error: argument #0 of an entry has type 'memref<4xf32, 1>'; expected a number or a ranked tensor
  func.func @f(%x: memref<4xf32, 1>) {
    return
  }
}

//--- cpu.mlir
// CHECK: act-run: error: 'f' launches GPU kernels, which the device 'cpu' cannot run; 'simt' can
module attributes {gpu.container_module} {
  gpu.module @kernels {
    gpu.func @k(%x: !llvm.ptr<1>) kernel {
      gpu.return
    }
  }
  func.func @f(%x: memref<4xf32> {act.result}) {
    %c1 = arith.constant 1 : index
    %i = memref.extract_aligned_pointer_as_index %x : memref<4xf32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@k blocks in (%c1, %c1, %c1) threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }
}

//--- scalable.mlir
module attributes {gpu.container_module} {
  gpu.module @kernels {
    gpu.func @k(%x: !llvm.ptr<1>) kernel {
      // CHECK: scalable.mlir:[[@LINE+1]]:12: error: 'llvm.load' op makes a scalable vector, which GPUs do not have
      %v = llvm.load %x {alignment = 4 : i64} : !llvm.ptr<1> -> vector<[4]xf32>
      llvm.store %v, %x {alignment = 4 : i64} : vector<[4]xf32>, !llvm.ptr<1>
      gpu.return
    }
  }
  func.func @f(%x: memref<4xf32> {act.result}) {
    %c1 = arith.constant 1 : index
    %i = memref.extract_aligned_pointer_as_index %x : memref<4xf32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@k blocks in (%c1, %c1, %c1) threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }
}

//--- large.mlir
module attributes {gpu.container_module} {
  gpu.module @kernels {
    // CHECK: large.mlir:[[@LINE+1]]:5: error: 'gpu.func' op declares shared memory of type 'memref<4294967296x4294967296xf32, #gpu.address_space<workgroup>>'; no GPU has so much
    gpu.func @k(%x: !llvm.ptr<1>) workgroup(%s: memref<4294967296x4294967296xf32, #gpu.address_space<workgroup>>) kernel {
      gpu.return
    }
  }
  func.func @f(%x: memref<4xf32> {act.result}) {
    %c1 = arith.constant 1 : index
    %i = memref.extract_aligned_pointer_as_index %x : memref<4xf32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@k blocks in (%c1, %c1, %c1) threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }
}

//--- aligned.mlir
module attributes {gpu.container_module} {
  gpu.module @kernels {
    // CHECK: aligned.mlir:[[@LINE+1]]:5: error: 'gpu.func' op aligns shared memory to 1024; expected a power of two up to 512
    gpu.func @k(%x: !llvm.ptr<1>) workgroup(%s: memref<4xf32, #gpu.address_space<workgroup>> {llvm.align = 1024 : i64}) kernel {
      gpu.return
    }
  }
  func.func @f(%x: memref<4xf32> {act.result}) {
    %c1 = arith.constant 1 : index
    %i = memref.extract_aligned_pointer_as_index %x : memref<4xf32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@k blocks in (%c1, %c1, %c1) threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }
}

//--- variable.mlir
module attributes {gpu.container_module} {
  gpu.module @kernels {
    // CHECK: variable.mlir:[[@LINE+1]]:5: error: 'llvm.mlir.global' op is none of the globals of kernels, which are constant arrays of numbers in address space 1
    llvm.mlir.global internal @v(dense<[1, 2]> : tensor<2xi32>) {addr_space = 1 : i32} : !llvm.array<2 x i32>
    gpu.func @k(%x: !llvm.ptr<1>) kernel {
      gpu.return
    }
  }
  func.func @f(%x: memref<4xf32> {act.result}) {
    %c1 = arith.constant 1 : index
    %i = memref.extract_aligned_pointer_as_index %x : memref<4xf32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@k blocks in (%c1, %c1, %c1) threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }
}

//--- caller.mlir
module attributes {gpu.container_module} {
  gpu.module @kernels {
    gpu.func @k() kernel {
      gpu.return
    }
  }
  llvm.func @g(%n: i64) {
    // CHECK: caller.mlir:[[@LINE+1]]:5: error: 'gpu.launch_func' op stands in no func.func
    gpu.launch_func @kernels::@k blocks in (%n, %n, %n) threads in (%n, %n, %n) : i64
    llvm.return
  }
  func.func @f(%n: i64) {
    llvm.call @g(%n) : (i64) -> ()
    return
  }
}

//--- matrix.mlir
module attributes {gpu.container_module} {
  gpu.module @kernels {
    gpu.func @k(%x: !llvm.ptr<1>) kernel {
      %l = llvm.load %x : !llvm.ptr<1> -> f32
      %v = vector.broadcast %l : f32 to vector<2x2xf32>
      // CHECK: matrix.mlir:[[@LINE+1]]:12: error: 'math.exp2' op approximates 'vector<2x2xf32>'; expected a scalar or a vector of one dimension
      %e = math.exp2 %v fastmath<afn> {act.accuracy = "fast"} : vector<2x2xf32>
      %s = vector.extract %e[0, 1] : f32 from vector<2x2xf32>
      llvm.store %s, %x : f32, !llvm.ptr<1>
      gpu.return
    }
  }
  func.func @f(%x: memref<4xf32> {act.result}) {
    %c1 = arith.constant 1 : index
    %i = memref.extract_aligned_pointer_as_index %x : memref<4xf32> -> index
    %j = arith.index_cast %i : index to i64
    %p = llvm.inttoptr %j : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@k blocks in (%c1, %c1, %c1) threads in (%c1, %c1, %c1) args(%p : !llvm.ptr<1>)
    return
  }
}
