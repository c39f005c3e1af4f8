// Slices that are put into results, and sizes that only some of the operands
// know, on both kinds of machines.

// DEFINE: %{entry} = insert
// DEFINE: %{device} = cpu
// DEFINE: %{run} = act-run %s --input=x=3x5xf64=randn:seed=1 --input=y=3x5xf64=randn:seed=2
// DEFINE: %{check} = \
// DEFINE:   %{run} --entry=whole_%{entry} --output=a=@%t.a.npy --output=b=@%t.b.npy && \
// DEFINE:   %{run} --entry=%{entry} --device=%{device} --max-ulp=0 \
// DEFINE:     --expect=a=@%t.a.npy --expect=b=@%t.b.npy

// A result is read after what it was made into has been made.

// RUN: %{check}
// REDEFINE: %{device} = simt
// RUN: %{check}
func.func @insert(%x: tensor<?x?xf64> {act.name = "x"}, %y: tensor<3x5xf64> {act.name = "y"})
    -> (tensor<?x?xf64> {act.name = "a"}, tensor<?x?xf64> {act.name = "b"}) {
  %b = arith.negf %x : tensor<?x?xf64>
  %a = tensor.insert_slice %y into %b[0, 0] [3, 5] [1, 1] : tensor<3x5xf64> into tensor<?x?xf64>
  return %a, %b : tensor<?x?xf64>, tensor<?x?xf64>
}
func.func @whole_insert(%x: tensor<?x?xf64> {act.name = "x"}, %y: tensor<?x?xf64> {act.name = "y"})
    -> (tensor<?x?xf64> {act.name = "a"}, tensor<?x?xf64> {act.name = "b"}) {
  %b = arith.negf %x : tensor<?x?xf64>
  return %y, %b : tensor<?x?xf64>, tensor<?x?xf64>
}

// So it is with parts of results.

// REDEFINE: %{entry} = parts
// REDEFINE: %{device} = cpu
// RUN: %{check}
// REDEFINE: %{device} = simt
// RUN: %{check}
func.func @parts(%x: tensor<3x5xf64> {act.name = "x"}, %y: tensor<3x5xf64> {act.name = "y"})
    -> (tensor<6x5xf64> {act.name = "a"}, tensor<6x5xf64> {act.name = "b"}) {
  %n = arith.negf %x : tensor<3x5xf64>
  %row = tensor.extract_slice %y[1, 0] [1, 5] [1, 1] : tensor<3x5xf64> to tensor<1x5xf64>
  %m = tensor.insert_slice %row into %n[2, 0] [1, 5] [1, 1] : tensor<1x5xf64> into tensor<3x5xf64>
  %a = tensor.concat dim(0) %m, %y : (tensor<3x5xf64>, tensor<3x5xf64>) -> tensor<6x5xf64>
  %b = tensor.concat dim(0) %y, %n : (tensor<3x5xf64>, tensor<3x5xf64>) -> tensor<6x5xf64>
  return %a, %b : tensor<6x5xf64>, tensor<6x5xf64>
}
func.func @whole_parts(%x: tensor<3x5xf64> {act.name = "x"}, %y: tensor<3x5xf64> {act.name = "y"})
    -> (tensor<6x5xf64> {act.name = "a"}, tensor<6x5xf64> {act.name = "b"}) {
  %n = arith.negf %x : tensor<3x5xf64>
  %top = tensor.extract_slice %n[0, 0] [2, 5] [1, 1] : tensor<3x5xf64> to tensor<2x5xf64>
  %row = tensor.extract_slice %y[1, 0] [1, 5] [1, 1] : tensor<3x5xf64> to tensor<1x5xf64>
  %a = tensor.concat dim(0) %top, %row, %y
    : (tensor<2x5xf64>, tensor<1x5xf64>, tensor<3x5xf64>) -> tensor<6x5xf64>
  %b = tensor.concat dim(0) %y, %n : (tensor<3x5xf64>, tensor<3x5xf64>) -> tensor<6x5xf64>
  return %a, %b : tensor<6x5xf64>, tensor<6x5xf64>
}

