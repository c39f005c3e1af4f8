// The bits do not depend on how rows lie in memory: rows side by side, one in
// each lane, give what the same rows give one after the other.

// DEFINE: %{entry} =
// DEFINE: %{other} =
// DEFINE: %{inputs} =
// DEFINE: %{options} =
// DEFINE: %{check} = act-run %s --entry=%{other} %{inputs} %{options} \
// DEFINE:     --output=@%t0.npy --output=@%t1.npy --output=@%t2.npy --output=@%t3.npy --output=@%t4.npy --output=@%t5.npy && \
// DEFINE:   act-run %s --entry=%{entry} %{inputs} %{options} \
// DEFINE:     --expect=@%t0.npy --expect=@%t1.npy --expect=@%t2.npy --expect=@%t3.npy --expect=@%t4.npy --expect=@%t5.npy

// Along the first dimension: lanes of sums and chunks end everywhere, and so do
// vectors of rows.

// REDEFINE: %{entry} = first
// REDEFINE: %{other} = first_transposed
// REDEFINE: %{inputs} = --input=1x37xf32=randn:seed=1 --input=1x37xf32=randn:seed=2
// RUN: %{check}
// REDEFINE: %{inputs} = --input=255x5xf32=randn:seed=1 --input=255x5xf32=randn:seed=2
// RUN: %{check}
// REDEFINE: %{inputs} = --input=300x45xf32=randn:seed=1 --input=300x45xf32=randn:seed=2
// RUN: %{check}
// REDEFINE: %{inputs} = --input=5000x33xf32=randn:seed=1 --input=5000x33xf32=randn:seed=2
// RUN: %{check}
// REDEFINE: %{options} = --accuracy=exact
// RUN: %{check}

// Short rows of known length.

// REDEFINE: %{options} =
// REDEFINE: %{entry} = short
// REDEFINE: %{other} = short_dynamic
// REDEFINE: %{inputs} = --input=101x10xf32=randn:seed=1 --input=101x10xf32=randn:seed=2
// RUN: %{check}
// REDEFINE: %{inputs} = --input=3x10xf32=randn:seed=1 --input=3x10xf32=randn:seed=2
// RUN: %{check}
// REDEFINE: %{options} = --target-cpu=x86-64-v2
// RUN: %{check}

// 16 bits, with a mask that is repeated, on two threads.

// DEFINE: %{half} = act-run %s --entry=half_dynamic %{inputs} \
// DEFINE:     --output=@%t0.npy --output=@%t1.npy && \
// DEFINE:   act-run %s --entry=half %{inputs} --expect=@%t0.npy --expect=@%t1.npy
// REDEFINE: %{inputs} = --input=7003x12xbf16=randn:seed=1 "--input=1x12xi1=[[1,1,0,1,1,1,1,1,1,0,1,1]]" --threads=2
// RUN: %{half}

func.func private @rows(%x: tensor<?x?xf32>, %dy: tensor<?x?xf32>)
    -> (tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>,
        tensor<?x?xf32>, tensor<?xf32>) {
  %0 = act.softmax %x : tensor<?x?xf32>
  %1, %lse = act.log_softmax %x
    : tensor<?x?xf32> -> tensor<?x?xf32>, tensor<?xf32>
  %2 = act.softmax_backward %dy, %x : tensor<?x?xf32>
  %3 = act.log_softmax_backward %dy, %x, %lse
    : tensor<?x?xf32>, tensor<?xf32>
  %4 = act.softmax_backward %dy, %0 saved(output) : tensor<?x?xf32>
  return %0, %1, %2, %3, %4, %lse : tensor<?x?xf32>, tensor<?x?xf32>,
    tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<?xf32>
}

func.func @first(%x: tensor<?x?xf32>, %dy: tensor<?x?xf32>)
    -> (tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>,
        tensor<?x?xf32>, tensor<?xf32>) {
  %0 = act.softmax %x {dim = 0} : tensor<?x?xf32>
  %1, %lse = act.log_softmax %x {dim = 0}
    : tensor<?x?xf32> -> tensor<?x?xf32>, tensor<?xf32>
  %2 = act.softmax_backward %dy, %x {dim = 0} : tensor<?x?xf32>
  %3 = act.log_softmax_backward %dy, %x, %lse {dim = 0}
    : tensor<?x?xf32>, tensor<?xf32>
  %4 = act.softmax_backward %dy, %0 saved(output) {dim = 0} : tensor<?x?xf32>
  return %0, %1, %2, %3, %4, %lse : tensor<?x?xf32>, tensor<?x?xf32>,
    tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<?xf32>
}

