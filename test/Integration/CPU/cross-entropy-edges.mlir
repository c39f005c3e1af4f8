// What losses make of targets that do not count, of weights that are 0, and of
// logits that are infinite or NaN, on the CPU and in kernels.

// DEFINE: %{entry} = hard
// DEFINE: %{x} =
// DEFINE: %{target} =
// DEFINE: %{more} =
// DEFINE: %{run} = act-run %s --entry=%{entry} "--input=%{x}" \
// DEFINE:   "--input=%{target}" %{more}
// DEFINE: %{three} = %{run} --output=- --output=- --output=-
// DEFINE: %{four} = %{three} --output=-
// DEFINE: %{six} = %{four} --output=- --output=-
// DEFINE: %{all} = %{six} --output=-

// Of a row that is ignored nothing shows. A logit -inf is a class that is not
// chosen: as the target it costs all that there is.

// REDEFINE: %{x} = 4x3xf32=[[1,2,3],[nan,5,inf],[1,2,-inf],[1,2,-inf]]
// REDEFINE: %{target} = 4xi64=[0,-100,1,2]
// REDEFINE: %{more} = --input=4xf32=[1,1,1,2]
// RUN: %{all} | FileCheck %s --check-prefix=KEPT
// RUN: %{all} --device=simt | FileCheck %s --check-prefix=KEPT
// KEPT: [2.407606, 0, 0.313261{{.*}}, inf]
// KEPT: {{\[\[}}-0.909969{{.*}}, 0.244728{{.*}}, 0.665240{{.*}}]
// KEPT-NEXT: {{\[}} 0, 0, 0]
// KEPT-NEXT: {{\[}} 0.268941{{.*}}, -0.268941{{.*}}, 0]
// KEPT-NEXT: {{\[}} 0.537882{{.*}}, 1.462117{{.*}}, -2]
// KEPT: [3.407606, 0, 2.3132617, 2.3132617]
// KEPT: [-2.407606, 0, -0.313261{{.*}}, -inf]
// KEPT: [0.832395{{.*}}, 0, 0.582203{{.*}}, 0.582203{{.*}}]
// KEPT: [2, -1, 1, 1]
// KEPT: [3, 1]

// A row that is kept shows its NaN, and is NaN where no probabilities are. The
// first NaN is the greatest logit.

// REDEFINE: %{x} = 5x3xf32=[[1,2,nan],[inf,nan,nan],[1,inf,inf],[-inf,-inf,-inf],[-inf,-inf,0]]
// REDEFINE: %{target} = 5xi64=[0,1,1,0,2]
// REDEFINE: %{more} = --input=5xf32=[1,1,1,1,1]
// RUN: %{all} | FileCheck %s --check-prefix=NAN
// RUN: %{all} --device=simt | FileCheck %s --check-prefix=NAN
// NAN: [nan, nan, nan, nan, 0]
// NAN: {{\[\[}}nan, nan, nan],
// NAN-NEXT: {{\[}}nan, nan, nan],
// NAN-NEXT: {{\[}}nan, nan, nan],
// NAN-NEXT: {{\[}}nan, nan, nan],
// NAN-NEXT: {{\[}} 0, 0, 0]]
// NAN: [nan, nan, inf, -inf, 0]
// NAN: [nan, nan, nan, nan, -0]
// NAN: [nan, nan, nan, nan, 0]
// NAN: [2, 1, 1, 0, 2]
// NAN: [5, 4]

// A target that is no class makes its row NaN, but not what its logits are, and
// has the weight of the row.

