// What the threads of a warp access at once lies side by side: kernels take no more
// sectors of global memory than their bytes have, in any type, and banks of shared
// memory wait for no other.

// DEFINE: %{entry} = f32
// DEFINE: %{sizes} = --dim=*=70
// DEFINE: %{check} = env ACT_FAKE_CUDA=run=1,quiet=1,profile=1 act-run %s --device=cuda \
// DEFINE:   --entry=%{entry} %{sizes} 2>&1 | grep "^fake: %{entry}_" > %t && \
// DEFINE:   not grep -Ev ': ([0-9]+) [a-z ]+, at least \1$' %t

// RUN: %{check}
// REDEFINE: %{entry} = f64
// RUN: %{check}
// REDEFINE: %{entry} = bf16
// RUN: %{check}
// REDEFINE: %{entry} = gradient
// RUN: %{check}
// REDEFINE: %{entry} = silu
// RUN: %{check}
// REDEFINE: %{entry} = swiglu
// RUN: %{check}
// REDEFINE: %{entry} = sum
// RUN: %{check}
// REDEFINE: %{entry} = loss
// REDEFINE: %{sizes} = --dim=*=8 --input=t=8xi64=randint:0:4096
// RUN: %{check}
// REDEFINE: %{entry} = columns
// REDEFINE: %{sizes} = --dim=*=3
// RUN: %{check}

// What lies apart is told.
// RUN: env ACT_FAKE_CUDA=run=1,quiet=1,profile=1 act-run %s --device=cuda \
// RUN:   --entry=apart --dim=*=3 2>&1 | FileCheck %s
// CHECK: fake: apart_softmax_columns: 900 sectors of global memory, at least 400

func.func @f32(%x: tensor<?x1024xf32> {act.name = "x"}) -> tensor<?x1024xf32> {
  %y = act.softmax %x : tensor<?x1024xf32>
  return %y : tensor<?x1024xf32>
}

func.func @f64(%x: tensor<?x1024xf64> {act.name = "x"}) -> tensor<?x1024xf64> {
  %y = act.softmax %x : tensor<?x1024xf64>
  return %y : tensor<?x1024xf64>
}

func.func @bf16(%x: tensor<?x1024xbf16> {act.name = "x"}) -> tensor<?x1024xbf16> {
  %y = act.softmax %x : tensor<?x1024xbf16>
  return %y : tensor<?x1024xbf16>
}

func.func @gradient(%x: tensor<?x1024xf32> {act.name = "x"}) -> tensor<?x1024xf32> {
  %y = act.softmax_backward %x, %x : tensor<?x1024xf32>
  return %y : tensor<?x1024xf32>
}

func.func @silu(%x: tensor<?x1024xf32> {act.name = "x"}) -> tensor<?x1024xf32> {
  %y = act.silu %x : tensor<?x1024xf32>
  return %y : tensor<?x1024xf32>
}

func.func @sum(%x: tensor<?x1024xf32> {act.name = "x"}, %i: tensor<?xf32> {act.name = "i"}) -> tensor<?xf32> {
  %y = linalg.reduce {arith.addf} ins(%x : tensor<?x1024xf32>) outs(%i : tensor<?xf32>) dimensions = [1]
  return %y : tensor<?xf32>
}

func.func @loss(%x: tensor<?x4096xf32> {act.name = "x"}, %t: tensor<?xi64> {act.name = "t"}, %dl: tensor<?xf32> {act.name = "dl"})
    -> (tensor<?xf32>, tensor<?x4096xf32>) {
  %l, %dx = act.cross_entropy_with_grad %x, %t, %dl reduction(none) {dim = 1} : tensor<?x4096xf32>, tensor<?xi64> -> tensor<?xf32>, tensor<?x4096xf32>
  return %l, %dx : tensor<?xf32>, tensor<?x4096xf32>
}

func.func @swiglu(%x: tensor<?x1024xbf16> {act.name = "x"}, %u: tensor<?x1024xbf16> {act.name = "u"}) -> tensor<?x1024xbf16> {
  %y = act.gate swiglu %x, %u : tensor<?x1024xbf16>
  return %y : tensor<?x1024xbf16>
}

func.func @columns(%x: tensor<?x100x64xf32> {act.name = "x"}) -> tensor<?x100x64xf32> {
  %y = act.softmax %x {dim = 1} : tensor<?x100x64xf32>
  return %y : tensor<?x100x64xf32>
}

func.func @apart(%x: tensor<?x100x5xf32> {act.name = "x"}) -> tensor<?x100x5xf32> {
  %y = act.softmax %x {dim = 1} : tensor<?x100x5xf32>
  return %y : tensor<?x100x5xf32>
}
