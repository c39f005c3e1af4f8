// Each entry of the examples is one kernel: one pass over memory, without
// temporaries and copies.
//
//
// DEFINE: %{bufferize} = --act-inline --act-to-linalg --act-outline-results \
// DEFINE:   --eliminate-empty-tensors --one-shot-bufferize --canonicalize

// CHECK-LABEL: func @forward
//   CHECK-NOT: memref.{{(alloc|copy)}}
//       CHECK: linalg.generic
//    MLP-NEXT: ^bb0
//    MLP-NEXT:   act.silu
//    MLP-NEXT:   arith.mulf
//   GELU-NEXT: ^bb0
//   GELU-NEXT:   arith.addf
//   GELU-NEXT:   act.gelu
//   CHECK-NOT: {{memref.(alloc|copy)|linalg.generic}}
// CHECK-LABEL: func @backward
//   CHECK-NOT: memref.{{(alloc|copy)}}
//       CHECK: linalg.generic
//   CHECK-NOT: {{memref.(alloc|copy)|linalg.generic}}
//         MLP: linalg.yield %{{.*}}, %{{.*}} : f32, f32
//        GELU: linalg.yield %{{.*}} : f32
//   CHECK-NOT: {{memref.(alloc|copy)|linalg.generic}}
// RUN: act-opt %act_src/docs/examples/gated_mlp/gated_mlp.mlir %{bufferize} | FileCheck %s --check-prefixes=CHECK,MLP
// RUN: act-opt %act_src/docs/examples/gelu_block/gelu_block.mlir %{bufferize} | FileCheck %s --check-prefixes=CHECK,GELU
