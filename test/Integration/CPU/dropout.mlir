// Dropout drops the elements that the definition says, in any layout and by any
// number of threads, and its gradient finds them again. The references are
// Inputs/dropout.py.

// DEFINE: %{shape} = 5x7
// DEFINE: %{p} = 0.3
// DEFINE: %{seed} = 123456789012345
// DEFINE: %{offset} = 7
// DEFINE: %{entry} = all
// DEFINE: %{options} =
// DEFINE: %{run} = %python %S/Inputs/dropout.py %t %{shape} %{seed} %{offset} \
// DEFINE:   %{p} && sed s/PROBABILITY/%{p}/g %s | act-run - --entry=%{entry} \
// DEFINE:   --input=@%t/x.npy --input=i64=%{seed} --input=i64=%{offset} \
// DEFINE:   --expect=@%t/y.npy --expect=@%t/y.npy --expect=@%t/alpha.npy \
// DEFINE:   --expect=@%t/dalpha.npy --max-ulp=0 %{options}

// RUN: %{run}
// REDEFINE: %{p} = 0.5
// RUN: %{run}
// REDEFINE: %{seed} = -1
// REDEFINE: %{p} = 0.999
// RUN: %{run}
// REDEFINE: %{shape} = 1x1
// RUN: %{run}
// REDEFINE: %{shape} = 33x65
// REDEFINE: %{p} = 0.1
// RUN: %{run}
// REDEFINE: %{entry} = transposed
// RUN: %{run}
// REDEFINE: %{entry} = all
// REDEFINE: %{shape} = 300x300
// REDEFINE: %{options} = --threads=2
// RUN: %{run}

// Everything is dropped, NaN too.
// RUN: sed s/PROBABILITY/0.5/g %s | act-run - --entry=nothing \
// RUN:   --input=4xf32=[nan,inf,1,2] --input=i64=3 --output=- --output=- \
// RUN:   | FileCheck %s
// CHECK-COUNT-2: [0, 0, 0, 0]

func.func @all(%x: tensor<?x?xf32>, %seed: i64, %offset: i64)
    -> (tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>) {
  %0 = act.dropout %x, %seed, %offset {p = PROBABILITY} : tensor<?x?xf32>
  %1 = act.dropout_backward %x, %seed, %offset {p = PROBABILITY}
    : tensor<?x?xf32>
  %2 = act.alpha_dropout %x, %seed, %offset {p = PROBABILITY}
    : tensor<?x?xf32>
  %3 = act.alpha_dropout_backward %x, %seed, %offset {p = PROBABILITY}
    : tensor<?x?xf32>
  return %0, %1, %2, %3
    : tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>
}

// Read against the order in memory, and alone in its kernel.
func.func @transposed(%x: tensor<?x?xf32>, %seed: i64, %offset: i64)
    -> (tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %m = tensor.dim %x, %c0 : tensor<?x?xf32>
  %n = tensor.dim %x, %c1 : tensor<?x?xf32>
  %empty = tensor.empty(%n, %m) : tensor<?x?xf32>
  %turned = linalg.transpose ins(%x : tensor<?x?xf32>)
    outs(%empty : tensor<?x?xf32>) permutation = [1, 0]
  %back = tensor.empty(%m, %n) : tensor<?x?xf32>
  %again = linalg.transpose ins(%turned : tensor<?x?xf32>)
    outs(%back : tensor<?x?xf32>) permutation = [1, 0]
  %0 = act.dropout %again, %seed, %offset {p = PROBABILITY} : tensor<?x?xf32>
  %1 = act.dropout_backward %again, %seed, %offset {p = PROBABILITY}
    : tensor<?x?xf32>
  %2 = act.alpha_dropout %again, %seed, %offset {p = PROBABILITY}
    : tensor<?x?xf32>
  %3 = act.alpha_dropout_backward %again, %seed, %offset {p = PROBABILITY}
    : tensor<?x?xf32>
  return %0, %1, %2, %3
    : tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>
}

func.func @nothing(%x: tensor<?xf32>, %seed: i64)
    -> (tensor<?xf32>, tensor<?xf32>) {
  %0 = act.dropout %x, %seed {p = 1.0} : tensor<?xf32>
  %1 = act.alpha_dropout %x, %seed {p = 1.0} : tensor<?xf32>
  return %0, %1 : tensor<?xf32>, tensor<?xf32>
}

// A 16-bit number from outside of the kernel, whose operand lies across.
// RUN: sed s/PROBABILITY/0.5/g %s | act-run - --entry=narrow \
// RUN:   --input=2x2xbf16=[[1,1],[1,1]] --input=i64=5 --output=- \
// RUN:   | FileCheck %s --check-prefix=NARROW
// NARROW: {{\[\[}}2, 0],
// NARROW-NEXT: [2, 2]]
func.func @narrow(%x: tensor<?x?xbf16>, %seed: i64) -> tensor<?x?xbf16> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %m = tensor.dim %x, %c0 : tensor<?x?xbf16>
  %n = tensor.dim %x, %c1 : tensor<?x?xbf16>
  %empty = tensor.empty(%n, %m) : tensor<?x?xbf16>
  %turned = linalg.transpose ins(%x : tensor<?x?xbf16>)
    outs(%empty : tensor<?x?xbf16>) permutation = [1, 0]
  %0 = act.dropout %turned, %seed {p = PROBABILITY} : tensor<?x?xbf16>
  return %0 : tensor<?x?xbf16>
}
