// RUN: act-opt %s --act-fuse --verify-diagnostics \
// RUN:   --remarks-filter=act-fuse -o %t
// RUN: act-opt %s | diff - %t

func.func @without_maximum(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %zero = arith.constant dense<0.0> : tensor<4xf32>
  %full = tensor.empty() : tensor<4x8xf32>
  %e = math.exp %x : tensor<4x8xf32>
  %sum = linalg.reduce {arith.addf} ins(%e : tensor<4x8xf32>)
    outs(%zero : tensor<4xf32>) dimensions = [1]
  %sums = linalg.broadcast ins(%sum : tensor<4xf32>)
    outs(%full : tensor<4x8xf32>) dimensions = [1]
  // expected-remark @below {{[Missed] spelled-softmax | Category:act-fuse | Function=without_maximum | Remark="without the maximum of the row exponentials overflow: only 'ninf' on 'math.exp' says that they do not"}}
  %y = arith.divf %e, %sums : tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

// A maximum that begins with 0 may be greater than all of a row; that of
// another tensor or dimension is none.
func.func @inits(%x: tensor<8x8xf32>, %z: tensor<8x8xf32>)
    -> (tensor<8x8xf32>, tensor<8x8xf32>, tensor<8x8xf32>, tensor<8x8xf32>) {
  %zero = arith.constant dense<0.0> : tensor<8xf32>
  %lowest = arith.constant dense<0xFF800000> : tensor<8xf32>
  %full = tensor.empty() : tensor<8x8xf32>
  %max0 = linalg.reduce {arith.maximumf} ins(%x : tensor<8x8xf32>)
    outs(%zero : tensor<8xf32>) dimensions = [1]
  %maxes0 = linalg.broadcast ins(%max0 : tensor<8xf32>)
    outs(%full : tensor<8x8xf32>) dimensions = [1]
  %d0 = arith.subf %x, %maxes0 : tensor<8x8xf32>
  %e0 = math.exp %d0 : tensor<8x8xf32>
  %sum0 = linalg.reduce {arith.addf} ins(%e0 : tensor<8x8xf32>)
    outs(%zero : tensor<8xf32>) dimensions = [1]
  %sums0 = linalg.broadcast ins(%sum0 : tensor<8xf32>)
    outs(%full : tensor<8x8xf32>) dimensions = [1]
  // expected-remark @below {{the maximum begins neither with -inf nor with the lowest number}}
  %y0 = arith.divf %e0, %sums0 : tensor<8x8xf32>

  %max1 = linalg.reduce {arith.maximumf} ins(%z : tensor<8x8xf32>)
    outs(%lowest : tensor<8xf32>) dimensions = [1]
  %maxes1 = linalg.broadcast ins(%max1 : tensor<8xf32>)
    outs(%full : tensor<8x8xf32>) dimensions = [1]
  %d1 = arith.subf %x, %maxes1 : tensor<8x8xf32>
  %e1 = math.exp %d1 : tensor<8x8xf32>
  %sum1 = linalg.reduce {arith.addf} ins(%e1 : tensor<8x8xf32>)
    outs(%zero : tensor<8xf32>) dimensions = [1]
  %sums1 = linalg.broadcast ins(%sum1 : tensor<8xf32>)
    outs(%full : tensor<8x8xf32>) dimensions = [1]
  // expected-remark @below {{the maximum is of another tensor}}
  %y1 = arith.divf %e1, %sums1 : tensor<8x8xf32>

  %max2 = linalg.reduce {arith.maximumf} ins(%x : tensor<8x8xf32>)
    outs(%lowest : tensor<8xf32>) dimensions = [0]
  %maxes2 = linalg.broadcast ins(%max2 : tensor<8xf32>)
    outs(%full : tensor<8x8xf32>) dimensions = [0]
  %d2 = arith.subf %x, %maxes2 : tensor<8x8xf32>
  %e2 = math.exp %d2 : tensor<8x8xf32>
  %sum2 = linalg.reduce {arith.addf} ins(%e2 : tensor<8x8xf32>)
    outs(%zero : tensor<8xf32>) dimensions = [1]
  %sums2 = linalg.broadcast ins(%sum2 : tensor<8xf32>)
    outs(%full : tensor<8x8xf32>) dimensions = [1]
  // expected-remark @below {{the maximum is of dimension 0 and the sum of 1}}
  %y2 = arith.divf %e2, %sums2 : tensor<8x8xf32>

  %max3 = linalg.reduce {arith.minimumf} ins(%x : tensor<8x8xf32>)
    outs(%lowest : tensor<8xf32>) dimensions = [1]
  %maxes3 = linalg.broadcast ins(%max3 : tensor<8xf32>)
    outs(%full : tensor<8x8xf32>) dimensions = [1]
  %d3 = arith.subf %x, %maxes3 : tensor<8x8xf32>
  %e3 = math.exp %d3 : tensor<8x8xf32>
  %sum3 = linalg.reduce {arith.addf} ins(%e3 : tensor<8x8xf32>)
    outs(%zero : tensor<8xf32>) dimensions = [1]
  %sums3 = linalg.broadcast ins(%sum3 : tensor<8xf32>)
    outs(%full : tensor<8x8xf32>) dimensions = [1]
  // expected-remark @below {{what is subtracted is not the maximum of a row}}
  %y3 = arith.divf %e3, %sums3 : tensor<8x8xf32>
  return %y0, %y1, %y2, %y3
    : tensor<8x8xf32>, tensor<8x8xf32>, tensor<8x8xf32>, tensor<8x8xf32>
}

func.func @sum_init(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %one = arith.constant dense<1.0> : tensor<4xf32>
  %lowest = arith.constant dense<0xFF800000> : tensor<4xf32>
  %full = tensor.empty() : tensor<4x8xf32>
  %max = linalg.reduce {arith.maximumf} ins(%x : tensor<4x8xf32>)
    outs(%lowest : tensor<4xf32>) dimensions = [1]
  %maxes = linalg.broadcast ins(%max : tensor<4xf32>)
    outs(%full : tensor<4x8xf32>) dimensions = [1]
  %d = arith.subf %x, %maxes : tensor<4x8xf32>
  %e = math.exp %d : tensor<4x8xf32>
  %sum = linalg.reduce {arith.addf} ins(%e : tensor<4x8xf32>)
    outs(%one : tensor<4xf32>) dimensions = [1]
  %sums = linalg.broadcast ins(%sum : tensor<4xf32>)
    outs(%full : tensor<4x8xf32>) dimensions = [1]
  // expected-remark @below {{the sum of exponentials does not begin with 0}}
  %y = arith.divf %e, %sums : tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

func.func @used(%x: tensor<4x8xf32>) -> (tensor<4x8xf32>, tensor<4xf32>) {
  %zero = arith.constant dense<0.0> : tensor<4xf32>
  %lowest = arith.constant dense<0xFF800000> : tensor<4xf32>
  %full = tensor.empty() : tensor<4x8xf32>
  %max = linalg.reduce {arith.maximumf} ins(%x : tensor<4x8xf32>)
    outs(%lowest : tensor<4xf32>) dimensions = [1]
  %maxes = linalg.broadcast ins(%max : tensor<4xf32>)
    outs(%full : tensor<4x8xf32>) dimensions = [1]
  %d = arith.subf %x, %maxes : tensor<4x8xf32>
  %e = math.exp %d : tensor<4x8xf32>
  %sum = linalg.reduce {arith.addf} ins(%e : tensor<4x8xf32>)
    outs(%zero : tensor<4xf32>) dimensions = [1]
  %sums = linalg.broadcast ins(%sum : tensor<4xf32>)
    outs(%full : tensor<4x8xf32>) dimensions = [1]
  // expected-remark @below {{'linalg.reduce' is also used by 'func.return' and would be computed twice}}
  %y = arith.divf %e, %sums : tensor<4x8xf32>
  return %y, %sum : tensor<4x8xf32>, tensor<4xf32>
}

func.func @logsumexp(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %zero = arith.constant dense<0.0> : tensor<4xf32>
  %lowest = arith.constant dense<0xFF800000> : tensor<4xf32>
  %full = tensor.empty() : tensor<4x8xf32>
  %max = linalg.reduce {arith.maximumf} ins(%x : tensor<4x8xf32>)
    outs(%lowest : tensor<4xf32>) dimensions = [1]
  %maxes = linalg.broadcast ins(%max : tensor<4xf32>)
    outs(%full : tensor<4x8xf32>) dimensions = [1]
  %d = arith.subf %x, %maxes : tensor<4x8xf32>
  %e = math.exp %d : tensor<4x8xf32>
  %sum = linalg.reduce {arith.addf} ins(%e : tensor<4x8xf32>)
    outs(%zero : tensor<4xf32>) dimensions = [1]
  %log = math.log %sum : tensor<4xf32>
  %lse = arith.addf %max, %log : tensor<4xf32>
  %lses = linalg.broadcast ins(%lse : tensor<4xf32>)
    outs(%full : tensor<4x8xf32>) dimensions = [1]
  // expected-remark @below {{x - logsumexp(x) differs from log_softmax in rows with inf}}
  %y = arith.subf %x, %lses : tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

// The exponentials of one tensor over the sum of another's, and a quotient
// without exponentials: nothing like softmax.
func.func @others(%x: tensor<4x8xf32>, %z: tensor<4x8xf32>)
    -> (tensor<4x8xf32>, tensor<4x8xf32>) {
  %zero = arith.constant dense<0.0> : tensor<4xf32>
  %full = tensor.empty() : tensor<4x8xf32>
  %e = math.exp %x : tensor<4x8xf32>
  %f = math.exp %z : tensor<4x8xf32>
  %sum = linalg.reduce {arith.addf} ins(%f : tensor<4x8xf32>)
    outs(%zero : tensor<4xf32>) dimensions = [1]
  %sums = linalg.broadcast ins(%sum : tensor<4xf32>)
    outs(%full : tensor<4x8xf32>) dimensions = [1]
  %0 = arith.divf %e, %sums : tensor<4x8xf32>
  %sum1 = linalg.reduce {arith.addf} ins(%x : tensor<4x8xf32>)
    outs(%zero : tensor<4xf32>) dimensions = [1]
  %sums1 = linalg.broadcast ins(%sum1 : tensor<4xf32>)
    outs(%full : tensor<4x8xf32>) dimensions = [1]
  %1 = arith.divf %x, %sums1 : tensor<4x8xf32>
  return %0, %1 : tensor<4x8xf32>, tensor<4x8xf32>
}

// A temperature that f32 does not hold: kernels would multiply by it.
#all = affine_map<(i, j) -> (i, j)>
#kept = affine_map<(i, j) -> (i, 0)>
func.func @unfit_temperature(%x: tensor<4x8xf16>) -> tensor<4x8xf16> {
  %tiny = arith.constant 1.0e-40 : f32
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
    %s = arith.mulf %w, %tiny : f32
    %a = arith.maxnumf %out, %s : f32
    linalg.yield %a : f32
  } -> tensor<4x1xf32>
  %sum = linalg.generic {indexing_maps = [#all, #kept, #kept],
      iterator_types = ["parallel", "reduction"]}
      ins(%x, %max : tensor<4x8xf16>, tensor<4x1xf32>)
      outs(%zero : tensor<4x1xf32>) {
  ^bb0(%in: f16, %in2: f32, %out: f32):
    %w = arith.extf %in : f16 to f32
    %s = arith.mulf %w, %tiny : f32
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
  // expected-remark @below {{the exponentials are not of one tensor of type}}
  %y = linalg.generic {indexing_maps = [#all, #kept, #kept, #all],
      iterator_types = ["parallel", "parallel"]}
      ins(%x, %max, %inverse : tensor<4x8xf16>, tensor<4x1xf32>,
        tensor<4x1xf32>) outs(%full : tensor<4x8xf16>) {
  ^bb0(%in: f16, %in2: f32, %in3: f32, %out: f16):
    %w = arith.extf %in : f16 to f32
    %s = arith.mulf %w, %tiny : f32
    %d = arith.subf %s, %in2 : f32
    %e = math.exp %d : f32
    %p = arith.mulf %e, %in3 : f32
    %a = arith.truncf %p : f32 to f16
    linalg.yield %a : f16
  } -> tensor<4x8xf16>
  return %y : tensor<4x8xf16>
}

// The sums are in the first column alone.
func.func @one_column(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %zeros = arith.constant dense<0.0> : tensor<4x8xf32>
  %lowest = arith.constant dense<0xFF800000> : tensor<4xf32>
  %empty = tensor.empty() : tensor<4x8xf32>
  %max = linalg.reduce {arith.maximumf} ins(%x : tensor<4x8xf32>)
    outs(%lowest : tensor<4xf32>) dimensions = [1]
  %maxes = linalg.broadcast ins(%max : tensor<4xf32>)
    outs(%empty : tensor<4x8xf32>) dimensions = [1]
  %d = arith.subf %x, %maxes : tensor<4x8xf32>
  %e = math.exp %d : tensor<4x8xf32>
  %sum = linalg.generic {
      indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, 0)>],
      iterator_types = ["parallel", "reduction"]}
      ins(%e : tensor<4x8xf32>) outs(%zeros : tensor<4x8xf32>) {
  ^bb0(%a: f32, %out: f32):
    %n = arith.addf %out, %a : f32
    linalg.yield %n : f32
  } -> tensor<4x8xf32>
  %y = arith.divf %e, %sum : tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}
