// Every kind of gate, forward and backward, of two operands and packed in every
// way, against the formulas over the reals in f64, special values included:
// phi within 3 ulp, the products around it round once or twice more.

// RUN: %python %S/Inputs/gates.py %t
// DEFINE: %{kind} = glu
// DEFINE: %{run} = sed s/KIND/%{kind}/g %s | act-run - \
// DEFINE:   --input=dy=@%t/dy.npy --input=g=@%t/g.npy --input=u=@%t/u.npy \
// DEFINE:   --expect=y=@%t/%{kind}_y.npy --expect=dg=@%t/%{kind}_dg.npy \
// DEFINE:   --expect=du=@%t/%{kind}_du.npy --rtol=6e-7 --atol=2e-6 --entry=gate
// DEFINE: %{packed} = sed s/KIND/%{kind}/g %s | act-run - --input=dy=@%t/dy.npy \
// DEFINE:   --input=halves=@%t/x_halves.npy --input=rows=@%t/x_rows.npy \
// DEFINE:   --input=interleaved=@%t/x_interleaved.npy \
// DEFINE:   --expect=y_h=@%t/%{kind}_y.npy --expect=y_i=@%t/%{kind}_y.npy \
// DEFINE:   --expect=y_r=@%t/%{kind}_y.npy \
// DEFINE:   --expect=dx_h=@%t/%{kind}_dx_halves.npy \
// DEFINE:   --expect=dx_i=@%t/%{kind}_dx_interleaved.npy \
// DEFINE:   --expect=dx_r=@%t/%{kind}_dx_rows.npy \
// DEFINE:   --rtol=6e-7 --atol=2e-6 --entry=packed
// RUN: %{run}
// RUN: %{packed}
// RUN: %{run} --accuracy=exact
// REDEFINE: %{kind} = reglu
// RUN: %{run}
// RUN: %{packed}
// RUN: %{run} --accuracy=exact
// REDEFINE: %{kind} = sreglu
// RUN: %{run}
// RUN: %{packed}
// RUN: %{run} --accuracy=exact
// REDEFINE: %{kind} = geglu
// RUN: %{run}
// RUN: %{packed}
// RUN: %{run} --accuracy=exact
// REDEFINE: %{kind} = geglu_tanh
// RUN: %{run}
// RUN: %{packed}
// RUN: %{run} --accuracy=exact
// REDEFINE: %{kind} = quick_geglu
// RUN: %{run}
// RUN: %{packed}
// RUN: %{run} --accuracy=exact
// REDEFINE: %{kind} = swiglu
// RUN: %{run}
// RUN: %{packed}
// RUN: %{run} --accuracy=exact
// REDEFINE: %{kind} = bilinear
// RUN: %{run}
// RUN: %{packed}
// RUN: %{run} --accuracy=exact
// REDEFINE: %{kind} = swiglu_oai
// RUN: %{run}
// RUN: %{packed}
// RUN: %{run} --accuracy=exact

// The comparison sees a wrong kind.
// RUN: sed s/KIND/geglu/g %s | not act-run - --entry=gate \
// RUN:   --input=dy=@%t/dy.npy --input=g=@%t/g.npy --input=u=@%t/u.npy \
// RUN:   --expect=y=@%t/geglu_tanh_y.npy --rtol=6e-7 --atol=2e-6

func.func @gate(%dy: tensor<?x37xf32> {act.name = "dy"},
                %g: tensor<?x37xf32> {act.name = "g"},
                %u: tensor<?x37xf32> {act.name = "u"})
    -> (tensor<?x37xf32> {act.name = "y"}, tensor<?x37xf32> {act.name = "dg"},
        tensor<?x37xf32> {act.name = "du"}) {
  %y = act.gate KIND %g, %u : tensor<?x37xf32>
  %dg, %du = act.gate_backward KIND %dy, %g, %u : tensor<?x37xf32>
  return %y, %dg, %du : tensor<?x37xf32>, tensor<?x37xf32>, tensor<?x37xf32>
}

func.func @packed(%dy: tensor<?x?xf32> {act.name = "dy"},
                  %halves: tensor<?x?xf32> {act.name = "halves"},
                  %interleaved: tensor<5x74xf32> {act.name = "interleaved"},
                  %rows: tensor<?x37xf32> {act.name = "rows"})
    -> (tensor<?x?xf32> {act.name = "y_h"}, tensor<?x?xf32> {act.name = "dx_h"},
        tensor<5x37xf32> {act.name = "y_i"},
        tensor<5x74xf32> {act.name = "dx_i"},
        tensor<?x37xf32> {act.name = "y_r"},
        tensor<?x37xf32> {act.name = "dx_r"}) {
  %0 = act.glu KIND %halves gate(first) : tensor<?x?xf32>
  %1 = act.glu_backward KIND %dy, %halves gate(first) : tensor<?x?xf32>
  %2 = act.glu KIND %interleaved layout(interleaved) gate(first)
         : tensor<5x74xf32> -> tensor<5x37xf32>
  %3 = act.glu_backward KIND %dy, %interleaved layout(interleaved) gate(first)
         : tensor<?x?xf32>, tensor<5x74xf32>
  %4 = act.glu KIND %rows gate(first) {dim = 0} : tensor<?x37xf32>
  %5 = act.glu_backward KIND %dy, %rows gate(first) {dim = 0}
         : tensor<?x?xf32>, tensor<?x37xf32>
  return %0, %1, %2, %3, %4, %5 : tensor<?x?xf32>, tensor<?x?xf32>,
    tensor<5x37xf32>, tensor<5x74xf32>, tensor<?x37xf32>, tensor<?x37xf32>
}
