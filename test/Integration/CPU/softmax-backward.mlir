// The gradients of softmax and its kin are what their definitions say, also
// where a mask leaves elements out. The references are Inputs/rows.py.

// DEFINE: %{shape} = 1
// DEFINE: %{entry} = last
// DEFINE: %{rows} =
// DEFINE: %{options} =
// DEFINE: %{check} = %python %S/Inputs/rows.py %t --shape=%{shape} %{rows} && \
// DEFINE:   act-run %s --entry=%{entry} --input=@%t/x.npy \
// DEFINE:     --input=@%t/dy.npy --input=@%t/dyrow.npy \
// DEFINE:     --input=@%t/mask.npy \
// DEFINE:     --expect=@%t/softmax_dx.npy --expect=@%t/log_softmax_dx.npy \
// DEFINE:     --expect=@%t/logsumexp_dx.npy --rtol=2e-6 --atol=5e-7 %{options}

// REDEFINE: %{shape} = 5x1
// RUN: %{check}
// REDEFINE: %{shape} = 5x9
// RUN: %{check}
// REDEFINE: %{shape} = 3x257
// RUN: %{check}
// REDEFINE: %{shape} = 2x5000
// RUN: %{check}
// REDEFINE: %{options} = --accuracy=exact
// RUN: %{check}

// REDEFINE: %{options} =
// REDEFINE: %{rows} = --mask
// REDEFINE: %{shape} = 5x9
// RUN: %{check}
// REDEFINE: %{shape} = 3x500
// RUN: %{check}

// The result of the forward operation in place of x; the gradient of logsumexp
// has no such form.

// REDEFINE: %{entry} = output
// RUN: %{check}

// The logsumexp of the forward operation saves the pass for it.

// REDEFINE: %{rows} =
// REDEFINE: %{entry} = saved
// RUN: %{check}

// REDEFINE: %{entry} = first
// REDEFINE: %{rows} = --dim=0
// REDEFINE: %{shape} = 40x3
// RUN: %{check}

func.func @last(%x: tensor<?x?xf32>, %dy: tensor<?x?xf32>,
                %dyrow: tensor<?xf32>, %mask: tensor<?x?xi1>)
    -> (tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>) {
  %0 = act.softmax_backward %dy, %x mask(%mask : tensor<?x?xi1>)
    : tensor<?x?xf32>
  %1 = act.log_softmax_backward %dy, %x mask(%mask : tensor<?x?xi1>)
    : tensor<?x?xf32>
  %2 = act.logsumexp_backward %dyrow, %x mask(%mask : tensor<?x?xi1>)
    : tensor<?xf32>, tensor<?x?xf32>
  return %0, %1, %2 : tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>
}

func.func @saved(%x: tensor<?x?xf32>, %dy: tensor<?x?xf32>,
                 %dyrow: tensor<?xf32>, %mask: tensor<?x?xi1>)
    -> (tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>) {
  %lse = act.logsumexp %x : tensor<?x?xf32> -> tensor<?xf32>
  %0 = act.softmax_backward %dy, %x, %lse : tensor<?x?xf32>, tensor<?xf32>
  %1 = act.log_softmax_backward %dy, %x, %lse
    : tensor<?x?xf32>, tensor<?xf32>
  %2 = act.logsumexp_backward %dyrow, %x, %lse
    : tensor<?xf32>, tensor<?x?xf32>, tensor<?xf32>
  return %0, %1, %2 : tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>
}

func.func @output(%x: tensor<?x?xf32>, %dy: tensor<?x?xf32>,
                  %dyrow: tensor<?xf32>, %mask: tensor<?x?xi1>)
    -> (tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>) {
  %y = act.softmax %x mask(%mask : tensor<?x?xi1>) : tensor<?x?xf32>
  %0 = act.softmax_backward %dy, %y mask(%mask : tensor<?x?xi1>) saved(output)
    : tensor<?x?xf32>
  %l = act.log_softmax %x mask(%mask : tensor<?x?xi1>) : tensor<?x?xf32>
  %1 = act.log_softmax_backward %dy, %l mask(%mask : tensor<?x?xi1>)
    saved(output) : tensor<?x?xf32>
  %2 = act.logsumexp_backward %dyrow, %x mask(%mask : tensor<?x?xi1>)
    : tensor<?xf32>, tensor<?x?xf32>
  return %0, %1, %2 : tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>
}

func.func @first(%x: tensor<?x?xf32>, %dy: tensor<?x?xf32>,
                 %dyrow: tensor<?xf32>, %mask: tensor<?x?xi1>)
    -> (tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>) {
  %0 = act.softmax_backward %dy, %x {dim = 0} : tensor<?x?xf32>
  %1 = act.log_softmax_backward %dy, %x {dim = 0} : tensor<?x?xf32>
  %2 = act.logsumexp_backward %dyrow, %x {dim = 0}
    : tensor<?xf32>, tensor<?x?xf32>
  return %0, %1, %2 : tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>
}
