// RUN: act-opt %s --split-input-file --verify-diagnostics

// Every mistake in a loss is explained.

func.func @rank_0(%x: tensor<f32>, %t: tensor<i64>) {
  // expected-error @below {{'act.cross_entropy' op needs a dimension of classes, found 'tensor<f32>'; a tensor of one row has rank 1}}
  %0 = act.cross_entropy %x, %t : tensor<f32>, tensor<i64> -> tensor<f32>
  return
}

// -----

func.func @no_classes(%x: tensor<4x0xf32>, %t: tensor<4xi64>) {
  // expected-error @below {{'act.nll' op needs at least one class in dimension 1, found 'tensor<4x0xf32>'}}
  %0 = act.nll %x, %t : tensor<4x0xf32>, tensor<4xi64> -> tensor<f32>
  return
}

// -----

func.func @dim(%x: tensor<4x10xf32>, %t: tensor<4xi64>) {
  // expected-error @below {{'act.cross_entropy' op attribute 'dim' must lie in [-2, 2) for rank 2, found -3}}
  %0 = act.cross_entropy %x, %t {dim = -3}
    : tensor<4x10xf32>, tensor<4xi64> -> tensor<f32>
  return
}

// -----

func.func @target_shape(%x: tensor<4x10xf32>, %t: tensor<10xi64>) {
  // expected-error @below {{'act.cross_entropy' op operand 'target' must have the shape [4] of x without dimension 1, since it names classes, found 'tensor<10xi64>'}}
  %0 = act.cross_entropy %x, %t
    : tensor<4x10xf32>, tensor<10xi64> -> tensor<f32>
  return
}

// -----

func.func @soft_target_shape(%x: tensor<4x10xf32>, %t: tensor<4xf32>) {
  // expected-error @below {{'act.cross_entropy' op operand 'target' must have the shape [4, 10] of x, since it is a distribution, found 'tensor<4xf32>'}}
  %0 = act.cross_entropy %x, %t
    : tensor<4x10xf32>, tensor<4xf32> -> tensor<f32>
  return
}

// -----

func.func @target_type(%x: tensor<4x10xf32>, %t: tensor<4xi8>) {
  // expected-error @below {{'act.cross_entropy' op operand #1 must be a ranked tensor or memref of rank 0 to 6 of i32 or i64 (hard targets), or of f16, bf16, f32 or f64 (soft targets), but got 'tensor<4xi8>'}}
  %0 = act.cross_entropy %x, %t : tensor<4x10xf32>, tensor<4xi8> -> tensor<f32>
  return
}

// -----

func.func @soft_target_of_nll(%x: tensor<4x10xf32>) {
  // expected-error @below {{'act.nll' op operand #1 must be a ranked tensor or memref of rank 0 to 6 of i32 or i64, but got 'tensor<4x10xf32>'}}
  %0 = act.nll %x, %x : tensor<4x10xf32>, tensor<4x10xf32> -> tensor<f32>
  return
}

// -----

func.func @constant_target(%x: tensor<4x10xf32>) {
  %t = arith.constant dense<[0, 9, -100, 10]> : tensor<4xi64>
  // expected-error @below {{'act.cross_entropy' op target of row 3 must lie in [0, 10) or be the ignore_index -100, found 10}}
  %0 = act.cross_entropy %x, %t
    : tensor<4x10xf32>, tensor<4xi64> -> tensor<f32>
  return
}

// -----

func.func @constant_target_of_other_index(%x: tensor<4x10xf32>) {
  %t = arith.constant dense<-100> : tensor<4xi32>
  // expected-error @below {{'act.nll' op target of row 0 must lie in [0, 10) or be the ignore_index -1, found -100}}
  %0 = act.nll %x, %t {ignore_index = -1}
    : tensor<4x10xf32>, tensor<4xi32> -> tensor<f32>
  return
}

// -----

func.func @class_weight(%x: tensor<4x10xf32>, %t: tensor<4xi64>,
                        %w: tensor<4xf32>) {
  // expected-error @below {{'act.cross_entropy' op operand 'class_weight' must have the shape [10] of one number for each class, found 'tensor<4xf32>'}}
  %0 = act.cross_entropy %x, %t class_weight(%w : tensor<4xf32>)
    : tensor<4x10xf32>, tensor<4xi64> -> tensor<f32>
  return
}

