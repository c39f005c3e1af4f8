//===- Passes.td - The lowering, pass by pass --------------*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the passes from act operations on tensors to arithmetic in
// finished loops. Each can be used alone; act-cpu-pipeline is their sum.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_CONVERSION_PASSES_TD
#define ACT_CONVERSION_PASSES_TD

include "mlir/Pass/PassBase.td"

def ActInline : Pass<"act-inline", "::mlir::ModuleOp"> {
  let summary = "Inline calls";
  let description = [{
    Replaces each call by the body of the function that it calls, so that
    kernels form across functions, and erases private functions that are not
    used any more. A call that cannot be inlined is an error.
  }];
  let statistics = [Statistic<"numInlined", "num-inlined", "Calls inlined">];
}

def ActInsertChecks : Pass<"act-insert-checks", "::mlir::ModuleOp"> {
  let summary = "Gather the run-time conditions of each entry";
  let description = [{
    For each public function `@f` that works on tensors, adds two functions of
    the same arguments:

    * `@f__act_check(inputs...) -> i64` returns 0 if every dynamic shape
      condition of `@f` holds, else `site << 8 | code`. Sites are numbered from
      0 in the order of the operations; code 2 says that sizes do not match,
      code 3 that a target is no class. The attribute `act.check_sites` of the
      function, an array, holds for each site a dictionary: the `message` and the
      `location` of its operation.
    * `@f__act_shapes(inputs...) -> (index...)` returns the dynamic dimensions
      of the results, in order.

    * `@f__act_bad_target(inputs...) -> (i64, i64)`, if there is code 3, returns
      the row, counted over all rows, and the value of the first such target.

    Sizes depend on the dimensions of the inputs alone; a condition that these
    cannot express is an error. So are static sizes of more than 2^59 elements,
    which no memory holds. A `cf.assert` of `@f` goes: what it asserts, of the
    dimensions and numbers that are inputs, is a condition like the others. So is
    that slices, reshapes, concatenations, single elements and the windows that
    linalg operations read stay in their tensors, and that no size is negative, as
    far as dimensions and numbers tell, outside of loops.

    What stands in a branch must hold where dimensions and numbers say that it is
    taken. Sizes of operands that are equal must be so in any other branch too, and
    in loops, as far as the branches around these are taken.

    Targets of losses are values. With `value-checks=error` each hard target is
    searched for a value that is neither a class nor the ignore_index, once all
    sizes are known to match. A target that is not an input but is computed
    without effects from inputs (a slice, a cast) is computed in the check as
    well; one that is not is an error. With `value-checks=nan` nothing is
    searched: the kernels make the loss and the gradient of such a row NaN.
    Constant targets were verified before.

    ```mlir
    func.func @f(%x: tensor<?xf32>, %y: tensor<?xf32>) -> tensor<?xf32> {
      %z = arith.addf %x, %y : tensor<?xf32>
      return %z : tensor<?xf32>
    }
    // becomes @f and
    func.func @f__act_check(%x: tensor<?xf32>, %y: tensor<?xf32>) -> i64 {
      // tensor.dim %x, 0 == tensor.dim %y, 0 ? 0 : 0 << 8 | 2
    }
    ```
  }];
  let options = [
    Option<"valueChecks", "value-checks", "std::string", "\"error\"",
           "What a target that is no class does: error or nan">];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::func::FuncDialect",
                           "::mlir::scf::SCFDialect",
                           "::mlir::tensor::TensorDialect"];
}

def ActToLinalg : Pass<"act-to-linalg", "::mlir::func::FuncOp"> {
  let summary = "Elementwise operations on tensors as grouped linalg.generic";
  let description = [{
    Turns elementwise operations (act, arith, math) on tensors into
    `linalg.generic` with the same operation on scalars inside, and merges
    chains and groups of them into one generic: one pass over memory. The
    destinations are `tensor.empty` of the chain's own dimensions. Row-wise
    operations stay and get such destinations; `linalg.softmax` becomes one.
    Products of matrices whose results are f16 or bf16 add their terms in f32 and
    round once.

    ```mlir
    %a = act.silu %g : tensor<?x8xf32>
    %y = arith.mulf %a, %u : tensor<?x8xf32>
    // becomes one
    %y = linalg.generic ... ins(%g, %u) outs(%empty) {
    ^bb0(%g: f32, %u: f32, %out: f32):
      %a = act.silu %g : f32
      %y = arith.mulf %a, %u : f32
      linalg.yield %y : f32
    }
    ```
  }];
  let dependentDialects = ["::act::ActDialect", "::mlir::arith::ArithDialect",
                           "::mlir::linalg::LinalgDialect",
                           "::mlir::tensor::TensorDialect"];
  let statistics = [
    Statistic<"numConverted", "num-converted",
              "Elementwise operations turned into linalg.generic">,
    Statistic<"numFused", "num-fused", "linalg.generic merged into another">];
}

