// RUN: act-opt %s --act-inline --split-input-file --verify-diagnostics

func.func private @outside(tensor<8xf32>) -> tensor<8xf32>

func.func @external(%x: tensor<8xf32>) -> tensor<8xf32> {
  // expected-error @+1 {{calls 'outside', which has no body; define it in this module}}
  %y = func.call @outside(%x) : (tensor<8xf32>) -> tensor<8xf32>
  return %y : tensor<8xf32>
}

// -----

func.func @recursive(%x: tensor<8xf32>) -> tensor<8xf32> {
  // expected-error @+1 {{calls 'recursive' recursively; kernels must not recurse}}
  %y = func.call @recursive(%x) : (tensor<8xf32>) -> tensor<8xf32>
  return %y : tensor<8xf32>
}

// -----

func.func private @branches(%x: f32) -> f32 {
  cf.br ^bb1
^bb1:
  return %x : f32
}

func.func @call(%x: f32) -> f32 {
  // expected-error @+1 {{calls 'branches', which branches; use scf.if and scf.for instead}}
  %y = func.call @branches(%x) : (f32) -> f32
  return %y : f32
}
