// RUN: act-opt %s --act-to-gpu --split-input-file | FileCheck %s
// RUN: act-opt %s --act-to-gpu=chip=sm_80 --split-input-file | FileCheck %s --check-prefix=OLD
// RUN: act-opt %s --act-to-gpu=chip=sm_75 --split-input-file | FileCheck %s --check-prefix=TURING
// RUN: act-opt %s --act-to-gpu=chip=sm_120 --split-input-file | FileCheck %s --check-prefix=PORTABLE

// Short rows are a warp's, several of them to a block. A row is in registers:
// each element is read once, the maximum and its place take an instruction of the
// warp each, the sum goes through shuffles, and no thread waits for another warp.
// Where accesses are single, threads have neighbours, and the sum takes five
// shuffles. GPUs before sm_80 have shuffles alone.

// CHECK-LABEL: gpu.func @short_softmax_registers(
//  CHECK-SAME:   kernel
//  CHECK-SAME:   capacity = 1024 : i64, {{.*}}family = "registers", threads_per_block = 128 : i64, threads_per_row = 32 : i64
//       CHECK:   scf.if
// CHECK-COUNT-8:   llvm.load %{{.*}} {alignment = 16 : i64} : !llvm.ptr<1> -> vector<4xf32>
//   CHECK-NOT:     llvm.load
//   CHECK-NOT:     gpu.shuffle
//       CHECK:     nvvm.redux.sync max
//   CHECK-NOT:     gpu.shuffle
//       CHECK:     nvvm.redux.sync min
// CHECK-COUNT-4:   act.shifted_exp
// CHECK-COUNT-8:   gpu.shuffle  xor
//       CHECK:     llvm.store %{{.*}} {alignment = 16 : i64} : vector<4xf32>, !llvm.ptr<1>
//   CHECK-NOT:     gpu.barrier
//       CHECK: gpu.func @short_softmax_registers_0(
//       CHECK:   llvm.load %{{.*}} {alignment = 4 : i64} : !llvm.ptr<1> -> f32
// CHECK-COUNT-5: gpu.shuffle  xor
//   CHECK-NOT:   gpu.shuffle
// TURING-LABEL: gpu.func @short_softmax_registers(
//   TURING-NOT:   nvvm.redux
// TURING-COUNT-5: gpu.shuffle  xor
// TURING-COUNT-4: act.shifted_exp
// CHECK-LABEL: func.func @short
//       CHECK:   scf.if
//       CHECK:     gpu.launch_func @short_kernels::@short_softmax_registers blocks in
//       CHECK:   } else {
//       CHECK:     gpu.launch_func @short_kernels::@short_softmax_registers_0 blocks in
func.func @short(%x: memref<?x1000xf32>, %y: memref<?x1000xf32>) {
  act.softmax ins(%x : memref<?x1000xf32>) outs(%y : memref<?x1000xf32>)
  return
}

// -----

// Longer rows have a warp for each 2048 elements, which puts them into its
// lanes alone. Nothing is masked where all threads have full blocks.

// CHECK-LABEL: gpu.func @several_logsumexp_registers(
//   CHECK-NOT:   memref<512xf32
//  CHECK-SAME:   %{{.*}} : memref<2xf32, #gpu.address_space<workgroup>>
//  CHECK-SAME:   capacity = 4096 : i64, {{.*}}threads_per_block = 64 : i64, threads_per_row = 64 : i64}
//  CHECK-SAME:   nvvm.minctasm = 16 : i32
// CHECK-COUNT-8:   llvm.load %{{.*}} {alignment = 16 : i64} : !llvm.ptr<1> -> vector<8xi16>
//   CHECK-NOT:     llvm.load
//       CHECK:     gpu.shuffle
func.func @several(%x: memref<8x4096xbf16>, %l: memref<8xf32>) {
  act.logsumexp ins(%x : memref<8x4096xbf16>) outs(%l : memref<8xf32>)
  return
}

// -----

// Where a warp has no registers for that, several have a part each and take
// turns: one goes on with the lanes of the one before.

