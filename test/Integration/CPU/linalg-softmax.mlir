// linalg.softmax has the numbers of act.softmax, fused or not.

// DEFINE: %{run} = act-run %s --dim=x.0=5 --dim=x.1=33
// RUN: %{run} --entry=act --output=y=@%t.npy
// RUN: %{run} --entry=linalg --expect=y=@%t.npy
// RUN: %{run} --entry=linalg --no-fuse --expect=y=@%t.npy
// RUN: %{run} --entry=linalg --no-fuse --device=simt --expect=y=@%t.npy

func.func @act(%x: tensor<?x?xf32> {act.name = "x"}) -> (tensor<?x?xf32> {act.name = "y"}) {
  %y = act.softmax %x {dim = 0} : tensor<?x?xf32>
  return %y : tensor<?x?xf32>
}

func.func @linalg(%x: tensor<?x?xf32> {act.name = "x"}) -> (tensor<?x?xf32> {act.name = "y"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = tensor.dim %x, %c0 : tensor<?x?xf32>
  %m = tensor.dim %x, %c1 : tensor<?x?xf32>
  %e = tensor.empty(%n, %m) : tensor<?x?xf32>
  %y = linalg.softmax dimension(0) ins(%x : tensor<?x?xf32>) outs(%e : tensor<?x?xf32>) -> tensor<?x?xf32>
  return %y : tensor<?x?xf32>
}
