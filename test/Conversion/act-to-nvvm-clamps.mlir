// Clamps by constants are one instruction where chips have it: NaN stays, and
// no zero takes the place of one of the other sign.

// RUN: act-opt %s --act-to-nvvm | FileCheck %s

module attributes {gpu.container_module} {
  gpu.module @kernels [#nvvm.target<chip = "sm_80">] {
    // CHECK-LABEL: llvm.func @clamps(
    // CHECK:   llvm.intr.maximum(%{{.*}}, %{{.*}}) : (vector<4xf32>, vector<4xf32>)
    // CHECK:   llvm.intr.minimum(%{{.*}}, %{{.*}}) : (vector<4xf32>, vector<4xf32>)
    // CHECK-NOT: llvm.fcmp
    gpu.func @clamps(%x: !llvm.ptr<1>) kernel {
      %low = arith.constant dense<-3.0> : vector<4xf32>
      %zero = arith.constant dense<0.0> : vector<4xf32>
      %0 = llvm.load %x {alignment = 16 : i64} : !llvm.ptr<1> -> vector<4xf32>
      %below = arith.cmpf olt, %0, %low : vector<4xf32>
      %1 = arith.select %below, %low, %0 : vector<4xi1>, vector<4xf32>
      %above = arith.cmpf ogt, %1, %zero : vector<4xf32>
      %2 = arith.select %above, %zero, %1 : vector<4xi1>, vector<4xf32>
      llvm.store %2, %x {alignment = 16 : i64} : vector<4xf32>, !llvm.ptr<1>
      gpu.return
    }

    // Of zeros the maximum is +0; the bound of NaN would be the result; and a
    // comparison that NaN passes lets the bound in.
    // CHECK-LABEL: llvm.func @others(
    // CHECK-NOT: llvm.intr
    gpu.func @others(%x: !llvm.ptr<1>) kernel {
      %zero = arith.constant 0.0 : f32
      %nan = arith.constant 0x7FC00000 : f32
      %one = arith.constant 1.0 : f32
      %0 = llvm.load %x {alignment = 4 : i64} : !llvm.ptr<1> -> f32
      %negative = arith.cmpf olt, %0, %zero : f32
      %1 = arith.select %negative, %zero, %0 : f32
      %never = arith.cmpf olt, %1, %nan : f32
      %2 = arith.select %never, %nan, %1 : f32
      %unordered = arith.cmpf ugt, %2, %one : f32
      %3 = arith.select %unordered, %one, %2 : f32
      llvm.store %3, %x {alignment = 4 : i64} : f32, !llvm.ptr<1>
      gpu.return
    }
  }

  gpu.module @old [#nvvm.target<chip = "sm_75">] {
    // CHECK-LABEL: llvm.func @old(
    // CHECK-NOT: llvm.intr
    gpu.func @old(%x: !llvm.ptr<1>) kernel {
      %low = arith.constant -3.0 : f32
      %0 = llvm.load %x {alignment = 4 : i64} : !llvm.ptr<1> -> f32
      %below = arith.cmpf olt, %0, %low : f32
      %1 = arith.select %below, %low, %0 : f32
      llvm.store %1, %x {alignment = 4 : i64} : f32, !llvm.ptr<1>
      gpu.return
    }
  }
}
