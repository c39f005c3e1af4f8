// Reductions that are no sums of f32 or f64, on SIMT as on the CPU: maxima with
// where they are, products, sums of 16-bit numbers, several at once.

// DEFINE: %{entry} = maximum
// DEFINE: %{type} = f32
// DEFINE: %{run} = act-run %s --entry=%{entry} --input=x=7x300x%{type}=randn:seed=1
// DEFINE: %{check} = \
// DEFINE:   %{run} --output=a=@%t.a.npy --output=b=@%t.b.npy && \
// DEFINE:   %{run} --device=simt --expect=a=@%t.a.npy --expect=b=@%t.b.npy --max-ulp=0

#rows = affine_map<(i, j) -> (i)>
#columns = affine_map<(i, j) -> (j)>
#all = affine_map<(i, j) -> (i, j)>

// RUN: %{check}
func.func @maximum(%x: tensor<7x300xf32> {act.name = "x"})
    -> (tensor<7xf32> {act.name = "a"}, tensor<300xf32> {act.name = "b"}) {
  %low = arith.constant dense<0xFF800000> : tensor<7xf32>
  %high = arith.constant dense<0x7F800000> : tensor<300xf32>
  %a = linalg.reduce { arith.maximumf } ins(%x : tensor<7x300xf32>) outs(%low : tensor<7xf32>) dimensions = [1]
  %b = linalg.reduce { arith.minimumf } ins(%x : tensor<7x300xf32>) outs(%high : tensor<300xf32>) dimensions = [0]
  return %a, %b : tensor<7xf32>, tensor<300xf32>
}

// REDEFINE: %{entry} = argmax
// RUN: %{check}
func.func @argmax(%x: tensor<?x300xf32> {act.name = "x"})
    -> (tensor<?xi64> {act.name = "a"}, tensor<300xi64> {act.name = "b"}) {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?x300xf32>
  %low = arith.constant 0xFF800000 : f32
  %zero = arith.constant 0 : i64
  %er = tensor.empty(%n) : tensor<?xf32>
  %ir = tensor.empty(%n) : tensor<?xi64>
  %ec = tensor.empty() : tensor<300xf32>
  %ic = tensor.empty() : tensor<300xi64>
  %fr = linalg.fill ins(%low : f32) outs(%er : tensor<?xf32>) -> tensor<?xf32>
  %gr = linalg.fill ins(%zero : i64) outs(%ir : tensor<?xi64>) -> tensor<?xi64>
  %fc = linalg.fill ins(%low : f32) outs(%ec : tensor<300xf32>) -> tensor<300xf32>
  %gc = linalg.fill ins(%zero : i64) outs(%ic : tensor<300xi64>) -> tensor<300xi64>
  %a:2 = linalg.generic {indexing_maps = [#all, #rows, #rows], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<?x300xf32>) outs(%fr, %gr : tensor<?xf32>, tensor<?xi64>) {
  ^bb0(%in: f32, %most: f32, %where: i64):
    %j = linalg.index 1 : index
    %here = arith.index_cast %j : index to i64
    %more = arith.cmpf ogt, %in, %most : f32
    %0 = arith.select %more, %in, %most : f32
    %1 = arith.select %more, %here, %where : i64
    linalg.yield %0, %1 : f32, i64
  } -> (tensor<?xf32>, tensor<?xi64>)
  %b:2 = linalg.generic {indexing_maps = [#all, #columns, #columns], iterator_types = ["reduction", "parallel"]}
      ins(%x : tensor<?x300xf32>) outs(%fc, %gc : tensor<300xf32>, tensor<300xi64>) {
  ^bb0(%in: f32, %most: f32, %where: i64):
    %i = linalg.index 0 : index
    %here = arith.index_cast %i : index to i64
    %more = arith.cmpf ogt, %in, %most : f32
    %0 = arith.select %more, %in, %most : f32
    %1 = arith.select %more, %here, %where : i64
    linalg.yield %0, %1 : f32, i64
  } -> (tensor<300xf32>, tensor<300xi64>)
  return %a#1, %b#1 : tensor<?xi64>, tensor<300xi64>
}

// Where a term depends on what was there before, order matters: how often there
// was a new maximum. Truth values are reduced too.

// REDEFINE: %{entry} = records
// RUN: %{check}
func.func @records(%x: tensor<7x300xf32> {act.name = "x"})
    -> (tensor<7xi32> {act.name = "a"}, tensor<7xi1> {act.name = "b"}) {
  %low = arith.constant dense<0xFF800000> : tensor<7xf32>
  %zero = arith.constant dense<0> : tensor<7xi32>
  %no = arith.constant dense<false> : tensor<7xi1>
  %r:2 = linalg.generic {indexing_maps = [#all, #rows, #rows], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<7x300xf32>) outs(%low, %zero : tensor<7xf32>, tensor<7xi32>) {
  ^bb0(%in: f32, %most: f32, %count: i32):
    %0 = arith.maximumf %most, %in : f32
    %new = arith.cmpf oeq, %0, %in : f32
    %one = arith.extui %new : i1 to i32
    %1 = arith.addi %count, %one : i32
    linalg.yield %0, %1 : f32, i32
  } -> (tensor<7xf32>, tensor<7xi32>)
  %any = linalg.generic {indexing_maps = [#all, #rows], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<7x300xf32>) outs(%no : tensor<7xi1>) {
  ^bb0(%in: f32, %before: i1):
    %limit = arith.constant 2.75 : f32
    %large = arith.cmpf ogt, %in, %limit : f32
    %0 = arith.ori %before, %large : i1
    linalg.yield %0 : i1
  } -> tensor<7xi1>
  return %r#1, %any : tensor<7xi32>, tensor<7xi1>
}

// REDEFINE: %{entry} = product
// RUN: %{check}
func.func @product(%x: tensor<7x300xf32> {act.name = "x"})
    -> (tensor<7xf32> {act.name = "a"}, tensor<f32> {act.name = "b"}) {
  %one = arith.constant dense<1.5> : tensor<7xf32>
  %low = arith.constant dense<0xFF800000> : tensor<f32>
  %a = linalg.reduce { arith.mulf } ins(%x : tensor<7x300xf32>) outs(%one : tensor<7xf32>) dimensions = [1]
  %b = linalg.reduce { arith.maximumf } ins(%x : tensor<7x300xf32>) outs(%low : tensor<f32>) dimensions = [0, 1]
  return %a, %b : tensor<7xf32>, tensor<f32>
}

// REDEFINE: %{entry} = narrow
// REDEFINE: %{type} = bf16
// RUN: %{check}
func.func @narrow(%x: tensor<7x300xbf16> {act.name = "x"})
    -> (tensor<7xbf16> {act.name = "a"}, tensor<300xbf16> {act.name = "b"}) {
  %zeros = arith.constant dense<0.0> : tensor<7xbf16>
  %low = arith.constant dense<0xFF80> : tensor<300xbf16>
  %a = linalg.reduce { arith.addf } ins(%x : tensor<7x300xbf16>) outs(%zeros : tensor<7xbf16>) dimensions = [1]
  %b = linalg.reduce { arith.maximumf } ins(%x : tensor<7x300xbf16>) outs(%low : tensor<300xbf16>) dimensions = [0]
  return %a, %b : tensor<7xbf16>, tensor<300xbf16>
}
