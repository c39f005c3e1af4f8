// Elementwise kernels in all layouts, sums, and numbers from the memory of the
// device: the bits of the CPU.

// RUN: act-run %s --entry=bias --input=7x300xbf16=randn --input=300xbf16=randn --output=res0=@%t.0.npy --output=res1=@%t.1.npy
// RUN: act-run %s --entry=bias --input=7x300xbf16=randn --input=300xbf16=randn --device=simt --expect=res0=@%t.0.npy --expect=res1=@%t.1.npy --max-ulp=0
// RUN: act-run %s --entry=bias --input=5x1024xbf16=randn --input=1024xbf16=randn --output=res0=@%t.0.npy --output=res1=@%t.1.npy
// RUN: act-run %s --entry=bias --input=5x1024xbf16=randn --input=1024xbf16=randn --device=simt --expect=res0=@%t.0.npy --expect=res1=@%t.1.npy --max-ulp=0
func.func @bias(%x: tensor<?x?xbf16>, %b: tensor<?xbf16>) -> (tensor<?x?xbf16>, tensor<?xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0.0 : f32
  %m = tensor.dim %x, %c0 : tensor<?x?xbf16>
  %n = tensor.dim %x, %c1 : tensor<?x?xbf16>
  %init = tensor.empty(%m, %n) : tensor<?x?xbf16>
  %y = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (j)>,
                                        affine_map<(i, j) -> (i, j)>],
                       iterator_types = ["parallel", "parallel"]}
      ins(%x, %b : tensor<?x?xbf16>, tensor<?xbf16>) outs(%init : tensor<?x?xbf16>) {
  ^bb0(%in: bf16, %bias: bf16, %out: bf16):
    %0 = arith.addf %in, %bias : bf16
    %1 = act.gelu %0 : bf16
    linalg.yield %1 : bf16
  } -> tensor<?x?xbf16>
  // A sum of columns.
  %sums = tensor.empty(%n) : tensor<?xf32>
  %filled = linalg.fill ins(%zero : f32) outs(%sums : tensor<?xf32>) -> tensor<?xf32>
  %s = linalg.generic {indexing_maps = [affine_map<(i, j) -> (j, i)>, affine_map<(i, j) -> (i)>],
                       iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<?x?xbf16>) outs(%filled : tensor<?xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %0 = arith.extf %in : bf16 to f32
    %1 = arith.addf %out, %0 : f32
    linalg.yield %1 : f32
  } -> tensor<?xf32>
  return %y, %s : tensor<?x?xbf16>, tensor<?xf32>
}

// RUN: act-run %s --entry=gates --output=res0=@%t.0.npy --output=res1=@%t.1.npy --output=res2=@%t.2.npy
// RUN: act-run %s --entry=gates --device=simt --expect=res0=@%t.0.npy --expect=res1=@%t.1.npy --expect=res2=@%t.2.npy --max-ulp=0
func.func @gates(%x: tensor<3x600xf32>, %dy: tensor<3x300xf32>)
    -> (tensor<3x300xf32>, tensor<3x300xf32>, tensor<3x600xf32>) {
  %0 = act.glu swiglu %x layout(halves) {dim = -1} : tensor<3x600xf32> -> tensor<3x300xf32>
  %1 = act.glu geglu %x layout(interleaved) {dim = -1} : tensor<3x600xf32> -> tensor<3x300xf32>
  %2 = act.glu_backward swiglu %dy, %x layout(interleaved) {dim = -1} : tensor<3x300xf32>, tensor<3x600xf32>
  return %0, %1, %2 : tensor<3x300xf32>, tensor<3x300xf32>, tensor<3x600xf32>
}

// RUN: act-run %s --entry=parameters --output=res0=@%t.0.npy --output=res1=@%t.1.npy --output=res2=@%t.2.npy --output=res3=@%t.3.npy
// RUN: act-run %s --entry=parameters --device=simt --expect=res0=@%t.0.npy --expect=res1=@%t.1.npy --expect=res2=@%t.2.npy --expect=res3=@%t.3.npy --max-ulp=0
func.func @parameters(%x: tensor<40x3x55xf32>, %dy: tensor<40x3x55xf32>, %w: tensor<3xf32>, %a: tensor<1xf32>)
    -> (tensor<40x3x55xf32>, tensor<3xf32>, tensor<40x3x55xf32>, tensor<1xf32>) {
  %dx, %dw = act.prelu_backward %dy, %x, %w {channel_dim = 1} : tensor<40x3x55xf32>, tensor<3xf32>
  %dz, %da = act.prelu_backward %dy, %x, %a : tensor<40x3x55xf32>, tensor<1xf32>
  return %dx, %dw, %dz, %da : tensor<40x3x55xf32>, tensor<3xf32>, tensor<40x3x55xf32>, tensor<1xf32>
}
