// Operands that repeat along a dimension of size 1, and reductions that keep it,
// as frontends write them.

// RUN: act-run %s --entry=broadcast --grad --gradcheck
// RUN: act-run %s --entry=broadcast --grad --grad-order=2 --gradcheck
// RUN: act-opt %s "--act-differentiate=entry=broadcast mode=jvp results=false" | act-run - --entry=broadcast_jvp
func.func @broadcast(%x: tensor<4x8xf32> {act.name = "x"}, %m: tensor<4x1xf32> {act.name = "m"})
    -> (tensor<4x8xf32> {act.name = "y"}) {
  %e = tensor.empty() : tensor<4x8xf32>
  %y = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, 0)>,
                                        affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]}
      ins(%x, %m : tensor<4x8xf32>, tensor<4x1xf32>) outs(%e : tensor<4x8xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %p = arith.mulf %a, %b : f32
    %q = act.tanh %p : f32
    linalg.yield %q : f32
  } -> tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

// RUN: act-run %s --entry=keepdim --grad --gradcheck --dim='*=5'
func.func @keepdim(%x: tensor<?x?xf32> {act.name = "x"}) -> (tensor<?x?xf32> {act.name = "y"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = tensor.dim %x, %c0 : tensor<?x?xf32>
  %k = tensor.dim %x, %c1 : tensor<?x?xf32>
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty(%n) : tensor<?x1xf32>
  %z = linalg.fill ins(%zero : f32) outs(%e : tensor<?x1xf32>) -> tensor<?x1xf32>
  %s = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, 0)>],
                       iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<?x?xf32>) outs(%z : tensor<?x1xf32>) {
  ^bb0(%a: f32, %o: f32):
    %q = arith.mulf %a, %a : f32
    %r = arith.addf %o, %q : f32
    linalg.yield %r : f32
  } -> tensor<?x1xf32>
  %e2 = tensor.empty(%n, %k) : tensor<?x?xf32>
  %y = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, 0)>,
                                        affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]}
      ins(%x, %s : tensor<?x?xf32>, tensor<?x1xf32>) outs(%e2 : tensor<?x?xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %one = arith.constant 1.0 : f32
    %c = arith.addf %b, %one : f32
    %q = arith.divf %a, %c : f32
    linalg.yield %q : f32
  } -> tensor<?x?xf32>
  return %y : tensor<?x?xf32>
}

// Tensors without elements.

// RUN: act-run %s --entry=nothing --grad
func.func @nothing(%x: tensor<3x0xf32>, %y: tensor<2x0xf32>) -> (tensor<5x0xf32>, tensor<3x2xf32>) {
  %zero = arith.constant 0.0 : f32
  %c = tensor.concat dim(0) %x, %y : (tensor<3x0xf32>, tensor<2x0xf32>) -> tensor<5x0xf32>
  %p = tensor.pad %x low[0, 1] high[0, 1] {
  ^bb0(%i: index, %j: index):
    tensor.yield %zero : f32
  } : tensor<3x0xf32> to tensor<3x2xf32>
  return %c, %p : tensor<5x0xf32>, tensor<3x2xf32>
}
