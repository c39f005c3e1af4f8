// RUN: act-opt %s --act-insert-checks --split-input-file --verify-diagnostics

// A target that depends on effects cannot be checked in advance.

func.func @loop(%x: tensor<4x2x10xf32>, %t: tensor<4x2xi64>, %s: tensor<f32>)
    -> tensor<f32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %r = scf.for %i = %c0 to %c4 step %c1 iter_args(%acc = %s) -> tensor<f32> {
    %xi = tensor.extract_slice %x[%i, 0, 0] [1, 2, 10] [1, 1, 1]
      : tensor<4x2x10xf32> to tensor<2x10xf32>
    %ti = tensor.extract_slice %t[%i, 0] [1, 2] [1, 1]
      : tensor<4x2xi64> to tensor<2xi64>
    // expected-error @below {{'act.nll' has targets that cannot be checked before it runs}}
    // expected-note @below {{pass them as an input, or compute them without effects from inputs; with value-checks=nan rows with a bad target are NaN instead}}
    %l = act.nll %xi, %ti : tensor<2x10xf32>, tensor<2xi64> -> tensor<f32>
    %sum = arith.addf %acc, %l : tensor<f32>
    scf.yield %sum : tensor<f32>
  }
  return %r : tensor<f32>
}
