// cross_entropy with hard targets and its gradient are what the definition
// says, with every reduction and option. The references are Inputs/losses.py.

// DEFINE: %{shape} = 1
// DEFINE: %{make} =
// DEFINE: %{attributes} = {z_loss = 0.0}
// DEFINE: %{error} = --rtol=2e-6 --atol=2e-6
// DEFINE: %{options} =
// DEFINE: %{run} = %python %S/Inputs/losses.py %t --shape=%{shape} %{make} && \
// DEFINE:   sed "s/OPTIONS/%{attributes}/g" %s | act-run - %{options} \
// DEFINE:   --input=@%t/x.npy --input=@%t/target.npy --input=@%t/dloss.npy \
// DEFINE:   --input=@%t/drow.npy --input=@%t/class_weight.npy \
// DEFINE:   --input=@%t/token_weight.npy %{error}
// DEFINE: %{mean} = %{run} --entry=mean --expect=@%t/loss.npy \
// DEFINE:   --expect=@%t/dx.npy --expect=@%t/loss.npy --expect=@%t/dx.npy
// DEFINE: %{destinations} = %{run} --entry=destinations \
// DEFINE:   --expect=@%t/loss.npy --expect=@%t/dx.npy --expect=@%t/sum.npy \
// DEFINE:   --expect=@%t/sum_dx.npy --expect=@%t/argmax.npy \
// DEFINE:   --expect=@%t/counts.npy
// DEFINE: %{rows} = %{run} --entry=rows --expect=@%t/rows.npy \
// DEFINE:   --expect=@%t/rows_dx.npy --expect=@%t/lse.npy \
// DEFINE:   --expect=@%t/log_prob.npy --expect=@%t/entropy.npy \
// DEFINE:   --expect=@%t/argmax.npy --expect=@%t/counts.npy \
// DEFINE:   --expect=@%t/rows_dx.npy

// REDEFINE: %{shape} = 7x1
// RUN: %{mean}
// REDEFINE: %{shape} = 7x10
// RUN: %{mean}
// RUN: %{destinations}
// RUN: %{rows}
// REDEFINE: %{shape} = 6x257
// RUN: %{rows}
// REDEFINE: %{shape} = 3x3000
// RUN: %{rows}
// REDEFINE: %{shape} = 300x7
// RUN: %{mean}
// RUN: %{destinations}

// Confident rows have a loss and a gradient of their own relative accuracy.

// REDEFINE: %{shape} = 4x1000
// REDEFINE: %{error} = --rtol=9.5e-7
// REDEFINE: %{make} = --margin=10
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
// RUN: %{rows}
// REDEFINE: %{make} = --weights --smoothing=0.1
// REDEFINE: %{attributes} = {label_smoothing = 0.1}
// RUN: %{destinations}
// RUN: %{rows}
// REDEFINE: %{make} = --smoothing=0.3 --megatron
// REDEFINE: %{attributes} = smoothing(megatron) {label_smoothing = 0.3}
// RUN: %{rows}
// REDEFINE: %{make} = --smoothing=0.1 --finite --holes
// REDEFINE: %{attributes} = smooth_over(finite) {label_smoothing = 0.1}
// RUN: %{rows}
// REDEFINE: %{make} = --smoothing=0.1 --finite --holes --megatron --weights
// REDEFINE: %{attributes} = smooth_over(finite) smoothing(megatron) {label_smoothing = 0.1}
// RUN: %{rows}
// REDEFINE: %{make} = --smoothing=0.1 --z-loss=0.01
// REDEFINE: %{attributes} = {label_smoothing = 0.1, z_loss = 0.01}
// RUN: %{rows}
// REDEFINE: %{make} = --temperature=0.7
// REDEFINE: %{attributes} = {temperature = 0.7}
// RUN: %{rows}
// REDEFINE: %{make} = --temperature=4 --weights --smoothing=0.1 --z-loss=0.01
// REDEFINE: %{attributes} = {temperature = 4.0, label_smoothing = 0.1, z_loss = 0.01}
// RUN: %{rows}
// REDEFINE: %{make} = --temperature=2 --softcap=5 --weights --z-loss=0.01
// REDEFINE: %{attributes} = {temperature = 2.0, softcap = 5.0, z_loss = 0.01}
// RUN: %{mean}
// RUN: %{rows}

