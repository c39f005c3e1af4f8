// Slices, reshapes and elements beyond a tensor are errors before a call, where
// sizes and numbers that are inputs say so.

// DEFINE: %{entry} = slice
// DEFINE: %{in} = --input=x=10xf32=randn
// DEFINE: %{run} = act-run %s --entry=%{entry} %{in}
// DEFINE: %{fails} = not %{run}

// RUN: %{run} --input=o=index=4 --input=n=index=6
// RUN: %{run} --input=o=index=10 --input=n=index=0
// RUN: %{fails} --input=o=index=5 --input=n=index=6 2>&1 | FileCheck %s --check-prefix=SLICE
// RUN: %{fails} --input=o=index=-1 --input=n=index=2 2>&1 | FileCheck %s --check-prefix=SLICE
// RUN: %{fails} --input=o=index=0 --input=n=index=-2 2>&1 | FileCheck %s --check-prefix=SLICE
// RUN: %{fails} --device=simt --input=o=index=5 --input=n=index=6 2>&1 | FileCheck %s --check-prefix=SLICE
// SLICE: bad-views.mlir:[[@LINE+3]]:8: 'tensor.extract_slice' reaches beyond dimension 0 of its tensor; inputs are 'x' 10xf32, 'o' = {{-?[0-9]+}}, 'n' = {{-?[0-9]+}}
func.func @slice(%x: tensor<?xf32> {act.name = "x"}, %o: index {act.name = "o"}, %n: index {act.name = "n"})
    -> tensor<?xf32> {
  %s = tensor.extract_slice %x[%o] [%n] [1] : tensor<?xf32> to tensor<?xf32>
  %y = act.silu %s : tensor<?xf32>
  return %y : tensor<?xf32>
}

// REDEFINE: %{entry} = steps
// RUN: %{run} --input=t=index=3
// RUN: %{run} --input=t=index=4
// RUN: %{fails} --input=t=index=5 2>&1 | FileCheck %s --check-prefix=STEPS
// RUN: %{fails} --input=t=index=-1 2>&1 | FileCheck %s --check-prefix=STEPS
// STEPS: bad-views.mlir:[[@LINE+2]]:8: 'tensor.extract_slice' reaches beyond dimension 0 of its tensor
func.func @steps(%x: tensor<10xf32> {act.name = "x"}, %t: index {act.name = "t"}) -> tensor<3xf32> {
  %s = tensor.extract_slice %x[1] [3] [%t] : tensor<10xf32> to tensor<3xf32>
  %y = act.silu %s : tensor<3xf32>
  return %y : tensor<3xf32>
}

// REDEFINE: %{entry} = insert
// RUN: %{run} --input=z=4xf32=randn --input=o=index=6
// RUN: %{fails} --input=z=4xf32=randn --input=o=index=7 2>&1 | FileCheck %s --check-prefix=INSERT
// RUN: %{fails} --input=z=3xf32=randn --input=o=index=0 2>&1 | FileCheck %s --check-prefix=OTHER
// INSERT: bad-views.mlir:[[@LINE+5]]:8: 'tensor.insert_slice' reaches beyond dimension 0 of its tensor
// OTHER: bad-views.mlir:[[@LINE+4]]:8: 'tensor.insert_slice' has another size than dimension 0 of what it inserts
func.func @insert(%x: tensor<?xf32> {act.name = "x"}, %z: tensor<?xf32> {act.name = "z"}, %o: index {act.name = "o"})
    -> tensor<?xf32> {
  %c4 = arith.constant 4 : index
  %y = tensor.insert_slice %z into %x[%o] [%c4] [1] : tensor<?xf32> into tensor<?xf32>
  return %y : tensor<?xf32>
}

