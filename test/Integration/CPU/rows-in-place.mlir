// Results of rows may lie in the memory of the rows: each element is read before
// it is written.

// DEFINE: %{entry} = softmax
// DEFINE: %{output} = y
// DEFINE: %{over} = x
// DEFINE: %{sizes} = --dim=*=600
// DEFINE: %{run} = act-run %s --entry=%{entry} %{sizes}
// DEFINE: %{check} = %{run} --output=%{output}=@%t.npy && \
// DEFINE:   %{run} --in-place=%{output}=%{over} --expect=%{output}=@%t.npy \
// DEFINE:     --max-ulp=0

// RUN: %{check}
// Short rows, each in a lane.
// REDEFINE: %{sizes} = --dim=*=9
// RUN: %{check}
func.func @softmax(%x: tensor<?x?xf32> {act.name = "x"})
    -> (tensor<?x?xf32> {act.name = "y"}) {
  %y = act.softmax %x : tensor<?x?xf32>
  return %y : tensor<?x?xf32>
}

// REDEFINE: %{sizes} = --dim=*=600
// REDEFINE: %{entry} = log_softmax
// RUN: %{check}
func.func @log_softmax(%x: tensor<?x?xbf16> {act.name = "x"})
    -> (tensor<?x?xbf16> {act.name = "y"}) {
  %y = act.log_softmax %x {softcap = 5.0} : tensor<?x?xbf16>
  return %y : tensor<?x?xbf16>
}

// Over either of what a gradient is made of.
// REDEFINE: %{entry} = gradient
// REDEFINE: %{output} = dx
// RUN: %{check}
// REDEFINE: %{over} = dy
// RUN: %{check}
func.func @gradient(%dy: tensor<?x?xf32> {act.name = "dy"},
                    %x: tensor<?x?xf32> {act.name = "x"})
    -> (tensor<?x?xf32> {act.name = "dx"}) {
  %dx = act.softmax_backward %dy, %x {softcap = 5.0} : tensor<?x?xf32>
  return %dx : tensor<?x?xf32>
}

// REDEFINE: %{entry} = from_output
// RUN: %{check}
// REDEFINE: %{over} = x
// RUN: %{check}
func.func @from_output(%dy: tensor<?x?xf32> {act.name = "dy"},
                       %y: tensor<?x?xf32> {act.name = "x"})
    -> (tensor<?x?xf32> {act.name = "dx"}) {
  %dx = act.softmax_backward %dy, %y saved(output) : tensor<?x?xf32>
  return %dx : tensor<?x?xf32>
}

// The targets of the rows are read from the logits, of which the gradient takes
// the place.
// REDEFINE: %{sizes} = --dim=*=600 --input=t=600xi64=randint:0:600
// REDEFINE: %{entry} = loss
// RUN: %{check}
// REDEFINE: %{entry} = loss_of_capped
// RUN: %{check}
func.func @loss(%x: tensor<?x?xf32> {act.name = "x"},
                %t: tensor<?xi64> {act.name = "t"},
                %d: tensor<f32> {act.name = "d"})
    -> (tensor<f32>, tensor<?x?xf32> {act.name = "dx"}) {
  %loss, %dx = act.cross_entropy_with_grad %x, %t, %d
    : tensor<?x?xf32>, tensor<?xi64>, tensor<f32>
      -> tensor<f32>, tensor<?x?xf32>
  return %loss, %dx : tensor<f32>, tensor<?x?xf32>
}
func.func @loss_of_capped(%x: tensor<?x?xbf16> {act.name = "x"},
                          %t: tensor<?xi64> {act.name = "t"},
                          %d: tensor<f32> {act.name = "d"})
    -> (tensor<f32>, tensor<?x?xbf16> {act.name = "dx"}) {
  %loss, %dx = act.cross_entropy_with_grad %x, %t, %d
    {softcap = 5.0, z_loss = 1.0e-2}
    : tensor<?x?xbf16>, tensor<?xi64>, tensor<f32>
      -> tensor<f32>, tensor<?x?xbf16>
  return %loss, %dx : tensor<f32>, tensor<?x?xbf16>
}

// From a given logsumexp the gradient is written while the row is summed up.
// REDEFINE: %{entry} = from_lse
// RUN: %{check}
func.func @from_lse(%x: tensor<?x?xf32> {act.name = "x"},
                    %t: tensor<?xi64> {act.name = "t"},
                    %d: tensor<?xf32> {act.name = "d"},
                    %lse: tensor<?xf32> {act.name = "lse"})
    -> (tensor<?x?xf32> {act.name = "dx"}) {
  %dx = act.cross_entropy_backward %d, %x, %t, %lse reduction(none)
    {softcap = 5.0}
    : tensor<?xf32>, tensor<?x?xf32>, tensor<?xi64>, tensor<?xf32>
      -> tensor<?x?xf32>
  return %dx : tensor<?x?xf32>
}

// Other operands stay what they are: a mask is read beside each element, but
// is of another type, and a target that is a distribution is an argument of
// its own.
// RUN: not act-run %s \
// RUN:   --entry=distribution --dim=*=4 --in-place=dx=t 2>&1 \
// RUN:   | FileCheck %s --check-prefix=TARGET
// TARGET: output 'dx': must not be the memory of input 't'
func.func @distribution(%x: tensor<?x?xf32> {act.name = "x"},
                        %t: tensor<?x?xf32> {act.name = "t"},
                        %d: tensor<f32> {act.name = "d"})
    -> (tensor<f32>, tensor<?x?xf32> {act.name = "dx"}) {
  %loss, %dx = act.cross_entropy_with_grad %x, %t, %d
    : tensor<?x?xf32>, tensor<?x?xf32>, tensor<f32>
      -> tensor<f32>, tensor<?x?xf32>
  return %loss, %dx : tensor<f32>, tensor<?x?xf32>
}