// One element, as its destination alone tells.

// REDEFINE: %{entry} = element
// REDEFINE: %{device} = cpu
// RUN: %{check}
// REDEFINE: %{device} = simt
// RUN: %{check}
func.func @element(%x: tensor<?x?xf64> {act.name = "x"}, %y: tensor<?x?xf64> {act.name = "y"})
    -> (tensor<1x1xf64> {act.name = "a"}, tensor<3x5xf64> {act.name = "b"}) {
  %c1 = arith.constant 1 : index
  %slice = tensor.extract_slice %x[1, 1] [%c1, %c1] [1, 1] : tensor<?x?xf64> to tensor<?x?xf64>
  %y0 = act.softplus %slice : tensor<?x?xf64>
  %a = tensor.cast %y0 : tensor<?x?xf64> to tensor<1x1xf64>
  %all = tensor.cast %y : tensor<?x?xf64> to tensor<3x5xf64>
  %b = tensor.insert_slice %a into %all[2, 3] [1, 1] [1, 1] : tensor<1x1xf64> into tensor<3x5xf64>
  return %a, %b : tensor<1x1xf64>, tensor<3x5xf64>
}
func.func @whole_element(%x: tensor<3x5xf64> {act.name = "x"}, %y: tensor<3x5xf64> {act.name = "y"})
    -> (tensor<1x1xf64> {act.name = "a"}, tensor<3x5xf64> {act.name = "b"}) {
  %slice = tensor.extract_slice %x[1, 1] [1, 1] [1, 1] : tensor<3x5xf64> to tensor<1x1xf64>
  %a = act.softplus %slice : tensor<1x1xf64>
  %b = tensor.insert_slice %a into %y[2, 3] [1, 1] [1, 1] : tensor<1x1xf64> into tensor<3x5xf64>
  return %a, %b : tensor<1x1xf64>, tensor<3x5xf64>
}

// Rows whose number is a constant that no type tells.

// REDEFINE: %{entry} = loss
// REDEFINE: %{device} = cpu
// RUN: %{check}
// REDEFINE: %{device} = simt
// RUN: %{check}
func.func @loss(%x: tensor<?x?xf64> {act.name = "x"}, %y: tensor<?x?xf64> {act.name = "y"})
    -> (tensor<f64> {act.name = "a"}, tensor<?x2xf64> {act.name = "b"}) {
  %c2 = arith.constant 2 : index
  %one = arith.constant 1 : i64
  %t = tensor.splat %one[%c2] : tensor<?xi64>
  %slice = tensor.extract_slice %x[1, 0] [%c2, 2] [1, 1] : tensor<?x?xf64> to tensor<?x2xf64>
  %g = arith.constant dense<1.0> : tensor<f64>
  %a, %b = act.cross_entropy_with_grad %slice, %t, %g {z_loss = 0.01}
    : tensor<?x2xf64>, tensor<?xi64> -> tensor<f64>, tensor<?x2xf64>
  return %a, %b : tensor<f64>, tensor<?x2xf64>
}
func.func @whole_loss(%x: tensor<?x?xf64> {act.name = "x"}, %y: tensor<?x?xf64> {act.name = "y"})
    -> (tensor<f64> {act.name = "a"}, tensor<2x2xf64> {act.name = "b"}) {
  %t = arith.constant dense<1> : tensor<2xi64>
  %slice = tensor.extract_slice %x[1, 0] [2, 2] [1, 1] : tensor<?x?xf64> to tensor<2x2xf64>
  %g = arith.constant dense<1.0> : tensor<f64>
  %a, %b = act.cross_entropy_with_grad %slice, %t, %g {z_loss = 0.01}
    : tensor<2x2xf64>, tensor<2xi64> -> tensor<f64>, tensor<2x2xf64>
  return %a, %b : tensor<f64>, tensor<2x2xf64>
}
