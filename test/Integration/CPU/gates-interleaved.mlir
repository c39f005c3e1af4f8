// Wide accesses to alternating elements give the bits that rows in turn give,
// for every type and width of vectors.
//
// REQUIRES: avx2, fma, f16c
//
// DEFINE: %{type} = f32
// DEFINE: %{oldest} = x86-64-v2
// DEFINE: %{run} = sed s/TYPE/%{type}/g %s | act-run - --threads=1 \
// DEFINE:   --input=@%t_x.npy --input=@%t_dy.npy
// DEFINE: %{expect} = --entry=alternating --expect=@%t_y.npy \
// DEFINE:   --expect=@%t_dx.npy --max-ulp=0
// DEFINE: %{check} = sed s/TYPE/%{type}/g %s | act-run - --entry=inputs \
// DEFINE:     --output=@%t_x.npy --output=@%t_dy.npy && \
// DEFINE:   %{run} --entry=rows --output=@%t_y.npy --output=@%t_dx.npy && \
// DEFINE:   %{run} %{expect} && \
// DEFINE:   %{run} %{expect} --target-cpu=haswell && \
// DEFINE:   %{run} %{expect} --target-cpu=%{oldest}
//
// RUN: %{check}
// REDEFINE: %{type} = bf16
// RUN: %{check}
// REDEFINE: %{type} = f16
// RUN: %{check}
//
// f64 needs fused multiplication in hardware.
// REDEFINE: %{type} = f64
// REDEFINE: %{oldest} = haswell
// RUN: %{check}

// A row is longer than any block and ends within one.
func.func @inputs() -> (tensor<3x630xTYPE>, tensor<3x315xTYPE>) {
  %empty = tensor.empty() : tensor<3x630xTYPE>
  %x = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>],
                       iterator_types = ["parallel", "parallel"]}
      outs(%empty : tensor<3x630xTYPE>) {
  ^bb0(%out: TYPE):
    %i = linalg.index 0 : index
    %j = linalg.index 1 : index
    %c37 = arith.constant 37 : index
    %c401 = arith.constant 401 : index
    %c64 = arith.constant 6.4e1 : TYPE
    %c3 = arith.constant 3.0 : TYPE
    %0 = arith.muli %j, %c37 : index
    %1 = arith.addi %0, %i : index
    %2 = arith.remui %1, %c401 : index
    %3 = arith.index_cast %2 : index to i32
    %4 = arith.sitofp %3 : i32 to TYPE
    %5 = arith.divf %4, %c64 : TYPE
    %6 = arith.subf %5, %c3 : TYPE
    linalg.yield %6 : TYPE
  } -> tensor<3x630xTYPE>
  %dy = tensor.extract_slice %x[0, 315] [3, 315] [1, 1]
    : tensor<3x630xTYPE> to tensor<3x315xTYPE>
  return %x, %dy : tensor<3x630xTYPE>, tensor<3x315xTYPE>
}

func.func @alternating(%x: tensor<3x630xTYPE>, %dy: tensor<3x315xTYPE>)
    -> (tensor<3x315xTYPE>, tensor<3x630xTYPE>) {
  %y = act.glu swiglu %x layout(interleaved)
    : tensor<3x630xTYPE> -> tensor<3x315xTYPE>
  %dx = act.glu_backward swiglu %dy, %x layout(interleaved)
    : tensor<3x315xTYPE>, tensor<3x630xTYPE>
  return %y, %dx : tensor<3x315xTYPE>, tensor<3x630xTYPE>
}

func.func @rows(%x: tensor<3x630xTYPE>, %dy: tensor<3x315xTYPE>)
    -> (tensor<3x315xTYPE>, tensor<3x630xTYPE>) {
  %e0 = tensor.empty() : tensor<630x3xTYPE>
  %xt = linalg.transpose ins(%x : tensor<3x630xTYPE>)
    outs(%e0 : tensor<630x3xTYPE>) permutation = [1, 0]
  %e1 = tensor.empty() : tensor<315x3xTYPE>
  %dyt = linalg.transpose ins(%dy : tensor<3x315xTYPE>)
    outs(%e1 : tensor<315x3xTYPE>) permutation = [1, 0]
  %yt = act.glu swiglu %xt layout(interleaved) {dim = 0}
    : tensor<630x3xTYPE> -> tensor<315x3xTYPE>
  %dxt = act.glu_backward swiglu %dyt, %xt layout(interleaved) {dim = 0}
    : tensor<315x3xTYPE>, tensor<630x3xTYPE>
  %e2 = tensor.empty() : tensor<3x315xTYPE>
  %y = linalg.transpose ins(%yt : tensor<315x3xTYPE>)
    outs(%e2 : tensor<3x315xTYPE>) permutation = [1, 0]
  %e3 = tensor.empty() : tensor<3x630xTYPE>
  %dx = linalg.transpose ins(%dxt : tensor<630x3xTYPE>)
    outs(%e3 : tensor<3x630xTYPE>) permutation = [1, 0]
  return %y, %dx : tensor<3x315xTYPE>, tensor<3x630xTYPE>
}
