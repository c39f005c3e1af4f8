// Programs whose derivatives in both modes are compared.

func.func @mlp(%x: tensor<5x8xf32>, %w: tensor<8x4xf32>, %b: tensor<4xf32>)
    -> tensor<f32> {
  %e = tensor.empty() : tensor<5x4xf32>
  %zero = arith.constant 0.0 : f32
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<5x4xf32>)
    -> tensor<5x4xf32>
  %m = linalg.matmul ins(%x, %w : tensor<5x8xf32>, tensor<8x4xf32>)
    outs(%f : tensor<5x4xf32>) -> tensor<5x4xf32>
  %bias = linalg.broadcast ins(%b : tensor<4xf32>) outs(%e : tensor<5x4xf32>)
    dimensions = [0]
  %h = arith.addf %m, %bias : tensor<5x4xf32>
  %a = act.gelu %h : tensor<5x4xf32>
  %s0 = tensor.empty() : tensor<f32>
  %s1 = linalg.fill ins(%zero : f32) outs(%s0 : tensor<f32>) -> tensor<f32>
  %s = linalg.reduce { arith.addf } ins(%a : tensor<5x4xf32>)
    outs(%s1 : tensor<f32>) dimensions = [0, 1]
  return %s : tensor<f32>
}

func.func @batch(%x: tensor<2x3x5xf32>, %w: tensor<2x4x5xf32>)
    -> tensor<2x3x4xf32> {
  %e = tensor.empty() : tensor<2x3x4xf32>
  %zero = arith.constant 0.0 : f32
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<2x3x4xf32>)
    -> tensor<2x3x4xf32>
  %y = linalg.batch_matmul indexing_maps = [
      affine_map<(b, m, n, k) -> (b, m, k)>,
      affine_map<(b, m, n, k) -> (b, n, k)>,
      affine_map<(b, m, n, k) -> (b, m, n)>]
    ins(%x, %w : tensor<2x3x5xf32>, tensor<2x4x5xf32>)
    outs(%f : tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
  %z = act.silu %y : tensor<2x3x4xf32>
  return %z : tensor<2x3x4xf32>
}

func.func @loss(%x: tensor<6x10xf32>, %t: tensor<6xi64>) -> tensor<f32> {
  %l = act.cross_entropy %x, %t {label_smoothing = 0.1, temperature = 2.0}
    : tensor<6x10xf32>, tensor<6xi64> -> tensor<f32>
  return %l : tensor<f32>
}

func.func @none(%x: tensor<6x10xf32>, %t: tensor<6xi64>) -> tensor<6xf32> {
  %p = act.log_softmax %x : tensor<6x10xf32>
  %s = act.silu %p : tensor<6x10xf32>
  %l = act.nll %s, %t reduction(none)
    : tensor<6x10xf32>, tensor<6xi64> -> tensor<6xf32>
  return %l : tensor<6xf32>
}

func.func @soft(%x: tensor<6x10xf32>, %y: tensor<6x10xf32>) -> tensor<f32> {
  %t = act.softmax %y : tensor<6x10xf32>
  %l = act.cross_entropy %x, %t
    : tensor<6x10xf32>, tensor<6x10xf32> -> tensor<f32>
  return %l : tensor<f32>
}

func.func @softmax(%x: tensor<6x10xf32>) -> tensor<6x10xf32> {
  %p = act.softmax %x {dim = 0, temperature = 0.5} : tensor<6x10xf32>
  %q = act.softmin %x : tensor<6x10xf32>
  %s = arith.mulf %p, %q : tensor<6x10xf32>
  return %s : tensor<6x10xf32>
}

func.func @rows(%x: tensor<6x10xf32>) -> (tensor<6x10xf32>, tensor<6x1xf32>) {
  %y, %lse = act.log_softmax %x
    : tensor<6x10xf32> -> tensor<6x10xf32>, tensor<6xf32>
  %m = act.logsumexp %x {keepdim = true} : tensor<6x10xf32> -> tensor<6x1xf32>
  %z = act.tanh %y : tensor<6x10xf32>
  return %z, %m : tensor<6x10xf32>, tensor<6x1xf32>
}

func.func @gate(%g: tensor<7xf32>, %u: tensor<7xf32>) -> tensor<7xf32> {
  %y = act.gate swiglu_oai %g, %u {limit = 0.5} : tensor<7xf32>
  return %y : tensor<7xf32>
}

func.func @glu(%x: tensor<3x8xf32>) -> tensor<3x4xf32> {
  %y = act.glu geglu %x layout(interleaved) gate(second)
    : tensor<3x8xf32> -> tensor<3x4xf32>
  return %y : tensor<3x4xf32>
}

func.func @generic(%x: tensor<6x10xf32>, %b: tensor<10xf32>, %s: f32)
    -> tensor<10x6xf32> {
  %e = tensor.empty() : tensor<10x6xf32>
  %y = linalg.generic {
    indexing_maps = [affine_map<(i, j) -> (j, i)>, affine_map<(i, j) -> (i)>,
                     affine_map<(i, j) -> ()>, affine_map<(i, j) -> (i, j)>],
    iterator_types = ["parallel", "parallel"]}
    ins(%x, %b, %s : tensor<6x10xf32>, tensor<10xf32>, f32)
    outs(%e : tensor<10x6xf32>) {
  ^bb0(%0: f32, %1: f32, %2: f32, %o: f32):
    %3 = arith.addf %0, %1 : f32
    %4 = act.silu %3 : f32
    %5 = arith.mulf %4, %2 : f32
    linalg.yield %5 : f32
  } -> tensor<10x6xf32>
  return %y : tensor<10x6xf32>
}

func.func @shapes(%x: tensor<4x6xf32>, %y: tensor<3xf32>) -> tensor<2x12xf32> {
  %i = tensor.insert_slice %y into %x[1, 0] [1, 3] [1, 2]
    : tensor<3xf32> into tensor<4x6xf32>
  %a = act.tanh %i : tensor<4x6xf32>
  %e = tensor.expand_shape %a [[0, 1], [2]] output_shape [2, 2, 6]
    : tensor<4x6xf32> into tensor<2x2x6xf32>
  %c = tensor.collapse_shape %e [[0], [1, 2]]
    : tensor<2x2x6xf32> into tensor<2x12xf32>
  %s = tensor.extract_slice %c[0, 3] [2, 4] [1, 2]
    : tensor<2x12xf32> to tensor<2x4xf32>
  %f = act.softplus %s : tensor<2x4xf32>
  %z = tensor.insert_slice %f into %c[0, 8] [2, 4] [1, 1]
    : tensor<2x4xf32> into tensor<2x12xf32>
  return %z : tensor<2x12xf32>
}

func.func @parameter(%x: tensor<4x3xf32>, %w: tensor<3xf32>, %b: f32)
    -> tensor<4x3xf32> {
  %y = act.prelu %x, %w : tensor<4x3xf32>, tensor<3xf32>
  %z = act.swish %y, %b : tensor<4x3xf32>, f32
  return %z : tensor<4x3xf32>
}
