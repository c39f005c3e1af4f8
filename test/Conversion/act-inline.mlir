// RUN: act-opt %s --act-inline | FileCheck %s

// Calls of calls vanish, and what is private and not used with them.

// CHECK-NOT: func private
// CHECK-LABEL: func @entry
//  CHECK-SAME: %[[X:.*]]: tensor<?xf32>
//  CHECK-NEXT: %[[A:.*]] = act.silu %[[X]]
//  CHECK-NEXT: %[[B:.*]] = act.gelu %[[A]]
//  CHECK-NEXT: %[[C:.*]] = act.silu %[[B]]
//  CHECK-NEXT: return %[[C]], %[[B]]
func.func @entry(%x: tensor<?xf32>) -> (tensor<?xf32>, tensor<?xf32>) {
  %a = func.call @outer(%x) : (tensor<?xf32>) -> tensor<?xf32>
  %b = func.call @inner(%a) : (tensor<?xf32>) -> tensor<?xf32>
  return %b, %a : tensor<?xf32>, tensor<?xf32>
}

func.func private @outer(%x: tensor<?xf32>) -> tensor<?xf32> {
  %a = func.call @inner(%x) : (tensor<?xf32>) -> tensor<?xf32>
  %b = act.gelu %a : tensor<?xf32>
  return %b : tensor<?xf32>
}

func.func private @inner(%x: tensor<?xf32>) -> tensor<?xf32> {
  %a = act.silu %x : tensor<?xf32>
  return %a : tensor<?xf32>
}

// What is called keeps its tier, which operations may name themselves.

// CHECK-LABEL: func @of_other_tier
//  CHECK-NEXT: act.silu %{{.*}} {act.accuracy = "exact"} : tensor<?xf32>
//  CHECK-NEXT: act.gelu %{{.*}} {act.accuracy = "fast"} : tensor<?xf32>
//  CHECK-NEXT: linalg.generic
//       CHECK:   ^bb0
//  CHECK-NEXT:     math.exp %{{.*}} {act.accuracy = "exact"} : f32
//       CHECK: } -> tensor<?xf32>
//  CHECK-NEXT: act.silu %{{[0-9]*}} : tensor<?xf32>
func.func @of_other_tier(%x: tensor<?xf32>) -> tensor<?xf32> {
  %a = func.call @exact(%x) : (tensor<?xf32>) -> tensor<?xf32>
  %b = act.silu %a : tensor<?xf32>
  return %b : tensor<?xf32>
}

func.func private @exact(%x: tensor<?xf32>) -> tensor<?xf32>
    attributes {act.accuracy = "exact"} {
  %a = act.silu %x : tensor<?xf32>
  %b = act.gelu %a {act.accuracy = "fast"} : tensor<?xf32>
  %c = linalg.generic {
      indexing_maps = [affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      outs(%b : tensor<?xf32>) {
  ^bb0(%v: f32):
    %e = math.exp %v : f32
    linalg.yield %e : f32
  } -> tensor<?xf32>
  return %c : tensor<?xf32>
}
