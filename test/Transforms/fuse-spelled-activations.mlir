// RUN: act-opt %s --act-fuse --split-input-file | FileCheck %s
// RUN: act-opt %s --act-fuse=strict=true --split-input-file | FileCheck %s --check-prefix=STRICT
// RUN: act-opt %s --act-fuse --split-input-file --remarks-filter=act-fuse 2>&1 | FileCheck %s --check-prefix=REMARK

// Formulas of activations, whatever the order and brackets of their products.

// STRICT-NOT: {{act\.(sigmoid|silu|swish|gelu|softplus)}}

// REMARK: [Passed] spelled-activation | Category:act-fuse | Function=sigmoid | Remark="its formula, up to 'arith.divf', became 'act.sigmoid'"

// CHECK-LABEL: func @sigmoid
//  CHECK-NEXT: %[[Y:.*]] = act.sigmoid %arg0 : tensor<?xf32>
//  CHECK-NEXT: return %[[Y]]
func.func @sigmoid(%x: tensor<?xf32>, %one: tensor<?xf32>) -> tensor<?xf32> {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?xf32>
  %k = arith.constant 1.0 : f32
  %ones = tensor.splat %k[%n] : tensor<?xf32>
  %m = arith.negf %x : tensor<?xf32>
  %e = math.exp %m : tensor<?xf32>
  %d = arith.addf %e, %ones : tensor<?xf32>
  %y = arith.divf %ones, %d : tensor<?xf32>
  return %y : tensor<?xf32>
}

// -----

// CHECK-LABEL: func @silu
//  CHECK-DAG: %[[A:.*]] = act.silu %arg0
//  CHECK-DAG: %[[B:.*]] = act.silu %arg1
//  CHECK-DAG: %[[C:.*]] = act.gelu %arg2 approximate(sigmoid)
//  CHECK-DAG: %[[D:.*]] = act.swish %arg3 {beta = 2.5}
//       CHECK: return %[[A]], %[[B]], %[[C]], %[[D]]
func.func @silu(%a: f32, %b: bf16, %c: f32, %d: f64) -> (f32, bf16, f32, f64) {
  %one = arith.constant 1.0 : f32
  %ma = arith.negf %a : f32
  %ea = math.exp %ma : f32
  %da = arith.addf %one, %ea : f32
  %sa = arith.divf %one, %da : f32
  %ya = arith.mulf %a, %sa : f32
  %oneb = arith.constant 1.0 : bf16
  %minus = arith.constant -1.0 : bf16
  %mb = arith.mulf %b, %minus : bf16
  %eb = math.exp %mb : bf16
  %db = arith.addf %oneb, %eb : bf16
  %yb = arith.divf %b, %db : bf16
  %beta = arith.constant 1.702 : f32
  %zc = arith.mulf %beta, %c : f32
  %sc = act.sigmoid %zc : f32
  %yc = arith.mulf %sc, %c : f32
  %betad = arith.constant 2.5 : f64
  %zd = arith.mulf %d, %betad : f64
  %sd = act.sigmoid %zd : f64
  %yd = arith.mulf %d, %sd : f64
  return %ya, %yb, %yc, %yd : f32, bf16, f32, f64
}

// -----

// With a number, spelled to the end.

// CHECK-LABEL: func @quick
//  CHECK-NEXT: %[[A:.*]] = act.gelu %arg0 approximate(sigmoid)
//  CHECK-NEXT: %[[B:.*]] = act.swish %arg0 {beta = 2.0}
//  CHECK-NEXT: return %[[A]], %[[B]]
func.func @quick(%x: f32) -> (f32, f32) {
  %one = arith.constant 1.0 : f32
  %b = arith.constant 1.702 : f32
  %a0 = arith.mulf %x, %b : f32
  %a1 = arith.negf %a0 : f32
  %a2 = math.exp %a1 : f32
  %a3 = arith.addf %a2, %one : f32
  %a4 = arith.divf %one, %a3 : f32
  %a = arith.mulf %a4, %x : f32
  %two = arith.constant 2.0 : f32
  %b0 = arith.mulf %two, %x : f32
  %b1 = arith.negf %b0 : f32
  %b2 = math.exp %b1 : f32
  %b3 = arith.addf %one, %b2 : f32
  %b4 = arith.divf %one, %b3 : f32
  %b5 = arith.mulf %x, %b4 : f32
  return %a, %b5 : f32, f32
}

// -----

// A gate of an activation that was spelled.

