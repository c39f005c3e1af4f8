// RUN: act-opt %s --act-to-loops --split-input-file --verify-diagnostics
// RUN: not act-opt %s --act-to-loops=vector-bits=100 2>&1 | FileCheck %s --check-prefix=BITS
// RUN: not act-opt %s --act-to-loops=interleave=17 2>&1 | FileCheck %s --check-prefix=INTERLEAVE

// BITS: error: act-to-loops: vector-bits is 100; use 128, 256 or 512
// INTERLEAVE: error: act-to-loops: interleave is 17; use 0 to 16

func.func @tensors(%x: tensor<8xf32>, %s: f32) -> tensor<8xf32> {
  // expected-error @+1 {{'linalg.fill' op works on tensors; bufferize it first}}
  %y = linalg.fill ins(%s : f32) outs(%x : tensor<8xf32>) -> tensor<8xf32>
  return %y : tensor<8xf32>
}

// -----

%x = memref.alloc() : memref<4x8xf32>
// expected-error @+1 {{'act.softmax' op must stand in a func.func to become loops}}
act.softmax ins(%x : memref<4x8xf32>) outs(%x : memref<4x8xf32>)
