// Losses of any type along any dimension are what the definition says, and
// confident rows of many classes have a loss and a gradient of their own
// relative accuracy. The references are Inputs/losses.py.

// DEFINE: %{shape} = 1
// DEFINE: %{make} =
// DEFINE: %{type} = f32
// DEFINE: %{target} = target
// DEFINE: %{error} = --rtol=2e-6 --atol=2e-6
// DEFINE: %{run} = %python %S/Inputs/losses.py %t --shape=%{shape} %{make} && \
// DEFINE:   sed "s/REAL/%{type}/g" %s | act-run - --input=@%t/x.npy \
// DEFINE:   --input=@%t/%{target}.npy --input=@%t/drow.npy %{error} --entry
// DEFINE: %{hard} = %{run}=hard --expect=@%t/rows.npy \
// DEFINE:   --expect=@%t/rows_dx.npy --expect=@%t/rows_dx.npy \
// DEFINE:   --expect=@%t/nll_rows.npy --expect=@%t/nll_rows_dx.npy
// DEFINE: %{soft} = %{run}=soft --expect=@%t/rows.npy \
// DEFINE:   --expect=@%t/rows_dx.npy --expect=@%t/rows_dx.npy \
// DEFINE:   --expect=@%t/rows_dq.npy

// Rows in the middle, whose elements lie apart.

// REDEFINE: %{shape} = 3x41x5
// RUN: %{hard}
// REDEFINE: %{make} = --soft
// REDEFINE: %{target} = q
// RUN: %{soft}

// 64 bit.

// REDEFINE: %{type} = f64
// REDEFINE: %{error} = --rtol=1e-14 --atol=1e-15
// REDEFINE: %{shape} = 2x70x2
// REDEFINE: %{make} = --f64 --soft --margin=20
// RUN: %{soft}
// REDEFINE: %{make} = --f64 --margin=20
// REDEFINE: %{target} = target
// RUN: %{hard}

// 16 bit.

// REDEFINE: %{type} = f32
// REDEFINE: %{error} = --rtol=0.004 --atol=1e-6
// REDEFINE: %{shape} = 9x300
// REDEFINE: %{make} = --bf16
// RUN: %{run}=halves --expect=@%t/rows.npy --expect=@%t/rows_dx.npy \
// RUN:   --expect=@%t/rows.npy --expect=@%t/rows_dx.npy

// Many classes.

// REDEFINE: %{error} = --rtol=9.5e-7
// REDEFINE: %{shape} = 1x131072x1
// REDEFINE: %{make} = --margin=0
// RUN: %{hard}
// REDEFINE: %{make} = --margin=17
// RUN: %{run}=loss --expect=@%t/rows.npy --expect=@%t/rows_dx.npy
// REDEFINE: %{make} = --margin=60
// RUN: %{hard}

func.func @hard(%x: tensor<?x?x?xREAL>, %target: tensor<?x?xi64>,
                %drow: tensor<?x?xREAL>)
    -> (tensor<?x?xREAL>, tensor<?x?x?xREAL>, tensor<?x?x?xREAL>,
        tensor<?x?xREAL>, tensor<?x?x?xREAL>) {
  %0, %1, %lse = act.cross_entropy_with_grad %x, %target, %drow reduction(none)
    extra(lse) : tensor<?x?x?xREAL>, tensor<?x?xi64>
    -> tensor<?x?xREAL>, tensor<?x?x?xREAL>, tensor<?x?xREAL>
  %2 = act.cross_entropy_backward %drow, %x, %target, %lse reduction(none)
    : tensor<?x?xREAL>, tensor<?x?x?xREAL>, tensor<?x?xi64>, tensor<?x?xREAL>
  %3 = act.nll %x, %target reduction(none)
    : tensor<?x?x?xREAL>, tensor<?x?xi64> -> tensor<?x?xREAL>
  %4 = act.nll_backward %drow, %x, %target reduction(none)
    : tensor<?x?xREAL>, tensor<?x?x?xREAL>, tensor<?x?xi64>
  return %0, %1, %2, %3, %4
    : tensor<?x?xREAL>, tensor<?x?x?xREAL>, tensor<?x?x?xREAL>,
      tensor<?x?xREAL>, tensor<?x?x?xREAL>
}

