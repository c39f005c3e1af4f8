// cross_entropy with hard targets and its gradient are what the definition
// says, with every reduction and option. The references are Inputs/losses.py.

// DEFINE: %{shape} = 1
// DEFINE: %{make} =
// DEFINE: %{attributes} = z_loss = 0.0
// DEFINE: %{error} = --rtol=2e-6 --atol=2e-6
// DEFINE: %{options} =
// DEFINE: %{run} = %python %S/Inputs/losses.py %t --shape=%{shape} %{make} && \
// DEFINE:   sed "s/OPTIONS/%{attributes}/g" %s | act-run - %{options} \
// DEFINE:   --input=@%t/x.npy --input=@%t/target.npy --input=@%t/dloss.npy \
// DEFINE:   --input=@%t/drow.npy --input=@%t/class_weight.npy \
// DEFINE:   --input=@%t/token_weight.npy %{error}
// DEFINE: %{mean} = %{run} --entry=mean --expect=@%t/loss.npy \
// DEFINE:   --expect=@%t/dx.npy --expect=@%t/loss.npy --expect=@%t/dx.npy
// DEFINE: %{sum} = %{run} --entry=sum --expect=@%t/sum.npy \
// DEFINE:   --expect=@%t/sum_dx.npy --expect=@%t/sum_dx.npy
// DEFINE: %{rows} = %{run} --entry=rows --expect=@%t/rows.npy \
// DEFINE:   --expect=@%t/rows_dx.npy --expect=@%t/lse.npy \
// DEFINE:   --expect=@%t/log_prob.npy

// REDEFINE: %{shape} = 7x1
// RUN: %{mean}
// REDEFINE: %{shape} = 7x10
// RUN: %{mean}
// RUN: %{sum}
// RUN: %{rows}
// REDEFINE: %{shape} = 6x257
// RUN: %{mean}
// RUN: %{rows}
// REDEFINE: %{shape} = 3x3000
// RUN: %{rows}
// REDEFINE: %{shape} = 300x7
// RUN: %{mean}
// RUN: %{sum}

// Confident rows have a loss and a gradient of their own relative accuracy.

// REDEFINE: %{shape} = 4x1000
// REDEFINE: %{error} = --rtol=5e-7
// REDEFINE: %{make} = --margin=10
// RUN: %{rows}
// REDEFINE: %{make} = --margin=17
// RUN: %{rows}
// REDEFINE: %{make} = --margin=20
// RUN: %{rows}
// REDEFINE: %{make} = --margin=60
// RUN: %{rows}
// REDEFINE: %{options} = --accuracy=exact
// RUN: %{rows}

// Every option.

// REDEFINE: %{options} =
// REDEFINE: %{error} = --rtol=2e-6 --atol=2e-6
// REDEFINE: %{shape} = 9x50
// REDEFINE: %{make} = --weights
// RUN: %{mean}
// RUN: %{sum}
// RUN: %{rows}
// REDEFINE: %{make} = --weights --smoothing=0.1
// REDEFINE: %{attributes} = label_smoothing = 0.1
// RUN: %{mean}
// RUN: %{rows}
// REDEFINE: %{make} = --smoothing=0.1 --z-loss=0.01
// REDEFINE: %{attributes} = label_smoothing = 0.1, z_loss = 0.01
// RUN: %{mean}
// RUN: %{rows}
// REDEFINE: %{make} = --temperature=0.7
// REDEFINE: %{attributes} = temperature = 0.7
// RUN: %{mean}
// RUN: %{rows}
// REDEFINE: %{make} = --temperature=2 --softcap=5 --weights --z-loss=0.01
// REDEFINE: %{attributes} = temperature = 2.0, softcap = 5.0, z_loss = 0.01
// RUN: %{mean}
// RUN: %{rows}

func.func @mean(%x: tensor<?x?xf32>, %target: tensor<?xi64>,
                %dloss: tensor<f32>, %drow: tensor<?xf32>,
                %w: tensor<?xf32>, %a: tensor<?xf32>)
    -> (tensor<f32>, tensor<?x?xf32>, tensor<f32>, tensor<?x?xf32>) {
  %0, %1 = act.cross_entropy_with_grad %x, %target, %dloss
    class_weight(%w : tensor<?xf32>) token_weight(%a : tensor<?xf32>) {OPTIONS}
    : tensor<?x?xf32>, tensor<?xi64> -> tensor<f32>, tensor<?x?xf32>
  %2 = act.cross_entropy %x, %target
    class_weight(%w : tensor<?xf32>) token_weight(%a : tensor<?xf32>) {OPTIONS}
    : tensor<?x?xf32>, tensor<?xi64> -> tensor<f32>
  %3 = act.cross_entropy_backward %dloss, %x, %target
    class_weight(%w : tensor<?xf32>) token_weight(%a : tensor<?xf32>) {OPTIONS}
    : tensor<f32>, tensor<?x?xf32>, tensor<?xi64>
  return %0, %1, %2, %3
    : tensor<f32>, tensor<?x?xf32>, tensor<f32>, tensor<?x?xf32>
}

func.func @sum(%x: tensor<?x?xf32>, %target: tensor<?xi64>,
               %dloss: tensor<f32>, %drow: tensor<?xf32>,
               %w: tensor<?xf32>, %a: tensor<?xf32>)
    -> (tensor<f32>, tensor<?x?xf32>, tensor<?x?xf32>) {
  %0, %1 = act.cross_entropy_with_grad %x, %target, %dloss
    class_weight(%w : tensor<?xf32>) token_weight(%a : tensor<?xf32>)
    reduction(sum) {OPTIONS}
    : tensor<?x?xf32>, tensor<?xi64> -> tensor<f32>, tensor<?x?xf32>
  %2 = act.cross_entropy_backward %dloss, %x, %target
    class_weight(%w : tensor<?xf32>) token_weight(%a : tensor<?xf32>)
    reduction(sum) {OPTIONS} : tensor<f32>, tensor<?x?xf32>, tensor<?xi64>
  return %0, %1, %2 : tensor<f32>, tensor<?x?xf32>, tensor<?x?xf32>
}

func.func @rows(%x: tensor<?x?xf32>, %target: tensor<?xi64>,
                %dloss: tensor<f32>, %drow: tensor<?xf32>,
                %w: tensor<?xf32>, %a: tensor<?xf32>)
    -> (tensor<?xf32>, tensor<?x?xf32>, tensor<?xf32>, tensor<?xf32>) {
  %0, %1, %2, %3 = act.cross_entropy_with_grad %x, %target, %drow
    class_weight(%w : tensor<?xf32>) token_weight(%a : tensor<?xf32>)
    reduction(none) extra(lse, log_prob) {OPTIONS}
    : tensor<?x?xf32>, tensor<?xi64>
    -> tensor<?xf32>, tensor<?x?xf32>, tensor<?xf32>, tensor<?xf32>
  return %0, %1, %2, %3
    : tensor<?xf32>, tensor<?x?xf32>, tensor<?xf32>, tensor<?xf32>
}
