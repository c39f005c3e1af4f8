// RUN: act-opt %s --split-input-file --verify-diagnostics \
// RUN:   --act-differentiate -o /dev/null

// expected-error @+1 {{act-differentiate: there are several functions; name one with entry=: 'f', 'g'}}
module {
func.func @f(%x: f32) -> f32 {
  return %x : f32
}
func.func @g(%x: f32) -> f32 {
  return %x : f32
}
}

// -----

// expected-error @+1 {{act-differentiate: there is no public function with a body}}
module {
func.func private @f(%x: f32) -> f32
}

// -----

func.func @unsupported(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{'tensor.bitcast' cannot be differentiated}}
  // expected-note @below {{differentiate only by arguments that do not reach it (option args=), or give the operation a DifferentiableOpInterface}}
  %y = tensor.bitcast %x : tensor<4xf32> to tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// Values that go on in a form that has no derivative are no constants.

func.func @unranked(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{'tensor.cast' cannot be differentiated: its result of type 'tensor<*xf32>' has no derivative}}
  // expected-note @below {{differentiate only by arguments that do not reach it (option args=)}}
  %u = tensor.cast %x : tensor<4xf32> to tensor<*xf32>
  %r = tensor.cast %u : tensor<*xf32> to tensor<4xf32>
  %y = math.tanh %r : tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

func.func @memory(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{'bufferization.to_buffer' cannot be differentiated: its result of type 'memref<4xf32>' has no derivative}}
  // expected-note @below {{differentiate only by}}
  %m = bufferization.to_buffer %x : tensor<4xf32> to memref<4xf32>
  %r = bufferization.to_tensor %m restrict : memref<4xf32> to tensor<4xf32>
  %y = math.tanh %r : tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

func.func @bits(%x: f32) -> f32 {
  // expected-error @below {{'arith.bitcast' cannot be differentiated: its result of type 'i32' has no derivative}}
  // expected-note @below {{differentiate only by}}
  %m = arith.bitcast %x : f32 to i32
  %c = arith.constant 2147483647 : i32
  %a = arith.andi %m, %c : i32
  %r = arith.bitcast %a : i32 to f32
  %y = arith.mulf %r, %r : f32
  return %y : f32
}

// -----

func.func @bits_of_body(%x: tensor<4xf32>) -> tensor<4xf32> {
  %e = tensor.empty() : tensor<4xi32>
  // expected-error @below {{'linalg.generic' cannot be differentiated: its result of type 'tensor<4xi32>' has no derivative}}
  // expected-note @below {{differentiate only by}}
  %m = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>],
                       iterator_types = ["parallel"]}
      ins(%x : tensor<4xf32>) outs(%e : tensor<4xi32>) {
  ^bb0(%a: f32, %o: i32):
    %b = arith.bitcast %a : f32 to i32
    linalg.yield %b : i32
  } -> tensor<4xi32>
  %y = arith.bitcast %m : tensor<4xi32> to tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// Comparing bits is comparing, and rounding to integers is constant almost
// everywhere.
func.func @sign(%x: f32) -> f32 {
  %m = arith.bitcast %x : f32 to i32
  %c = arith.constant 0 : i32
  %is = arith.cmpi slt, %m, %c : i32
  %i = arith.fptosi %x : f32 to i32
  %r = arith.sitofp %i : i32 to f32
  %s = arith.select %is, %r, %x : f32
  return %s : f32
}

// -----

func.func @control_flow(%x: f32, %c: i1) -> f32 {
  // expected-error @below {{'scf.if' cannot be differentiated: it is control flow}}
  // expected-note @below {{differentiate only by}}
  %y = scf.if %c -> f32 {
    scf.yield %x : f32
  } else {
    %z = act.silu %x : f32
    scf.yield %z : f32
  }
  return %y : f32
}

// -----

// expected-error @below {{function 'branches' cannot be differentiated: it has branches}}
func.func @branches(%x: f32, %c: i1) -> f32 {
  cf.cond_br %c, ^bb1, ^bb1
^bb1:
  return %x : f32
}

// -----

// expected-error @below {{function 'integers' has no floating-point argument to differentiate by}}
func.func @integers(%x: i32) -> i32 {
  return %x : i32
}

// -----

// expected-error @below {{the derivative of 'clash' would be named 'clash_vjp', which exists already}}
func.func @clash(%x: f32) -> f32 {
  return %x : f32
}
// expected-note @below {{here; choose another ending with suffix=}}
func.func private @clash_vjp(%x: f32)

// -----

// expected-error @below {{two arguments of 'names_vjp' would be named 'd_y'}}
// expected-note @below {{give the function's arguments and results other names (attribute 'act.name'), or leave the results out (results=false)}}
func.func @names(%x: f32 {act.name = "d_y"}) -> (f32 {act.name = "y"}) {
  return %x : f32
}

// -----

// expected-error @below {{two results of 'results_vjp' would be named 'd_x'}}
// expected-note @below {{give the function's}}
func.func @results(%x: f32 {act.name = "x"}) -> (f32 {act.name = "d_x"}) {
  return %x : f32
}

// -----

func.func @saved(%dy: f32, %y: f32) -> f32 {
  // expected-error @below {{'act.sigmoid_backward' with saved(output) cannot be differentiated; write it with x instead of y}}
  %dx = act.sigmoid_backward %dy, %y saved(output) : f32
  return %dx : f32
}

// -----

func.func @term(%x: f32, %m: f32) -> f32 {
  // expected-error @below {{'act.exp_difference' cannot be differentiated: it has no backward operation}}
  %y = act.exp_difference %x, %m : f32, f32
  return %y : f32
}

// -----

func.func @recursive(%x: f32) -> f32 {
  // expected-error @below {{calls 'recursive' recursively, which cannot be differentiated}}
  %y = call @recursive(%x) : (f32) -> f32
  return %y : f32
}

