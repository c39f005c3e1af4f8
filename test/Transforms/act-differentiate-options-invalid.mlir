// RUN: not act-opt %s --act-differentiate=entry=g 2>&1 \
// RUN:   | FileCheck %s --check-prefix=ENTRY
// RUN: not act-opt %s --act-differentiate=args=z 2>&1 \
// RUN:   | FileCheck %s --check-prefix=NAME
// RUN: not act-opt %s --act-differentiate=args=3 2>&1 \
// RUN:   | FileCheck %s --check-prefix=POSITION
// RUN: not act-opt %s --act-differentiate=args=x,n 2>&1 \
// RUN:   | FileCheck %s --check-prefix=INTEGER
// RUN: not act-opt %s --act-differentiate=mode=hvp 2>&1 \
// RUN:   | FileCheck %s --check-prefix=MODE
// RUN: act-opt %s --act-differentiate=args=x | FileCheck %s --check-prefix=X
// RUN: act-opt %s --act-differentiate=args=2,0 \
// RUN:   | FileCheck %s --check-prefix=BOTH

// Where it fails, the module is as it was.
// RUN: not act-opt %s --act-differentiate=args=w 2>&1 \
// RUN:   --mlir-print-ir-after-failure | FileCheck %s --check-prefix=UNCHANGED

// ENTRY: error: act-differentiate: there is no function 'g'; there are 'f'
// NAME: :[[#@LINE+11]]:1: error: function 'f' has no argument 'z'
// NAME: note: there are 'x', 'n', 'arg2', 'b', 'w'
// POSITION: error: argument 'b' cannot be differentiated by: it has type 'i1', which is not floating point
// INTEGER: error: argument 'n' cannot be differentiated by: it has type 'i32', which is not floating point
// MODE: error: act-differentiate: unknown mode 'hvp'; use 'vjp' or 'jvp'
// X: func @f_vjp({{.*}}) -> (f32, tensor<1xf32>, f32 {act.name = "d_x"}) attributes
// BOTH: -> (f32, tensor<1xf32>, f32 {act.name = "d_x"}, f32 {act.name = "d_arg2"}) attributes
// UNCHANGED: error: 'tensor.bitcast' cannot be differentiated
// UNCHANGED: func.func @f(
// UNCHANGED-NOT: @f_vjp

func.func @f(%x: f32 {act.name = "x"}, %n: i32 {act.name = "n"}, %y: f32,
             %b: i1 {act.name = "b"}, %w: tensor<1xf32> {act.name = "w"})
    -> (f32, tensor<1xf32>) {
  %z = arith.mulf %x, %y : f32
  %v = tensor.bitcast %w : tensor<1xf32> to tensor<1xf32>
  return %z, %v : f32, tensor<1xf32>
}
