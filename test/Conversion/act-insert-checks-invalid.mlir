// RUN: act-opt %s --act-insert-checks --split-input-file --verify-diagnostics

func.func @result(%n: tensor<1xindex>) -> tensor<?xf32> {
  %c0 = arith.constant 0 : index
  %zero = arith.constant 0.0 : f32
  %size = tensor.extract %n[%c0] : tensor<1xindex>
  %empty = tensor.empty(%size) : tensor<?xf32>
  %y = linalg.fill ins(%zero : f32) outs(%empty : tensor<?xf32>) -> tensor<?xf32>
  // expected-error @+2 {{dimension 0 of result 0 of 'result' is not known before it runs}}
  // expected-note @+1 {{sizes must follow from the inputs' dimensions; give it static sizes, or pass a tensor of this shape as an input}}
  return %y : tensor<?xf32>
}

// -----

func.func @operands(%x: tensor<?xf32>, %n: tensor<1xindex>) -> tensor<?xf32> {
  %c0 = arith.constant 0 : index
  %zero = arith.constant 0.0 : f32
  %size = tensor.extract %n[%c0] : tensor<1xindex>
  %empty = tensor.empty(%size) : tensor<?xf32>
  %f = linalg.fill ins(%zero : f32) outs(%empty : tensor<?xf32>) -> tensor<?xf32>
  // expected-error @+2 {{'arith.addf' has operands whose sizes cannot be compared before it runs}}
  // expected-note @+1 {{sizes must follow from the inputs' dimensions}}
  %y = arith.addf %x, %f : tensor<?xf32>
  return %y : tensor<?xf32>
}

// -----

func.func @large(%x: tensor<4xf32>) -> tensor<f32> {
  %i = arith.constant 0 : index
  // expected-error@below {{'tensor<4x2305843009213693952xf32>' has more elements than memory can hold}}
  // expected-note@below {{the static sizes may come to 2^59 elements; write ? for sizes that are known at run time}}
  %0 = tensor.empty() : tensor<4x2305843009213693952xf32>
  %1 = act.silu %0 : tensor<4x2305843009213693952xf32>
  %2 = tensor.extract %1[%i, %i] : tensor<4x2305843009213693952xf32>
  %3 = tensor.from_elements %2 : tensor<f32>
  return %3 : tensor<f32>
}

// -----

// Also where the product wraps around to a small number.
// expected-error@below {{has more elements than memory can hold}}
// expected-note@below {{write ?}}
func.func @wraps(%x: tensor<9223372036854775807x9223372036854775807xf32>) {
  return
}

// -----

// The most that is taken, and sizes beside a 0.
func.func @most(%x: tensor<576460752303423488xf32>, %y: tensor<0x?x8xf32>) {
  return
}

// -----

func.func @elements(%x: tensor<?xi1>) -> tensor<?xi1> {
  %c0 = arith.constant 0 : index
  %e = tensor.extract %x[%c0] : tensor<?xi1>
  // expected-error@below {{'cf.assert' op cannot be checked before the entry runs}}
  // expected-note@below {{its condition, and those of branches around it, must follow from the inputs' dimensions and numbers, outside of loops; leave it out otherwise}}
  cf.assert %e, "the first is set"
  return %x : tensor<?xi1>
}

// -----

func.func @branch(%x: tensor<?xf32>, %m: tensor<1xi1>, %c: i1) -> tensor<?xf32> {
  %c0 = arith.constant 0 : index
  %e = tensor.extract %m[%c0] : tensor<1xi1>
  scf.if %e {
    // expected-error@below {{'cf.assert' op cannot be checked before the entry runs}}
    // expected-note@below {{those of branches around it}}
    cf.assert %c, "never"
  }
  return %x : tensor<?xf32>
}

// -----

func.func @one_place(%x: tensor<4xf32>, %y: tensor<8xf32>) -> tensor<8xf32> {
  // expected-error@below {{'tensor.insert_slice' op has stride 0 in dimension 0: its elements would lie in one place}}
  %0 = tensor.insert_slice %x into %y[1] [4] [0] : tensor<4xf32> into tensor<8xf32>
  return %0 : tensor<8xf32>
}

// -----

// One element is.
func.func @one_element(%x: tensor<1xf32>, %y: tensor<8xf32>) -> tensor<8xf32> {
  %0 = tensor.insert_slice %x into %y[1] [1] [0] : tensor<1xf32> into tensor<8xf32>
  return %0 : tensor<8xf32>
}
