// Functions with names that C programs have.

func.func @main(%x: tensor<?xf32> {act.name = "x"}) -> (tensor<?xf32> {act.name = "y"}) {
  %y = act.relu %x : tensor<?xf32>
  return %y : tensor<?xf32>
}

func.func @printf(%x: tensor<?xf32> {act.name = "x"}) -> (tensor<?xf32> {act.name = "y"}) {
  %y = arith.addf %x, %x : tensor<?xf32>
  return %y : tensor<?xf32>
}

func.func @"my-fun"(%x: tensor<?xf32> {act.name = "x"}) -> (tensor<?xf32> {act.name = "y"}) {
  %d = arith.addf %x, %x : tensor<?xf32>
  %y = arith.addf %d, %x : tensor<?xf32>
  return %y : tensor<?xf32>
}

func.func @malloc(%x: tensor<?xf32> {act.name = "x"}) -> (tensor<?xf32> {act.name = "y"}) {
  %y = act.relu %x : tensor<?xf32>
  return %y : tensor<?xf32>
}

func.func @fmod(%x: tensor<?xf64> {act.name = "x"}) -> (tensor<?xf64> {act.name = "y"}) {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?xf64>
  %two = arith.constant 2.0 : f64
  %e = tensor.empty(%n) : tensor<?xf64>
  %y = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>],
                       iterator_types = ["parallel"]}
      ins(%x : tensor<?xf64>) outs(%e : tensor<?xf64>) {
  ^bb0(%a: f64, %o: f64):
    %r = arith.remf %a, %two : f64
    linalg.yield %r : f64
  } -> tensor<?xf64>
  return %y : tensor<?xf64>
}