// -----

func.func @token_weight(%x: tensor<4x10xf32>, %t: tensor<4xi64>,
                        %w: tensor<10xf32>) {
  // expected-error @below {{'act.nll' op operand 'token_weight' must have the shape [4] of one number for each row, found 'tensor<10xf32>'}}
  %0 = act.nll %x, %t token_weight(%w : tensor<10xf32>)
    : tensor<4x10xf32>, tensor<4xi64> -> tensor<f32>
  return
}

// -----

func.func @ignore_index_of_soft_target(%x: tensor<4x10xf32>) {
  // expected-error @below {{'act.cross_entropy' op attribute 'ignore_index' needs hard targets, i32 or i64; found 'tensor<4x10xf32>' (a soft target is ignored by the token_weight 0)}}
  %0 = act.cross_entropy %x, %x {ignore_index = -100}
    : tensor<4x10xf32>, tensor<4x10xf32> -> tensor<f32>
  return
}

// -----

func.func @log_prob_of_soft_target(%x: tensor<4x10xf32>) {
  // expected-error @below {{'act.cross_entropy' op extra(log_prob) needs hard targets, i32 or i64; found 'tensor<4x10xf32>'}}
  %0, %1 = act.cross_entropy %x, %x extra(log_prob)
    : tensor<4x10xf32>, tensor<4x10xf32> -> tensor<f32>, tensor<4xf32>
  return
}

// -----

func.func @counts_of_soft_target(%x: tensor<4x10xf32>) {
  // expected-error @below {{'act.cross_entropy' op extra(counts) needs hard targets, i32 or i64; found 'tensor<4x10xf32>'}}
  %0, %1 = act.cross_entropy %x, %x extra(counts)
    : tensor<4x10xf32>, tensor<4x10xf32> -> tensor<f32>, tensor<2xi64>
  return
}

// -----

func.func @dtarget_of_hard_target(%g: tensor<f32>, %x: tensor<4x10xf32>,
                                  %t: tensor<4xi64>) {
  // expected-error @below {{'act.cross_entropy_backward' op has no gradient 'dtarget' of hard targets; found a second output for 'tensor<4xi64>'}}
  %0, %1 = act.cross_entropy_backward %g, %x, %t
    : tensor<f32>, tensor<4x10xf32>, tensor<4xi64>
    -> tensor<4x10xf32>, tensor<4xi64>
  return
}

// -----

func.func @smoothing_below(%x: tensor<4x10xf32>, %t: tensor<4xi64>) {
  // expected-error @below {{'act.cross_entropy' op attribute 'label_smoothing' must lie in [0, 1], found -1.000000e-01 : f64}}
  %0 = act.cross_entropy %x, %t {label_smoothing = -0.1}
    : tensor<4x10xf32>, tensor<4xi64> -> tensor<f32>
  return
}

// -----

func.func @smoothing_above(%x: tensor<4x10xf32>, %t: tensor<4xi64>) {
  // expected-error @below {{'act.cross_entropy' op attribute 'label_smoothing' must lie in [0, 1], found 1.100000e+00 : f64}}
  %0 = act.cross_entropy %x, %t {label_smoothing = 1.1}
    : tensor<4x10xf32>, tensor<4xi64> -> tensor<f32>
  return
}

// -----

func.func @smoothing_nan(%x: tensor<4x10xf32>, %t: tensor<4xi64>) {
  // expected-error @below {{'act.cross_entropy' op attribute 'label_smoothing' must lie in [0, 1], found 0x7FF8000000000000 : f64}}
  %0 = act.cross_entropy %x, %t {label_smoothing = 0x7FF8000000000000 : f64}
    : tensor<4x10xf32>, tensor<4xi64> -> tensor<f32>
  return
}

// -----

func.func @smoothing_alone(%x: tensor<4x10xf32>, %t: tensor<4xi64>) {
  // expected-error @below {{'act.cross_entropy' op smoothing(megatron) needs the attribute 'label_smoothing'}}
  %0 = act.cross_entropy %x, %t smoothing(megatron)
    : tensor<4x10xf32>, tensor<4xi64> -> tensor<f32>
  return
}