// CHECK-LABEL: gpu.func @turns_logsumexp_registers(
//  CHECK-SAME:   %[[LANES:[a-z0-9]*]] : memref<512xf64, #gpu.address_space<workgroup>>
//  CHECK-SAME:   %{{.*}} : memref<2xf64, #gpu.address_space<workgroup>>
//  CHECK-SAME:   capacity = 4096 : i64, {{.*}}threads_per_row = 256 : i64, warps_per_chunk = 4 : i64
// CHECK-COUNT-8:   llvm.load %{{.*}} {alignment = 16 : i64} : !llvm.ptr<1> -> vector<2xf64>
//   CHECK-NOT:     llvm.load
// CHECK-COUNT-8:     memref.store %{{.*}}, %[[LANES]]
//       CHECK:     gpu.barrier
// CHECK-COUNT-8:     memref.load %[[LANES]]
//       CHECK:     gpu.shuffle
func.func @turns(%x: memref<8x4096xf64>, %l: memref<8xf64>) {
  act.logsumexp ins(%x : memref<8x4096xf64>) outs(%l : memref<8xf64>)
  return
}

// -----

// The longest are read for each pass, chunk by chunk.

// CHECK-LABEL: gpu.func @long_softmax_streaming(
//  CHECK-SAME:   family = "streaming", threads_per_block = 512 : i64, threads_per_row = 512 : i64
//  CHECK-SAME:   nvvm.minctasm = 2 : i32
//       CHECK:   gpu.barrier
//       CHECK:   scf.for
//       CHECK:     scf.for
//       CHECK:       llvm.load
func.func @long(%x: memref<200x300000xf32>, %y: memref<200x300000xf32>) {
  act.softmax ins(%x : memref<200x300000xf32>) outs(%y : memref<200x300000xf32>)
  return
}

// -----

// Up to twice what eight blocks hold has clusters of sixteen, where the chip gives
// so many to kernels that ask for them.

// CHECK-LABEL: gpu.func @wide_softmax_registers(
//  CHECK-SAME:   capacity = 262144 : i64, cluster_size = 16 : i64, {{.*}}threads_per_block = 256 : i64
//  CHECK-SAME:   known_cluster_size = array<i32: 16, 1, 1>

// PORTABLE-LABEL: gpu.module @wide_kernels
//   PORTABLE-NOT:   registers
//       PORTABLE: func.func @wide
func.func @wide(%x: memref<200x200000xf32>, %y: memref<200x200000xf32>) {
  act.softmax ins(%x : memref<200x200000xf32>) outs(%y : memref<200x200000xf32>)
  return
}

// -----

// Of blocks of eight warps a multiprocessor has three, not two, where some of the
// terms wait for their sum in shared memory, each thread's in a place of its own.
// The smallest chips have too little of that.

// CHECK-LABEL: gpu.func @large_softmax_registers(
//  CHECK-SAME:   capacity = 16384 : i64, {{.*}}shared_elements = 40 : i64, threads_per_block = 256 : i64
//  CHECK-SAME:   nvvm.minctasm = 3 : i32
//       CHECK:   %[[SHARED:.*]] = gpu.dynamic_shared_memory : memref<?xi8, #gpu.address_space<workgroup>>
//       CHECK:   %[[TERMS:.*]] = memref.view %[[SHARED]][%{{.*}}][] : {{.*}} to memref<10240xi32, #gpu.address_space<workgroup>>
//       CHECK:   gpu.barrier
// CHECK-COUNT-10: vector.store %{{.*}}, %[[TERMS]][%{{.*}}] {alignment = 16 : i64} : {{.*}}, vector<4xi32>
//       CHECK:   gpu.barrier
// CHECK-COUNT-10: vector.load %[[TERMS]][%{{.*}}] {alignment = 16 : i64} : {{.*}}, vector<4xi32>
//       CHECK:   func.func @large(
//       CHECK:     gpu.launch_func @large_kernels::@large_softmax_registers blocks in {{.*}} dynamic_shared_memory_size %c40960_i32

// PORTABLE-LABEL: gpu.func @large_softmax_registers(
//  PORTABLE-SAME:   capacity = 16384 : i64
//   PORTABLE-NOT:   shared_elements
//   PORTABLE-NOT:   gpu.dynamic_shared_memory
//       PORTABLE: func.func @large(
func.func @large(%x: memref<2x16384xbf16>, %y: memref<2x16384xbf16>) {
  act.softmax ins(%x : memref<2x16384xbf16>) outs(%y : memref<2x16384xbf16>)
  return
}

// -----

// So does a gradient of rows that registers alone do not hold: terms, and what
// they are multiplied by.

