// Bodies that ask for the indices of their loops, which gradients have in
// another order.

// RUN: act-run %s --entry=transposed --grad --gradcheck
#id = affine_map<(i, j) -> (i, j)>
func.func @transposed(%x: tensor<3x4xf64> {act.name = "x"}) -> (tensor<4x3xf64> {act.name = "y"}) {
  %e = tensor.empty() : tensor<4x3xf64>
  %y = linalg.generic {indexing_maps = [affine_map<(i, j) -> (j, i)>, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<3x4xf64>) outs(%e : tensor<4x3xf64>) {
  ^bb0(%in: f64, %out: f64):
    %i = linalg.index 0 : index
    %n = arith.index_cast %i : index to i64
    %f = arith.sitofp %n : i64 to f64
    %p = arith.mulf %in, %f : f64
    %q = act.tanh %p : f64
    linalg.yield %q : f64
  } -> tensor<4x3xf64>
  return %y : tensor<4x3xf64>
}

// A triangle of a product, added up; and the gradients of its gradients.

// RUN: act-run %s --entry=triangle --grad --gradcheck
// RUN: act-run %s --entry=triangle --grad --grad-order=2 --gradcheck
func.func @triangle(%x: tensor<3x4xf64> {act.name = "x"}, %b: tensor<4xf64> {act.name = "b"})
    -> (tensor<3xf64> {act.name = "y"}) {
  %zeros = arith.constant dense<0.0> : tensor<3xf64>
  %y = linalg.generic {indexing_maps = [affine_map<(j, i) -> (i, j)>, affine_map<(j, i) -> (j)>,
                                        affine_map<(j, i) -> (i)>], iterator_types = ["reduction", "parallel"]}
      ins(%x, %b : tensor<3x4xf64>, tensor<4xf64>) outs(%zeros : tensor<3xf64>) {
  ^bb0(%in: f64, %c: f64, %out: f64):
    %j = linalg.index 0 : index
    %i = linalg.index 1 : index
    %isLow = arith.cmpi ule, %j, %i : index
    %zero = arith.constant 0.0 : f64
    %p = arith.mulf %in, %c : f64
    %m = arith.select %isLow, %p, %zero : f64
    %s = arith.addf %out, %m : f64
    linalg.yield %s : f64
  } -> tensor<3xf64>
  return %y : tensor<3xf64>
}
