// Constant tensors, on SIMT as on the CPU: read by kernels of each family,
// through views, carried by a loop, returned, and of all types.

// DEFINE: %{entry} = families
// DEFINE: %{run} = act-run %s --entry=%{entry} --input=x=4x5xf32=randn:seed=1
// DEFINE: %{check} = \
// DEFINE:   %{run} --output=a=@%t.a.npy --output=b=@%t.b.npy --output=c=@%t.c.npy && \
// DEFINE:   %{run} --device=simt --expect=a=@%t.a.npy --expect=b=@%t.b.npy --expect=c=@%t.c.npy --max-ulp=0

// RUN: %{check}
func.func @families(%x: tensor<?x5xf32> {act.name = "x"})
    -> (tensor<?x5xf32> {act.name = "a"}, tensor<4x5xf32> {act.name = "b"}, tensor<f32> {act.name = "c"}) {
  %bias = arith.constant dense<[1.0, -2.0, 3.0, 0.5, 0.25]> : tensor<5xf32>
  %mask = arith.constant dense<[[true, false, true, true, true], [true, false, true, false, true],
                                [true, true, true, true, true], [false, false, false, false, true]]> : tensor<4x5xi1>
  %targets = arith.constant dense<[1, 0, 2, 4]> : tensor<4xi32>
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?x5xf32>
  %e = tensor.empty(%n) : tensor<?x5xf32>
  %biases = linalg.broadcast ins(%bias : tensor<5xf32>) outs(%e : tensor<?x5xf32>) dimensions = [0]
  %s = arith.addf %x, %biases : tensor<?x5xf32>
  %a = act.silu %s : tensor<?x5xf32>
  %static = tensor.cast %a : tensor<?x5xf32> to tensor<4x5xf32>
  %b = act.softmax %static mask(%mask : tensor<4x5xi1>) {dim = 1} : tensor<4x5xf32>
  %t = tensor.cast %targets : tensor<4xi32> to tensor<?xi32>
  %c = act.cross_entropy %x, %t : tensor<?x5xf32>, tensor<?xi32> -> tensor<f32>
  return %a, %b, %c : tensor<?x5xf32>, tensor<4x5xf32>, tensor<f32>
}

// REDEFINE: %{entry} = views
// RUN: %{check}
func.func @views(%x: tensor<4x5xf32> {act.name = "x"})
    -> (tensor<4x5xf32> {act.name = "a"}, tensor<2x3xf32> {act.name = "b"}, tensor<4x5xf32> {act.name = "c"}) {
  %k = arith.constant dense<[[1.0, 2.0, 3.0, 4.0, 5.0], [5.0, 4.0, 3.0, 2.0, 1.0],
                             [0.5, 0.25, 0.125, 1.0, -1.0], [9.0, 8.0, 7.0, 6.0, 5.0]]> : tensor<4x5xf32>
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %a = scf.for %i = %c0 to %c3 step %c1 iter_args(%before = %k) -> (tensor<4x5xf32>) {
    %sum = arith.addf %before, %x : tensor<4x5xf32>
    %next = act.tanh %sum : tensor<4x5xf32>
    scf.yield %next : tensor<4x5xf32>
  }
  %slice = tensor.extract_slice %k[1, 1] [2, 3] [1, 1] : tensor<4x5xf32> to tensor<2x3xf32>
  %b = act.silu %slice : tensor<2x3xf32>
  return %a, %b, %k : tensor<4x5xf32>, tensor<2x3xf32>, tensor<4x5xf32>
}

// REDEFINE: %{entry} = types
// RUN: %{check}
func.func @types(%x: tensor<4x5xf32> {act.name = "x"})
    -> (tensor<3xbf16> {act.name = "a"}, tensor<2xf64> {act.name = "b"}, tensor<3xindex> {act.name = "c"}) {
  %half = arith.constant dense<[1.0, -0.0, 0x7FC0]> : tensor<3xbf16>
  %double = arith.constant dense<[0.1, -2.5]> : tensor<2xf64>
  %index = arith.constant dense<[7, 1, 1000000000000]> : tensor<3xindex>
  %a = act.gelu %half : tensor<3xbf16>
  %b = act.silu %double : tensor<2xf64>
  %c = arith.addi %index, %index : tensor<3xindex>
  return %a, %b, %c : tensor<3xbf16>, tensor<2xf64>, tensor<3xindex>
}

// A launcher need not know of constants.
// RUN: act-compile %s --entry=families --emit=json -o %t.json
// RUN: act-compile %s --entry=families --emit=ptx -o - | FileCheck %s --check-prefix=PTX
// PTX-DAG: .global .align 16 .b8 __constant_5xf32[20] = {0, 0, 128, 63, 0, 0, 0, 192,
// PTX-DAG: .global .align 16 .b8 __constant_4xi32[16] = {1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 4};
// PTX-DAG: .global .align 16 .b8 __constant_4x5xi1[20] = {1, 0, 1, 1, 1, 1, 0, 1, 0, 1,
