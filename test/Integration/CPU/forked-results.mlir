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
