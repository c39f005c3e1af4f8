// Each operation that kernels may hold (docs/GPU.md) has instructions: what is
// left of other dialects would not be PTX.

// RUN: act-compile %s --emit=ptx --chip=sm_90 | FileCheck %s
// RUN: act-compile %s --emit=ptx --chip=sm_100 | FileCheck %s
// RUN: act-opt %s --act-to-nvvm | FileCheck %s --check-prefix=NVVM
// NVVM-NOT: {{(arith|math|vector|scf|cf|memref|ub)\.}}
// NVVM: func.func

// Memory whose size launches say is declared elsewhere.
// RUN: act-compile %s --emit=ptx --chip=sm_90 | FileCheck %s --check-prefix=DYNAMIC
// DYNAMIC: .extern .shared .align 16 .b8 [[MEMORY:[a-zA-Z_0-9]+]][];
// DYNAMIC: .entry shared(
// DYNAMIC: mov.b64 %{{.*}}, [[MEMORY]];

module attributes {gpu.container_module} {
  gpu.module @kernels [#nvvm.target<chip = "sm_90">] {
    // CHECK-LABEL: .entry indices(
    gpu.func @indices(%x: !llvm.ptr<1>) kernel
        attributes {known_block_size = array<i32: 64, 2, 1>, known_cluster_size = array<i32: 2, 1, 1>} {
      // CHECK-DAG: %tid.x
      // CHECK-DAG: %tid.y
      // CHECK-DAG: %ctaid.x
      // CHECK-DAG: %nctaid.x
      // CHECK-DAG: %clusterid.x
      // CHECK-DAG: %nclusterid.x
      // CHECK-DAG: %cluster_ctaid.x
      // CHECK-DAG: %cluster_nctaid.x
      // CHECK-DAG: %laneid
      %0 = gpu.thread_id x
      %1 = gpu.thread_id y
      %2 = gpu.block_id x
      %3 = gpu.block_dim x
      %4 = gpu.grid_dim x
      %5 = gpu.cluster_id x
      %6 = gpu.cluster_dim x
      %7 = gpu.cluster_block_id x
      %8 = gpu.cluster_dim_blocks x
      %9 = gpu.lane_id
      %10 = gpu.subgroup_id : index
      %11 = gpu.subgroup_size : index
      %12 = gpu.num_subgroups : index
      %all = vector.from_elements %0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10, %11, %12, %0, %1, %2 : vector<16xindex>
      %words = arith.index_cast %all : vector<16xindex> to vector<16xi64>
      llvm.store %words, %x {alignment = 16 : i64} : vector<16xi64>, !llvm.ptr<1>
      gpu.return
    }

    // CHECK-LABEL: .entry vectors(
    // CHECK-NOT: .local
    // CHECK: ret;
    gpu.func @vectors(%x: !llvm.ptr<1>, %n: i32) kernel {
      %a = llvm.load %x {alignment = 16 : i64} : !llvm.ptr<1> -> vector<4xf32>
      %steps = vector.step : vector<4xindex>
      %lanes = arith.index_cast %steps : vector<4xindex> to vector<4xi32>
      %bits = vector.bitcast %a : vector<4xf32> to vector<4xi32>
      %sum = arith.addi %bits, %lanes : vector<4xi32>
      %low, %high = arith.mului_extended %sum, %bits : vector<4xi32>
      %back = vector.bitcast %high : vector<4xi32> to vector<4xf32>
      %e:4 = vector.to_elements %back : vector<4xf32>
      %b = vector.broadcast %e#0 : f32 to vector<4xf32>
      %c = vector.insert %e#1, %b[2] : f32 into vector<4xf32>
      %d = vector.shuffle %c, %a [0, 5, 2, 7] : vector<4xf32>, vector<4xf32>
      %p = ub.poison : vector<4xf32>
      %isSmall = arith.cmpf olt, %d, %a : vector<4xf32>
      %chosen = arith.select %isSmall, %d, %p : vector<4xi1>, vector<4xf32>
      %half = arith.truncf %chosen : vector<4xf32> to vector<4xf16>
      %whole = arith.extf %half : vector<4xf16> to vector<4xf32>
      %i = arith.fptosi %whole : vector<4xf32> to vector<4xi32>
      %f = arith.sitofp %i : vector<4xi32> to vector<4xf32>
      llvm.store %f, %x {alignment = 16 : i64} : vector<4xf32>, !llvm.ptr<1>
      gpu.return
    }

    // CHECK-LABEL: .entry control(
    // CHECK: shfl.sync.idx
    // CHECK: shfl.sync.down
    // CHECK: shfl.sync.up
    // CHECK: redux.sync.max.u32
    // CHECK: bar.warp.sync
    // CHECK: ret;
    gpu.func @control(%x: !llvm.ptr<1>, %n: index) kernel {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %c2 = arith.constant 2 : index
      %c16 = arith.constant 16 : i32
      %w32 = arith.constant 32 : i32
      %one = arith.constant 1 : i32
      %all = arith.constant -1 : i32
      %last = scf.while (%i = %n) : (index) -> index {
        %more = arith.cmpi ugt, %i, %c2 : index
        scf.condition(%more) %i : index
      } do {
      ^bb0(%i: index):
        %next = arith.ceildivui %i, %c2 : index
        scf.yield %next : index
      }
      %v = arith.index_cast %last : index to i32
      %s0, %ok0 = gpu.shuffle idx %v, %c16, %w32 : i32
      %s1, %ok1 = gpu.shuffle down %s0, %one, %w32 : i32
      %s2, %ok2 = gpu.shuffle up %s1, %one, %w32 : i32
      %most = nvvm.redux.sync umax %s2, %all : i32 -> i32
      nvvm.bar.warp.sync %all : i32
      %isZero = arith.cmpi eq, %most, %one : i32
      cf.cond_br %isZero, ^bb1, ^bb2
    ^bb1:
      llvm.store %s2, %x {alignment = 4 : i64} : i32, !llvm.ptr<1>
      cf.br ^bb2
    ^bb2:
      gpu.return
    }

    // CHECK-LABEL: .entry shared(
    // CHECK: st.shared
    // CHECK: ld.shared
    // CHECK: ret;
    gpu.func @shared(%x: !llvm.ptr<1>) kernel {
      %c0 = arith.constant 0 : index
      %c64 = arith.constant 64 : index
      %i = gpu.thread_id x
      %memory = gpu.dynamic_shared_memory : memref<?xi8, #gpu.address_space<workgroup>>
      %view = memref.view %memory[%c64][] : memref<?xi8, #gpu.address_space<workgroup>> to memref<64xf64, #gpu.address_space<workgroup>>
      %f = arith.constant 2.0 : f64
      memref.store %f, %view[%i] : memref<64xf64, #gpu.address_space<workgroup>>
      gpu.barrier
      %g = memref.load %view[%c0] : memref<64xf64, #gpu.address_space<workgroup>>
      %word = llvm.ptrtoint %x : !llvm.ptr<1> to i64
      %p = llvm.inttoptr %word : i64 to !llvm.ptr<1>
      llvm.store %g, %p {alignment = 8 : i64} : f64, !llvm.ptr<1>
      gpu.return
    }
  }

  func.func @f(%x: memref<64xf64> {act.result}) {
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c64 = arith.constant 64 : index
    %a = memref.extract_aligned_pointer_as_index %x : memref<64xf64> -> index
    %w = arith.index_cast %a : index to i64
    %p = llvm.inttoptr %w : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@indices clusters in (%c2, %c1, %c1)
        blocks in (%c2, %c1, %c1) threads in (%c64, %c2, %c1) args(%p : !llvm.ptr<1>)
    return
  }
}
