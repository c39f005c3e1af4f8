// The tier of an operation, of its function, and of a function that is called
// gives the same bits, on any number of threads.

// DEFINE: %{input} = --input=100000xf32=randn

// RUN: act-run %s --entry=operation --output=@%t.npy %{input}
// RUN: act-run %s --entry=function --expect=@%t.npy --max-ulp=0 %{input}
// RUN: act-run %s --entry=function --expect=@%t.npy --max-ulp=0 %{input} --threads=1
// RUN: act-run %s --entry=called --expect=@%t.npy --max-ulp=0 %{input}
// RUN: act-run %s --entry=called --expect=@%t.npy --max-ulp=0 %{input} --device=simt
// RUN: act-run %s --entry=default --accuracy=exact --expect=@%t.npy --max-ulp=0 %{input}

// The other tier has others.
// RUN: not act-run %s --entry=default --expect=@%t.npy --max-ulp=0 %{input} 2>&1 | FileCheck %s
// CHECK: elements are not as expected

func.func @operation(%x: tensor<?xf32>) -> tensor<?xf32> {
  %0 = act.gelu %x {act.accuracy = "exact"} : tensor<?xf32>
  return %0 : tensor<?xf32>
}

func.func @function(%x: tensor<?xf32>) -> tensor<?xf32>
    attributes {act.accuracy = "exact"} {
  %0 = act.gelu %x : tensor<?xf32>
  return %0 : tensor<?xf32>
}

func.func @called(%x: tensor<?xf32>) -> tensor<?xf32> {
  %0 = func.call @private(%x) : (tensor<?xf32>) -> tensor<?xf32>
  return %0 : tensor<?xf32>
}
func.func private @private(%x: tensor<?xf32>) -> tensor<?xf32>
    attributes {act.accuracy = "exact"} {
  %0 = act.gelu %x : tensor<?xf32>
  return %0 : tensor<?xf32>
}

func.func @default(%x: tensor<?xf32>) -> tensor<?xf32> {
  %0 = act.gelu %x : tensor<?xf32>
  return %0 : tensor<?xf32>
}
