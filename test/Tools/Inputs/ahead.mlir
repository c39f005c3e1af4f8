// What a C program calls: sizes that follow from inputs, a mask, a number, and
// conditions.
func.func @step(%x: tensor<?x4xf32> {act.name = "x"}, %t: tensor<?xi64> {act.name = "t"},
                %m: tensor<4xi1> {act.name = "float"}, %s: f32 {act.name = "s"})
    -> (tensor<?x4xf32> {act.name = "p"}, tensor<f32> {act.name = "loss"}, tensor<?xf32> {act.name = "sum"}) {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?x4xf32>
  %b = tensor.splat %s[%n] : tensor<?x4xf32>
  %y = arith.mulf %x, %b : tensor<?x4xf32>
  %e = tensor.empty(%n) : tensor<?x4xi1>
  %mask = linalg.broadcast ins(%m : tensor<4xi1>) outs(%e : tensor<?x4xi1>) dimensions = [0]
  %p = act.softmax %y mask(%mask : tensor<?x4xi1>) : tensor<?x4xf32>
  %loss = act.cross_entropy %y, %t : tensor<?x4xf32>, tensor<?xi64> -> tensor<f32>
  %zero = arith.constant 0.0 : f32
  %z = tensor.splat %zero[%n] : tensor<?xf32>
  %sum = linalg.reduce { arith.addf } ins(%p : tensor<?x4xf32>) outs(%z : tensor<?xf32>) dimensions = [1]
  return %p, %loss, %sum : tensor<?x4xf32>, tensor<f32>, tensor<?xf32>
}
