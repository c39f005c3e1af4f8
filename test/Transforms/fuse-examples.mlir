// The examples of docs/Fusion.md, which tools/fusion-docs.py makes of this
// file: lines that begin with //# are its text.

// RUN: act-opt %s --act-fuse | FileCheck %s

//# # Fusion
//#
//# `act-fuse` puts operations together that one kernel computes better: it reads
//# and writes less memory, computes an exponential once where it is used twice,
//# and rounds less. The pass runs first in `act-cpu-pipeline`, unless
//# `fuse=false`; `act-run --stop-after=fuse` shows what it leaves and `--no-fuse`
//# leaves it out. Passes of a host compiler add the patterns by
//# `populateActFusePatterns` or one family of them by the functions beside it.
//#
//# ## What a fusion promises
//#
//# * No intermediate value is used by anything else: it would be computed twice.
//# * Shapes and types are the same, and where a formula repeats an operand it is
//#   one SSA value.
//# * Numbers are those of the operation, or next to them in the type of the
//#   source.
//# * The parts stand in one block. In a loop something would come to run more
//#   often. Parts in different bodies of `linalg.generic` meet in one body after
//#   `act-to-linalg`: the pipeline fuses once more there.
//# * The new operation may drop the rounding of an intermediate value to 16 bits,
//#   be more accurate, and return the limit where the old ones gave NaN, infinity
//#   or 0 by overflow, inf - inf or 0 inf. A NaN never becomes a number nor a
//#   number NaN, unless said below. With `act-fuse=strict=true` nothing is fused
//#   that changes a bit of a result.
//# * Gates in f32 and f64 have the bits of their unfused form. Only `swish` whose
//#   number is 1 or 1.702 becomes more accurate: the gate computes it as `silu` or
//#   quick gelu.
//#
//# A fusion that is made is told by a passed remark. What is nearly one is told
//# by a missed remark with the reason, once nothing is left to fuse:
//#
//# ```
//# $ act-opt mlp.mlir --act-fuse --remarks-filter=act-fuse
//# mlp.mlir:4:8: remark: [Missed] gate | Category:act-fuse | Function=mlp |
//#   Remark="'act.silu' is also used by 'func.return' and would be computed twice"
//# ```
//#
//# Remarks go through MLIR's remark engine: they are silent until
//# `--remarks-filter`, `--remarks-filter-passed` or `--remarks-filter-missed` asks
//# for them, and `--remark-format=yaml` writes them to a file.
//# `--mlir-pass-statistics` counts the fusions of each kind.
//#
//# Elementwise operations need no fusion to share a kernel. `act-to-linalg` puts
//# all that read the same positions into one loop: a broadcast bias, an
//# activation, a conversion, forward and backward of one input.
//#
//# ## Activations
//#
//# Formulas that frontends write in place of an activation: `sigmoid`, `silu`,
//# `swish` with a number, `gelu` with erf or erfc and with tanh, `softplus`.
//# Products may have any order and brackets, quotients by numbers and negations in
//# them, and powers of 2 and 3. Results are those of the activation, where the
//# formula is off by many ulp because a sum rounds or cancels.
//#

// CHECK-LABEL: func.func @activation(
//  CHECK-NEXT: %[[Y:.*]] = act.gelu %arg0
//  CHECK-NEXT: return %[[Y]]
func.func @activation(%x: tensor<4xf32>) -> tensor<4xf32> {
  %half = arith.constant dense<0.5> : tensor<4xf32>
  %one = arith.constant dense<1.0> : tensor<4xf32>
  %root = arith.constant dense<0.707106769> : tensor<4xf32>
  %s = arith.mulf %x, %root : tensor<4xf32>
  %e = math.erf %s : tensor<4xf32>
  %p = arith.addf %e, %one : tensor<4xf32>
  %h = arith.mulf %x, %p : tensor<4xf32>
  %y = arith.mulf %h, %half : tensor<4xf32>
  return %y : tensor<4xf32>
}

//#
//# ## Gates
//#
//# An activation and a product are a gate, in either order. The activation is
//# `sigmoid`, `relu` (or its square), `gelu` in its three forms, `silu`, or `swish`
//# with a number.
//#

// CHECK-LABEL: @gate
// CHECK: act.gate swiglu
func.func @gate(%g: tensor<?x8xf32>, %u: tensor<?x8xf32>) -> tensor<?x8xf32> {
  %a = act.silu %g : tensor<?x8xf32>
  %y = arith.mulf %u, %a : tensor<?x8xf32>
  return %y : tensor<?x8xf32>
}
//#
//# Clamps with one limit around it make `swiglu_oai`.
//#

