// Kernels of sums have the bits of the CPU: columns, more of them than a chunk
// has terms, and none.

// RUN: act-run %s --entry=columns --input=5000x40xf32=randn --output=res0=@%t.npy
// RUN: act-run %s --entry=columns --input=5000x40xf32=randn --device=simt --expect=res0=@%t.npy --max-ulp=0
// RUN: act-run %s --entry=columns --input=300x40xf32=randn --accuracy=exact --output=res0=@%t.npy
// RUN: act-run %s --entry=columns --input=300x40xf32=randn --accuracy=exact --device=simt --expect=res0=@%t.npy --max-ulp=0
// RUN: act-run %s --entry=columns --input=0x40xf32=zeros --output=res0=@%t.npy
// RUN: act-run %s --entry=columns --input=0x40xf32=zeros --device=simt --expect=res0=@%t.npy --max-ulp=0
func.func @columns(%x: tensor<?x40xf32>) -> tensor<40xf32> {
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<40xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<40xf32>) -> tensor<40xf32>
  %s = linalg.reduce { arith.addf } ins(%x : tensor<?x40xf32>) outs(%init : tensor<40xf32>) dimensions = [0]
  return %s : tensor<40xf32>
}

// RUN: act-run %s --entry=product --matrix-products=loops --output=res0=@%t.0.npy --output=res1=@%t.1.npy
// RUN: act-run %s --entry=product --device=simt --expect=res0=@%t.0.npy --expect=res1=@%t.1.npy --max-ulp=0
func.func @product(%a: tensor<7x300xf32>, %b: tensor<300x20xf32>, %h: tensor<7x30xbf16>, %k: tensor<20x30xbf16>,
                   %c: tensor<7x20xf32>) -> (tensor<7x20xf32>, tensor<7x20xf32>) {
  %0 = linalg.matmul ins(%a, %b : tensor<7x300xf32>, tensor<300x20xf32>) outs(%c : tensor<7x20xf32>) -> tensor<7x20xf32>
  %1 = linalg.generic {indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>,
                                        affine_map<(m, n, k) -> (m, n)>],
                       iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%h, %k : tensor<7x30xbf16>, tensor<20x30xbf16>) outs(%c : tensor<7x20xf32>) {
  ^bb0(%left: bf16, %right: bf16, %sum: f32):
    %2 = arith.extf %left : bf16 to f32
    %3 = arith.extf %right : bf16 to f32
    %4 = arith.mulf %2, %3 : f32
    %5 = arith.addf %sum, %4 : f32
    linalg.yield %5 : f32
  } -> tensor<7x20xf32>
  return %0, %1 : tensor<7x20xf32>, tensor<7x20xf32>
}
