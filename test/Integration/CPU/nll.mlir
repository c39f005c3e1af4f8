// nll and its gradient are what the definition says, with every reduction. The
// references are Inputs/losses.py.

// DEFINE: %{shape} = 1
// DEFINE: %{make} =
// DEFINE: %{run} = %python %S/Inputs/losses.py %t --shape=%{shape} %{make} && \
// DEFINE:   act-run %s --input=@%t/x.npy --input=@%t/target.npy \
// DEFINE:   --input=@%t/dloss.npy --input=@%t/drow.npy \
// DEFINE:   --input=@%t/class_weight.npy --input=@%t/token_weight.npy \
// DEFINE:   --rtol=1e-6 --entry
// DEFINE: %{weighted} = %{run}=weighted --expect=@%t/nll.npy \
// DEFINE:   --expect=@%t/nll_dx.npy --expect=@%t/nll_rows.npy \
// DEFINE:   --expect=@%t/nll_rows_dx.npy
// DEFINE: %{plain} = %{run}=plain --expect=@%t/nll.npy \
// DEFINE:   --expect=@%t/nll_dx.npy

// REDEFINE: %{shape} = 7x10
// RUN: %{plain}
// REDEFINE: %{shape} = 300x3
// RUN: %{plain}
// REDEFINE: %{shape} = 1x5000
// RUN: %{plain}
// REDEFINE: %{make} = --weights
// REDEFINE: %{shape} = 9x50
// RUN: %{weighted}

// Log-probabilities of what has no weight are not looked at.

// RUN: act-run %s --entry=weighted --input=2x2xf32=[[-inf,nan],[-1,-2]] \
// RUN:   --input=2xi64=[0,1] --input=f32=1 --input=2xf32=[1,1] \
// RUN:   --input=2xf32=[0,3] --input=2xf32=[1,1] --output=- --output=- \
// RUN:   --output=- | FileCheck %s
// CHECK: res0: f32
// CHECK-NEXT: 2
// CHECK: res1: 2x2xf32
// CHECK-NEXT: {{\[\[}}-0, 0],
// CHECK-NEXT: 0, -1]]
// CHECK: res2: 2xf32
// CHECK-NEXT: [0, 6]

func.func @plain(%x: tensor<?x?xf32>, %target: tensor<?xi64>,
                 %dloss: tensor<f32>, %drow: tensor<?xf32>,
                 %w: tensor<?xf32>, %a: tensor<?xf32>)
    -> (tensor<f32>, tensor<?x?xf32>) {
  %0 = act.nll %x, %target : tensor<?x?xf32>, tensor<?xi64> -> tensor<f32>
  %1 = act.nll_backward %dloss, %x, %target
    : tensor<f32>, tensor<?x?xf32>, tensor<?xi64>
  return %0, %1 : tensor<f32>, tensor<?x?xf32>
}

func.func @weighted(%x: tensor<?x?xf32>, %target: tensor<?xi64>,
                    %dloss: tensor<f32>, %drow: tensor<?xf32>,
                    %w: tensor<?xf32>, %a: tensor<?xf32>)
    -> (tensor<f32>, tensor<?x?xf32>, tensor<?xf32>, tensor<?x?xf32>) {
  %0 = act.nll %x, %target
    class_weight(%w : tensor<?xf32>) token_weight(%a : tensor<?xf32>)
    : tensor<?x?xf32>, tensor<?xi64> -> tensor<f32>
  %1 = act.nll_backward %dloss, %x, %target
    class_weight(%w : tensor<?xf32>) token_weight(%a : tensor<?xf32>)
    : tensor<f32>, tensor<?x?xf32>, tensor<?xi64>
  %2 = act.nll %x, %target
    class_weight(%w : tensor<?xf32>) token_weight(%a : tensor<?xf32>)
    reduction(none) : tensor<?x?xf32>, tensor<?xi64> -> tensor<?xf32>
  %3 = act.nll_backward %drow, %x, %target
    class_weight(%w : tensor<?xf32>) token_weight(%a : tensor<?xf32>)
    reduction(none) : tensor<?xf32>, tensor<?x?xf32>, tensor<?xi64>
  return %0, %1, %2, %3
    : tensor<f32>, tensor<?x?xf32>, tensor<?xf32>, tensor<?x?xf32>
}
