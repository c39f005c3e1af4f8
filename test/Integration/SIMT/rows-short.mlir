// Rows of a few elements, which one, two or four threads have, several rows to a
// warp: the bits of the CPU, also where some of the rows are ignored, whose
// threads go along with the others.

// RUN: act-run %s --entry=ten --input=t=37xi64=randint:0:10 --output=a=@%t.a.npy --output=b=@%t.b.npy --output=c=@%t.c.npy --output=d=@%t.d.npy --output=e=@%t.e.npy
// RUN: act-run %s --entry=ten --input=t=37xi64=randint:0:10 --device=simt --expect=a=@%t.a.npy --expect=b=@%t.b.npy --expect=c=@%t.c.npy --expect=d=@%t.d.npy --expect=e=@%t.e.npy --max-ulp=0
func.func @ten(%x: tensor<37x10xf32>, %t: tensor<37xi64> {act.name = "t"}, %g: tensor<f32>, %a: tensor<37xf32>)
    -> (tensor<f32> {act.name = "a"}, tensor<37x10xf32> {act.name = "b"}, tensor<37x10xf32> {act.name = "c"},
        tensor<37xf32> {act.name = "d"}, tensor<37xi64> {act.name = "e"}) {
  %l, %dx = act.cross_entropy_with_grad %x, %t, %g token_weight(%a : tensor<37xf32>) reduction(mean)
      {label_smoothing = 0.1, ignore_index = 3}
      : tensor<37x10xf32>, tensor<37xi64> -> tensor<f32>, tensor<37x10xf32>
  %n = act.nll_backward %g, %x, %t reduction(sum) {ignore_index = 3}
      : tensor<f32>, tensor<37x10xf32>, tensor<37xi64> -> tensor<37x10xf32>
  %m, %am = act.cross_entropy %x, %t reduction(none) extra(argmax) {ignore_index = 3}
      : tensor<37x10xf32>, tensor<37xi64> -> tensor<37xf32>, tensor<37xi64>
  return %l, %dx, %n, %m, %am
      : tensor<f32>, tensor<37x10xf32>, tensor<37x10xf32>, tensor<37xf32>, tensor<37xi64>
}

// A thread for each row, and four of them, one not full.
// RUN: act-run %s --entry=others --input=t=70xi64=randint:0:8 --output=a=@%t.a.npy --output=b=@%t.b.npy --output=c=@%t.c.npy
// RUN: act-run %s --entry=others --input=t=70xi64=randint:0:8 --device=simt --expect=a=@%t.a.npy --expect=b=@%t.b.npy --expect=c=@%t.c.npy --max-ulp=0
func.func @others(%x: tensor<70x8xbf16>, %y: tensor<9x30xf32>, %dy: tensor<9x30xf32>, %t: tensor<70xi64> {act.name = "t"})
    -> (tensor<70x8xbf16> {act.name = "a"}, tensor<9x30xf32> {act.name = "b"}, tensor<70xf32> {act.name = "c"}) {
  %a = act.softmax %x {dim = 1} : tensor<70x8xbf16>
  %b = act.softmax_backward %dy, %y {dim = 1} : tensor<9x30xf32>
  %c = act.nll %x, %t reduction(none) : tensor<70x8xbf16>, tensor<70xi64> -> tensor<70xf32>
  return %a, %b, %c : tensor<70x8xbf16>, tensor<9x30xf32>, tensor<70xf32>
}
