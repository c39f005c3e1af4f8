// Rows whose elements lie apart have the bits of the CPU: in registers, read
// again for each pass, and of several chunks.

// RUN: act-run %s --entry=channels --output=a=@%t.a.npy --output=b=@%t.b.npy
// RUN: act-run %s --entry=channels --device=simt --expect=a=@%t.a.npy --expect=b=@%t.b.npy --max-ulp=0
func.func @channels(%x: tensor<3x19x70xf32>, %m: tensor<3x19x70xi1>, %dy: tensor<2x512x9xbf16>, %h: tensor<2x512x9xbf16>)
    -> (tensor<3x19x70xf32> {act.name = "a"}, tensor<2x512x9xbf16> {act.name = "b"}) {
  %a = act.softmax %x mask(%m : tensor<3x19x70xi1>) empty_row(uniform) {dim = 1} : tensor<3x19x70xf32>
  %b = act.log_softmax_backward %dy, %h {dim = 1} : tensor<2x512x9xbf16>
  return %a, %b : tensor<3x19x70xf32>, tensor<2x512x9xbf16>
}

// Any sizes; rows that are ignored.
// RUN: act-run %s --entry=pixels --dim=*=2 --dim=x.1=300 --dim=x.2=40 --dim=t.1=40 --dim=g.1=40 --output=a=@%t.a.npy --output=b=@%t.b.npy --output=c=@%t.c.npy
// RUN: act-run %s --entry=pixels --dim=*=2 --dim=x.1=300 --dim=x.2=40 --dim=t.1=40 --dim=g.1=40 --device=simt --expect=a=@%t.a.npy --expect=b=@%t.b.npy --expect=c=@%t.c.npy --max-ulp=0
// RUN: act-run %s --entry=pixels --dim=*=1 --dim=x.1=4100 --dim=x.2=3 --dim=t.1=3 --dim=g.1=3 --output=a=@%t.a.npy --output=b=@%t.b.npy --output=c=@%t.c.npy
// RUN: act-run %s --entry=pixels --dim=*=1 --dim=x.1=4100 --dim=x.2=3 --dim=t.1=3 --dim=g.1=3 --device=simt --expect=a=@%t.a.npy --expect=b=@%t.b.npy --expect=c=@%t.c.npy --max-ulp=0
func.func @pixels(%x: tensor<?x?x?xf32> {act.name = "x"}, %t: tensor<?x?xi64> {act.name = "t"}, %g: tensor<?x?xf32> {act.name = "g"})
    -> (tensor<?x?xf32> {act.name = "a"}, tensor<?x?x?xf32> {act.name = "b"}, tensor<?x?xi64> {act.name = "c"}) {
  %l, %dx = act.cross_entropy_with_grad %x, %t, %g reduction(none) {dim = 1, label_smoothing = 0.1, ignore_index = 1}
      : tensor<?x?x?xf32>, tensor<?x?xi64> -> tensor<?x?xf32>, tensor<?x?x?xf32>
  %m, %am = act.cross_entropy %x, %t reduction(none) extra(argmax) {dim = 1, ignore_index = 1}
      : tensor<?x?x?xf32>, tensor<?x?xi64> -> tensor<?x?xf32>, tensor<?x?xi64>
  return %l, %dx, %am : tensor<?x?xf32>, tensor<?x?x?xf32>, tensor<?x?xi64>
}

// The sums of the exact tier.
// RUN: act-run %s --entry=exact --accuracy=exact --output=@%t.npy
// RUN: act-run %s --entry=exact --accuracy=exact --device=simt --expect=@%t.npy --max-ulp=0
func.func @exact(%x: tensor<2x65x33xf32>) -> tensor<2x33xf32> {
  %l = act.logsumexp %x {dim = 1} : tensor<2x65x33xf32> -> tensor<2x33xf32>
  return %l : tensor<2x33xf32>
}

// Several sums of f64 in that tier have blocks of four elements.
// RUN: act-run %s --entry=doubles --accuracy=exact --dim=*=3 --dim=z.1=2100 --dim=w.0=2100 --output=a=@%t.a.npy --output=b=@%t.b.npy --output=c=@%t.c.npy
// RUN: act-run %s --entry=doubles --accuracy=exact --dim=*=3 --dim=z.1=2100 --dim=w.0=2100 --device=simt --expect=a=@%t.a.npy --expect=b=@%t.b.npy --expect=c=@%t.c.npy --max-ulp=0
// RUN: act-run %s --entry=doubles --accuracy=exact --dim=*=3 --dim=z.1=77 --dim=w.0=77 --output=a=@%t.a.npy --output=b=@%t.b.npy --output=c=@%t.c.npy
// RUN: act-run %s --entry=doubles --accuracy=exact --dim=*=3 --dim=z.1=77 --dim=w.0=77 --device=simt --expect=a=@%t.a.npy --expect=b=@%t.b.npy --expect=c=@%t.c.npy --max-ulp=0
func.func @doubles(%x: tensor<2x60x5xf64>, %dy: tensor<2x60x5xf64>, %z: tensor<?x?x?xf64> {act.name = "z"}, %t: tensor<?x?xi64>, %w: tensor<?xf64> {act.name = "w"})
    -> (tensor<2x60x5xf64> {act.name = "a"}, tensor<?x?xf64> {act.name = "b"}, tensor<?x?xf64> {act.name = "c"}) {
  %a = act.softmax_backward %dy, %x {dim = 1} : tensor<2x60x5xf64>
  %b = act.cross_entropy %z, %t class_weight(%w : tensor<?xf64>) reduction(none) {label_smoothing = 0.1} : tensor<?x?x?xf64>, tensor<?x?xi64> -> tensor<?x?xf64>
  %c = act.cross_entropy %z, %z reduction(none) : tensor<?x?x?xf64>, tensor<?x?x?xf64> -> tensor<?x?xf64>
  return %a, %b, %c : tensor<2x60x5xf64>, tensor<?x?xf64>, tensor<?x?xf64>
}