func.func @mean(%x: tensor<?x?xf32>, %target: tensor<?xi64>,
                %dloss: tensor<f32>, %drow: tensor<?xf32>,
                %w: tensor<?xf32>, %a: tensor<?xf32>)
    -> (tensor<f32>, tensor<?x?xf32>, tensor<f32>, tensor<?x?xf32>) {
  %0, %1 = act.cross_entropy_with_grad %x, %target, %dloss
    class_weight(%w : tensor<?xf32>) token_weight(%a : tensor<?xf32>) OPTIONS
    : tensor<?x?xf32>, tensor<?xi64> -> tensor<f32>, tensor<?x?xf32>
  %2 = act.cross_entropy %x, %target
    class_weight(%w : tensor<?xf32>) token_weight(%a : tensor<?xf32>) OPTIONS
    : tensor<?x?xf32>, tensor<?xi64> -> tensor<f32>
  %3 = act.cross_entropy_backward %dloss, %x, %target
    class_weight(%w : tensor<?xf32>) token_weight(%a : tensor<?xf32>) OPTIONS
    : tensor<f32>, tensor<?x?xf32>, tensor<?xi64>
  return %0, %1, %2, %3
    : tensor<f32>, tensor<?x?xf32>, tensor<f32>, tensor<?x?xf32>
}

// With destinations, and with the gradient of a sum.

func.func @destinations(%x: tensor<?x?xf32>, %target: tensor<?xi64>,
                        %dloss: tensor<f32>, %drow: tensor<?xf32>,
                        %w: tensor<?xf32>, %a: tensor<?xf32>)
    -> (tensor<f32>, tensor<?x?xf32>, tensor<f32>, tensor<?x?xf32>,
        tensor<?xi64>, tensor<2xi64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = tensor.dim %x, %c0 : tensor<?x?xf32>
  %v = tensor.dim %x, %c1 : tensor<?x?xf32>
  %loss = tensor.empty() : tensor<f32>
  %dx = tensor.empty(%n, %v) : tensor<?x?xf32>
  %argmax = tensor.empty(%n) : tensor<?xi64>
  %counts = tensor.empty() : tensor<2xi64>
  %0:2 = act.cross_entropy_with_grad
    ins(%x, %target, %dloss : tensor<?x?xf32>, tensor<?xi64>, tensor<f32>)
    outs(%loss, %dx : tensor<f32>, tensor<?x?xf32>)
    class_weight(%w : tensor<?xf32>) token_weight(%a : tensor<?xf32>) OPTIONS
  %1:3 = act.cross_entropy
    ins(%x, %target : tensor<?x?xf32>, tensor<?xi64>)
    outs(%loss, %argmax, %counts : tensor<f32>, tensor<?xi64>, tensor<2xi64>)
    class_weight(%w : tensor<?xf32>) token_weight(%a : tensor<?xf32>)
    reduction(sum) extra(argmax, counts) OPTIONS
  %2 = act.cross_entropy_backward
    ins(%dloss, %x, %target : tensor<f32>, tensor<?x?xf32>, tensor<?xi64>)
    outs(%dx : tensor<?x?xf32>)
    class_weight(%w : tensor<?xf32>) token_weight(%a : tensor<?xf32>)
    reduction(sum) OPTIONS
  return %0#0, %0#1, %1#0, %2, %1#1, %1#2
    : tensor<f32>, tensor<?x?xf32>, tensor<f32>, tensor<?x?xf32>,
      tensor<?xi64>, tensor<2xi64>
}

// All that is known of each row, and the gradient from its logsumexp.

func.func @rows(%x: tensor<?x?xf32>, %target: tensor<?xi64>,
                %dloss: tensor<f32>, %drow: tensor<?xf32>,
                %w: tensor<?xf32>, %a: tensor<?xf32>)
    -> (tensor<?xf32>, tensor<?x?xf32>, tensor<?xf32>, tensor<?xf32>,
        tensor<?xf32>, tensor<?xi64>, tensor<2xi64>, tensor<?x?xf32>) {
  %0:7 = act.cross_entropy_with_grad %x, %target, %drow
    class_weight(%w : tensor<?xf32>) token_weight(%a : tensor<?xf32>)
    reduction(none) extra(lse, log_prob, entropy, argmax, counts) OPTIONS
    : tensor<?x?xf32>, tensor<?xi64>
    -> tensor<?xf32>, tensor<?x?xf32>, tensor<?xf32>, tensor<?xf32>,
       tensor<?xf32>, tensor<?xi64>, tensor<2xi64>
  %1 = act.cross_entropy_backward %drow, %x, %target, %0#2
    class_weight(%w : tensor<?xf32>) token_weight(%a : tensor<?xf32>)
    reduction(none) OPTIONS
    : tensor<?xf32>, tensor<?x?xf32>, tensor<?xi64>, tensor<?xf32>
  return %0#0, %0#1, %0#2, %0#3, %0#4, %0#5, %0#6, %1
    : tensor<?xf32>, tensor<?x?xf32>, tensor<?xf32>, tensor<?xf32>,
      tensor<?xf32>, tensor<?xi64>, tensor<2xi64>, tensor<?x?xf32>
}
