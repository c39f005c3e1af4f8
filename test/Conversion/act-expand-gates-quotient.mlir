// The gradients of a gate of gelu divide once, on CPUs and on GPUs: f and f' are
// made of the same quotient.

// RUN: act-opt %s --act-expand --cse | FileCheck %s
// RUN: act-opt %s --act-expand=accuracy=fast --cse | FileCheck %s --check-prefix=FAST

// CHECK-LABEL: func.func @host
// CHECK-COUNT-1: arith.divf
//     CHECK-NOT: arith.divf
//         CHECK: return
func.func @host(%dy: f32, %g: f32, %u: f32) -> (f32, f32) {
  %dg, %du = act.gate_backward geglu %dy, %g, %u : f32
  return %dg, %du : f32, f32
}

// The reciprocal, and the division that operands below 2^-78 take.
// CHECK-LABEL: gpu.func @device
// CHECK-COUNT-1: arith.divf %{{.*}} fastmath<afn> {act.accuracy = "fast"}
//     CHECK-NOT: arith.divf
// CHECK-COUNT-1: arith.divf %{{.*}}, %{{.*}} : f32
//     CHECK-NOT: arith.divf
//         CHECK: gpu.return
// FAST-LABEL: gpu.func @device
// FAST-COUNT-1: arith.divf %{{.*}} fastmath<afn>
//     FAST-NOT: arith.divf
//         FAST: gpu.return
gpu.module @kernels {
  gpu.func @device(%dy: f32, %g: f32, %u: f32, %p: !llvm.ptr<1>,
                   %q: !llvm.ptr<1>) kernel {
    %dg, %du = act.gate_backward geglu %dy, %g, %u : f32
    llvm.store %dg, %p : f32, !llvm.ptr<1>
    llvm.store %du, %q : f32, !llvm.ptr<1>
    gpu.return
  }
}
