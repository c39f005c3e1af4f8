// RUN: act-opt %s --act-merge-kernels --split-input-file | FileCheck %s

// Only calls count, and a name; the location of a kernel is that of the first.

// CHECK-LABEL: func @network
//  CHECK-NEXT: call @first(%arg0)
//  CHECK-NEXT: call @first(%arg1)
//  CHECK-NEXT: call @other(%arg0)
//  CHECK-NEXT: call @first(%arg0)
//       CHECK: func private @first
//       CHECK: func private @other
//   CHECK-NOT: @second
//   CHECK-NOT: @third
func.func @network(%x: memref<8xf32>, %y: memref<8xf32>) {
  func.call @first(%x) : (memref<8xf32>) -> ()
  func.call @second(%y) : (memref<8xf32>) -> ()
  func.call @other(%x) : (memref<8xf32>) -> ()
  func.call @third(%x) : (memref<8xf32>) -> ()
  return
}
func.func private @first(%x: memref<8xf32>) {
  %i = arith.constant 0 : index
  %v = memref.load %x[%i] : memref<8xf32>
  %r = act.silu %v : f32
  memref.store %r, %x[%i] : memref<8xf32>
  return
}
func.func private @second(%x: memref<8xf32>) {
  %i = arith.constant 0 : index
  %v = memref.load %x[%i] : memref<8xf32>
  %r = act.silu %v : f32
  memref.store %r, %x[%i] : memref<8xf32>
  return
}
// Another constant.
func.func private @other(%x: memref<8xf32>) {
  %i = arith.constant 1 : index
  %v = memref.load %x[%i] : memref<8xf32>
  %r = act.silu %v : f32
  memref.store %r, %x[%i] : memref<8xf32>
  return
}
func.func private @third(%x: memref<8xf32>) {
  %zero = arith.constant 0 : index
  %value = memref.load %x[%zero] : memref<8xf32>
  %result = act.silu %value : f32
  memref.store %result, %x[%zero] : memref<8xf32>
  return
}

// -----

// What is public, has no body, or is used by more than calls, stays; so does
// what has other attributes, or uses its values otherwise.

// CHECK-LABEL: func @entry
//  CHECK-NEXT: call @one
//  CHECK-NEXT: call @two
//  CHECK-NEXT: call @fast
//  CHECK-NEXT: call @swapped
//  CHECK-NEXT: call @plain
//  CHECK-NEXT: constant @two
//       CHECK: func @same_entry
//       CHECK: func private @one
//       CHECK: func private @two
//       CHECK: func private @fast
//       CHECK: func private @swapped
//       CHECK: func private @plain
//       CHECK: func private @extern()
//       CHECK: func private @extern_too()
func.func @entry(%a: f32) {
  %0 = func.call @one(%a, %a) : (f32, f32) -> f32
  %1 = func.call @two(%a, %a) : (f32, f32) -> f32
  %2 = func.call @fast(%a, %a) : (f32, f32) -> f32
  %3 = func.call @swapped(%a, %a) : (f32, f32) -> f32
  %4 = func.call @plain(%a, %a) : (f32, f32) -> f32
  %f = func.constant @two : (f32, f32) -> f32
  return
}
func.func @same_entry(%a: f32) -> f32 {
  return %a : f32
}
func.func @same_entry_too(%a: f32) -> f32 {
  return %a : f32
}
func.func private @one(%a: f32, %b: f32) -> f32 {
  %0 = arith.subf %a, %b : f32
  return %0 : f32
}
func.func private @two(%a: f32, %b: f32) -> f32 {
  %0 = arith.subf %a, %b : f32
  return %0 : f32
}
func.func private @fast(%a: f32, %b: f32) -> f32 attributes {act.accuracy = "fast"} {
  %0 = arith.subf %a, %b : f32
  return %0 : f32
}
func.func private @swapped(%a: f32, %b: f32) -> f32 {
  %0 = arith.subf %b, %a : f32
  return %0 : f32
}
func.func private @plain(%a: f32, %b: f32) -> f32 {
  return %a : f32
}
func.func private @extern()
func.func private @extern_too()

// -----

// Kernels of GPUs that have a schedule; others are not of act.

// CHECK-LABEL: func @launches
//       CHECK: gpu.launch_func @kernels::@silu blocks
//       CHECK: gpu.launch_func @kernels::@silu blocks
//       CHECK: gpu.launch_func @kernels::@other_schedule blocks
//       CHECK: gpu.launch_func @kernels::@mine blocks
//       CHECK: gpu.launch_func @kernels::@mine_too blocks
//       CHECK: gpu.module @kernels
//       CHECK: gpu.func @silu
//   CHECK-NOT: gpu.func @silu_0
//       CHECK: gpu.func @other_schedule
//       CHECK: gpu.func @mine
//       CHECK: gpu.func @mine_too
module attributes {gpu.container_module} {
func.func @launches(%x: f32) {
  %1 = arith.constant 1 : index
  gpu.launch_func @kernels::@silu blocks in (%1, %1, %1) threads in (%1, %1, %1) args(%x : f32)
  gpu.launch_func @kernels::@silu_0 blocks in (%1, %1, %1) threads in (%1, %1, %1) args(%x : f32)
  gpu.launch_func @kernels::@other_schedule blocks in (%1, %1, %1) threads in (%1, %1, %1) args(%x : f32)
  gpu.launch_func @kernels::@mine blocks in (%1, %1, %1) threads in (%1, %1, %1) args(%x : f32)
  gpu.launch_func @kernels::@mine_too blocks in (%1, %1, %1) threads in (%1, %1, %1) args(%x : f32)
  return
}
gpu.module @kernels {
  gpu.func @silu(%x: f32) kernel attributes {act.schedule = {family = "tiles"}} {
    gpu.return
  }
  gpu.func @silu_0(%x: f32) kernel attributes {act.schedule = {family = "tiles"}} {
    gpu.return
  }
  gpu.func @other_schedule(%x: f32) kernel attributes {act.schedule = {family = "elements"}} {
    gpu.return
  }
  gpu.func @mine(%x: f32) kernel {
    gpu.return
  }
  gpu.func @mine_too(%x: f32) kernel {
    gpu.return
  }
}
}

// -----

// What calls kernels that are the same is the same too.

// CHECK-LABEL: func @teams
//  CHECK-NEXT: call @team(%arg0)
//  CHECK-NEXT: call @team(%arg1)
//       CHECK: func private @team(
//       CHECK:   call @block
//       CHECK: func private @block(
//   CHECK-NOT: func private
func.func @teams(%x: memref<8xf32>, %y: memref<8xf32>) {
  func.call @team(%x) : (memref<8xf32>) -> ()
  func.call @team_0(%y) : (memref<8xf32>) -> ()
  return
}
func.func private @team(%x: memref<8xf32>) {
  func.call @block(%x) : (memref<8xf32>) -> ()
  return
}
func.func private @block(%x: memref<8xf32>) {
  %i = arith.constant 0 : index
  %v = arith.constant 1.0 : f32
  memref.store %v, %x[%i] : memref<8xf32>
  return
}
func.func private @team_0(%x: memref<8xf32>) {
  func.call @block_0(%x) : (memref<8xf32>) -> ()
  return
}
func.func private @block_0(%x: memref<8xf32>) {
  %i = arith.constant 0 : index
  %v = arith.constant 1.0 : f32
  memref.store %v, %x[%i] : memref<8xf32>
  return
}