// CHECK-LABEL: gpu.func @both_softmax_backward_registers(
//  CHECK-SAME:   capacity = 262144 : i64, cluster_size = 16 : i64, {{.*}}shared_elements = 48 : i64, threads_per_block = 256 : i64
//  CHECK-SAME:   nvvm.minctasm = 2 : i32
//       CHECK:   memref.view {{.*}} to memref<12288xi32, #gpu.address_space<workgroup>>
//       CHECK:   memref.view {{.*}} to memref<6144xi32, #gpu.address_space<workgroup>>
//       CHECK:   gpu.launch_func {{.*}} dynamic_shared_memory_size %c73728_i32
func.func @both(%dy: memref<2x262144xbf16>, %x: memref<2x262144xbf16>, %dx: memref<2x262144xbf16>) {
  act.softmax_backward ins(%dy, %x : memref<2x262144xbf16>, memref<2x262144xbf16>) outs(%dx : memref<2x262144xbf16>)
  return
}

// -----

// Where the length is not known, the entry has kernels for several and chooses.
// One of them is launched with as many warps as the row has chunks for, in one
// block, or in as many small ones as a cluster has.

// CHECK-LABEL: gpu.func @any_softmax_registers_0(
//  CHECK-SAME:   capacity = 131072 : i64, cluster_size = 8 : i64, {{.*}}fitted = true, threads_per_block = 512 : i64, threads_per_row = 4096 : i64, warps_per_chunk = 2 : i64
//   CHECK-NOT:   known_block_size
//  CHECK-SAME:   nvvm.maxntid = array<i32: 512, 1, 1>, nvvm.minctasm = 1 : i32
//       CHECK:   gpu.block_dim  x
//       CHECK:   gpu.cluster_dim_blocks  x
//       CHECK:   %[[SEVERAL:.*]] = arith.cmpi slt, %{{.*}}, %{{.*}} : i32
//  CHECK-NEXT:   scf.if %[[SEVERAL]] {
//  CHECK-NEXT:     nvvm.cluster.arrive.relaxed
//  CHECK-NEXT:   }
//       CHECK:   llvm.load
//       CHECK:   %[[SEVERAL:.*]] = arith.cmpi slt, %{{.*}}, %{{.*}} : i32
//  CHECK-NEXT:   scf.if %[[SEVERAL]] {
//  CHECK-NEXT:     nvvm.cluster.wait
//  CHECK-NEXT:   }
//       CHECK:   nvvm.mapa
//       CHECK:   %[[SEVERAL:.*]] = arith.cmpi slt, %{{.*}}, %{{.*}} : i32
//  CHECK-NEXT:   scf.if %[[SEVERAL]] {
//  CHECK-NEXT:     nvvm.cluster.arrive
//  CHECK-NEXT:     nvvm.cluster.wait
//  CHECK-NEXT:   } else {
//  CHECK-NEXT:     gpu.barrier
// CHECK-LABEL: func.func @any
//       CHECK:   %[[ALIGNED:.*]] = arith.cmpi eq, %{{.*}}, %{{.*}} : i64
//       CHECK:   scf.if %[[ALIGNED]]
//       CHECK:     arith.cmpi sle, %{{.*}}, %c1024
//       CHECK:     gpu.launch_func @any_kernels::@any_softmax_registers
//       CHECK:     arith.cmpi sle, %{{.*}}, %c131072
//       CHECK:     arith.cmpi slt, %{{.*}}, %[[LENGTH:.*]] : index
//       CHECK:     %[[SMALL:.*]] = arith.select %{{.*}}, %c8{{.*}}, %{{.*}}
//       CHECK:     %[[BEYOND:.*]] = arith.cmpi slt, %c16384{{.*}}, %[[LENGTH]] : index
//       CHECK:     %[[CLUSTER:.*]] = arith.select %[[BEYOND]], %[[SMALL]], %c1{{.*}}
//       CHECK:     arith.muli %[[CLUSTER]], %c2048
//       CHECK:     %[[CHUNKS:.*]] = arith.select %{{.*}}, %c8{{.*}}, %{{.*}}
//       CHECK:     %[[THREADS:.*]] = arith.muli %[[CHUNKS]], %c64
//       CHECK:     gpu.launch_func @any_kernels::@any_softmax_registers_0 clusters in (%[[CLUSTER]], {{.*}} threads in (%[[THREADS]],
//       CHECK:     gpu.launch_func @any_kernels::@any_softmax_split blocks
//       CHECK:     gpu.launch_func @any_kernels::@any_softmax_split_0
//       CHECK:     gpu.launch_func @any_kernels::@any_softmax_split_1

