func.func @silu(%x: tensor<?xf32> {act.name = "x"}) -> tensor<?xf32> {
  %y = act.silu %x : tensor<?xf32>
  return %y : tensor<?xf32>
}
func.func @softmax(%x: tensor<?x1000xbf16>) -> tensor<?x1000xbf16> {
  %y = act.softmax %x : tensor<?x1000xbf16>
  return %y : tensor<?x1000xbf16>
}
func.func @named(%x: tensor<?xbf16>) -> tensor<?xbf16>
    attributes {act.accuracy = "fast"} {
  %y = act.tanh %x : tensor<?xbf16>
  return %y : tensor<?xbf16>
}
