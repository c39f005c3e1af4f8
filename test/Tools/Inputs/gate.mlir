func.func @gate(%g: tensor<?xf32>, %u: tensor<?xf32>) -> tensor<?xf32> {
  %a = act.silu %g : tensor<?xf32>
  %y = arith.mulf %a, %u : tensor<?xf32>
  return %y : tensor<?xf32>
}
