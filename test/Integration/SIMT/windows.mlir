// Operands that strides do not describe, on SIMT as on the CPU: windows of
// pooling and convolutions, repeated and reversed elements.

// DEFINE: %{entry} = pooling
// DEFINE: %{run} = act-run %s --entry=%{entry} --input=x=2x9x8x3xf32=randn:seed=1
// DEFINE: %{check} = \
// DEFINE:   %{run} --output=a=@%t.a.npy --output=b=@%t.b.npy && \
// DEFINE:   %{run} --device=simt --expect=a=@%t.a.npy --expect=b=@%t.b.npy --max-ulp=0

// RUN: %{check}
func.func @pooling(%x: tensor<2x?x?x3xf32> {act.name = "x"})
    -> (tensor<2x?x?x3xf32> {act.name = "a"}, tensor<2x?x?x3xf32> {act.name = "b"}) {
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %h = tensor.dim %x, %c1 : tensor<2x?x?x3xf32>
  %w = tensor.dim %x, %c2 : tensor<2x?x?x3xf32>
  %thirdH = arith.divui %h, %c3 : index
  %halfW = arith.divui %w, %c2 : index
  %e = tensor.empty(%thirdH, %halfW) : tensor<2x?x?x3xf32>
  %window = tensor.empty() : tensor<3x2xf32>
  %low = arith.constant 0xFF800000 : f32
  %zero = arith.constant 0.0 : f32
  %lows = linalg.fill ins(%low : f32) outs(%e : tensor<2x?x?x3xf32>) -> tensor<2x?x?x3xf32>
  %zeros = linalg.fill ins(%zero : f32) outs(%e : tensor<2x?x?x3xf32>) -> tensor<2x?x?x3xf32>
  %max = linalg.pooling_nhwc_max {strides = dense<[3, 2]> : tensor<2xi64>, dilations = dense<1> : tensor<2xi64>}
      ins(%x, %window : tensor<2x?x?x3xf32>, tensor<3x2xf32>)
      outs(%lows : tensor<2x?x?x3xf32>) -> tensor<2x?x?x3xf32>
  %sum = linalg.pooling_nhwc_sum {strides = dense<[3, 2]> : tensor<2xi64>, dilations = dense<1> : tensor<2xi64>}
      ins(%x, %window : tensor<2x?x?x3xf32>, tensor<3x2xf32>)
      outs(%zeros : tensor<2x?x?x3xf32>) -> tensor<2x?x?x3xf32>
  %a = act.silu %max : tensor<2x?x?x3xf32>
  return %a, %sum : tensor<2x?x?x3xf32>, tensor<2x?x?x3xf32>
}

// REDEFINE: %{entry} = convolution
// RUN: %{check}
func.func @convolution(%x: tensor<2x9x8x3xf32> {act.name = "x"})
    -> (tensor<2x7x6x4xf32> {act.name = "a"}, tensor<2x5x8x3xf32> {act.name = "b"}) {
  %kernel = arith.constant dense<[[[0.5, 1.5, -2.0, 0.25], [1.0, -1.0, 3.0, 2.0], [0.1, 0.2, 0.3, 0.4]],
                                  [[-0.5, 0.5, 1.0, 2.25], [4.0, -0.1, 1.0, 1.0], [0.3, 0.7, 0.9, 0.4]]]>
      : tensor<2x3x4xf32>
  %kernels = tensor.empty() : tensor<3x3x3x4xf32>
  %wide = linalg.generic {indexing_maps = [affine_map<(h, w, c, f) -> (h floordiv 2, c, f)>,
                                           affine_map<(h, w, c, f) -> (h, w, c, f)>],
                          iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%kernel : tensor<2x3x4xf32>) outs(%kernels : tensor<3x3x3x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<3x3x3x4xf32>
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<2x7x6x4xf32>
  %zeros = linalg.fill ins(%zero : f32) outs(%e : tensor<2x7x6x4xf32>) -> tensor<2x7x6x4xf32>
  %c = linalg.conv_2d_nhwc_hwcf {strides = dense<1> : tensor<2xi64>, dilations = dense<1> : tensor<2xi64>}
      ins(%x, %wide : tensor<2x9x8x3xf32>, tensor<3x3x3x4xf32>)
      outs(%zeros : tensor<2x7x6x4xf32>) -> tensor<2x7x6x4xf32>
  %a = act.gelu %c : tensor<2x7x6x4xf32>
  %e2 = tensor.empty() : tensor<2x5x8x3xf32>
  %b = linalg.generic {indexing_maps = [affine_map<(n, h, w, c) -> (n, 8 - 2 * h, w, c)>,
                                        affine_map<(n, h, w, c) -> (n, h, w, c)>],
                       iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%x : tensor<2x9x8x3xf32>) outs(%e2 : tensor<2x5x8x3xf32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = act.tanh %in : f32
    linalg.yield %0 : f32
  } -> tensor<2x5x8x3xf32>
  return %a, %b : tensor<2x7x6x4xf32>, tensor<2x5x8x3xf32>
}

// Nothing but the operand that is read through a map says how long the sums
// are.
// REDEFINE: %{entry} = sums
// RUN: %{check}
func.func @sums(%x: tensor<2x?x8x?xf32> {act.name = "x"})
    -> (tensor<2x4xf32> {act.name = "a"}, tensor<4xf32> {act.name = "b"}) {
  %zeros = arith.constant dense<0.0> : tensor<2x4xf32>
  %lows = arith.constant dense<0xFF800000> : tensor<4xf32>
  %a = linalg.generic {indexing_maps = [affine_map<(n, w, h, c) -> (n, h, 2 * w + 1, c)>,
                                        affine_map<(n, w, h, c) -> (n, w)>],
                       iterator_types = ["parallel", "parallel", "reduction", "reduction"]}
      ins(%x : tensor<2x?x8x?xf32>) outs(%zeros : tensor<2x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = arith.addf %out, %in : f32
    linalg.yield %0 : f32
  } -> tensor<2x4xf32>
  %b = linalg.generic {indexing_maps = [affine_map<(w, n, h, c) -> (n, h, 2 * w, c)>,
                                        affine_map<(w, n, h, c) -> (w)>],
                       iterator_types = ["parallel", "reduction", "reduction", "reduction"]}
      ins(%x : tensor<2x?x8x?xf32>) outs(%lows : tensor<4xf32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = arith.maximumf %out, %in : f32
    linalg.yield %0 : f32
  } -> tensor<4xf32>
  return %a, %b : tensor<2x4xf32>, tensor<4xf32>
}
