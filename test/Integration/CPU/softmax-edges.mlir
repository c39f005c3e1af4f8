// Rows with NaN and infinities, and rows of which nothing counts, on the CPU and in
// kernels.

// DEFINE: %{accuracy} = default
// DEFINE: %{device} = cpu
// DEFINE: %{kept} = act-run %s --entry=kept --accuracy=%{accuracy} \
// DEFINE:   --device=%{device} \
// DEFINE:   "--input=9x4xf32=[[0,-inf,0,0],[nan,1,-inf,2],[inf,1,-inf,2],[inf,inf,nan,0],[-inf,-inf,-inf,-inf],[nan,-inf,-inf,-inf],[3.4e38,-3.4e38,0,3.4e38],[nan,nan,nan,nan],[-0.0,0,1e-45,0]]" \
// DEFINE:   --output=- --output=- --output=- | FileCheck %s --check-prefix=KEPT

// RUN: %{kept}
// REDEFINE: %{accuracy} = exact
// RUN: %{kept}
// REDEFINE: %{device} = simt
// RUN: %{kept}

// KEPT:      0.33333334, 0, 0.33333334, 0.33333334
// KEPT-NEXT: nan, nan, nan, nan
// KEPT-NEXT: nan, nan, nan, nan
// KEPT-NEXT: nan, nan, nan, nan
// KEPT-NEXT: nan, nan, nan, nan
// KEPT-NEXT: nan, nan, nan, nan
// KEPT-NEXT: 0.5, 0, 0, 0.5
// KEPT-NEXT: nan, nan, nan, nan
// KEPT-NEXT: 0.25, 0.25, 0.25, 0.25
// KEPT:      -1.0986123, -inf, -1.0986123, -1.0986123
// KEPT-NEXT: nan, nan, nan, nan
// KEPT-NEXT: nan, nan, nan, nan
// KEPT-NEXT: nan, nan, nan, nan
// KEPT-NEXT: nan, nan, nan, nan
// KEPT-NEXT: nan, nan, nan, nan
// KEPT-NEXT: -0.6931472, -inf, -3.4e+38, -0.6931472
// KEPT-NEXT: nan, nan, nan, nan
// KEPT-NEXT: -1.3862944, -1.3862944, -1.3862944, -1.3862944
// KEPT:      1.0986123, nan, inf, nan, -inf, nan, 3.4e+38, nan, 1.3862944

func.func @kept(%x: tensor<9x4xf32>)
    -> (tensor<9x4xf32>, tensor<9x4xf32>, tensor<9xf32>) {
  %0 = act.softmax %x : tensor<9x4xf32>
  %1 = act.log_softmax %x : tensor<9x4xf32>
  %2 = act.logsumexp %x : tensor<9x4xf32> -> tensor<9xf32>
  return %0, %1, %2 : tensor<9x4xf32>, tensor<9x4xf32>, tensor<9xf32>
}

// The same of 16-bit numbers, whose terms are distances from the maximum.

// RUN: act-run %s --entry=halves \
// RUN:   "--input=9x4xbf16=[[0,-inf,0,0],[nan,1,-inf,2],[inf,1,-inf,2],[inf,inf,nan,0],[-inf,-inf,-inf,-inf],[nan,-inf,-inf,-inf],[3e38,-3e38,0,3e38],[nan,nan,nan,nan],[-0.0,0,1e-38,0]]" \
// RUN:   --output=- --output=- --output=- | FileCheck %s --check-prefix=HALF
// RUN: act-run %s --device=simt --entry=halves \
// RUN:   "--input=9x4xbf16=[[0,-inf,0,0],[nan,1,-inf,2],[inf,1,-inf,2],[inf,inf,nan,0],[-inf,-inf,-inf,-inf],[nan,-inf,-inf,-inf],[3e38,-3e38,0,3e38],[nan,nan,nan,nan],[-0.0,0,1e-38,0]]" \
// RUN:   --output=- --output=- --output=- | FileCheck %s --check-prefix=HALF