def ActDecompose : Pass<"act-decompose"> {
  let summary = "Everything of act as linalg.generic, arith and math";
  let description = [{
    Takes all act operations on tensors, vectors and scalars apart, for compilers
    with a code generator of their own. An elementwise function becomes its
    textbook definition in math functions, computed in f32, or f64 where an
    operand is; limits at infinities and NaN are those of the operation. Rows
    become several `linalg.generic`: the maximum, sums, and maps.

    The result is of reference quality: it has the meaning of the operations
    in all edge cases, no accuracy tiers, and the error of a plain formula. A
    hard target that is no class makes its row NaN, as with `value-checks=nan`.
    act-run runs it like everything else, elements of rows one by one. Row-wise
    operations on memrefs are an error: decompose before bufferization.

    ```mlir
    %y = act.silu %x : tensor<?xf32>
    // becomes
    %y = linalg.generic ... ins(%x) outs(%empty) {
    ^bb0(%x: f32, %out: f32):
      // t = e^-|x|, x (x < 0 ? t : 1) / (1 + t)
      %t = math.exp %minusMagnitude : f32
      ...
    }
    ```
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::linalg::LinalgDialect",
                           "::mlir::math::MathDialect",
                           "::mlir::tensor::TensorDialect",
                           "::mlir::vector::VectorDialect"];
}

def ActOutlineResults : Pass<"act-outline-results", "::mlir::ModuleOp"> {
  let summary = "Results of entries become destination arguments";
  let description = [{
    Gives each public function on tensors and numbers one `memref` argument for
    each result, in the order of the results, into which the result is
    materialised; a number becomes a `memref` of rank 0. Tensor arguments become
    `memref` too. Arguments keep their attributes; a result's attributes move to
    its argument, which also gets `act.result`. With `strided` all have a
    dynamic layout instead of a contiguous one. Functions with `act.query`
    return numbers and keep their results.

    ```mlir
    func.func @f(%x: tensor<?xf32>) -> tensor<?xf32>
    // becomes
    func.func @f(%x: memref<?xf32>, %y: memref<?xf32> {act.result})
    ```
  }];
  let options = [
    Option<"strided", "strided", "bool", "false",
           "Entries take strided memrefs instead of contiguous ones">];
  let dependentDialects = ["::mlir::bufferization::BufferizationDialect",
                           "::mlir::memref::MemRefDialect",
                           "::mlir::tensor::TensorDialect"];
}

def ActCarryInPlace : Pass<"act-carry-in-place", "::mlir::func::FuncOp"> {
  let summary = "Loops and branches hand on tensors in one memory";
  let description = [{
    A tensor that `scf.for` carries and each turn makes anew, in the same size, is
    materialised in the one that the turn got, so that bufferization needs one
    memory for all turns. Elementwise operations then work in place; others get
    a temporary that is copied.

    ```mlir
    %y = scf.for ... iter_args(%h = %x) -> (tensor<?xf32>) {
      %next = act.gelu %h : tensor<?xf32>
      %0 = bufferization.materialize_in_destination %next in %h
        : (tensor<?xf32>, tensor<?xf32>) -> tensor<?xf32>
      scf.yield %0 : tensor<?xf32>
    }
    ```

    What both sides of an `scf.if` yield in the same size gets a memory that is
    there before. Tensors whose size changes stay as they are.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::bufferization::BufferizationDialect",
                           "::mlir::linalg::LinalgDialect",
                           "::mlir::tensor::TensorDialect"];
}

def ActFreeTemporaries : Pass<"act-free-temporaries", "::mlir::ModuleOp"> {
  let summary = "Temporaries live on the stack or are freed";
  let description = [{
    Buffers of up to 1 KiB move to the stack, others are freed at the end of the
    block that allocates them. If a buffer is handed on to another block, the
    upstream analysis of ownership decides.
  }];
  let dependentDialects = ["::mlir::memref::MemRefDialect"];
}

def ActToLoops : Pass<"act-to-loops", "::mlir::ModuleOp"> {
  let summary = "linalg.generic on memrefs as finished vector loops";
  let description = [{
    Writes each elementwise `linalg.generic` on memrefs as `scf` loops over
    wide `vector` operations: several native vectors, which interleave chains of
    dependent operations. The loop runs over full blocks of the operands, and a
    second time over copies of the last elements in zeroed buffers on the stack,
    so that every element gets the same bits from the same code. The copies are
    masked operations for f32 and f64 with `masks`, else loops. Dimensions that
    are contiguous in all operands are collapsed; an operand whose elements lie
    apart goes through a buffer.

    A `linalg.generic` that adds terms becomes a sum in a fixed order: chunks of
    2048 terms, 256 lanes, a tree, chunks merged in pairs; in tier exact the
    lanes carry their rounding errors along.

    A product of matrices, `linalg.matmul` and its relatives in any layout or a
    `linalg.generic` that says the same, copies panels of the second operand to
    the stack and keeps tiles of the result in registers. Each element is the
    chain of its terms in order, with fused multiply-add. With `blas` products
    of f32 or f64 matrices with a contiguous dimension become one call each of
    `cblas_sgemm` or `cblas_dgemm`, whose bits are the library's. Everything
    else gets scalar loops.

    A row-wise act operation becomes loops over rows: the maximum of a row, the
    sum of its exponentials without that of one maximum, in the same fixed order,
    and the results. Vectors lie along a row; or across rows, one in each lane,
    where rows are shorter than 32 elements or their elements lie apart. Of a
    loss, sums and means over rows become structured operations around a loss
    for each row. Terms that the result cannot hold wait on the stack, as many as
    a row has, up to 512 KiB.

    The stack is between `llvm.intr.stacksave` and `llvm.intr.stackrestore`, so
    that the next kernel of the function has it again.

    ```mlir
    linalg.generic ... ins(%x : memref<?xf32>) outs(%y : memref<?xf32>) {
    ^bb0(%in: f32, %out: f32):
      %0 = act.silu %in : f32
      linalg.yield %0 : f32
    }
    // becomes, twice,
    scf.for %i = %c0 to %full step %c32 {
      %v = vector.load %from[%i] : memref<?xf32, ...>, vector<32xf32>
      %r = act.silu %v : vector<32xf32>
      vector.store %r, %to[%i] : memref<?xf32, ...>, vector<32xf32>
    }
    ```

    With `parallel` blocks of the loop are distributed by OpenMP where there are
    more than `parallel-threshold` elements. The loop is then a function, and
    with `outline` it is one wherever the module has the same operation again,
    so that act-merge-kernels finds them.
  }];
  let options = [
    Option<"vectorBits", "vector-bits", "unsigned", "256",
           "Width of a native vector register">,
    Option<"interleave", "interleave", "unsigned", "0",
           "Native vectors in flight; 0: what the rules say">,
    Option<"sideBySide", "side-by-side", "unsigned", "0",
           "Native vectors of rows whose exponentials are computed side by "
           "side; 0: those in flight">,
    Option<"accuracy", "accuracy", "std::string", "\"default\"",
           "Tier of operations that do not name one: exact, default or fast">,
    Option<"masks", "masks", "bool", "true",
           "Whether the target has masked loads and stores">,
    Option<"parallel", "parallel", "bool", "false",
           "Distribute large loops over threads">,
    Option<"parallelThreshold", "parallel-threshold", "int64_t", "65536",
           "Elements up to which a loop runs on one thread">,
    Option<"blas", "blas", "bool", "false",
           "Products of matrices call cblas_sgemm and cblas_dgemm">,
    Option<"outline", "outline", "bool", "false",
           "Make functions of operations that are there several times">];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::func::FuncDialect",
                           "::mlir::math::MathDialect",
                           "::mlir::memref::MemRefDialect",
                           "::mlir::scf::SCFDialect",
                           "::mlir::vector::VectorDialect"];
}

def ActToGPU : Pass<"act-to-gpu", "::mlir::ModuleOp"> {
  let summary = "Structured operations on memrefs as GPU kernels";
  let description = [{
    Writes each structured operation on memrefs as kernels in a `gpu.module` of
    the entry, and launches them from the entry, which otherwise stays as it
    is. Kernels take pointers to global memory and numbers. Where the best
    kernel depends on how operands are aligned or how long rows are, the entry
    has several and chooses when it runs. Functions with `act.query` stay on the
    host.

    Elementwise kernels read 16 bytes of each operand at once, several times
    before the first use; operands that are not aligned, or whose elements lie
    apart, go one element at a time.

    Kernels of row-wise operations are those of `act-to-loops` with the blocks
    of a row shared out: up to 32 threads have short rows, several of them to a
    block; a warp has each 2048 elements of longer ones; from sm_90 on up to
    eight blocks share the longest, as a cluster, or sixteen where the chip has
    such clusters. Rows like these are in registers and are read once. Rows that
    do not fit are read again for each pass; a few very long ones are split
    among blocks, with a launch for each pass. Where the elements of a row lie
    apart, threads are neighbouring rows. Sums have the fixed order and the
    bits of the CPU; sums of columns have threads along neighbouring outputs.
    A product of matrices has a thread for each element, which adds the terms
    in order: it runs, but not fast. Operands whose maps are no projected
    permutations, such as the windows of a pooling, are loaded by the bodies
    of these kernels, an element at a time.

    Constant tensors are globals of the `gpu.module`, whose addresses kernels
    take; a constant that the host hands on, to a loop for instance, is copied to
    memory of the device first.

    The memory of an entry is that of the device, which the host neither reads
    nor writes: numbers that come from there are computed by each kernel that
    uses them.

    How a kernel is shared out is its schedule, the attribute `act.schedule`;
    `act-print-schedule` prints them. `schedule` sets numbers in place of what
    would be chosen, as in `schedule=threads=128,accesses=4`: `threads` of a
    block, `accesses` of each operand that a thread has in flight,
    `threads-per-row`, `cluster`, the blocks that share a row, and `rows`,
    `registers`, `streaming` or `split`.

    ```mlir
    func.func @f(%x: memref<?xf32>, %y: memref<?xf32>) {
      linalg.generic ... ins(%x : memref<?xf32>) outs(%y : memref<?xf32>) {
      ^bb0(%in: f32, %out: f32):
        %0 = act.silu %in : f32
        linalg.yield %0 : f32
      }
      return
    }
    // becomes
    gpu.module @f_kernels [#nvvm.target<chip = "sm_90">] {
      gpu.func @f_elementwise_tiles(%x: !llvm.ptr<1>, %y: !llvm.ptr<1>, ...)
          kernel attributes {act.schedule = {family = "tiles", ...}, ...} {
        ...
        %v = llvm.load %p {alignment = 16} : !llvm.ptr<1> -> vector<4xf32>
        %r = act.silu %v : vector<4xf32>
        llvm.store %r, %q {alignment = 16} : vector<4xf32>, !llvm.ptr<1>
        ...
      }
      gpu.func @f_elementwise_elements(...) kernel { ... }
    }
    func.func @f(%x: memref<?xf32>, %y: memref<?xf32>) {
      ...
      scf.if %aligned {
        gpu.launch_func @f_kernels::@f_elementwise_tiles blocks in (...) ...
      } else {
        gpu.launch_func @f_kernels::@f_elementwise_elements ...
      }
      return
    }
    ```
  }];
  let options = [
    Option<"chip", "chip", "std::string", "\"sm_90\"",
           "The GPU: sm_75, sm_80, sm_90, ...">,
    Option<"accuracy", "accuracy", "std::string", "\"default\"",
           "Tier of operations that do not name one: exact, default or fast">,
    Option<"schedule", "schedule", "std::string", "\"\"",
           "Numbers of the schedule to set, as in threads=128,accesses=4">];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::gpu::GPUDialect",
                           "::mlir::linalg::LinalgDialect",
                           "::mlir::LLVM::LLVMDialect",
                           "::mlir::math::MathDialect",
                           "::mlir::memref::MemRefDialect",
                           "::mlir::NVVM::NVVMDialect",
                           "::mlir::scf::SCFDialect",
                           "::mlir::vector::VectorDialect"];
}