// CHECK-LABEL: func @gate
//  CHECK-NEXT: act.gate swiglu %arg0, %arg1
func.func @gate(%g: tensor<4xf32>, %u: tensor<4xf32>) -> tensor<4xf32> {
  %one = arith.constant dense<1.0> : tensor<4xf32>
  %m = arith.negf %g : tensor<4xf32>
  %e = math.exp %m : tensor<4xf32>
  %d = arith.addf %e, %one : tensor<4xf32>
  %s = arith.divf %g, %d : tensor<4xf32>
  %y = arith.mulf %s, %u : tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// As PyTorch, JAX and ONNX write it.

// CHECK-LABEL: func @gelu
//   CHECK-NOT: math
//       CHECK: %[[A:.*]] = act.gelu %arg0 : f32
//       CHECK: %[[B:.*]] = act.gelu %arg0 : f32
//       CHECK: %[[C:.*]] = act.gelu %arg0 : f32
//       CHECK: return %[[A]], %[[B]], %[[C]]
func.func @gelu(%x: f32) -> (f32, f32, f32) {
  %half = arith.constant 0.5 : f32
  %one = arith.constant 1.0 : f32
  %root = arith.constant 0.707106769 : f32
  %minusRoot = arith.constant -0.707106769 : f32
  %two = arith.constant 1.41421354 : f32
  // (x * (1 + erf(x * r))) * 0.5
  %a0 = arith.mulf %x, %root : f32
  %a1 = math.erf %a0 : f32
  %a2 = arith.addf %a1, %one : f32
  %a3 = arith.mulf %x, %a2 : f32
  %a = arith.mulf %a3, %half : f32
  // (0.5 * x) * erfc(-x * r)
  %b0 = arith.mulf %x, %minusRoot : f32
  %b1 = math.erfc %b0 : f32
  %b2 = arith.mulf %half, %x : f32
  %b = arith.mulf %b2, %b1 : f32
  // x * (0.5 * (1 + erf(x / sqrt(2))))
  %c0 = arith.divf %x, %two : f32
  %c1 = math.erf %c0 : f32
  %c2 = arith.addf %one, %c1 : f32
  %c3 = arith.mulf %half, %c2 : f32
  %c = arith.mulf %x, %c3 : f32
  return %a, %b, %c : f32, f32, f32
}

// -----

// CHECK-LABEL: func @gelu_tanh
//   CHECK-NOT: math
//       CHECK: %[[A:.*]] = act.gelu %arg0 approximate(tanh) : f32
//       CHECK: %[[B:.*]] = act.gelu %arg0 approximate(tanh) : f32
//       CHECK: %[[C:.*]] = act.gelu %arg0 approximate(tanh) : f32
//       CHECK: return %[[A]], %[[B]], %[[C]]
func.func @gelu_tanh(%x: f32) -> (f32, f32, f32) {
  %half = arith.constant 0.5 : f32
  %one = arith.constant 1.0 : f32
  %three = arith.constant 3.0 : f32
  %c = arith.constant 0.044715 : f32
  %k = arith.constant 0.797884583 : f32
  // 0.5 * x * (1 + tanh(k * (x + c * x^3)))
  %a0 = math.powf %x, %three : f32
  %a1 = arith.mulf %c, %a0 : f32
  %a2 = arith.addf %x, %a1 : f32
  %a3 = arith.mulf %k, %a2 : f32
  %a4 = math.tanh %a3 : f32
  %a5 = arith.addf %one, %a4 : f32
  %a6 = arith.mulf %half, %x : f32
  %a = arith.mulf %a6, %a5 : f32
  // x * (0.5 * (1 + tanh(k * (x + c * (x * (x * x))))))
  %b0 = arith.mulf %x, %x : f32
  %b1 = arith.mulf %x, %b0 : f32
  %b2 = arith.mulf %b1, %c : f32
  %b3 = arith.addf %b2, %x : f32
  %b4 = arith.mulf %b3, %k : f32
  %b5 = act.tanh %b4 : f32
  %b6 = arith.addf %b5, %one : f32
  %b7 = arith.mulf %b6, %half : f32
  %b = arith.mulf %x, %b7 : f32
  // 0.5 * x * (1 + tanh(k * x * (1 + c * x * x)))
  %d0 = arith.mulf %c, %x : f32
  %d1 = arith.mulf %d0, %x : f32
  %d2 = arith.addf %d1, %one : f32
  %d3 = arith.mulf %k, %x : f32
  %d4 = arith.mulf %d3, %d2 : f32
  %d5 = math.tanh %d4 : f32
  %d6 = arith.addf %d5, %one : f32
  %d7 = arith.mulf %half, %x : f32
  %d = arith.mulf %d7, %d6 : f32
  return %a, %b, %d : f32, f32, f32
}

// -----

// CHECK-LABEL: func @softplus
//       CHECK: %[[A:.*]] = act.softplus %arg0 : f32
//       CHECK: %[[B:.*]] = act.softplus %arg0 : f32
//       CHECK: return %[[A]], %[[B]]
func.func @softplus(%x: f32) -> (f32, f32) {
  %one = arith.constant 1.0 : f32
  %a0 = math.exp %x : f32
  %a = math.log1p %a0 : f32
  %b0 = math.exp %x : f32
  %b1 = arith.addf %b0, %one : f32
  %b = math.log %b1 : f32
  return %a, %b : f32, f32
}

// -----

// In the body of an operation, with the tier that the last operation has.

// CHECK-LABEL: func @body
//       CHECK: ^bb0(%[[X:.*]]: f32, %{{.*}}: f32):
//  CHECK-NEXT:   %[[Y:.*]] = act.silu %[[X]] {act.accuracy = "exact"} : f32
//  CHECK-NEXT:   linalg.yield %[[Y]]
func.func @body(%x: tensor<4x8xf32>, %e: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %one = arith.constant 1.0 : f32
  %y = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>],
                       iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<4x8xf32>) outs(%e : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %m = arith.negf %in : f32
    %p = math.exp %m : f32
    %d = arith.addf %p, %one : f32
    %s = arith.divf %one, %d : f32
    %r = arith.mulf %s, %in {act.accuracy = "exact"} : f32
    linalg.yield %r : f32
  } -> tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}