// HALF:      0.334, 0, 0.334, 0.334
// HALF-NEXT: nan, nan, nan, nan
// HALF-NEXT: nan, nan, nan, nan
// HALF-NEXT: nan, nan, nan, nan
// HALF-NEXT: nan, nan, nan, nan
// HALF-NEXT: nan, nan, nan, nan
// HALF-NEXT: 0.5, 0, 0, 0.5
// HALF-NEXT: nan, nan, nan, nan
// HALF-NEXT: 0.25, 0.25, 0.25, 0.25
// HALF:      -1.1, -inf, -1.1, -1.1
// HALF-NEXT: nan, nan, nan, nan
// HALF-NEXT: nan, nan, nan, nan
// HALF-NEXT: nan, nan, nan, nan
// HALF-NEXT: nan, nan, nan, nan
// HALF-NEXT: nan, nan, nan, nan
// HALF-NEXT: -0.69, -inf, -3e+38, -0.69
// HALF-NEXT: nan, nan, nan, nan
// HALF-NEXT: -1.38, -1.38, -1.38, -1.38
// HALF:      1.0986123, nan, inf, nan, -inf, nan, 3.0040553e+38, nan, 1.3862944

func.func @halves(%x: tensor<9x4xbf16>)
    -> (tensor<9x4xbf16>, tensor<9x4xbf16>, tensor<9xf32>) {
  %0 = act.softmax %x : tensor<9x4xbf16>
  %1 = act.log_softmax %x : tensor<9x4xbf16>
  %2 = act.logsumexp %x : tensor<9x4xbf16> -> tensor<9xf32>
  return %0, %1, %2 : tensor<9x4xbf16>, tensor<9x4xbf16>, tensor<9xf32>
}

// Terms that are subnormal in f32, and those whose sum is: nothing is flushed.

// RUN: act-run %s --entry=far "--input=3x2xbf16=[[0,-88],[0,-92],[0,-103]]" \
// RUN:   --output=- --output=- | FileCheck %s --check-prefix=FAR
// RUN: act-run %s --device=simt --entry=far "--input=3x2xbf16=[[0,-88],[0,-92],[0,-103]]" \
// RUN:   --output=- --output=- | FileCheck %s --check-prefix=FAR

// FAR:      1, 6.1e-39
// FAR-NEXT: 1, 9e-41
// FAR-NEXT: 1, 0
// FAR:      6.054604e-39, 1.10895e-40, 1e-45

func.func @far(%x: tensor<3x2xbf16>) -> (tensor<3x2xbf16>, tensor<3xf32>) {
  %0 = act.softmax %x : tensor<3x2xbf16>
  %1 = act.logsumexp %x : tensor<3x2xbf16> -> tensor<3xf32>
  return %0, %1 : tensor<3x2xbf16>, tensor<3xf32>
}

// What a mask leaves out never shows; a kept NaN always does.

// RUN: act-run %s --entry=masked "--input=4x3xf32=[[1,nan,1],[nan,5,inf],[1,2,-inf],[nan,nan,1]]" \
// RUN:   "--input=4x3xi1=[[1,0,1],[0,0,0],[0,0,1],[1,0,1]]" \
// RUN:   --output=- --output=- --output=- --output=- --output=- --output=- \
// RUN:   --output=- | FileCheck %s --check-prefix=MASKED
// RUN: act-run %s --device=simt --entry=masked "--input=4x3xf32=[[1,nan,1],[nan,5,inf],[1,2,-inf],[nan,nan,1]]" \
// RUN:   "--input=4x3xi1=[[1,0,1],[0,0,0],[0,0,1],[1,0,1]]" \
// RUN:   --output=- --output=- --output=- --output=- --output=- --output=- \
// RUN:   --output=- | FileCheck %s --check-prefix=MASKED

// MASKED:      {{\[}}0.5, 0, 0.5]
// MASKED-NEXT: {{\[}}nan, nan, nan]
// MASKED-NEXT: {{\[}}nan, nan, nan]
// MASKED-NEXT: {{\[}}nan, 0, nan]
// MASKED:      {{\[}}0.5, 0, 0.5]
// MASKED-NEXT: {{\[}} 0, 0, 0]
// MASKED-NEXT: {{\[}} 0, 0, 0]
// MASKED-NEXT: {{\[}}nan, 0, nan]
// MASKED:      {{\[}} 0.5, 0, 0.5]
// MASKED-NEXT: {{\[}}0.33333334, 0.33333334, 0.33333334]
// MASKED-NEXT: {{\[}}0.33333334, 0.33333334, 0.33333334]
// MASKED-NEXT: {{\[}} nan, 0, nan]
// MASKED:      {{\[}}-0.6931472, -inf, -0.6931472]
// MASKED-NEXT: {{\[}} nan, nan, nan]
// MASKED-NEXT: {{\[}} nan, nan, nan]
// MASKED-NEXT: {{\[}} nan, -inf, nan]
// MASKED:      {{\[}}-0.6931472, -inf, -0.6931472]
// MASKED-NEXT: {{\[}} -inf, -inf, -inf]
// MASKED-NEXT: {{\[}} -inf, -inf, -inf]
// MASKED-NEXT: {{\[}} nan, -inf, nan]
// MASKED:      {{\[}}-0.6931472, -inf, -0.6931472]
// MASKED-NEXT: {{\[}}-1.0986123, -1.0986123, -1.0986123]
// MASKED-NEXT: {{\[}}-1.0986123, -1.0986123, -1.0986123]
// MASKED-NEXT: {{\[}} nan, -inf, nan]
// MASKED:      [1.6931472, -inf, -inf, nan]

