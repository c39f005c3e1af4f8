// cross_entropy with soft targets and its gradients are what the definition
// says, with every reduction and option. The references are Inputs/losses.py.

// DEFINE: %{shape} = 1
// DEFINE: %{make} =
// DEFINE: %{attributes} = {z_loss = 0.0}
// DEFINE: %{error} = --rtol=2e-6 --atol=2e-6
// DEFINE: %{options} =
// DEFINE: %{run} = %python %S/Inputs/losses.py %t --soft --shape=%{shape} \
// DEFINE:   %{make} && sed "s/OPTIONS/%{attributes}/g" %s | act-run - \
// DEFINE:   %{options} --input=@%t/x.npy --input=@%t/q.npy \
// DEFINE:   --input=@%t/dloss.npy --input=@%t/drow.npy \
// DEFINE:   --input=@%t/class_weight.npy --input=@%t/token_weight.npy %{error}
// DEFINE: %{mean} = %{run} --entry=mean --expect=@%t/loss.npy \
// DEFINE:   --expect=@%t/dx.npy --expect=@%t/dx.npy --expect=@%t/dq.npy
// DEFINE: %{plain} = %{run} --entry=plain --expect=@%t/loss.npy \
// DEFINE:   --expect=@%t/dx.npy --expect=@%t/sum.npy --expect=@%t/sum_dx.npy
// DEFINE: %{rows} = %{run} --entry=rows --expect=@%t/rows.npy \
// DEFINE:   --expect=@%t/rows_dx.npy --expect=@%t/lse.npy \
// DEFINE:   --expect=@%t/entropy.npy --expect=@%t/argmax.npy \
// DEFINE:   --expect=@%t/rows_dx.npy --expect=@%t/rows_dx.npy \
// DEFINE:   --expect=@%t/rows_dq.npy

// REDEFINE: %{shape} = 7x1
// RUN: %{plain}
// REDEFINE: %{shape} = 7x10
// RUN: %{plain}
// RUN: %{rows}
// REDEFINE: %{shape} = 3x3000
// RUN: %{rows}

// Confident rows have losses and gradients of their own relative accuracy.

// REDEFINE: %{shape} = 4x1000
// REDEFINE: %{error} = --rtol=9.5e-7
// REDEFINE: %{make} = --margin=10
// RUN: %{rows}
// REDEFINE: %{make} = --margin=20
// RUN: %{rows}
// REDEFINE: %{make} = --margin=60
// RUN: %{rows}

// Every option.

// REDEFINE: %{error} = --rtol=2e-6 --atol=2e-6
// REDEFINE: %{shape} = 9x50
// REDEFINE: %{make} = --weights
// RUN: %{mean}
// RUN: %{rows}
// REDEFINE: %{make} = --weights --smoothing=0.1
// REDEFINE: %{attributes} = {label_smoothing = 0.1}
// RUN: %{mean}
// RUN: %{rows}
// REDEFINE: %{make} = --smoothing=0.3 --megatron
// REDEFINE: %{attributes} = smoothing(megatron) {label_smoothing = 0.3}
// RUN: %{plain}
// RUN: %{rows}
// REDEFINE: %{make} = --smoothing=0.1 --finite --holes --weights
// REDEFINE: %{attributes} = smooth_over(finite) {label_smoothing = 0.1}
// RUN: %{rows}
// REDEFINE: %{make} = --smoothing=0.1 --z-loss=0.01
// REDEFINE: %{attributes} = {label_smoothing = 0.1, z_loss = 0.01}
// RUN: %{plain}
// RUN: %{rows}
// REDEFINE: %{make} = --temperature=2 --softcap=5 --weights --z-loss=0.01
// REDEFINE: %{attributes} = {temperature = 2.0, softcap = 5.0, z_loss = 0.01}
// RUN: %{mean}
// RUN: %{rows}

func.func @mean(%x: tensor<?x?xf32>, %q: tensor<?x?xf32>,
                %dloss: tensor<f32>, %drow: tensor<?xf32>,
                %w: tensor<?xf32>, %a: tensor<?xf32>)
    -> (tensor<f32>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>) {
  %0, %1 = act.cross_entropy_with_grad %x, %q, %dloss
    class_weight(%w : tensor<?xf32>) token_weight(%a : tensor<?xf32>) OPTIONS
    : tensor<?x?xf32>, tensor<?x?xf32> -> tensor<f32>, tensor<?x?xf32>
  %2, %3 = act.cross_entropy_backward %dloss, %x, %q
    class_weight(%w : tensor<?xf32>) token_weight(%a : tensor<?xf32>) OPTIONS
    : tensor<f32>, tensor<?x?xf32>, tensor<?x?xf32>
    -> tensor<?x?xf32>, tensor<?x?xf32>
  return %0, %1, %2, %3
    : tensor<f32>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>
}

// Without weights.

func.func @plain(%x: tensor<?x?xf32>, %q: tensor<?x?xf32>,
                 %dloss: tensor<f32>, %drow: tensor<?xf32>,
                 %w: tensor<?xf32>, %a: tensor<?xf32>)
    -> (tensor<f32>, tensor<?x?xf32>, tensor<f32>, tensor<?x?xf32>) {
  %0, %1 = act.cross_entropy_with_grad %x, %q, %dloss OPTIONS
    : tensor<?x?xf32>, tensor<?x?xf32> -> tensor<f32>, tensor<?x?xf32>
  %2, %3 = act.cross_entropy_with_grad %x, %q, %dloss reduction(sum) OPTIONS
    : tensor<?x?xf32>, tensor<?x?xf32> -> tensor<f32>, tensor<?x?xf32>
  return %0, %1, %2, %3
    : tensor<f32>, tensor<?x?xf32>, tensor<f32>, tensor<?x?xf32>
}

// All that is known of each row; and gradients from its logsumexp, without and
// with that of the target.

func.func @rows(%x: tensor<?x?xf32>, %q: tensor<?x?xf32>,
                %dloss: tensor<f32>, %drow: tensor<?xf32>,
                %w: tensor<?xf32>, %a: tensor<?xf32>)
    -> (tensor<?xf32>, tensor<?x?xf32>, tensor<?xf32>, tensor<?xf32>,
        tensor<?xi64>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>) {
  %0:5 = act.cross_entropy_with_grad %x, %q, %drow
    class_weight(%w : tensor<?xf32>) token_weight(%a : tensor<?xf32>)
    reduction(none) extra(lse, entropy, argmax) OPTIONS
    : tensor<?x?xf32>, tensor<?x?xf32>
    -> tensor<?xf32>, tensor<?x?xf32>, tensor<?xf32>, tensor<?xf32>,
       tensor<?xi64>
  %1 = act.cross_entropy_backward %drow, %x, %q, %0#2
    class_weight(%w : tensor<?xf32>) token_weight(%a : tensor<?xf32>)
    reduction(none) OPTIONS
    : tensor<?xf32>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<?xf32>
  %2, %3 = act.cross_entropy_backward %drow, %x, %q, %0#2
    class_weight(%w : tensor<?xf32>) token_weight(%a : tensor<?xf32>)
    reduction(none) OPTIONS
    : tensor<?xf32>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<?xf32>
    -> tensor<?x?xf32>, tensor<?x?xf32>
  return %0#0, %0#1, %0#2, %0#3, %0#4, %1, %2, %3
    : tensor<?xf32>, tensor<?x?xf32>, tensor<?xf32>, tensor<?xf32>,
      tensor<?xi64>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>
}
