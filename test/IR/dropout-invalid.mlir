// RUN: act-opt %s --split-input-file --verify-diagnostics

func.func @negative(%x: tensor<4xf32>, %seed: i64) -> tensor<4xf32> {
  // expected-error @below {{'act.dropout' op attribute 'p' must lie in [0, 1], found -1.000000e-01}}
  %0 = act.dropout %x, %seed {p = -0.1} : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

func.func @large(%x: tensor<4xf32>, %seed: i64) -> tensor<4xf32> {
  // expected-error @below {{'act.alpha_dropout_backward' op attribute 'p' must lie in [0, 1], found 1.5}}
  %0 = act.alpha_dropout_backward %x, %seed {p = 1.5} : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

func.func @name(%x: tensor<4xf32>, %seed: i64) -> tensor<4xf32> {
  // expected-error @below {{unknown attribute 'q' on 'act.dropout_backward'}}
  %0 = act.dropout_backward %x, %seed {q = 0.5} : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

func.func @scalar(%x: f32, %seed: i64) -> f32 {
  // expected-error @below {{must be a ranked tensor of rank 0 to 6 of f16, bf16, f32 or f64}}
  %0 = act.alpha_dropout %x, %seed : f32
  return %0 : f32
}

// -----

func.func @index() -> i64 {
  // expected-error @below {{'act.element_index' op must stand in the body of 'linalg.generic'}}
  %0 = act.element_index
  return %0 : i64
}

// -----

func.func @of_rows(%x: tensor<4x8xf32>, %o: tensor<4xi64>) -> tensor<4xi64> {
  %y = linalg.generic {indexing_maps = [affine_map<(a, b) -> (a, b)>, affine_map<(a, b) -> (a)>],
                       iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<4x8xf32>) outs(%o : tensor<4xi64>) {
  ^bb0(%a: f32, %b: i64):
    // expected-error @below {{'act.element_index' op counts the elements of a result: the loops must be parallel and those of the first result's map}}
    %i = act.element_index
    %s = arith.addi %b, %i : i64
    linalg.yield %s : i64
  } -> tensor<4xi64>
  return %y : tensor<4xi64>
}

// -----

func.func @of_tile(%x: tensor<4x8xi64>) -> tensor<4x8xi64> {
  %c4 = arith.constant 4 : index
  %y = linalg.generic {indexing_maps = [affine_map<(a, b) -> (a, b)>],
                       iterator_types = ["parallel", "parallel"]}
      outs(%x : tensor<4x8xi64>) {
  ^bb0(%b: i64):
    %i = linalg.index 0 : index
    %j = linalg.index 1 : index
    %k = arith.addi %j, %c4 : index
    // expected-error @below {{'act.element_index' op counts by the loops of 'linalg.generic': operand #1 must be 'linalg.index' of one of them}}
    %n = act.element_index of %i, %k
    linalg.yield %n : i64
  } -> tensor<4x8xi64>
  return %y : tensor<4x8xi64>
}

// -----

func.func @words(%s: vector<4xi64>, %t: vector<8xi64>) {
  // expected-error @below {{failed to verify that all of {seed, offset, block} have same type}}
  %0:4 = "act.philox"(%s, %t, %t) : (vector<4xi64>, vector<8xi64>, vector<8xi64>) -> (vector<8xi32>, vector<8xi32>, vector<8xi32>, vector<8xi32>)
  return
}
