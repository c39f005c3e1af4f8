// Kernels of rows have the bits of the CPU, whatever the family: rows of one
// warp, of several, of any length, aligned or not, chosen when they run.

// RUN: act-run %s --entry=any --input=5x7xf32=randn:seed=1 --output=res0=@%t.0.npy --output=res1=@%t.1.npy
// RUN: act-run %s --entry=any --input=5x7xf32=randn:seed=1 --device=simt --expect=res0=@%t.0.npy --expect=res1=@%t.1.npy --max-ulp=0
// RUN: act-run %s --entry=any --input=2x5000xf32=randn:seed=3 --output=res0=@%t.0.npy --output=res1=@%t.1.npy
// RUN: act-run %s --entry=any --input=2x5000xf32=randn:seed=3 --device=simt --expect=res0=@%t.0.npy --expect=res1=@%t.1.npy --max-ulp=0
// RUN: act-run %s --entry=any --input=2x9001xf32=randn:seed=4 --output=res0=@%t.0.npy --output=res1=@%t.1.npy
// RUN: act-run %s --entry=any --input=2x9001xf32=randn:seed=4 --device=simt --expect=res0=@%t.0.npy --expect=res1=@%t.1.npy --max-ulp=0

// More chunks than shared memory holds the sums of.
// RUN: act-run %s --entry=any --input=1x2200000xf32=randn:seed=5 --output=res1=@%t.1.npy
// RUN: act-run %s --entry=any --input=1x2200000xf32=randn:seed=5 --device=simt --expect=res1=@%t.1.npy --max-ulp=0
func.func @any(%x: tensor<?x?xf32>) -> (tensor<?x?xf32>, tensor<?xf32>) {
  %y, %lse = act.softmax %x {dim = 1} : tensor<?x?xf32> -> tensor<?x?xf32>, tensor<?xf32>
  return %y, %lse : tensor<?x?xf32>, tensor<?xf32>
}

// No rows, and rows of nothing.
// RUN: act-run %s --entry=any --input=0x8xf32=zeros --device=simt --output=res1=- | FileCheck %s --check-prefix=NONE
// RUN: act-run %s --entry=any --input=2x0xf32=zeros --device=simt --output=res1=- | FileCheck %s --check-prefix=EMPTY
// NONE: []
// EMPTY: -inf, -inf

// RUN: act-run %s --entry=forward --output=a=@%t.a.npy --output=b=@%t.b.npy --output=c=@%t.c.npy --output=d=@%t.d.npy
// RUN: act-run %s --entry=forward --device=simt --expect=a=@%t.a.npy --expect=b=@%t.b.npy --expect=c=@%t.c.npy --expect=d=@%t.d.npy --max-ulp=0
// RUN: act-run %s --entry=forward --accuracy=exact --output=a=@%t.a.npy --output=b=@%t.b.npy --output=c=@%t.c.npy --output=d=@%t.d.npy
// RUN: act-run %s --entry=forward --accuracy=exact --device=simt --expect=a=@%t.a.npy --expect=b=@%t.b.npy --expect=c=@%t.c.npy --expect=d=@%t.d.npy --max-ulp=0
func.func @forward(%x: tensor<3x3000xf32>, %m: tensor<3x3000xi1>, %h: tensor<3x301xbf16>)
    -> (tensor<3x3000xf32> {act.name = "a"}, tensor<3x3000xf32> {act.name = "b"},
        tensor<3xf32> {act.name = "c"}, tensor<3x301xbf16> {act.name = "d"}) {
  %a = act.softmax %x mask(%m : tensor<3x3000xi1>) empty_row(uniform) {dim = 1} : tensor<3x3000xf32>
  %b = act.log_softmax %x {dim = 1, softcap = 30.0, temperature = 2.5} : tensor<3x3000xf32>
  %c = act.logsumexp %x {dim = 1} : tensor<3x3000xf32> -> tensor<3xf32>
  %d = act.softmin %h {dim = 1} : tensor<3x301xbf16>
  return %a, %b, %c, %d : tensor<3x3000xf32>, tensor<3x3000xf32>, tensor<3xf32>, tensor<3x301xbf16>
}

