func.func @elementwise(%x: tensor<?xf32>, %a: f32, %b: f32, %c: f32, %d: f32,
                       %e: f32, %y: tensor<?xf32>) -> tensor<?xf32> {
  %r = linalg.generic {
      indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>],
      iterator_types = ["parallel"]}
      ins(%x : tensor<?xf32>) outs(%y : tensor<?xf32>) {
  ^bb0(%v: f32, %o: f32):
    %0 = arith.mulf %v, %a : f32
    %1 = arith.addf %0, %b : f32
    %2 = arith.mulf %1, %c : f32
    %3 = arith.addf %2, %d : f32
    %4 = arith.mulf %3, %e : f32
    linalg.yield %4 : f32
  } -> tensor<?xf32>
  return %r : tensor<?xf32>
}

func.func @sum(%x: tensor<?xf32>, %a: f32, %b: f32, %c: f32, %d: f32,
               %e: f32, %y: tensor<f32>) -> tensor<f32> {
  %r = linalg.generic {
      indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> ()>],
      iterator_types = ["reduction"]}
      ins(%x : tensor<?xf32>) outs(%y : tensor<f32>) {
  ^bb0(%v: f32, %o: f32):
    %0 = arith.mulf %v, %a : f32
    %1 = arith.addf %0, %b : f32
    %2 = arith.mulf %1, %c : f32
    %3 = arith.addf %2, %d : f32
    %4 = arith.mulf %3, %e : f32
    %s = arith.addf %4, %o : f32
    linalg.yield %s : f32
  } -> tensor<f32>
  return %r : tensor<f32>
}