func.func @masked(%x: tensor<4x3xf32>, %m: tensor<4x3xi1>)
    -> (tensor<4x3xf32>, tensor<4x3xf32>, tensor<4x3xf32>, tensor<4x3xf32>,
        tensor<4x3xf32>, tensor<4x3xf32>, tensor<4xf32>) {
  %0 = act.softmax %x mask(%m : tensor<4x3xi1>) : tensor<4x3xf32>
  %1 = act.softmax %x mask(%m : tensor<4x3xi1>) empty_row(zero) : tensor<4x3xf32>
  %2 = act.softmax %x mask(%m : tensor<4x3xi1>) empty_row(uniform)
    : tensor<4x3xf32>
  %3 = act.log_softmax %x mask(%m : tensor<4x3xi1>)
    : tensor<4x3xf32>
  %4 = act.log_softmax %x mask(%m : tensor<4x3xi1>) empty_row(zero)
    : tensor<4x3xf32>
  %5 = act.log_softmax %x mask(%m : tensor<4x3xi1>) empty_row(uniform)
    : tensor<4x3xf32>
  %6 = act.logsumexp %x mask(%m : tensor<4x3xi1>)
    : tensor<4x3xf32> -> tensor<4xf32>
  return %0, %1, %2, %3, %4, %5, %6
    : tensor<4x3xf32>, tensor<4x3xf32>, tensor<4x3xf32>, tensor<4x3xf32>,
      tensor<4x3xf32>, tensor<4x3xf32>, tensor<4xf32>
}

// Gradients from y are the same as from x.

// RUN: act-run %s --entry=saved "--input=4x3xf32=[[1,nan,1],[nan,5,inf],[1,2,-inf],[nan,nan,1]]" \
// RUN:   "--input=4x3xi1=[[1,0,1],[0,0,0],[0,0,1],[1,0,1]]" \
// RUN:   "--input=4x3xf32=[[1,2,3],[1,2,3],[1,2,3],[1,2,3]]" \
// RUN:   --output=- --output=- --output=- | FileCheck %s --check-prefix=SAVED
// RUN: act-run %s --device=simt --entry=saved "--input=4x3xf32=[[1,nan,1],[nan,5,inf],[1,2,-inf],[nan,nan,1]]" \
// RUN:   "--input=4x3xi1=[[1,0,1],[0,0,0],[0,0,1],[1,0,1]]" \
// RUN:   "--input=4x3xf32=[[1,2,3],[1,2,3],[1,2,3],[1,2,3]]" \
// RUN:   --output=- --output=- --output=- | FileCheck %s --check-prefix=SAVED

// SAVED:      {{\[}}-0.5, 0, 0.5]
// SAVED-NEXT: {{\[}} nan, nan, nan]
// SAVED-NEXT: {{\[}} nan, nan, nan]
// SAVED-NEXT: {{\[}} nan, 0, nan]
// SAVED:      {{\[}}-0.5, 0, 0.5]
// SAVED-NEXT: {{\[}} 0, 0, 0]
// SAVED-NEXT: {{\[}} 0, 0, 0]
// SAVED-NEXT: {{\[}} nan, 0, nan]
// SAVED:      {{\[}} -1, 0, 1]
// SAVED-NEXT: {{\[}} 0, 0, 0]
// SAVED-NEXT: {{\[}} 0, 0, 0]
// SAVED-NEXT: {{\[}}nan, 0, nan]

