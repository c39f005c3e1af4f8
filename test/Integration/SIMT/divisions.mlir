// Integers that have no quotient are reported; a CPU would end the process.

// RUN: act-run %s --device=simt --entry=f --input=x=2xi32=[7,-2] --output=- | FileCheck %s --check-prefix=FINE
// FINE: q: 5xi32
// FINE-NEXT: [-3, 1, 0, -7, -7]

// RUN: not act-run %s --device=simt --entry=f --input=x=2xi32=[7,0] 2>&1 | FileCheck %s --check-prefix=ZERO
// RUN: not act-run %s --device=simt --entry=f --input=x=2xi32=[-2147483648,-1] 2>&1 | FileCheck %s --check-prefix=LEAST
// RUN: act-run %s --device=simt --entry=f --input=x=2xi32=[-2147483647,-1]
// RUN: not act-run %s --device=simt --entry=by_constant --input=x=2xi32=[1,-2147483648] 2>&1 | FileCheck %s --check-prefix=CONSTANT
// RUN: not act-run %s --device=simt --entry=unsigned --input=x=2xi32=[7,0] 2>&1 | FileCheck %s --check-prefix=UNSIGNED
// RUN: act-run %s --device=simt --entry=unsigned --input=x=2xi32=[-2147483648,-1] --output=- | FileCheck %s --check-prefix=LARGE
// LARGE: q: 5xi32
// LARGE-NEXT: [0, 0, 0, 0, 0]
// RUN: not act-run %s --device=simt --entry=vectors --input=x=2xi32=[7,0] 2>&1 | FileCheck %s --check-prefix=VECTOR

module attributes {gpu.container_module} {
  gpu.module @kernels [#nvvm.target<chip = "sm_90">] {
    gpu.func @quotients(%x: !llvm.ptr<1>, %q: !llvm.ptr<1>) kernel {
      %p1 = llvm.getelementptr %x[1] : (!llvm.ptr<1>) -> !llvm.ptr<1>, i32
      %a = llvm.load %x {alignment = 4 : i64} : !llvm.ptr<1> -> i32
      %b = llvm.load %p1 {alignment = 4 : i64} : !llvm.ptr<1> -> i32
      // ZERO: act-run: error: {{.*}}divisions.mlir:[[@LINE+2]]:15: an integer is divided by 0 (thread (0, 0, 0) of block (0, 0, 0) of kernel 'quotients')
      // LEAST: act-run: error: {{.*}}divisions.mlir:[[@LINE+1]]:15: the least integer is divided by -1, and the quotient has no room in its type (thread (0, 0, 0) of block (0, 0, 0) of kernel 'quotients')
      %quot = arith.divsi %a, %b : i32
      %rest = arith.remsi %a, %b : i32
      %minus = arith.constant -1 : i32
      %rest3 = arith.remsi %b, %minus : i32
      %neg = arith.divsi %a, %minus : i32
      %last = arith.divsi %neg, %minus : i32
      %seven = arith.subi %rest3, %last : i32
      llvm.store %quot, %q {alignment = 4 : i64} : i32, !llvm.ptr<1>
      %q1 = llvm.getelementptr %q[1] : (!llvm.ptr<1>) -> !llvm.ptr<1>, i32
      llvm.store %rest, %q1 {alignment = 4 : i64} : i32, !llvm.ptr<1>
      %q2 = llvm.getelementptr %q[2] : (!llvm.ptr<1>) -> !llvm.ptr<1>, i32
      llvm.store %rest3, %q2 {alignment = 4 : i64} : i32, !llvm.ptr<1>
      %q3 = llvm.getelementptr %q[3] : (!llvm.ptr<1>) -> !llvm.ptr<1>, i32
      llvm.store %neg, %q3 {alignment = 4 : i64} : i32, !llvm.ptr<1>
      %q4 = llvm.getelementptr %q[4] : (!llvm.ptr<1>) -> !llvm.ptr<1>, i32
      llvm.store %seven, %q4 {alignment = 4 : i64} : i32, !llvm.ptr<1>
      gpu.return
    }
    gpu.func @by_constant(%x: !llvm.ptr<1>, %q: !llvm.ptr<1>) kernel {
      %p1 = llvm.getelementptr %x[1] : (!llvm.ptr<1>) -> !llvm.ptr<1>, i32
      %b = llvm.load %p1 {alignment = 4 : i64} : !llvm.ptr<1> -> i32
      %minus = arith.constant -1 : i32
      // CONSTANT: divisions.mlir:[[@LINE+1]]:16: the least integer is divided by -1
      %other = arith.remsi %b, %minus : i32
      llvm.store %other, %q {alignment = 4 : i64} : i32, !llvm.ptr<1>
      gpu.return
    }
    gpu.func @unsigned(%x: !llvm.ptr<1>, %q: !llvm.ptr<1>) kernel {
      %p1 = llvm.getelementptr %x[1] : (!llvm.ptr<1>) -> !llvm.ptr<1>, i32
      %a = llvm.load %x {alignment = 4 : i64} : !llvm.ptr<1> -> i32
      %b = llvm.load %p1 {alignment = 4 : i64} : !llvm.ptr<1> -> i32
      // UNSIGNED: divisions.mlir:[[@LINE+1]]:15: an integer is divided by 0
      %quot = arith.divui %a, %b : i32
      llvm.store %quot, %q {alignment = 4 : i64} : i32, !llvm.ptr<1>
      gpu.return
    }
    gpu.func @vectors(%x: !llvm.ptr<1>, %q: !llvm.ptr<1>) kernel {
      %both = llvm.load %x {alignment = 8 : i64} : !llvm.ptr<1> -> vector<2xi32>
      %ones = arith.constant dense<1> : vector<2xi32>
      // VECTOR: divisions.mlir:[[@LINE+1]]:15: an integer is divided by 0
      %rest = arith.remui %ones, %both : vector<2xi32>
      llvm.store %rest, %q {alignment = 4 : i64} : vector<2xi32>, !llvm.ptr<1>
      gpu.return
    }
  }

