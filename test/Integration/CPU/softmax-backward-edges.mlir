// Gradients of rows with NaN and infinities, and of rows of which nothing counts:
// each line of the table in docs/Losses.md.

// DEFINE: %{x} = "--input=5x3xf32=[[nan,1,nan],[inf,1,nan],[-inf,-inf,nan],[1,-inf,nan],[1,2,nan]]"
// DEFINE: %{inputs} = %{x} --input=5x3xi1=[[1,1,0],[1,1,0],[1,1,0],[1,1,0],[0,0,0]] \
// DEFINE:   "--input=5x3xf32=[[1,2,nan],[1,2,nan],[1,2,nan],[1,2,nan],[1,2,nan]]" \
// DEFINE:   --input=5xf32=[1,1,1,2,1]
// DEFINE: %{outputs} = --output=- --output=- --output=- --output=- --output=- \
// DEFINE:   --output=- --output=- --output=- --output=- --output=- --output=-

// RUN: act-run %s %{inputs} %{outputs} | FileCheck %s
// RUN: act-run %s %{inputs} %{outputs} --accuracy=exact | FileCheck %s
// RUN: act-run %s %{inputs} %{outputs} --device=simt | FileCheck %s
// RUN: act-opt %s --act-decompose | act-run - %{inputs} %{outputs} | FileCheck %s

// softmax, empty_row(nan).
// CHECK:      {{\[}}nan, nan, 0]
// CHECK-NEXT: {{\[}}nan, nan, 0]
// CHECK-NEXT: {{\[}}nan, nan, nan]
// CHECK-NEXT: {{\[}} 0, 0, 0]
// CHECK-NEXT: {{\[}}nan, nan, nan]
// softmax, empty_row(zero).
// CHECK:      {{\[}}nan, nan, 0]
// CHECK-NEXT: {{\[}}nan, nan, 0]
// CHECK-NEXT: {{\[}} 0, 0, 0]
// CHECK-NEXT: {{\[}} 0, 0, 0]
// CHECK-NEXT: {{\[}} 0, 0, 0]
// log_softmax, empty_row(nan): a kept -inf has dy.
// CHECK:      {{\[}}nan, nan, 0]
// CHECK-NEXT: {{\[}}nan, nan, 0]
// CHECK-NEXT: {{\[}}nan, nan, nan]
// CHECK-NEXT: {{\[}} -2, 2, 0]
// CHECK-NEXT: {{\[}}nan, nan, nan]
// log_softmax, empty_row(uniform).
// CHECK:      {{\[}}nan, nan, 0]
// CHECK-NEXT: {{\[}}nan, nan, 0]
// CHECK-NEXT: {{\[}} 0, 0, 0]
// CHECK-NEXT: {{\[}} -2, 2, 0]
// CHECK-NEXT: {{\[}} 0, 0, 0]
// logsumexp.
// CHECK:      {{\[}}nan, nan, 0]
// CHECK-NEXT: {{\[}}nan, nan, 0]
// CHECK-NEXT: {{\[}} 0, 0, 0]
// CHECK-NEXT: {{\[}} 2, 0, 0]
// CHECK-NEXT: {{\[}} 0, 0, 0]