// REDEFINE: %{entry} = reshape
// RUN: %{run} --input=z=2x5xf32=randn
// RUN: %{fails} --input=z=2x6xf32=randn 2>&1 | FileCheck %s --check-prefix=RESHAPE
// RESHAPE: bad-views.mlir:[[@LINE+7]]:8: 'tensor.expand_shape' has sizes that do not multiply to dimension 0 of its source; inputs are 'x' 10xf32, 'z' 2x6xf32
func.func @reshape(%x: tensor<?xf32> {act.name = "x"}, %z: tensor<?x?xf32> {act.name = "z"})
    -> (tensor<?x?xf32> {act.name = "y"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %a = tensor.dim %z, %c0 : tensor<?x?xf32>
  %b = tensor.dim %z, %c1 : tensor<?x?xf32>
  %e = tensor.expand_shape %x [[0, 1]] output_shape [%a, %b] : tensor<?xf32> into tensor<?x?xf32>
  %s = arith.addf %e, %z : tensor<?x?xf32>
  return %s : tensor<?x?xf32>
}

// REDEFINE: %{entry} = element
// RUN: %{run} --input=i=index=9
// RUN: %{fails} --input=i=index=10 2>&1 | FileCheck %s --check-prefix=ELEMENT
// ELEMENT: bad-views.mlir:[[@LINE+2]]:8: 'tensor.extract' is beyond dimension 0 of its tensor
func.func @element(%x: tensor<?xf32> {act.name = "x"}, %i: index {act.name = "i"}) -> tensor<?xf32> {
  %s = tensor.extract %x[%i] : tensor<?xf32>
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?xf32>
  %b = tensor.splat %s[%n] : tensor<?xf32>
  %y = arith.mulf %x, %b : tensor<?xf32>
  return %y : tensor<?xf32>
}

// Sizes that are made of several follow from the inputs too.

// REDEFINE: %{entry} = concat
// REDEFINE: %{in} = --input=x=2x5xf32=randn
// RUN: %{run} --input=z=3x5xf32=randn | FileCheck %s --check-prefix=BOTH
// RUN: %{fails} --input=z=3x4xf32=randn 2>&1 | FileCheck %s --check-prefix=CONCAT
// BOTH: res0: 25xf32
// CONCAT: bad-views.mlir:[[@LINE+2]]:8: 'tensor.concat' has operands of other sizes: dimension 1 of operand 0 and of operand 1
func.func @concat(%x: tensor<?x?xf32> {act.name = "x"}, %z: tensor<?x?xf32> {act.name = "z"}) -> tensor<?xf32> {
  %c = tensor.concat dim(0) %x, %z : (tensor<?x?xf32>, tensor<?x?xf32>) -> tensor<?x?xf32>
  %y = tensor.collapse_shape %c [[0, 1]] : tensor<?x?xf32> into tensor<?xf32>
  return %y : tensor<?xf32>
}

// Checks of a tensor that is put together of itself many times take no time.

// REDEFINE: %{entry} = doubled
// REDEFINE: %{in} = --input=x=1xf32=randn
// RUN: %{run} --threads=1
func.func @doubled(%x: tensor<?xf32> {act.name = "x"}) -> tensor<2xf32> {
  %a = tensor.concat dim(0) %x, %x : (tensor<?xf32>, tensor<?xf32>) -> tensor<?xf32>
  %b = tensor.concat dim(0) %a, %a : (tensor<?xf32>, tensor<?xf32>) -> tensor<?xf32>
  %c = tensor.concat dim(0) %b, %b : (tensor<?xf32>, tensor<?xf32>) -> tensor<?xf32>
  %d = tensor.concat dim(0) %c, %c : (tensor<?xf32>, tensor<?xf32>) -> tensor<?xf32>
  %e = tensor.concat dim(0) %d, %d : (tensor<?xf32>, tensor<?xf32>) -> tensor<?xf32>
  %s = tensor.extract_slice %e[0] [2] [1] : tensor<?xf32> to tensor<2xf32>
  return %s : tensor<2xf32>
}

// A number as a tensor of two dimensions beside a slice.

// REDEFINE: %{entry} = number
// REDEFINE: %{in} = --input=x=4xf32=randn --input=s=f32=2 --input=o=index=1
// RUN: %{run}
func.func @number(%x: tensor<?xf32> {act.name = "x"}, %s: tensor<f32> {act.name = "s"}, %o: index {act.name = "o"})
    -> (tensor<2xf32>, tensor<1x1xf32>) {
  %t = tensor.extract_slice %x[%o] [2] [1] : tensor<?xf32> to tensor<2xf32>
  %r = act.relu %t : tensor<2xf32>
  %e = tensor.expand_shape %s [] output_shape [1, 1] : tensor<f32> into tensor<1x1xf32>
  return %r, %e : tensor<2xf32>, tensor<1x1xf32>
}

// What linalg operations read elsewhere than at an element of each loop.

// REDEFINE: %{entry} = window
// REDEFINE: %{in} = --input=x=6xf32=randn --input=w=3xf32=randn
// RUN: %{run} --input=y=4xf32=zeros
// RUN: %{run} --input=y=0xf32=zeros
// RUN: %{fails} --input=y=5xf32=zeros 2>&1 | FileCheck %s --check-prefix=WINDOW
// RUN: %{fails} --device=simt --input=y=5xf32=zeros 2>&1 | FileCheck %s --check-prefix=WINDOW
// WINDOW: bad-views.mlir:[[@LINE+3]]:8: 'linalg.conv_1d' reaches beyond dimension 0 of operand 0
func.func @window(%x: tensor<?xf32> {act.name = "x"}, %w: tensor<?xf32> {act.name = "w"}, %y: tensor<?xf32> {act.name = "y"})
    -> (tensor<?xf32> {act.name = "z"}) {
  %s = linalg.conv_1d ins(%x, %w : tensor<?xf32>, tensor<?xf32>) outs(%y : tensor<?xf32>) -> tensor<?xf32>
  return %s : tensor<?xf32>
}

// Backwards from element 4, every second one: the first loop has 3 turns at most.

// REDEFINE: %{entry} = reverse
// REDEFINE: %{in} =
// RUN: %{run} --input=x=5xf32=randn --input=y=3xf32=zeros
// RUN: %{fails} --input=x=5xf32=randn --input=y=4xf32=zeros 2>&1 | FileCheck %s --check-prefix=REVERSE
// RUN: %{fails} --input=x=4xf32=randn --input=y=1xf32=zeros 2>&1 | FileCheck %s --check-prefix=REVERSE
// RUN: %{run} --input=x=0xf32=zeros --input=y=0xf32=zeros
// REVERSE: bad-views.mlir:[[@LINE+3]]:8: 'linalg.generic' reaches beyond dimension 0 of operand 0
func.func @reverse(%x: tensor<?xf32> {act.name = "x"}, %y: tensor<?xf32> {act.name = "y"})
    -> (tensor<?xf32> {act.name = "z"}) {
  %s = linalg.generic {indexing_maps = [affine_map<(i) -> (4 - 2 * i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
    ins(%x : tensor<?xf32>) outs(%y : tensor<?xf32>) {
  ^bb0(%a: f32, %o: f32):
    linalg.yield %a : f32
  } -> tensor<?xf32>
  return %s : tensor<?xf32>
}

// One element for all, of which there is none.

// REDEFINE: %{entry} = one_for_all
// RUN: %{run} --input=x=1xf32=randn --input=y=4xf32=zeros
// RUN: %{run} --input=x=0xf32=zeros --input=y=0xf32=zeros
// RUN: %{fails} --input=x=0xf32=zeros --input=y=4xf32=zeros 2>&1 | FileCheck %s --check-prefix=ALL
// ALL: bad-views.mlir:[[@LINE+3]]:8: 'linalg.generic' reaches beyond dimension 0 of operand 0
func.func @one_for_all(%x: tensor<?xf32> {act.name = "x"}, %y: tensor<?xf32> {act.name = "y"})
    -> (tensor<?xf32> {act.name = "z"}) {
  %s = linalg.generic {indexing_maps = [affine_map<(i) -> (0)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
    ins(%x : tensor<?xf32>) outs(%y : tensor<?xf32>) {
  ^bb0(%a: f32, %o: f32):
    linalg.yield %a : f32
  } -> tensor<?xf32>
  return %s : tensor<?xf32>
}

// Sizes below 0.

// REDEFINE: %{entry} = pad
// REDEFINE: %{in} = --input=x=6xf32=randn
// RUN: %{run} --input=l=index=0 --input=h=index=3
// RUN: %{fails} --input=l=index=-1 --input=h=index=3 2>&1 | FileCheck %s --check-prefix=PAD
// RUN: %{fails} --input=l=index=1 --input=h=index=-3 2>&1 | FileCheck %s --check-prefix=PAD
// PAD: bad-views.mlir:[[@LINE+4]]:8: 'tensor.pad' has a padding below 0
func.func @pad(%x: tensor<?xf32> {act.name = "x"}, %l: index {act.name = "l"}, %h: index {act.name = "h"})
    -> (tensor<?xf32> {act.name = "z"}) {
  %one = arith.constant 1.0 : f32
  %y = tensor.pad %x low[%l] high[%h] {
  ^bb0(%i: index):
    tensor.yield %one : f32
  } : tensor<?xf32> to tensor<?xf32>
  return %y : tensor<?xf32>
}

// REDEFINE: %{entry} = empty
// REDEFINE: %{in} =
// RUN: %{run} --input=n=index=0
// RUN: %{fails} --input=n=index=-4 2>&1 | FileCheck %s --check-prefix=EMPTY
// EMPTY: bad-views.mlir:[[@LINE+4]]:8: 'tensor.empty' has a size below 0; inputs are 'n' = -4
func.func @empty(%n: index {act.name = "n"})
    -> (tensor<?xf32> {act.name = "z"}) {
  %one = arith.constant 1.0 : f32
  %e = tensor.empty(%n) : tensor<?xf32>
  %y = linalg.fill ins(%one : f32) outs(%e : tensor<?xf32>) -> tensor<?xf32>
  return %y : tensor<?xf32>
}

// REDEFINE: %{entry} = strides
// REDEFINE: %{in} = --input=x=3xf32=randn --input=y=9xf32=randn
// RUN: %{run} --input=s=index=2
// RUN: %{fails} --input=s=index=0 2>&1 | FileCheck %s --check-prefix=STRIDE
// STRIDE: bad-views.mlir:[[@LINE+3]]:8: 'tensor.insert_slice' has stride 0 in dimension 0: its elements would lie in one place
func.func @strides(%x: tensor<3xf32> {act.name = "x"}, %y: tensor<9xf32> {act.name = "y"}, %s: index {act.name = "s"})
    -> (tensor<9xf32> {act.name = "z"}) {
  %z = tensor.insert_slice %x into %y[0] [3] [%s] : tensor<3xf32> into tensor<9xf32>
  return %z : tensor<9xf32>
}

// In branches what they need must hold where they are taken.

// REDEFINE: %{entry} = branch
// REDEFINE: %{in} = --input=x=4xf32=randn
// RUN: %{run} --input=y=4xf32=randn --input=n=index=9
// RUN: %{run} --input=y=3xf32=randn --input=n=index=4
// RUN: %{fails} --input=y=3xf32=randn --input=n=index=5 2>&1 | FileCheck %s --check-prefix=SIDE
// RUN: %{fails} --input=y=6xf32=randn --input=n=index=6 2>&1 | FileCheck %s --check-prefix=NESTED
func.func @branch(%x: tensor<?xf32> {act.name = "x"}, %y: tensor<?xf32> {act.name = "y"}, %n: index {act.name = "n"})
    -> (tensor<f32> {act.name = "z"}) {
  %c0 = arith.constant 0 : index
  %c5 = arith.constant 5 : index
  %a = tensor.dim %x, %c0 : tensor<?xf32>
  %b = tensor.dim %y, %c0 : tensor<?xf32>
  %same = arith.cmpi eq, %a, %b : index
  %r = scf.if %same -> tensor<?xf32> {
    %s = arith.addf %x, %y : tensor<?xf32>
    scf.yield %s : tensor<?xf32>
  } else {
    %long = arith.cmpi sgt, %b, %c5 : index
    %t = scf.if %long -> tensor<?xf32> {
      // NESTED: bad-views.mlir:[[@LINE+1]]:12: sizes of the operands of 'arith.mulf' do not match
      %u = arith.mulf %x, %y : tensor<?xf32>
      scf.yield %u : tensor<?xf32>
    } else {
      // SIDE: bad-views.mlir:[[@LINE+1]]:12: 'tensor.extract_slice' reaches beyond dimension 0 of its tensor
      %u = tensor.extract_slice %x[0] [%n] [1] : tensor<?xf32> to tensor<?xf32>
      scf.yield %u : tensor<?xf32>
    }
    scf.yield %t : tensor<?xf32>
  }
  %zero = arith.constant 0.0 : f32
  %i = tensor.empty() : tensor<f32>
  %f = linalg.fill ins(%zero : f32) outs(%i : tensor<f32>) -> tensor<f32>
  %z = linalg.reduce {arith.addf} ins(%r : tensor<?xf32>) outs(%f : tensor<f32>) dimensions = [0]
  return %z : tensor<f32>
}

// Remainders are not negative.

// REDEFINE: %{entry} = roll
// REDEFINE: %{in} =
// RUN: %{run} --input=x=4xf32=randn --input=y=4xf32=zeros
// RUN: %{run} --input=x=4xf32=randn --input=y=9xf32=zeros
// RUN: %{fails} --input=x=3xf32=randn --input=y=9xf32=zeros 2>&1 | FileCheck %s --check-prefix=ROLL
// RUN: %{fails} --input=x=2xf32=randn --input=y=1xf32=zeros 2>&1 | FileCheck %s --check-prefix=ROLL
// ROLL: bad-views.mlir:[[@LINE+3]]:8: 'linalg.generic' reaches beyond dimension 0 of operand 0
func.func @roll(%x: tensor<?xf32> {act.name = "x"}, %y: tensor<?xf32> {act.name = "y"})
    -> (tensor<?xf32> {act.name = "z"}) {
  %s = linalg.generic {indexing_maps = [affine_map<(i) -> ((i - 1) mod 4)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
    ins(%x : tensor<?xf32>) outs(%y : tensor<?xf32>) {
  ^bb0(%a: f32, %o: f32):
    linalg.yield %a : f32
  } -> tensor<?xf32>
  return %s : tensor<?xf32>
}

// A branch around a loop, and one in it; and a quotient that is computed in a branch.

// REDEFINE: %{entry} = loop_in_branch
// RUN: %{run} --input=x=8xf32=randn --input=y=4xf32=randn --input=n=index=0
// RUN: %{run} --input=x=8xf32=randn --input=y=8xf32=randn --input=n=index=2
func.func @loop_in_branch(%x: tensor<?xf32> {act.name = "x"}, %y: tensor<?xf32> {act.name = "y"}, %n: index {act.name = "n"})
    -> (tensor<f32> {act.name = "z"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  %a = tensor.dim %x, %c0 : tensor<?xf32>
  %b = tensor.dim %y, %c0 : tensor<?xf32>
  %same = arith.cmpi eq, %a, %b : index
  %r = scf.if %same -> tensor<?xf32> {
    %l = scf.for %i = %c0 to %c8 step %c1 iter_args(%h = %x) -> tensor<?xf32> {
      %s = arith.addf %h, %y : tensor<?xf32>
      scf.yield %s : tensor<?xf32>
    }
    scf.yield %l : tensor<?xf32>
  } else {
    scf.yield %x : tensor<?xf32>
  }
  %some = arith.cmpi ne, %n, %c0 : index
  %t = scf.if %some -> tensor<?xf32> {
    %q = affine.apply affine_map<(d0)[s0] -> (d0 floordiv s0)>(%a)[%n]
    %s = tensor.extract_slice %r[0] [%q] [1] : tensor<?xf32> to tensor<?xf32>
    scf.yield %s : tensor<?xf32>
  } else {
    scf.yield %r : tensor<?xf32>
  }
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<f32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<f32>) -> tensor<f32>
  %z = linalg.reduce {arith.addf} ins(%t : tensor<?xf32>) outs(%f : tensor<f32>) dimensions = [0]
  return %z : tensor<f32>
}