def ActMergeKernels : Pass<"act-merge-kernels", "::mlir::ModuleOp"> {
  let summary = "Of kernels that are the same one stays";
  let description = [{
    The layers of a network have the same operations. act-to-gpu writes kernels
    for each of them, and act-to-loops with `outline` a function; of those that
    differ in their names and locations only, the first is kept, and compiled
    once. What is said of a kernel later is said at its location.

    Kernels are the `gpu.func` with a schedule, and private functions that are
    only called.

    ```mlir
    func.func @f(...) {
      func.call @f__block(%x) : (memref<8xf32>) -> ()
      func.call @f__block_0(%y) : (memref<8xf32>) -> ()
    }
    // becomes, where both are the same,
    func.func @f(...) {
      func.call @f__block(%x) : (memref<8xf32>) -> ()
      func.call @f__block(%y) : (memref<8xf32>) -> ()
    }
    ```
  }];
}

def ActPrintSchedule : Pass<"act-print-schedule", "::mlir::ModuleOp"> {
  let summary = "Print how the work of GPU kernels is shared out";
  let description = [{
    Prints the attribute `act.schedule` of each kernel as a remark at its place
    in the program, and changes nothing. It goes after `act-to-gpu` or
    `act-gpu-pipeline`.

    ```
    $ act-opt softmax.mlir --act-gpu-pipeline=chip=sm_90 --act-print-schedule -o /dev/null
    softmax.mlir:2:8: remark: softmax_registers: {family = "registers", ...}
    ```
  }];
}