func.func @saved(%x: tensor<4x3xf32>, %mask: tensor<4x3xi1>,
                 %dy: tensor<4x3xf32>)
    -> (tensor<4x3xf32>, tensor<4x3xf32>, tensor<4x3xf32>) {
  %y = act.softmax %x mask(%mask : tensor<4x3xi1>) : tensor<4x3xf32>
  %0 = act.softmax_backward %dy, %y mask(%mask : tensor<4x3xi1>) saved(output)
    : tensor<4x3xf32>
  %z = act.softmax %x mask(%mask : tensor<4x3xi1>) empty_row(zero)
    : tensor<4x3xf32>
  %1 = act.softmax_backward %dy, %z mask(%mask : tensor<4x3xi1>) saved(output)
    empty_row(zero) : tensor<4x3xf32>
  %l = act.log_softmax %x mask(%mask : tensor<4x3xi1>) empty_row(zero)
    : tensor<4x3xf32>
  %2 = act.log_softmax_backward %dy, %l mask(%mask : tensor<4x3xi1>)
    saved(output) empty_row(zero) : tensor<4x3xf32>
  return %0, %1, %2 : tensor<4x3xf32>, tensor<4x3xf32>, tensor<4x3xf32>
}

// Rows that are known to have one element, and rows without any.

// RUN: act-run %s --entry=one "--input=3x1xf32=[[2],[-inf],[nan]]" --input=f32=3 \
// RUN:   --output=- --output=- --output=- --output=- --output=- --output=- \
// RUN:   --output=- --output=- --output=- | FileCheck %s --check-prefix=ONE
// RUN: act-run %s --device=simt --entry=one \
// RUN:   "--input=3x1xf32=[[2],[-inf],[nan]]" --input=f32=3 \
// RUN:   --output=- --output=- --output=- --output=- --output=- --output=- \
// RUN:   --output=- --output=- --output=- | FileCheck %s --check-prefix=ONE

// ONE:      res0: 3x1xf32
// ONE-NEXT: {{\[\[ *}}1],
// ONE-NEXT: {{\[ *}}nan],
// ONE-NEXT: {{\[ *}}nan]]
// ONE-NEXT: res1: 3x1xf32
// ONE-NEXT: {{\[\[ *}}0],
// ONE-NEXT: {{\[ *}}nan],
// ONE-NEXT: {{\[ *}}nan]]
// ONE-NEXT: res2: 3xf32
// ONE-NEXT: [2, -inf, nan]
// ONE-NEXT: res3: f32
// ONE-NEXT: 1
// ONE-NEXT: res4: f32
// ONE-NEXT: 0
// ONE-NEXT: res5: f32
// ONE-NEXT: 3
// ONE-NEXT: res6: f32
// ONE-NEXT: 0
// ONE-NEXT: res7: f32
// ONE-NEXT: 0
// ONE-NEXT: res8: f32
// ONE-NEXT: 3

func.func @one(%x: tensor<3x1xf32>, %n: tensor<f32>)
    -> (tensor<3x1xf32>, tensor<3x1xf32>, tensor<3xf32>, tensor<f32>,
        tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>) {
  %0 = act.softmax %x : tensor<3x1xf32>
  %1 = act.log_softmax %x : tensor<3x1xf32>
  %2 = act.logsumexp %x : tensor<3x1xf32> -> tensor<3xf32>
  %3 = act.softmax %n : tensor<f32>
  %4 = act.log_softmax %n : tensor<f32>
  %5 = act.logsumexp %n : tensor<f32>
  %6 = act.softmax_backward %n, %n : tensor<f32>
  %7 = act.log_softmax_backward %n, %n : tensor<f32>
  %8 = act.logsumexp_backward %n, %n : tensor<f32>
  return %0, %1, %2, %3, %4, %5, %6, %7, %8
    : tensor<3x1xf32>, tensor<3x1xf32>, tensor<3xf32>, tensor<f32>,
      tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>
}

// RUN: act-run %s --entry=none --input=2x0xf32=zeros --input=2xf32=[1,2] \
// RUN:   --output=- --output=- --output=- --output=- --output=- --output=- \
// RUN:   --output=- --output=- | FileCheck %s --check-prefix=EMPTY
// RUN: act-run %s --device=simt --entry=none --input=2x0xf32=zeros \
// RUN:   --input=2xf32=[1,2] \
// RUN:   --output=- --output=- --output=- --output=- --output=- --output=- \
// RUN:   --output=- --output=- | FileCheck %s --check-prefix=EMPTY

// EMPTY: res0: 2xf32
// EMPTY-NEXT: [-inf, -inf]
// EMPTY-NEXT: res1: 2x0xf32
// EMPTY: res2: 2xf32
// EMPTY-NEXT: [-inf, -inf]
// EMPTY-NEXT: res3: 2x0xf32
// EMPTY: res4: 2x0xf32
// EMPTY: res5: 2x0xf32
// EMPTY: res6: 2x0xf32
// EMPTY: res7: 2x0xf32

