// Products of matrices add to what their results are added to.

// RUN: act-opt %s --act-fuse --split-input-file | FileCheck %s
// RUN: act-opt %s --act-fuse --split-input-file --remarks-filter=act-fuse 2>&1 \
// RUN:   | FileCheck %s --check-prefix=REMARK
// RUN: act-opt %s --act-fuse=strict=true --split-input-file \
// RUN:   --remarks-filter-missed=act-fuse 2>&1 \
// RUN:   | FileCheck %s --check-prefix=STRICT
// RUN: act-opt %s --act-fuse --split-input-file -o %t
// RUN: act-opt %t --act-fuse --split-input-file | diff %t -

// Of two products the later one adds to the earlier one, in either order.
// CHECK-LABEL: func @two(
//       CHECK: %[[P:.*]] = linalg.matmul
//       CHECK: %[[Q:.*]] = linalg.matmul indexing_maps
//  CHECK-SAME:   outs(%[[P]] : tensor<4x4xf32>)
//   CHECK-NOT: arith.addf
//       CHECK: return %[[Q]]
//      REMARK: [Passed] product-sum | Category:act-fuse | Function=two
// REMARK-SAME: 'linalg.matmul' and 'arith.addf' became 'linalg.matmul'
//      STRICT: [Missed] product-sum | Category:act-fuse | Function=two
// STRICT-SAME: 'strict' keeps the order in which terms are added
func.func @two(%a: tensor<4x8xf32>, %b: tensor<8x4xf32>, %c: tensor<4x8xf32>)
    -> tensor<4x4xf32> {
  %zero = arith.constant dense<0.0> : tensor<4x4xf32>
  %z = arith.constant 0.0 : f32
  %start = linalg.fill ins(%z : f32) outs(%zero : tensor<4x4xf32>)
    -> tensor<4x4xf32>
  %p = linalg.matmul ins(%a, %b : tensor<4x8xf32>, tensor<8x4xf32>)
    outs(%start : tensor<4x4xf32>) -> tensor<4x4xf32>
  %q = linalg.matmul indexing_maps = [affine_map<(i, j, k) -> (i, k)>,
    affine_map<(i, j, k) -> (j, k)>, affine_map<(i, j, k) -> (i, j)>]
    ins(%a, %c : tensor<4x8xf32>, tensor<4x8xf32>)
    outs(%start : tensor<4x4xf32>) -> tensor<4x4xf32>
  %sum = arith.addf %q, %p : tensor<4x4xf32>
  return %sum : tensor<4x4xf32>
}

// -----

// The kinds of products may differ, and a sum may have more than two.
// CHECK-LABEL: func @three(
//       CHECK: %[[P:.*]] = linalg.matvec
//       CHECK: %[[Q:.*]] = linalg.vecmat {{.*}} outs(%[[P]] : tensor<4xf64>)
//       CHECK: %[[R:.*]] = linalg.matvec {{.*}} outs(%[[Q]] : tensor<4xf64>)
//   CHECK-NOT: arith.addf
//       CHECK: return %[[R]]
func.func @three(%a: tensor<4x8xf64>, %x: tensor<8xf64>, %b: tensor<8x4xf64>)
    -> tensor<4xf64> {
  %z = arith.constant 0.0 : f64
  %empty = tensor.empty() : tensor<4xf64>
  %start = linalg.fill ins(%z : f64) outs(%empty : tensor<4xf64>)
    -> tensor<4xf64>
  %p = linalg.matvec ins(%a, %x : tensor<4x8xf64>, tensor<8xf64>)
    outs(%start : tensor<4xf64>) -> tensor<4xf64>
  %q = linalg.vecmat ins(%x, %b : tensor<8xf64>, tensor<8x4xf64>)
    outs(%start : tensor<4xf64>) -> tensor<4xf64>
  %sum = arith.addf %p, %q : tensor<4xf64>
  %r = linalg.matvec ins(%a, %x : tensor<4x8xf64>, tensor<8xf64>)
    outs(%start : tensor<4xf64>) -> tensor<4xf64>
  %all = arith.addf %sum, %r : tensor<4xf64>
  return %all : tensor<4xf64>
}

// -----

// A result that something else needs is not lost.
// CHECK-LABEL: func @used(
//       CHECK: arith.addf
//      REMARK: [Missed] product-sum | Category:act-fuse | Function=used
// REMARK-SAME: 'linalg.matvec' is also used by 'func.return'
func.func @used(%a: tensor<4x8xf32>, %x: tensor<8xf32>, %b: tensor<4x8xf32>)
    -> (tensor<4xf32>, tensor<4xf32>) {
  %z = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<4xf32>
  %start = linalg.fill ins(%z : f32) outs(%empty : tensor<4xf32>)
    -> tensor<4xf32>
  %p = linalg.matvec ins(%a, %x : tensor<4x8xf32>, tensor<8xf32>)
    outs(%start : tensor<4xf32>) -> tensor<4xf32>
  %q = linalg.matvec ins(%b, %x : tensor<4x8xf32>, tensor<8xf32>)
    outs(%start : tensor<4xf32>) -> tensor<4xf32>
  %sum = arith.addf %p, %q : tensor<4xf32>
  return %p, %sum : tensor<4xf32>, tensor<4xf32>
}

