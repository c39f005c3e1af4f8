// Gates of no elements, and sizes that do not fit: the message comes before
// anything is written.

// RUN: act-run %s --entry=glu --input=x=0x8xf32=zeros --output=- | FileCheck %s --check-prefix=EMPTY
// RUN: act-run %s --entry=glu --input=x=3x0xf32=zeros --output=- | FileCheck %s --check-prefix=EMPTY
// EMPTY-NOT: error

// RUN: not act-run %s --entry=glu --input=x=3x7xf32=ones --output=- 2>&1 | FileCheck %s --check-prefix=ODD
// ODD: gates-edges.mlir:[[#@LINE+13]]:{{.*}}halving dimension of 'act.glu' must be even

// RUN: not act-run %s --entry=gate --input=g=3xf32=ones --input=u=4xf32=ones --output=- 2>&1 | FileCheck %s --check-prefix=MISMATCH
// MISMATCH: sizes of the operands of 'act.gate' do not match

// RUN: not act-run %s --entry=backward --input=dy=2x5xf32=ones --input=x=2x8xf32=ones --output=- 2>&1 | FileCheck %s --check-prefix=COTANGENT
// COTANGENT: sizes of the operands of 'act.glu_backward' do not match: dimension 1 of dy and half of dimension 1 of x

// One element, a tail alone, in 16 bits.
// RUN: act-run %s --entry=half --input=x=1x2xbf16=[[1,3]] --output=- | FileCheck %s --check-prefix=HALF
// HALF: 2.1

func.func @glu(%x: tensor<?x?xf32> {act.name = "x"}) -> tensor<?x?xf32> {
  %y = act.glu swiglu %x : tensor<?x?xf32>
  return %y : tensor<?x?xf32>
}

func.func @gate(%g: tensor<?xf32> {act.name = "g"},
                %u: tensor<?xf32> {act.name = "u"}) -> tensor<?xf32> {
  %y = act.gate glu %g, %u : tensor<?xf32>
  return %y : tensor<?xf32>
}

func.func @backward(%dy: tensor<?x?xf32> {act.name = "dy"},
                    %x: tensor<?x?xf32> {act.name = "x"}) -> tensor<?x?xf32> {
  %dx = act.glu_backward swiglu %dy, %x : tensor<?x?xf32>
  return %dx : tensor<?x?xf32>
}

func.func @half(%x: tensor<?x2xbf16> {act.name = "x"}) -> tensor<?x1xbf16> {
  %y = act.glu swiglu %x layout(interleaved)
    : tensor<?x2xbf16> -> tensor<?x1xbf16>
  return %y : tensor<?x1xbf16>
}