// CHECK-LABEL: @clamped
// CHECK: act.gate swiglu_oai
func.func @clamped(%g: tensor<4xf32>, %u: tensor<4xf32>) -> tensor<4xf32> {
  %limit = arith.constant dense<7.0> : tensor<4xf32>
  %minus = arith.constant dense<-7.0> : tensor<4xf32>
  %one = arith.constant dense<1.0> : tensor<4xf32>
  %h = arith.minimumf %g, %limit : tensor<4xf32>
  %a = act.swish %h {beta = 1.702} : tensor<4xf32>
  %v = arith.minimumf %u, %limit : tensor<4xf32>
  %w = arith.maximumf %v, %minus : tensor<4xf32>
  %o = arith.addf %w, %one : tensor<4xf32>
  %y = arith.mulf %a, %o : tensor<4xf32>
  return %y : tensor<4xf32>
}
//#
//# The gradients become one operation, which computes the exponential in the
//# activation and in its derivative once. A gradient that reads the saved output
//# becomes one that reads the input.
//#

// CHECK-LABEL: @gradient
// CHECK: act.gate_backward swiglu
func.func @gradient(%dy: tensor<?x8xf32>, %g: tensor<?x8xf32>,
                    %u: tensor<?x8xf32>) -> (tensor<?x8xf32>, tensor<?x8xf32>) {
  %da = arith.mulf %dy, %u : tensor<?x8xf32>
  %dg = act.silu_backward %da, %g : tensor<?x8xf32>
  %a = act.silu %g : tensor<?x8xf32>
  %du = arith.mulf %dy, %a : tensor<?x8xf32>
  return %dg, %du : tensor<?x8xf32>, tensor<?x8xf32>
}
//#
//# A gate of two slices of one tensor, its halves or its even and odd elements
//# along one dimension of static size, is a packed gate.
//#

// CHECK-LABEL: @packed
// CHECK: act.glu swiglu {{.*}} layout(interleaved) gate(first)
func.func @packed(%x: tensor<4x16xf32>) -> tensor<4x8xf32> {
  %g = tensor.extract_slice %x[0, 0] [4, 8] [1, 2]
    : tensor<4x16xf32> to tensor<4x8xf32>
  %u = tensor.extract_slice %x[0, 1] [4, 8] [1, 2]
    : tensor<4x16xf32> to tensor<4x8xf32>
  %a = act.silu %g : tensor<4x8xf32>
  %y = arith.mulf %a, %u : tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}
//#
//# ## Softmax
//#
//# The logarithm of softmax and the exponential of its logarithm.
//#

// CHECK-LABEL: @log
// CHECK: act.log_softmax
func.func @log(%x: tensor<?x8xf32>) -> tensor<?x8xf32> {
  %p = act.softmax %x : tensor<?x8xf32>
  %y = math.log %p : tensor<?x8xf32>
  return %y : tensor<?x8xf32>
}
//#
//# `linalg.softmax`, and softmax that is spelled: e^(x - max) / sum, or times
//# 1 / sum, and x - max - log sum for its logarithm, spread over linalg and
//# elementwise operations in any way. The sum begins with 0; the maximum with
//# -inf or the lowest number, or with NaN if it is `maxnumf`. Without a maximum
//# `math.exp` must have `ninf`. x - logsumexp(x) is no log_softmax: it differs in
//# rows with an infinity.
//#

// CHECK-LABEL: @spelled
// CHECK: act.softmax
func.func @spelled(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %zero = arith.constant dense<0.0> : tensor<4xf32>
  %lowest = arith.constant dense<0xFF800000> : tensor<4xf32>
  %empty = tensor.empty() : tensor<4x8xf32>
  %max = linalg.reduce {arith.maximumf} ins(%x : tensor<4x8xf32>)
    outs(%lowest : tensor<4xf32>) dimensions = [1]
  %maxes = linalg.broadcast ins(%max : tensor<4xf32>)
    outs(%empty : tensor<4x8xf32>) dimensions = [1]
  %d = arith.subf %x, %maxes : tensor<4x8xf32>
  %e = math.exp %d : tensor<4x8xf32>
  %sum = linalg.reduce {arith.addf} ins(%e : tensor<4x8xf32>)
    outs(%zero : tensor<4xf32>) dimensions = [1]
  %sums = linalg.broadcast ins(%sum : tensor<4xf32>)
    outs(%empty : tensor<4x8xf32>) dimensions = [1]
  %y = arith.divf %e, %sums : tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}
//#
//# A mask that puts exactly -inf; no large negative number is read as that. Masked
//# elements of a row with NaN become 0.
//#

// CHECK-LABEL: @mask
// CHECK: act.softmax {{.*}} mask(
func.func @mask(%x: tensor<4x8xf32>, %m: tensor<4x8xi1>) -> tensor<4x8xf32> {
  %inf = arith.constant dense<0xFF800000> : tensor<4x8xf32>
  %z = arith.select %m, %x, %inf : tensor<4x8xi1>, tensor<4x8xf32>
  %y = act.softmax %z : tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}
//#
//# A scale and a soft cap c tanh(u/c) become attributes of `softmax`,
//# `log_softmax` and `cross_entropy`. The numbers are greater than 0; in f64 a
//# factor must have an exact reciprocal. A scale after the soft cap stays.
//#

// CHECK-LABEL: @scale
// CHECK: act.softmax {{.*}} {softcap = 30.0, temperature = 2.0}
func.func @scale(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %half = arith.constant dense<0.5> : tensor<4x8xf32>
  %cap = arith.constant dense<30.0> : tensor<4x8xf32>
  %u = arith.mulf %x, %half : tensor<4x8xf32>
  %v = arith.divf %u, %cap : tensor<4x8xf32>
  %t = act.tanh %v : tensor<4x8xf32>
  %z = arith.mulf %t, %cap : tensor<4x8xf32>
  %y = act.softmax %z : tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}