def ActExpand : Pass<"act-expand"> {
  let summary = "act and math operations on scalars and vectors as arithmetic";
  let description = [{
    Replaces elementwise act operations, math functions and 16-bit conversions
    by operations that need no library: arith, math.fma and a few math
    operations that are one instruction. act operations on tensors are left
    alone. A math operation without an expansion is an error, unless
    `allow-libm` leaves it to the C library.
  }];
  let options = [
    Option<"accuracy", "accuracy", "std::string", "\"default\"",
           "Tier of operations that do not name one: exact, default or fast">,
    Option<"targetHasFMA", "has-fma", "bool", "true",
           "Whether the target fuses a*b+c in hardware">,
    Option<"targetHasF16C", "has-f16c", "bool", "true",
           "Whether the target converts between f16 and f32 in hardware">,
    Option<"targetHasWordShuffle", "has-word-shuffle", "bool", "false",
           "Whether the target shuffles 16-bit elements of two registers in one "
           "instruction">,
    Option<"targetHasBF16", "has-bf16", "bool", "false",
           "Whether the target rounds f32 to bf16 in hardware, to subnormal "
           "numbers too">,
    Option<"allowLibm", "allow-libm", "bool", "false",
           "Leave math operations without an expansion to the C library">];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::math::MathDialect",
                           "::mlir::vector::VectorDialect"];
}

