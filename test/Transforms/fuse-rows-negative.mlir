// RUN: act-opt %s --act-fuse --verify-diagnostics \
// RUN:   --remarks-filter=act-fuse -o %t
// RUN: act-opt %s | diff - %t

func.func @used(%x: tensor<4x8xf32>) -> (tensor<4x8xf32>, tensor<4x8xf32>) {
  %p = act.softmax %x : tensor<4x8xf32>
  // expected-remark @below {{[Missed] log-softmax | Category:act-fuse | Function=used | Remark="'act.softmax' is also used by 'func.return' and would be computed twice"}}
  %y = math.log %p : tensor<4x8xf32>
  return %p, %y : tensor<4x8xf32>, tensor<4x8xf32>
}

func.func @logsumexp_used(%x: tensor<4x8xf32>)
    -> (tensor<4x8xf32>, tensor<4xf32>) {
  %l, %lse = act.log_softmax %x
    : tensor<4x8xf32> -> tensor<4x8xf32>, tensor<4xf32>
  // expected-remark @below {{[Missed] softmax | Category:act-fuse | Function=logsumexp_used | Remark="'act.log_softmax' is also used by 'func.return'}}
  %y = math.exp %l : tensor<4x8xf32>
  return %y, %lse : tensor<4x8xf32>, tensor<4xf32>
}

func.func @linalg_type(%x: tensor<4x8xf8E5M2>) -> tensor<4x8xf8E5M2> {
  %0 = tensor.empty() : tensor<4x8xf8E5M2>
  // expected-remark @below {{'act.softmax' has no data of type 'tensor<4x8xf8E5M2>'}}
  %y = linalg.softmax dimension(0) ins(%x : tensor<4x8xf8E5M2>)
    outs(%0 : tensor<4x8xf8E5M2>) -> tensor<4x8xf8E5M2>
  return %y : tensor<4x8xf8E5M2>
}

