// Products of matrices in all layouts, with whole and partial tiles, against
// exact results: all numbers are small integers.

// RUN: %python %S/Inputs/products.py %t f4
// DEFINE: %{flags} = --matrix-products=loops
// DEFINE: %{run} = act-run %s --entry=matrices --input=a=@%t/a.npy \
// DEFINE:   --input=at=@%t/at.npy --input=b=@%t/b.npy --input=bt=@%t/bt.npy \
// DEFINE:   --input=c=@%t/c.npy --expect=nn=@%t/y.npy --expect=tn=@%t/y.npy \
// DEFINE:   --expect=nt=@%t/y.npy --expect=tt=@%t/y.npy --max-ulp=0 %{flags}
// DEFINE: %{vectors} = act-run %s --entry=vectors --input=a=@%t/a.npy \
// DEFINE:   --input=at=@%t/at.npy --input=b=@%t/b.npy --input=bt=@%t/bt.npy \
// DEFINE:   --input=v=@%t/v.npy --expect=nv=@%t/av.npy --expect=tv=@%t/av.npy \
// DEFINE:   --expect=vn=@%t/vb.npy --expect=vt=@%t/vb.npy --max-ulp=0 %{flags}
// RUN: %{run}
// RUN: %{vectors}
// REDEFINE: %{flags} = --matrix-products=loops --threads=2
// RUN: %{run}
// RUN: %{vectors}

// f64, whose vectors have half as many lanes.
// RUN: %python %S/Inputs/products.py %t f8
// RUN: sed s/f32/f64/g %s > %t/f64.mlir
// RUN: act-run %t/f64.mlir --entry=matrices --input=a=@%t/a.npy \
// RUN:   --input=at=@%t/at.npy --input=b=@%t/b.npy --input=bt=@%t/bt.npy \
// RUN:   --input=c=@%t/c.npy --expect=nn=@%t/y.npy --expect=tn=@%t/y.npy \
// RUN:   --expect=nt=@%t/y.npy --expect=tt=@%t/y.npy --max-ulp=0 --matrix-products=loops

// 16-bit results are sums in f32: terms of 300 products would be lost.
// RUN: %python %S/Inputs/products.py %t f2
// RUN: sed s/f32/f16/g %s > %t/f16.mlir
// RUN: act-run %t/f16.mlir --entry=matrices --input=a=@%t/a.npy \
// RUN:   --input=at=@%t/at.npy --input=b=@%t/b.npy --input=bt=@%t/bt.npy \
// RUN:   --input=c=@%t/c.npy --expect=nn=@%t/y.npy --expect=tn=@%t/y.npy \
// RUN:   --expect=nt=@%t/y.npy --expect=tt=@%t/y.npy --max-ulp=0
// RUN: act-run %s --entry=half --output=- | FileCheck %s --check-prefix=HALF
// HALF: {{\[\[}}1024]]

// The same bits on one thread and on two.
// RUN: act-run %s --entry=wide --dim=*=140 --matrix-products=loops --threads=1 --output=@%t/wide.npy
// RUN: act-run %s --entry=wide --dim=*=140 --matrix-products=loops --threads=2 --expect=@%t/wide.npy --max-ulp=0