// REDEFINE: %{x} = 4x3xf32=[[1,2,3],[0,5,0],[1,2,4],[1,2,3]]
// REDEFINE: %{target} = 4xi64=[3,1,-1,-9223372036854775808]
// REDEFINE: %{more} = --input=4xf32=[1,1,1,1] --value-checks=nan
// RUN: %{all} | FileCheck %s --check-prefix=OUTSIDE
// RUN: %{all} --device=simt | FileCheck %s --check-prefix=OUTSIDE
// OUTSIDE: [nan, 0.01338{{.*}}, nan, nan]
// OUTSIDE: {{\[\[}} nan, nan, nan],
// OUTSIDE-NEXT: {{\[}} 0.0066{{.*}}, -0.0132{{.*}}, 0.0066{{.*}}],
// OUTSIDE-NEXT: {{\[}} nan, nan, nan],
// OUTSIDE-NEXT: {{\[}} nan, nan, nan]]
// OUTSIDE: [3.407606, 5.0133{{.*}}, 4.1698{{.*}}, 3.407606]
// OUTSIDE: [nan, -0.0133{{.*}}, nan, nan]
// OUTSIDE: [0.832395{{.*}}, 0.079869{{.*}}, 0.524266{{.*}}, 0.832395{{.*}}]
// OUTSIDE: [2, 1, 2, 2]
// OUTSIDE: [4, 1]

// REDEFINE: %{entry} = nll
// REDEFINE: %{x} = 2x3xf32=[[-1,-2,-3],[-1,-2,-3]]
// REDEFINE: %{target} = 2xi32=[1,3]
// REDEFINE: %{more} = --value-checks=nan
// RUN: %{run} --output=- --output=- | FileCheck %s --check-prefix=NLL
// RUN: %{run} --output=- --output=- --device=simt | FileCheck %s --check-prefix=NLL
// NLL: [2, nan]
// NLL: {{\[\[}} 0, -1, 0],
// NLL-NEXT: {{\[}}nan, nan, nan]]

// A class that is ignored stays in the softmax.

// REDEFINE: %{entry} = class
// REDEFINE: %{x} = 2x3xf32=[[0,0,0],[0,0,0]]
// REDEFINE: %{target} = 2xi64=[1,2]
// REDEFINE: %{more} = --input=2xf32=[1,1]
// RUN: %{run} --output=- --output=- | FileCheck %s --check-prefix=CLASS
// RUN: %{run} --output=- --output=- --device=simt | FileCheck %s --check-prefix=CLASS
// CLASS: [0, 1.0986123]
// CLASS: {{\[\[}} 0, 0, 0],
// CLASS-NEXT: {{\[}}0.33333334, 0.33333334, -0.666666{{.*}}]]

// What has no weight is 0, whatever it stands at: a class, a row, or all rows.

// REDEFINE: %{entry} = weighted
// REDEFINE: %{x} = 3x3xf32=[[nan,1,2],[0,-inf,0],[nan,inf,0]]
// REDEFINE: %{target} = 3xi64=[0,0,2]
// REDEFINE: %{more} = --input=3xf32=[0,1,1] --input=3xf32=[1,1,0]
// RUN: %{all} | FileCheck %s --check-prefix=WEIGHTLESS
// RUN: %{all} --device=simt | FileCheck %s --check-prefix=WEIGHTLESS
// WEIGHTLESS: res0: f32
// WEIGHTLESS-NEXT: nan
// WEIGHTLESS: res1: f32
// WEIGHTLESS-NEXT: 0
// WEIGHTLESS: res2: f32
// WEIGHTLESS-NEXT: 0
// WEIGHTLESS: [0, 0, 0]
// WEIGHTLESS: {{\[\[}}0, 0, 0],
// WEIGHTLESS-NEXT: {{\[}}0, 0, 0],
// WEIGHTLESS-NEXT: {{\[}}0, 0, 0]]
// WEIGHTLESS: {{\[\[}}0, 0, 0],
// WEIGHTLESS-NEXT: {{\[}}0, 0, 0],
// WEIGHTLESS-NEXT: {{\[}}0, 0, 0]]
// WEIGHTLESS: [nan, 0.6931472, 0]

// A target that is no class counts in a mean by its token weight.

// REDEFINE: %{x} = 2x3xf32=[[0,0,0],[0,0,0]]
// REDEFINE: %{target} = 2xi64=[3,1]
// REDEFINE: %{more} = --input=3xf32=[1,3,1] --input=2xf32=[2,1] --value-checks=nan
// RUN: %{all} | FileCheck %s --check-prefix=MEAN
// RUN: %{all} --device=simt | FileCheck %s --check-prefix=MEAN
// MEAN: {{\[\[}} nan, nan, nan],
// MEAN-NEXT: {{\[}} 0.2, -0.4, 0.2]]