func.func @none(%x: tensor<2x0xf32>, %dlse: tensor<2xf32>)
    -> (tensor<2xf32>, tensor<2x0xf32>, tensor<2xf32>, tensor<2x0xf32>,
        tensor<2x0xf32>, tensor<2x0xf32>, tensor<2x0xf32>, tensor<2x0xf32>) {
  %0 = act.logsumexp %x : tensor<2x0xf32> -> tensor<2xf32>
  %1, %2 = act.softmax %x empty_row(uniform)
    : tensor<2x0xf32> -> tensor<2x0xf32>, tensor<2xf32>
  %3 = act.log_softmax %x : tensor<2x0xf32>
  %4 = act.softmin %x : tensor<2x0xf32>
  %5 = act.softmax_backward %x, %x : tensor<2x0xf32>
  %6 = act.log_softmax_backward %x, %x : tensor<2x0xf32>
  %7 = act.logsumexp_backward %dlse, %x : tensor<2xf32>, tensor<2x0xf32>
  return %0, %1, %2, %3, %4, %5, %6, %7
    : tensor<2xf32>, tensor<2x0xf32>, tensor<2xf32>, tensor<2x0xf32>,
      tensor<2x0xf32>, tensor<2x0xf32>, tensor<2x0xf32>, tensor<2x0xf32>
}

// The least is the greatest of softmin: +inf counts nothing, and -inf is NaN.

// DEFINE: %{rows} = act-run %s --entry=softmin \
// DEFINE:   "--input=5x3xf32=[[1,inf,nan],[nan,1,nan],[-inf,1,nan],[inf,inf,nan],[1,2,nan]]" \
// DEFINE:   --input=5x3xi1=[[1,1,0],[1,1,0],[1,1,0],[1,1,0],[0,0,0]] \
// DEFINE:   --output=- --output=- --output=-
// RUN: %{rows} | FileCheck %s --check-prefix=SOFTMIN
// RUN: %{rows} --device=simt | FileCheck %s --check-prefix=SOFTMIN

// SOFTMIN:      {{\[}} 1, 0, 0]
// SOFTMIN-NEXT: {{\[}}nan, nan, 0]
// SOFTMIN-NEXT: {{\[}}nan, nan, 0]
// SOFTMIN-NEXT: {{\[}}nan, nan, nan]
// SOFTMIN-NEXT: {{\[}}nan, nan, nan]
// SOFTMIN:      {{\[}} 1, 0, 0]
// SOFTMIN-NEXT: {{\[}}nan, nan, 0]
// SOFTMIN-NEXT: {{\[}}nan, nan, 0]
// SOFTMIN-NEXT: {{\[}} 0, 0, 0]
// SOFTMIN-NEXT: {{\[}} 0, 0, 0]
// SOFTMIN:      {{\[}} 1, 0, 0]
// SOFTMIN-NEXT: {{\[}} nan, nan, 0]
// SOFTMIN-NEXT: {{\[}} nan, nan, 0]
// SOFTMIN-NEXT: {{\[}}0.33333334, 0.33333334, 0.33333334]
// SOFTMIN-NEXT: {{\[}}0.33333334, 0.33333334, 0.33333334]

func.func @softmin(%x: tensor<5x3xf32>, %m: tensor<5x3xi1>)
    -> (tensor<5x3xf32>, tensor<5x3xf32>, tensor<5x3xf32>) {
  %0 = act.softmin %x mask(%m : tensor<5x3xi1>) : tensor<5x3xf32>
  %1 = act.softmin %x mask(%m : tensor<5x3xi1>) empty_row(zero)
    : tensor<5x3xf32>
  %2 = act.softmin %x mask(%m : tensor<5x3xi1>) empty_row(uniform)
    : tensor<5x3xf32>
  return %0, %1, %2 : tensor<5x3xf32>, tensor<5x3xf32>, tensor<5x3xf32>
}

// With a soft cap infinities are numbers like others, so that a row is empty by its
// mask alone; a NaN stays.