def ActToLLVM : Pass<"act-to-llvm", "::mlir::ModuleOp"> {
  let summary = "Everything to the LLVM dialect";
  let description = [{
    Converts scf, cf, arith, math, vector, memref, func and omp to the LLVM
    dialect in one step: each of the upstream passes alone walks the module and
    leaves casts for the next. Public functions get C wrappers
    (`llvm.emit_c_interface`) and take f16 and bf16 numbers as `i16`.
  }];
  let dependentDialects = ["::mlir::affine::AffineDialect",
                           "::mlir::LLVM::LLVMDialect"];
}

def ActSetFPEnvironment : Pass<"act-set-fp-environment", "::mlir::ModuleOp"> {
  let summary = "Entries run with rounding to nearest and without flushing";
  let description = [{
    The host process may have set flush-to-zero or another rounding mode. Every
    public function, and every body that runs on a thread of its own, reads the
    floating-point control register; where it differs from the default, the
    default is set, and the register restored when the function ends.
  }];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect",
                           "::mlir::scf::SCFDialect"];
}

def ActToNVVM : Pass<"act-to-nvvm", "::mlir::ModuleOp"> {
  let summary = "Kernels of NVIDIA GPUs to the LLVM and NVVM dialects";
  let description = [{
    Converts the functions of each `gpu.module` to the LLVM dialect, for the chip
    that its `#nvvm.target` names; host code stays. Kernels keep to one block
    size (`nvvm.reqntid`), and their memory of the block is aligned to 16 bytes.

    Kernels call no library: a math function that act-expand has left, a call,
    or inline assembly is an error. So are clusters of blocks for chips before
    sm_90.

    ```mlir
    gpu.module @f_kernels [#nvvm.target<chip = "sm_90">] {
      gpu.func @f(%x : !llvm.ptr<1>, %n : i32) kernel
          attributes {known_block_size = array<i32: 256, 1, 1>} { ... }
    }
    // becomes
    gpu.module @f_kernels [#nvvm.target<chip = "sm_90">] {
      llvm.func @f(%x : !llvm.ptr<1>, %n : i32)
          attributes {nvvm.kernel, nvvm.reqntid = array<i32: 256, 1, 1>} { ... }
    }
    ```
  }];
  let dependentDialects = ["::mlir::affine::AffineDialect",
                           "::mlir::cf::ControlFlowDialect",
                           "::mlir::LLVM::LLVMDialect",
                           "::mlir::NVVM::NVVMDialect",
                           "::mlir::scf::SCFDialect",
                           "::mlir::vector::VectorDialect"];
}

#endif // ACT_CONVERSION_PASSES_TD
