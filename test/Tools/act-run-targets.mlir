// RUN: act-run %s --entry=f --input=x=3x10xf32=ones --input=tokens=3x2xi32=[[99,0],[99,-1],[99,9]]
// RUN: not act-run %s --entry=f --input=x=3x10xf32=ones --input=tokens=3x2xi32=[[0,0],[0,10],[0,-2]] 2>&1 | FileCheck %s
// RUN: not act-run %s --entry=f --input=x=3x10xf32=ones --input=tokens=2x2xi32=[[0,0],[0,10]] 2>&1 | FileCheck %s --check-prefix=SIZES

// RUN: act-run %s --entry=f --value-checks=nan --input=x=3x10xf32=ones --input=tokens=3x2xi32=[[0,0],[0,10],[0,-2]] --output=l=- | FileCheck %s --check-prefix=NAN
// RUN: not act-run %s --value-checks=no 2>&1 | FileCheck %s --check-prefix=CHOICE

// Before anything is computed, a target that is no class is named by its row
// and its value; sizes are compared before targets are read.

// CHECK: a target of 'act.nll' is not a class and not the ignore_index -1: row 1 has 10
// NAN: [-1, nan, nan]
// CHOICE: --value-checks: expected error or nan, got 'no'
// SIZES: sizes of the operands of 'act.nll' do not match

func.func @f(%x: tensor<?x10xf32> {act.name = "x"},
             %tokens: tensor<?x2xi32> {act.name = "tokens"})
    -> (tensor<?xf32> {act.name = "l"}, tensor<?x10xf32> {act.name = "y"}) {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %tokens, %c0 : tensor<?x2xi32>
  %t = tensor.extract_slice %tokens[0, 1] [%n, 1] [1, 1]
    : tensor<?x2xi32> to tensor<?xi32>
  %l = act.nll %x, %t reduction(none) {ignore_index = -1}
    : tensor<?x10xf32>, tensor<?xi32> -> tensor<?xf32>
  %y = act.relu %x : tensor<?x10xf32>
  return %l, %y : tensor<?xf32>, tensor<?x10xf32>
}