  func.func @f(%x: memref<2xi32> {act.name = "x"}, %q: memref<5xi32> {act.name = "q", act.result}) {
    %c1 = arith.constant 1 : index
    %xi = memref.extract_aligned_pointer_as_index %x : memref<2xi32> -> index
    %qi = memref.extract_aligned_pointer_as_index %q : memref<5xi32> -> index
    %xj = arith.index_cast %xi : index to i64
    %qj = arith.index_cast %qi : index to i64
    %xp = llvm.inttoptr %xj : i64 to !llvm.ptr<1>
    %qp = llvm.inttoptr %qj : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@quotients blocks in (%c1, %c1, %c1) threads in (%c1, %c1, %c1)
      args(%xp : !llvm.ptr<1>, %qp : !llvm.ptr<1>)
    return
  }

  func.func @by_constant(%x: memref<2xi32> {act.name = "x"}, %q: memref<5xi32> {act.name = "q", act.result}) {
    %c1 = arith.constant 1 : index
    %xi = memref.extract_aligned_pointer_as_index %x : memref<2xi32> -> index
    %qi = memref.extract_aligned_pointer_as_index %q : memref<5xi32> -> index
    %xj = arith.index_cast %xi : index to i64
    %qj = arith.index_cast %qi : index to i64
    %xp = llvm.inttoptr %xj : i64 to !llvm.ptr<1>
    %qp = llvm.inttoptr %qj : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@by_constant blocks in (%c1, %c1, %c1) threads in (%c1, %c1, %c1)
      args(%xp : !llvm.ptr<1>, %qp : !llvm.ptr<1>)
    return
  }

  func.func @unsigned(%x: memref<2xi32> {act.name = "x"}, %q: memref<5xi32> {act.name = "q", act.result}) {
    %c1 = arith.constant 1 : index
    %xi = memref.extract_aligned_pointer_as_index %x : memref<2xi32> -> index
    %qi = memref.extract_aligned_pointer_as_index %q : memref<5xi32> -> index
    %xj = arith.index_cast %xi : index to i64
    %qj = arith.index_cast %qi : index to i64
    %xp = llvm.inttoptr %xj : i64 to !llvm.ptr<1>
    %qp = llvm.inttoptr %qj : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@unsigned blocks in (%c1, %c1, %c1) threads in (%c1, %c1, %c1)
      args(%xp : !llvm.ptr<1>, %qp : !llvm.ptr<1>)
    return
  }

  func.func @vectors(%x: memref<2xi32> {act.name = "x"}, %q: memref<5xi32> {act.name = "q", act.result}) {
    %c1 = arith.constant 1 : index
    %xi = memref.extract_aligned_pointer_as_index %x : memref<2xi32> -> index
    %qi = memref.extract_aligned_pointer_as_index %q : memref<5xi32> -> index
    %xj = arith.index_cast %xi : index to i64
    %qj = arith.index_cast %qi : index to i64
    %xp = llvm.inttoptr %xj : i64 to !llvm.ptr<1>
    %qp = llvm.inttoptr %qj : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@vectors blocks in (%c1, %c1, %c1) threads in (%c1, %c1, %c1)
      args(%xp : !llvm.ptr<1>, %qp : !llvm.ptr<1>)
    return
  }
}
