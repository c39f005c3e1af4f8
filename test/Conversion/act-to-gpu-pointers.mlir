// What pointers of kernels say.

// RUN: split-file %s %t
// RUN: act-opt %t/programs.mlir --act-gpu-pipeline | FileCheck %s
// RUN: act-opt %t/memory.mlir --act-to-gpu | FileCheck %s --check-prefix=MEMORY
// RUN: act-compile %t/programs.mlir --entry=two --emit=ptx | FileCheck %s --check-prefix=PTX

// Rows may be written over what they are made of.
// CHECK-LABEL: gpu.func @rows_softmax_registers(
//  CHECK-SAME:   %{{[^:]*}}: !llvm.ptr<1> {llvm.readonly}, %{{[^:]*}}: !llvm.ptr<1>)

// A loss is not. But where blocks of a cluster wait for each other the assembler
// would move loads of the read-only cache behind that.
// CHECK-LABEL: gpu.func @loss_logsumexp_registers(
//  CHECK-SAME:   %{{[^:]*}}: !llvm.ptr<1> {llvm.noalias, llvm.readonly}, %{{[^:]*}}: !llvm.ptr<1> {llvm.noalias})
// CHECK-LABEL: gpu.func @clusters_logsumexp_registers(
//  CHECK-SAME:   %{{[^:]*}}: !llvm.ptr<1> {llvm.readonly}, %{{[^:]*}}: !llvm.ptr<1>)

// An elementwise function may, too, but not where y lies in the memory of c, which
// each row reads.
// CHECK-LABEL: gpu.func @bias_elementwise_tiles(
//  CHECK-SAME:   %{{[^:]*}}: !llvm.ptr<1> {llvm.readonly}, %{{[^:]*}}: !llvm.ptr<1> {llvm.noalias, llvm.readonly}, %{{[^:]*}}: !llvm.ptr<1>)

// Temporaries are nothing else's memory, even those that are read and written.
// CHECK-LABEL: gpu.func @two_elementwise_tiles(
//  CHECK-SAME:   !llvm.ptr<1> {llvm.noalias, llvm.readonly}
//  CHECK-SAME:   !llvm.ptr<1> {llvm.noalias}
// PTX: ld.global.nc.v4.b32
// PTX-NOT: ld.global.v4

// Nothing is known of memory that no result is.
// MEMORY-LABEL: gpu.func
//   MEMORY-NOT:   llvm.noalias

// What a loop hands on is any memory: the input of the copy may be its output in
// another turn.
// MEMORY-LABEL: gpu.func @turns_elementwise_tiles(
//  MEMORY-SAME:   %{{[^:]*}}: !llvm.ptr<1> {llvm.readonly}, %{{[^:]*}}: !llvm.ptr<1> {llvm.readonly}, %{{[^:]*}}: !llvm.ptr<1>)

//--- programs.mlir
func.func @rows(%x: tensor<8x1024xf32>) -> tensor<8x1024xf32> {
  %y = act.softmax %x : tensor<8x1024xf32>
  return %y : tensor<8x1024xf32>
}
func.func @loss(%x: tensor<8x8192xbf16>) -> tensor<8xf32> {
  %l = act.logsumexp %x : tensor<8x8192xbf16> -> tensor<8xf32>
  return %l : tensor<8xf32>
}
func.func @clusters(%x: tensor<8x65536xbf16>) -> tensor<8xf32> {
  %l = act.logsumexp %x : tensor<8x65536xbf16> -> tensor<8xf32>
  return %l : tensor<8xf32>
}
func.func @bias(%x: tensor<8x1024xf32>, %b: tensor<1024xf32>) -> tensor<8x1024xf32> {
  %y = act.silu %x : tensor<8x1024xf32>
  %e = tensor.empty() : tensor<8x1024xf32>
  %c = linalg.broadcast ins(%b : tensor<1024xf32>) outs(%e : tensor<8x1024xf32>) dimensions = [0]
  %s = arith.addf %y, %c : tensor<8x1024xf32>
  return %s : tensor<8x1024xf32>
}
func.func @two(%x: tensor<8x1024xf32>) -> tensor<8x1024xf32> {
  %y = act.silu %x : tensor<8x1024xf32>
  %z = act.softmax %y : tensor<8x1024xf32>
  return %z : tensor<8x1024xf32>
}

//--- memory.mlir
func.func @memory(%x: memref<8x1024xf32>, %y: memref<8x1024xf32>) {
  act.softmax ins(%x : memref<8x1024xf32>) outs(%y : memref<8x1024xf32>)
  return
}
func.func @turns(%x: memref<8xf32>, %n: index, %y: memref<8xf32> {act.result}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %a = memref.alloc() : memref<8xf32>
  %r:2 = scf.for %i = %c0 to %n step %c1 iter_args(%p = %a, %q = %y) -> (memref<8xf32>, memref<8xf32>) {
    linalg.add ins(%p, %x : memref<8xf32>, memref<8xf32>) outs(%q : memref<8xf32>)
    scf.yield %q, %p : memref<8xf32>, memref<8xf32>
  }
  memref.dealloc %a : memref<8xf32>
  return
}
