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
