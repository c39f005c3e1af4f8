// RUN: act-opt %s --act-to-loops --split-input-file --verify-diagnostics
// RUN: not act-opt %s --act-to-loops=vector-bits=100 2>&1 | FileCheck %s --check-prefix=BITS
// RUN: not act-opt %s --act-to-loops=interleave=17 2>&1 | FileCheck %s --check-prefix=INTERLEAVE
// RUN: not act-opt %s --act-to-loops=side-by-side=3 2>&1 | FileCheck %s --check-prefix=BESIDE

// BITS: error: act-to-loops: vector-bits is 100; use 128, 256 or 512
// INTERLEAVE: error: act-to-loops: interleave is 17; use 0 to 16
// BESIDE: error: act-to-loops: side-by-side is 3; use 0 or a power of two

func.func @tensors(%x: tensor<8xf32>, %s: f32) -> tensor<8xf32> {
  // expected-error @+1 {{'linalg.fill' op works on tensors; bufferize it first}}
  %y = linalg.fill ins(%s : f32) outs(%x : tensor<8xf32>) -> tensor<8xf32>
  return %y : tensor<8xf32>
}

// -----

func.func @map(%x: memref<4x8xf32, affine_map<(i, j) -> (j, i)>>,
               %y: memref<4x8xf32>) {
  // expected-error @+1 {{'act.softmax' op works on 'memref<4x8xf32, affine_map<(d0, d1) -> (d1, d0)>>'; loops need strides and no memory space}}
  act.softmax ins(%x : memref<4x8xf32, affine_map<(i, j) -> (j, i)>>)
    outs(%y : memref<4x8xf32>)
  return
}

// -----

func.func @space(%x: memref<4x8xf32, 3>, %y: memref<4x8xf32>) {
  // expected-error @+1 {{'act.softmax' op works on 'memref<4x8xf32, 3>'; loops need strides and no memory space}}
  act.softmax ins(%x : memref<4x8xf32, 3>) outs(%y : memref<4x8xf32>)
  return
}

// -----

%x = memref.alloc() : memref<4x8xf32>
// expected-error @+1 {{'act.softmax' op must stand in a func.func to become loops}}
act.softmax ins(%x : memref<4x8xf32>) outs(%x : memref<4x8xf32>)
