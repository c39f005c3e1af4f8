// Kernels in the form that act-to-gpu gives them, one of each kind: elementwise
// on bf16 and on f32, a row in a block, a row in a cluster of blocks.

module attributes {gpu.container_module} {
  func.func @scale(%x: memref<?xbf16> {act.name = "x"},
                   %y: memref<?xbf16> {act.name = "y", act.result}) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c8 = arith.constant 8 : index
    %c256 = arith.constant 256 : index
    %n = memref.dim %x, %c0 : memref<?xbf16>
    %vectors = arith.divui %n, %c8 : index
    %blocks = arith.ceildivui %vectors, %c256 : index
    %isSome = arith.cmpi ne, %n, %c0 : index
    scf.if %isSome {
      %ax = memref.extract_aligned_pointer_as_index %x : memref<?xbf16> -> index
      %ay = memref.extract_aligned_pointer_as_index %y : memref<?xbf16> -> index
      %wx = arith.index_cast %ax : index to i64
      %wy = arith.index_cast %ay : index to i64
      %px = llvm.inttoptr %wx : i64 to !llvm.ptr<1>
      %py = llvm.inttoptr %wy : i64 to !llvm.ptr<1>
      %count = arith.index_cast %vectors : index to i32
      gpu.launch_func @scale_kernels::@scale blocks in (%blocks, %c1, %c1)
          threads in (%c256, %c1, %c1)
          args(%px : !llvm.ptr<1>, %py : !llvm.ptr<1>, %count : i32)
    }
    return
  }

  func.func @scale__act_shapes(%x: memref<?xbf16>) -> index attributes {act.query} {
    %c0 = arith.constant 0 : index
    %n = memref.dim %x, %c0 : memref<?xbf16>
    return %n : index
  }

  gpu.module @scale_kernels [#nvvm.target<chip = "sm_90">] {
    gpu.func @scale(%x: !llvm.ptr<1> {llvm.align = 16 : i64, llvm.noalias, llvm.readonly},
                    %y: !llvm.ptr<1> {llvm.align = 16 : i64, llvm.noalias},
                    %n: i32) kernel
        attributes {known_block_size = array<i32: 256, 1, 1>} {
      %tid = gpu.thread_id x
      %bid = gpu.block_id x
      %bdim = gpu.block_dim x
      %first = arith.muli %bid, %bdim : index
      %number = arith.addi %first, %tid : index
      %i = arith.index_cast %number : index to i32
      %in = arith.cmpi slt, %i, %n : i32
      scf.if %in {
        %px = llvm.getelementptr %x[%i] : (!llvm.ptr<1>, i32) -> !llvm.ptr<1>, vector<8xbf16>
        %py = llvm.getelementptr %y[%i] : (!llvm.ptr<1>, i32) -> !llvm.ptr<1>, vector<8xbf16>
        %v = llvm.load %px {alignment = 16 : i64} : !llvm.ptr<1> -> vector<8xbf16>
        %f = arith.extf %v : vector<8xbf16> to vector<8xf32>
        %c = arith.constant dense<1.5> : vector<8xf32>
        // Contracting these would round once.
        %m = arith.mulf %f, %c : vector<8xf32>
        %a = arith.addf %m, %c : vector<8xf32>
        %d = arith.divf %a, %f : vector<8xf32>
        %t = arith.truncf %d : vector<8xf32> to vector<8xbf16>
        llvm.store %t, %py {alignment = 16 : i64} : vector<8xbf16>, !llvm.ptr<1>
      }
      gpu.return
    }

  }

  // Twice the same kernel, with memory between.
  func.func @polynomial(%x: memref<?x4xf32> {act.name = "x"},
                        %y: memref<?x4xf32> {act.name = "y", act.result}) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c255 = arith.constant 255 : index
    %c256 = arith.constant 256 : index
    %base, %offset, %sizes:2, %strides:2 = memref.extract_strided_metadata %x : memref<?x4xf32> -> memref<f32>, index, index, index, index, index
    %n = arith.index_cast %sizes#0 : index to i64
    %more = arith.addi %sizes#0, %c255 : index
    %blocks = arith.divui %more, %c256 : index
    %between = memref.alloc(%sizes#0) : memref<?x4xf32>
    %ax = memref.extract_aligned_pointer_as_index %base : memref<f32> -> index
    %ab = memref.extract_aligned_pointer_as_index %between : memref<?x4xf32> -> index
    %ay = memref.extract_aligned_pointer_as_index %y : memref<?x4xf32> -> index
    %wx = arith.index_cast %ax : index to i64
    %wb = arith.index_cast %ab : index to i64
    %wy = arith.index_cast %ay : index to i64
    %px = llvm.inttoptr %wx : i64 to !llvm.ptr<1>
    %pb = llvm.inttoptr %wb : i64 to !llvm.ptr<1>
    %py = llvm.inttoptr %wy : i64 to !llvm.ptr<1>
    gpu.launch_func @polynomial_kernels::@polynomial blocks in (%blocks, %c1, %c1)
        threads in (%c256, %c1, %c1)
        args(%px : !llvm.ptr<1>, %pb : !llvm.ptr<1>, %n : i64)
    gpu.launch_func @polynomial_kernels::@polynomial blocks in (%blocks, %c1, %c1)
        threads in (%c256, %c1, %c1)
        args(%pb : !llvm.ptr<1>, %py : !llvm.ptr<1>, %n : i64)
    memref.dealloc %between : memref<?x4xf32>
    return
  }

  func.func @polynomial__act_shapes(%x: memref<?x4xf32>) -> index attributes {act.query} {
    %c0 = arith.constant 0 : index
    %n = memref.dim %x, %c0 : memref<?x4xf32>
    return %n : index
  }

  gpu.module @polynomial_kernels [#nvvm.target<chip = "sm_90">] {
    gpu.func @polynomial(%x: !llvm.ptr<1> {llvm.align = 16 : i64, llvm.noalias, llvm.readonly},
                         %y: !llvm.ptr<1> {llvm.align = 16 : i64, llvm.noalias},
                         %n: i64) kernel
        attributes {known_block_size = array<i32: 256, 1, 1>,
                    act.schedule = {kind = "elementwise", vector = 4 : i64}} {
      %tid = gpu.thread_id x
      %bid = gpu.block_id x
      %bdim = gpu.block_dim x
      %first = arith.muli %bid, %bdim : index
      %number = arith.addi %first, %tid : index
      %i = arith.index_cast %number : index to i64
      %in = arith.cmpi slt, %i, %n : i64
      scf.if %in {
        %px = llvm.getelementptr %x[%i] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, vector<4xf32>
        %py = llvm.getelementptr %y[%i] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, vector<4xf32>
        %v = llvm.load %px {alignment = 16 : i64} : !llvm.ptr<1> -> vector<4xf32>
        %c = arith.constant dense<0.5> : vector<4xf32>
        %p = math.fma %v, %v, %c : vector<4xf32>
        %q = math.fma %p, %v, %c : vector<4xf32>
        %s = math.sqrt %q : vector<4xf32>
        %r = arith.maximumf %s, %v : vector<4xf32>
        llvm.store %r, %py {alignment = 16 : i64} : vector<4xf32>, !llvm.ptr<1>
      }
      gpu.return
    }
  }

  // The maximum of each row; a block of 128 threads takes a row.
  func.func @rowmax(%x: memref<?x?xf32> {act.name = "x"},
                    %y: memref<?xf32> {act.name = "y", act.result}) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c128 = arith.constant 128 : index
    %rows = memref.dim %x, %c0 : memref<?x?xf32>
    %columns = memref.dim %x, %c1 : memref<?x?xf32>
    %ax = memref.extract_aligned_pointer_as_index %x : memref<?x?xf32> -> index
    %ay = memref.extract_aligned_pointer_as_index %y : memref<?xf32> -> index
    %wx = arith.index_cast %ax : index to i64
    %wy = arith.index_cast %ay : index to i64
    %px = llvm.inttoptr %wx : i64 to !llvm.ptr<1>
    %py = llvm.inttoptr %wy : i64 to !llvm.ptr<1>
    %length = arith.index_cast %columns : index to i64
    gpu.launch_func @rowmax_kernels::@rowmax blocks in (%rows, %c1, %c1)
        threads in (%c128, %c1, %c1)
        args(%px : !llvm.ptr<1>, %py : !llvm.ptr<1>, %length : i64, %length : i64)
    return
  }

  func.func @rowmax__act_shapes(%x: memref<?x?xf32>) -> index attributes {act.query} {
    %c0 = arith.constant 0 : index
    %n = memref.dim %x, %c0 : memref<?x?xf32>
    return %n : index
  }

  gpu.module @rowmax_kernels [#nvvm.target<chip = "sm_90">] {
    gpu.func @rowmax(%x: !llvm.ptr<1> {llvm.align = 4 : i64, llvm.noalias, llvm.readonly},
                     %y: !llvm.ptr<1> {llvm.align = 4 : i64, llvm.noalias},
                     %length: i64, %stride: i64)
        workgroup(%shared: memref<4xf32, #gpu.address_space<workgroup>> {llvm.align = 16 : i64}) kernel
        attributes {known_block_size = array<i32: 128, 1, 1>,
                    act.schedule = {kind = "block-row"}} {
      %c0 = arith.constant 0 : index
      %c4 = arith.constant 4 : index
      %c32 = arith.constant 32 : index
      %c128 = arith.constant 128 : index
      %w32 = arith.constant 32 : i32
      %least = arith.constant 0xFF800000 : f32
      %row = gpu.block_id x
      %tid = gpu.thread_id x
      %r = arith.index_cast %row : index to i64
      %offset = arith.muli %r, %stride : i64
      %base = llvm.getelementptr %x[%offset] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, f32
      %n = arith.index_cast %length : i64 to index
      %mine = scf.for %k = %tid to %n step %c128 iter_args(%m = %least) -> f32 {
        %k64 = arith.index_cast %k : index to i64
        %p = llvm.getelementptr %base[%k64] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, f32
        %v = llvm.load %p {alignment = 4 : i64} : !llvm.ptr<1> -> f32
        %next = arith.maximumf %m, %v : f32
        scf.yield %next : f32
      }
      %d1 = arith.constant 1 : i32
      %d16 = arith.constant 16 : i32
      %other, %valid = gpu.shuffle xor %mine, %d16, %w32 : f32
      %warp = arith.maximumf %mine, %other : f32
      %lane = arith.remui %tid, %c32 : index
      %number = arith.divui %tid, %c32 : index
      %isFirst = arith.cmpi eq, %lane, %c0 : index
      scf.if %isFirst {
        memref.store %warp, %shared[%number] : memref<4xf32, #gpu.address_space<workgroup>>
      }
      gpu.barrier
      %isOne = arith.cmpi eq, %tid, %c0 : index
      scf.if %isOne {
        %four = vector.load %shared[%c0] {alignment = 16 : i64} : memref<4xf32, #gpu.address_space<workgroup>>, vector<4xf32>
        %v0 = vector.extract %four[0] : f32 from vector<4xf32>
        %v1 = vector.extract %four[1] : f32 from vector<4xf32>
        %v2 = vector.extract %four[2] : f32 from vector<4xf32>
        %v3 = vector.extract %four[3] : f32 from vector<4xf32>
        %m0 = arith.maximumf %v0, %v1 : f32
        %m1 = arith.maximumf %v2, %v3 : f32
        %best = arith.maximumf %m0, %m1 : f32
        %py = llvm.getelementptr %y[%r] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, f32
        llvm.store %best, %py {alignment = 4 : i64} : f32, !llvm.ptr<1>
      }
      gpu.return
    }
  }

  // The sum of what the two blocks of a cluster hold.
  func.func @pair(%value: f32 {act.name = "value"},
                  %y: memref<2xf32> {act.name = "y", act.result}) {
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c32 = arith.constant 32 : index
    %bytes = arith.constant 65536 : i32
    %ay = memref.extract_aligned_pointer_as_index %y : memref<2xf32> -> index
    %wy = arith.index_cast %ay : index to i64
    %py = llvm.inttoptr %wy : i64 to !llvm.ptr<1>
    gpu.launch_func @pair_kernels::@pair clusters in (%c2, %c1, %c1)
        blocks in (%c2, %c1, %c1) threads in (%c32, %c1, %c1)
        dynamic_shared_memory_size %bytes
        args(%py : !llvm.ptr<1>, %value : f32)
    return
  }

  gpu.module @pair_kernels [#nvvm.target<chip = "sm_90">] {
    gpu.func @pair(%y: !llvm.ptr<1> {llvm.align = 4 : i64, llvm.noalias}, %value: f32)
        workgroup(%shared: memref<1xf32, #gpu.address_space<workgroup>>) kernel
        attributes {known_block_size = array<i32: 32, 1, 1>,
                    known_cluster_size = array<i32: 2, 1, 1>,
                    act.schedule = {kind = "cluster-row"}} {
      %c0 = arith.constant 0 : index
      %tid = gpu.thread_id x
      %bid = gpu.block_id x
      %rank = gpu.cluster_block_id x
      %isOne = arith.cmpi eq, %tid, %c0 : index
      scf.if %isOne {
        memref.store %value, %shared[%c0] : memref<1xf32, #gpu.address_space<workgroup>>
      }
      nvvm.cluster.arrive {aligned}
      nvvm.cluster.wait {aligned}
      scf.if %isOne {
        %address = memref.extract_aligned_pointer_as_index %shared : memref<1xf32, #gpu.address_space<workgroup>> -> index
        %word = arith.index_cast %address : index to i64
        %here = llvm.inttoptr %word : i64 to !llvm.ptr<3>
        %one = arith.constant 1 : i32
        %rank32 = arith.index_cast %rank : index to i32
        %next = arith.xori %rank32, %one : i32
        %there = nvvm.mapa %here, %next : !llvm.ptr<3> -> !llvm.ptr<7>
        %v = llvm.load %there {alignment = 4 : i64} : !llvm.ptr<7> -> f32
        %sum = arith.addf %value, %v : f32
        %b = arith.index_cast %bid : index to i64
        %py = llvm.getelementptr %y[%b] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, f32
        llvm.store %sum, %py {alignment = 4 : i64} : f32, !llvm.ptr<1>
      }
      nvvm.cluster.arrive {aligned}
      nvvm.cluster.wait {aligned}
      gpu.return
    }
  }
}
