func.func @masked(%x: tensor<?x?xf32> {act.name = "x"}, %dy: tensor<?x?xf32> {act.name = "dy"},
                  %m: tensor<?x?xi1> {act.name = "m"})
    -> (tensor<?x?xf32> {act.name = "y"}, tensor<?x?xf32> {act.name = "dx"}) {
  %y = act.softmax %x mask(%m : tensor<?x?xi1>) empty_row(zero) {dim = 1} : tensor<?x?xf32>
  %dx = act.softmax_backward %dy, %x mask(%m : tensor<?x?xi1>) empty_row(zero) {dim = 1} : tensor<?x?xf32>
  return %y, %dx : tensor<?x?xf32>, tensor<?x?xf32>
}
