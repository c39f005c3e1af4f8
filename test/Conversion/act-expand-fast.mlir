// The tier fast: approximations in kernels of GPUs, and default elsewhere.

// RUN: act-opt %s --act-expand=accuracy=fast -o %t.mlir 2> %t.remarks
// RUN: FileCheck %s < %t.mlir
// RUN: FileCheck %s --check-prefix=REMARK < %t.remarks
// Approximations stay when they are expanded again, in any tier of the rest.
// RUN: act-opt %t.mlir --act-expand | diff %t.mlir -
// RUN: act-opt %s --act-expand 2>&1 | FileCheck %s --check-prefixes=DEFAULT,F32
// RUN: act-opt %s --act-expand=accuracy=exact 2>&1 | FileCheck %s --check-prefixes=DEFAULT,EXACT

// DEFAULT-NOT: remark
// F32-NOT: math.{{exp2|log2|tanh}} {{.*}}afn> {{.*}} : f32
// EXACT-NOT: afn>
// DEFAULT-LABEL: gpu.func @named
// DEFAULT: math.exp2 {{.*}} fastmath<afn> {act.accuracy = "fast"}

// One remark, at the first operation of the CPU.
// REMARK-NOT: remark
// REMARK: act-expand-fast.mlir:[[@LINE+8]]:8: remark: the accuracy 'fast' is one of GPUs; on a CPU it means 'default'
// REMARK-NOT: remark

// CHECK-LABEL: func @host
func.func @host(%x: f32) -> (f32, f32) {
  // CHECK-NOT: afn
  // CHECK-COUNT-2: arith.divf
  // CHECK: return
  %y = act.silu %x : f32
  %z = act.sigmoid %y : f32
  return %y, %z : f32, f32
}

gpu.module @kernels {
  // The exponent's product is taken in two parts in f32.
  // CHECK-LABEL: gpu.func @wide
  // CHECK: %[[P:.*]] = arith.mulf
  // CHECK: %[[T:.*]] = math.exp2 %[[P]] fastmath<afn> {act.accuracy = "fast"} : vector<4xf32>
  // CHECK: math.fma
  // CHECK: math.fma
  // CHECK: math.fma %[[T]], %{{.*}}, %[[T]]
  // CHECK: %[[D:.*]] = arith.addf
  // CHECK: arith.divf %{{.*}}, %[[D]] fastmath<afn> {act.accuracy = "fast"} : vector<4xf32>
  // CHECK: gpu.return
  gpu.func @wide(%x: vector<4xf32>, %p: !llvm.ptr<1>) kernel {
    %y = act.silu %x : vector<4xf32>
    llvm.store %y, %p : vector<4xf32>, !llvm.ptr<1>
    gpu.return
  }

  // In 16 bits it is one product, and ties go to even.
  // CHECK-LABEL: gpu.func @narrow
  // CHECK: %[[X:.*]] = arith.extf
  // CHECK: %[[P:.*]] = arith.mulf %[[X]]
  // CHECK: %[[T:.*]] = math.exp2 %[[P]] fastmath<afn>
  // CHECK: %[[D:.*]] = arith.addf %[[T]]
  // CHECK: %[[R:.*]] = arith.divf %{{.*}}, %[[D]] fastmath<afn>
  // CHECK: arith.mulf
  // CHECK: gpu.return
  gpu.func @narrow(%x: f16, %p: !llvm.ptr<1>) kernel {
    %y = act.silu %x : f16
    llvm.store %y, %p : f16, !llvm.ptr<1>
    gpu.return
  }

  // So is phi of a gate, and the derivative.
  // CHECK-LABEL: gpu.func @gates
  // CHECK-COUNT-2: math.exp2 {{.*}} fastmath<afn>
  // CHECK: math.tanh {{.*}} fastmath<afn> {act.accuracy = "fast"} : f32
  // CHECK: gpu.return
  gpu.func @gates(%g: f16, %u: f16, %p: !llvm.ptr<1>) kernel {
    %y = act.gate swiglu %g, %u : f16
    %d = act.silu_backward %y, %g : f16
    %t = act.tanh %d : f16
    llvm.store %t, %p : f16, !llvm.ptr<1>
    gpu.return
  }

  // What nothing is faster for is as in the default tier.
  // CHECK-LABEL: gpu.func @others
  // CHECK-NOT: afn
  // CHECK: gpu.return
  gpu.func @others(%x: f32, %w: f64, %p: !llvm.ptr<1>, %q: !llvm.ptr<1>) kernel {
    %y = act.elu %x : f32
    %z = act.silu %w : f64
    llvm.store %y, %p : f32, !llvm.ptr<1>
    llvm.store %z, %q : f64, !llvm.ptr<1>
    gpu.return
  }

  // Tiers of operations, a quotient of the default tier among them; and math
  // functions that ask for the instruction.
  // CHECK-LABEL: gpu.func @named
  // CHECK: math.exp2 %arg0 fastmath<afn> {act.accuracy = "fast"} : f32
  // CHECK-NOT: math.exp2
  // CHECK: %[[R0:.*]] = arith.divf %{{.*}}, %[[D:.*]] fastmath<afn> {act.accuracy = "fast"} : f32
  // CHECK: math.fma %{{.*}}, %[[R0]], %[[R0]]
  // CHECK-NOT: afn
  // CHECK: gpu.return
  gpu.func @named(%x: f32, %p: !llvm.ptr<1>) kernel {
    %a = math.exp2 %x fastmath<afn> {act.accuracy = "fast"} : f32
    %b = act.silu %a {act.accuracy = "default"} : f32
    llvm.store %b, %p : f32, !llvm.ptr<1>
    gpu.return
  }

  // bf16 has room for an exponential, f16 for a quotient with its remainder.
  // Where parameters are others the result is that of the exact tier, and what
  // is not rounded at once that of f32.
  // CHECK-LABEL: gpu.func @halves
  // CHECK: math.exp2 %{{.*}} fastmath<afn>
  // CHECK: arith.divf %{{.*}} fastmath<afn>
  // CHECK: %[[D:.*]] = arith.addf
  // CHECK: %[[R:.*]] = arith.divf %{{.*}}, %[[D]] fastmath<afn>
  // CHECK-NEXT: %[[Q:.*]] = arith.mulf %{{.*}}, %[[R]]
  // CHECK: math.fma %[[D]], %[[Q]]
  // CHECK-NOT: afn
  // CHECK: gpu.return
  gpu.func @halves(%x: bf16, %y: f16, %p: !llvm.ptr<1>) kernel
      attributes {act.accuracy = "default"} {
    %a = act.silu %x : bf16
    %b = act.silu %y : f16
    %c = act.swish %x {beta = 2.0 : f64} : bf16
    llvm.store %a, %p : bf16, !llvm.ptr<1>
    llvm.store %b, %p : f16, !llvm.ptr<1>
    llvm.store %c, %p : bf16, !llvm.ptr<1>
    gpu.return
  }
}
