// RUN: act-opt %s --split-input-file --verify-diagnostics

// Every mistake in a row-wise operation is explained.

func.func @dim(%x: tensor<4x8xf32>) {
  // expected-error @below {{'act.softmax' op attribute 'dim' must lie in [-2, 2) for rank 2, found 2}}
  %0 = act.softmax %x {dim = 2} : tensor<4x8xf32>
  return
}

// -----

func.func @dim_of_rank_0(%x: tensor<f32>) {
  // expected-error @below {{'act.softmax' op attribute 'dim' must lie in [-1, 1) for rank 0, found -2}}
  %0 = act.softmax %x {dim = -2} : tensor<f32>
  return
}

// -----

func.func @temperature(%x: tensor<4x8xf32>) {
  // expected-error @below {{'act.softmax' op attribute 'temperature' must be finite and greater than 0, found 0.000000e+00 : f64}}
  %0 = act.softmax %x {temperature = 0.0} : tensor<4x8xf32>
  return
}

// -----

func.func @temperature_nan(%x: tensor<4x8xf32>) {
  // expected-error @below {{'act.logsumexp' op attribute 'temperature' must be finite and greater than 0, found 0x7FF8000000000000 : f64}}
  %0 = act.logsumexp %x {temperature = 0x7FF8000000000000 : f64}
    : tensor<4x8xf32>
  return
}

// -----

func.func @softcap(%x: tensor<4x8xf32>) {
  // expected-error @below {{'act.log_softmax' op attribute 'softcap' must be finite and greater than 0, found -1.000000e+00 : f64}}
  %0 = act.log_softmax %x {softcap = -1.0} : tensor<4x8xf32>
  return
}

// -----

func.func @unknown_attribute(%x: tensor<4x8xf32>) {
  // expected-error @below {{unknown attribute 'temprature' on 'act.softmax'; did you mean 'temperature'?}}
  %0 = act.softmax %x {temprature = 2.0} : tensor<4x8xf32>
  return
}

// -----

func.func @integer(%x: tensor<4x8xf32>) {
  // expected-error @below {{attribute 'temperature' failed to satisfy constraint: a number of type f64, written with a point (2.0, not 2)}}
  // expected-note @below {{write 2.0}}
  %0 = act.softmax %x {temperature = 2} : tensor<4x8xf32>
  return
}

// -----

func.func @foreign_keyword(%x: tensor<4x8xf32>) {
  // expected-error @below {{has no keyword 'empty_row'; it has 'mask'}}
  %0 = act.logsumexp %x empty_row(zero) : tensor<4x8xf32>
  return
}

// -----

func.func @foreign_attribute(%x: tensor<4x8xf32>) {
  // expected-error @below {{unknown attribute 'keepdim' on 'act.softmax', which has 'dim', 'empty_row', 'softcap', 'temperature'}}
  %0 = act.softmax %x {keepdim = true} : tensor<4x8xf32>
  return
}

// -----

func.func @keyword_twice(%x: tensor<4x8xf32>) {
  // expected-error @below {{keyword 'empty_row' stands twice}}
  %0 = act.softmax %x empty_row(zero) empty_row(nan) : tensor<4x8xf32>
  return
}

// -----

func.func @keyword_value(%x: tensor<4x8xf32>) {
  // expected-error @below {{expected one of [nan, zero, uniform]}}
  %0 = act.softmax %x empty_row(none) : tensor<4x8xf32>
  return
}

// -----

func.func @mask_rank(%x: tensor<4x8xf32>, %m: tensor<8xi1>) {
  // expected-error @below {{'act.softmax' op operand 'mask' must have the rank of x, and in each dimension its size or size 1; found 'tensor<8xi1>' for 'tensor<4x8xf32>'}}
  %0 = act.softmax %x mask(%m : tensor<8xi1>) : tensor<4x8xf32>
  return
}

// -----

func.func @mask_size(%x: tensor<4x8xf32>, %m: tensor<2x8xi1>) {
  // expected-error @below {{'act.softmax' op operand 'mask' must have the rank of x, and in each dimension its size or size 1; found 'tensor<2x8xi1>'}}
  %0 = act.softmax %x mask(%m : tensor<2x8xi1>) : tensor<4x8xf32>
  return
}

// -----

func.func @mask_type(%x: tensor<4x8xf32>, %m: tensor<4x8xi8>) {
  // expected-error @below {{'act.softmax' op operand #1 must be a ranked tensor or memref of rank 0 to 6 of i1, but got 'tensor<4x8xi8>'}}
  %0 = act.softmax %x mask(%m : tensor<4x8xi8>) : tensor<4x8xf32>
  return
}

// -----

