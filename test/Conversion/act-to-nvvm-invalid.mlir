// What has no instruction is an error at its place: code generation would end
// the process.

// RUN: act-opt %s --act-to-nvvm --split-input-file --verify-diagnostics

module attributes {gpu.container_module} {
  gpu.module @kernels [#nvvm.target<chip = "sm_90">] {
    gpu.func @f(%x: !llvm.ptr<1>, %a: f32) kernel {
      // expected-error @below {{'math.exp' has no exact instruction on the GPU, and kernels call no library; run --act-expand before}}
      %y = math.exp %a : f32
      llvm.store %y, %x : f32, !llvm.ptr<1>
      gpu.return
    }
  }
}

// -----

module attributes {gpu.container_module} {
  gpu.module @kernels [#nvvm.target<chip = "sm_90">] {
    gpu.func @f(%x: !llvm.ptr<1>, %a: f32) kernel {
      // expected-error @below {{'arith.remf' has no exact instruction on the GPU}}
      %y = arith.remf %a, %a : f32
      llvm.store %y, %x : f32, !llvm.ptr<1>
      gpu.return
    }
  }
}

// -----

module attributes {gpu.container_module} {
  gpu.module @kernels [#nvvm.target<chip = "sm_90">] {
    llvm.func @helper(f32) -> f32
    gpu.func @f(%x: !llvm.ptr<1>, %a: f32) kernel {
      // expected-error @below {{kernels call no library, but this calls 'helper'}}
      %y = llvm.call @helper(%a) : (f32) -> f32
      llvm.store %y, %x : f32, !llvm.ptr<1>
      gpu.return
    }
  }
}

// -----

module attributes {gpu.container_module} {
  gpu.module @kernels [#nvvm.target<chip = "sm_90">] {
    gpu.func @f(%x: !llvm.ptr<1>, %a: f32) kernel {
      // expected-error @below {{kernels hold no inline assembly}}
      %y = llvm.inline_asm "ex2.approx.f32 $0, $1;", "=f,f" %a : (f32) -> f32
      llvm.store %y, %x : f32, !llvm.ptr<1>
      gpu.return
    }
  }
}

// -----

module attributes {gpu.container_module} {
  gpu.module @kernels [#nvvm.target<chip = "sm_90">] {
    gpu.func @f(%x: !llvm.ptr<1>, %a: f32) kernel {
      // expected-error @below {{'llvm.intr.exp2' has no exact instruction on the GPU, and kernels call no library}}
      %y = llvm.intr.exp2(%a) : (f32) -> f32
      llvm.store %y, %x : f32, !llvm.ptr<1>
      gpu.return
    }
  }
}

// -----

module attributes {gpu.container_module} {
  gpu.module @kernels [#nvvm.target<chip = "sm_90">] {
    gpu.func @f(%x: !llvm.ptr<1>, %a: f32) kernel {
      // expected-error @below {{kernels compute with numbers of up to 64 bits, not 'f128'}}
      %y = arith.extf %a : f32 to f128
      llvm.store %y, %x : f128, !llvm.ptr<1>
      gpu.return
    }
  }
}

// -----

module attributes {gpu.container_module} {
  gpu.module @kernels [#nvvm.target<chip = "sm_90">] {
    gpu.func @f() kernel {
      // expected-error @below {{'nvvm.fence.sc.cluster' is not among the operations that kernels use}}
      nvvm.fence.sc.cluster
      gpu.return
    }
  }
}

// -----

module attributes {gpu.container_module} {
  gpu.module @kernels [#nvvm.target<chip = "sm_75">] {
    gpu.func @f(%x: !llvm.ptr<1>) kernel {
      %all = arith.constant -1 : i32
      // expected-error @below {{'nvvm.redux.sync' op is not supported on sm_75}}
      %least = nvvm.redux.sync min %all, %all : i32 -> i32
      llvm.store %least, %x : i32, !llvm.ptr<1>
      gpu.return
    }
  }
}

// -----

module attributes {gpu.container_module} {
  gpu.module @kernels [#nvvm.target<chip = "sm_80">] {
    gpu.func @f(%x: !llvm.ptr<1>) kernel {
      // expected-error @below {{clusters of blocks need sm_90 or newer, and this is compiled for sm_80}}
      %rank = gpu.cluster_block_id x
      %word = arith.index_cast %rank : index to i64
      llvm.store %word, %x : i64, !llvm.ptr<1>
      gpu.return
    }
  }
}

// -----

module attributes {gpu.container_module} {
  gpu.module @kernels [#nvvm.target<chip = "sm_80">] {
    // expected-error @below {{clusters of blocks need sm_90 or newer, and this is compiled for sm_80}}
    gpu.func @f() kernel attributes {known_block_size = array<i32: 32, 1, 1>, known_cluster_size = array<i32: 2, 1, 1>} {
      gpu.return
    }
  }
}

// -----

module attributes {gpu.container_module} {
  // expected-error @below {{expected one target, as in gpu.module @kernels [#nvvm.target<chip = "sm_90">]}}
  gpu.module @kernels {
    gpu.func @f() kernel {
      gpu.return
    }
  }
}

// -----

// What no pattern converts.
module attributes {gpu.container_module} {
  gpu.module @kernels [#nvvm.target<chip = "sm_90">] {
    // expected-error @below {{failed to legalize operation 'gpu.func'}}
    gpu.func @f(%x: tensor<4xf32>) kernel {
      gpu.return
    }
  }
}

// -----

// Approximations are of scalars and of vectors of one dimension.
module attributes {gpu.container_module} {
  gpu.module @kernels [#nvvm.target<chip = "sm_90">] {
    gpu.func @f(%x: !llvm.ptr<1>) kernel {
      %l = llvm.load %x : !llvm.ptr<1> -> f32
      %v = vector.broadcast %l : f32 to vector<2x2xf32>
      // expected-error @below {{'math.exp2' op approximates 'vector<2x2xf32>'; expected a scalar or a vector of one dimension}}
      %e = math.exp2 %v fastmath<afn> {act.accuracy = "fast"} : vector<2x2xf32>
      %s = vector.extract %e[0, 1] : f32 from vector<2x2xf32>
      llvm.store %s, %x : f32, !llvm.ptr<1>
      gpu.return
    }
  }
}
