// What act-fuse makes has the values of what it was made of. Gates and packed
// gates have the same bits in f32 and f64; softmax and losses agree.

// RUN: mkdir -p %t
// DEFINE: %{type} = f32
// DEFINE: %{run} = sed s/TYPE/%{type}/g %s | act-run - --entry=gates \
// DEFINE:   --input=5x66x%{type}=uniform:-9:9:seed=1 \
// DEFINE:   --input=5x66x%{type}=uniform:-9:9:seed=2
// DEFINE: %{save} = %{run} --no-fuse --output=@%t/0.npy --output=@%t/1.npy \
// DEFINE:   --output=@%t/2.npy --output=@%t/3.npy --output=@%t/4.npy \
// DEFINE:   --output=@%t/5.npy --output=@%t/6.npy --output=@%t/7.npy \
// DEFINE:   --output=@%t/8.npy --output=@%t/9.npy
// DEFINE: %{same} = %{run} --expect=@%t/0.npy --expect=@%t/1.npy \
// DEFINE:   --expect=@%t/2.npy --expect=@%t/3.npy --expect=@%t/4.npy \
// DEFINE:   --expect=@%t/5.npy --expect=@%t/6.npy --expect=@%t/7.npy \
// DEFINE:   --expect=@%t/8.npy --expect=@%t/9.npy --max-ulp=0
// RUN: %{save} && %{same}
// RUN: %{run} --stop-after=fuse | FileCheck %s --check-prefix=GATES
// REDEFINE: %{type} = f64
// RUN: %{save} && %{same}

// GATES-COUNT-8: act.gate
// GATES-COUNT-2: act.glu
//     GATES-NOT: arith.mulf

// DEFINE: %{rows} = act-run %t/rows.mlir --entry=rows \
// DEFINE:   --input=6x50xf32=uniform:-20:20:seed=3 --input=6xi64=randint:0:50
// RUN: sed s/TYPE/f32/g %s > %t/rows.mlir
// RUN: %{rows} --no-fuse --output=@%t/0.npy --output=@%t/1.npy \
// RUN:   --output=@%t/2.npy --output=@%t/3.npy --output=@%t/4.npy \
// RUN:   --output=@%t/5.npy
// RUN: %{rows} --expect=@%t/0.npy --expect=@%t/1.npy --expect=@%t/2.npy \
// RUN:   --expect=@%t/3.npy --expect=@%t/4.npy --expect=@%t/5.npy \
// RUN:   --rtol=2e-6 --atol=1e-7
// RUN: %{rows} --stop-after=fuse | FileCheck %s --check-prefix=ROWS

// ROWS-NOT: {{math|linalg.reduce|arith.divf|act.nll}}
//     ROWS: return

// Each kind, and slices of one tensor.
func.func @gates(%g: tensor<5x66xTYPE>, %u: tensor<5x66xTYPE>)
    -> (tensor<5x66xTYPE>, tensor<5x66xTYPE>, tensor<5x66xTYPE>,
        tensor<5x66xTYPE>, tensor<5x66xTYPE>, tensor<5x66xTYPE>,
        tensor<5x66xTYPE>, tensor<5x66xTYPE>, tensor<5x33xTYPE>,
        tensor<5x33xTYPE>) {
  %limit = arith.constant dense<7.0> : tensor<5x66xTYPE>
  %minus = arith.constant dense<-7.0> : tensor<5x66xTYPE>
  %one = arith.constant dense<1.0> : tensor<5x66xTYPE>
  %a0 = act.sigmoid %g : tensor<5x66xTYPE>
  %y0 = arith.mulf %a0, %u : tensor<5x66xTYPE>
  %a1 = act.relu %g : tensor<5x66xTYPE>
  %y1 = arith.mulf %a1, %u : tensor<5x66xTYPE>
  %a2 = act.gelu %g : tensor<5x66xTYPE>
  %y2 = arith.mulf %u, %a2 : tensor<5x66xTYPE>
  %a3 = act.gelu %g approximate(tanh) : tensor<5x66xTYPE>
  %y3 = arith.mulf %a3, %u : tensor<5x66xTYPE>
  %a4 = act.gelu %g approximate(sigmoid) : tensor<5x66xTYPE>
  %y4 = arith.mulf %a4, %u : tensor<5x66xTYPE>
  %a5 = act.swish %g {beta = 1.5} : tensor<5x66xTYPE>
  %y5 = arith.mulf %a5, %u : tensor<5x66xTYPE>
  %r6 = act.relu %g : tensor<5x66xTYPE>
  %a6 = arith.mulf %r6, %r6 : tensor<5x66xTYPE>
  %y6 = arith.mulf %a6, %u : tensor<5x66xTYPE>
  %h7 = arith.minimumf %g, %limit : tensor<5x66xTYPE>
  %a7 = act.gelu %h7 approximate(sigmoid) : tensor<5x66xTYPE>
  %v7 = arith.minimumf %u, %limit : tensor<5x66xTYPE>
  %w7 = arith.maximumf %v7, %minus : tensor<5x66xTYPE>
  %o7 = arith.addf %w7, %one : tensor<5x66xTYPE>
  %y7 = arith.mulf %a7, %o7 : tensor<5x66xTYPE>
  %g8 = tensor.extract_slice %g[0, 0] [5, 33] [1, 1]
    : tensor<5x66xTYPE> to tensor<5x33xTYPE>
  %u8 = tensor.extract_slice %g[0, 33] [5, 33] [1, 1]
    : tensor<5x66xTYPE> to tensor<5x33xTYPE>
  %a8 = act.silu %g8 : tensor<5x33xTYPE>
  %y8 = arith.mulf %a8, %u8 : tensor<5x33xTYPE>
  %u9 = tensor.extract_slice %u[0, 0] [5, 33] [1, 2]
    : tensor<5x66xTYPE> to tensor<5x33xTYPE>
  %g9 = tensor.extract_slice %u[0, 1] [5, 33] [1, 2]
    : tensor<5x66xTYPE> to tensor<5x33xTYPE>
  %a9 = act.sigmoid %g9 : tensor<5x33xTYPE>
  %y9 = arith.mulf %a9, %u9 : tensor<5x33xTYPE>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9
    : tensor<5x66xTYPE>, tensor<5x66xTYPE>, tensor<5x66xTYPE>,
      tensor<5x66xTYPE>, tensor<5x66xTYPE>, tensor<5x66xTYPE>,
      tensor<5x66xTYPE>, tensor<5x66xTYPE>, tensor<5x33xTYPE>,
      tensor<5x33xTYPE>
}

