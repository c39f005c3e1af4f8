func.func @transpose(%x: tensor<5x8xf32> {act.name = "x"}, %seed: i64 {act.name = "seed"})
    -> tensor<8x5xf32> {
  %d = act.dropout %x, %seed {p = 0.5} : tensor<5x8xf32>
  %e = tensor.empty() : tensor<8x5xf32>
  %y = linalg.transpose ins(%d : tensor<5x8xf32>) outs(%e : tensor<8x5xf32>) permutation = [1, 0]
  return %y : tensor<8x5xf32>
}

func.func @dynamic(%x: tensor<?x?xf32> {act.name = "x"}, %seed: i64 {act.name = "seed"})
    -> tensor<?x?xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = tensor.dim %x, %c0 : tensor<?x?xf32>
  %m = tensor.dim %x, %c1 : tensor<?x?xf32>
  %d = act.dropout %x, %seed {p = 0.5} : tensor<?x?xf32>
  %e = tensor.empty(%m, %n) : tensor<?x?xf32>
  %y = linalg.transpose ins(%d : tensor<?x?xf32>) outs(%e : tensor<?x?xf32>) permutation = [1, 0]
  return %y : tensor<?x?xf32>
}

func.func @sum(%x: tensor<5x8xf32> {act.name = "x"}, %seed: i64 {act.name = "seed"})
    -> tensor<8xf32> {
  %zero = arith.constant dense<0.0> : tensor<8xf32>
  %d = act.dropout %x, %seed {p = 0.5} : tensor<5x8xf32>
  %y = linalg.reduce {arith.addf} ins(%d : tensor<5x8xf32>) outs(%zero : tensor<8xf32>) dimensions = [0]
  return %y : tensor<8xf32>
}

func.func @spread(%x: tensor<5x8xf32> {act.name = "x"}, %seed: i64 {act.name = "seed"})
    -> tensor<3x5x8xf32> {
  %d = act.dropout %x, %seed {p = 0.5} : tensor<5x8xf32>
  %e = tensor.empty() : tensor<3x5x8xf32>
  %y = linalg.broadcast ins(%d : tensor<5x8xf32>) outs(%e : tensor<3x5x8xf32>) dimensions = [0]
  return %y : tensor<3x5x8xf32>
}
