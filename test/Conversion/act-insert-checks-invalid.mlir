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