func.func private @transpose(%x: tensor<?x?xf32>) -> tensor<?x?xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %m = tensor.dim %x, %c0 : tensor<?x?xf32>
  %n = tensor.dim %x, %c1 : tensor<?x?xf32>
  %empty = tensor.empty(%n, %m) : tensor<?x?xf32>
  %0 = linalg.transpose ins(%x : tensor<?x?xf32>)
    outs(%empty : tensor<?x?xf32>) permutation = [1, 0]
  return %0 : tensor<?x?xf32>
}

func.func @first_transposed(%x: tensor<?x?xf32>, %dy: tensor<?x?xf32>)
    -> (tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>,
        tensor<?x?xf32>, tensor<?xf32>) {
  %xt = call @transpose(%x) : (tensor<?x?xf32>) -> tensor<?x?xf32>
  %dyt = call @transpose(%dy) : (tensor<?x?xf32>) -> tensor<?x?xf32>
  %r:6 = call @rows(%xt, %dyt) : (tensor<?x?xf32>, tensor<?x?xf32>)
    -> (tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>,
        tensor<?x?xf32>, tensor<?xf32>)
  %0 = call @transpose(%r#0) : (tensor<?x?xf32>) -> tensor<?x?xf32>
  %1 = call @transpose(%r#1) : (tensor<?x?xf32>) -> tensor<?x?xf32>
  %2 = call @transpose(%r#2) : (tensor<?x?xf32>) -> tensor<?x?xf32>
  %3 = call @transpose(%r#3) : (tensor<?x?xf32>) -> tensor<?x?xf32>
  %4 = call @transpose(%r#4) : (tensor<?x?xf32>) -> tensor<?x?xf32>
  return %0, %1, %2, %3, %4, %r#5 : tensor<?x?xf32>, tensor<?x?xf32>,
    tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<?xf32>
}

func.func @short_dynamic(%x: tensor<?x?xf32>, %dy: tensor<?x?xf32>)
    -> (tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>,
        tensor<?x?xf32>, tensor<?xf32>) {
  %r:6 = call @rows(%x, %dy) : (tensor<?x?xf32>, tensor<?x?xf32>)
    -> (tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>,
        tensor<?x?xf32>, tensor<?xf32>)
  return %r#0, %r#1, %r#2, %r#3, %r#4, %r#5 : tensor<?x?xf32>,
    tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>,
    tensor<?xf32>
}

func.func @short(%x: tensor<?x10xf32>, %dy: tensor<?x10xf32>)
    -> (tensor<?x10xf32>, tensor<?x10xf32>, tensor<?x10xf32>,
        tensor<?x10xf32>, tensor<?x10xf32>, tensor<?xf32>) {
  %0 = act.softmax %x : tensor<?x10xf32>
  %1, %lse = act.log_softmax %x
    : tensor<?x10xf32> -> tensor<?x10xf32>, tensor<?xf32>
  %2 = act.softmax_backward %dy, %x : tensor<?x10xf32>
  %3 = act.log_softmax_backward %dy, %x, %lse
    : tensor<?x10xf32>, tensor<?xf32>
  %4 = act.softmax_backward %dy, %0 saved(output) : tensor<?x10xf32>
  return %0, %1, %2, %3, %4, %lse : tensor<?x10xf32>, tensor<?x10xf32>,
    tensor<?x10xf32>, tensor<?x10xf32>, tensor<?x10xf32>, tensor<?xf32>
}

func.func @half_dynamic(%x: tensor<?x?xbf16>, %mask: tensor<?x?xi1>)
    -> (tensor<?x?xbf16>, tensor<?xf32>) {
  %0, %lse = act.softmax %x mask(%mask : tensor<?x?xi1>)
    : tensor<?x?xbf16> -> tensor<?x?xbf16>, tensor<?xf32>
  return %0, %lse : tensor<?x?xbf16>, tensor<?xf32>
}

func.func @half(%x: tensor<?x12xbf16>, %mask: tensor<1x12xi1>)
    -> (tensor<?x12xbf16>, tensor<?xf32>) {
  %0, %lse = act.softmax %x mask(%mask : tensor<1x12xi1>)
    : tensor<?x12xbf16> -> tensor<?x12xbf16>, tensor<?xf32>
  return %0, %lse : tensor<?x12xbf16>, tensor<?xf32>
}
