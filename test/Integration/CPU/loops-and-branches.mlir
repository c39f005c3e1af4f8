// Tensors that loops carry and branches choose, against the same written out.

// DEFINE: %{entry} = recurrence
// DEFINE: %{device} = cpu
// DEFINE: %{run} = act-run %s --input=x=5x8xf32=randn:seed=1 --input=y=5x8xf32=randn:seed=2
// DEFINE: %{check} = \
// DEFINE:   %{run} --entry=plain_%{entry} --output=a=@%t.npy && \
// DEFINE:   %{run} --entry=%{entry} --device=%{device} --expect=a=@%t.npy --max-ulp=0

// What a turn makes of what it got: elementwise, and by rows.

// RUN: %{check}
// REDEFINE: %{device} = simt
// RUN: %{check}
func.func @recurrence(%x: tensor<?x?xf32> {act.name = "x"}, %y: tensor<?x?xf32> {act.name = "y"})
    -> (tensor<?x?xf32> {act.name = "a"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%h = %x) -> (tensor<?x?xf32>) {
    %p = act.softmax %h : tensor<?x?xf32>
    %s = arith.addf %p, %y : tensor<?x?xf32>
    %g = act.gelu %s : tensor<?x?xf32>
    %n = arith.subf %h, %g : tensor<?x?xf32>
    scf.yield %n : tensor<?x?xf32>
  }
  return %r : tensor<?x?xf32>
}
func.func @plain_recurrence(%x: tensor<?x?xf32> {act.name = "x"}, %y: tensor<?x?xf32> {act.name = "y"})
    -> (tensor<?x?xf32> {act.name = "a"}) {
  %0 = call @step(%x, %y) : (tensor<?x?xf32>, tensor<?x?xf32>) -> tensor<?x?xf32>
  %1 = call @step(%0, %y) : (tensor<?x?xf32>, tensor<?x?xf32>) -> tensor<?x?xf32>
  %2 = call @step(%1, %y) : (tensor<?x?xf32>, tensor<?x?xf32>) -> tensor<?x?xf32>
  return %2 : tensor<?x?xf32>
}
func.func private @step(%h: tensor<?x?xf32>, %y: tensor<?x?xf32>) -> tensor<?x?xf32> {
  %p = act.softmax %h : tensor<?x?xf32>
  %s = arith.addf %p, %y : tensor<?x?xf32>
  %g = act.gelu %s : tensor<?x?xf32>
  %n = arith.subf %h, %g : tensor<?x?xf32>
  return %n : tensor<?x?xf32>
}

// Two that change places: neither is lost.

