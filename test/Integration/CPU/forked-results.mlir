// Two results that are made of one tensor, each in its own way: no result is in
// the memory of another while that is written.

// DEFINE: %{device} = cpu
// DEFINE: %{run} = act-run %s --device=%{device} --input=x=4xf32=[1,2,3,4] --output=a=- --output=b=-
// RUN: %{run} --entry=elements | FileCheck %s --check-prefix=ELEMENTS
// RUN: %{run} --entry=parts --output=y=- --output=c=- | FileCheck %s --check-prefix=PARTS
// REDEFINE: %{device} = simt
// RUN: %{run} --entry=elements | FileCheck %s --check-prefix=ELEMENTS
// RUN: %{run} --entry=parts --output=y=- --output=c=- | FileCheck %s --check-prefix=PARTS

// ELEMENTS: a: 4xf32
// ELEMENTS-NEXT: [1, 20, 3, 4]
// ELEMENTS-NEXT: b: 4xf32
// ELEMENTS-NEXT: [1, 2, 20, 4]
func.func @elements(%x: tensor<4xf32> {act.name = "x"})
    -> (tensor<4xf32> {act.name = "a"}, tensor<4xf32> {act.name = "b"}) {
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %n = arith.constant 20.0 : f32
  %y = act.relu %x : tensor<4xf32>
  %a = tensor.insert %n into %y[%c1] : tensor<4xf32>
  %b = tensor.insert %n into %y[%c2] : tensor<4xf32>
  return %a, %b : tensor<4xf32>, tensor<4xf32>
}

// The tensor that both are made of is a result as well, and a third is made of
// one of them.

// PARTS: a: 4xf32
// PARTS-NEXT: [5, 6, 3, 4]
// PARTS-NEXT: y: 4xf32
// PARTS-NEXT: [1, 2, 3, 4]
// PARTS-NEXT: b: 4xf32
// PARTS-NEXT: [1, 2, 5, 6]
// PARTS-NEXT: c: 4xf32
// PARTS-NEXT: [5, 6, 5, 6]
func.func @parts(%x: tensor<4xf32> {act.name = "x"})
    -> (tensor<4xf32> {act.name = "a"}, tensor<4xf32> {act.name = "y"},
        tensor<4xf32> {act.name = "b"}, tensor<4xf32> {act.name = "c"}) {
  %p = arith.constant dense<[5.0, 6.0]> : tensor<2xf32>
  %y = act.relu %x : tensor<4xf32>
  %a = tensor.insert_slice %p into %y[0] [2] [1] : tensor<2xf32> into tensor<4xf32>
  %b = tensor.insert_slice %p into %y[2] [2] [1] : tensor<2xf32> into tensor<4xf32>
  %c = tensor.insert_slice %p into %b[0] [2] [1] : tensor<2xf32> into tensor<4xf32>
  return %a, %y, %b, %c : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}

// Through a branch, and through a loop. On a GPU the loop hands on elements, which
// is not lowered yet.

// REDEFINE: %{device} = cpu
// RUN: %{run} --entry=branch --input=c=i1=1 | FileCheck %s --check-prefix=BRANCH
// RUN: %{run} --entry=branch --input=c=i1=0 | FileCheck %s --check-prefix=OTHER
// RUN: %{run} --entry=loop | FileCheck %s --check-prefix=LOOP
// REDEFINE: %{device} = simt
// RUN: %{run} --entry=branch --input=c=i1=1 | FileCheck %s --check-prefix=BRANCH
// RUN: %{run} --entry=branch --input=c=i1=0 | FileCheck %s --check-prefix=OTHER

// BRANCH: a: 4xf32
// BRANCH-NEXT: [1, 20, 3, 4]
// BRANCH-NEXT: b: 4xf32
// BRANCH-NEXT: [20, 2, 3, 4]
// OTHER: a: 4xf32
// OTHER-NEXT: [1, 2, 3, 4]
// OTHER-NEXT: b: 4xf32
// OTHER-NEXT: [20, 2, 3, 4]
func.func @branch(%x: tensor<4xf32> {act.name = "x"}, %c: i1 {act.name = "c"})
    -> (tensor<4xf32> {act.name = "a"}, tensor<4xf32> {act.name = "b"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = arith.constant 20.0 : f32
  %y = act.relu %x : tensor<4xf32>
  %b = tensor.insert %n into %y[%c0] : tensor<4xf32>
  %a = scf.if %c -> tensor<4xf32> {
    %i = tensor.insert %n into %y[%c1] : tensor<4xf32>
    scf.yield %i : tensor<4xf32>
  } else {
    scf.yield %y : tensor<4xf32>
  }
  return %a, %b : tensor<4xf32>, tensor<4xf32>
}

// LOOP: a: 4xf32
// LOOP-NEXT: [1, 20, 20, 4]
// LOOP-NEXT: b: 4xf32
// LOOP-NEXT: [20, 2, 3, 4]
func.func @loop(%x: tensor<4xf32> {act.name = "x"})
    -> (tensor<4xf32> {act.name = "a"}, tensor<4xf32> {act.name = "b"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %n = arith.constant 20.0 : f32
  %y = act.relu %x : tensor<4xf32>
  %b = tensor.insert %n into %y[%c0] : tensor<4xf32>
  %r:2 = scf.while (%i = %c1, %h = %y) : (index, tensor<4xf32>) -> (index, tensor<4xf32>) {
    %more = arith.cmpi slt, %i, %c3 : index
    scf.condition(%more) %i, %h : index, tensor<4xf32>
  } do {
  ^bb0(%i: index, %h: tensor<4xf32>):
    %w = tensor.insert %n into %h[%i] : tensor<4xf32>
    %k = arith.addi %i, %c1 : index
    scf.yield %k, %w : index, tensor<4xf32>
  }
  return %r#1, %b : tensor<4xf32>, tensor<4xf32>
}
