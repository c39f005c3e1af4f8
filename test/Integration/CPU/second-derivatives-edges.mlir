// Second derivatives and tangents of rows at the edges: types that know less of
// the shape, one value twice, rows of nothing, NaN where nothing is read.

// The cotangent and the target know the number of rows, x does not.

// RUN: act-run %s --entry=types --grad --gradcheck --input=g=4xf64=randn:seed=3 \
// RUN:   --input=x=4x2xf64=randn:seed=2 --input=t=4xi32=randint:0:2
func.func @types(%g: tensor<4xf64> {act.name = "g"}, %x: tensor<?x2xf64> {act.name = "x"},
                 %t: tensor<4xi32> {act.name = "t"}) -> tensor<?x2xf64> {
  %d = act.cross_entropy_backward %g, %x, %t reduction(none) : tensor<4xf64>, tensor<?x2xf64>, tensor<4xi32>
  return %d : tensor<?x2xf64>
}

// RUN: act-run %s --entry=weights --grad=x --grad-order=2 --gradcheck --input=x=2x3xf32=randn \
// RUN:   --input=t=2xi64=randint:0:3
func.func @weights(%x: tensor<?x3xf32> {act.name = "x"}, %t: tensor<2xi64> {act.name = "t"},
                   %a: tensor<2xf32> {act.name = "a"}) -> tensor<f32> {
  %l = act.cross_entropy %x, %t token_weight(%a : tensor<2xf32>) : tensor<?x3xf32>, tensor<2xi64> -> tensor<f32>
  return %l : tensor<f32>
}

// Logits that are their own target.

// RUN: act-run %s --entry=itself --grad --gradcheck
func.func @itself(%x: tensor<2x3xf64> {act.name = "x"}) -> tensor<f64> {
  %l = act.cross_entropy %x, %x : tensor<2x3xf64>, tensor<2x3xf64> -> tensor<f64>
  return %l : tensor<f64>
}

// A row of nothing has no gradient, and that none either.

// RUN: act-run %s --entry=nothing --grad --grad-order=2 "--input=m=2x2xi1=[[0,0],[1,1]]" \
// RUN:   "--input=x=2x2xf64=[[1,2],[1,1]]" "--input=d_y=2xf64=[1,1]" "--input=d_d_x=2x2xf64=[[1,2],[1,2]]" \
// RUN:   --output=- | FileCheck %s --check-prefix=NOTHING
// NOTHING: 0, 0]
// NOTHING: -0.25, 0.25]
func.func @nothing(%x: tensor<2x2xf64> {act.name = "x"}, %m: tensor<2x2xi1> {act.name = "m"})
    -> (tensor<2xf64> {act.name = "y"}) {
  %y = act.logsumexp %x mask(%m : tensor<2x2xi1>) : tensor<2x2xf64> -> tensor<2xf64>
  return %y : tensor<2xf64>
}

// RUN: act-opt %s "--act-differentiate=entry=nothing mode=jvp results=false" \
// RUN:   | act-run - --entry=nothing_jvp "--input=m=2x2xi1=[[0,0],[1,1]]" \
// RUN:   "--input=x=2x2xf64=[[1,2],[1,1]]" "--input=d_x=2x2xf64=[[1,2],[1,2]]" --output=- \
// RUN:   | FileCheck %s --check-prefix=TANGENT
// TANGENT: [0, 1.5]
// RUN: act-opt %s "--act-differentiate=entry=zeros mode=jvp results=false" \
// RUN:   | act-run - --entry=zeros_jvp "--input=x=2x2xf64=[[-inf,-inf],[1,1]]" \
// RUN:   "--input=d_x=2x2xf64=[[1,2],[1,2]]" --output=- | FileCheck %s --check-prefix=ZEROS
// ZEROS: 0, 0]
// ZEROS: -0.5, 0.5]
func.func @zeros(%x: tensor<2x2xf64> {act.name = "x"}) -> (tensor<2x2xf64> {act.name = "y"}) {
  %y = act.log_softmax %x empty_row(zero) : tensor<2x2xf64>
  return %y : tensor<2x2xf64>
}

// No row counts: no gradient, and none of that, with z_loss too.

// RUN: act-run %s --entry=uncounted --grad --grad-order=2 --input=t=2xi64=[-100,-100] --output=- \
// RUN:   | FileCheck %s --check-prefix=UNCOUNTED
// UNCOUNTED: {{\[\[ *0, *0, *0\],$}}
// UNCOUNTED-NEXT: {{\[ *0, *0, *0\]\]$}}
func.func @uncounted(%x: tensor<2x3xf64> {act.name = "x"}, %t: tensor<2xi64> {act.name = "t"})
    -> (tensor<f64> {act.name = "l"}) {
  %l = act.cross_entropy %x, %t empty_mean(zero) {z_loss = 0.01} : tensor<2x3xf64>, tensor<2xi64> -> tensor<f64>
  return %l : tensor<f64>
}

// What is masked, and rows that do not count, may hold anything.

// RUN: act-run %s --entry=masked --grad --gradcheck "--input=x=3xf64=[1,nan,2]" "--input=dy=3xf64=[1,nan,2]" \
// RUN:   --input=m=3xi1=[1,0,1] | FileCheck %s --check-prefix=MASKED
// MASKED: gradcheck d_dy: max error {{.*}} of 2 elements
// MASKED: gradcheck d_x: max error {{.*}} of 2 elements
func.func @masked(%dy: tensor<3xf64> {act.name = "dy"}, %x: tensor<3xf64> {act.name = "x"},
                  %m: tensor<3xi1> {act.name = "m"}) -> tensor<3xf64> {
  %y = act.softmax_backward %dy, %x mask(%m : tensor<3xi1>) {softcap = 5.0} : tensor<3xf64>
  return %y : tensor<3xf64>
}

// RUN: act-run %s --entry=ignored --grad --grad-order=2 --gradcheck "--input=x=2x3xf64=[[1,nan,2],[0,1,2]]" \
// RUN:   --input=t=2xi64=[-100,1] | FileCheck %s --check-prefix=IGNORED
// IGNORED: gradcheck d_x: max error {{.*}} of 5 elements
func.func @ignored(%x: tensor<2x3xf64> {act.name = "x"}, %t: tensor<2xi64> {act.name = "t"})
    -> (tensor<f64> {act.name = "l"}) {
  %l = act.cross_entropy %x, %t {z_loss = 0.1, softcap = 4.0, label_smoothing = 0.1}
    : tensor<2x3xf64>, tensor<2xi64> -> tensor<f64>
  return %l : tensor<f64>
}
