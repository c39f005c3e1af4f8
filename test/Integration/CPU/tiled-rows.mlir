// Rows that upstream tiling has cut give the bits of whole operations: a tile
// that divides the rows, one that does not, and two dimensions at once. Targets
// inside a loop cannot be checked before it runs.

// RUN: rm -rf %t && mkdir %t
// RUN: act-opt %s --transform-interpreter | sed "/module @schedule/,$ c}" > %t/tiled.mlir
// RUN: sed -n "/^func/,/^}/p" %s > %t/whole.mlir
// RUN: FileCheck %s < %t/tiled.mlir
// DEFINE: %{rows} = 12
// DEFINE: %{inputs} = --entry=f --value-checks=nan --input=x=%{rows}x10x6xf32=randn:seed=1 \
// DEFINE:   --input=m=1x10x6xi1=randint:0:2:seed=2 \
// DEFINE:   --input=t=%{rows}x6xi64=randint:0:10:seed=3 \
// DEFINE:   --input=w=10xf32=uniform:0:2:seed=4 \
// DEFINE:   --input=g=%{rows}x6xf32=randn:seed=5
// DEFINE: %{check} = \
// DEFINE:   act-run %t/whole.mlir %{inputs} --output=y=@%t/y.npy \
// DEFINE:     --output=lse=@%t/lse.npy --output=l=@%t/l.npy \
// DEFINE:     --output=dx=@%t/dx.npy && \
// DEFINE:   act-run %t/tiled.mlir %{inputs} --expect=y=@%t/y.npy \
// DEFINE:     --expect=lse=@%t/lse.npy --expect=l=@%t/l.npy \
// DEFINE:     --expect=dx=@%t/dx.npy --max-ulp=0

// RUN: %{check}
// REDEFINE: %{rows} = 13
// RUN: %{check}

// CHECK: scf.for
// CHECK: act.softmax {{.*}} : tensor<?x10x6xf32>
// CHECK: scf.for
// CHECK: scf.for
// CHECK: act.cross_entropy {{.*}} tensor<?x10x3xf32>

func.func @f(%x: tensor<?x10x6xf32> {act.name = "x"},
             %m: tensor<1x10x6xi1> {act.name = "m"},
             %t: tensor<?x6xi64> {act.name = "t"},
             %w: tensor<10xf32> {act.name = "w"},
             %g: tensor<?x6xf32> {act.name = "g"})
    -> (tensor<?x10x6xf32> {act.name = "y"}, tensor<?x6xf32> {act.name = "lse"},
        tensor<?x6xf32> {act.name = "l"}, tensor<?x10x6xf32> {act.name = "dx"}) {
  %y, %lse = act.softmax %x mask(%m : tensor<1x10x6xi1>) {dim = 1}
    : tensor<?x10x6xf32> -> tensor<?x10x6xf32>, tensor<?x6xf32>
  %l = act.cross_entropy %x, %t class_weight(%w : tensor<10xf32>)
    reduction(none) : tensor<?x10x6xf32>, tensor<?x6xi64> -> tensor<?x6xf32>
  %dx = act.cross_entropy_backward %g, %x, %t
    class_weight(%w : tensor<10xf32>) reduction(none)
    : tensor<?x6xf32>, tensor<?x10x6xf32>, tensor<?x6xi64>
  return %y, %lse, %l, %dx
    : tensor<?x10x6xf32>, tensor<?x6xf32>, tensor<?x6xf32>, tensor<?x10x6xf32>
}

module @schedule attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(
      %root: !transform.any_op {transform.readonly}) {
    %softmax = transform.structured.match ops{["act.softmax"]} in %root
      : (!transform.any_op) -> !transform.any_op
    %0, %1 = transform.structured.tile_using_for %softmax tile_sizes [4]
      : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    %losses = transform.structured.match
      ops{["act.cross_entropy", "act.cross_entropy_backward"]} in %root
      : (!transform.any_op) -> !transform.any_op
    %2, %3:2 = transform.structured.tile_using_for %losses tile_sizes [5, 0, 3]
      : (!transform.any_op)
      -> (!transform.any_op, !transform.any_op, !transform.any_op)
    transform.yield
  }
}
