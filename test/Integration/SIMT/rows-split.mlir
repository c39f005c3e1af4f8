// Rows that are split among blocks, with a launch for each pass, have the bits
// of the CPU: each block merges what all have found.

// RUN: act-opt %s --act-gpu-pipeline="schedule=rows=split,threads=64" -o %t.mlir
// RUN: FileCheck %s --input-file=%t.mlir
// CHECK-NOT: family = "registers"

// RUN: act-run %s --entry=forward --output=a=@%t.a.npy --output=b=@%t.b.npy --output=c=@%t.c.npy
// RUN: act-run %t.mlir --entry=forward --device=simt --expect=a=@%t.a.npy --expect=b=@%t.b.npy --expect=c=@%t.c.npy --max-ulp=0
// CHECK-COUNT-3: gpu.func @forward_softmax_split{{.*}} family = "split", {{.*}}threads_per_block = 64
//     CHECK-NOT: gpu.func @forward_softmax
func.func @forward(%x: tensor<2x9001xf32>, %m: tensor<2x9001xi1>, %h: tensor<3x4104xbf16>)
    -> (tensor<2x9001xf32> {act.name = "a"}, tensor<2x9001xf32> {act.name = "b"},
        tensor<3x4104xbf16> {act.name = "c"}) {
  %a = act.softmax %x mask(%m : tensor<2x9001xi1>) empty_row(uniform) {dim = 1} : tensor<2x9001xf32>
  %b = act.log_softmax %x {dim = 1, softcap = 30.0, temperature = 2.5} : tensor<2x9001xf32>
  %c = act.softmin %h {dim = 1} : tensor<3x4104xbf16>
  return %a, %b, %c : tensor<2x9001xf32>, tensor<2x9001xf32>, tensor<3x4104xbf16>
}

// RUN: act-run %s --entry=backward --output=a=@%t.a.npy --output=b=@%t.b.npy --output=c=@%t.c.npy
// RUN: act-run %t.mlir --entry=backward --device=simt --expect=a=@%t.a.npy --expect=b=@%t.b.npy --expect=c=@%t.c.npy --max-ulp=0
func.func @backward(%x: tensor<2x5001xf32>, %dy: tensor<2x5001xf32>, %l: tensor<2xf32>, %dl: tensor<2xf32>)
    -> (tensor<2x5001xf32> {act.name = "a"}, tensor<2x5001xf32> {act.name = "b"},
        tensor<2x5001xf32> {act.name = "c"}) {
  %a = act.log_softmax_backward %dy, %x {dim = 1} : tensor<2x5001xf32>
  %b = act.softmax_backward %dy, %x saved(output) empty_row(zero) {dim = 1} : tensor<2x5001xf32>
  %c = act.logsumexp_backward %dl, %x, %l {dim = 1} : tensor<2xf32>, tensor<2x5001xf32>, tensor<2xf32>
  return %a, %b, %c : tensor<2x5001xf32>, tensor<2x5001xf32>, tensor<2x5001xf32>
}
