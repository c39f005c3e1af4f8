// Loss and gradient keep their relative accuracy, 2^-20 for f32 logits, however
// sure a row is of its target and however many classes there are. The reference
// is Inputs/losses.py, which sums in double precision without rounding.

// DEFINE: %{shape} = 1
// DEFINE: %{margin} = 0
// DEFINE: %{check} = %python %S/Inputs/losses.py %t --shape=%{shape} \
// DEFINE:     --margin=%{margin} && \
// DEFINE:   act-run %s --input=@%t/x.npy --input=@%t/target.npy \
// DEFINE:     --input=@%t/drow.npy --expect=@%t/rows.npy \
// DEFINE:     --expect=@%t/rows_dx.npy --expect=@%t/lse.npy \
// DEFINE:     --expect=@%t/rows.npy --expect=@%t/rows_dx.npy \
// DEFINE:     --rtol=9.5e-7

// REDEFINE: %{shape} = 3x2
// REDEFINE: %{margin} = 0
// RUN: %{check}
// REDEFINE: %{margin} = 60
// RUN: %{check}
// REDEFINE: %{shape} = 3x300
// REDEFINE: %{margin} = 0
// RUN: %{check}
// REDEFINE: %{margin} = 5
// RUN: %{check}
// REDEFINE: %{margin} = 17
// RUN: %{check}
// REDEFINE: %{margin} = 40
// RUN: %{check}
// REDEFINE: %{margin} = 60
// RUN: %{check}
// REDEFINE: %{shape} = 1x131072
// REDEFINE: %{margin} = 17
// RUN: %{check}
// REDEFINE: %{margin} = 30
// RUN: %{check}

func.func @f(%x: tensor<?x?xf32>, %target: tensor<?xi64>, %dloss: tensor<?xf32>)
    -> (tensor<?xf32>, tensor<?x?xf32>, tensor<?xf32>, tensor<?xf32>,
        tensor<?x?xf32>) {
  %0, %1, %2 = act.cross_entropy_with_grad %x, %target, %dloss reduction(none)
    extra(lse) : tensor<?x?xf32>, tensor<?xi64>
    -> tensor<?xf32>, tensor<?x?xf32>, tensor<?xf32>
  %3 = act.cross_entropy %x, %target reduction(none)
    : tensor<?x?xf32>, tensor<?xi64> -> tensor<?xf32>
  %4 = act.cross_entropy_backward %dloss, %x, %target reduction(none)
    : tensor<?xf32>, tensor<?x?xf32>, tensor<?xi64>
  return %0, %1, %2, %3, %4
    : tensor<?xf32>, tensor<?x?xf32>, tensor<?xf32>, tensor<?xf32>,
      tensor<?x?xf32>
}
