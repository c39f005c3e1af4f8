// RUN: act-opt %s --act-decompose --split-input-file --verify-diagnostics

func.func @memory(%x: memref<4x8xf32>, %y: memref<4x8xf32>) {
  // expected-error @below {{'act.softmax' op cannot be decomposed on memrefs; decompose before bufferization}}
  act.softmax ins(%x : memref<4x8xf32>) outs(%y : memref<4x8xf32>)
  return
}

// -----

func.func @number(%x: f32) -> f32 {
  // expected-error @below {{'act.leaky_relu' op cannot be decomposed: a number exceeds f32, in which it computes; give numbers within 3.4e38}}
  %y = act.leaky_relu %x {slope = 1.0e300} : f32
  return %y : f32
}

// -----

func.func @scalable(%x: vector<[4]xf32>) -> vector<[2]xf32> {
  // expected-error @below {{'act.glu' op cannot split a scalable vector; use act.gate of two vectors}}
  %y = act.glu swiglu %x : vector<[4]xf32> -> vector<[2]xf32>
  return %y : vector<[2]xf32>
}