// REDEFINE: %{entry} = swap
// REDEFINE: %{device} = cpu
// RUN: %{check}
// REDEFINE: %{device} = simt
// RUN: %{check}
func.func @swap(%x: tensor<5x8xf32> {act.name = "x"}, %y: tensor<5x8xf32> {act.name = "y"})
    -> (tensor<5x8xf32> {act.name = "a"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %r:2 = scf.for %i = %c0 to %c3 step %c1 iter_args(%h = %x, %k = %y)
      -> (tensor<5x8xf32>, tensor<5x8xf32>) {
    scf.yield %k, %h : tensor<5x8xf32>, tensor<5x8xf32>
  }
  %d = arith.subf %r#0, %r#1 : tensor<5x8xf32>
  return %d : tensor<5x8xf32>
}
func.func @plain_swap(%x: tensor<5x8xf32> {act.name = "x"}, %y: tensor<5x8xf32> {act.name = "y"})
    -> (tensor<5x8xf32> {act.name = "a"}) {
  %d = arith.subf %y, %x : tensor<5x8xf32>
  return %d : tensor<5x8xf32>
}

// A tensor that grows: on the CPU each turn has its own memory.

// REDEFINE: %{entry} = growth
// REDEFINE: %{device} = cpu
// RUN: %{check}
func.func @growth(%x: tensor<5x8xf32> {act.name = "x"}, %y: tensor<5x8xf32> {act.name = "y"})
    -> (tensor<8xf32> {act.name = "a"}) {
  %zeros = arith.constant dense<0.0> : tensor<8xf32>
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %start = tensor.cast %x : tensor<5x8xf32> to tensor<?x8xf32>
  %r = scf.for %i = %c0 to %c2 step %c1 iter_args(%h = %start) -> (tensor<?x8xf32>) {
    %g = act.relu %y : tensor<5x8xf32>
    %n = tensor.concat dim(0) %h, %g : (tensor<?x8xf32>, tensor<5x8xf32>) -> tensor<?x8xf32>
    scf.yield %n : tensor<?x8xf32>
  }
  %a = linalg.reduce { arith.addf } ins(%r : tensor<?x8xf32>) outs(%zeros : tensor<8xf32>) dimensions = [0]
  return %a : tensor<8xf32>
}
func.func @plain_growth(%x: tensor<5x8xf32> {act.name = "x"}, %y: tensor<5x8xf32> {act.name = "y"})
    -> (tensor<8xf32> {act.name = "a"}) {
  %zeros = arith.constant dense<0.0> : tensor<8xf32>
  %g = act.relu %y : tensor<5x8xf32>
  %all = tensor.concat dim(0) %x, %g, %g
    : (tensor<5x8xf32>, tensor<5x8xf32>, tensor<5x8xf32>) -> tensor<15x8xf32>
  %a = linalg.reduce { arith.addf } ins(%all : tensor<15x8xf32>) outs(%zeros : tensor<8xf32>) dimensions = [0]
  return %a : tensor<8xf32>
}

// Sides of branches: made there, and handed through. Sizes are known beyond.

// REDEFINE: %{entry} = branches
// RUN: %{check}
// REDEFINE: %{device} = simt
// RUN: %{check}
func.func @branches(%x: tensor<?x?xf32> {act.name = "x"}, %y: tensor<?x?xf32> {act.name = "y"})
    -> (tensor<?x?xf32> {act.name = "a"}, tensor<?x?xf32>, tensor<?x?xf32>) {
  %c0 = arith.constant 0 : index
  %c4 = arith.constant 4 : index
  %n = tensor.dim %x, %c0 : tensor<?x?xf32>
  %is_long = arith.cmpi sgt, %n, %c4 : index
  %t = act.tanh %x : tensor<?x?xf32>
  %first = scf.if %is_long -> (tensor<?x?xf32>) {
    %0 = act.gelu %t : tensor<?x?xf32>
    scf.yield %0 : tensor<?x?xf32>
  } else {
    scf.yield %t : tensor<?x?xf32>
  }
  %second = scf.if %is_long -> (tensor<?x?xf32>) {
    scf.yield %first : tensor<?x?xf32>
  } else {
    %0 = act.silu %x : tensor<?x?xf32>
    scf.yield %0 : tensor<?x?xf32>
  }
  %s = act.softplus %first : tensor<?x?xf32>
  %u = arith.addf %s, %second : tensor<?x?xf32>
  %a = act.gate swiglu %u, %y : tensor<?x?xf32>
  return %a, %first, %t : tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>
}
func.func @plain_branches(%x: tensor<?x?xf32> {act.name = "x"}, %y: tensor<?x?xf32> {act.name = "y"})
    -> (tensor<?x?xf32> {act.name = "a"}) {
  %t = act.tanh %x : tensor<?x?xf32>
  %g = act.gelu %t : tensor<?x?xf32>
  %s = act.softplus %g : tensor<?x?xf32>
  %u = arith.addf %s, %g : tensor<?x?xf32>
  %a = act.gate swiglu %u, %y : tensor<?x?xf32>
  return %a : tensor<?x?xf32>
}

// A loop in a loop, whose sizes follow from each other.

// REDEFINE: %{entry} = nested
// REDEFINE: %{device} = cpu
// RUN: %{check}
// REDEFINE: %{device} = simt
// RUN: %{check}
func.func @nested(%x: tensor<?x?xf32> {act.name = "x"}, %y: tensor<?x?xf32> {act.name = "y"})
    -> (tensor<?x?xf32> {act.name = "a"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %r:2 = scf.for %i = %c0 to %c2 step %c1 iter_args(%h = %x, %k = %x)
      -> (tensor<?x?xf32>, tensor<?x?xf32>) {
    %in:2 = scf.for %j = %c0 to %c2 step %c1 iter_args(%p = %h, %q = %k)
        -> (tensor<?x?xf32>, tensor<?x?xf32>) {
      %s = arith.addf %p, %q : tensor<?x?xf32>
      scf.yield %q, %s : tensor<?x?xf32>, tensor<?x?xf32>
    }
    scf.yield %in#1, %in#0 : tensor<?x?xf32>, tensor<?x?xf32>
  }
  %a = arith.subf %r#0, %r#1 : tensor<?x?xf32>
  return %a : tensor<?x?xf32>
}
// (1, 1) is (2, 3) after one round and, turned, (5, 7) after the next.
func.func @plain_nested(%x: tensor<?x?xf32> {act.name = "x"}, %y: tensor<?x?xf32> {act.name = "y"})
    -> (tensor<?x?xf32> {act.name = "a"}) {
  %2 = arith.addf %x, %x : tensor<?x?xf32>
  %3 = arith.addf %x, %2 : tensor<?x?xf32>
  %5 = arith.addf %3, %2 : tensor<?x?xf32>
  %7 = arith.addf %2, %5 : tensor<?x?xf32>
  %a = arith.subf %7, %5 : tensor<?x?xf32>
  return %a : tensor<?x?xf32>
}

// What one turn leaves is there in the next, where its size is not known to be
// that of what it takes the place of.

// REDEFINE: %{entry} = before
// REDEFINE: %{device} = cpu
// RUN: %{check}
func.func @before(%x: tensor<?x8xf32> {act.name = "x"}, %y: tensor<?x8xf32> {act.name = "y"})
    -> (tensor<8xf32> {act.name = "a"}) {
  %zeros = arith.constant dense<0.0> : tensor<8xf32>
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %r:2 = scf.for %i = %c0 to %c3 step %c1 iter_args(%h = %x, %k = %y)
      -> (tensor<?x8xf32>, tensor<?x8xf32>) {
    %g = arith.addf %h, %h : tensor<?x8xf32>
    scf.yield %g, %h : tensor<?x8xf32>, tensor<?x8xf32>
  }
  %a = linalg.reduce { arith.addf } ins(%r#1 : tensor<?x8xf32>) outs(%zeros : tensor<8xf32>) dimensions = [0]
  return %a : tensor<8xf32>
}
func.func @plain_before(%x: tensor<?x8xf32> {act.name = "x"}, %y: tensor<?x8xf32> {act.name = "y"})
    -> (tensor<8xf32> {act.name = "a"}) {
  %zeros = arith.constant dense<0.0> : tensor<8xf32>
  %2 = arith.addf %x, %x : tensor<?x8xf32>
  %4 = arith.addf %2, %2 : tensor<?x8xf32>
  %a = linalg.reduce { arith.addf } ins(%4 : tensor<?x8xf32>) outs(%zeros : tensor<8xf32>) dimensions = [0]
  return %a : tensor<8xf32>
}

// Elements written into what the turn got, on one side of a branch.

// REDEFINE: %{entry} = update
// RUN: %{check}
// REDEFINE: %{device} = simt
// RUN: %{check}
func.func @update(%x: tensor<5x8xf32> {act.name = "x"}, %y: tensor<5x8xf32> {act.name = "y"})
    -> (tensor<5x8xf32> {act.name = "a"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c5 = arith.constant 5 : index
  %r = scf.for %i = %c0 to %c5 step %c1 iter_args(%h = %x) -> (tensor<5x8xf32>) {
    %c = arith.cmpi slt, %i, %c2 : index
    %n = scf.if %c -> (tensor<5x8xf32>) {
      %e = tensor.extract_slice %y[%i, 0] [1, 8] [1, 1] : tensor<5x8xf32> to tensor<1x8xf32>
      %g = act.relu %e : tensor<1x8xf32>
      %m = tensor.insert_slice %g into %h[%i, 0] [1, 8] [1, 1] : tensor<1x8xf32> into tensor<5x8xf32>
      scf.yield %m : tensor<5x8xf32>
    } else {
      scf.yield %h : tensor<5x8xf32>
    }
    scf.yield %n : tensor<5x8xf32>
  }
  return %r : tensor<5x8xf32>
}
func.func @plain_update(%x: tensor<5x8xf32> {act.name = "x"}, %y: tensor<5x8xf32> {act.name = "y"})
    -> (tensor<5x8xf32> {act.name = "a"}) {
  %e = tensor.extract_slice %y[0, 0] [2, 8] [1, 1] : tensor<5x8xf32> to tensor<2x8xf32>
  %g = act.relu %e : tensor<2x8xf32>
  %a = tensor.insert_slice %g into %x[0, 0] [2, 8] [1, 1] : tensor<2x8xf32> into tensor<5x8xf32>
  return %a : tensor<5x8xf32>
}

// On a GPU the host would have to find out what to free.

// RUN: not act-run %s --entry=before --device=simt --dim=*=5 2>&1 | FileCheck %s
// CHECK: loops-and-branches.mlir:[[#]]:[[#]]: error: 'scf.for' op hands on tensors in changing memory, which is not lowered for GPUs yet; it stays the same where sizes are known to

// What changes places through a branch.

// REDEFINE: %{entry} = through_branch
// REDEFINE: %{device} = cpu
// RUN: %{check}
// REDEFINE: %{device} = simt
// RUN: %{check}
func.func @through_branch(%x: tensor<5x8xf32> {act.name = "x"}, %y: tensor<5x8xf32> {act.name = "y"})
    -> (tensor<5x8xf32> {act.name = "a"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %r:2 = scf.for %i = %c0 to %c3 step %c1 iter_args(%h = %x, %k = %y)
      -> (tensor<5x8xf32>, tensor<5x8xf32>) {
    %s = arith.addf %h, %k : tensor<5x8xf32>
    %isEarly = arith.cmpi slt, %i, %c2 : index
    %q:2 = scf.if %isEarly -> (tensor<5x8xf32>, tensor<5x8xf32>) {
      scf.yield %s, %h : tensor<5x8xf32>, tensor<5x8xf32>
    } else {
      scf.yield %k, %h : tensor<5x8xf32>, tensor<5x8xf32>
    }
    scf.yield %q#0, %q#1 : tensor<5x8xf32>, tensor<5x8xf32>
  }
  %d = arith.subf %r#0, %r#1 : tensor<5x8xf32>
  return %d : tensor<5x8xf32>
}
func.func @plain_through_branch(%x: tensor<5x8xf32> {act.name = "x"}, %y: tensor<5x8xf32> {act.name = "y"})
    -> (tensor<5x8xf32> {act.name = "a"}) {
  %1 = arith.addf %x, %y : tensor<5x8xf32>
  %2 = arith.addf %1, %x : tensor<5x8xf32>
  %d = arith.subf %1, %2 : tensor<5x8xf32>
  return %d : tensor<5x8xf32>
}

// One side changes a part in place, and the whole is read after it.

// REDEFINE: %{entry} = part
// REDEFINE: %{device} = cpu
// RUN: %{check}
// REDEFINE: %{device} = simt
// RUN: %{check}
func.func @part(%x: tensor<5x8xf32> {act.name = "x"}, %y: tensor<5x8xf32> {act.name = "y"})
    -> (tensor<5x8xf32> {act.name = "a"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %r:2 = scf.for %i = %c0 to %c2 step %c1 iter_args(%h = %x, %k = %y)
      -> (tensor<5x8xf32>, tensor<5x8xf32>) {
    %isFirst = arith.cmpi eq, %i, %c0 : index
    %q = scf.if %isFirst -> (tensor<5x8xf32>) {
      %s = tensor.extract_slice %h[0, 0] [5, 4] [1, 1] : tensor<5x8xf32> to tensor<5x4xf32>
      %t = act.silu %s : tensor<5x4xf32>
      %p = tensor.insert_slice %t into %h[0, 4] [5, 4] [1, 1] : tensor<5x4xf32> into tensor<5x8xf32>
      scf.yield %p : tensor<5x8xf32>
    } else {
      scf.yield %h : tensor<5x8xf32>
    }
    %u = arith.addf %k, %h : tensor<5x8xf32>
    scf.yield %q, %u : tensor<5x8xf32>, tensor<5x8xf32>
  }
  %d = arith.subf %r#0, %r#1 : tensor<5x8xf32>
  return %d : tensor<5x8xf32>
}
func.func @plain_part(%x: tensor<5x8xf32> {act.name = "x"}, %y: tensor<5x8xf32> {act.name = "y"})
    -> (tensor<5x8xf32> {act.name = "a"}) {
  %s = tensor.extract_slice %x[0, 0] [5, 4] [1, 1] : tensor<5x8xf32> to tensor<5x4xf32>
  %t = act.silu %s : tensor<5x4xf32>
  %p = tensor.insert_slice %t into %x[0, 4] [5, 4] [1, 1] : tensor<5x4xf32> into tensor<5x8xf32>
  %u = arith.addf %y, %x : tensor<5x8xf32>
  %v = arith.addf %u, %p : tensor<5x8xf32>
  %d = arith.subf %p, %v : tensor<5x8xf32>
  return %d : tensor<5x8xf32>
}

// One tensor handed on twice, also through a loop in the loop.

// REDEFINE: %{entry} = twice
// REDEFINE: %{device} = cpu
// RUN: %{check}
// REDEFINE: %{device} = simt
// RUN: %{check}
func.func @twice(%x: tensor<5x8xf32> {act.name = "x"}, %y: tensor<5x8xf32> {act.name = "y"})
    -> (tensor<5x8xf32> {act.name = "a"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %r:2 = scf.for %i = %c0 to %c3 step %c1 iter_args(%p = %x, %q = %y) -> (tensor<5x8xf32>, tensor<5x8xf32>) {
    %s = act.gelu %p : tensor<5x8xf32>
    scf.yield %s, %s : tensor<5x8xf32>, tensor<5x8xf32>
  }
  %d = arith.addf %r#0, %r#1 : tensor<5x8xf32>
  return %d : tensor<5x8xf32>
}
func.func @plain_twice(%x: tensor<5x8xf32> {act.name = "x"}, %y: tensor<5x8xf32> {act.name = "y"})
    -> (tensor<5x8xf32> {act.name = "a"}) {
  %1 = act.gelu %x : tensor<5x8xf32>
  %2 = act.gelu %1 : tensor<5x8xf32>
  %3 = act.gelu %2 : tensor<5x8xf32>
  %d = arith.addf %3, %3 : tensor<5x8xf32>
  return %d : tensor<5x8xf32>
}

// REDEFINE: %{entry} = through_loop
// REDEFINE: %{device} = cpu
// RUN: %{check}
func.func @through_loop(%x: tensor<5x8xf32> {act.name = "x"}, %y: tensor<5x8xf32> {act.name = "y"})
    -> (tensor<5x8xf32> {act.name = "a"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %r:2 = scf.for %i = %c0 to %c2 step %c1 iter_args(%p = %x, %q = %y) -> (tensor<5x8xf32>, tensor<5x8xf32>) {
    %s = arith.subf %p, %q : tensor<5x8xf32>
    %w:2 = scf.while (%j = %c0, %h = %s) : (index, tensor<5x8xf32>) -> (index, tensor<5x8xf32>) {
      %more = arith.cmpi slt, %j, %c2 : index
      scf.condition(%more) %j, %h : index, tensor<5x8xf32>
    } do {
    ^bb0(%j: index, %h: tensor<5x8xf32>):
      %g = arith.addf %h, %p : tensor<5x8xf32>
      %n = arith.addi %j, %c1 : index
      scf.yield %n, %g : index, tensor<5x8xf32>
    }
    scf.yield %s, %w#1 : tensor<5x8xf32>, tensor<5x8xf32>
  }
  %d = arith.addf %r#0, %r#1 : tensor<5x8xf32>
  return %d : tensor<5x8xf32>
}
func.func @plain_through_loop(%x: tensor<5x8xf32> {act.name = "x"}, %y: tensor<5x8xf32> {act.name = "y"})
    -> (tensor<5x8xf32> {act.name = "a"}) {
  %s1 = arith.subf %x, %y : tensor<5x8xf32>
  %g1 = arith.addf %s1, %x : tensor<5x8xf32>
  %w1 = arith.addf %g1, %x : tensor<5x8xf32>
  %s2 = arith.subf %s1, %w1 : tensor<5x8xf32>
  %g2 = arith.addf %s2, %s1 : tensor<5x8xf32>
  %w2 = arith.addf %g2, %s1 : tensor<5x8xf32>
  %d = arith.addf %s2, %w2 : tensor<5x8xf32>
  return %d : tensor<5x8xf32>
}

// The older of two results handed on with the newer one twice.

// REDEFINE: %{entry} = fibonacci
// RUN: %{check}
func.func @fibonacci(%x: tensor<5x8xf32> {act.name = "x"}, %y: tensor<5x8xf32> {act.name = "y"})
    -> (tensor<5x8xf32> {act.name = "a"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %r:3 = scf.for %i = %c0 to %c3 step %c1 iter_args(%p = %x, %q = %y, %last = %y) -> (tensor<5x8xf32>, tensor<5x8xf32>, tensor<5x8xf32>) {
    %n = arith.addf %p, %q : tensor<5x8xf32>
    scf.yield %q, %n, %n : tensor<5x8xf32>, tensor<5x8xf32>, tensor<5x8xf32>
  }
  %d = arith.subf %r#2, %r#0 : tensor<5x8xf32>
  return %d : tensor<5x8xf32>
}
func.func @plain_fibonacci(%x: tensor<5x8xf32> {act.name = "x"}, %y: tensor<5x8xf32> {act.name = "y"})
    -> (tensor<5x8xf32> {act.name = "a"}) {
  %1 = arith.addf %x, %y : tensor<5x8xf32>
  %2 = arith.addf %y, %1 : tensor<5x8xf32>
  %3 = arith.addf %1, %2 : tensor<5x8xf32>
  %d = arith.subf %3, %2 : tensor<5x8xf32>
  return %d : tensor<5x8xf32>
}

// Two loops, one in the other, that begin with the same tensor.

// REDEFINE: %{entry} = same_start
// RUN: %{check}
func.func @same_start(%x: tensor<5x8xf32> {act.name = "x"}, %y: tensor<5x8xf32> {act.name = "y"})
    -> (tensor<5x8xf32> {act.name = "a"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %s = arith.addf %x, %x : tensor<5x8xf32>
  %r:2 = scf.for %i = %c0 to %c1 step %c1 iter_args(%h = %x, %k = %s) -> (tensor<5x8xf32>, tensor<5x8xf32>) {
    %m = arith.maximumf %x, %x : tensor<5x8xf32>
    %q:2 = scf.for %j = %c0 to %c1 step %c1 iter_args(%p = %x, %b = %s) -> (tensor<5x8xf32>, tensor<5x8xf32>) {
      %n = arith.addf %h, %p : tensor<5x8xf32>
      %o = arith.mulf %h, %x : tensor<5x8xf32>
      scf.yield %n, %o : tensor<5x8xf32>, tensor<5x8xf32>
    }
    scf.yield %q#0, %m : tensor<5x8xf32>, tensor<5x8xf32>
  }
  return %r#1 : tensor<5x8xf32>
}
func.func @plain_same_start(%x: tensor<5x8xf32> {act.name = "x"}, %y: tensor<5x8xf32> {act.name = "y"})
    -> (tensor<5x8xf32> {act.name = "a"}) {
  %m = arith.maximumf %x, %x : tensor<5x8xf32>
  return %m : tensor<5x8xf32>
}

// A side of a branch that yields what another result of it is made of.

// REDEFINE: %{entry} = both
// RUN: %{check}
func.func @both(%x: tensor<5x8xf32> {act.name = "x"}, %y: tensor<5x8xf32> {act.name = "y"})
    -> (tensor<5x8xf32> {act.name = "a"}) {
  %c0 = arith.constant 0 : index
  %c6 = arith.constant 6 : index
  %zero = arith.constant 0.0 : f32
  %rows = tensor.dim %x, %c0 : tensor<5x8xf32>
  %is = arith.cmpi eq, %rows, %c6 : index
  %v:2 = scf.if %is -> (tensor<5x8xf32>, tensor<5x8xf32>) {
    scf.yield %x, %x : tensor<5x8xf32>, tensor<5x8xf32>
  } else {
    %m = arith.maximumf %y, %x : tensor<5x8xf32>
    %n = tensor.insert %zero into %m[%c0, %c0] : tensor<5x8xf32>
    scf.yield %n, %m : tensor<5x8xf32>, tensor<5x8xf32>
  }
  %d = arith.subf %v#1, %v#0 : tensor<5x8xf32>
  return %d : tensor<5x8xf32>
}
func.func @plain_both(%x: tensor<5x8xf32> {act.name = "x"}, %y: tensor<5x8xf32> {act.name = "y"})
    -> (tensor<5x8xf32> {act.name = "a"}) {
  %c0 = arith.constant 0 : index
  %zeros = arith.constant dense<0.0> : tensor<5x8xf32>
  %m = arith.maximumf %y, %x : tensor<5x8xf32>
  %e = tensor.extract %m[%c0, %c0] : tensor<5x8xf32>
  %d = tensor.insert %e into %zeros[%c0, %c0] : tensor<5x8xf32>
  return %d : tensor<5x8xf32>
}