// -----

func.func @smooth_over_alone(%x: tensor<4x10xf32>, %t: tensor<4xi64>) {
  // expected-error @below {{'act.cross_entropy' op smooth_over(finite) needs the attribute 'label_smoothing'}}
  %0 = act.cross_entropy %x, %t smooth_over(finite)
    : tensor<4x10xf32>, tensor<4xi64> -> tensor<f32>
  return
}

// -----

func.func @smoothing_of_nll(%x: tensor<4x10xf32>, %t: tensor<4xi64>) {
  // expected-error @below {{unknown attribute 'label_smoothing' on 'act.nll', which has 'dim', 'empty_mean', 'ignore_index', 'reduction'}}
  %0 = act.nll %x, %t {label_smoothing = 0.1}
    : tensor<4x10xf32>, tensor<4xi64> -> tensor<f32>
  return
}

// -----

func.func @z_loss(%x: tensor<4x10xf32>, %t: tensor<4xi64>) {
  // expected-error @below {{'act.cross_entropy' op attribute 'z_loss' must be finite and at least 0, found -1.000000e-04 : f64}}
  %0 = act.cross_entropy %x, %t {z_loss = -1.0e-4}
    : tensor<4x10xf32>, tensor<4xi64> -> tensor<f32>
  return
}

// -----

func.func @softcap(%x: tensor<4x10xf32>, %t: tensor<4xi64>) {
  // expected-error @below {{'act.cross_entropy' op attribute 'softcap' must be finite and greater than 0, found 0.000000e+00 : f64}}
  %0 = act.cross_entropy %x, %t {softcap = 0.0}
    : tensor<4x10xf32>, tensor<4xi64> -> tensor<f32>
  return
}

// -----

func.func @temperature(%x: tensor<4x10xf32>, %t: tensor<4xi64>) {
  // expected-error @below {{'act.cross_entropy' op attribute 'temperature' must be finite and greater than 0, found 0x7FF0000000000000 : f64}}
  %0 = act.cross_entropy %x, %t {temperature = 0x7FF0000000000000 : f64}
    : tensor<4x10xf32>, tensor<4xi64> -> tensor<f32>
  return
}

// -----

func.func @empty_mean_of_sum(%x: tensor<4x10xf32>, %t: tensor<4xi64>) {
  // expected-error @below {{'act.cross_entropy' op empty_mean(zero) needs reduction(mean), found reduction(sum)}}
  %0 = act.cross_entropy %x, %t reduction(sum) empty_mean(zero)
    : tensor<4x10xf32>, tensor<4xi64> -> tensor<f32>
  return
}

// -----

func.func @loss_type(%x: tensor<4x10xf16>, %t: tensor<4xi64>) {
  // expected-error @below {{'act.cross_entropy' op result 'loss' must have the type 'tensor<f32>', found 'tensor<f16>'}}
  %0 = act.cross_entropy %x, %t
    : tensor<4x10xf16>, tensor<4xi64> -> tensor<f16>
  return
}

// -----

func.func @loss_shape(%x: tensor<4x10xf32>, %t: tensor<4xi64>) {
  // expected-error @below {{'act.cross_entropy' op result 'loss' must have the type 'tensor<4xf32>', found 'tensor<f32>'}}
  %0 = act.cross_entropy %x, %t reduction(none)
    : tensor<4x10xf32>, tensor<4xi64> -> tensor<f32>
  return
}

// -----

func.func @extra_results(%x: tensor<4x10xf32>, %t: tensor<4xi64>) {
  // expected-error @below {{'act.cross_entropy' op must have 3 results, loss, lse, argmax; found 2}}
  %0, %1 = act.cross_entropy %x, %t extra(lse, argmax)
    : tensor<4x10xf32>, tensor<4xi64> -> tensor<f32>, tensor<4xf32>
  return
}

// -----

func.func @argmax_type(%x: tensor<4x10xf32>, %t: tensor<4xi32>) {
  // expected-error @below {{'act.cross_entropy' op result 'argmax' must have the type 'tensor<4xi32>', found 'tensor<4xi64>'}}
  %0, %1 = act.cross_entropy %x, %t extra(argmax)
    : tensor<4x10xf32>, tensor<4xi32> -> tensor<f32>, tensor<4xi64>
  return
}

