// Two bf16 numbers of one register are widened by a shift and a mask.

// RUN: act-opt %s --act-to-nvvm | FileCheck %s

module attributes {gpu.container_module} {
  gpu.module @kernels [#nvvm.target<chip = "sm_90">] {
    // CHECK-LABEL: llvm.func @pairs(
    // CHECK-NOT: llvm.zext
    // CHECK: %[[WORDS:.*]] = llvm.bitcast %{{.*}} : vector<4xi16> to vector<2xi32>
    // CHECK: %[[N:.*]] = llvm.mlir.constant(dense<16> : vector<2xi32>)
    // CHECK: %[[LOW:.*]] = llvm.shl %[[WORDS]], %[[N]]
    // CHECK: %[[MASK:.*]] = llvm.mlir.constant(dense<-65536> : vector<2xi32>)
    // CHECK: %[[HIGH:.*]] = llvm.and %[[WORDS]], %[[MASK]]
    // CHECK: llvm.shufflevector %[[LOW]], %[[HIGH]] [0, 2, 1, 3]
    gpu.func @pairs(%x: !llvm.ptr<1>, %y: !llvm.ptr<1>) kernel {
      %n = arith.constant dense<16> : vector<4xi32>
      %0 = llvm.load %x {alignment = 8 : i64} : !llvm.ptr<1> -> vector<4xi16>
      %1 = arith.extui %0 : vector<4xi16> to vector<4xi32>
      %2 = arith.shli %1, %n : vector<4xi32>
      llvm.store %2, %y {alignment = 16 : i64} : vector<4xi32>, !llvm.ptr<1>
      gpu.return
    }

    // No odd number of them, no other shift, no smaller numbers.
    // CHECK-LABEL: llvm.func @others(
    // CHECK-NOT: llvm.and
    // CHECK: llvm.return
    gpu.func @others(%x: !llvm.ptr<1>, %y: !llvm.ptr<1>) kernel {
      %n = arith.constant dense<16> : vector<3xi32>
      %0 = llvm.load %x {alignment = 2 : i64} : !llvm.ptr<1> -> vector<3xi16>
      %1 = arith.extui %0 : vector<3xi16> to vector<3xi32>
      %2 = arith.shli %1, %n : vector<3xi32>
      llvm.store %2, %y {alignment = 4 : i64} : vector<3xi32>, !llvm.ptr<1>
      %m = arith.constant dense<8> : vector<4xi32>
      %3 = llvm.load %x {alignment = 8 : i64} : !llvm.ptr<1> -> vector<4xi16>
      %4 = arith.extui %3 : vector<4xi16> to vector<4xi32>
      %5 = arith.shli %4, %m : vector<4xi32>
      llvm.store %5, %y {alignment = 16 : i64} : vector<4xi32>, !llvm.ptr<1>
      %k = arith.constant dense<16> : vector<4xi32>
      %6 = llvm.load %x {alignment = 4 : i64} : !llvm.ptr<1> -> vector<4xi8>
      %7 = arith.extui %6 : vector<4xi8> to vector<4xi32>
      %8 = arith.shli %7, %k : vector<4xi32>
      llvm.store %8, %y {alignment = 16 : i64} : vector<4xi32>, !llvm.ptr<1>
      gpu.return
    }
  }
}