// All is ignored; and there is nothing.

// REDEFINE: %{x} = 3x3xf32=[[nan,1,2],[0,-inf,0],[nan,inf,0]]

// REDEFINE: %{target} = 3xi64=[-100,-100,-100]
// REDEFINE: %{more} = --input=3xf32=[1,1,1] --input=3xf32=[1,1,1]
// RUN: %{all} | FileCheck %s --check-prefix=IGNORED
// RUN: %{all} --device=simt | FileCheck %s --check-prefix=IGNORED
// IGNORED: res0: f32
// IGNORED-NEXT: nan
// IGNORED: res1: f32
// IGNORED-NEXT: 0
// IGNORED: res2: f32
// IGNORED-NEXT: 0
// IGNORED: [0, 0, 0]
// IGNORED: {{\[\[}}0, 0, 0],
// IGNORED-NEXT: {{\[}}0, 0, 0],
// IGNORED-NEXT: {{\[}}0, 0, 0]]
// IGNORED: {{\[\[}}0, 0, 0],
// IGNORED-NEXT: {{\[}}0, 0, 0],
// IGNORED-NEXT: {{\[}}0, 0, 0]]
// IGNORED: [0, 0, 0]

// REDEFINE: %{x} = 0x3xf32=ones
// REDEFINE: %{target} = 0xi64=zeros
// REDEFINE: %{more} = --input=3xf32=[1,1,1] --input=0xf32=ones
// RUN: %{three} | FileCheck %s --check-prefix=NOTHING
// RUN: %{three} --device=simt | FileCheck %s --check-prefix=NOTHING
// NOTHING: res0: f32
// NOTHING-NEXT: nan
// NOTHING: res1: f32
// NOTHING-NEXT: 0
// NOTHING: res2: f32
// NOTHING-NEXT: 0

// Smoothing gives a share to a class of logit -inf, or leaves it out.

// REDEFINE: %{entry} = smooth
// REDEFINE: %{x} = 3x3xf32=[[0,0,-inf],[0,-inf,-inf],[-inf,0,0]]
// REDEFINE: %{target} = 3xi64=[0,0,0]
// REDEFINE: %{more} = --input=3xf32=[1,1,1]
// RUN: %{four} | FileCheck %s --check-prefix=SMOOTH
// RUN: %{four} --device=simt | FileCheck %s --check-prefix=SMOOTH
// SMOOTH: [inf, inf, inf]
// SMOOTH: [0.6931472, 0, inf]
// SMOOTH: {{\[\[}}-0.25, 0.25, 0],
// SMOOTH-NEXT: {{\[}} 0, 0, 0],
// SMOOTH-NEXT: {{\[}} -0.5, 0.25, 0.25]]
// SMOOTH: [0.6931472, 0, inf]

// A soft target that is 0 at a logit -inf does not see it. Token weight 0
// ignores a row.

// REDEFINE: %{entry} = soft
// REDEFINE: %{x} = 4x3xf32=[[0,0,-inf],[0,-inf,0],[nan,inf,0],[nan,0,0]]
// REDEFINE: %{target} = 4x3xf32=[[1,1,0],[1,1,0],[1,1,nan],[0,0,0]]
// REDEFINE: %{more} = --input=4xf32=[1,1,0,1]
// RUN: %{three} | FileCheck %s --check-prefix=SOFT
// RUN: %{three} --device=simt | FileCheck %s --check-prefix=SOFT
// SOFT: [1.3862944, inf, 0, 0]
// SOFT: {{\[\[}} 0, 0, 0],
// SOFT-NEXT: {{\[}} 0, -1, 1],
// SOFT-NEXT: {{\[}} 0, 0, 0],
// SOFT-NEXT: {{\[}} 0, 0, 0]]
// SOFT: {{\[\[}}0.6931472, 0.6931472, inf],
// SOFT-NEXT: {{\[}}0.6931472, inf, 0.6931472],
// SOFT-NEXT: {{\[}} 0, 0, 0],
// SOFT-NEXT: {{\[}} nan, nan, nan]]

