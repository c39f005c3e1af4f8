//===- DefinitionExpansion.h - Emitting the definition of a rule *- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares how the definition of a rule, the textbook formula over
// the reals, is emitted as operations: for code generators that have math
// functions of their own, and for all that need no bound on the error.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_EXPAND_DEFINITIONEXPANSION_H
#define ACT_LIB_CONVERSION_EXPAND_DEFINITIONEXPANSION_H

#include "Act/Rules/IRAlgebra.h"
#include "Act/Rules/RuleInfo.h"
#include "Act/Rules/Rules.h"

namespace act {

/// f(x), f'(x) or df/dp by the definition of the rule, in the type of the
/// algebra. NaN gives NaN, and infinities give limits, where the plain formula
/// does not. `parameters` are the rule's as in RuleExpansion, `values` the same
/// as the algebra has them.
mlir::Value emitDefinition(IRAlgebra &algebra, rules::RuleId rule,
                           rules::Part part, mlir::Value x,
                           llvm::ArrayRef<mlir::OpFoldResult> parameters,
                           llvm::ArrayRef<rules::Pair<IRAlgebra>> values);

} // namespace act

#endif // ACT_LIB_CONVERSION_EXPAND_DEFINITIONEXPANSION_H
