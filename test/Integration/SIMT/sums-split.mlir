// Long sums of a few outputs, which many blocks share, have the bits of the CPU:
// of whole chunks and of others, more than a round of chunks, in either tier, and
// short ones of the same program.

// DEFINE: %{entry} =
// DEFINE: %{input} =
// DEFINE: %{more} =
// DEFINE: %{same} = act-run %s --entry=%{entry} --input=%{input} %{more} --output=res0=@%t.npy && \
// DEFINE:   act-run %s --entry=%{entry} --input=%{input} %{more} --device=simt --expect=res0=@%t.npy --max-ulp=0

// RUN: act-opt %s --act-gpu-pipeline | FileCheck %s
// CHECK-LABEL: gpu.func @rows_sum_split(
// CHECK-LABEL: gpu.func @squares_sum_split(

// REDEFINE: %{entry} = rows
// REDEFINE: %{input} = 3x70001xf32=randn
// RUN: %{same}
// REDEFINE: %{input} = 2x65536xf32=randn
// RUN: %{same}
// REDEFINE: %{input} = 1x2200001xf32=randn
// RUN: %{same}
// REDEFINE: %{input} = 65x65537xf32=randn
// RUN: %{same}
// REDEFINE: %{input} = 3x65535xf32=randn
// RUN: %{same}
// REDEFINE: %{input} = 3x0xf32=zeros
// RUN: %{same}
// REDEFINE: %{input} = 3x70001xf32=randn
// REDEFINE: %{more} = --accuracy=exact
// RUN: %{same}
func.func @rows(%x: tensor<?x?xf32>) -> tensor<?xf32> {
  %zero = arith.constant 0.0 : f32
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?x?xf32>
  %empty = tensor.empty(%n) : tensor<?xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<?xf32>) -> tensor<?xf32>
  %s = linalg.reduce { arith.addf } ins(%x : tensor<?x?xf32>) outs(%init : tensor<?xf32>) dimensions = [1]
  return %s : tensor<?xf32>
}

// In f64, of terms that are computed, added to what is there.
// REDEFINE: %{entry} = squares
// REDEFINE: %{input} = 300x300xbf16=randn
// REDEFINE: %{more} = --input=f64=0.25
// RUN: %{same}
func.func @squares(%x: tensor<?x?xbf16>, %start: tensor<f64>) -> tensor<f64> {
  %s = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> ()>],
                       iterator_types = ["reduction", "reduction"]}
      ins(%x : tensor<?x?xbf16>) outs(%start : tensor<f64>) {
  ^bb0(%in: bf16, %out: f64):
    %0 = arith.extf %in : bf16 to f64
    %1 = arith.mulf %0, %0 : f64
    %2 = arith.addf %out, %1 : f64
    linalg.yield %2 : f64
  } -> tensor<f64>
  return %s : tensor<f64>
}
