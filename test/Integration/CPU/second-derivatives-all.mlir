// Backward operations of rows are differentiated once more, with every option:
// against central differences, in f64. second-derivatives.mlir has a few.

// REQUIRES: long-tests

// RUN: act-run %s --entry=rows --gradcheck \
// RUN:   --input=x=3x6xf32=uniform:-2:2:seed=1 \
// RUN:   --input=dy=3x6xf32=uniform:-2:2:seed=2 \
// RUN:   --input=y=3x6xf32=uniform:-4:-0.5:seed=4 \
// RUN:   --input=dr=3xf32=uniform:-2:2:seed=3 \
// RUN:   "--input=m=3x6xi1=[[1,0,1,1,0,1],[1,0,0,0,0,0],[0,0,1,1,1,1]]" \
// RUN:   "--input=m1=1x6xi1=[[1,1,0,1,1,0]]" | FileCheck %s --check-prefix=ROWS
// ROWS-DAG: gradcheck d_x: max error {{.*}} of 18 elements, at
// ROWS-DAG: gradcheck d_y: max error {{.*}} of 18 elements, at
// ROWS-DAG: gradcheck d_dy: max error {{.*}} of 18 elements, at
// ROWS-DAG: gradcheck d_dr: max error {{.*}} of 3 elements, at

// RUN: act-run %s --entry=losses --grad=x,d,dr --gradcheck \
// RUN:   --input=x=3x6xf32=uniform:-2:2:seed=1 "--input=t=3xi64=[5,0,4]" \
// RUN:   --input=q=3x6xf32=uniform:0:1:seed=2 \
// RUN:   --input=w=6xf32=uniform:0.5:2:seed=3 \
// RUN:   --input=a=3xf32=uniform:0.5:2:seed=4 --input=d=f32=1.5 \
// RUN:   --input=dr=3xf32=uniform:-2:2:seed=5 \
// RUN:   | FileCheck %s --check-prefix=LOSSES
// LOSSES-DAG: gradcheck d_x: max error {{.*}} of 18 elements, at
// LOSSES-DAG: gradcheck d_d: max error {{.*}} of 1 elements, at
// LOSSES-DAG: gradcheck d_dr: max error {{.*}} of 3 elements, at

func.func @rows(%x: tensor<3x6xf32> {act.name = "x"},
                %y: tensor<3x6xf32> {act.name = "y"},
                %dy: tensor<3x6xf32> {act.name = "dy"},
                %dr: tensor<3xf32> {act.name = "dr"},
                %m: tensor<3x6xi1> {act.name = "m"},
                %m1: tensor<1x6xi1> {act.name = "m1"})
    -> (tensor<3x6xf32>, tensor<3x6xf32>, tensor<3x6xf32>, tensor<3x6xf32>,
        tensor<3x6xf32>, tensor<3x6xf32>, tensor<3x6xf32>, tensor<3x6xf32>,
        tensor<3x6xf32>, tensor<3x6xf32>, tensor<3x6xf32>, tensor<3x6xf32>,
        tensor<3x6xf32>, tensor<3x6xf32>) {
  %0 = act.softmax_backward %dy, %x mask(%m : tensor<3x6xi1>) empty_row(zero)
    : tensor<3x6xf32>
  %1 = act.softmax_backward %dy, %x mask(%m1 : tensor<1x6xi1>)
    {temperature = 2.0} : tensor<3x6xf32>
  %2 = act.softmax_backward %dy, %x {softcap = 1.5, temperature = 0.5}
    : tensor<3x6xf32>
  %3 = act.softmin_backward %dy, %x mask(%m : tensor<3x6xi1>) empty_row(zero)
    : tensor<3x6xf32>
  %4 = act.softmin_backward %dy, %x mask(%m1 : tensor<1x6xi1>)
    {temperature = 2.0} : tensor<3x6xf32>
  %5 = act.softmin_backward %dy, %x {softcap = 1.5, temperature = 0.5}
    : tensor<3x6xf32>
  %6 = act.log_softmax_backward %dy, %x mask(%m : tensor<3x6xi1>)
    empty_row(zero) : tensor<3x6xf32>
  %7 = act.log_softmax_backward %dy, %x mask(%m1 : tensor<1x6xi1>)
    {temperature = 2.0} : tensor<3x6xf32>
  %8 = act.log_softmax_backward %dy, %x {softcap = 1.5, temperature = 0.5}
    : tensor<3x6xf32>
  %9 = act.softmax_backward %dy, %x mask(%m : tensor<3x6xi1>) empty_row(uniform)
    {dim = 0} : tensor<3x6xf32>
  %10 = act.softmax_backward %dy, %x saved(output) {temperature = 2.0}
    : tensor<3x6xf32>
  %11 = act.log_softmax_backward %dy, %y mask(%m1 : tensor<1x6xi1>)
    saved(output) : tensor<3x6xf32>
  %12 = act.logsumexp_backward %dr, %x mask(%m1 : tensor<1x6xi1>)
    : tensor<3xf32>, tensor<3x6xf32>
  %13 = act.logsumexp_backward %dr, %x {softcap = 1.5}
    : tensor<3xf32>, tensor<3x6xf32>
  return %0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10, %11, %12, %13
    : tensor<3x6xf32>, tensor<3x6xf32>, tensor<3x6xf32>, tensor<3x6xf32>,
      tensor<3x6xf32>, tensor<3x6xf32>, tensor<3x6xf32>, tensor<3x6xf32>,
      tensor<3x6xf32>, tensor<3x6xf32>, tensor<3x6xf32>, tensor<3x6xf32>,
      tensor<3x6xf32>, tensor<3x6xf32>
}