// -----

func.func @dloss(%g: tensor<4xf32>, %x: tensor<4x10xf32>, %t: tensor<4xi64>) {
  // expected-error @below {{'act.nll_backward' op operand 'dloss' must have the shape [] of the loss, found 'tensor<4xf32>'}}
  %0 = act.nll_backward %g, %x, %t
    : tensor<4xf32>, tensor<4x10xf32>, tensor<4xi64>
  return
}

// -----

func.func @dloss_type(%g: tensor<f16>, %x: tensor<4x10xf16>,
                      %t: tensor<4xi64>) {
  // expected-error @below {{'act.nll_backward' op operand 'dloss' must have the type of the loss 'tensor<f32>', found 'tensor<f16>'}}
  %0 = act.nll_backward %g, %x, %t
    : tensor<f16>, tensor<4x10xf16>, tensor<4xi64>
  return
}

// -----

func.func @misspelt(%x: tensor<4x10xf32>, %t: tensor<4xi64>) {
  // expected-error @below {{unknown attribute 'ignored_index' on 'act.cross_entropy'; did you mean 'ignore_index'?}}
  %0 = act.cross_entropy %x, %t {ignored_index = 0}
    : tensor<4x10xf32>, tensor<4xi64> -> tensor<f32>
  return
}

// -----

func.func @reduction(%x: tensor<4x10xf32>, %t: tensor<4xi64>) {
  // expected-error @below {{expected one of [mean, sum, none]}}
  %0 = act.cross_entropy %x, %t reduction(average)
    : tensor<4x10xf32>, tensor<4xi64> -> tensor<f32>
  return
}

// -----

func.func @reduction_in_braces(%x: tensor<4x10xf32>, %t: tensor<4xi64>) {
  // expected-error @below {{'reduction' stands in front of the braces: reduction(...)}}
  %0 = act.nll %x, %t {reduction = "sum"}
    : tensor<4x10xf32>, tensor<4xi64> -> tensor<f32>
  return
}

// -----

func.func @class_weight_in_braces(%x: tensor<4x10xf32>, %t: tensor<4xi64>) {
  // expected-error @below {{'class_weight' stands in front of the braces: class_weight(...)}}
  %0 = act.cross_entropy %x, %t {class_weight = dense<1.0> : tensor<10xf32>}
    : tensor<4x10xf32>, tensor<4xi64> -> tensor<f32>
  return
}

// -----

func.func @known_attributes(%x: tensor<4x10xf32>, %t: tensor<4xi64>) {
  // expected-error-re @below {{unknown attribute 'keepdim' on 'act.nll', which has 'dim', 'empty_mean', 'ignore_index', 'reduction'{{$}}}}
  %0 = act.nll %x, %t {keepdim = true}
    : tensor<4x10xf32>, tensor<4xi64> -> tensor<f32>
  return
}

// -----

func.func @float_ignore_index(%x: tensor<4x10xf32>, %t: tensor<4xi64>) {
  // expected-error @below {{attribute 'ignore_index' failed to satisfy constraint: 64-bit signless integer attribute}}
  // expected-note @below {{write -100}}
  %0 = act.cross_entropy %x, %t {ignore_index = -100.0}
    : tensor<4x10xf32>, tensor<4xi64> -> tensor<f32>
  return
}

// -----

func.func @large_z_loss(%x: tensor<4x10xf32>, %t: tensor<4xi64>) {
  // expected-error @below {{'act.cross_entropy' op 'z_loss' exceeds 'f32', in which the operation computes; give a number within 3.4e38}}
  %0 = act.cross_entropy %x, %t {z_loss = 1.0e300}
    : tensor<4x10xf32>, tensor<4xi64> -> tensor<f32>
  return
}

// -----

func.func @infinite_z_loss(%x: tensor<4x10xf32>, %t: tensor<4xi64>) {
  // expected-error @below {{'act.cross_entropy' op attribute 'z_loss' must be finite and at least 0, found 0x7FF0000000000000 : f64}}
  %0 = act.cross_entropy %x, %t {z_loss = 0x7FF0000000000000 : f64}
    : tensor<4x10xf32>, tensor<4xi64> -> tensor<f32>
  return
}
