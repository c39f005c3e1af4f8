//===- AttributeSyntax.cpp - Attributes in braces -------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the custom directive for the attribute dictionary of
// elementwise operations.
//
//===----------------------------------------------------------------------===//

#include "AttributeSyntax.h"

#include "Act/IR/Act.h"

#include "llvm/Support/Format.h"

using namespace mlir;
using namespace act;

ParseResult act::parsePackedChoices(OpAsmParser &parser, LayoutAttr &layout,
                                    GatePartAttr &gate, GateKindAttr kind) {
  MLIRContext *context = parser.getContext();
  auto parseChoice = [&](auto &choice) -> ParseResult {
    if (choice)
      return parser.emitError(parser.getNameLoc(),
                              "expected layout and gate once each");
    return success(succeeded(parser.parseLParen()) &&
                   succeeded(parseKeyword(parser, choice)) &&
                   succeeded(parser.parseRParen()));
  };
  while (true) {
    if (succeeded(parser.parseOptionalKeyword("layout"))) {
      if (parseChoice(layout))
        return failure();
    } else if (succeeded(parser.parseOptionalKeyword("gate"))) {
      if (parseChoice(gate))
        return failure();
    } else {
      break;
    }
  }
  if (!layout)
    layout = LayoutAttr::get(context, Layout::Halves);
  // PyTorch's glu is the only one whose gate comes second.
  if (!gate)
    gate = GatePartAttr::get(context, kind.getValue() == GateKind::GLU
                                          ? GatePart::Second
                                          : GatePart::First);
  return success();
}

void act::printPackedChoices(OpAsmPrinter &printer, Operation *,
                             LayoutAttr layout, GatePartAttr gate,
                             GateKindAttr) {
  printer << "layout(" << stringifyEnum(layout.getValue()) << ") gate("
          << stringifyEnum(gate.getValue()) << ")";
}

/// The choices of elementwise operations and gates, which stand in front of the
/// braces.
static constexpr StringLiteral elementwiseKeywords[] = {
    "approximate", "saved", "kind", "layout", "gate"};

ParseResult act::parseAttributes(OpAsmParser &parser, NamedAttrList &attributes,
                                 StringRef operation) {
  OperationName name(operation, parser.getContext());
  SmallVector<StringRef> keywords;
  for (StringRef keyword : elementwiseKeywords)
    if (llvm::is_contained(name.getAttributeNames(), keyword))
      keywords.push_back(keyword);
  return parseAttributes(parser, attributes, operation, keywords);
}

/// Adds what an attribute of the wrong kind was probably meant to be, where the
/// operation takes that.
static void suggestAttribute(InFlightDiagnostic &error,
                             RegisteredOperationName info,
                             NamedAttribute attribute) {
  StringRef name = attribute.getName();
  Builder builder(attribute.getName().getContext());
  // Of suggestions that do not fit nothing is said.
  ScopedDiagnosticHandler handler(builder.getContext(),
                                  [](Diagnostic &) { return success(); });
  auto suggest = [&](Attribute meant, const Twine &text) {
    NamedAttrList single(NamedAttribute(name, meant));
    auto ignoredError = [&] { return emitError(builder.getUnknownLoc()); };
    if (failed(info.verifyInherentAttrs(single, ignoredError)))
      return false;
    error.attachNote() << "write " << text;
    return true;
  };
  Attribute value = attribute.getValue();
  if (isa<UnitAttr>(value)) {
    suggest(builder.getBoolAttr(true), name + " = true");
  } else if (value == builder.getBoolAttr(true)) {
    suggest(builder.getUnitAttr(), name);
  } else if (auto integer = dyn_cast<IntegerAttr>(value);
             integer && integer.getType().isSignlessInteger(64)) {
    int64_t number = integer.getInt();
    if (!suggest(builder.getF64FloatAttr(number), Twine(number) + ".0") &&
        (number == 0 || number == 1))
      suggest(builder.getBoolAttr(number), number ? "true" : "false");
  } else if (auto real = dyn_cast<FloatAttr>(value)) {
    APSInt number(64, /*isUnsigned=*/false);
    bool isExact;
    real.getValue().convertToInteger(number, APFloat::rmTowardZero, &isExact);
    if (isExact)
      suggest(builder.getI64IntegerAttr(number.getSExtValue()),
              Twine(number.getSExtValue()));
  }
}

ParseResult act::parseAttributes(OpAsmParser &parser, NamedAttrList &attributes,
                                 StringRef operation,
                                 ArrayRef<StringRef> keywords) {
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseOptionalAttrDict(attributes))
    return failure();

  OperationName name(operation, parser.getContext());
  std::optional<RegisteredOperationName> info = name.getRegisteredInfo();
  // Where the constraint of one attribute fails the value is still at hand.
  for (NamedAttribute attribute : attributes) {
    StringRef attributeName = attribute.getName();
    if (llvm::is_contained(keywords, attributeName)) {
      InFlightDiagnostic error = parser.emitError(loc)
                                 << "'" << attributeName
                                 << "' stands in front of the braces";
      // The kind of a gate has no parentheses.
      if (attributeName != "kind")
        error << ": " << attributeName << "(...)";
      return error;
    }
    NamedAttrList single(attribute);
    auto emitError = [&] {
      InFlightDiagnostic error = parser.emitError(loc);
      suggestAttribute(error, *info, attribute);
      return error;
    };
    if (failed(info->verifyInherentAttrs(single, emitError)))
      return failure();
  }
  return success();
}

/// Prints the shortest decimal that is parsed as `value`, which is finite.
static void printNumber(OpAsmPrinter &printer, double value) {
  SmallString<32> text;
  // A decimal of 15 digits that is parsed as `value` has no needless digits.
  for (unsigned digits = 15; digits <= 17; ++digits) {
    text.clear();
    llvm::raw_svector_ostream(text) << llvm::format("%.*g", digits, value);
    double parsed;
    if (!StringRef(text).getAsDouble(parsed) && parsed == value)
      break;
  }
  // A number has a point.
  auto [mantissa, exponent] = StringRef(text).split('e');
  printer << mantissa;
  if (!mantissa.contains('.'))
    printer << ".0";
  if (!exponent.empty())
    printer << 'e' << exponent;
}

static void printAttribute(OpAsmPrinter &printer, NamedAttribute attribute) {
  printer.printKeywordOrString(attribute.getName());
  Attribute value = attribute.getValue();
  if (isa<UnitAttr>(value))
    return;
  printer << " = ";
  auto number = dyn_cast<FloatAttr>(value);
  auto integer = dyn_cast<IntegerAttr>(value);
  if (number && number.getType().isF64() && number.getValue().isFinite())
    printNumber(printer, number.getValueAsDouble());
  else if (integer && integer.getType().isSignlessInteger(64))
    printer << integer.getInt();
  else
    printer.printAttribute(value);
}

void act::printAttributesWithout(OpAsmPrinter &printer,
                                 DictionaryAttr attributes,
                                 ArrayRef<StringRef> elided) {
  auto isPrinted = [&](NamedAttribute attribute) {
    StringRef name = attribute.getName();
    return !llvm::is_contained(elementwiseKeywords, name) &&
           !llvm::is_contained(elided, name);
  };
  auto printed = llvm::make_filter_range(attributes, isPrinted);
  if (printed.empty())
    return;
  printer << " {";
  llvm::interleaveComma(printed, printer, [&](NamedAttribute attribute) {
    printAttribute(printer, attribute);
  });
  printer << "}";
}
