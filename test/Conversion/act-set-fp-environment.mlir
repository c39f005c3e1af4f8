// RUN: act-opt %s --act-set-fp-environment --split-input-file | FileCheck %s

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // CHECK-LABEL: func @entry
  //       CHECK: %[[SAVED:.*]] = llvm.alloca
  //       CHECK: llvm.call_intrinsic "llvm.x86.sse.stmxcsr"(%[[SAVED]])
  //       CHECK: %[[DIFFERS:.*]] = llvm.icmp "ne"
  //       CHECK: scf.if %[[DIFFERS]] {
  //  CHECK-NEXT:   llvm.call_intrinsic "llvm.x86.sse.ldmxcsr"
  //       CHECK: omp.parallel
  //       CHECK:   llvm.call_intrinsic "llvm.x86.sse.stmxcsr"(%[[MINE:.*]])
  //       CHECK:   func.call @work
  //       CHECK:   llvm.call_intrinsic "llvm.x86.sse.ldmxcsr"(%[[MINE]])
  //       CHECK:   omp.terminator
  //       CHECK: scf.if %[[DIFFERS]] {
  //  CHECK-NEXT:   llvm.call_intrinsic "llvm.x86.sse.ldmxcsr"(%[[SAVED]])
  //       CHECK: return
  func.func @entry() {
    omp.parallel {
      func.call @work() : () -> ()
      omp.terminator
    }
    return
  }

  // CHECK-LABEL: func private @work
  //   CHECK-NOT: csr
  func.func private @work() {
    return
  }

  // CHECK-LABEL: func @question
  //   CHECK-NOT: csr
  func.func @question() -> i64 attributes {act.query} {
    %0 = arith.constant 0 : i64
    return %0 : i64
  }
}

// -----

// Other targets keep their environment.

module attributes {llvm.target_triple = "aarch64-unknown-linux-gnu"} {
  // CHECK-LABEL: func @other
  //   CHECK-NOT: csr
  func.func @other() {
    return
  }
}
