func.func @silu(%a: tensor<?xf32> {act.name = "x_0"}, %b: tensor<?xf32> {act.name="x"}, %c: f16 {act.name="new"}) -> (tensor<?xf32> {act.name = "status"}, tensor<f64> {act.name="1st"}) {
  %h = arith.extf %c : f16 to f32
  %c0 = arith.constant 0 : index
  %n = tensor.dim %a, %c0 : tensor<?xf32>
  %s = tensor.splat %h[%n] : tensor<?xf32>
  %m = arith.mulf %a, %s : tensor<?xf32>
  %y = act.silu %m : tensor<?xf32>
  %z = arith.constant dense<1.0> : tensor<f64>
  return %y, %z : tensor<?xf32>, tensor<f64>
}
func.func @none() -> tensor<3xf32> {
  %z = arith.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  %y = act.silu %z : tensor<3xf32>
  return %y : tensor<3xf32>
}
func.func @number(%n: f32 {act.name = "number_pack"}) -> (f32 {act.name = "and"}) {
  %r = act.relu %n : f32
  return %r : f32
}