// RUN: act-run %s --entry=backward --output=a=@%t.a.npy --output=b=@%t.b.npy --output=c=@%t.c.npy --output=d=@%t.d.npy
// RUN: act-run %s --entry=backward --device=simt --expect=a=@%t.a.npy --expect=b=@%t.b.npy --expect=c=@%t.c.npy --expect=d=@%t.d.npy --max-ulp=0
func.func @backward(%x: tensor<3x1000xf32>, %dy: tensor<3x1000xf32>, %m: tensor<1x1000xi1>, %dl: tensor<3xf32>,
                    %h: tensor<2x2100xf16>, %dh: tensor<2x2100xf16>)
    -> (tensor<3x1000xf32> {act.name = "a"}, tensor<2x2100xf16> {act.name = "b"},
        tensor<3x1000xf32> {act.name = "c"}, tensor<3x1000xf32> {act.name = "d"}) {
  %a = act.softmax_backward %dy, %x mask(%m : tensor<1x1000xi1>) {dim = 1} : tensor<3x1000xf32>
  %b = act.log_softmax_backward %dh, %h {dim = 1} : tensor<2x2100xf16>
  %c = act.logsumexp_backward %dl, %x {dim = 1} : tensor<3xf32>, tensor<3x1000xf32>
  %d = act.softmax_backward %dy, %x saved(output) empty_row(zero) {dim = 1} : tensor<3x1000xf32>
  return %a, %b, %c, %d : tensor<3x1000xf32>, tensor<2x2100xf16>, tensor<3x1000xf32>, tensor<3x1000xf32>
}

// Rows whose elements lie apart; f64.
// RUN: act-run %s --entry=apart --output=res0=@%t.0.npy
// RUN: act-run %s --entry=apart --device=simt --expect=res0=@%t.0.npy --max-ulp=0
func.func @apart(%x: tensor<2x300x5xf64>) -> tensor<2x300x5xf64> {
  %y = act.softmax %x {dim = 1} : tensor<2x300x5xf64>
  return %y : tensor<2x300x5xf64>
}

// The schedule can be set: rows are read again for each pass.
// RUN: act-opt %s --act-gpu-pipeline="schedule=rows=streaming,threads-per-row=64" -o %t.mlir
// RUN: FileCheck %s --check-prefix=SET --input-file=%t.mlir
// RUN: act-run %t.mlir --entry=backward --device=simt --expect=a=@%t.a.npy --expect=b=@%t.b.npy --expect=c=@%t.c.npy --expect=d=@%t.d.npy --max-ulp=0
// SET-LABEL: gpu.module @backward_kernels
//   SET-NOT: registers
//       SET: family = "streaming", threads_per_block = 64 : i64, threads_per_row = 64 : i64
// SET-LABEL: func.func @backward

// Several blocks share a row.
// RUN: act-opt %s --act-gpu-pipeline="schedule=cluster=4" -o %t.mlir
// RUN: FileCheck %s --check-prefix=CLUSTER --input-file=%t.mlir
// RUN: act-run %t.mlir --entry=backward --device=simt --expect=a=@%t.a.npy --expect=b=@%t.b.npy --expect=c=@%t.c.npy --expect=d=@%t.d.npy --max-ulp=0
// CLUSTER-LABEL: gpu.module @backward_kernels
//       CLUSTER: cluster_size = 4
// CLUSTER-LABEL: func.func @backward

// Rows that share a warp, of which the last ones do not exist.
// RUN: act-run %s --entry=narrow --input=5x50xf32=randn --input=5x50xf32=randn:seed=7 --output=res0=@%t.0.npy --output=res1=@%t.1.npy
// RUN: act-run %s --entry=narrow --input=5x50xf32=randn --input=5x50xf32=randn:seed=7 --device=simt --expect=res0=@%t.0.npy --expect=res1=@%t.1.npy --max-ulp=0
// RUN: act-run %s --entry=narrow --input=0x50xf32=zeros --input=0x50xf32=zeros --device=simt --output=res1=- | FileCheck %s --check-prefix=NONE
func.func @narrow(%x: tensor<?x50xf32>, %dy: tensor<?x50xf32>) -> (tensor<?x50xf32>, tensor<?xf32>) {
  %l = act.logsumexp %x {dim = 1} : tensor<?x50xf32> -> tensor<?xf32>
  %dx = act.softmax_backward %dy, %x {dim = 1} : tensor<?x50xf32>
  return %dx, %l : tensor<?x50xf32>, tensor<?xf32>
}