// Without clusters what a block has registers for is read once.

// OLD-LABEL: gpu.func @any_softmax_registers_0(
//  OLD-SAME:   capacity = 16384 : i64, {{.*}}fitted = true
//   OLD-NOT: nvvm.cluster
// OLD-LABEL: func.func @any
//       OLD:     gpu.launch_func @any_kernels::@any_softmax_split_1
//       OLD:     gpu.launch_func @any_kernels::@any_softmax_streaming
//       CHECK:   } else {
//       CHECK:     gpu.launch_func @any_kernels::@any_softmax_registers_1
//       CHECK:     gpu.launch_func @any_kernels::@any_softmax_registers_2 clusters in
//       CHECK:     gpu.launch_func @any_kernels::@any_softmax_split_2
//   CHECK-NOT:     streaming
func.func @any(%x: memref<?x?xf32>, %y: memref<?x?xf32>) {
  act.softmax ins(%x : memref<?x?xf32>) outs(%y : memref<?x?xf32>)
  return
}

// -----

// A mean: the divisor is a sum, and what follows from it is computed by the
// kernels. The host reads nothing.

// CHECK-LABEL: gpu.func @mean_sum_sums(
// CHECK-LABEL: func.func @mean(
//   CHECK-NOT:   memref.load
//       CHECK:   gpu.launch_func @mean_kernels::@mean_sum_sums
//       CHECK:   gpu.launch_func @mean_kernels::@mean_cross_entropy_with_grad_registers
//       CHECK:   gpu.launch_func @mean_kernels::@mean_sum_sums_0
//   CHECK-NOT:   memref.load
func.func @mean(%x: memref<?x1000xf32>, %t: memref<?xi64>, %g: memref<f32>,
                %l: memref<f32>, %dx: memref<?x1000xf32>) {
  act.cross_entropy_with_grad ins(%x, %t, %g : memref<?x1000xf32>, memref<?xi64>, memref<f32>)
                              outs(%l, %dx : memref<f32>, memref<?x1000xf32>)
  return
}

// -----

// From sm_90 on, blocks of a cluster share the rows that one block has no
// registers for: small ones. They meet three times: when all have begun, and for
// the maximum and the sum, which each warp writes into the memory of all of them.
// No block waits for its end, and there are no other barriers.

// CHECK-LABEL: gpu.func @cluster_softmax_registers(
//  CHECK-SAME:   cluster_size = 8 : i64, {{.*}}threads_per_block = 128 : i64, threads_per_row = 1024 : i64
//  CHECK-SAME:   known_cluster_size = array<i32: 8, 1, 1>
//   CHECK-NOT:   gpu.cluster
//       CHECK:   %[[BLOCK:.*]] = gpu.block_id  x
//   CHECK-NOT:   gpu.cluster
//       CHECK:   arith.shrui %[[BLOCK]], %c3
//   CHECK-NOT:   barrier
//       CHECK:   nvvm.cluster.arrive.relaxed
//   CHECK-NOT:   barrier
//       CHECK:   llvm.load
//       CHECK:   nvvm.cluster.wait
//   CHECK-NOT:   barrier
//       CHECK:   %[[NUMBER:.*]] = nvvm.mapa %{{.*}}, %{{.*}} : !llvm.ptr<3> -> !llvm.ptr<7>
//  CHECK-NEXT:   llvm.store %{{.*}}, %[[NUMBER]]
//       CHECK:   nvvm.cluster.arrive
//  CHECK-NEXT:   nvvm.cluster.wait
//   CHECK-NOT:   barrier
//       CHECK:   nvvm.mapa
//       CHECK:   nvvm.cluster.arrive
//  CHECK-NEXT:   nvvm.cluster.wait
//   CHECK-NOT:   barrier
//   CHECK-NOT:   nvvm.
//       CHECK:   gpu.return
// CHECK-LABEL: func.func @cluster
//       CHECK:   gpu.launch_func @cluster_kernels::@cluster_softmax_registers clusters in (%c8{{[_0-9]*}}, 

// OLD-LABEL: gpu.module @cluster_kernels
//   OLD-NOT:   registers
//   OLD-NOT:   nvvm.cluster
// OLD-LABEL: func.func @cluster
func.func @cluster(%x: memref<8x50000xbf16>, %y: memref<8x50000xbf16>) {
  act.softmax ins(%x : memref<8x50000xbf16>) outs(%y : memref<8x50000xbf16>)
  return
}

