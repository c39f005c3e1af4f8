// RUN: act-opt %s --act-fuse -o %t
// RUN: FileCheck %s --input-file=%t --implicit-check-not=linalg.generic \
// RUN:   --implicit-check-not=linalg.reduce --implicit-check-not=math.exp
// RUN: act-opt %t --act-fuse | diff %t -

#all = affine_map<(i, j) -> (i, j)>
#row = affine_map<(i, j) -> (i)>
#kept = affine_map<(i, j) -> (i, 0)>

// One body for each step.
// CHECK-LABEL: func @steps(
//  CHECK-SAME: %[[X:.*]]: tensor<?x?xf32>)
//       CHECK: %[[Y:.*]] = act.softmax %[[X]] {dim = 1} : tensor<?x?xf32>
//       CHECK: return %[[Y]]
func.func @steps(%x: tensor<?x?xf32>) -> tensor<?x?xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0.0 : f32
  %lowest = arith.constant 0xFF800000 : f32
  %m = tensor.dim %x, %c0 : tensor<?x?xf32>
  %n = tensor.dim %x, %c1 : tensor<?x?xf32>
  %rows = tensor.empty(%m) : tensor<?xf32>
  %full = tensor.empty(%m, %n) : tensor<?x?xf32>
  %0 = linalg.fill ins(%lowest : f32) outs(%rows : tensor<?xf32>)
    -> tensor<?xf32>
  %max = linalg.generic {indexing_maps = [#all, #row],
      iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<?x?xf32>) outs(%0 : tensor<?xf32>) {
  ^bb0(%in: f32, %out: f32):
    %a = arith.maximumf %in, %out : f32
    linalg.yield %a : f32
  } -> tensor<?xf32>
  %sub = linalg.generic {indexing_maps = [#all, #row, #all],
      iterator_types = ["parallel", "parallel"]}
      ins(%x, %max : tensor<?x?xf32>, tensor<?xf32>)
      outs(%full : tensor<?x?xf32>) {
  ^bb0(%in: f32, %in2: f32, %out: f32):
    %a = arith.subf %in, %in2 : f32
    linalg.yield %a : f32
  } -> tensor<?x?xf32>
  %exp = linalg.generic {indexing_maps = [#all, #all],
      iterator_types = ["parallel", "parallel"]}
      ins(%sub : tensor<?x?xf32>) outs(%full : tensor<?x?xf32>) {
  ^bb0(%in: f32, %out: f32):
    %a = math.exp %in : f32
    linalg.yield %a : f32
  } -> tensor<?x?xf32>
  %1 = linalg.fill ins(%zero : f32) outs(%rows : tensor<?xf32>)
    -> tensor<?xf32>
  %sum = linalg.generic {indexing_maps = [#all, #row],
      iterator_types = ["parallel", "reduction"]}
      ins(%exp : tensor<?x?xf32>) outs(%1 : tensor<?xf32>) {
  ^bb0(%in: f32, %out: f32):
    %a = arith.addf %in, %out : f32
    linalg.yield %a : f32
  } -> tensor<?xf32>
  %y = linalg.generic {indexing_maps = [#all, #row, #all],
      iterator_types = ["parallel", "parallel"]}
      ins(%exp, %sum : tensor<?x?xf32>, tensor<?xf32>)
      outs(%full : tensor<?x?xf32>) {
  ^bb0(%in: f32, %in2: f32, %out: f32):
    %a = arith.divf %in, %in2 : f32
    linalg.yield %a : f32
  } -> tensor<?x?xf32>
  return %y : tensor<?x?xf32>
}

// The exponential computed anew in each body, from f16, with a scale, a kept
// dimension and a reciprocal, over dimension 1 of which the maximum begins with
// NaN.
// CHECK-LABEL: func @bodies(
//  CHECK-SAME: %[[X:.*]]: tensor<4x8xf16>)
//       CHECK: act.softmax %[[X]] {dim = 1, temperature = 2.0} : tensor<4x8xf16>
func.func @bodies(%x: tensor<4x8xf16>) -> tensor<4x8xf16> {
  %half = arith.constant 0.5 : f32
  %one = arith.constant 1.0 : f32
  %zero = arith.constant dense<0.0> : tensor<4x1xf32>
  %nan = arith.constant dense<0x7FC00000> : tensor<4x1xf32>
  %rows = tensor.empty() : tensor<4x1xf32>
  %full = tensor.empty() : tensor<4x8xf16>
  %max = linalg.generic {indexing_maps = [#all, #kept],
      iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<4x8xf16>) outs(%nan : tensor<4x1xf32>) {
  ^bb0(%in: f16, %out: f32):
    %w = arith.extf %in : f16 to f32
    %s = arith.mulf %w, %half : f32
    %a = arith.maxnumf %out, %s : f32
    linalg.yield %a : f32
  } -> tensor<4x1xf32>
  %sum = linalg.generic {indexing_maps = [#all, #kept, #kept],
      iterator_types = ["parallel", "reduction"]}
      ins(%x, %max : tensor<4x8xf16>, tensor<4x1xf32>)
      outs(%zero : tensor<4x1xf32>) {
  ^bb0(%in: f16, %in2: f32, %out: f32):
    %w = arith.extf %in : f16 to f32
    %s = arith.mulf %w, %half : f32
    %d = arith.subf %s, %in2 : f32
    %e = math.exp %d : f32
    %a = arith.addf %e, %out : f32
    linalg.yield %a : f32
  } -> tensor<4x1xf32>
  %inverse = linalg.generic {indexing_maps = [#all, #all],
      iterator_types = ["parallel", "parallel"]}
      ins(%sum : tensor<4x1xf32>) outs(%rows : tensor<4x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %a = arith.divf %one, %in : f32
    linalg.yield %a : f32
  } -> tensor<4x1xf32>
  %y = linalg.generic {indexing_maps = [#all, #kept, #kept, #all],
      iterator_types = ["parallel", "parallel"]}
      ins(%x, %max, %inverse : tensor<4x8xf16>, tensor<4x1xf32>,
        tensor<4x1xf32>) outs(%full : tensor<4x8xf16>) {
  ^bb0(%in: f16, %in2: f32, %in3: f32, %out: f16):
    %w = arith.extf %in : f16 to f32
    %s = arith.mulf %w, %half : f32
    %d = arith.subf %s, %in2 : f32
    %e = math.exp %d : f32
    %p = arith.mulf %e, %in3 : f32
    %a = arith.truncf %p : f32 to f16
    linalg.yield %a : f16
  } -> tensor<4x8xf16>
  return %y : tensor<4x8xf16>
}

// Named operations and arithmetic on tensors, over the first dimension.
// CHECK-LABEL: func @named(
//       CHECK: act.softmax %{{.*}} {dim = 0} : tensor<8x4xf32>
func.func @named(%x: tensor<8x4xf32>) -> tensor<8x4xf32> {
  %zero = arith.constant dense<0.0> : tensor<4xf32>
  %lowest = arith.constant dense<-3.40282347E+38> : tensor<4xf32>
  %full = tensor.empty() : tensor<8x4xf32>
  %max = linalg.reduce {arith.maxnumf} ins(%x : tensor<8x4xf32>)
    outs(%lowest : tensor<4xf32>) dimensions = [0]
  %maxes = linalg.broadcast ins(%max : tensor<4xf32>)
    outs(%full : tensor<8x4xf32>) dimensions = [0]
  %d = arith.subf %x, %maxes : tensor<8x4xf32>
  %e = math.exp %d : tensor<8x4xf32>
  %sum = linalg.reduce {arith.addf} ins(%e : tensor<8x4xf32>)
    outs(%zero : tensor<4xf32>) dimensions = [0]
  %sums = linalg.broadcast ins(%sum : tensor<4xf32>)
    outs(%full : tensor<8x4xf32>) dimensions = [0]
  %y = arith.divf %e, %sums : tensor<8x4xf32>
  return %y : tensor<8x4xf32>
}

// CHECK-LABEL: func @logarithm(
//       CHECK: act.log_softmax %{{.*}} {dim = 1} : tensor<4x8xf32>
func.func @logarithm(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %zero = arith.constant dense<0.0> : tensor<4xf32>
  %lowest = arith.constant dense<0xFF800000> : tensor<4xf32>
  %rows = tensor.empty() : tensor<4xf32>
  %full = tensor.empty() : tensor<4x8xf32>
  %max = linalg.reduce {arith.maximumf} ins(%x : tensor<4x8xf32>)
    outs(%lowest : tensor<4xf32>) dimensions = [1]
  %maxes = linalg.broadcast ins(%max : tensor<4xf32>)
    outs(%full : tensor<4x8xf32>) dimensions = [1]
  %d = linalg.sub ins(%x, %maxes : tensor<4x8xf32>, tensor<4x8xf32>)
    outs(%full : tensor<4x8xf32>) -> tensor<4x8xf32>
  %e = linalg.exp ins(%d : tensor<4x8xf32>) outs(%full : tensor<4x8xf32>)
    -> tensor<4x8xf32>
  %sum = linalg.reduce {arith.addf} ins(%e : tensor<4x8xf32>)
    outs(%zero : tensor<4xf32>) dimensions = [1]
  %log = linalg.log ins(%sum : tensor<4xf32>) outs(%rows : tensor<4xf32>)
    -> tensor<4xf32>
  %logs = linalg.broadcast ins(%log : tensor<4xf32>)
    outs(%full : tensor<4x8xf32>) dimensions = [1]
  %y = linalg.sub ins(%d, %logs : tensor<4x8xf32>, tensor<4x8xf32>)
    outs(%full : tensor<4x8xf32>) -> tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

// Without a maximum, where infinities are excluded.
// CHECK-LABEL: func @finite(
//       CHECK: act.softmax %{{.*}} {dim = 1} : tensor<4x8xf32>
func.func @finite(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %zero = arith.constant dense<0.0> : tensor<4xf32>
  %full = tensor.empty() : tensor<4x8xf32>
  %e = math.exp %x fastmath<ninf> : tensor<4x8xf32>
  %sum = linalg.reduce {arith.addf} ins(%e : tensor<4x8xf32>)
    outs(%zero : tensor<4xf32>) dimensions = [1]
  %sums = tensor.expand_shape %sum [[0, 1]] output_shape [4, 1]
    : tensor<4xf32> into tensor<4x1xf32>
  %y = linalg.generic {indexing_maps = [#all, #kept, #all],
      iterator_types = ["parallel", "parallel"]}
      ins(%e, %sums : tensor<4x8xf32>, tensor<4x1xf32>)
      outs(%full : tensor<4x8xf32>) {
  ^bb0(%in: f32, %in2: f32, %out: f32):
    %a = arith.divf %in, %in2 : f32
    linalg.yield %a : f32
  } -> tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}