// -----

// expected-error @below {{function 'outside' cannot be differentiated: it has no body}}
func.func private @outside(%x: f32) -> f32
func.func @external(%x: f32) -> f32 {
  // expected-remark @below {{called from here}}
  %y = call @outside(%x) : (f32) -> f32
  return %y : f32
}

// -----

func.func @maximum(%x: tensor<4xf32>, %i: tensor<f32>) -> tensor<f32> {
  // expected-error @below {{'linalg.reduce' cannot be differentiated: result #0 reads its destination other than to add to it}}
  %y = linalg.reduce { arith.maximumf } ins(%x : tensor<4xf32>)
    outs(%i : tensor<f32>) dimensions = [0]
  return %y : tensor<f32>
}

// -----

// expected-note @below {{this value; pass it as an operand}}
func.func @captured(%x: f32, %t: tensor<4xf32>) -> tensor<4xf32> {
  %e = tensor.empty() : tensor<4xf32>
  // expected-error @below {{'linalg.map' cannot be differentiated: its body uses a value from outside}}
  %y = linalg.map ins(%t : tensor<4xf32>) outs(%e : tensor<4xf32>)
    (%a: f32, %o: f32) {
      %s = arith.mulf %a, %x : f32
      linalg.yield %s : f32
    }
  return %y : tensor<4xf32>
}

// -----

func.func @extra(%x: tensor<4x8xf32>, %t: tensor<4xi64>) -> tensor<4xf32> {
  // expected-error @below {{result #1 of 'act.cross_entropy' has no derivative, but a differentiated value depends on it}}
  %l, %lse = act.cross_entropy %x, %t reduction(none) extra(lse)
    : tensor<4x8xf32>, tensor<4xi64> -> tensor<4xf32>, tensor<4xf32>
  %y = arith.addf %l, %lse : tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

func.func @finite(%d: tensor<f32>, %x: tensor<4x8xf32>, %t: tensor<4xi64>,
                  %w: tensor<8xf32>) -> tensor<4x8xf32> {
  // expected-error @below {{'act.cross_entropy_backward' cannot be differentiated: it has class weights and smooth_over(finite), for which there is no second derivative}}
  %dx = act.cross_entropy_backward %d, %x, %t class_weight(%w : tensor<8xf32>)
    smooth_over(finite) {label_smoothing = 0.1}
    : tensor<f32>, tensor<4x8xf32>, tensor<4xi64>
  return %dx : tensor<4x8xf32>
}

// -----

func.func @number(%dy: tensor<f32>, %x: tensor<f32>) -> tensor<f32> {
  // expected-error @below {{'act.softmax_backward' cannot be differentiated: it has data of rank 0, for which there is no second derivative}}
  %dx = act.softmax_backward %dy, %x : tensor<f32>
  return %dx : tensor<f32>
}

// -----

func.func @choice(%x: f32) -> f32 {
  // expected-error @below {{'act.derivative' is "keep"; it can be "save" or "recompute"}}
  %y = act.silu %x {act.derivative = "keep"} : f32
  return %y : f32
}

// -----

func.func @body(%x: tensor<4xf32>) -> tensor<4xf32> {
  %e = tensor.empty() : tensor<4xf32>
  %y = linalg.map ins(%x : tensor<4xf32>) outs(%e : tensor<4xf32>)
    (%a: f32, %o: f32) {
      // expected-error @below {{'math.acos' cannot be differentiated}}
      // expected-note @below {{differentiate only by}}
      %s = math.acos %a : f32
      linalg.yield %s : f32
    }
  return %y : tensor<4xf32>
}

// -----

func.func @vectors(%dy: vector<4xf32>, %x: vector<8xf32>) -> vector<8xf32> {
  // expected-error @below {{'act.glu_backward' on vectors cannot be differentiated here; use act.gate on its parts}}
  %dx = act.glu_backward swiglu %dy, %x layout(halves) gate(first)
    : vector<4xf32>, vector<8xf32>
  return %dx : vector<8xf32>
}

// -----

// An operand that the body reads elsewhere besides has but half of its gradient
// by its map.

// expected-note @below {{this value; pass it as an operand}}
func.func @operand_and_captured(%x: tensor<5xf64>) -> tensor<5xf64> {
  %c4 = arith.constant 4 : index
  %e = tensor.empty() : tensor<5xf64>
  // expected-error @below {{'linalg.generic' cannot be differentiated: its body uses a value from outside}}
  %y = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : tensor<5xf64>) outs(%e : tensor<5xf64>) {
  ^bb0(%in: f64, %out: f64):
    %i = linalg.index 0 : index
    %j = arith.subi %c4, %i : index
    %other = tensor.extract %x[%j] : tensor<5xf64>
    %p = arith.mulf %in, %other : f64
    linalg.yield %p : f64
  } -> tensor<5xf64>
  return %y : tensor<5xf64>
}

// -----

func.func @numbered(%x: tensor<3x4xf32>) -> tensor<4x3xf32> {
  %e = tensor.empty() : tensor<4x3xf32>
  // expected-error @below {{'linalg.generic' cannot be differentiated: its body numbers the elements, and an operand has its dimensions in another order}}
  %y = linalg.generic {indexing_maps = [affine_map<(i, j) -> (j, i)>, affine_map<(i, j) -> (i, j)>],
                       iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<3x4xf32>) outs(%e : tensor<4x3xf32>) {
  ^bb0(%in: f32, %out: f32):
    %n = act.element_index
    %f = arith.sitofp %n : i64 to f32
    %p = arith.mulf %in, %f : f32
    linalg.yield %p : f32
  } -> tensor<4x3xf32>
  return %y : tensor<4x3xf32>
}
