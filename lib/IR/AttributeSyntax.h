//===- AttributeSyntax.h - Attributes in braces -----------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the custom directive for the attribute dictionary of
// elementwise operations, which explains mistakes and leaves out defaults.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_IR_ATTRIBUTESYNTAX_H
#define ACT_LIB_IR_ATTRIBUTESYNTAX_H

#include "Act/IR/Act.h"

#include "mlir/IR/DialectImplementation.h"
#include "mlir/IR/OpImplementation.h"

namespace act {

/// Parses a dictionary for the operation of this name. Attributes of the wrong
/// kind are errors here, since they would get lost on the way to the
/// properties, and so are `keywords`, which it would set a second time.
mlir::ParseResult parseAttributes(mlir::OpAsmParser &parser,
                                  mlir::NamedAttrList &attributes,
                                  llvm::StringRef operation,
                                  llvm::ArrayRef<llvm::StringRef> keywords);

/// The same for elementwise operations and gates.
mlir::ParseResult parseAttributes(mlir::OpAsmParser &parser,
                                  mlir::NamedAttrList &attributes,
                                  llvm::StringRef operation);

/// A choice between parentheses.
template <typename Keyword>
mlir::ParseResult parseKeyword(mlir::OpAsmParser &parser, Keyword &keyword) {
  using Choice = decltype(keyword.getValue());
  mlir::FailureOr<Choice> choice = mlir::FieldParser<Choice>::parse(parser);
  if (failed(choice))
    return mlir::failure();
  keyword = Keyword::get(parser.getContext(), *choice);
  return mlir::success();
}
template <typename Keyword>
void printKeyword(mlir::OpAsmPrinter &printer, mlir::Operation *,
                  Keyword keyword) {
  printer << stringifyEnum(keyword.getValue());
}

/// `layout(...)` and `gate(...)` in either order. The kind of the gate decides
/// what an absent one means; both are printed.
mlir::ParseResult parsePackedChoices(mlir::OpAsmParser &parser,
                                     LayoutAttr &layout, GatePartAttr &gate,
                                     GateKindAttr kind);
void printPackedChoices(mlir::OpAsmPrinter &printer, mlir::Operation *op,
                        LayoutAttr layout, GatePartAttr gate,
                        GateKindAttr kind);

/// Prints all but `elided` attributes and keywords, which stand before the
/// dictionary. Numbers are as short as they can be.
void printAttributesWithout(mlir::OpAsmPrinter &printer,
                            mlir::DictionaryAttr attributes,
                            llvm::ArrayRef<llvm::StringRef> elided);

/// The names of those attributes that have their default.
template <typename Op>
llvm::SmallVector<llvm::StringRef>
findDefaults(Op op, mlir::DictionaryAttr attributes) {
  llvm::SmallVector<llvm::StringRef> names;
  using Properties = typename Op::Properties;
  if constexpr (!std::is_same_v<Properties, mlir::EmptyProperties>) {
    Properties defaults;
    Op::populateDefaultProperties(op->getName(), defaults);
    for (mlir::NamedAttribute attribute : attributes) {
      std::optional<mlir::Attribute> value =
          Op::getInherentAttr(op->getContext(), defaults, attribute.getName());
      if (value && *value == attribute.getValue())
        names.push_back(attribute.getName());
    }
  }
  return names;
}

/// Prints all attributes but keywords and defaults.
template <typename Op>
void printAttributes(mlir::OpAsmPrinter &printer, Op op,
                     mlir::DictionaryAttr attributes, llvm::StringRef) {
  printAttributesWithout(printer, attributes, findDefaults(op, attributes));
}

} // namespace act

#endif // ACT_LIB_IR_ATTRIBUTESYNTAX_H
