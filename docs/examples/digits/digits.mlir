// A classifier of 8x8 images of digits: two layers, the loss of a batch, and
// the step of the optimiser. digits.cpp writes another activation for relu,
// differentiates @loss and trains with it.

// Logits of images x; the products start from the biases.
func.func private @logits(%x: tensor<?x?xf32>, %w1: tensor<?x?xf32>, %b1: tensor<?xf32>,
                          %w2: tensor<?x?xf32>, %b2: tensor<?xf32>) -> tensor<?x?xf32> {
  %c0 = arith.constant 0 : index
  %batch = tensor.dim %x, %c0 : tensor<?x?xf32>
  %units = tensor.dim %b1, %c0 : tensor<?xf32>
  %e1 = tensor.empty(%batch, %units) : tensor<?x?xf32>
  %bias1 = linalg.broadcast ins(%b1 : tensor<?xf32>) outs(%e1 : tensor<?x?xf32>) dimensions = [0]
  %h = linalg.matmul ins(%x, %w1 : tensor<?x?xf32>, tensor<?x?xf32>)
      outs(%bias1 : tensor<?x?xf32>) -> tensor<?x?xf32>
  %a = act.relu %h : tensor<?x?xf32>
  %classes = tensor.dim %b2, %c0 : tensor<?xf32>
  %e2 = tensor.empty(%batch, %classes) : tensor<?x?xf32>
  %bias2 = linalg.broadcast ins(%b2 : tensor<?xf32>) outs(%e2 : tensor<?x?xf32>) dimensions = [0]
  %z = linalg.matmul ins(%a, %w2 : tensor<?x?xf32>, tensor<?x?xf32>)
      outs(%bias2 : tensor<?x?xf32>) -> tensor<?x?xf32>
  return %z : tensor<?x?xf32>
}

// The mean loss of a batch, to be differentiated by the weights.
func.func @loss(%x: tensor<?x?xf32> {act.name = "x"}, %target: tensor<?xi32> {act.name = "target"},
                %w1: tensor<?x?xf32> {act.name = "w1"}, %b1: tensor<?xf32> {act.name = "b1"},
                %w2: tensor<?x?xf32> {act.name = "w2"}, %b2: tensor<?xf32> {act.name = "b2"})
    -> (tensor<f32> {act.name = "loss"}) {
  %z = call @logits(%x, %w1, %b1, %w2, %b2)
      : (tensor<?x?xf32>, tensor<?x?xf32>, tensor<?xf32>, tensor<?x?xf32>, tensor<?xf32>) -> tensor<?x?xf32>
  %loss = act.cross_entropy %z, %target : tensor<?x?xf32>, tensor<?xi32>
  return %loss : tensor<f32>
}

// The mean loss, and how many rows there are and how many are classified right.
func.func @evaluate(%x: tensor<?x?xf32>, %target: tensor<?xi32>, %w1: tensor<?x?xf32>,
                    %b1: tensor<?xf32>, %w2: tensor<?x?xf32>, %b2: tensor<?xf32>)
    -> (tensor<f32>, tensor<2xi64>) {
  %z = call @logits(%x, %w1, %b1, %w2, %b2)
      : (tensor<?x?xf32>, tensor<?x?xf32>, tensor<?xf32>, tensor<?x?xf32>, tensor<?xf32>) -> tensor<?x?xf32>
  %loss, %counts = act.cross_entropy %z, %target extra(counts) : tensor<?x?xf32>, tensor<?xi32>
  return %loss, %counts : tensor<f32>, tensor<2xi64>
}

// Gradient descent with momentum: v = momentum v + g, w = w - rate v.
func.func @update(%w: tensor<?xf32>, %v: tensor<?xf32>, %g: tensor<?xf32>, %rate: f32, %momentum: f32)
    -> (tensor<?xf32>, tensor<?xf32>) {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %w, %c0 : tensor<?xf32>
  %m = tensor.splat %momentum[%n] : tensor<?xf32>
  %r = tensor.splat %rate[%n] : tensor<?xf32>
  %0 = arith.mulf %m, %v : tensor<?xf32>
  %1 = arith.addf %0, %g : tensor<?xf32>
  %2 = arith.mulf %r, %1 : tensor<?xf32>
  %3 = arith.subf %w, %2 : tensor<?xf32>
  return %3, %1 : tensor<?xf32>, tensor<?xf32>
}
