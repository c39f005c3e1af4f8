// RUN: not act-opt %s --act-expand --split-input-file 2>&1 | FileCheck %s
// RUN: not act-opt %s --act-expand=accuracy=best 2>&1 \
// RUN:   | FileCheck %s --check-prefix=ACCURACY
// RUN: not act-opt %s --act-expand=has-fma=false --split-input-file 2>&1 \
// RUN:   | FileCheck %s --check-prefix=NOFMA

// ACCURACY: error: act-expand: unknown accuracy 'best'; use 'exact', 'default' or 'fast'

func.func @no_rule(%x: f32) -> f32 {
  // CHECK: [[@LINE+2]]:8: error: 'math.atan' op has no expansion for type 'f32'
  // CHECK: note: allow-libm=true (--allow-libm) leaves it to the C library
  %y = math.atan %x : f32
  return %y : f32
}

// -----

func.func @too_large(%x: f32) -> f32 {
  // CHECK: [[@LINE+1]]:8: error: 'act.swish' op 'beta' = 1.000000e+300 : f64 exceeds f32, in which the operation computes; give a number within 3.4e38
  %y = act.swish %x {beta = 1.0e+300} : f32
  return %y : f32
}

// -----

func.func @wide_fma(%a: f64) -> f64 {
  // NOFMA: [[@LINE+2]]:8: error: 'math.fma' op has no expansion for type 'f64'
  // NOFMA: note: processors with fused multiply-adds have it: has-fma=true, or a --target-cpu such as haswell
  %d = math.fma %a, %a, %a : f64
  return %d : f64
}

// -----

// It is said once what an operation lacks that stands in several places.

func.func @twice(%a: f64, %b: f64) -> (f64, f64) {
  // NOFMA: error: 'math.fma' op has no expansion for type 'f64'
  // NOFMA-NOT: error:
  %c = math.fma %a, %a, %a : f64 loc("one place":1:1)
  %d = math.fma %b, %b, %b : f64 loc("one place":1:1)
  return %c, %d : f64, f64
}
