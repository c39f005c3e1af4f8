// Numbers that the host takes from memory, on SIMT as on the CPU: conditions of
// branches with loops in them, and numbers whose memory is written over.

// DEFINE: %{entry} = branches
// DEFINE: %{in} = --input=c=2xi1=zeros --input=n=index=2
// DEFINE: %{run} = act-run %s --entry=%{entry} --input=x=2x1500xf32=randn:seed=1 %{in}
// DEFINE: %{check} = \
// DEFINE:   %{run} --output=y=@%t.npy && \
// DEFINE:   %{run} --device=simt --expect=y=@%t.npy --max-ulp=0

// RUN: %{check}
// REDEFINE: %{in} = --input=c=2xi1=ones --input=n=index=2
// RUN: %{check}
func.func @branches(%x: tensor<2x1500xf32> {act.name = "x"}, %c: tensor<2xi1> {act.name = "c"},
                    %n: index {act.name = "n"}) -> (tensor<2x1500xf32> {act.name = "y"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %isTwice = tensor.extract %c[%c0] : tensor<2xi1>
  %y = scf.if %isTwice -> (tensor<2x1500xf32>) {
    %r = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x) -> (tensor<2x1500xf32>) {
      %s = arith.addf %a, %a : tensor<2x1500xf32>
      scf.yield %s : tensor<2x1500xf32>
    }
    scf.yield %r : tensor<2x1500xf32>
  } else {
    %p = act.softmax %x : tensor<2x1500xf32>
    scf.yield %p : tensor<2x1500xf32>
  }
  return %y : tensor<2x1500xf32>
}

// What a branch reads need not be there on the other side.

// REDEFINE: %{entry} = position
// REDEFINE: %{in} = --input=k=index=1400
// RUN: %{check}
// REDEFINE: %{in} = --input=k=index=1000000000
// RUN: %{check}
func.func @position(%x: tensor<2x1500xf32> {act.name = "x"}, %k: tensor<index> {act.name = "k"})
    -> (tensor<2x1500xf32> {act.name = "y"}) {
  %c0 = arith.constant 0 : index
  %c1500 = arith.constant 1500 : index
  %i = tensor.extract %k[] : tensor<index>
  %isThere = arith.cmpi ult, %i, %c1500 : index
  %y = scf.if %isThere -> (tensor<2x1500xf32>) {
    %s = tensor.extract %x[%c0, %i] : tensor<2x1500xf32>
    %b = tensor.splat %s : tensor<2x1500xf32>
    %m = arith.mulf %x, %b : tensor<2x1500xf32>
    scf.yield %m : tensor<2x1500xf32>
  } else {
    %m = act.silu %x : tensor<2x1500xf32>
    scf.yield %m : tensor<2x1500xf32>
  }
  return %y : tensor<2x1500xf32>
}

// A row-wise operation writes over the number, before it is used.

// REDEFINE: %{entry} = rows
// REDEFINE: %{in} =
// RUN: %{check}
func.func @rows(%x: tensor<2x1500xf32> {act.name = "x"}) -> (tensor<2x1500xf32> {act.name = "y"}) {
  %c0 = arith.constant 0 : index
  %t = act.silu %x : tensor<2x1500xf32>
  %s = tensor.extract %t[%c0, %c0] : tensor<2x1500xf32>
  %m = act.softmax ins(%x : tensor<2x1500xf32>) outs(%t : tensor<2x1500xf32>)
  %b = tensor.splat %s : tensor<2x1500xf32>
  %y = arith.addf %m, %b : tensor<2x1500xf32>
  return %y : tensor<2x1500xf32>
}

// The operation that uses the number writes over it.

// REDEFINE: %{entry} = itself
// RUN: %{check}
func.func @itself(%x: tensor<2x1500xf32> {act.name = "x"}) -> (tensor<2x1500xf32> {act.name = "y"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %y = scf.for %i = %c0 to %c3 step %c1 iter_args(%a = %x) -> (tensor<2x1500xf32>) {
    %s = tensor.extract %a[%c0, %c0] : tensor<2x1500xf32>
    %b = tensor.splat %s : tensor<2x1500xf32>
    %next = arith.addf %a, %b : tensor<2x1500xf32>
    scf.yield %next : tensor<2x1500xf32>
  }
  return %y : tensor<2x1500xf32>
}
