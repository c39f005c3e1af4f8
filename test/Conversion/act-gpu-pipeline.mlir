// RUN: act-opt %s --act-gpu-pipeline=chip=sm_86 | FileCheck %s
// RUN: act-opt %s --act-gpu-pipeline="chip=sm_90 accuracy=exact schedule=threads=64" | FileCheck %s --check-prefix=OPTIONS

// From tensors to kernels of arithmetic.

//     CHECK: gpu.module @silu_kernels [#nvvm.target<chip = "sm_86">]
// CHECK-NOT: act.silu
//     CHECK: math.fma
//     CHECK: func.func @silu(%{{.*}}: memref<?xbf16>, %{{.*}}: memref<?xbf16> {act.result})
//     CHECK:   gpu.launch_func

// OPTIONS: threads_per_block = 64
func.func @silu(%x: tensor<?xbf16>) -> tensor<?xbf16> {
  %y = act.silu %x : tensor<?xbf16>
  return %y : tensor<?xbf16>
}
