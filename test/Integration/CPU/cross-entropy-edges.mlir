// Losses of rows that do not count, of infinite and NaN logits, and means of
// nothing.

// DEFINE: %{x} = "--input=4x3xf32=[[1,2,3],[nan,5,inf],[1,2,-inf],[30,0,1]]"
// DEFINE: %{dloss} = --input=f32=1

// The second row is ignored; the third has logit -inf at its target.

// RUN: act-run %s --entry=rows %{x} --input=4xi64=[0,-100,2,0] \
// RUN:   --input=4xf32=[1,1,2,1] --output=- --output=- \
// RUN:   | FileCheck %s --check-prefix=ROWS
// ROWS: [2.407606, 0, inf, 3.479428e-13]
// ROWS: {{\[}} -0.909969{{.*}}, 0.244728{{.*}}, 0.665240{{.*}}]
// ROWS-NEXT: {{\[}} 0, 0, 0]
// ROWS-NEXT: {{\[}} 0.537882{{.*}}, 1.462117{{.*}}, -2]
// ROWS-NEXT: {{\[}}-3.479428e-13, 9.357623e-14, 2.543665{{.*}}e-13]

// A row that is kept shows its NaN.

// RUN: act-run %s --entry=rows %{x} --input=4xi64=[0,0,1,0] \
// RUN:   --input=4xf32=[1,1,1,1] --output=- --output=- \
// RUN:   | FileCheck %s --check-prefix=NAN
// NAN: [2.407606, nan, 0.31326166, 3.479428e-13]
// NAN: nan, nan, nan]

// Nothing is kept.

// RUN: act-run %s --entry=mean %{x} --input=4xi64=[-100,-100,-100,-100] \
// RUN:   %{dloss} --output=- --output=- --output=- \
// RUN:   | FileCheck %s --check-prefix=NOTHING
// NOTHING: res0: f32
// NOTHING-NEXT: nan
// NOTHING: res1: 4x3xf32
// NOTHING-NEXT: {{\[\[}}0, 0, 0],
// NOTHING-NEXT: {{\[}}0, 0, 0],
// NOTHING-NEXT: {{\[}}0, 0, 0],
// NOTHING-NEXT: {{\[}}0, 0, 0]]
// NOTHING: res2: f32
// NOTHING-NEXT: 0

func.func @rows(%x: tensor<4x3xf32>, %target: tensor<4xi64>,
                %dloss: tensor<4xf32>)
    -> (tensor<4xf32>, tensor<4x3xf32>) {
  %0, %1 = act.cross_entropy_with_grad %x, %target, %dloss reduction(none)
    : tensor<4x3xf32>, tensor<4xi64> -> tensor<4xf32>, tensor<4x3xf32>
  return %0, %1 : tensor<4xf32>, tensor<4x3xf32>
}

func.func @mean(%x: tensor<4x3xf32>, %target: tensor<4xi64>,
                %dloss: tensor<f32>)
    -> (tensor<f32>, tensor<4x3xf32>, tensor<f32>) {
  %0, %1 = act.cross_entropy_with_grad %x, %target, %dloss
    : tensor<4x3xf32>, tensor<4xi64> -> tensor<f32>, tensor<4x3xf32>
  %2 = act.cross_entropy %x, %target empty_mean(zero)
    : tensor<4x3xf32>, tensor<4xi64> -> tensor<f32>
  return %0, %1, %2 : tensor<f32>, tensor<4x3xf32>, tensor<f32>
}