func.func @integer_data(%x: tensor<4x8xi32>) {
  // expected-error @below {{'act.softmax' op operand #0 must be a ranked tensor or memref of rank 0 to 6 of f16, bf16, f32 or f64 (8-bit types are not there yet), but got 'tensor<4x8xi32>'}}
  %0 = act.softmax %x : tensor<4x8xi32>
  return
}

// -----

func.func @scalar(%x: f32) {
  // expected-error @below {{'act.softmax' op needs ranked tensors or memrefs of rank 0 to 6 as operands, found 'f32'}}
  %0 = act.softmax %x : f32
  return
}

// -----

func.func @rank_7(%x: tensor<1x1x1x1x1x1x1xf32>) {
  // expected-error @below {{'act.softmax' op needs ranked tensors or memrefs of rank 0 to 6 as operands, found 'tensor<1x1x1x1x1x1x1xf32>'}}
  %0 = act.softmax %x : tensor<1x1x1x1x1x1x1xf32>
  return
}

// -----

func.func @result_type(%x: tensor<4x8xf16>) {
  // expected-error @below {{'act.softmax' op result 'y' must have the type 'tensor<4x8xf16>', found 'tensor<4x8xf32>'}}
  %0 = act.softmax %x : tensor<4x8xf16> -> tensor<4x8xf32>
  return
}

// -----

func.func @lse_type(%x: tensor<4x8xf16>) {
  // expected-error @below {{'act.softmax' op result 'lse' must have the type 'tensor<4xf32>', found 'tensor<4xf16>'}}
  %0, %1 = act.softmax %x : tensor<4x8xf16> -> tensor<4x8xf16>, tensor<4xf16>
  return
}

// -----

func.func @too_many_results(%x: tensor<4x8xf32>) {
  // expected-error @below {{'act.softmin' op must have 1 result, y; found 2}}
  %0, %1 = act.softmin %x : tensor<4x8xf32> -> tensor<4x8xf32>, tensor<4xf32>
  return
}

// -----

func.func @operands(%x: tensor<4x8xf32>) {
  // expected-error @below {{expected 2 or 3 operands, dy, x, lse; found 1}}
  %0 = act.softmax_backward %x : tensor<4x8xf32>
  return
}

// -----

func.func @types(%x: tensor<4x8xf32>) {
  // expected-error @below {{expected 1 type, of x; found 2}}
  %0 = act.softmax %x : tensor<4x8xf32>, tensor<4x8xf32>
  return
}

// -----

func.func @dy(%dy: tensor<4x9xf32>, %x: tensor<4x8xf32>) {
  // expected-error @below {{'act.softmax_backward' op operand 'dy' must have the shape [4, 8] of x, found 'tensor<4x9xf32>'}}
  %0 = act.softmax_backward %dy, %x : tensor<4x9xf32>, tensor<4x8xf32>
  return
}

// -----

func.func @dy_of_logsumexp(%dy: tensor<4xf32>, %x: tensor<4x8xf32>) {
  // expected-error @below {{'act.logsumexp_backward' op operand 'dy' must have the shape [4, 1] of the logsumexp, found 'tensor<4xf32>'}}
  %0 = act.logsumexp_backward %dy, %x {keepdim = true}
    : tensor<4xf32>, tensor<4x8xf32>
  return
}

// -----

func.func @lse_shape(%x: tensor<4x8xf32>, %lse: tensor<8xf32>) {
  // expected-error @below {{'act.softmax_backward' op operand 'lse' must have the shape [4] of the rows, found 'tensor<8xf32>'}}
  %0 = act.softmax_backward %x, %x, %lse : tensor<4x8xf32>, tensor<8xf32>
  return
}

// -----

func.func @lse_element(%x: tensor<4x8xf16>, %lse: tensor<4xf16>) {
  // expected-error @below {{'act.softmax_backward' op operand 'lse' must have elements of the compute type 'f32', found 'tensor<4xf16>'}}
  %0 = act.softmax_backward %x, %x, %lse : tensor<4x8xf16>, tensor<4xf16>
  return
}

// -----

func.func @saved_16_bit(%x: tensor<4x8xf16>) {
  // expected-error @below {{'act.softmax_backward' op with saved(output) needs f32 or f64, where the rounding of the output does little harm; found 'tensor<4x8xf16>'; use saved(input)}}
  %0 = act.softmax_backward %x, %x saved(output) : tensor<4x8xf16>
  return
}

// -----

func.func @saved_types(%dy: tensor<4x8xf64>, %x: tensor<4x8xf32>) {
  // expected-error @below {{'act.softmax_backward' op with saved(output) needs operands of one element type, found 'tensor<4x8xf64>' and 'tensor<4x8xf32>'; use saved(input)}}
  %0 = act.softmax_backward %dy, %x saved(output)
    : tensor<4x8xf64>, tensor<4x8xf32>
  return
}

