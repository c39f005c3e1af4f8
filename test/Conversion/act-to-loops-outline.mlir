// RUN: act-opt %s --act-to-loops=outline --split-input-file | FileCheck %s
// RUN: act-opt %s --act-to-loops="outline parallel" --split-input-file | FileCheck %s
// RUN: act-opt %s --act-to-loops --split-input-file | FileCheck %s --check-prefix=INLINE
// RUN: act-opt %s --act-to-loops=outline --act-merge-kernels --split-input-file | FileCheck %s --check-prefix=MERGED

// Operations on values of the same types are functions; what is there once
// stays where it is. Whether they are the same is seen of what they become.

// CHECK-LABEL: func private @layers__block(
//       CHECK:   act.shifted_exp
// CHECK-LABEL: func private @layers__block_0(
//       CHECK:   act.shifted_exp
// CHECK-LABEL: func @layers(
//   CHECK-NOT:   act.shifted_exp
//       CHECK:   call @layers__block(
//   CHECK-NOT:   act.shifted_exp
//       CHECK:   act.tempered_exp
//   CHECK-NOT:   act.shifted_exp
//       CHECK:   call @layers__block_0(

// INLINE-NOT: func private
//     INLINE: func @layers(
// INLINE-NOT: call @

// MERGED-LABEL: func private @layers__block(
//   MERGED-NOT: func private
// MERGED-LABEL: func @layers(
//       MERGED:   call @layers__block(
//       MERGED:   call @layers__block(
func.func @layers(%x: memref<4x64xf32>, %y: memref<4x64xf32>) {
  act.softmax ins(%x : memref<4x64xf32>) outs(%y : memref<4x64xf32>)
  act.softmax ins(%y : memref<4x64xf32>) outs(%x : memref<4x64xf32>) {temperature = 3.0}
  act.softmax ins(%x : memref<4x64xf32>) outs(%y : memref<4x64xf32>)
  return
}

// -----

// A function of its own has the tier that its operations had around them, and
// is not that of another tier.

// CHECK-LABEL: func private @exact__block(
//  CHECK-SAME:   attributes {act.accuracy = "exact"}
// CHECK-LABEL: func private @unnamed__block(
//   CHECK-NOT:   attributes
//       CHECK:   act.silu

// MERGED-LABEL: func private @exact__block(
// MERGED-LABEL: func @exact(
// MERGED-LABEL: func private @unnamed__block(
#id = affine_map<(i) -> (i)>
func.func @exact(%x: memref<64xf32>) attributes {act.accuracy = "exact"} {
  linalg.generic {indexing_maps = [#id], iterator_types = ["parallel"]}
      outs(%x : memref<64xf32>) {
  ^bb0(%v: f32):
    %0 = act.silu %v : f32
    linalg.yield %0 : f32
  }
  return
}
func.func @unnamed(%x: memref<64xf32>) {
  linalg.generic {indexing_maps = [#id], iterator_types = ["parallel"]}
      outs(%x : memref<64xf32>) {
  ^bb0(%v: f32):
    %0 = act.silu %v : f32
    linalg.yield %0 : f32
  }
  return
}
