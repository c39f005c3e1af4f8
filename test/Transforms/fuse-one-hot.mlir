// RUN: act-opt %s --act-fuse -o %t
// RUN: FileCheck %s --input-file=%t --implicit-check-not=linalg.generic
// RUN: act-opt %t --act-fuse | diff %t -
// RUN: act-opt %s --act-fuse=strict=true | FileCheck %s --check-prefix=STRICT

// STRICT-NOT: act.cross_entropy

#all = affine_map<(i, j) -> (i, j)>
#row = affine_map<(i, j) -> (i)>
#class = affine_map<(i, j) -> (j)>

// The one-hot tensor as a product, with a sum that is negated.
// CHECK-LABEL: func @product(
//  CHECK-SAME: %[[X:.*]]: tensor<?x8xf32>, %[[T:.*]]: tensor<?xi64>)
//       CHECK: act.cross_entropy %[[X]], %[[T]] reduction(none) {{{.*}}temperature = 2.0} : tensor<?x8xf32>, tensor<?xi64> -> tensor<?xf32>
func.func @product(%x: tensor<?x8xf32>, %t: tensor<?xi64>) -> tensor<?xf32> {
  %c0 = arith.constant 0 : index
  %zero = arith.constant 0.0 : f32
  %classes = arith.constant dense<[0, 1, 2, 3, 4, 5, 6, 7]> : tensor<8xi64>
  %n = tensor.dim %x, %c0 : tensor<?x8xf32>
  %full = tensor.empty(%n) : tensor<?x8xf32>
  %rows = tensor.empty(%n) : tensor<?xf32>
  %p = act.log_softmax %x {temperature = 2.0} : tensor<?x8xf32>
  %hot = linalg.generic {indexing_maps = [#class, #row, #all],
      iterator_types = ["parallel", "parallel"]}
      ins(%classes, %t : tensor<8xi64>, tensor<?xi64>)
      outs(%full : tensor<?x8xf32>) {
  ^bb0(%i: i64, %target: i64, %out: f32):
    %is = arith.cmpi eq, %target, %i : i64
    %a = arith.uitofp %is : i1 to f32
    linalg.yield %a : f32
  } -> tensor<?x8xf32>
  %product = arith.mulf %hot, %p : tensor<?x8xf32>
  %0 = linalg.fill ins(%zero : f32) outs(%rows : tensor<?xf32>)
    -> tensor<?xf32>
  %sum = linalg.reduce {arith.addf} ins(%product : tensor<?x8xf32>)
    outs(%0 : tensor<?xf32>) dimensions = [1]
  %loss = arith.negf %sum : tensor<?xf32>
  return %loss : tensor<?xf32>
}

// By select, with the sign on the term, an i32 target, and classes in the
// middle.
// CHECK-LABEL: func @select(
//       CHECK: act.cross_entropy %{{.*}} reduction(none) {dim = 1} : tensor<2x8x3xf32>, tensor<2x3xi32> -> tensor<2x3xf32>
func.func @select(%x: tensor<2x8x3xf32>, %t: tensor<2x3xi32>)
    -> tensor<2x3xf32> {
  %none = arith.constant 0.0 : f32
  %zero = arith.constant dense<0.0> : tensor<2x3xf32>
  %p = act.log_softmax %x {dim = 1} : tensor<2x8x3xf32>
  %loss = linalg.generic {
      indexing_maps = [affine_map<(i, j, k) -> (i, j, k)>,
        affine_map<(i, j, k) -> (i, k)>, affine_map<(i, j, k) -> (i, k)>],
      iterator_types = ["parallel", "reduction", "parallel"]}
      ins(%p, %t : tensor<2x8x3xf32>, tensor<2x3xi32>)
      outs(%zero : tensor<2x3xf32>) {
  ^bb0(%logp: f32, %target: i32, %out: f32):
    %class = linalg.index 1 : index
    %wide = arith.index_cast %target : i32 to index
    %is = arith.cmpi eq, %class, %wide : index
    %minus = arith.negf %logp : f32
    %a = arith.select %is, %minus, %none : f32
    %sum = arith.addf %a, %out : f32
    linalg.yield %sum : f32
  } -> tensor<2x3xf32>
  return %loss : tensor<2x3xf32>
}
