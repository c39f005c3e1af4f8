// A mask is repeated in dimensions that have size 1, whether its type says so or
// not.

// DEFINE: %{x} = --input=3x70xf32=randn:seed=1
// DEFINE: %{run} = act-run %s --entry=rows %{x}

// Rows that are left out, and columns.

// RUN: %python %S/Inputs/masks.py %t 3 70
// RUN: %{run} --input=@%t/row.npy --output=y=@%t.r.npy --output=dx=@%t.rd.npy
// RUN: %{run} --input=@%t/rows.npy --expect=y=@%t.r.npy --expect=dx=@%t.rd.npy
// RUN: %{run} --input=@%t/column.npy --output=y=@%t.c.npy --output=dx=@%t.cd.npy
// RUN: %{run} --input=@%t/columns.npy --expect=y=@%t.c.npy --expect=dx=@%t.cd.npy
// RUN: act-run %s --entry=static %{x} --input=@%t/row.npy --expect=y=@%t.r.npy

// Any other size is an error.

// RUN: not %{run} --input=2x70xi1=ones 2>&1 | FileCheck %s
// CHECK: error: {{.*}}sizes of the operands of 'act.softmax' do not match

func.func @rows(%x: tensor<?x?xf32>, %mask: tensor<?x?xi1>)
    -> (tensor<?x?xf32> {act.name = "y"}, tensor<?x?xf32> {act.name = "dx"}) {
  %0 = act.softmax %x mask(%mask : tensor<?x?xi1>) empty_row(zero)
    : tensor<?x?xf32>
  %1 = act.softmax_backward %x, %x mask(%mask : tensor<?x?xi1>)
    empty_row(zero) : tensor<?x?xf32>
  return %0, %1 : tensor<?x?xf32>, tensor<?x?xf32>
}

func.func @static(%x: tensor<?x?xf32>, %mask: tensor<1x?xi1>)
    -> (tensor<?x?xf32> {act.name = "y"}) {
  %0 = act.softmax %x mask(%mask : tensor<1x?xi1>) empty_row(zero)
    : tensor<?x?xf32>
  return %0 : tensor<?x?xf32>
}
