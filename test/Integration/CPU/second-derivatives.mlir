// Backward operations of rows are differentiated once more, with masks, soft
// caps, weights and z_loss: against central differences, in f64.

// RUN: act-run %s --entry=rows --gradcheck \
// RUN:   --input=x=3x6xf32=uniform:-2:2:seed=1 \
// RUN:   --input=dy=3x6xf32=uniform:-2:2:seed=2 \
// RUN:   "--input=m=1x6xi1=[[1,1,0,1,1,0]]" | FileCheck %s --check-prefix=ROWS
// ROWS-DAG: gradcheck d_x: max error {{.*}} of 18 elements, at
// ROWS-DAG: gradcheck d_dy: max error {{.*}} of 18 elements, at

// RUN: act-run %s --entry=loss --grad=x,d --gradcheck \
// RUN:   --input=x=3x6xf32=uniform:-2:2:seed=1 "--input=t=3xi64=[5,0,4]" \
// RUN:   --input=w=6xf32=uniform:0.5:2:seed=3 --input=d=f32=1.5 \
// RUN:   | FileCheck %s --check-prefix=LOSS
// LOSS-DAG: gradcheck d_x: max error {{.*}} of 18 elements, at
// LOSS-DAG: gradcheck d_d: max error {{.*}} of 1 elements, at

func.func @rows(%x: tensor<3x6xf32> {act.name = "x"},
                %dy: tensor<3x6xf32> {act.name = "dy"},
                %m: tensor<1x6xi1> {act.name = "m"}) -> tensor<3x6xf32> {
  %0 = act.log_softmax_backward %dy, %x mask(%m : tensor<1x6xi1>)
    {softcap = 1.5, temperature = 0.5} : tensor<3x6xf32>
  return %0 : tensor<3x6xf32>
}

func.func @loss(%x: tensor<3x6xf32> {act.name = "x"},
                %t: tensor<3xi64> {act.name = "t"},
                %w: tensor<6xf32> {act.name = "w"},
                %d: tensor<f32> {act.name = "d"}) -> tensor<3x6xf32> {
  %0 = act.cross_entropy_backward %d, %x, %t class_weight(%w : tensor<6xf32>)
    {label_smoothing = 0.25, z_loss = 0.125}
    : tensor<f32>, tensor<3x6xf32>, tensor<3xi64>
  return %0 : tensor<3x6xf32>
}
