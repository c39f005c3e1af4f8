func.func @any(%x: tensor<?x?xf32> {act.name = "x"}) -> tensor<?x?xf32> {
  %y = act.softmax %x : tensor<?x?xf32>
  return %y : tensor<?x?xf32>
}
