// Approximations become what is one instruction, element by element.

// RUN: act-opt %s --act-to-nvvm --split-input-file | FileCheck %s

gpu.module @kernels [#nvvm.target<chip = "sm_90">] {
  // CHECK-LABEL: llvm.func @functions
  gpu.func @functions(%x: f32, %p: !llvm.ptr<1>) kernel {
    %one = arith.constant 1.0 : f32
    // CHECK: llvm.call_intrinsic "llvm.nvvm.ex2.approx.ftz"(%{{.*}}) : (f32) -> f32
    %a = math.exp2 %x fastmath<afn> {act.accuracy = "fast"} : f32
    // CHECK: llvm.call_intrinsic "llvm.nvvm.rcp.approx.ftz.f"
    %b = arith.divf %one, %a fastmath<afn> {act.accuracy = "fast"} : f32
    // CHECK: llvm.call_intrinsic "llvm.nvvm.lg2.approx.ftz.f"
    %c = math.log2 %b fastmath<afn> {act.accuracy = "fast"} : f32
    // CHECK: llvm.intr.tanh(%{{.*}}) {fastmathFlags = #llvm.fastmath<afn>} : (f32) -> f32
    %d = math.tanh %c fastmath<afn> {act.accuracy = "fast"} : f32
    // Any other operation is correctly rounded, whatever flags it has.
    // CHECK: llvm.fdiv %{{.*}}, %{{.*}} : f32
    %e = arith.divf %d, %a fastmath<afn> : f32
    llvm.store %e, %p : f32, !llvm.ptr<1>
    gpu.return
  }

  // CHECK-LABEL: llvm.func @vectors
  // CHECK-COUNT-4: llvm.call_intrinsic "llvm.nvvm.ex2.approx.ftz"
  // CHECK-NOT: vector<2x
  // CHECK-COUNT-4: llvm.call_intrinsic "llvm.nvvm.rcp.approx.ftz.f"
  gpu.func @vectors(%x: vector<4xf32>, %p: !llvm.ptr<1>) kernel {
    %one = arith.constant dense<1.0> : vector<4xf32>
    %a = math.exp2 %x fastmath<afn> {act.accuracy = "fast"} : vector<4xf32>
    %b = arith.divf %one, %a fastmath<afn> {act.accuracy = "fast"} : vector<4xf32>
    llvm.store %b, %p : vector<4xf32>, !llvm.ptr<1>
    gpu.return
  }
}
