// A softmax that a frontend spells, with its maximum, has a gradient: act-run
// fuses before it differentiates.

// RUN: act-run %s --grad --gradcheck
// RUN: not act-run %s --grad --no-fuse 2>&1 | FileCheck %s
// CHECK: 'linalg.reduce' cannot be differentiated: result #0 reads its destination other than to add to it
// CHECK: note: the maximum of a softmax is part of one operation after act-fuse
func.func @softmax(%x: tensor<4x8xf32> {act.name = "x"}) -> (tensor<4x8xf32> {act.name = "y"}) {
  %zero = arith.constant dense<0.0> : tensor<4xf32>
  %lowest = arith.constant dense<0xFF800000> : tensor<4xf32>
  %empty = tensor.empty() : tensor<4x8xf32>
  %max = linalg.reduce {arith.maximumf} ins(%x : tensor<4x8xf32>) outs(%lowest : tensor<4xf32>) dimensions = [1]
  %maxes = linalg.broadcast ins(%max : tensor<4xf32>) outs(%empty : tensor<4x8xf32>) dimensions = [1]
  %d = arith.subf %x, %maxes : tensor<4x8xf32>
  %e = math.exp %d : tensor<4x8xf32>
  %sum = linalg.reduce {arith.addf} ins(%e : tensor<4x8xf32>) outs(%zero : tensor<4xf32>) dimensions = [1]
  %sums = linalg.broadcast ins(%sum : tensor<4xf32>) outs(%empty : tensor<4x8xf32>) dimensions = [1]
  %y = arith.divf %e, %sums : tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}
