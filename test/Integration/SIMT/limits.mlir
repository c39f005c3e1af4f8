// Launches that a GPU cannot make.

module attributes {gpu.container_module} {
  gpu.module @kernels90 [#nvvm.target<chip = "sm_90">] {
    gpu.func @plain() kernel {
      gpu.return
    }
    gpu.func @sized() kernel attributes {known_block_size = array<i32: 64, 1, 1>} {
      gpu.return
    }
    gpu.func @fitted() kernel attributes {nvvm.maxntid = array<i32: 64, 1, 1>} {
      gpu.return
    }
    gpu.func @declares() workgroup(%s: memref<12289xf32, #gpu.address_space<workgroup>>) kernel {
      gpu.return
    }
    gpu.func @declares_two() workgroup(%s: memref<1xf32, #gpu.address_space<workgroup>>,
                                       %t: memref<12287xf32, #gpu.address_space<workgroup>>) kernel {
      gpu.return
    }
  }
  gpu.module @kernels89 [#nvvm.target<chip = "sm_89">] {
    gpu.func @plain() kernel {
      gpu.return
    }
  }

  // RUN: not act-run %s --device=simt --entry=threads 2>&1 | FileCheck %s --check-prefix=THREADS
  func.func @threads() {
    %c1 = arith.constant 1 : index
    %many = arith.constant 1025 : index
    // THREADS: limits.mlir:[[@LINE+1]]:5: launch of kernel 'plain' with blocks of 1025 x 1 x 1 threads; a GPU has blocks of 1 to 1024, in z up to 64
    gpu.launch_func @kernels90::@plain blocks in (%c1, %c1, %c1) threads in (%many, %c1, %c1)
    return
  }

  // RUN: not act-run %s --device=simt --entry=grid 2>&1 | FileCheck %s --check-prefix=GRID
  func.func @grid() {
    %c1 = arith.constant 1 : index
    %c0 = arith.constant 0 : index
    // GRID: limits.mlir:[[@LINE+1]]:5: launch of kernel 'plain' with a grid of 1 x 0 x 1 blocks; a GPU has grids of at least 1 x 1 x 1
    gpu.launch_func @kernels90::@plain blocks in (%c1, %c0, %c1) threads in (%c1, %c1, %c1)
    return
  }

  // RUN: not act-run %s --device=simt --entry=shared 2>&1 | FileCheck %s --check-prefix=SHARED
  func.func @shared() {
    %c1 = arith.constant 1 : index
    %size = arith.constant 101377 : i32
    // sm_90 has more.
    gpu.launch_func @kernels90::@plain blocks in (%c1, %c1, %c1) threads in (%c1, %c1, %c1) dynamic_shared_memory_size %size
    // SHARED: limits.mlir:[[@LINE+1]]:5: launch of kernel 'plain' with 0 + 101377 bytes of shared memory (declared + dynamic); a block of sm_89 has 101376
    gpu.launch_func @kernels89::@plain blocks in (%c1, %c1, %c1) threads in (%c1, %c1, %c1) dynamic_shared_memory_size %size
    return
  }

  // RUN: not act-run %s --device=simt --entry=declared_two 2>&1 | FileCheck %s --check-prefix=BETWEEN
  func.func @declared_two() {
    %c1 = arith.constant 1 : index
    // What lies between them counts: each begins at a multiple of 16 bytes.
    // BETWEEN: limits.mlir:[[@LINE+1]]:5: launch of kernel 'declares_two' with a kernel that declares 49164 bytes of shared memory; more than 49152 must be dynamic
    gpu.launch_func @kernels90::@declares_two blocks in (%c1, %c1, %c1) threads in (%c1, %c1, %c1)
    return
  }

  // RUN: not act-run %s --device=simt --entry=declared 2>&1 | FileCheck %s --check-prefix=DECLARED
  func.func @declared() {
    %c1 = arith.constant 1 : index
    // DECLARED: limits.mlir:[[@LINE+1]]:5: launch of kernel 'declares' with a kernel that declares 49156 bytes of shared memory; more than 49152 must be dynamic
    gpu.launch_func @kernels90::@declares blocks in (%c1, %c1, %c1) threads in (%c1, %c1, %c1)
    return
  }

  // RUN: not act-run %s --device=simt --entry=cluster 2>&1 | FileCheck %s --check-prefix=CLUSTER
  func.func @cluster() {
    %c1 = arith.constant 1 : index
    %c17 = arith.constant 17 : index
    // CLUSTER: limits.mlir:[[@LINE+1]]:5: launch of kernel 'plain' with a cluster of 17 x 1 x 1 blocks; a GPU has clusters of 1 to 16
    gpu.launch_func @kernels90::@plain clusters in (%c17, %c1, %c1) blocks in (%c17, %c1, %c1) threads in (%c1, %c1, %c1)
    return
  }

  // RUN: not act-run %s --device=simt --entry=whole_clusters 2>&1 | FileCheck %s --check-prefix=WHOLE
  func.func @whole_clusters() {
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c3 = arith.constant 3 : index
    // WHOLE: limits.mlir:[[@LINE+1]]:5: launch of kernel 'plain' with a grid of 3 x 1 x 1 blocks, which are no whole clusters of 2 x 1 x 1
    gpu.launch_func @kernels90::@plain clusters in (%c2, %c1, %c1) blocks in (%c3, %c1, %c1) threads in (%c1, %c1, %c1)
    return
  }

  // RUN: not act-run %s --device=simt --entry=old_chip 2>&1 | FileCheck %s --check-prefix=OLD
  func.func @old_chip() {
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    // OLD: limits.mlir:[[@LINE+1]]:5: launch of kernel 'plain' with clusters, which sm_89 does not have; sm_90 does
    gpu.launch_func @kernels89::@plain clusters in (%c2, %c1, %c1) blocks in (%c2, %c1, %c1) threads in (%c1, %c1, %c1)
    return
  }

  // RUN: not act-run %s --device=simt --entry=most_threads 2>&1 | FileCheck %s --check-prefix=MOST
  func.func @most_threads() {
    %c1 = arith.constant 1 : index
    %c32 = arith.constant 32 : index
    %c96 = arith.constant 96 : index
    gpu.launch_func @kernels90::@fitted blocks in (%c1, %c1, %c1) threads in (%c32, %c1, %c1)
    // MOST: limits.mlir:[[@LINE+1]]:5: launch of kernel 'fitted' with blocks of 96 x 1 x 1 threads, and the kernel has nvvm.maxntid for 64
    gpu.launch_func @kernels90::@fitted blocks in (%c1, %c1, %c1) threads in (%c96, %c1, %c1)
    return
  }

  // RUN: not act-run %s --device=simt --entry=known_size 2>&1 | FileCheck %s --check-prefix=KNOWN
  func.func @known_size() {
    %c1 = arith.constant 1 : index
    %c32 = arith.constant 32 : index
    // KNOWN: limits.mlir:[[@LINE+1]]:5: launch of kernel 'sized' with blocks of 32 x 1 x 1 threads, and the kernel has known_block_size 64 x 1 x 1
    gpu.launch_func @kernels90::@sized blocks in (%c1, %c1, %c1) threads in (%c32, %c1, %c1)
    return
  }
}
