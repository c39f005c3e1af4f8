// Quotients by an approximated reciprocal where a condition holds, and else by a
// division: threads branch to divisions if one of their elements needs that.

// RUN: act-opt %s --act-to-nvvm | FileCheck %s

module attributes {gpu.container_module} {
  gpu.module @kernels [#nvvm.target<chip = "sm_90">] {
    // CHECK-LABEL: llvm.func @quotients(
    //       CHECK:   llvm.intr.fma
    //       CHECK:   %[[QUOTIENT:.*]] = llvm.intr.fma
    //       CHECK:   %[[NORMAL:.*]] = llvm.fcmp "oge"
    //   CHECK-NOT:   llvm.select
    //       CHECK:   %[[FIRST:.*]] = llvm.extractelement %[[NORMAL]]
    //       CHECK:   %[[SECOND:.*]] = llvm.extractelement %[[NORMAL]]
    //       CHECK:   %[[ALL:.*]] = llvm.and %[[FIRST]], %[[SECOND]]
    //       CHECK:   llvm.cond_br %[[ALL]], ^[[SHORT:.*]], ^[[LONG:.*]]
    //       CHECK: ^[[SHORT]]:
    //  CHECK-NEXT:   llvm.br ^[[END:.*]](%[[QUOTIENT]]
    //       CHECK: ^[[LONG]]:
    //  CHECK-NEXT:   %[[DIVIDED:.*]] = llvm.fdiv
    //  CHECK-NEXT:   llvm.br ^[[END]](%[[DIVIDED]]
    gpu.func @quotients(%x: !llvm.ptr<1>) kernel {
      %one = arith.constant dense<1.0> : vector<2xf32>
      %least = arith.constant dense<1.0e-20> : vector<2xf32>
      %n = llvm.load %x {alignment = 8 : i64} : !llvm.ptr<1> -> vector<2xf32>
      %d = arith.addf %n, %one : vector<2xf32>
      %guess = arith.divf %one, %d fastmath<afn> {act.accuracy = "fast"} : vector<2xf32>
      %q = arith.mulf %n, %guess : vector<2xf32>
      %negative = arith.negf %n : vector<2xf32>
      %rest = math.fma %d, %q, %negative : vector<2xf32>
      %minus = arith.negf %rest : vector<2xf32>
      %short = math.fma %minus, %guess, %q : vector<2xf32>
      %normal = arith.cmpf oge, %n, %least : vector<2xf32>
      %long = arith.divf %n, %d : vector<2xf32>
      %quotient = arith.select %normal, %short, %long : vector<2xi1>, vector<2xf32>
      llvm.store %quotient, %x {alignment = 8 : i64} : vector<2xf32>, !llvm.ptr<1>
      gpu.return
    }

    // What is no quotient by the same divisor stays a choice, and so does a
    // division that something else needs.
    // CHECK-LABEL: llvm.func @others(
    //   CHECK-NOT:   llvm.cond_br
    // CHECK-COUNT-2: llvm.select
    //       CHECK:   llvm.return
    gpu.func @others(%x: !llvm.ptr<1>) kernel {
      %one = arith.constant 1.0 : f32
      %n = llvm.load %x {alignment = 4 : i64} : !llvm.ptr<1> -> f32
      %d = arith.addf %n, %one : f32
      %guess = arith.divf %one, %n fastmath<afn> {act.accuracy = "fast"} : f32
      %short = arith.mulf %d, %guess : f32
      %normal = arith.cmpf oge, %n, %one : f32
      %long = arith.divf %n, %d : f32
      %other = arith.select %normal, %short, %long : f32
      %needed = arith.divf %d, %n : f32
      %both = arith.select %normal, %short, %needed : f32
      %sum = arith.addf %both, %needed : f32
      %all = arith.addf %sum, %other : f32
      llvm.store %all, %x {alignment = 4 : i64} : f32, !llvm.ptr<1>
      gpu.return
    }
  }
}
