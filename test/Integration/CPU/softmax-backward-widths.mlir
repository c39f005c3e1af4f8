// The bits of a sum do not depend on the width of vectors, nor on whether lanes
// are in memory or, with registers of 512 bits, carried by a loop.

// REQUIRES: avx2, fma, f16c

// DEFINE: %{columns} = 1
// DEFINE: %{entry} = dynamic
// DEFINE: %{run} = act-run %s --entry=%{entry} --threads=1 \
// DEFINE:   --input=3x%{columns}xf32=randn:seed=1 \
// DEFINE:   --input=3x%{columns}xf32=randn:seed=2
// DEFINE: %{check} = %{run} --target-cpu=x86-64-v2 --output=@%t.npy && \
// DEFINE:   %{run} --target-cpu=haswell --expect=@%t.npy --max-ulp=0 && \
// DEFINE:   %{run} --expect=@%t.npy --max-ulp=0

// REDEFINE: %{columns} = 255
// RUN: %{check}
// REDEFINE: %{columns} = 256
// RUN: %{check}
// REDEFINE: %{columns} = 300
// RUN: %{check}
// REDEFINE: %{columns} = 2048
// RUN: %{check}
// REDEFINE: %{columns} = 5000
// RUN: %{check}
// REDEFINE: %{entry} = logarithm
// REDEFINE: %{columns} = 2300
// RUN: %{check}
// REDEFINE: %{entry} = whole
// REDEFINE: %{columns} = 1024
// RUN: %{check}
// REDEFINE: %{entry} = rest
// REDEFINE: %{columns} = 1000
// RUN: %{check}

func.func @dynamic(%dy: tensor<?x?xf32>, %y: tensor<?x?xf32>)
    -> tensor<?x?xf32> {
  %dx = act.softmax_backward %dy, %y saved(output) : tensor<?x?xf32>
  return %dx : tensor<?x?xf32>
}

func.func @logarithm(%dy: tensor<?x?xf32>, %y: tensor<?x?xf32>)
    -> tensor<?x?xf32> {
  %dx = act.log_softmax_backward %dy, %y saved(output) : tensor<?x?xf32>
  return %dx : tensor<?x?xf32>
}

func.func @whole(%dy: tensor<?x1024xf32>, %y: tensor<?x1024xf32>)
    -> tensor<?x1024xf32> {
  %dx = act.softmax_backward %dy, %y saved(output) : tensor<?x1024xf32>
  return %dx : tensor<?x1024xf32>
}

func.func @rest(%dy: tensor<?x1000xf32>, %y: tensor<?x1000xf32>)
    -> tensor<?x1000xf32> {
  %dx = act.softmax_backward %dy, %y saved(output) : tensor<?x1000xf32>
  return %dx : tensor<?x1000xf32>
}
