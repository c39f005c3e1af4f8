// Kernels of losses with many classes have the bits of the CPU: rows that are
// read again for each pass, and rows that several blocks share.

// RUN: act-run %s --entry=long --output=res0=@%t.0.npy --output=res1=@%t.1.npy
// RUN: act-opt %s --act-gpu-pipeline=schedule=rows=streaming -o %t.mlir
// RUN: act-run %t.mlir --entry=long --device=simt --expect=res0=@%t.0.npy --expect=res1=@%t.1.npy --max-ulp=0
func.func @long(%x: tensor<2x33003xbf16>, %t: tensor<2xi64>, %g: tensor<2xf32>) -> (tensor<2xf32>, tensor<2x33003xbf16>) {
  %l, %dx = act.cross_entropy_with_grad %x, %t, %g reduction(none) {z_loss = 0.001}
      : tensor<2x33003xbf16>, tensor<2xi64> -> tensor<2xf32>, tensor<2x33003xbf16>
  return %l, %dx : tensor<2xf32>, tensor<2x33003xbf16>
}

// Any number of classes: blocks of a cluster that is as large as the rows ask
// for.
// RUN: act-run %s --entry=classes --dim=*=2 --dim=x.1=70000 --output=res0=@%t.0.npy --output=res1=@%t.1.npy
// RUN: act-run %s --entry=classes --dim=*=2 --dim=x.1=70000 --device=simt --expect=res0=@%t.0.npy --expect=res1=@%t.1.npy --max-ulp=0
func.func @classes(%x: tensor<?x?xbf16> {act.name = "x"}, %t: tensor<?xi64>, %g: tensor<?xf32>) -> (tensor<?xf32>, tensor<?x?xbf16>) {
  %l, %dx = act.cross_entropy_with_grad %x, %t, %g reduction(none) {label_smoothing = 0.1}
      : tensor<?x?xbf16>, tensor<?xi64> -> tensor<?xf32>, tensor<?x?xbf16>
  return %l, %dx : tensor<?xf32>, tensor<?x?xbf16>
}

// Blocks of a cluster share a row, of which one owns the target.
// RUN: act-run %s --entry=vocabulary --output=res0=@%t.0.npy --output=res1=@%t.1.npy
// RUN: act-run %s --entry=vocabulary --device=simt --expect=res0=@%t.0.npy --expect=res1=@%t.1.npy --max-ulp=0
func.func @vocabulary(%x: tensor<3x34000xbf16>, %t: tensor<3xi64>, %g: tensor<f32>) -> (tensor<f32>, tensor<3x34000xbf16>) {
  %l, %dx = act.cross_entropy_with_grad %x, %t, %g reduction(mean)
      : tensor<3x34000xbf16>, tensor<3xi64> -> tensor<f32>, tensor<3x34000xbf16>
  return %l, %dx : tensor<f32>, tensor<3x34000xbf16>
}

// Where no gradient is asked for, all blocks but the first end when that has the
// sums. What it reads and stores after that waits for nobody else.
// RUN: act-run %s --entry=alone --input=t=3xi64=[7,-100,33999] --output=res0=@%t.0.npy --output=res1=@%t.1.npy --output=res2=@%t.2.npy --output=res3=@%t.3.npy
// RUN: act-run %s --entry=alone --input=t=3xi64=[7,-100,33999] --device=simt --expect=res0=@%t.0.npy --expect=res1=@%t.1.npy --expect=res2=@%t.2.npy --expect=res3=@%t.3.npy --max-ulp=0
func.func @alone(%x: tensor<3x34000xbf16>, %t: tensor<3xi64> {act.name = "t"}) -> (tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xi64>) {
  %l, %lse, %h, %first = act.cross_entropy %x, %t reduction(none)
      extra(lse, entropy, argmax) {softcap = 20.0}
      : tensor<3x34000xbf16>, tensor<3xi64> -> tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xi64>
  return %l, %lse, %h, %first : tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xi64>
}

// The same in clusters that are as large as the rows ask for, with turns of warps.
// RUN: act-run %s --entry=capped --dim=*=2 --dim=x.1=20000 --output=res0=@%t.0.npy
// RUN: act-run %s --entry=capped --dim=*=2 --dim=x.1=20000 --device=simt --expect=res0=@%t.0.npy --max-ulp=0
// RUN: act-run %s --entry=capped --dim=*=2 --dim=x.1=5000 --output=res0=@%t.0.npy
// RUN: act-run %s --entry=capped --dim=*=2 --dim=x.1=5000 --device=simt --expect=res0=@%t.0.npy --max-ulp=0
func.func @capped(%x: tensor<?x?xf64> {act.name = "x"}, %t: tensor<?xi64>) -> tensor<?xf64> {
  %l = act.cross_entropy %x, %t reduction(none) {softcap = 30.0, temperature = 2.0}
      : tensor<?x?xf64>, tensor<?xi64> -> tensor<?xf64>
  return %l : tensor<?xf64>
}
