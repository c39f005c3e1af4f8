// gelu runs fastest with eight vectors in flight. Where several operands come
// from memory no burst of one is longer than 256 bytes.

// RUN: act-opt %s --act-to-loops=vector-bits=512 --split-input-file | FileCheck %s
// RUN: act-opt %s --act-to-loops='vector-bits=512 interleave=8' --split-input-file \
// RUN:   | FileCheck %s --check-prefix=ASKED

// CHECK-LABEL: func @one
//       CHECK: act.gelu {{.*}} : vector<128xf32>
#id = affine_map<(i) -> (i)>
func.func @one(%x: memref<?xf32>, %y: memref<?xf32>) {
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%x : memref<?xf32>) outs(%y : memref<?xf32>) {
  ^bb0(%a: f32, %out: f32):
    %0 = act.gelu %a : f32
    linalg.yield %0 : f32
  }
  return
}

// -----

// CHECK-LABEL: func @two
//       CHECK: act.gelu {{.*}} : vector<64xf32>
// ASKED-LABEL: func @two
//       ASKED: act.gelu {{.*}} : vector<128xf32>
#id = affine_map<(i) -> (i)>
func.func @two(%x: memref<?xf32>, %b: memref<?xf32>, %y: memref<?xf32>) {
  linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel"]}
      ins(%x, %b : memref<?xf32>, memref<?xf32>) outs(%y : memref<?xf32>) {
  ^bb0(%a: f32, %c: f32, %out: f32):
    %0 = act.gelu %a : f32
    %1 = arith.mulf %0, %c : f32
    linalg.yield %1 : f32
  }
  return
}

// -----

// Numbers of 16 bits are as many in half of the bytes.

// CHECK-LABEL: func @short
//       CHECK: act.gelu {{.*}} : vector<128xbf16>
#id = affine_map<(i) -> (i)>
func.func @short(%x: memref<?xbf16>, %b: memref<?xbf16>, %y: memref<?xbf16>) {
  linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel"]}
      ins(%x, %b : memref<?xbf16>, memref<?xbf16>) outs(%y : memref<?xbf16>) {
  ^bb0(%a: bf16, %c: bf16, %out: bf16):
    %0 = act.gelu %a : bf16
    %1 = arith.mulf %0, %c : bf16
    linalg.yield %1 : bf16
  }
  return
}