// With a soft cap infinite logits are numbers like others, and no row is without
// probabilities; a NaN stays.

// REDEFINE: %{entry} = capped
// REDEFINE: %{x} = 5x3xf32=[[inf,0,-inf],[inf,0,-inf],[-inf,-inf,-inf],[nan,0,0],[0,inf,inf]]
// REDEFINE: %{target} = 5xi64=[0,2,1,1,0]
// REDEFINE: %{more} = --input=5xf32=[1,1,1,1,1]
// RUN: %{four} | FileCheck %s --check-prefix=CAPPED
// RUN: %{four} --device=simt | FileCheck %s --check-prefix=CAPPED
// CAPPED: [0.142931{{.*}}, 4.142931{{.*}}, 1.0986123, nan, 2.758623{{.*}}]
// CAPPED: {{\[\[}} -0, 0.117310{{.*}}, 0],
// CAPPED-NEXT: {{\[}} 0, 0.117310{{.*}}, -0],
// CAPPED-NEXT: {{\[}} 0, -0, 0],
// CAPPED-NEXT: {{\[}} nan, nan, nan],
// CAPPED-NEXT: {{\[}}-0.936621{{.*}}, 0, 0]]
// CAPPED: [2.142931{{.*}}, 2.142931{{.*}}, -0.901387{{.*}}, nan, 2.758623{{.*}}]
// CAPPED: [1.142931{{.*}}, 3.142931{{.*}}, 1.0986123, nan, 2.091957{{.*}}]

// nll of which nothing counts: the rows are ignored, or their classes or they
// themselves have no weight; and there is no row.

// REDEFINE: %{entry} = weighted_nll
// REDEFINE: %{x} = 2x3xf32=[[nan,-inf,inf],[0,nan,0]]
// REDEFINE: %{target} = 2xi64=[-100,-100]
// REDEFINE: %{more} = --input=3xf32=[1,1,1] --input=2xf32=[1,1]
// RUN: %{six} | FileCheck %s --check-prefix=NO-NLL
// RUN: %{six} --device=simt | FileCheck %s --check-prefix=NO-NLL
// REDEFINE: %{x} = 2x3xf32=[[-inf,0,0],[nan,0,0]]
// REDEFINE: %{target} = 2xi64=[0,0]
// REDEFINE: %{more} = --input=3xf32=[0,1,1] --input=2xf32=[1,1]
// RUN: %{six} | FileCheck %s --check-prefix=NO-NLL
// RUN: %{six} --device=simt | FileCheck %s --check-prefix=NO-NLL
// REDEFINE: %{x} = 2x3xf32=[[0,-inf,0],[0,0,nan]]
// REDEFINE: %{target} = 2xi64=[1,2]
// REDEFINE: %{more} = --input=3xf32=[1,1,1] --input=2xf32=[0,0]
// RUN: %{six} | FileCheck %s --check-prefix=NO-NLL
// RUN: %{six} --device=simt | FileCheck %s --check-prefix=NO-NLL
// NO-NLL: res0: f32
// NO-NLL-NEXT: nan
// NO-NLL: res1: f32
// NO-NLL-NEXT: 0
// NO-NLL: res2: f32
// NO-NLL-NEXT: 0
// NO-NLL: [0, 0]
// NO-NLL: {{\[\[}}0, 0, 0],
// NO-NLL-NEXT: {{\[}}0, 0, 0]]
// NO-NLL: {{\[\[}}{{ *-?}}0, 0, 0],
// NO-NLL-NEXT: {{\[}}{{ *-?}}0, 0, 0]]

// REDEFINE: %{x} = 0x3xf32=ones
// REDEFINE: %{target} = 0xi64=zeros
// REDEFINE: %{more} = --input=3xf32=[1,1,1] --input=0xf32=ones
// RUN: %{three} | FileCheck %s --check-prefix=NOTHING
// RUN: %{three} --device=simt | FileCheck %s --check-prefix=NOTHING

