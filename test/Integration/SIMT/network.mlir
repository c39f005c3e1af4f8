// A layer, its loss and all gradients on a device: products, kernels of rows and
// elements, sums, and a mean whose parts the host never reads.

// DEFINE: %{run} = act-run %s --grad --input=t=5xi64=randint:0:30
// RUN: %{run} --matrix-products=loops --output=res0=@%t.0.npy --output=d_x=@%t.1.npy --output=d_w=@%t.2.npy --output=d_b=@%t.3.npy
// RUN: %{run} --device=simt --expect=res0=@%t.0.npy --expect=d_x=@%t.1.npy --expect=d_w=@%t.2.npy --expect=d_b=@%t.3.npy --max-ulp=0
func.func @layer(%x: tensor<5x40xf32> {act.name = "x"}, %w: tensor<40x30xf32> {act.name = "w"},
                 %b: tensor<30xf32> {act.name = "b"}, %t: tensor<5xi64> {act.name = "t"}) -> tensor<f32> {
  %empty = tensor.empty() : tensor<5x30xf32>
  %bias = linalg.broadcast ins(%b : tensor<30xf32>) outs(%empty : tensor<5x30xf32>) dimensions = [0]
  %h = linalg.matmul ins(%x, %w : tensor<5x40xf32>, tensor<40x30xf32>) outs(%bias : tensor<5x30xf32>) -> tensor<5x30xf32>
  %a = act.gelu %h : tensor<5x30xf32>
  %l = act.cross_entropy %a, %t reduction(mean) : tensor<5x30xf32>, tensor<5xi64> -> tensor<f32>
  return %l : tensor<f32>
}
