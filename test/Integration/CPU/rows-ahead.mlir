// Kernels look for the maximum of the next row while they compute one, unless
// there is a mask, or NaN counts as in an argmax. The bits are the same, whatever
// the rows are that follow each other.

// DEFINE: %{size} =
// DEFINE: %{options} =
// DEFINE: %{check} = %python %S/Inputs/rows-ahead.py %t %{size} && \
// DEFINE:   act-run %s --entry=softmax --input=@%t/x.npy --input=@%t/dy.npy \
// DEFINE:     --input=@%t/mask.npy %{options} --output=a0=@%t/a0.npy \
// DEFINE:     --output=b0=@%t/b0.npy --output=a1=@%t/a1.npy \
// DEFINE:     --output=b1=@%t/b1.npy --output=a2=@%t/a2.npy \
// DEFINE:     --output=b2=@%t/b2.npy && \
// DEFINE:   act-run %s --entry=loss --input=@%t/x.npy --input=@%t/target.npy \
// DEFINE:     --input=@%t/dloss.npy %{options} --output=a0=@%t/a3.npy \
// DEFINE:     --output=b0=@%t/b3.npy --output=a1=@%t/a4.npy \
// DEFINE:     --output=b1=@%t/b4.npy && \
// DEFINE:   %python %S/Inputs/rows-ahead.py %t a0 b0 a1 b1 a2 b2 a3 b3 a4 b4

// Notes are made of 256, 2048 and 16384 elements.

// REDEFINE: %{size} = 100 600
// RUN: %{check}
// REDEFINE: %{size} = 40 2049
// RUN: %{check}
// REDEFINE: %{size} = 25 16384
// RUN: %{check}
// REDEFINE: %{size} = 13 16385
// RUN: %{check}
// REDEFINE: %{size} = 5 131073
// RUN: %{check}

// REDEFINE: %{size} = 25 1001
// REDEFINE: %{options} = --target-cpu=x86-64-v2
// RUN: %{check}
// REDEFINE: %{options} = --threads=1
// RUN: %{check}
// REDEFINE: %{options} = --accuracy=exact
// RUN: %{check}

func.func @softmax(%x: tensor<?x?xf32>, %dy: tensor<?x?xf32>,
                   %mask: tensor<?x?xi1>)
    -> (tensor<?x?xf32> {act.name = "a0"}, tensor<?x?xf32> {act.name = "b0"},
        tensor<?xf32> {act.name = "a1"}, tensor<?xf32> {act.name = "b1"},
        tensor<?x?xf32> {act.name = "a2"}, tensor<?x?xf32> {act.name = "b2"}) {
  %a0 = act.softmax %x : tensor<?x?xf32>
  %b0 = act.softmax %x mask(%mask : tensor<?x?xi1>) : tensor<?x?xf32>
  %a1 = act.logsumexp %x : tensor<?x?xf32>
  %b1 = act.logsumexp %x mask(%mask : tensor<?x?xi1>) : tensor<?x?xf32>
  %a2 = act.softmax_backward %dy, %x : tensor<?x?xf32>
  %b2 = act.softmax_backward %dy, %x mask(%mask : tensor<?x?xi1>)
    : tensor<?x?xf32>
  return %a0, %b0, %a1, %b1, %a2, %b2
    : tensor<?x?xf32>, tensor<?x?xf32>, tensor<?xf32>, tensor<?xf32>,
      tensor<?x?xf32>, tensor<?x?xf32>
}

func.func @loss(%x: tensor<?x?xf32>, %target: tensor<?xi64>,
                %dloss: tensor<?xf32>)
    -> (tensor<?xf32> {act.name = "a0"}, tensor<?x?xf32> {act.name = "a1"},
        tensor<?xf32> {act.name = "b0"}, tensor<?x?xf32> {act.name = "b1"}) {
  %a0, %a1 = act.cross_entropy_with_grad %x, %target, %dloss
    reduction(none) : tensor<?x?xf32>, tensor<?xi64>, tensor<?xf32>
  %b0, %b1, %argmax = act.cross_entropy_with_grad %x, %target, %dloss
    reduction(none) extra(argmax)
    : tensor<?x?xf32>, tensor<?xi64>, tensor<?xf32>
  return %a0, %a1, %b0, %b1 : tensor<?xf32>, tensor<?x?xf32>, tensor<?xf32>,
    tensor<?x?xf32>
}