// -----

func.func @saved_softcap(%x: tensor<4x8xf32>) {
  // expected-error @below {{'act.log_softmax_backward' op with saved(output) cannot undo 'softcap'; use saved(input)}}
  %0 = act.log_softmax_backward %x, %x saved(output) {softcap = 1.0}
    : tensor<4x8xf32>
  return
}

// -----

func.func @saved_lse(%x: tensor<4x8xf32>, %lse: tensor<4xf32>) {
  // expected-error @below {{'act.softmax_backward' op with saved(output) does not read 'lse'; use saved(input)}}
  %0 = act.softmax_backward %x, %x, %lse saved(output)
    : tensor<4x8xf32>, tensor<4xf32>
  return
}

// -----

func.func @saved_uniform(%x: tensor<4x8xf32>) {
  // expected-error @below {{'act.softmax_backward' op with saved(output) cannot tell an empty row of empty_row(uniform); use saved(input)}}
  %0 = act.softmax_backward %x, %x saved(output) empty_row(uniform)
    : tensor<4x8xf32>
  return
}

// -----

func.func @saved_of_softmin(%x: tensor<4x8xf32>) {
  // expected-error @below {{has no keyword 'saved'; it has 'mask', 'empty_row'}}
  %0 = act.softmin_backward %x, %x saved(output) : tensor<4x8xf32>
  return
}

// -----

func.func @memory_needs_destinations(%x: memref<4x8xf32>) {
  // expected-error @below {{'act.softmax' op on memrefs must have destinations: write ins(...) outs(...)}}
  "act.softmax"(%x) {operandSegmentSizes = array<i32: 1, 0, 0>}
    : (memref<4x8xf32>) -> ()
  return
}

// -----

func.func @mixed(%x: memref<4x8xf32>, %y: tensor<4x8xf32>) {
  // expected-error @below {{'act.softmax' op must have either tensors or memrefs as operands, found 'memref<4x8xf32>' and 'tensor<4x8xf32>'}}
  %0 = act.softmax ins(%x : memref<4x8xf32>) outs(%y : tensor<4x8xf32>)
  return
}

// -----

func.func @destination_type(%x: memref<4x8xf32>, %y: memref<4x9xf32>) {
  // expected-error @below {{'act.softmax' op destination 'y' must have the type 'tensor<4x8xf32>', found 'memref<4x9xf32>'}}
  act.softmax ins(%x : memref<4x8xf32>) outs(%y : memref<4x9xf32>)
  return
}

// -----

func.func @number_of_destinations(%x: memref<4x8xf32>) {
  // expected-error @below {{'act.logsumexp' op must have 1 destination, lse; found 2}}
  act.logsumexp ins(%x : memref<4x8xf32>)
    outs(%x, %x : memref<4x8xf32>, memref<4x8xf32>)
  return
}

// -----

func.func @no_destination(%x: memref<4x8xf32>) {
  // expected-error @below {{expected non-function type}}
  act.softmax ins(%x : memref<4x8xf32>) outs( : )
  return
}

// -----

func.func @keyword_in_braces(%x: tensor<4x8xf32>) {
  // expected-error @below {{'empty_row' stands in front of the braces: empty_row(...)}}
  %0 = act.softmax %x {empty_row = "zero"} : tensor<4x8xf32>
  return
}

// -----