// A large number is no -inf.
func.func @large(%x: tensor<4x8xf32>, %m: tensor<4x8xi1>) -> tensor<4x8xf32> {
  %c = arith.constant dense<-1.0e9> : tensor<4x8xf32>
  %z = arith.select %m, %x, %c : tensor<4x8xi1>, tensor<4x8xf32>
  // expected-remark @below {{[Missed] mask | Category:act-fuse | Function=large | Remark="what a mask hides is exactly -inf, found -1.0}}
  %y = act.softmax %z : tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

func.func @two_masks(%x: tensor<4x8xf32>, %m: tensor<4x8xi1>)
    -> tensor<4x8xf32> {
  %c = arith.constant dense<0xFF800000> : tensor<4x8xf32>
  %z = arith.select %m, %x, %c : tensor<4x8xi1>, tensor<4x8xf32>
  // expected-remark @below {{there is a mask already}}
  %y = act.softmax %z mask(%m : tensor<4x8xi1>) : tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

func.func @capped_mask(%x: tensor<4x8xf32>, %m: tensor<4x8xi1>)
    -> tensor<4x8xf32> {
  %c = arith.constant dense<0xFF800000> : tensor<4x8xf32>
  %z = arith.select %m, %x, %c : tensor<4x8xi1>, tensor<4x8xf32>
  // expected-remark @below {{the soft cap would come before the mask, and -inf is capped}}
  %y = act.softmax %z {softcap = 2.0} : tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

func.func @negative_scale(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %c = arith.constant dense<-2.0> : tensor<4x8xf32>
  %z = arith.mulf %x, %c : tensor<4x8xf32>
  // expected-remark @below {{[Missed] row-scale | Category:act-fuse | Function=negative_scale | Remark="temperature and softcap are greater than 0 and finite, as are their reciprocals, found -2.0}}
  %y = act.softmax %z : tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

func.func @large_scale(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %c = arith.constant dense<1.0e-40> : tensor<4x8xf32>
  %z = arith.divf %x, %c : tensor<4x8xf32>
  // expected-remark @below {{temperature and softcap are greater than 0 and finite, as are their reciprocals, found 9.999}}
  %y = act.softmax %z : tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

func.func @two_scales(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %c = arith.constant dense<2.0> : tensor<4x8xf32>
  %z = arith.divf %x, %c : tensor<4x8xf32>
  // expected-remark @below {{there is a temperature already}}
  %y = act.softmax %z {temperature = 3.0} : tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

func.func @inexact(%x: tensor<4x8xf64>) -> tensor<4x8xf64> {
  %c = arith.constant dense<0.1> : tensor<4x8xf64>
  %z = arith.mulf %x, %c : tensor<4x8xf64>
  // expected-remark @below {{the reciprocal of 1.0}}
  %y = act.softmax %z : tensor<4x8xf64>
  return %y : tensor<4x8xf64>
}

func.func @scale_used(%x: tensor<4x8xf32>)
    -> (tensor<4x8xf32>, tensor<4x8xf32>) {
  %c = arith.constant dense<2.0> : tensor<4x8xf32>
  %z = arith.divf %x, %c : tensor<4x8xf32>
  // expected-remark @below {{'arith.divf' is also used by 'func.return'}}
  %y = act.softmax %z : tensor<4x8xf32>
  return %y, %z : tensor<4x8xf32>, tensor<4x8xf32>
}

// c / x is no scale, and a scale by numbers that differ neither.
func.func @no_scale(%x: tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>) {
  %c = arith.constant dense<2.0> : tensor<2xf32>
  %d = arith.constant dense<[2.0, 3.0]> : tensor<2xf32>
  %0 = arith.divf %c, %x : tensor<2xf32>
  %1 = act.softmax %0 : tensor<2xf32>
  %2 = arith.mulf %x, %d : tensor<2xf32>
  %3 = act.softmax %2 : tensor<2xf32>
  return %1, %3 : tensor<2xf32>, tensor<2xf32>
}

func.func @other_cap(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %cap = arith.constant dense<30.0> : tensor<4x8xf32>
  %other = arith.constant dense<29.0> : tensor<4x8xf32>
  %v = arith.divf %x, %other : tensor<4x8xf32>
  %h = math.tanh %v : tensor<4x8xf32>
  %z = arith.mulf %h, %cap : tensor<4x8xf32>
  // expected-remark @below {{the numbers of a soft cap are reciprocal, found 2.9}}
  %y = act.softmax %z : tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

func.func @two_caps(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %cap = arith.constant dense<30.0> : tensor<4x8xf32>
  %v = arith.divf %x, %cap : tensor<4x8xf32>
  %h = math.tanh %v : tensor<4x8xf32>
  %z = arith.mulf %h, %cap : tensor<4x8xf32>
  // expected-remark @below {{there is a softcap already}}
  %y = act.softmax %z {softcap = 2.0} : tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

// A scale after the soft cap stays.
func.func @scaled_cap(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %cap = arith.constant dense<30.0> : tensor<4x8xf32>
  %v = arith.divf %x, %cap : tensor<4x8xf32>
  %h = math.tanh %v : tensor<4x8xf32>
  %z = arith.mulf %h, %cap : tensor<4x8xf32>
  // expected-remark @below {{the temperature would come before the soft cap}}
  %y = act.softmax %z {temperature = 2.0} : tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

// The second results are other things: logsumexps, whose functions these are not.
func.func @exp_of_lse(%x: tensor<4x8xf32>) -> tensor<4xf32> {
  %p, %lse = act.log_softmax %x : tensor<4x8xf32> -> tensor<4x8xf32>, tensor<4xf32>
  %y = math.exp %lse : tensor<4xf32>
  return %y : tensor<4xf32>
}

func.func @log_of_lse(%x: tensor<4x8xf32>) -> tensor<4xf32> {
  %p, %lse = act.softmax %x : tensor<4x8xf32> -> tensor<4x8xf32>, tensor<4xf32>
  %y = math.log %lse : tensor<4xf32>
  return %y : tensor<4xf32>
}
