// Loads of i32 extend the sign.

// RUN: act-run %s --device=cuda --input=x=4x5xf32=linspace:0:3 \
// RUN:   --input=t=4xi32=[-100,1,2,-100] --output=- | FileCheck %s
// CHECK: [0, 1.79213, 1.6342353, 0]

func.func @f(%x: tensor<4x5xf32> {act.name = "x"}, %t: tensor<4xi32> {act.name = "t"}) -> tensor<4xf32> {
  %l = act.cross_entropy %x, %t reduction(none) {dim = 1} : tensor<4x5xf32>, tensor<4xi32> -> tensor<4xf32>
  return %l : tensor<4xf32>
}