// It would replace the one in front.
func.func @keyword_twice_in_braces(%x: tensor<4x8xf32>) {
  // expected-error @below {{'empty_row' stands in front of the braces: empty_row(...)}}
  %0 = act.softmax %x empty_row(nan) {empty_row = #act<empty_row zero>}
    : tensor<4x8xf32>
  return
}

// -----

func.func @mask_in_braces(%x: tensor<4x8xf32>) {
  // expected-error @below {{'mask' stands in front of the braces: mask(...)}}
  %0 = act.softmax %x {mask = dense<true> : tensor<4x8xi1>} : tensor<4x8xf32>
  return
}

// -----

func.func @mask_as_operand(%x: tensor<4x8xf32>, %m: tensor<4x8xi1>) {
  // expected-error @below {{expected 1 operand, x; found 2; write mask(%value : type)}}
  %0 = act.softmax %x, %m : tensor<4x8xf32>, tensor<4x8xi1>
  return
}

// -----

func.func @no_type(%x: tensor<4x8xf32>) {
  %0 = act.softmax %x
  // expected-error @below {{has no keyword 'return'; it has 'mask', 'empty_row', then ':' and types}}
  return
}

// -----

func.func @float_dim(%x: tensor<4x8xf32>) {
  // expected-error @below {{attribute 'dim' failed to satisfy constraint: 64-bit signless integer attribute}}
  // expected-note @below {{write -1}}
  %0 = act.softmax %x {dim = -1.0} : tensor<4x8xf32>
  return
}

// -----

// No number is meant.
func.func @fractional_dim(%x: tensor<4x8xf32>) {
  // expected-error @below {{attribute 'dim' failed to satisfy constraint: 64-bit signless integer attribute}}
  %0 = act.softmax %x {dim = 0.5} : tensor<4x8xf32>
  return
}

// -----

func.func @integer_keepdim(%x: tensor<4x8xf32>) {
  // expected-error @below {{attribute 'keepdim' failed to satisfy constraint: bool attribute}}
  // expected-note @below {{write true}}
  %0 = act.logsumexp %x {keepdim = 1} : tensor<4x8xf32> -> tensor<4x1xf32>
  return
}

// -----

func.func @bare_keepdim(%x: tensor<4x8xf32>) {
  // expected-error @below {{attribute 'keepdim' failed to satisfy constraint: bool attribute}}
  // expected-note @below {{write keepdim = true}}
  %0 = act.logsumexp %x {keepdim} : tensor<4x8xf32> -> tensor<4x1xf32>
  return
}

// -----

func.func @complex(%x: tensor<4x8xcomplex<f32>>) {
  // expected-error @below {{'act.softmax' op needs elements of f16, bf16, f32 or f64, or of i32 or i64 in targets, found 'tensor<4x8xcomplex<f32>>'}}
  %0 = act.softmax %x : tensor<4x8xcomplex<f32>>
  return
}

// -----

// In the generic form the operand could be a destination alone.
func.func @no_x(%x: tensor<4x8xf32>) {
  // expected-error @below {{'act.softmax' op has no operand 'x' by its 'operandSegmentSizes'}}
  %0 = "act.softmax"(%x) {operandSegmentSizes = array<i32: 0, 0, 1>}
    : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return
}

// -----

func.func @no_dy(%x: tensor<4x8xf32>) {
  // expected-error @below {{'act.softmax_backward' op has no operand 'dy' by its 'operandSegmentSizes'}}
  %0 = "act.softmax_backward"(%x, %x)
    {operandSegmentSizes = array<i32: 0, 1, 0, 0, 1>}
    : (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
  return
}

// -----

func.func @two_in_one_input(%x: tensor<4x8xf32>) {
  // expected-error @below {{'act.softmax' op must have one operand in each input, found 2 in 1; mend 'operandSegmentSizes'}}
  %0 = "act.softmax"(%x, %x) {operandSegmentSizes = array<i32: 2, 0, 0>}
    : (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
  return
}

// -----

// Kernels multiply by these numbers and by their reciprocals.
func.func @small_temperature(%x: tensor<4x8xbf16>) {
  // expected-error @below {{'act.softmax' op 'temperature' or its reciprocal exceeds 'f32', in which the operation computes; give a number between 3e-39 and 3e38}}
  %0 = act.softmax %x {temperature = 1.0e-39} : tensor<4x8xbf16>
  return
}

// -----

func.func @large_temperature(%x: tensor<4x8xf32>) {
  // expected-error @below {{'temperature' or its reciprocal exceeds 'f32'}}
  %0 = act.logsumexp_backward %x, %x {dim = 0, temperature = 1.0e39}
    : tensor<4x8xf32>, tensor<4x8xf32>
  return
}

// -----

func.func @small_softcap(%x: tensor<4x8xf32>) {
  // expected-error @below {{'act.softmin' op 'softcap' or its reciprocal exceeds 'f32'}}
  %0 = act.softmin %x {softcap = 1.0e-40} : tensor<4x8xf32>
  return
}

// -----

func.func @large_product(%x: tensor<4x8xf32>) {
  // expected-error @below {{'temperature' times 'softcap' or its reciprocal exceeds 'f32'}}
  %0 = act.softmax %x {softcap = 1.0e20, temperature = 1.0e20}
    : tensor<4x8xf32>
  return
}

// -----

func.func @subnormal_temperature(%x: tensor<4x8xf64>) {
  // expected-error @below {{'temperature' or its reciprocal exceeds 'f64', in which the operation computes; give a number between 6e-309 and 1e308}}
  %0 = act.softmax %x {temperature = 5.0e-324} : tensor<4x8xf64>
  return
}

// -----

func.func @fitting_numbers(%x: tensor<4x8xf32>, %y: tensor<4x8xf64>) {
  %0 = act.softmax %x {temperature = 3.0e-39} : tensor<4x8xf32>
  %1 = act.softmax %x {softcap = 3.0e38} : tensor<4x8xf32>
  %2 = act.softmax %y {softcap = 1.0e-150, temperature = 1.0e-150}
    : tensor<4x8xf64>
  return
}
