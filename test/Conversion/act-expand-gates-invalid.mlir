// RUN: act-opt %s --act-expand --split-input-file --verify-diagnostics

func.func @huge_limit(%g: f32) -> f32 {
  // expected-error @+1 {{'limit' = 1.000000e+300 : f64 exceeds f32, in which the operation computes; give a number within 3.4e38}}
  %y = act.gate swiglu_oai %g, %g {limit = 1.0e300} : f32
  return %y : f32
}

// -----

func.func @huge_beta(%g: f32) -> (f32, f32) {
  // expected-error @+1 {{'beta' = 1.000000e+300 : f64 exceeds f32}}
  %dg, %du = act.gate_backward swiglu %g, %g, %g {beta = 1.0e300} : f32
  return %dg, %du : f32, f32
}

// -----

func.func @scalable(%x: vector<[4]xf32>) -> vector<[2]xf32> {
  // expected-error @+1 {{'act.glu' op cannot split a scalable vector; use act.gate of two vectors}}
  %y = act.glu swiglu %x : vector<[4]xf32> -> vector<[2]xf32>
  return %y : vector<[2]xf32>
}
