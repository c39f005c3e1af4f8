// Gates have the bits of their unfused form, forward and backward, on f32 and
// f64; and the bits do not depend on shapes or threads.

// RUN: mkdir -p %t
// DEFINE: %{type} = f32
// DEFINE: %{in} = --input=dy=3x1003x%{type}=randn:seed=1 \
// DEFINE:   --input=g=3x1003x%{type}=uniform:-9:9:seed=2 \
// DEFINE:   --input=u=3x1003x%{type}=randn:seed=3
// DEFINE: %{all} = sed s/TYPE/%{type}/g %s | act-run - %{in}
// DEFINE: %{save} = %{all} --no-fuse --entry=unfused --output=y=@%t/y.npy \
// DEFINE:   --output=dg=@%t/dg.npy --output=du=@%t/du.npy
// DEFINE: %{same} = %{all} --expect=y=@%t/y.npy --expect=dg=@%t/dg.npy \
// DEFINE:   --expect=du=@%t/du.npy --max-ulp=0

// RUN: %{save}
// RUN: %{same} --entry=fused
// RUN: %{same} --entry=fused --threads=2
// RUN: %{same} --entry=rank1
// RUN: %{save} --accuracy=exact
// RUN: %{same} --entry=fused --accuracy=exact

// The comparison sees a last bit: the tiers differ.
// RUN: sed s/TYPE/f32/g %s | not act-run - %{in} --entry=fused \
// RUN:   --expect=y=@%t/y.npy --max-ulp=0

// REDEFINE: %{type} = f64
// RUN: %{save}
// RUN: %{same} --entry=fused

func.func @unfused(%dy: tensor<?x?xTYPE> {act.name = "dy"},
                   %g: tensor<?x?xTYPE> {act.name = "g"},
                   %u: tensor<?x?xTYPE> {act.name = "u"})
    -> (tensor<?x?xTYPE> {act.name = "y"}, tensor<?x?xTYPE> {act.name = "dg"},
        tensor<?x?xTYPE> {act.name = "du"}) {
  %a = act.silu %g : tensor<?x?xTYPE>
  %y = arith.mulf %a, %u : tensor<?x?xTYPE>
  %da = arith.mulf %dy, %u : tensor<?x?xTYPE>
  %dg = act.silu_backward %da, %g : tensor<?x?xTYPE>
  %du = arith.mulf %dy, %a : tensor<?x?xTYPE>
  return %y, %dg, %du : tensor<?x?xTYPE>, tensor<?x?xTYPE>, tensor<?x?xTYPE>
}

func.func @fused(%dy: tensor<?x?xTYPE> {act.name = "dy"},
                 %g: tensor<?x?xTYPE> {act.name = "g"},
                 %u: tensor<?x?xTYPE> {act.name = "u"})
    -> (tensor<?x?xTYPE> {act.name = "y"}, tensor<?x?xTYPE> {act.name = "dg"},
        tensor<?x?xTYPE> {act.name = "du"}) {
  %y = act.gate swiglu %g, %u : tensor<?x?xTYPE>
  %dg, %du = act.gate_backward swiglu %dy, %g, %u : tensor<?x?xTYPE>
  return %y, %dg, %du : tensor<?x?xTYPE>, tensor<?x?xTYPE>, tensor<?x?xTYPE>
}

// Rows one behind the other, in another vector width.
func.func @rank1(%dy: tensor<3x1003xTYPE> {act.name = "dy"},
                 %g: tensor<3x1003xTYPE> {act.name = "g"},
                 %u: tensor<3x1003xTYPE> {act.name = "u"})
    -> (tensor<3x1003xTYPE> {act.name = "y"},
        tensor<3x1003xTYPE> {act.name = "dg"},
        tensor<3x1003xTYPE> {act.name = "du"}) {
  %0 = tensor.collapse_shape %dy [[0, 1]]
    : tensor<3x1003xTYPE> into tensor<3009xTYPE>
  %1 = tensor.collapse_shape %g [[0, 1]]
    : tensor<3x1003xTYPE> into tensor<3009xTYPE>
  %2 = tensor.collapse_shape %u [[0, 1]]
    : tensor<3x1003xTYPE> into tensor<3009xTYPE>
  %3 = act.gate swiglu %1, %2 : tensor<3009xTYPE>
  %4:2 = act.gate_backward swiglu %0, %1, %2 : tensor<3009xTYPE>
  %y = tensor.expand_shape %3 [[0, 1]] output_shape [3, 1003]
    : tensor<3009xTYPE> into tensor<3x1003xTYPE>
  %dg = tensor.expand_shape %4#0 [[0, 1]] output_shape [3, 1003]
    : tensor<3009xTYPE> into tensor<3x1003xTYPE>
  %du = tensor.expand_shape %4#1 [[0, 1]] output_shape [3, 1003]
    : tensor<3009xTYPE> into tensor<3x1003xTYPE>
  return %y, %dg, %du
    : tensor<3x1003xTYPE>, tensor<3x1003xTYPE>, tensor<3x1003xTYPE>
}