// Softmax spelled and scaled, its logarithm, losses and their gradients.
func.func @rows(%x: tensor<6x50xf32>, %t: tensor<6xi64>)
    -> (tensor<6x50xf32>, tensor<6x50xf32>, tensor<f32>, tensor<6x50xf32>,
        tensor<6xf32>, tensor<6x50xf32>) {
  %zero = arith.constant dense<0.0> : tensor<6xf32>
  %lowest = arith.constant dense<0xFF800000> : tensor<6xf32>
  %none = arith.constant 0.0 : f32
  %half = arith.constant dense<0.5> : tensor<6x50xf32>
  %cap = arith.constant dense<30.0> : tensor<6x50xf32>
  %empty = tensor.empty() : tensor<6x50xf32>
  %max = linalg.reduce {arith.maximumf} ins(%x : tensor<6x50xf32>)
    outs(%lowest : tensor<6xf32>) dimensions = [1]
  %maxes = linalg.broadcast ins(%max : tensor<6xf32>)
    outs(%empty : tensor<6x50xf32>) dimensions = [1]
  %d = arith.subf %x, %maxes : tensor<6x50xf32>
  %e = math.exp %d : tensor<6x50xf32>
  %sum = linalg.reduce {arith.addf} ins(%e : tensor<6x50xf32>)
    outs(%zero : tensor<6xf32>) dimensions = [1]
  %sums = linalg.broadcast ins(%sum : tensor<6xf32>)
    outs(%empty : tensor<6x50xf32>) dimensions = [1]
  %softmax = arith.divf %e, %sums : tensor<6x50xf32>

  %u = arith.mulf %x, %half : tensor<6x50xf32>
  %v = arith.divf %u, %cap : tensor<6x50xf32>
  %h = act.tanh %v : tensor<6x50xf32>
  %z = arith.mulf %h, %cap : tensor<6x50xf32>
  %capped = act.softmax %z : tensor<6x50xf32>

  %p = act.log_softmax %x : tensor<6x50xf32>
  %loss = act.nll %p, %t : tensor<6x50xf32>, tensor<6xi64> -> tensor<f32>
  %dloss = arith.constant dense<1.5> : tensor<f32>
  %dp = act.nll_backward %dloss, %p, %t
    : tensor<f32>, tensor<6x50xf32>, tensor<6xi64>
  %dx = act.log_softmax_backward %dp, %x : tensor<6x50xf32>

  %q = act.log_softmax %x {temperature = 2.0} : tensor<6x50xf32>
  %picked = linalg.generic {
      indexing_maps = [affine_map<(i, j) -> (i, j)>,
                       affine_map<(i, j) -> (i)>, affine_map<(i, j) -> (i)>],
      iterator_types = ["parallel", "reduction"]}
      ins(%q, %t : tensor<6x50xf32>, tensor<6xi64>)
      outs(%zero : tensor<6xf32>) {
  ^bb0(%logp: f32, %target: i64, %out: f32):
    %i = linalg.index 1 : index
    %class = arith.index_cast %i : index to i64
    %is = arith.cmpi eq, %class, %target : i64
    %one = arith.select %is, %logp, %none : f32
    %next = arith.addf %out, %one : f32
    linalg.yield %next : f32
  } -> tensor<6xf32>
  %hot = arith.negf %picked : tensor<6xf32>

  %soft = act.softmax %u : tensor<6x50xf32>
  %log = math.log %soft : tensor<6x50xf32>
  return %softmax, %capped, %loss, %dx, %hot, %log
    : tensor<6x50xf32>, tensor<6x50xf32>, tensor<f32>, tensor<6x50xf32>,
      tensor<6xf32>, tensor<6x50xf32>
}