func.func @losses(%x: tensor<3x6xf32> {act.name = "x"},
                  %t: tensor<3xi64> {act.name = "t"},
                  %q: tensor<3x6xf32> {act.name = "q"},
                  %w: tensor<6xf32> {act.name = "w"},
                  %a: tensor<3xf32> {act.name = "a"},
                  %d: tensor<f32> {act.name = "d"},
                  %dr: tensor<3xf32> {act.name = "dr"})
    -> (tensor<3x6xf32>, tensor<3x6xf32>, tensor<3x6xf32>, tensor<3x6xf32>,
        tensor<3x6xf32>, tensor<3x6xf32>, tensor<3x6xf32>, tensor<3x6xf32>,
        tensor<3x6xf32>, tensor<3x6xf32>, tensor<3x6xf32>, tensor<3x6xf32>) {
  %0 = act.cross_entropy_backward %d, %x, %t class_weight(%w : tensor<6xf32>)
    : tensor<f32>, tensor<3x6xf32>, tensor<3xi64>
  %1 = act.cross_entropy_backward %d, %x, %t token_weight(%a : tensor<3xf32>)
    : tensor<f32>, tensor<3x6xf32>, tensor<3xi64>
  %2 = act.cross_entropy_backward %d, %x, %t class_weight(%w : tensor<6xf32>)
    token_weight(%a : tensor<3xf32>) reduction(sum) {z_loss = 0.25}
    : tensor<f32>, tensor<3x6xf32>, tensor<3xi64>
  %3 = act.cross_entropy_backward %dr, %x, %t class_weight(%w : tensor<6xf32>)
    reduction(none) {label_smoothing = 0.25}
    : tensor<3xf32>, tensor<3x6xf32>, tensor<3xi64>
  %4 = act.cross_entropy_backward %d, %x, %t class_weight(%w : tensor<6xf32>)
    smoothing(megatron) {label_smoothing = 0.25}
    : tensor<f32>, tensor<3x6xf32>, tensor<3xi64>
  %5 = act.cross_entropy_backward %d, %x, %t reduction(sum)
    {softcap = 1.5, temperature = 0.5}
    : tensor<f32>, tensor<3x6xf32>, tensor<3xi64>
  %6 = act.cross_entropy_backward %d, %x, %t class_weight(%w : tensor<6xf32>)
    token_weight(%a : tensor<3xf32>)
    {softcap = 1.5, z_loss = 0.125, label_smoothing = 0.25}
    : tensor<f32>, tensor<3x6xf32>, tensor<3xi64>
  %7 = act.cross_entropy_backward %d, %x, %t smooth_over(finite)
    {label_smoothing = 0.25, z_loss = 0.5}
    : tensor<f32>, tensor<3x6xf32>, tensor<3xi64>
  %8 = act.cross_entropy_backward %d, %x, %t class_weight(%w : tensor<6xf32>)
    {label_smoothing = 0.25, ignore_index = 4}
    : tensor<f32>, tensor<3x6xf32>, tensor<3xi64>
  %9 = act.cross_entropy_backward %d, %x, %q class_weight(%w : tensor<6xf32>)
    token_weight(%a : tensor<3xf32>) {label_smoothing = 0.25, z_loss = 0.25}
    : tensor<f32>, tensor<3x6xf32>, tensor<3x6xf32>
  %10 = act.cross_entropy_backward %dr, %x, %q smoothing(megatron)
    reduction(none) {label_smoothing = 0.25}
    : tensor<3xf32>, tensor<3x6xf32>, tensor<3x6xf32>
  %11 = act.cross_entropy_backward %d, %x, %q reduction(sum) {softcap = 1.5}
    : tensor<f32>, tensor<3x6xf32>, tensor<3x6xf32>
  return %0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10, %11
    : tensor<3x6xf32>, tensor<3x6xf32>, tensor<3x6xf32>, tensor<3x6xf32>,
      tensor<3x6xf32>, tensor<3x6xf32>, tensor<3x6xf32>, tensor<3x6xf32>,
      tensor<3x6xf32>, tensor<3x6xf32>, tensor<3x6xf32>, tensor<3x6xf32>
}