// -----

// One of both must start from 0, and the earlier one may be it.
// CHECK-LABEL: func @started(
//  CHECK-SAME: %[[B:[a-z0-9]*]]: tensor<4xf32>) -> tensor
//       CHECK: %[[Q:.*]] = linalg.matvec {{.*}} outs(%[[B]] : tensor<4xf32>)
//       CHECK: %[[P:.*]] = linalg.matvec {{.*}} outs(%[[Q]] : tensor<4xf32>)
//       CHECK: return %[[P]]
func.func @started(%a: tensor<4x8xf32>, %x: tensor<8xf32>, %b: tensor<4xf32>)
    -> tensor<4xf32> {
  %z = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<4xf32>
  %start = linalg.fill ins(%z : f32) outs(%empty : tensor<4xf32>)
    -> tensor<4xf32>
  %p = linalg.matvec ins(%a, %x : tensor<4x8xf32>, tensor<8xf32>)
    outs(%start : tensor<4xf32>) -> tensor<4xf32>
  %q = linalg.matvec ins(%a, %x : tensor<4x8xf32>, tensor<8xf32>)
    outs(%b : tensor<4xf32>) -> tensor<4xf32>
  %sum = arith.addf %p, %q : tensor<4xf32>
  return %sum : tensor<4xf32>
}

// -----

// CHECK-LABEL: func @both_started(
//       CHECK: arith.addf
//      REMARK: [Missed] product-sum | Category:act-fuse | Function=both_started
// REMARK-SAME: no product starts from 0
func.func @both_started(%a: tensor<4x8xf32>, %x: tensor<8xf32>,
    %b: tensor<4xf32>, %c: tensor<4xf32>) -> tensor<4xf32> {
  %p = linalg.matvec ins(%a, %x : tensor<4x8xf32>, tensor<8xf32>)
    outs(%b : tensor<4xf32>) -> tensor<4xf32>
  %q = linalg.matvec ins(%a, %x : tensor<4x8xf32>, tensor<8xf32>)
    outs(%c : tensor<4xf32>) -> tensor<4xf32>
  %sum = arith.addf %p, %q : tensor<4xf32>
  return %sum : tensor<4xf32>
}

// -----

// 16-bit products round before they are added.
// CHECK-LABEL: func @half(
//       CHECK: arith.addf
func.func @half(%a: tensor<4x8xbf16>, %x: tensor<8xbf16>) -> tensor<4xbf16> {
  %z = arith.constant 0.0 : bf16
  %empty = tensor.empty() : tensor<4xbf16>
  %start = linalg.fill ins(%z : bf16) outs(%empty : tensor<4xbf16>)
    -> tensor<4xbf16>
  %p = linalg.matvec ins(%a, %x : tensor<4x8xbf16>, tensor<8xbf16>)
    outs(%start : tensor<4xbf16>) -> tensor<4xbf16>
  %q = linalg.matvec ins(%a, %x : tensor<4x8xbf16>, tensor<8xbf16>)
    outs(%start : tensor<4xbf16>) -> tensor<4xbf16>
  %sum = arith.addf %p, %q : tensor<4xbf16>
  return %sum : tensor<4xbf16>
}

// -----

// What is no product stays a kernel, with what else is elementwise.
// CHECK-LABEL: func @bias(
//       CHECK: arith.addf
func.func @bias(%a: tensor<4x8xf32>, %x: tensor<8xf32>, %b: tensor<4xf32>)
    -> tensor<4xf32> {
  %z = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<4xf32>
  %start = linalg.fill ins(%z : f32) outs(%empty : tensor<4xf32>)
    -> tensor<4xf32>
  %p = linalg.matvec ins(%a, %x : tensor<4x8xf32>, tensor<8xf32>)
    outs(%start : tensor<4xf32>) -> tensor<4xf32>
  %sum = arith.addf %p, %b : tensor<4xf32>
  return %sum : tensor<4xf32>
}

// -----

// CHECK-LABEL: func @twice(
//       CHECK: arith.addf
//      REMARK: [Missed] product-sum | Category:act-fuse | Function=twice
// REMARK-SAME: the product is added to itself
func.func @twice(%a: tensor<4x8xf32>, %x: tensor<8xf32>) -> tensor<4xf32> {
  %z = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<4xf32>
  %start = linalg.fill ins(%z : f32) outs(%empty : tensor<4xf32>)
    -> tensor<4xf32>
  %p = linalg.matvec ins(%a, %x : tensor<4x8xf32>, tensor<8xf32>)
    outs(%start : tensor<4xf32>) -> tensor<4xf32>
  %sum = arith.addf %p, %p : tensor<4xf32>
  return %sum : tensor<4xf32>
}
