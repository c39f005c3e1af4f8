// A softmax that a frontend spells, with its maximum, has a gradient: as the one
// operation that act-run makes of it first, and as it is spelled.

// RUN: act-run %s --entry=softmax --grad --gradcheck
// RUN: act-run %s --entry=softmax --grad --gradcheck --no-fuse
// RUN: act-run %s --entry=softmax --grad --stop-after=fuse | FileCheck %s --check-prefix=FUSED
// FUSED: act.softmax_backward
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

// Maxima and minima along dimensions, forward, backward and twice.

// RUN: act-run %s --entry=extrema --grad --gradcheck
// RUN: act-run %s --entry=extrema --grad --grad-order=2 --gradcheck
// RUN: act-opt %s "--act-differentiate=entry=extrema mode=jvp results=false" | act-run - --entry=extrema_jvp
func.func @extrema(%x: tensor<4x8x3xf32> {act.name = "x"}) -> (tensor<4x3xf32> {act.name = "y"}, tensor<8xf32> {act.name = "z"}) {
  %lowest = arith.constant dense<0xFF800000> : tensor<4x3xf32>
  %highest = arith.constant dense<0x7F800000> : tensor<8xf32>
  %m = linalg.reduce {arith.maximumf} ins(%x : tensor<4x8x3xf32>) outs(%lowest : tensor<4x3xf32>) dimensions = [1]
  %n = linalg.reduce {arith.minnumf} ins(%x : tensor<4x8x3xf32>) outs(%highest : tensor<8xf32>) dimensions = [0, 2]
  %y = act.tanh %m : tensor<4x3xf32>
  %z = act.silu %n : tensor<8xf32>
  return %y, %z : tensor<4x3xf32>, tensor<8xf32>
}

// Equal elements share; what is below the number that the maximum begins with has
// nothing; and NaN stays NaN.

// RUN: act-run %s --entry=shares --grad "--input=x=4x4xf32=[[1,3,3,0],[-1,-2,-3,-4],[nan,1,2,3],[5,5,5,5]]" \
// RUN:   --input=d_y=4xf32=[1,1,1,1] --output=d_x=- | FileCheck %s
// CHECK: d_x: 4x4xf32
// CHECK-NEXT: {{\[\[ *0, *0.5, *0.5, *0\]}}
// CHECK-NEXT: {{\[ *0, *0, *0, *0\]}}
// CHECK-NEXT: {{\[ *nan, *nan, *nan, *nan\]}}
// CHECK-NEXT: {{\[ *0.25, *0.25, *0.25, *0.25\]}}
func.func @shares(%x: tensor<4x4xf32> {act.name = "x"}) -> (tensor<4xf32> {act.name = "y"}) {
  %zero = arith.constant dense<0.0> : tensor<4xf32>
  %m = linalg.reduce {arith.maximumf} ins(%x : tensor<4x4xf32>) outs(%zero : tensor<4xf32>) dimensions = [1]
  return %m : tensor<4xf32>
}

// To one number, and where types know different sizes.

// RUN: act-run %s --entry=all --grad --gradcheck --input=x=3x5xf64=randn
func.func @all(%x: tensor<?x5xf64> {act.name = "x"}) -> (tensor<f64> {act.name = "y"}, tensor<3xf64> {act.name = "z"}) {
  %lowest = arith.constant dense<0xFFF0000000000000> : tensor<f64>
  %lows = arith.constant dense<0xFFF0000000000000> : tensor<3xf64>
  %m = linalg.reduce {arith.maximumf} ins(%x : tensor<?x5xf64>) outs(%lowest : tensor<f64>) dimensions = [0, 1]
  %n = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i)>],
                       iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<?x5xf64>) outs(%lows : tensor<3xf64>) {
  ^bb0(%in: f64, %out: f64):
    %max = arith.maximumf %in, %out : f64
    linalg.yield %max : f64
  } -> tensor<3xf64>
  return %m, %n : tensor<f64>, tensor<3xf64>
}
