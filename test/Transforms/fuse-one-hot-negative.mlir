// RUN: act-opt %s --act-fuse --verify-diagnostics \
// RUN:   --remarks-filter=act-fuse -o %t
// RUN: act-opt %s | diff - %t

#all = affine_map<(i, j) -> (i, j)>
#row = affine_map<(i, j) -> (i)>

func.func @other_dim(%x: tensor<8x8xf32>, %t: tensor<8xi64>) -> tensor<8xf32> {
  %none = arith.constant 0.0 : f32
  %zero = arith.constant dense<0.0> : tensor<8xf32>
  %p = act.log_softmax %x {dim = 0} : tensor<8x8xf32>
  // expected-remark @below {{[Missed] one-hot-loss | Category:act-fuse | Function=other_dim | Remark="'act.log_softmax' runs along dimension 0, the classes along 1"}}
  %loss = linalg.generic {indexing_maps = [#all, #row, #row],
      iterator_types = ["parallel", "reduction"]}
      ins(%p, %t : tensor<8x8xf32>, tensor<8xi64>)
      outs(%zero : tensor<8xf32>) {
  ^bb0(%logp: f32, %target: i64, %out: f32):
    %class = linalg.index 1 : index
    %wide = arith.index_cast %target : i64 to index
    %is = arith.cmpi eq, %class, %wide : index
    %a = arith.select %is, %logp, %none : f32
    %sum = arith.subf %out, %a : f32
    linalg.yield %sum : f32
  } -> tensor<8xf32>
  return %loss : tensor<8xf32>
}

func.func @masked(%x: tensor<4x8xf32>, %t: tensor<4xi64>, %m: tensor<4x8xi1>)
    -> tensor<4xf32> {
  %none = arith.constant 0.0 : f32
  %zero = arith.constant dense<0.0> : tensor<4xf32>
  %p = act.log_softmax %x mask(%m : tensor<4x8xi1>) : tensor<4x8xf32>
  // expected-remark @below {{mask and empty_row have no place in 'act.cross_entropy'}}
  %loss = linalg.generic {indexing_maps = [#all, #row, #row],
      iterator_types = ["parallel", "reduction"]}
      ins(%p, %t : tensor<4x8xf32>, tensor<4xi64>)
      outs(%zero : tensor<4xf32>) {
  ^bb0(%logp: f32, %target: i64, %out: f32):
    %class = linalg.index 1 : index
    %wide = arith.index_cast %target : i64 to index
    %is = arith.cmpi eq, %class, %wide : index
    %a = arith.select %is, %logp, %none : f32
    %sum = arith.subf %out, %a : f32
    linalg.yield %sum : f32
  } -> tensor<4xf32>
  return %loss : tensor<4xf32>
}

func.func @begins(%x: tensor<4x8xf32>, %t: tensor<4xi64>) -> tensor<4xf32> {
  %none = arith.constant 0.0 : f32
  %one = arith.constant dense<1.0> : tensor<4xf32>
  %p = act.log_softmax %x : tensor<4x8xf32>
  // expected-remark @below {{the sum of log-probabilities does not begin with 0}}
  %loss = linalg.generic {indexing_maps = [#all, #row, #row],
      iterator_types = ["parallel", "reduction"]}
      ins(%p, %t : tensor<4x8xf32>, tensor<4xi64>)
      outs(%one : tensor<4xf32>) {
  ^bb0(%logp: f32, %target: i64, %out: f32):
    %class = linalg.index 1 : index
    %wide = arith.index_cast %target : i64 to index
    %is = arith.cmpi eq, %class, %wide : index
    %a = arith.select %is, %logp, %none : f32
    %sum = arith.subf %out, %a : f32
    linalg.yield %sum : f32
  } -> tensor<4xf32>
  return %loss : tensor<4xf32>
}

func.func @narrow(%x: tensor<4x8xf16>, %t: tensor<4xi64>) -> tensor<4xf16> {
  %none = arith.constant 0.0 : f16
  %zero = arith.constant dense<0.0> : tensor<4xf16>
  %p = act.log_softmax %x : tensor<4x8xf16>
  // expected-remark @below {{the loss has the type 'f32', found 'f16'}}
  %loss = linalg.generic {indexing_maps = [#all, #row, #row],
      iterator_types = ["parallel", "reduction"]}
      ins(%p, %t : tensor<4x8xf16>, tensor<4xi64>)
      outs(%zero : tensor<4xf16>) {
  ^bb0(%logp: f16, %target: i64, %out: f16):
    %class = linalg.index 1 : index
    %wide = arith.index_cast %target : i64 to index
    %is = arith.cmpi eq, %class, %wide : index
    %a = arith.select %is, %logp, %none : f16
    %sum = arith.subf %out, %a : f16
    linalg.yield %sum : f16
  } -> tensor<4xf16>
  return %loss : tensor<4xf16>
}

func.func @used(%x: tensor<4x8xf32>, %t: tensor<4xi64>)
    -> (tensor<4xf32>, tensor<4x8xf32>) {
  %none = arith.constant 0.0 : f32
  %zero = arith.constant dense<0.0> : tensor<4xf32>
  %p = act.log_softmax %x : tensor<4x8xf32>
  // expected-remark @below {{'act.log_softmax' is also used by 'func.return' and would be computed twice}}
  %loss = linalg.generic {indexing_maps = [#all, #row, #row],
      iterator_types = ["parallel", "reduction"]}
      ins(%p, %t : tensor<4x8xf32>, tensor<4xi64>)
      outs(%zero : tensor<4xf32>) {
  ^bb0(%logp: f32, %target: i64, %out: f32):
    %class = linalg.index 1 : index
    %wide = arith.index_cast %target : i64 to index
    %is = arith.cmpi eq, %class, %wide : index
    %a = arith.select %is, %logp, %none : f32
    %sum = arith.subf %out, %a : f32
    linalg.yield %sum : f32
  } -> tensor<4xf32>
  return %loss, %p : tensor<4xf32>, tensor<4x8xf32>
}

// A sum that is not negated, a class of the row, and classes that do not count:
// nothing like a loss.
func.func @others(%x: tensor<8x8xf32>, %t: tensor<8xi64>)
    -> (tensor<8xf32>, tensor<8xf32>) {
  %none = arith.constant 0.0 : f32
  %zero = arith.constant dense<0.0> : tensor<8xf32>
  %p = act.log_softmax %x : tensor<8x8xf32>
  %0 = linalg.generic {indexing_maps = [#all, #row, #row],
      iterator_types = ["parallel", "reduction"]}
      ins(%p, %t : tensor<8x8xf32>, tensor<8xi64>)
      outs(%zero : tensor<8xf32>) {
  ^bb0(%logp: f32, %target: i64, %out: f32):
    %class = linalg.index 1 : index
    %wide = arith.index_cast %target : i64 to index
    %is = arith.cmpi eq, %class, %wide : index
    %a = arith.select %is, %logp, %none : f32
    %sum = arith.addf %out, %a : f32
    linalg.yield %sum : f32
  } -> tensor<8xf32>
  %1 = linalg.generic {indexing_maps = [#all, #row, #row],
      iterator_types = ["parallel", "reduction"]}
      ins(%p, %t : tensor<8x8xf32>, tensor<8xi64>)
      outs(%zero : tensor<8xf32>) {
  ^bb0(%logp: f32, %target: i64, %out: f32):
    %class = linalg.index 0 : index
    %wide = arith.index_cast %target : i64 to index
    %is = arith.cmpi eq, %class, %wide : index
    %a = arith.select %is, %logp, %none : f32
    %sum = arith.subf %out, %a : f32
    linalg.yield %sum : f32
  } -> tensor<8xf32>
  return %0, %1 : tensor<8xf32>, tensor<8xf32>
}

// Each turn takes the sum so far from its term: signs alternate.
func.func @alternating(%x: tensor<4x8xf32>, %t: tensor<4xi64>) -> tensor<4xf32> {
  %none = arith.constant 0.0 : f32
  %zero = arith.constant dense<0.0> : tensor<4xf32>
  %p = act.log_softmax %x : tensor<4x8xf32>
  %loss = linalg.generic {indexing_maps = [#all, #row, #row],
      iterator_types = ["parallel", "reduction"]}
      ins(%p, %t : tensor<4x8xf32>, tensor<4xi64>)
      outs(%zero : tensor<4xf32>) {
  ^bb0(%logp: f32, %target: i64, %out: f32):
    %class = linalg.index 1 : index
    %wide = arith.index_cast %target : i64 to index
    %is = arith.cmpi eq, %class, %wide : index
    %a = arith.select %is, %logp, %none : f32
    %sum = arith.subf %a, %out : f32
    linalg.yield %sum : f32
  } -> tensor<4xf32>
  return %loss : tensor<4xf32>
}

// Of 8 bits several classes are the same.
func.func @narrow_classes(%x: tensor<4x300xf32>, %t: tensor<4xi64>) -> tensor<4xf32> {
  %none = arith.constant 0.0 : f32
  %zero = arith.constant dense<0.0> : tensor<4xf32>
  %p = act.log_softmax %x : tensor<4x300xf32>
  %loss = linalg.generic {indexing_maps = [#all, #row, #row],
      iterator_types = ["parallel", "reduction"]}
      ins(%p, %t : tensor<4x300xf32>, tensor<4xi64>)
      outs(%zero : tensor<4xf32>) {
  ^bb0(%logp: f32, %target: i64, %out: f32):
    %class = linalg.index 1 : index
    %narrow = arith.index_cast %class : index to i8
    %wide = arith.index_cast %target : i64 to index
    %low = arith.index_cast %wide : index to i8
    %is = arith.cmpi eq, %narrow, %low : i8
    %a = arith.select %is, %logp, %none : f32
    %sum = arith.subf %out, %a : f32
    linalg.yield %sum : f32
  } -> tensor<4xf32>
  return %loss : tensor<4xf32>
}