// softmax, empty_row(uniform).
// CHECK:      {{\[}}nan, nan, 0]
// CHECK-NEXT: {{\[}}nan, nan, 0]
// CHECK-NEXT: {{\[}} 0, 0, 0]
// CHECK-NEXT: {{\[}} 0, 0, 0]
// CHECK-NEXT: {{\[}} 0, 0, 0]
// log_softmax, empty_row(zero).
// CHECK:      {{\[}}nan, nan, 0]
// CHECK-NEXT: {{\[}}nan, nan, 0]
// CHECK-NEXT: {{\[}} 0, 0, 0]
// CHECK-NEXT: {{\[}} -2, 2, 0]
// CHECK-NEXT: {{\[}} 0, 0, 0]
// softmin, empty_row(nan): +inf counts nothing, and -inf is NaN.
// CHECK:      {{\[}}nan, nan, 0]
// CHECK-NEXT: {{\[}} 0, -0, 0]
// CHECK-NEXT: {{\[}}nan, nan, 0]
// CHECK-NEXT: {{\[}}nan, nan, 0]
// CHECK-NEXT: {{\[}}nan, nan, nan]
// softmin, empty_row(zero).
// CHECK:      {{\[}}nan, nan, 0]
// CHECK-NEXT: {{\[}} 0, -0, 0]
// CHECK-NEXT: {{\[}}nan, nan, 0]
// CHECK-NEXT: {{\[}}nan, nan, 0]
// CHECK-NEXT: {{\[}} 0, 0, 0]
// softmin, empty_row(uniform).
// CHECK:      {{\[}}nan, nan, 0]
// CHECK-NEXT: {{\[}} 0, -0, 0]
// CHECK-NEXT: {{\[}}nan, nan, 0]
// CHECK-NEXT: {{\[}}nan, nan, 0]
// CHECK-NEXT: {{\[}} 0, 0, 0]
// softmax, empty_row(zero), from the logsumexp.
// CHECK:      {{\[}}nan, nan, 0]
// CHECK-NEXT: {{\[}}nan, nan, 0]
// CHECK-NEXT: {{\[}} 0, 0, 0]
// CHECK-NEXT: {{\[}} 0, 0, 0]
// CHECK-NEXT: {{\[}} 0, 0, 0]

func.func @f(%x: tensor<5x3xf32>, %m: tensor<5x3xi1>, %dy: tensor<5x3xf32>,
             %dyrow: tensor<5xf32>)
    -> (tensor<5x3xf32>, tensor<5x3xf32>, tensor<5x3xf32>, tensor<5x3xf32>,
        tensor<5x3xf32>, tensor<5x3xf32>, tensor<5x3xf32>, tensor<5x3xf32>,
        tensor<5x3xf32>, tensor<5x3xf32>, tensor<5x3xf32>) {
  %0 = act.softmax_backward %dy, %x mask(%m : tensor<5x3xi1>) : tensor<5x3xf32>
  %1 = act.softmax_backward %dy, %x mask(%m : tensor<5x3xi1>) empty_row(zero)
    : tensor<5x3xf32>
  %2 = act.log_softmax_backward %dy, %x mask(%m : tensor<5x3xi1>)
    : tensor<5x3xf32>
  %3 = act.log_softmax_backward %dy, %x mask(%m : tensor<5x3xi1>)
    empty_row(uniform) : tensor<5x3xf32>
  %4 = act.logsumexp_backward %dyrow, %x mask(%m : tensor<5x3xi1>)
    : tensor<5xf32>, tensor<5x3xf32>
  %5 = act.softmax_backward %dy, %x mask(%m : tensor<5x3xi1>)
    empty_row(uniform) : tensor<5x3xf32>
  %6 = act.log_softmax_backward %dy, %x mask(%m : tensor<5x3xi1>)
    empty_row(zero) : tensor<5x3xf32>
  %7 = act.softmin_backward %dy, %x mask(%m : tensor<5x3xi1>) : tensor<5x3xf32>
  %8 = act.softmin_backward %dy, %x mask(%m : tensor<5x3xi1>) empty_row(zero)
    : tensor<5x3xf32>
  %9 = act.softmin_backward %dy, %x mask(%m : tensor<5x3xi1>)
    empty_row(uniform) : tensor<5x3xf32>
  %lse = act.logsumexp %x mask(%m : tensor<5x3xi1>)
    : tensor<5x3xf32> -> tensor<5xf32>
  %10 = act.softmax_backward %dy, %x, %lse mask(%m : tensor<5x3xi1>)
    empty_row(zero) : tensor<5x3xf32>, tensor<5xf32>
  return %0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10
    : tensor<5x3xf32>, tensor<5x3xf32>, tensor<5x3xf32>, tensor<5x3xf32>,
      tensor<5x3xf32>, tensor<5x3xf32>, tensor<5x3xf32>, tensor<5x3xf32>,
      tensor<5x3xf32>, tensor<5x3xf32>, tensor<5x3xf32>
}