// Nor do rows of soft targets without weight count, whatever they hold.

// REDEFINE: %{entry} = soft_mean
// REDEFINE: %{x} = 2x3xf32=[[nan,-inf,inf],[0,0,0]]
// REDEFINE: %{target} = 2x3xf32=[[nan,1,1],[1,1,1]]
// REDEFINE: %{more} = --input=2xf32=[0,0]
// RUN: %{six} | FileCheck %s --check-prefix=NO-SOFT
// RUN: %{six} --device=simt | FileCheck %s --check-prefix=NO-SOFT
// NO-SOFT: res0: f32
// NO-SOFT-NEXT: nan
// NO-SOFT: res1: f32
// NO-SOFT-NEXT: 0
// NO-SOFT: res2: f32
// NO-SOFT-NEXT: 0
// NO-SOFT: [0, 0]
// NO-SOFT: {{\[\[}}0, 0, 0],
// NO-SOFT-NEXT: {{\[}}0, 0, 0]]
// NO-SOFT: {{\[\[}}0, 0, 0],
// NO-SOFT-NEXT: {{\[}}0, 0, 0]]

// REDEFINE: %{x} = 0x3xf32=ones
// REDEFINE: %{target} = 0x3xf32=ones
// REDEFINE: %{more} = --input=0xf32=ones
// RUN: %{three} | FileCheck %s --check-prefix=NOTHING
// RUN: %{three} --device=simt | FileCheck %s --check-prefix=NOTHING

func.func @hard(%x: tensor<?x3xf32>, %target: tensor<?xi64>,
                %dloss: tensor<?xf32>)
    -> (tensor<?xf32>, tensor<?x3xf32>, tensor<?xf32>, tensor<?xf32>,
        tensor<?xf32>, tensor<?xi64>, tensor<2xi64>) {
  %0:7 = act.cross_entropy_with_grad %x, %target, %dloss reduction(none)
    extra(lse, log_prob, entropy, argmax, counts)
    : tensor<?x3xf32>, tensor<?xi64>
    -> tensor<?xf32>, tensor<?x3xf32>, tensor<?xf32>, tensor<?xf32>,
       tensor<?xf32>, tensor<?xi64>, tensor<2xi64>
  return %0#0, %0#1, %0#2, %0#3, %0#4, %0#5, %0#6
    : tensor<?xf32>, tensor<?x3xf32>, tensor<?xf32>, tensor<?xf32>,
      tensor<?xf32>, tensor<?xi64>, tensor<2xi64>
}

func.func @nll(%x: tensor<?x3xf32>, %target: tensor<?xi32>)
    -> (tensor<?xf32>, tensor<?x3xf32>) {
  %dloss = arith.constant dense<1.0> : tensor<f32>
  %0 = act.nll %x, %target reduction(none)
    : tensor<?x3xf32>, tensor<?xi32> -> tensor<?xf32>
  %1 = act.nll_backward %dloss, %x, %target reduction(sum)
    : tensor<f32>, tensor<?x3xf32>, tensor<?xi32>
  return %0, %1 : tensor<?xf32>, tensor<?x3xf32>
}

func.func @class(%x: tensor<?x3xf32>, %target: tensor<?xi64>,
                 %dloss: tensor<?xf32>) -> (tensor<?xf32>, tensor<?x3xf32>) {
  %0, %1 = act.cross_entropy_with_grad %x, %target, %dloss reduction(none)
    {ignore_index = 1}
    : tensor<?x3xf32>, tensor<?xi64> -> tensor<?xf32>, tensor<?x3xf32>
  return %0, %1 : tensor<?xf32>, tensor<?x3xf32>
}