#a = affine_map<(s, m, n, k) -> (s, m, k)>
#at = affine_map<(s, m, n, k) -> (s, k, m)>
#b = affine_map<(s, m, n, k) -> (s, k, n)>
#bt = affine_map<(s, m, n, k) -> (s, n, k)>
#c = affine_map<(s, m, n, k) -> (s, m, n)>
func.func @matrices(%a: tensor<?x?x?xf32> {act.name = "a"}, %at: tensor<?x?x?xf32> {act.name = "at"},
                    %b: tensor<?x?x?xf32> {act.name = "b"}, %bt: tensor<?x?x?xf32> {act.name = "bt"},
                    %c: tensor<?x?x?xf32> {act.name = "c"})
    -> (tensor<?x?x?xf32> {act.name = "nn"}, tensor<?x?x?xf32> {act.name = "tn"},
        tensor<?x?x?xf32> {act.name = "nt"}, tensor<?x?x?xf32> {act.name = "tt"}) {
  %nn = linalg.batch_matmul ins(%a, %b : tensor<?x?x?xf32>, tensor<?x?x?xf32>)
      outs(%c : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
  %tn = linalg.batch_matmul indexing_maps = [#at, #b, #c] ins(%at, %b : tensor<?x?x?xf32>, tensor<?x?x?xf32>)
      outs(%c : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
  %nt = linalg.batch_matmul indexing_maps = [#a, #bt, #c] ins(%a, %bt : tensor<?x?x?xf32>, tensor<?x?x?xf32>)
      outs(%c : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
  %tt = linalg.batch_matmul indexing_maps = [#at, #bt, #c] ins(%at, %bt : tensor<?x?x?xf32>, tensor<?x?x?xf32>)
      outs(%c : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
  return %nn, %tn, %nt, %tt : tensor<?x?x?xf32>, tensor<?x?x?xf32>, tensor<?x?x?xf32>, tensor<?x?x?xf32>
}

#nv = affine_map<(s, m, k) -> (s, m, k)>
#tv = affine_map<(s, m, k) -> (s, k, m)>
#v = affine_map<(s, m, k) -> (k)>
#r = affine_map<(s, m, k) -> (s, m)>
func.func @vectors(%a: tensor<?x?x?xf32> {act.name = "a"}, %at: tensor<?x?x?xf32> {act.name = "at"},
                   %b: tensor<?x?x?xf32> {act.name = "b"}, %bt: tensor<?x?x?xf32> {act.name = "bt"},
                   %v: tensor<?xf32> {act.name = "v"})
    -> (tensor<?x?xf32> {act.name = "nv"}, tensor<?x?xf32> {act.name = "tv"},
        tensor<?x?xf32> {act.name = "vn"}, tensor<?x?xf32> {act.name = "vt"}) {
  %zero = arith.constant 0.0 : f32
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %s = tensor.dim %a, %c0 : tensor<?x?x?xf32>
  %m = tensor.dim %a, %c1 : tensor<?x?x?xf32>
  %n = tensor.dim %b, %c2 : tensor<?x?x?xf32>
  %em = tensor.empty(%s, %m) : tensor<?x?xf32>
  %en = tensor.empty(%s, %n) : tensor<?x?xf32>
  %zm = linalg.fill ins(%zero : f32) outs(%em : tensor<?x?xf32>) -> tensor<?x?xf32>
  %zn = linalg.fill ins(%zero : f32) outs(%en : tensor<?x?xf32>) -> tensor<?x?xf32>
  %nv = linalg.generic {indexing_maps = [#nv, #v, #r], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %v : tensor<?x?x?xf32>, tensor<?xf32>) outs(%zm : tensor<?x?xf32>) {
  ^bb0(%left: f32, %right: f32, %sum: f32):
    %0 = arith.mulf %left, %right : f32
    %1 = arith.addf %sum, %0 : f32
    linalg.yield %1 : f32
  } -> tensor<?x?xf32>
  %tv = linalg.generic {indexing_maps = [#tv, #v, #r], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%at, %v : tensor<?x?x?xf32>, tensor<?xf32>) outs(%zm : tensor<?x?xf32>) {
  ^bb0(%left: f32, %right: f32, %sum: f32):
    %0 = arith.mulf %left, %right : f32
    %1 = arith.addf %sum, %0 : f32
    linalg.yield %1 : f32
  } -> tensor<?x?xf32>
  %vn = linalg.generic {indexing_maps = [#tv, #v, #r], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%b, %v : tensor<?x?x?xf32>, tensor<?xf32>) outs(%zn : tensor<?x?xf32>) {
  ^bb0(%left: f32, %right: f32, %sum: f32):
    %0 = arith.mulf %left, %right : f32
    %1 = arith.addf %sum, %0 : f32
    linalg.yield %1 : f32
  } -> tensor<?x?xf32>
  %vt = linalg.generic {indexing_maps = [#nv, #v, #r], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%bt, %v : tensor<?x?x?xf32>, tensor<?xf32>) outs(%zn : tensor<?x?xf32>) {
  ^bb0(%left: f32, %right: f32, %sum: f32):
    %0 = arith.mulf %left, %right : f32
    %1 = arith.addf %sum, %0 : f32
    linalg.yield %1 : f32
  } -> tensor<?x?xf32>
  return %nv, %tv, %vn, %vt : tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>
}

func.func @wide(%a: tensor<?x?xf32>, %b: tensor<?x?xf32>, %c: tensor<?x?xf32>) -> tensor<?x?xf32> {
  %y = linalg.matmul ins(%a, %b : tensor<?x?xf32>, tensor<?x?xf32>)
      outs(%c : tensor<?x?xf32>) -> tensor<?x?xf32>
  return %y : tensor<?x?xf32>
}

// In bf16 a sum of ones ends at 256.
func.func @half() -> tensor<1x1xbf16> {
  %a = arith.constant dense<1.0> : tensor<1x1024xbf16>
  %b = arith.constant dense<1.0> : tensor<1024x1xbf16>
  %zero = arith.constant dense<0.0> : tensor<1x1xbf16>
  %y = linalg.matmul ins(%a, %b : tensor<1x1024xbf16>, tensor<1024x1xbf16>)
      outs(%zero : tensor<1x1xbf16>) -> tensor<1x1xbf16>
  return %y : tensor<1x1xbf16>
}
