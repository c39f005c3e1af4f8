// softmax and its kin are what their definitions say, for rows of any length,
// layout and margin. The references are Inputs/rows.py.

// DEFINE: %{shape} = 1
// DEFINE: %{fill} = normal:2
// DEFINE: %{dim} = -1
// DEFINE: %{entry} = last
// DEFINE: %{options} =
// DEFINE: %{ulp} = 4
// DEFINE: %{check} = %python %S/Inputs/rows.py %t --shape=%{shape} \
// DEFINE:     --dim=%{dim} --fill=%{fill} && \
// DEFINE:   act-run %s --entry=%{entry} --input=@%t/x.npy \
// DEFINE:     --expect=@%t/softmax.npy --expect=@%t/softmin.npy \
// DEFINE:     --expect=@%t/log_softmax.npy --expect=@%t/logsumexp.npy \
// DEFINE:     --max-ulp=%{ulp} %{options}

// Lanes, chunks and vectors end everywhere.

// REDEFINE: %{shape} = 5x1
// RUN: %{check}
// REDEFINE: %{shape} = 5x7
// RUN: %{check}
// REDEFINE: %{shape} = 5x8
// RUN: %{check}
// REDEFINE: %{shape} = 5x9
// RUN: %{check}
// REDEFINE: %{shape} = 3x64
// RUN: %{check}
// REDEFINE: %{shape} = 3x65
// RUN: %{check}
// REDEFINE: %{shape} = 3x255
// RUN: %{check}
// REDEFINE: %{shape} = 3x256
// RUN: %{check}
// REDEFINE: %{shape} = 3x257
// RUN: %{check}
// REDEFINE: %{shape} = 2x2048
// RUN: %{check}
// REDEFINE: %{shape} = 2x2049
// RUN: %{check}
// REDEFINE: %{shape} = 2x5000
// RUN: %{check}

// Confident rows: log(1 + rest) and what is small beside 1 keep their relative
// accuracy.

// REDEFINE: %{shape} = 4x1000
// REDEFINE: %{fill} = margin:0
// RUN: %{check}
// REDEFINE: %{fill} = margin:10
// RUN: %{check}
// REDEFINE: %{fill} = margin:17
// RUN: %{check}
// REDEFINE: %{fill} = margin:20
// RUN: %{check}
// REDEFINE: %{fill} = margin:30
// RUN: %{check}
// REDEFINE: %{fill} = margin:60
// REDEFINE: %{ulp} = 5
// RUN: %{check}
// REDEFINE: %{options} = --accuracy=exact
// REDEFINE: %{ulp} = 3
// RUN: %{check}

// Narrow vectors and no masks.

// REDEFINE: %{ulp} = 4
// REDEFINE: %{fill} = normal:2
// REDEFINE: %{shape} = 3x77
// REDEFINE: %{options} = --target-cpu=x86-64-v2
// RUN: %{check}

// Rows along other dimensions, of known length.

// REDEFINE: %{options} =
// REDEFINE: %{entry} = middle
// REDEFINE: %{dim} = 1
// REDEFINE: %{shape} = 3x5x4
// RUN: %{check}
// REDEFINE: %{entry} = first
// REDEFINE: %{dim} = 0
// REDEFINE: %{shape} = 70x3
// RUN: %{check}

// The bits do not depend on threads, nor on the width of vectors.

// DEFINE: %{bits} = act-run %s --entry=last --input=100x1500xf32=randn
// RUN: %{bits} --threads=1 --output=@%t/y1.npy --output=@%t/z1.npy
// RUN: %{bits} --threads=2 --output=@%t/y2.npy --output=@%t/z2.npy
// RUN: %{bits} --target-cpu=x86-64-v2 --output=@%t/y3.npy --output=@%t/z3.npy
// RUN: cmp %t/y1.npy %t/y2.npy
// RUN: cmp %t/z1.npy %t/z2.npy
// RUN: cmp %t/y1.npy %t/y3.npy
// RUN: cmp %t/z1.npy %t/z3.npy

func.func @last(%x: tensor<?x?xf32>)
    -> (tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<?xf32>) {
  %0 = act.softmax %x : tensor<?x?xf32>
  %1 = act.softmin %x : tensor<?x?xf32>
  %2 = act.log_softmax %x : tensor<?x?xf32>
  %3 = act.logsumexp %x : tensor<?x?xf32> -> tensor<?xf32>
  return %0, %1, %2, %3
    : tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<?xf32>
}

func.func @middle(%x: tensor<?x5x?xf32>)
    -> (tensor<?x5x?xf32>, tensor<?x5x?xf32>, tensor<?x5x?xf32>,
        tensor<?x?xf32>) {
  %0 = act.softmax %x {dim = 1} : tensor<?x5x?xf32>
  %1 = act.softmin %x {dim = 1} : tensor<?x5x?xf32>
  %2, %3 = act.log_softmax %x {dim = 1}
    : tensor<?x5x?xf32> -> tensor<?x5x?xf32>, tensor<?x?xf32>
  return %0, %1, %2, %3 : tensor<?x5x?xf32>, tensor<?x5x?xf32>,
    tensor<?x5x?xf32>, tensor<?x?xf32>
}

func.func @first(%x: tensor<70x3xf32>)
    -> (tensor<70x3xf32>, tensor<70x3xf32>, tensor<70x3xf32>, tensor<3xf32>) {
  %0, %3 = act.softmax %x {dim = 0}
    : tensor<70x3xf32> -> tensor<70x3xf32>, tensor<3xf32>
  %1 = act.softmin %x {dim = 0} : tensor<70x3xf32>
  %2 = act.log_softmax %x {dim = 0} : tensor<70x3xf32>
  return %0, %1, %2, %3
    : tensor<70x3xf32>, tensor<70x3xf32>, tensor<70x3xf32>, tensor<3xf32>
}
