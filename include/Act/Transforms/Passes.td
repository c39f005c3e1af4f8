//===- Passes.td - Passes from act to act ------------------*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the passes that change programs before they are lowered.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TRANSFORMS_PASSES_TD
#define ACT_TRANSFORMS_PASSES_TD

include "mlir/Pass/PassBase.td"

#endif // ACT_TRANSFORMS_PASSES_TD
