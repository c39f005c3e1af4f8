// The attribute act.accuracy names a tier, wherever it stands.

// RUN: act-opt %s --split-input-file --verify-diagnostics

func.func @known(%x: f32) attributes {act.accuracy = "exact"} {
  %0 = act.gelu %x {act.accuracy = "default"} : f32
  %1 = act.gelu %x {act.accuracy = "fast"} : f32
  return
}

// -----

func.func @unknown(%x: f32) {
  // expected-error @below {{'act.accuracy' must be "exact", "default" or "fast", found "precise"}}
  %0 = act.gelu %x {act.accuracy = "precise"} : f32
  return
}

// -----

// expected-error @below {{'act.accuracy' must be "exact", "default" or "fast", found 1 : i64}}
module attributes {act.accuracy = 1} {
}

// -----

func.func @misspelt(%x: f32) {
  // expected-error @below {{unknown attribute 'act.acuracy'; did you mean 'act.accuracy'?}}
  %0 = act.gelu %x {act.acuracy = "exact"} : f32
  return
}
