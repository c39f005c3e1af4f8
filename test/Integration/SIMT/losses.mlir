// Kernels of losses have the bits of the CPU, and so have sums over rows, which
// are kernels of their own.

// RUN: act-run %s --entry=mean --input=x=5x1000xf32=randn --output=res0=@%t.0.npy --output=res1=@%t.1.npy
// RUN: act-run %s --entry=mean --input=x=5x1000xf32=randn --device=simt --expect=res0=@%t.0.npy --expect=res1=@%t.1.npy --max-ulp=0

// No row counts: gradients are 0, which the host does not know.
// RUN: act-run %s --entry=mean --input=t=5xi64=[7,7,7,7,7] --output=res0=@%t.0.npy --output=res1=@%t.1.npy
// RUN: act-run %s --entry=mean --input=t=5xi64=[7,7,7,7,7] --device=simt --expect=res0=@%t.0.npy --expect=res1=@%t.1.npy --max-ulp=0
func.func @mean(%x: tensor<5x1000xf32> {act.name = "x"}, %t: tensor<5xi64> {act.name = "t"}, %g: tensor<f32>,
                %w: tensor<1000xf32>) -> (tensor<f32>, tensor<5x1000xf32>) {
  %l, %dx = act.cross_entropy_with_grad %x, %t, %g class_weight(%w : tensor<1000xf32>) reduction(mean)
      {label_smoothing = 0.1, ignore_index = 7}
      : tensor<5x1000xf32>, tensor<5xi64> -> tensor<f32>, tensor<5x1000xf32>
  return %l, %dx : tensor<f32>, tensor<5x1000xf32>
}

// RUN: act-run %s --entry=extras --output=a=@%t.a.npy --output=b=@%t.b.npy --output=c=@%t.c.npy --output=d=@%t.d.npy --output=e=@%t.e.npy --output=f=@%t.f.npy
// RUN: act-run %s --entry=extras --device=simt --expect=a=@%t.a.npy --expect=b=@%t.b.npy --expect=c=@%t.c.npy --expect=d=@%t.d.npy --expect=e=@%t.e.npy --expect=f=@%t.f.npy --max-ulp=0
func.func @extras(%x: tensor<40x300xf32>, %t: tensor<40xi64>, %a: tensor<40xf32>)
    -> (tensor<f32> {act.name = "a"}, tensor<40xf32> {act.name = "b"}, tensor<40xf32> {act.name = "c"},
        tensor<40xf32> {act.name = "d"}, tensor<40xi64> {act.name = "e"}, tensor<2xi64> {act.name = "f"}) {
  %l, %lse, %lp, %h, %am, %n = act.cross_entropy %x, %t token_weight(%a : tensor<40xf32>) reduction(sum)
      extra(lse, log_prob, entropy, argmax, counts) {softcap = 20.0, temperature = 0.7}
      : tensor<40x300xf32>, tensor<40xi64>
        -> tensor<f32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xi64>, tensor<2xi64>
  return %l, %lse, %lp, %h, %am, %n : tensor<f32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xi64>, tensor<2xi64>
}

// RUN: act-run %s --entry=others --output=a=@%t.a.npy --output=b=@%t.b.npy --output=c=@%t.c.npy --output=d=@%t.d.npy --output=e=@%t.e.npy
// RUN: act-run %s --entry=others --device=simt --expect=a=@%t.a.npy --expect=b=@%t.b.npy --expect=c=@%t.c.npy --expect=d=@%t.d.npy --expect=e=@%t.e.npy --max-ulp=0
func.func @others(%x: tensor<4x500xf32>, %t: tensor<4xi64>, %q: tensor<4x500xf32>, %g: tensor<f32>, %lse: tensor<4xf32>)
    -> (tensor<f32> {act.name = "a"}, tensor<4x500xf32> {act.name = "b"}, tensor<f32> {act.name = "c"},
        tensor<4x500xf32> {act.name = "d"}, tensor<4x500xf32> {act.name = "e"}) {
  %a = act.nll %x, %t reduction(mean) : tensor<4x500xf32>, tensor<4xi64> -> tensor<f32>
  %b = act.nll_backward %g, %x, %t reduction(mean)
      : tensor<f32>, tensor<4x500xf32>, tensor<4xi64> -> tensor<4x500xf32>
  %c, %d = act.cross_entropy_with_grad %x, %q, %g reduction(mean) {label_smoothing = 0.1}
      : tensor<4x500xf32>, tensor<4x500xf32> -> tensor<f32>, tensor<4x500xf32>
  %e = act.cross_entropy_backward %g, %x, %t, %lse reduction(sum)
      : tensor<f32>, tensor<4x500xf32>, tensor<4xi64>, tensor<4xf32>
  return %a, %b, %c, %d, %e : tensor<f32>, tensor<4x500xf32>, tensor<f32>, tensor<4x500xf32>, tensor<4x500xf32>
}
