// Entries that show what they were given.

func.func @vector(%x: tensor<?xf32> {act.name = "x"})
    -> (tensor<?xf32> {act.name = "y"}) {
  %y = arith.negf %x : tensor<?xf32>
  return %y : tensor<?xf32>
}

func.func @matrix(%x: tensor<2x?xf32>) -> tensor<2x?xf32> {
  %y = arith.negf %x : tensor<2x?xf32>
  return %y : tensor<2x?xf32>
}

func.func @half(%x: tensor<?xf16>) -> tensor<?xf16> {
  %y = arith.negf %x : tensor<?xf16>
  return %y : tensor<?xf16>
}

func.func @bfloat(%x: tensor<?xbf16>) -> tensor<?xbf16> {
  %y = arith.negf %x : tensor<?xbf16>
  return %y : tensor<?xbf16>
}

func.func @integers(%x: tensor<?xi64>) -> tensor<?xi64> {
  %y = arith.addi %x, %x : tensor<?xi64>
  return %y : tensor<?xi64>
}

func.func @number(%x: f32 {act.name = "x"}, %y: f32 {act.name = "y"})
    -> (f32 {act.name = "difference"}) {
  %d = arith.subf %x, %y : f32
  return %d : f32
}

func.func @rank0(%x: tensor<f32>) -> tensor<f32> {
  %y = arith.negf %x : tensor<f32>
  return %y : tensor<f32>
}

func.func @two(%a: tensor<?xf32> {act.name = "a"},
               %b: tensor<?xf32> {act.name = "b"})
    -> (tensor<?xf32> {act.name = "sum"},
        tensor<?xf32> {act.name = "difference"}) {
  %s = arith.addf %a, %b : tensor<?xf32>
  %d = arith.subf %a, %b : tensor<?xf32>
  return %s, %d : tensor<?xf32>, tensor<?xf32>
}