// -----

// Where a number of the row is all that is left to store, each warp gives what it
// has summed to the first block alone, and the other blocks end. Long rows have
// sixteen blocks, of four warps.

// CHECK-LABEL: gpu.func @ending_logsumexp_registers(
//  CHECK-SAME:   cluster_size = 16 : i64, {{.*}}threads_per_block = 128 : i64, threads_per_row = 2048 : i64
//       CHECK:   %[[BLOCK:.*]] = gpu.block_id  x
//       CHECK:   %[[NUMBER:.*]] = arith.index_cast %[[BLOCK]] : index to i32
//       CHECK:   %[[OWN:.*]] = arith.andi %[[NUMBER]], %c15_i32
//       CHECK:   nvvm.cluster.arrive.relaxed
//       CHECK:   act.exp_distance
//       CHECK:   nvvm.mapa
//  CHECK-NEXT:   llvm.store
//       CHECK:   nvvm.cluster.arrive
//   CHECK-NOT:   nvvm.cluster.wait
//       CHECK:   %[[IS_FIRST:.*]] = arith.cmpi eq, %[[OWN]], %{{.*}} : i32
//  CHECK-NEXT:   scf.if %[[IS_FIRST]] {
//  CHECK-NEXT:     nvvm.cluster.wait
//       CHECK:     math.log1p
//       CHECK:     llvm.store
//       CHECK:   gpu.return
func.func @ending(%x: memref<8x131072xbf16>, %l: memref<8xf32>) {
  act.logsumexp ins(%x : memref<8x131072xbf16>) outs(%l : memref<8xf32>)
  return
}

// -----

// Rows that do not fill a warp share it: eight or sixteen threads each. Those
// without a row stay with the others, for shuffles are of whole warps, but
// store nothing.

// CHECK-LABEL: gpu.func @narrow_softmax_registers(
//  CHECK-SAME:   threads_per_block = 128 : i64, threads_per_row = 8 : i64
//       CHECK:   %[[EXISTS:.*]] = arith.cmpi slt, %[[ROW:.*]], %[[ROWS:.*]] : index
//       CHECK:   arith.minsi %[[ROW]], %{{.*}} : index
// CHECK-COUNT-3: gpu.shuffle  xor
//       CHECK:   act.shifted_exp
//       CHECK:   scf.if %[[EXISTS]]
//       CHECK:     llvm.store
func.func @narrow(%x: memref<?x64xf32>, %y: memref<?x64xf32>) {
  act.softmax ins(%x : memref<?x64xf32>) outs(%y : memref<?x64xf32>)
  return
}

// -----

// A few very long rows are split among blocks: a launch finds the maximum of
// each part, the next one the sum of each chunk, and the last one writes.

// CHECK-LABEL: gpu.func @few_softmax_split(
//  CHECK-SAME:   family = "split", least_length = 65536 : i64, most_rows = 128 : i64, threads_per_block = 128 : i64
//       CHECK:   %[[ROW:.*]] = arith.divui %{{.*}}, %[[PARTS:.*]] : index
//       CHECK:   %[[PART:.*]] = arith.remui %{{.*}}, %[[PARTS]] : index
//   CHECK-NOT:   act.shifted_exp
//       CHECK:   llvm.store %{{.*}} : f32, !llvm.ptr<1>
//       CHECK:   llvm.store %{{.*}} : i32, !llvm.ptr<1>
//       CHECK: gpu.func @few_softmax_split_0(
//       CHECK:   act.shifted_exp
//       CHECK:   llvm.store %{{.*}} : f32, !llvm.ptr<1>
//   CHECK-NOT:   llvm.store
//       CHECK: gpu.func @few_softmax_split_1(
//       CHECK:   act.shifted_exp
//       CHECK:   llvm.store %{{.*}} : vector<4xf32>, !llvm.ptr<1>
// CHECK-LABEL: func.func @few(
//       CHECK:   memref.alloc
//       CHECK:   gpu.launch_func @few_kernels::@few_softmax_split blocks in
//       CHECK:   gpu.launch_func @few_kernels::@few_softmax_split_0 blocks in
//       CHECK:   gpu.launch_func @few_kernels::@few_softmax_split_1 blocks in
//       CHECK:   memref.dealloc
func.func @few(%x: memref<4x1000000xf32>, %y: memref<4x1000000xf32>) {
  act.softmax ins(%x : memref<4x1000000xf32>) outs(%y : memref<4x1000000xf32>)
  return
}

