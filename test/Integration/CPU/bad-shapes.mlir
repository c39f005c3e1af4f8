// Sizes that do not fit are found when a function is called, and the operation is
// named; nothing is computed.

// RUN: not act-run %s --entry=gate --input=4x6xf32=ones --input=4x5xf32=ones \
// RUN:   2>&1 | FileCheck %s --check-prefix=GATE
// GATE: sizes of the operands of 'act.gate' do not match: dimension 1 of operand 0 and dimension 1 of operand 1

// RUN: not act-run %s --entry=glu --input=4x7xf32=ones 2>&1 \
// RUN:   | FileCheck %s --check-prefix=GLU
// GLU: halving dimension of 'act.glu' must be even

// RUN: not act-run %s --entry=mask --input=4x6xf32=ones \
// RUN:   --input=4x5xi1=ones 2>&1 | FileCheck %s --check-prefix=MASK
// Only a size of 1 is repeated.
// RUN: not act-run %s --entry=mask --input=4x6xf32=ones \
// RUN:   --input=2x6xi1=ones 2>&1 | FileCheck %s --check-prefix=MASK
// RUN: act-run %s --entry=mask --input=4x6xf32=ones --input=1x6xi1=ones
// MASK: sizes of the operands of 'act.softmax' do not match: dimension {{[01]}} of mask and dimension {{[01]}} of x

// RUN: not act-run %s --entry=backward --input=4x6xf32=ones \
// RUN:   --input=4x6xf32=ones --input=5xf32=ones 2>&1 \
// RUN:   | FileCheck %s --check-prefix=LSE
// LSE: sizes of the operands of 'act.log_softmax_backward' do not match: dimension 0 of lse and dimension 0 of x

// DEFINE: %{loss} = not act-run %s --entry=loss --input=x=4x6xf32=ones
// RUN: %{loss} --input=t=5xi64=[0,0,0,0,0] --input=w=6xf32=ones \
// RUN:   --input=a=4xf32=ones 2>&1 | FileCheck %s --check-prefix=LOSS-T
// RUN: %{loss} --input=t=4xi64=[0,0,0,0] --input=w=5xf32=ones \
// RUN:   --input=a=4xf32=ones 2>&1 | FileCheck %s --check-prefix=LOSS-W
// RUN: %{loss} --input=t=4xi64=[0,0,0,0] --input=w=6xf32=ones \
// RUN:   --input=a=3xf32=ones 2>&1 | FileCheck %s --check-prefix=LOSS-A
// LOSS-T: sizes of the operands of 'act.cross_entropy' do not match: dimension 0 of target and dimension 0 of x
// LOSS-W: sizes of the operands of 'act.cross_entropy' do not match: dimension 0 of class_weight and dimension 1 of x
// LOSS-A: sizes of the operands of 'act.cross_entropy' do not match: dimension 0 of token_weight and dimension 0 of x

// RUN: not act-run %s --entry=soft --input=4x6xf32=ones --input=4x5xf32=ones \
// RUN:   2>&1 | FileCheck %s --check-prefix=SOFT
// SOFT: sizes of the operands of 'act.cross_entropy' do not match: dimension 1 of target and dimension 1 of x

// No class at all: an error of the call as it is one of types.
// RUN: not act-run %s --entry=soft --input=4x0xf32=ones --input=4x0xf32=ones \
// RUN:   2>&1 | FileCheck %s --check-prefix=NO-CLASS
// NO-CLASS: 'act.cross_entropy'

func.func @gate(%g: tensor<?x?xf32>, %u: tensor<?x?xf32>) -> tensor<?x?xf32> {
  %y = act.gate swiglu %g, %u : tensor<?x?xf32>
  return %y : tensor<?x?xf32>
}

func.func @glu(%x: tensor<?x?xf32>) -> tensor<?x?xf32> {
  %y = act.glu swiglu %x layout(halves) gate(first)
    : tensor<?x?xf32> -> tensor<?x?xf32>
  return %y : tensor<?x?xf32>
}

func.func @mask(%x: tensor<?x?xf32>, %m: tensor<?x?xi1>) -> tensor<?x?xf32> {
  %y = act.softmax %x mask(%m : tensor<?x?xi1>) : tensor<?x?xf32>
  return %y : tensor<?x?xf32>
}

func.func @backward(%dy: tensor<?x?xf32>, %x: tensor<?x?xf32>,
                    %lse: tensor<?xf32>) -> tensor<?x?xf32> {
  %dx = act.log_softmax_backward %dy, %x, %lse : tensor<?x?xf32>, tensor<?xf32>
  return %dx : tensor<?x?xf32>
}

func.func @loss(%x: tensor<?x?xf32> {act.name = "x"},
                %t: tensor<?xi64> {act.name = "t"},
                %w: tensor<?xf32> {act.name = "w"},
                %a: tensor<?xf32> {act.name = "a"}) -> tensor<f32> {
  %l = act.cross_entropy %x, %t class_weight(%w : tensor<?xf32>)
    token_weight(%a : tensor<?xf32>)
    : tensor<?x?xf32>, tensor<?xi64> -> tensor<f32>
  return %l : tensor<f32>
}

func.func @soft(%x: tensor<?x?xf32>, %q: tensor<?x?xf32>) -> tensor<f32> {
  %l = act.cross_entropy %x, %q
    : tensor<?x?xf32>, tensor<?x?xf32> -> tensor<f32>
  return %l : tensor<f32>
}