//#
//# ## Losses
//#
//# nll of log_softmax is cross entropy, where both run along one dimension, with
//# weights, ignored index and reduction carried over; a mask or an `empty_row`
//# other than NaN has no place in it. So are the gradients. Rows that are ignored
//# have gradient 0 then, even if their logits are NaN.
//#

// CHECK-LABEL: @nll
// CHECK: act.cross_entropy
func.func @nll(%x: tensor<?x8xf32>, %t: tensor<?xi64>) -> tensor<f32> {
  %p = act.log_softmax %x : tensor<?x8xf32>
  %loss = act.nll %p, %t {ignore_index = 3}
    : tensor<?x8xf32>, tensor<?xi64> -> tensor<f32>
  return %loss : tensor<f32>
}
//#
//# One-hot targets, as a comparison of the class with the target, times
//# log_softmax or selecting from it. A target that is no class becomes a value
//# check.
//#

// CHECK-LABEL: @one_hot
// CHECK: act.cross_entropy {{.*}} reduction(none)
func.func @one_hot(%x: tensor<4x8xf32>, %t: tensor<4xi64>) -> tensor<4xf32> {
  %zero = arith.constant dense<0.0> : tensor<4xf32>
  %none = arith.constant 0.0 : f32
  %p = act.log_softmax %x : tensor<4x8xf32>
  %sum = linalg.generic {
      indexing_maps = [affine_map<(i, j) -> (i, j)>,
                       affine_map<(i, j) -> (i)>, affine_map<(i, j) -> (i)>],
      iterator_types = ["parallel", "reduction"]}
      ins(%p, %t : tensor<4x8xf32>, tensor<4xi64>)
      outs(%zero : tensor<4xf32>) {
  ^bb0(%logp: f32, %target: i64, %out: f32):
    %i = linalg.index 1 : index
    %class = arith.index_cast %i : index to i64
    %is = arith.cmpi eq, %class, %target : i64
    %picked = arith.select %is, %logp, %none : f32
    %next = arith.addf %out, %picked : f32
    linalg.yield %next : f32
  } -> tensor<4xf32>
  %loss = arith.negf %sum : tensor<4xf32>
  return %loss : tensor<4xf32>
}
//#
//# Cross entropy and its gradient with the same operands and options are computed
//# at once, which reads the logits and computes the exponentials once. All of this
//# together turns a head that was written step by step into one kernel:
//#

// CHECK-LABEL: @head
// CHECK: act.cross_entropy_with_grad
func.func @head(%x: tensor<?x8xf32>, %t: tensor<?xi64>, %d: tensor<f32>)
    -> (tensor<f32>, tensor<?x8xf32>) {
  %p = act.softmax %x : tensor<?x8xf32>
  %q = math.log %p : tensor<?x8xf32>
  %loss = act.nll %q, %t : tensor<?x8xf32>, tensor<?xi64> -> tensor<f32>
  %l = act.log_softmax %x : tensor<?x8xf32>
  %dl = act.nll_backward %d, %l, %t
    : tensor<f32>, tensor<?x8xf32>, tensor<?xi64>
  %dx = act.log_softmax_backward %dl, %x : tensor<?x8xf32>
  return %loss, %dx : tensor<f32>, tensor<?x8xf32>
}
//#
//# ## Products of matrices
//#
//# Of two products that are added, in f32 or f64, the later one that starts from 0
//# adds to the other. So the gradient of an operand of several products takes no
//# kernel beside them. The terms are then added one by one to the other product,
//# not first to each other.
//#

// CHECK-LABEL: @product_sum
// CHECK: %[[FIRST:.*]] = linalg.matmul
// CHECK: linalg.matmul {{.*}} outs(%[[FIRST]] : tensor<?x4xf32>)
func.func @product_sum(%a: tensor<?x8xf32>, %b: tensor<8x4xf32>,
    %c: tensor<?x8xf32>, %d: tensor<8x4xf32>) -> tensor<?x4xf32> {
  %i = arith.constant 0 : index
  %zero = arith.constant 0.0 : f32
  %n = tensor.dim %a, %i : tensor<?x8xf32>
  %empty = tensor.empty(%n) : tensor<?x4xf32>
  %start = linalg.fill ins(%zero : f32) outs(%empty : tensor<?x4xf32>)
    -> tensor<?x4xf32>
  %ab = linalg.matmul ins(%a, %b : tensor<?x8xf32>, tensor<8x4xf32>)
    outs(%start : tensor<?x4xf32>) -> tensor<?x4xf32>
  %cd = linalg.matmul ins(%c, %d : tensor<?x8xf32>, tensor<8x4xf32>)
    outs(%start : tensor<?x4xf32>) -> tensor<?x4xf32>
  %sum = arith.addf %ab, %cd : tensor<?x4xf32>
  return %sum : tensor<?x4xf32>
}