// -----

// Also where the gradient takes the place of the logits of which all parts read
// the target's: the first launch keeps it, and the others read no logits.

// CHECK-LABEL: gpu.func @in_place_cross_entropy_with_grad_split(
//       CHECK:   %[[TARGET:.*]] = llvm.load {{.*}} : !llvm.ptr<1> -> f32
//       CHECK:   llvm.store %[[TARGET]]
// CHECK-LABEL: func.func @in_place(
func.func @in_place(%x: memref<4x1000000xf32>, %t: memref<4xi64>, %g: memref<4xf32>, %l: memref<4xf32>) {
  act.cross_entropy_with_grad ins(%x, %t, %g : memref<4x1000000xf32>, memref<4xi64>, memref<4xf32>)
      outs(%l, %x : memref<4xf32>, memref<4x1000000xf32>) reduction(none)
  return
}

// CHECK-LABEL: func.func @apart(
//       CHECK:   %[[FEW:.*]] = arith.cmpi sle, %{{.*}}, %c128
//       CHECK:   scf.if %[[FEW]]
//       CHECK:     gpu.launch_func @apart_kernels::@apart_cross_entropy_with_grad_split
//       CHECK:   } else {
//       CHECK:     gpu.launch_func @apart_kernels::@apart_cross_entropy_with_grad_streaming
func.func @apart(%x: memref<?x1000000xf32>, %t: memref<?xi64>, %g: memref<?xf32>, %l: memref<?xf32>,
                 %dx: memref<?x1000000xf32>) {
  act.cross_entropy_with_grad ins(%x, %t, %g : memref<?x1000000xf32>, memref<?xi64>, memref<?xf32>)
      outs(%l, %dx : memref<?xf32>, memref<?x1000000xf32>) reduction(none)
  return
}

// -----

// So do those of losses, whichever of them count: no row branches for itself.

// CHECK-LABEL: gpu.func @head_cross_entropy_registers(
//  CHECK-SAME:   capacity = 16 : i64, {{.*}}threads_per_block = 128 : i64, threads_per_row = 2 : i64
//       CHECK:   %[[KEPT:.*]] = arith.cmpi ne, %{{.*}}, %{{.*}} : i64
//   CHECK-NOT:   scf.if %[[KEPT]] {
//       CHECK:   gpu.shuffle  xor
//       CHECK:   %[[OWNER:.*]] = arith.andi %{{.*}}, %[[KEPT]] : i1
//       CHECK:   scf.if %[[OWNER]] {
//       CHECK:     arith.index_cast
//       CHECK:     llvm.store
//       CHECK:   %[[DROPPED:.*]] = arith.xori %[[KEPT]], %true
//   CHECK-NOT:   scf.if %[[DROPPED]] {
func.func @head(%x: memref<8192x10xf32>, %t: memref<8192xi64>, %l: memref<8192xf32>) {
  act.cross_entropy ins(%x, %t : memref<8192x10xf32>, memref<8192xi64>) outs(%l : memref<8192xf32>) reduction(none)
  return
}

// -----

// Rows whose elements lie apart: threads of a warp have neighbouring rows, of
// which a block has 32, and warps have every eighth element.

// CHECK-LABEL: gpu.func @channels_softmax_columns(
//  CHECK-SAME:   capacity = 512 : i64, {{.*}}family = "columns", threads_per_block = 256 : i64, threads_per_row = 8 : i64
//       CHECK:   %[[COLUMN:.*]] = arith.andi %{{.*}}, %c31{{[_0-9]*}} : index
//       CHECK:   %[[WARP:.*]] = arith.shrui %{{.*}}, %c5{{[_0-9]*}} : index
//       CHECK:   arith.addi %{{.*}}, %[[COLUMN]] : index
//       CHECK:   scf.if
//       CHECK:     arith.addi %{{.*}}, %[[WARP]] : index
// CHECK-COUNT-24:  llvm.load %{{.*}} {alignment = 4 : i64} : !llvm.ptr<1> -> f32
//   CHECK-NOT:     llvm.load
//   CHECK-NOT:     gpu.shuffle
// CHECK-COUNT-3:   act.shifted_exp
//       CHECK:     memref.store {{.*}} : memref<256xf32, #gpu.address_space<workgroup>>
//       CHECK:     gpu.barrier
//       CHECK:   %[[UNIT:.*]] = act.shifted_exp %[[MAXIMUM:.*]], %[[MAXIMUM]]
//   CHECK-NOT:     act.shifted_exp
//       CHECK:   gpu.return
// CHECK-LABEL: func.func @channels(
//   CHECK-NOT:   scf.if
func.func @channels(%x: memref<?x150x?xf32>, %y: memref<?x150x?xf32>) {
  act.softmax ins(%x : memref<?x150x?xf32>) outs(%y : memref<?x150x?xf32>) {dim = 1}
  return
}

