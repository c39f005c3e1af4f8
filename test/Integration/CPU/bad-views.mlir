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
// SLICE: bad-views.mlir:[[@LINE+3]]:8: 'tensor.extract_slice' reaches beyond dimension 0 of its tensor; inputs are 'x' 10xf32,
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
