// What frontends assert of dynamic sizes is checked before a call, on every
// device, and has no part in gradients.

// RUN: act-run %s --entry=add --input=x=4x8xf32=randn --input=y=4x8xf32=randn --check --max-ulp=3
// RUN: not act-run %s --entry=add --input=x=4x8xf32=randn --input=y=5x8xf32=randn 2>&1 | FileCheck %s
// RUN: not act-run %s --entry=add --device=simt --input=x=4x8xf32=randn --input=y=5x8xf32=randn 2>&1 | FileCheck %s
// CHECK: act-run: error: {{.*}}assertions.mlir:[[@LINE+9]]:3: mismatched size for broadcast
// RUN: act-run %s --entry=add --input=x=4x8xf32=randn --input=y=4x8xf32=randn --grad --gradcheck
// RUN: not act-run %s --entry=number --input=x=4xf32=randn --input=n=index=5 2>&1 | FileCheck %s --check-prefix=NUMBER
// NUMBER: act-run: error: {{.*}}assertions.mlir:[[@LINE+17]]:3: too many
func.func @add(%x: tensor<?x?xf32> {act.name = "x"}, %y: tensor<?x?xf32> {act.name = "y"}) -> tensor<?x?xf32> {
  %c0 = arith.constant 0 : index
  %a = tensor.dim %x, %c0 : tensor<?x?xf32>
  %b = tensor.dim %y, %c0 : tensor<?x?xf32>
  %e = arith.cmpi eq, %a, %b : index
  cf.assert %e, "mismatched size for broadcast"
  %0 = arith.addf %x, %y : tensor<?x?xf32>
  %1 = act.silu %0 : tensor<?x?xf32>
  return %1 : tensor<?x?xf32>
}

func.func @number(%x: tensor<?xf32> {act.name = "x"}, %n: index {act.name = "n"}) -> tensor<?xf32> {
  %c0 = arith.constant 0 : index
  %a = tensor.dim %x, %c0 : tensor<?xf32>
  %y = act.silu %x : tensor<?xf32>
  %few = arith.cmpi sle, %n, %a : index
  cf.assert %few, "too many"
  return %y : tensor<?xf32>
}
