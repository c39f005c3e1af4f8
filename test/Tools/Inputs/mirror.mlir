func.func @mirror(%x: tensor<10xf32> {act.name = "x"}) -> (tensor<10xf32> {act.name = "y"}) {
  %c9 = arith.constant 9 : index
  %e = tensor.empty() : tensor<10xf32>
  %y = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : tensor<10xf32>) outs(%e : tensor<10xf32>) {
  ^bb0(%in: f32, %out: f32):
    %i = linalg.index 0 : index
    %j = arith.subi %c9, %i : index
    %other = tensor.extract %x[%j] : tensor<10xf32>
    %p = arith.addf %in, %other : f32
    linalg.yield %p : f32
  } -> tensor<10xf32>
  return %y : tensor<10xf32>
}
