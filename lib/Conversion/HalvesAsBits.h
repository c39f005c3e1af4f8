//===- HalvesAsBits.h - 16-bit numbers as integers ------------ -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares how numbers of 16 bit are kept away from LLVM's code
// generation. On targets without bf16 it holds a bf16 as an f32 wherever it
// crosses a function or a block, and calls a library function, which kernels
// are not linked with, to get it back.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_HALVESASBITS_H
#define ACT_LIB_CONVERSION_HALVESASBITS_H

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace act {

/// Makes the f16 and bf16 arguments of a function, which nobody calls by name,
/// i16, as C passes them.
void takeHalvesAsBits(mlir::func::FuncOp function);

/// Given a module of the LLVM dialect, loads and stores bf16 values as
/// integers, selects 16-bit ones as such, and removes the bitcasts between.
/// Values that are only moved are integers then.
void moveHalvesAsBits(mlir::ModuleOp module);

} // namespace act

#endif // ACT_LIB_CONVERSION_HALVESASBITS_H
