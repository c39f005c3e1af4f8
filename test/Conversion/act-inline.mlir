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
