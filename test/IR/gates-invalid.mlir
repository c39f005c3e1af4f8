// Every mistake in a gate has its message.

// RUN: act-opt %s --split-input-file --verify-diagnostics

func.func @kind(%g: f32) {
  // expected-error @+1 {{expected one of [glu, reglu, sreglu, geglu, geglu_tanh, quick_geglu, swiglu, bilinear, swiglu_oai] for the function of a gate, got: swish}}
  act.gate swish %g, %g : f32
  return
}

// -----

func.func @different_types(%g: tensor<8xf32>, %u: tensor<?xf32>) {
  // expected-error @+1 {{operands g and u must have one type, found 'tensor<8xf32>' and 'tensor<?xf32>'}}
  act.gate swiglu %g, %u : tensor<8xf32>, tensor<?xf32>
  return
}

// -----

func.func @result_shape(%g: tensor<8xf32>) {
  // expected-error @+1 {{result must have the shape of 'tensor<8xf32>', found 'tensor<7xf32>'}}
  act.gate swiglu %g, %g : tensor<8xf32> -> tensor<7xf32>
  return
}

// -----

func.func @integers(%g: tensor<8xi32>) {
  // expected-error @+1 {{operand #0 must be f16, bf16, f32 or f64}}
  act.gate swiglu %g, %g : tensor<8xi32>
  return
}

// -----

func.func @cotangent(%dy: tensor<7xf32>, %g: tensor<8xf32>) {
  // expected-error @+1 {{operand dy must have the shape of 'tensor<8xf32>', found 'tensor<7xf32>'}}
  act.gate_backward swiglu %dy, %g, %g : tensor<7xf32>, tensor<8xf32>
  return
}

// -----

func.func @gradient_type(%g: f32) {
  // expected-error @+1 {{result dg must have the type of its operand 'f32', found 'f16'}}
  "act.gate_backward"(%g, %g, %g) <{kind = #act<gate_kind swiglu>}> : (f32, f32, f32) -> (f16, f32)
  return
}

// -----

func.func @foreign_beta(%g: f32) {
  // expected-error @+1 {{attribute 'beta' belongs to the kind swiglu, found the kind geglu}}
  act.gate geglu %g, %g {beta = 1.0} : f32
  return
}

// -----

func.func @foreign_limit(%x: tensor<8xf32>) {
  // expected-error @+1 {{attribute 'limit' belongs to the kind swiglu_oai, found the kind swiglu}}
  act.glu swiglu %x {limit = 7.0} : tensor<8xf32> -> tensor<4xf32>
  return
}

// -----

func.func @foreign_no_limit(%g: f32) {
  // expected-error @+1 {{attribute 'no_limit' belongs to the kind swiglu_oai, found the kind glu}}
  act.gate_backward glu %g, %g, %g {no_limit} : f32
  return
}

// -----

func.func @both_limits(%g: f32) {
  // expected-error @+1 {{takes 'limit' or 'no_limit', not both; remove one of them}}
  act.gate swiglu_oai %g, %g {limit = 7.0, no_limit} : f32
  return
}

// -----

func.func @zero_limit(%g: f32) {
  // expected-error @+1 {{attribute 'limit' must be greater than 0, found 0.000000e+00}}
  act.gate swiglu_oai %g, %g {limit = 0.0} : f32
  return
}

// -----

func.func @nan_alpha(%g: f32) {
  // expected-error @+1 {{attribute 'alpha' must be finite, found 0x7FF8000000000000}}
  act.gate swiglu_oai %g, %g {alpha = 0x7FF8000000000000 : f64} : f32
  return
}

// -----

func.func @infinite_beta(%g: f32) {
  // expected-error @+1 {{attribute 'beta' must be finite, found 0x7FF0000000000000}}
  act.gate swiglu %g, %g {beta = 0x7FF0000000000000 : f64} : f32
  return
}

// -----

func.func @integer_beta(%g: f32) {
  // expected-error @+2 {{'act.gate' attribute 'beta' failed to satisfy constraint}}
  // expected-note @+1 {{write 2.0}}
  act.gate swiglu %g, %g {beta = 2} : f32
  return
}

// -----

func.func @misspelt(%g: f32) {
  // expected-error @+1 {{unknown attribute 'betta' on 'act.gate'; did you mean 'beta'?}}
  act.gate swiglu %g, %g {betta = 2.0} : f32
  return
}

// -----

func.func @odd(%x: tensor<?x7xf32>) {
  // expected-error @+1 {{halving dimension must be even, got 7}}
  act.glu swiglu %x : tensor<?x7xf32> -> tensor<?x3xf32>
  return
}

// -----

func.func @odd_backward(%dy: vector<3xf32>, %x: vector<7xf32>) {
  // expected-error @+1 {{halving dimension must be even, got 7}}
  act.glu_backward swiglu %dy, %x : vector<3xf32>, vector<7xf32>
  return
}

// -----

func.func @rank0(%x: tensor<f32>) {
  // expected-error @+1 {{needs a tensor or vector of rank 1 or more to split, found 'tensor<f32>'}}
  act.glu swiglu %x : tensor<f32>
  return
}

// -----

func.func @scalar(%x: f32) {
  // expected-error @+1 {{needs a tensor or vector of rank 1 or more to split, found 'f32'}}
  act.glu swiglu %x : f32
  return
}

// -----

func.func @dim(%x: tensor<4x8xf32>) {
  // expected-error @+1 {{attribute 'dim' must lie in [-2, 2) for rank 2, found 2}}
  act.glu swiglu %x {dim = 2} : tensor<4x8xf32> -> tensor<4x4xf32>
  return
}

// -----

func.func @not_halved(%x: tensor<4x8xf32>) {
  // expected-error @+1 {{result must have the shape of 'tensor<4x4xf32>', found 'tensor<4x8xf32>'}}
  act.glu swiglu %x : tensor<4x8xf32>
  return
}

// -----

func.func @packed_cotangent(%x: tensor<4x8xf32>) {
  // expected-error @+1 {{operand dy must have the shape of 'tensor<4x4xf32>', found 'tensor<4x8xf32>'}}
  act.glu_backward swiglu %x, %x : tensor<4x8xf32>
  return
}

// -----

func.func @choice_twice(%x: tensor<8xf32>) {
  // expected-error @+1 {{expected layout and gate once each}}
  act.glu swiglu %x gate(first) gate(second) : tensor<8xf32> -> tensor<4xf32>
  return
}

// -----

func.func @layout(%x: tensor<8xf32>) {
  // expected-error @+1 {{expected one of [halves, interleaved] for how two parts are packed, got: thirds}}
  act.glu swiglu %x layout(thirds) : tensor<8xf32> -> tensor<4xf32>
  return
}

// -----

// It would replace the kind in front.
func.func @kind_in_braces(%g: f32) {
  // expected-error @+1 {{'kind' stands in front of the braces}}
  act.gate swiglu_oai %g, %g {kind = #act<gate_kind swiglu>} : f32
  return
}

// -----

func.func @layout_in_braces(%x: tensor<8xf32>) {
  // expected-error @+1 {{'layout' stands in front of the braces: layout(...)}}
  act.glu swiglu %x {layout = "interleaved"} : tensor<8xf32> -> tensor<4xf32>
  return
}

// -----

func.func @no_limit_value(%g: f32) {
  // expected-error @+2 {{attribute 'no_limit' failed to satisfy constraint: unit attribute}}
  // expected-note @+1 {{write no_limit}}
  act.gate swiglu_oai %g, %g {no_limit = true} : f32
  return
}