func.func @loss(%x: tensor<?x?x?xf32>, %target: tensor<?x?xi64>,
                %drow: tensor<?x?xf32>)
    -> (tensor<?x?xf32>, tensor<?x?x?xf32>) {
  %0, %1 = act.cross_entropy_with_grad %x, %target, %drow reduction(none)
    : tensor<?x?x?xf32>, tensor<?x?xi64>
    -> tensor<?x?xf32>, tensor<?x?x?xf32>
  return %0, %1 : tensor<?x?xf32>, tensor<?x?x?xf32>
}

func.func @soft(%x: tensor<?x?x?xREAL>, %q: tensor<?x?x?xREAL>,
                %drow: tensor<?x?xREAL>)
    -> (tensor<?x?xREAL>, tensor<?x?x?xREAL>, tensor<?x?x?xREAL>,
        tensor<?x?x?xREAL>) {
  %0, %1 = act.cross_entropy_with_grad %x, %q, %drow reduction(none)
    : tensor<?x?x?xREAL>, tensor<?x?x?xREAL>
    -> tensor<?x?xREAL>, tensor<?x?x?xREAL>
  %2, %3 = act.cross_entropy_backward %drow, %x, %q reduction(none)
    : tensor<?x?xREAL>, tensor<?x?x?xREAL>, tensor<?x?x?xREAL>
    -> tensor<?x?x?xREAL>, tensor<?x?x?xREAL>
  return %0, %1, %2, %3
    : tensor<?x?xREAL>, tensor<?x?x?xREAL>, tensor<?x?x?xREAL>,
      tensor<?x?x?xREAL>
}

// A class is the same as a distribution that is 1 there.

func.func @halves(%x: tensor<?x300xf32>, %target: tensor<?xi64>,
                  %drow: tensor<?xf32>)
    -> (tensor<?xf32>, tensor<?x300xf32>, tensor<?xf32>, tensor<?x300xf32>) {
  %half = arith.truncf %x : tensor<?x300xf32> to tensor<?x300xbf16>
  %0, %dx = act.cross_entropy_with_grad %half, %target, %drow reduction(none)
    : tensor<?x300xbf16>, tensor<?xi64> -> tensor<?xf32>, tensor<?x300xbf16>
  %1 = arith.extf %dx : tensor<?x300xbf16> to tensor<?x300xf32>
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?x300xf32>
  %empty = tensor.empty(%n) : tensor<?x300xf16>
  %q = linalg.generic {
    indexing_maps = [affine_map<(i, j) -> (i)>, affine_map<(i, j) -> (i, j)>],
    iterator_types = ["parallel", "parallel"]}
    ins(%target : tensor<?xi64>) outs(%empty : tensor<?x300xf16>) {
  ^bb0(%class: i64, %out: f16):
    %j = linalg.index 1 : index
    %number = arith.index_cast %j : index to i64
    %is = arith.cmpi eq, %class, %number : i64
    %one = arith.constant 1.0 : f16
    %zero = arith.constant 0.0 : f16
    %share = arith.select %is, %one, %zero : f16
    linalg.yield %share : f16
  } -> tensor<?x300xf16>
  %2, %dxs = act.cross_entropy_with_grad %half, %q, %drow reduction(none)
    : tensor<?x300xbf16>, tensor<?x300xf16>
    -> tensor<?xf32>, tensor<?x300xbf16>
  %3 = arith.extf %dxs : tensor<?x300xbf16> to tensor<?x300xf32>
  return %0, %1, %2, %3
    : tensor<?xf32>, tensor<?x300xf32>, tensor<?xf32>, tensor<?x300xf32>
}
