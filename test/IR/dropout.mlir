// RUN: act-opt %s | act-opt | FileCheck %s
// RUN: act-opt %s --canonicalize | FileCheck %s --check-prefix=FOLD

// CHECK-LABEL: func @roundtrip
//       CHECK: act.dropout %{{.*}}, %{{.*}} : tensor<?x8xf32>
//       CHECK: act.dropout %{{.*}}, %{{.*}}, %{{.*}} {p = 0.1} : tensor<?x8xf32>
//       CHECK: act.dropout_backward %{{.*}}, %{{.*}} {p = 0.1} : tensor<?x8xf32>
//       CHECK: act.alpha_dropout %{{.*}}, %{{.*}} {p = 1.0} : tensor<bf16>
//       CHECK: act.alpha_dropout_backward %{{.*}}, %{{.*}} : tensor<bf16>
func.func @roundtrip(%x: tensor<?x8xf32>, %z: tensor<bf16>, %seed: i64,
    %offset: i64) -> (tensor<?x8xf32>, tensor<?x8xf32>, tensor<?x8xf32>,
                      tensor<bf16>, tensor<bf16>) {
  %0 = act.dropout %x, %seed : tensor<?x8xf32>
  %1 = act.dropout %x, %seed, %offset {p = 0.1} : tensor<?x8xf32>
  %2 = act.dropout_backward %x, %seed {p = 0.1} : tensor<?x8xf32>
  %3 = act.alpha_dropout %z, %seed {p = 1.0} : tensor<bf16>
  %4 = act.alpha_dropout_backward %z, %seed : tensor<bf16>
  return %0, %1, %2, %3, %4 : tensor<?x8xf32>, tensor<?x8xf32>,
    tensor<?x8xf32>, tensor<bf16>, tensor<bf16>
}

// With p = 0 nothing happens.
// FOLD-LABEL: func @nothing(
//  FOLD-SAME: %[[X:.*]]: tensor<4xf16>
//  FOLD-NEXT: return %[[X]], %[[X]], %[[X]], %[[X]]
func.func @nothing(%x: tensor<4xf16>, %seed: i64)
    -> (tensor<4xf16>, tensor<4xf16>, tensor<4xf16>, tensor<4xf16>) {
  %0 = act.dropout %x, %seed {p = 0.0} : tensor<4xf16>
  %1 = act.dropout_backward %x, %seed {p = 0.0} : tensor<4xf16>
  %2 = act.alpha_dropout %x, %seed {p = 0.0} : tensor<4xf16>
  %3 = act.alpha_dropout_backward %x, %seed {p = 0.0} : tensor<4xf16>
  return %0, %1, %2, %3
    : tensor<4xf16>, tensor<4xf16>, tensor<4xf16>, tensor<4xf16>
}

// CHECK-LABEL: func @words
//       CHECK: act.philox %{{.*}}, %{{.*}}, %{{.*}} : i64
//       CHECK: act.philox %{{.*}}, %{{.*}}, %{{.*}} : vector<8xi64>
func.func @words(%s: i64, %v: vector<8xi64>) -> (i32, vector<8xi32>) {
  %0:4 = act.philox %s, %s, %s : i64
  %1:4 = act.philox %v, %v, %v : vector<8xi64>
  return %0#0, %1#3 : i32, vector<8xi32>
}
