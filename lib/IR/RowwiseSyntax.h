//===- RowwiseSyntax.h - Text of row-wise ops -------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the parser and the printer that all row-wise operations
// share: both forms, keywords in any order, types.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_IR_ROWWISESYNTAX_H
#define ACT_LIB_IR_ROWWISESYNTAX_H

#include "Act/IR/Act.h"

#include "mlir/IR/OpImplementation.h"

namespace act {

class RowwiseParser {
public:
  RowwiseParser(mlir::OpAsmParser &parser, mlir::OperationState &result,
                llvm::ArrayRef<RowInput> inputs, RowPart part);

  /// `setProperties` hands the attributes over; `infer` is asked for the types
  /// of results that are not written.
  mlir::ParseResult parse(llvm::function_ref<mlir::ParseResult()> setProperties,
                          llvm::function_ref<llvm::LogicalResult(
                              llvm::SmallVectorImpl<mlir::Type> &)>
                              infer);

private:
  using Operand = mlir::OpAsmParser::UnresolvedOperand;

  /// An operand as it is written.
  struct Input {
    RowInput input;
    bool isPresent = false;
    Operand operand;
    mlir::Type type;
  };

  /// Operands between the name and the keywords, in order; the last may be
  /// left out if it is lse.
  llvm::SmallVector<Input *> listPositional();

  mlir::ParseResult assignOperands(llvm::SMLoc loc,
                                   llvm::ArrayRef<Operand> operands);
  mlir::ParseResult assignTypes(llvm::SMLoc loc,
                                llvm::ArrayRef<mlir::Type> types);
  mlir::ParseResult parseDestinationForm();
  /// What this operation has of all keywords.
  llvm::SmallVector<llvm::StringRef> listKeywords();
  mlir::ParseResult parseKeywords(llvm::ArrayRef<llvm::StringRef> known);
  mlir::ParseResult parseKeyword(llvm::SMLoc loc, llvm::StringRef keyword);
  mlir::ParseResult resolveOperands();

  mlir::OpAsmParser &parser;
  mlir::OperationState &result;
  RowPart part;
  llvm::SmallVector<Input> inputs;
  llvm::SmallVector<Operand> outs;
  llvm::SmallVector<mlir::Type> outTypes;
  llvm::SmallDenseSet<llvm::StringRef> seenKeywords;
};

/// `defaults` are the names of attributes that have their default.
void printRowwiseOp(mlir::OpAsmPrinter &printer, RowwiseOpInterface op,
                    llvm::ArrayRef<llvm::StringRef> defaults);

} // namespace act

#endif // ACT_LIB_IR_ROWWISESYNTAX_H