// REDEFINE: %{rows} = act-run %s --entry=capped \
// REDEFINE:   "--input=5x3xf32=[[inf,0,-inf],[-inf,-inf,-inf],[nan,0,0],[inf,inf,nan],[nan,nan,nan]]" \
// REDEFINE:   --input=5x3xi1=[[1,1,1],[1,1,1],[1,1,1],[1,1,0],[0,0,0]] \
// REDEFINE:   "--input=5x3xf32=[[1,2,4],[1,2,4],[1,2,4],[1,2,nan],[1,2,4]]" \
// REDEFINE:   --output=- --output=- --output=- --output=- --output=- --output=-
// RUN: %{rows} | FileCheck %s --check-prefix=CAPPED
// RUN: %{rows} --device=simt | FileCheck %s --check-prefix=CAPPED

// CAPPED:      {{\[}} 0.866813{{.*}}, 0.117310{{.*}}, 0.015876{{.*}}]
// CAPPED-NEXT: {{\[}}0.33333334, 0.33333334, 0.33333334]
// CAPPED-NEXT: {{\[}} nan, nan, nan]
// CAPPED-NEXT: {{\[}} 0.5, 0.5, 0]
// CAPPED-NEXT: {{\[}} 0, 0, 0]
// CAPPED:      {{\[}}-0.142931{{.*}}, -2.142931{{.*}}, -4.142931{{.*}}]
// CAPPED-NEXT: {{\[}} -1.0986123, -1.0986123, -1.0986123]
// CAPPED-NEXT: {{\[}} nan, nan, nan]
// CAPPED-NEXT: {{\[}} -0.6931472, -0.6931472, -inf]
// CAPPED-NEXT: {{\[}} -inf, -inf, -inf]
// CAPPED:      [2.142931{{.*}}, -0.901387{{.*}}, nan, 2.693147{{.*}}, -inf]
// CAPPED:      {{\[}}0.015876{{.*}}, 0.117310{{.*}}, 0.866813{{.*}}]
// CAPPED-NEXT: {{\[}}0.33333334, 0.33333334, 0.33333334]
// CAPPED-NEXT: {{\[}} nan, nan, nan]
// CAPPED-NEXT: {{\[}} 0.5, 0.5, 0]
// CAPPED-NEXT: {{\[}} 0, 0, 0]
// At infinity the cap has no slope.
// CAPPED:      {{\[}} -0, 0.195922{{.*}}, 0]
// CAPPED-NEXT: {{\[}} -0, -0, 0]
// CAPPED-NEXT: {{\[}} nan, nan, nan]
// CAPPED-NEXT: {{\[}} -0, 0, 0]
// CAPPED-NEXT: {{\[}} 0, 0, 0]
// CAPPED:      {{\[}} -0, 2.357654{{.*}}, 0]
// CAPPED-NEXT: {{\[}} -0, -0, 0]
// CAPPED-NEXT: {{\[}} nan, nan, nan]
// CAPPED-NEXT: {{\[}} -0, 0, 0]
// CAPPED-NEXT: {{\[}} 0, 0, 0]

func.func @capped(%x: tensor<5x3xf32>, %m: tensor<5x3xi1>, %dy: tensor<5x3xf32>)
    -> (tensor<5x3xf32>, tensor<5x3xf32>, tensor<5xf32>, tensor<5x3xf32>,
        tensor<5x3xf32>, tensor<5x3xf32>) {
  %0, %lse = act.softmax %x mask(%m : tensor<5x3xi1>) empty_row(zero)
    {softcap = 2.0, temperature = 0.5}
    : tensor<5x3xf32> -> tensor<5x3xf32>, tensor<5xf32>
  %1 = act.log_softmax %x mask(%m : tensor<5x3xi1>) empty_row(zero)
    {softcap = 2.0, temperature = 0.5} : tensor<5x3xf32>
  %2 = act.softmin %x mask(%m : tensor<5x3xi1>) empty_row(zero)
    {softcap = 2.0, temperature = 0.5} : tensor<5x3xf32>
  %3 = act.softmax_backward %dy, %x mask(%m : tensor<5x3xi1>) empty_row(zero)
    {softcap = 2.0, temperature = 0.5} : tensor<5x3xf32>
  %4 = act.log_softmax_backward %dy, %x, %lse mask(%m : tensor<5x3xi1>)
    empty_row(zero) {softcap = 2.0, temperature = 0.5}
    : tensor<5x3xf32>, tensor<5xf32>
  return %0, %1, %lse, %2, %3, %4
    : tensor<5x3xf32>, tensor<5x3xf32>, tensor<5xf32>, tensor<5x3xf32>,
      tensor<5x3xf32>, tensor<5x3xf32>
}