func.func @weighted(%x: tensor<?x3xf32>, %target: tensor<?xi64>,
                    %w: tensor<3xf32>, %a: tensor<?xf32>)
    -> (tensor<f32>, tensor<f32>, tensor<f32>, tensor<?xf32>,
        tensor<?x3xf32>, tensor<?x3xf32>, tensor<?xf32>) {
  %dloss = arith.constant dense<1.0> : tensor<f32>
  %0, %dx, %lse = act.cross_entropy_with_grad %x, %target, %dloss
    class_weight(%w : tensor<3xf32>) token_weight(%a : tensor<?xf32>) extra(lse)
    : tensor<?x3xf32>, tensor<?xi64>
    -> tensor<f32>, tensor<?x3xf32>, tensor<?xf32>
  %1 = act.cross_entropy %x, %target class_weight(%w : tensor<3xf32>)
    token_weight(%a : tensor<?xf32>) empty_mean(zero)
    : tensor<?x3xf32>, tensor<?xi64> -> tensor<f32>
  %2, %dx_sum = act.cross_entropy_with_grad %x, %target, %dloss
    class_weight(%w : tensor<3xf32>) token_weight(%a : tensor<?xf32>)
    reduction(sum)
    : tensor<?x3xf32>, tensor<?xi64> -> tensor<f32>, tensor<?x3xf32>
  %3 = act.cross_entropy %x, %target class_weight(%w : tensor<3xf32>)
    token_weight(%a : tensor<?xf32>) reduction(none)
    : tensor<?x3xf32>, tensor<?xi64> -> tensor<?xf32>
  return %0, %1, %2, %3, %dx, %dx_sum, %lse
    : tensor<f32>, tensor<f32>, tensor<f32>, tensor<?xf32>, tensor<?x3xf32>,
      tensor<?x3xf32>, tensor<?xf32>
}

func.func @smooth(%x: tensor<?x3xf32>, %target: tensor<?xi64>,
                  %dloss: tensor<?xf32>)
    -> (tensor<?xf32>, tensor<?xf32>, tensor<?x3xf32>, tensor<?xf32>) {
  %0 = act.cross_entropy %x, %target reduction(none) {label_smoothing = 0.5}
    : tensor<?x3xf32>, tensor<?xi64> -> tensor<?xf32>
  %1, %2 = act.cross_entropy_with_grad %x, %target, %dloss smooth_over(finite)
    reduction(none) {label_smoothing = 0.5}
    : tensor<?x3xf32>, tensor<?xi64> -> tensor<?xf32>, tensor<?x3xf32>
  %3 = act.cross_entropy %x, %target smooth_over(finite) smoothing(megatron)
    reduction(none) {label_smoothing = 0.25}
    : tensor<?x3xf32>, tensor<?xi64> -> tensor<?xf32>
  return %0, %1, %2, %3
    : tensor<?xf32>, tensor<?xf32>, tensor<?x3xf32>, tensor<?xf32>
}

func.func @soft(%x: tensor<?x3xf32>, %q: tensor<?x3xf32>, %a: tensor<?xf32>)
    -> (tensor<?xf32>, tensor<?x3xf32>, tensor<?x3xf32>) {
  %dloss = arith.constant dense<1.0> : tensor<f32>
  %0 = act.cross_entropy %x, %q token_weight(%a : tensor<?xf32>) reduction(none)
    : tensor<?x3xf32>, tensor<?x3xf32> -> tensor<?xf32>
  %1, %2 = act.cross_entropy_backward %dloss, %x, %q
    token_weight(%a : tensor<?xf32>) reduction(sum)
    : tensor<f32>, tensor<?x3xf32>, tensor<?x3xf32>
    -> tensor<?x3xf32>, tensor<?x3xf32>
  return %0, %1, %2 : tensor<?xf32>, tensor<?x3xf32>, tensor<?x3xf32>
}

func.func @capped(%x: tensor<?x3xf32>, %target: tensor<?xi64>,
                  %dloss: tensor<?xf32>)
    -> (tensor<?xf32>, tensor<?x3xf32>, tensor<?xf32>, tensor<?xf32>) {
  %0, %1, %2 = act.cross_entropy_with_grad %x, %target, %dloss reduction(none)
    extra(lse) {softcap = 2.0} : tensor<?x3xf32>, tensor<?xi64>
    -> tensor<?xf32>, tensor<?x3xf32>, tensor<?xf32>
  %3 = act.cross_entropy %x, %target smooth_over(finite) reduction(none)
    {softcap = 2.0, label_smoothing = 0.5}
    : tensor<?x3xf32>, tensor<?xi64> -> tensor<?xf32>
  return %0, %1, %2, %3
    : tensor<?xf32>, tensor<?x3xf32>, tensor<?xf32>, tensor<?xf32>
}

