// RUN: act-opt %s --act-to-gpu --split-input-file --verify-diagnostics
// RUN: not act-opt %s --act-to-gpu=chip=sm_1 2>&1 | FileCheck %s --check-prefix=CHIP
// RUN: not act-opt %s --act-to-gpu=schedule=threads=100 2>&1 | FileCheck %s --check-prefix=THREADS
// RUN: not act-opt %s --act-to-gpu=schedule=speed=1 2>&1 | FileCheck %s --check-prefix=KEY
// RUN: not act-opt %s --act-to-gpu=schedule=rows=fast 2>&1 | FileCheck %s --check-prefix=ROWS
// RUN: not act-opt %s --act-to-gpu="chip=sm_89 schedule=cluster=2" 2>&1 | FileCheck %s --check-prefix=CLUSTER
// RUN: not act-opt %s --act-to-gpu="chip=sm_120 schedule=cluster=16" 2>&1 | FileCheck %s --check-prefix=BLOCKS
// RUN: not act-opt %s --act-to-gpu=schedule=threads=64,accesses=2,threads=128 2>&1 | FileCheck %s --check-prefix=TWICE

// CHIP: error: act-to-gpu: unknown chip 'sm_1'; use one of sm_75, sm_80, {{.*}}sm_90, {{.*}}sm_120
// THREADS: error: act-to-gpu: schedule: threads is '100'; use a power of two from 32 to 1024
// KEY: error: act-to-gpu: schedule: unknown key 'speed'; use threads, threads-per-row, accesses, cluster or rows
// ROWS: error: act-to-gpu: schedule: rows is 'fast'; use registers, streaming or split
// CLUSTER: error: act-to-gpu: schedule: cluster is '2', and sm_89 has no clusters; sm_90 and newer chips do
// CLUSTER-NOT: see current operation
// BLOCKS: error: act-to-gpu: schedule: cluster is '16', and clusters of sm_120 have 8 blocks at most
// TWICE: error: act-to-gpu: schedule: threads is set twice; leave one of them out

func.func @tensors(%x: tensor<8xf32>, %s: f32) -> tensor<8xf32> {
  // expected-error @+1 {{'linalg.fill' op works on tensors; bufferize it first}}
  %y = linalg.fill ins(%s : f32) outs(%x : tensor<8xf32>) -> tensor<8xf32>
  return %y : tensor<8xf32>
}

// -----

memref.global "private" @table : memref<2xf32> = dense<[1.0, 2.0]>
func.func @variable(%y: memref<2xf32>) {
  // expected-error @+1 {{'memref.get_global' op is memory of the host, not a constant tensor whose numbers kernels can hold; pass it as an argument}}
  %t = memref.get_global @table : memref<2xf32>
  memref.copy %t, %y : memref<2xf32> to memref<2xf32>
  return
}

// -----

func.func @count(%n: memref<index>, %y: memref<f32>) {
  %zero = arith.constant 0.0 : f32
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  // expected-note @+1 {{the number is computed here; pass it as an argument}}
  %end = memref.load %n[] : memref<index>
  // expected-error @+1 {{'scf.for' op depends on a number in the memory of the GPU, which the host does not read}}
  scf.for %i = %c0 to %end step %c1 {
    memref.store %zero, %y[] : memref<f32>
  }
  return
}

// -----

func.func @scatter(%x: memref<?xf32>, %w: memref<3xf32>, %y: memref<?xf32>) {
  // expected-error @+1 {{'linalg.generic' op is not lowered for GPUs yet}}
  linalg.generic {indexing_maps = [affine_map<(i, j) -> (i)>, affine_map<(i, j) -> (j)>,
                                   affine_map<(i, j) -> (i + j)>], iterator_types = ["parallel", "reduction"]}
      ins(%x, %w : memref<?xf32>, memref<3xf32>) outs(%y : memref<?xf32>) {
  ^bb0(%in: f32, %unused: f32, %out: f32):
    %0 = arith.maximumf %out, %in : f32
    linalg.yield %0 : f32
  }
  return
}

// -----

func.func @complex(%x: memref<4xcomplex<f32>>, %y: memref<4xcomplex<f32>>) {
  // expected-error @+1 {{'memref.copy' op works on elements of 'complex<f32>', which are not lowered for GPUs yet}}
  memref.copy %x, %y : memref<4xcomplex<f32>> to memref<4xcomplex<f32>>
  return
}

// -----

func.func @nibbles(%s: i4, %y: memref<8xi4>) {
  // expected-error @+1 {{'linalg.fill' op works on elements of 'i4', which are not lowered for GPUs yet}}
  linalg.fill ins(%s : i4) outs(%y : memref<8xi4>)
  return
}

// -----

func.func @space(%s: f32, %y: memref<8xf32, 3>) {
  // expected-error @+1 {{'linalg.fill' op works on 'memref<8xf32, 3>', whose layout is not lowered for GPUs yet}}
  linalg.fill ins(%s : f32) outs(%y : memref<8xf32, 3>)
  return
}