// -----

// Columns of f64 are held up to 128 elements. Longer ones are read for each
// pass, with the lanes of eight elements at a time.

// CHECK-LABEL: gpu.func @held_logsumexp_columns(
//  CHECK-SAME:   capacity = 128 : i64
// CHECK-LABEL: gpu.func @read_logsumexp_columns(
//   CHECK-NOT:   capacity
//       CHECK:   %[[ZEROS:.*]] = arith.constant dense<0.000000e+00> : vector<8xf64>
//       CHECK:   scf.for {{.*}} iter_args(%[[TOTAL:.*]] = %[[ZEROS]])
//       CHECK:     %[[PAIR:.*]] = scf.for {{.*}} iter_args(%[[BEFORE:.*]] = %[[ZEROS]])
//       CHECK:       %[[LANES:.*]] = scf.for {{.*}} iter_args(%{{.*}} = %[[ZEROS]])
//       CHECK:         act.exp_difference
//       CHECK:       arith.addf %[[BEFORE]], %[[LANES]] : vector<8xf64>
//       CHECK:     arith.addf %[[TOTAL]], %[[PAIR]] : vector<8xf64>
func.func @held(%x: memref<?x128x?xf64>, %l: memref<?x?xf64>) {
  act.logsumexp ins(%x : memref<?x128x?xf64>) outs(%l : memref<?x?xf64>) {dim = 1}
  return
}
func.func @read(%x: memref<?x129x?xf64>, %l: memref<?x?xf64>) {
  act.logsumexp ins(%x : memref<?x129x?xf64>) outs(%l : memref<?x?xf64>) {dim = 1}
  return
}

// -----

// Two sums with their errors leave room for four at a time.

//  CHECK-LABEL: gpu.func @several_softmax_backward_columns(
//   CHECK-SAME:   act.schedule = {accesses = 4 : i64
//    CHECK-NOT:   capacity
//        CHECK:   %[[ZEROS:.*]] = arith.constant dense<0.000000e+00> : vector<4xf64>
//        CHECK:   scf.for {{.*}} iter_args(%{{.*}} = %[[ZEROS]], %{{.*}} = %[[ZEROS]])
//        CHECK:     scf.for {{.*}} iter_args(%{{.*}} = %[[ZEROS]], %{{.*}} = %[[ZEROS]])
//        CHECK:       scf.for {{.*}} iter_args(%[[BEFORE:.*]] = %[[ZEROS]], %{{.*}} = %[[ZEROS]])
//        CHECK:         %[[LANES:.*]]:4 = scf.for {{.*}} iter_args(%{{.*}} = %[[ZEROS]], %{{.*}} = %[[ZEROS]], %{{.*}} = %[[ZEROS]], %{{.*}} = %[[ZEROS]])
//        CHECK:           act.exp_difference
//        CHECK:         arith.addf %[[BEFORE]], %{{.*}} : vector<4xf64>
//  CHECK-LABEL: gpu.func @fewer_softmax_backward_columns(
//   CHECK-SAME:   act.schedule = {accesses = 8 : i64
func.func @several(%dy: memref<?x512x?xf64>, %x: memref<?x512x?xf64>, %dx: memref<?x512x?xf64>) {
  act.softmax_backward ins(%dy, %x : memref<?x512x?xf64>, memref<?x512x?xf64>) outs(%dx : memref<?x512x?xf64>) {dim = 1, act.accuracy = "exact"}
  return
}
func.func @fewer(%dy: memref<?x512x?xf64>, %x: memref<?x512x?xf64>, %dx: memref<?x512x?xf64>) {
  act.softmax_backward ins(%dy, %x : memref<?x512x?xf64>, memref<?x512x?xf64>) outs(%dx : memref<?x512x?xf64>) {dim = 1}
  return
}