func.func @weighted_nll(%x: tensor<?x3xf32>, %target: tensor<?xi64>,
                        %w: tensor<3xf32>, %a: tensor<?xf32>)
    -> (tensor<f32>, tensor<f32>, tensor<f32>, tensor<?xf32>,
        tensor<?x3xf32>, tensor<?x3xf32>) {
  %dloss = arith.constant dense<1.0> : tensor<f32>
  %0 = act.nll %x, %target class_weight(%w : tensor<3xf32>)
    token_weight(%a : tensor<?xf32>)
    : tensor<?x3xf32>, tensor<?xi64> -> tensor<f32>
  %1 = act.nll %x, %target class_weight(%w : tensor<3xf32>)
    token_weight(%a : tensor<?xf32>) empty_mean(zero)
    : tensor<?x3xf32>, tensor<?xi64> -> tensor<f32>
  %2 = act.nll %x, %target class_weight(%w : tensor<3xf32>)
    token_weight(%a : tensor<?xf32>) reduction(sum)
    : tensor<?x3xf32>, tensor<?xi64> -> tensor<f32>
  %3 = act.nll %x, %target class_weight(%w : tensor<3xf32>)
    token_weight(%a : tensor<?xf32>) reduction(none)
    : tensor<?x3xf32>, tensor<?xi64> -> tensor<?xf32>
  %4 = act.nll_backward %dloss, %x, %target class_weight(%w : tensor<3xf32>)
    token_weight(%a : tensor<?xf32>)
    : tensor<f32>, tensor<?x3xf32>, tensor<?xi64>
  %5 = act.nll_backward %dloss, %x, %target class_weight(%w : tensor<3xf32>)
    token_weight(%a : tensor<?xf32>) reduction(sum)
    : tensor<f32>, tensor<?x3xf32>, tensor<?xi64>
  return %0, %1, %2, %3, %4, %5
    : tensor<f32>, tensor<f32>, tensor<f32>, tensor<?xf32>, tensor<?x3xf32>,
      tensor<?x3xf32>
}

func.func @soft_mean(%x: tensor<?x3xf32>, %q: tensor<?x3xf32>,
                     %a: tensor<?xf32>)
    -> (tensor<f32>, tensor<f32>, tensor<f32>, tensor<?xf32>,
        tensor<?x3xf32>, tensor<?x3xf32>) {
  %dloss = arith.constant dense<1.0> : tensor<f32>
  %0, %dx = act.cross_entropy_with_grad %x, %q, %dloss
    token_weight(%a : tensor<?xf32>)
    : tensor<?x3xf32>, tensor<?x3xf32> -> tensor<f32>, tensor<?x3xf32>
  %1 = act.cross_entropy %x, %q token_weight(%a : tensor<?xf32>)
    empty_mean(zero) {z_loss = 0.5}
    : tensor<?x3xf32>, tensor<?x3xf32> -> tensor<f32>
  %2 = act.cross_entropy %x, %q token_weight(%a : tensor<?xf32>) reduction(sum)
    : tensor<?x3xf32>, tensor<?x3xf32> -> tensor<f32>
  %3 = act.cross_entropy %x, %q token_weight(%a : tensor<?xf32>) reduction(none)
    {z_loss = 0.5} : tensor<?x3xf32>, tensor<?x3xf32> -> tensor<?xf32>
  %4, %dq = act.cross_entropy_backward %dloss, %x, %q
    token_weight(%a : tensor<?xf32>)
    : tensor<f32>, tensor<?x3xf32>, tensor<?x3xf32>
    -> tensor<?x3xf32>, tensor<?x3xf32>
  return %0, %1, %2, %3, %dx, %dq
    : tensor<f32>, tensor<f32>, tensor<f32>, tensor<?xf32>, tensor<?x3xf32>,
      tensor<?x3xf32>
}
