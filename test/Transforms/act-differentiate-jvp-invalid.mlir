// RUN: not act-opt %s --split-input-file "--act-differentiate=mode=jvp results=false args=t" 2>&1 | FileCheck %s --check-prefix=TARGET
// RUN: not act-opt %s --split-input-file "--act-differentiate=mode=jvp results=false args=g" 2>&1 | FileCheck %s --check-prefix=OUTPUT

// TARGET: [[@LINE+4]]:10: error: 'act.cross_entropy_backward' cannot be differentiated by its target
// OUTPUT: [[@LINE+3]]:10: error: 'act.cross_entropy_backward' cannot be differentiated with the gradient of its target
func.func @f(%g: tensor<f64> {act.name = "g"}, %x: tensor<3xf64> {act.name = "x"}, %t: tensor<3xf64> {act.name = "t"})
    -> (tensor<3xf64> {act.name = "dx"}, tensor<3xf64> {act.name = "dt"}) {
  %d:2 = act.cross_entropy_backward %g, %x, %t : tensor<f64>, tensor<3xf64>, tensor<3xf64> -> tensor<3xf64>, tensor<3xf64>
  return %d#0, %d#1 : tensor<3xf64>, tensor<3xf64>
}
