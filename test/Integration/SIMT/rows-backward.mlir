// Kernels of gradients of rows have the bits of the CPU, by any schedule.

// RUN: act-run %s --output=a=@%t.a.npy --output=b=@%t.b.npy --output=c=@%t.c.npy --output=d=@%t.d.npy
// DEFINE: %{expect} = --expect=a=@%t.a.npy --expect=b=@%t.b.npy --expect=c=@%t.c.npy --expect=d=@%t.d.npy --max-ulp=0
// RUN: act-run %s --device=simt %{expect}

// Rows are read again for each pass.
// RUN: act-opt %s --act-gpu-pipeline="schedule=rows=streaming,threads-per-row=64" -o %t.mlir
// RUN: FileCheck %s --check-prefix=STREAMING --input-file=%t.mlir
// RUN: act-run %t.mlir --device=simt %{expect}
// STREAMING-NOT: registers
//     STREAMING: family = "streaming", threads_per_block = 64 : i64, threads_per_row = 64 : i64

// Several blocks share a row.
// RUN: act-opt %s --act-gpu-pipeline="schedule=cluster=4" -o %t.mlir
// RUN: FileCheck %s --check-prefix=CLUSTER --input-file=%t.mlir
// RUN: act-run %t.mlir --device=simt %{expect}
// CLUSTER: cluster_size = 4
func.func @backward(%x: tensor<2x1000xf32>, %dy: tensor<2x1000xf32>, %m: tensor<1x1000xi1>, %dl: tensor<2xf32>,
                    %h: tensor<2x2104xf16>, %dh: tensor<2x2104xf16>)
    -> (tensor<2x1000xf32> {act.name = "a"}, tensor<2x2104xf16> {act.name = "b"},
        tensor<2x1000xf32> {act.name = "c"}, tensor<2x1000xf32> {act.name = "d"}) {
  %a = act.softmax_backward %dy, %x mask(%m : tensor<1x1000xi1>) {dim = 1} : tensor<2x1000xf32>
  %b = act.log_softmax_backward %dh, %h {dim = 1} : tensor<2x2104xf16>
  %c = act.logsumexp_backward %dl, %x {dim = 1} : tensor<2xf32>, tensor<2x1000xf32>
  %d = act.softmax_backward %dy, %x saved(output) empty_row(zero) {dim = 1} : tensor<2x1000xf32>
  return %a, %b, %c, %d : tensor<2x1000xf32>, tensor<2x2104xf16>, tensor<2x1000xf32>, tensor<2x1000xf32>
}
