//===- RowwiseSyntax.cpp - Text of row-wise ops ---------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the parser and the printer of row-wise operations. They
// are written by hand because no declarative format has two forms.
//
//===----------------------------------------------------------------------===//

#include "RowwiseSyntax.h"

#include "AttributeSyntax.h"

using namespace mlir;
using namespace act;

//===----------------------------------------------------------------------===//
// Keywords
//===----------------------------------------------------------------------===//

namespace {

/// A choice in parentheses and how it is written.
struct Keyword {
  StringRef name;
  ParseResult (*parse)(OpAsmParser &parser, Attribute &value);
  void (*print)(OpAsmPrinter &printer, Attribute value);
};

template <typename Attr> Keyword choice(StringRef name) {
  return {name,
          [](OpAsmParser &parser, Attribute &value) -> ParseResult {
            Attr attribute;
            if (parseKeyword(parser, attribute))
              return failure();
            value = attribute;
            return success();
          },
          [](OpAsmPrinter &printer, Attribute value) {
            printKeyword(printer, nullptr, cast<Attr>(value));
          }};
}

} // namespace

/// All keywords, in the order in which they are printed. An operation has those
/// for which it has an operand or an attribute.
static ArrayRef<Keyword> getKeywords() {
  static const Keyword keywords[] = {
      {"mask", nullptr, nullptr},
      {"class_weight", nullptr, nullptr},
      {"token_weight", nullptr, nullptr},
      choice<SavedAttr>("saved"),
      choice<SmoothingAttr>("smoothing"),
      choice<SmoothOverAttr>("smooth_over"),
      choice<EmptyRowAttr>("empty_row"),
      choice<ReductionAttr>("reduction"),
      choice<EmptyMeanAttr>("empty_mean"),
      choice<ExtraAttr>("extra"),
  };
  return keywords;
}

static bool isKeywordInput(RowInput input) {
  return input == RowInput::Mask || input == RowInput::ClassWeight ||
         input == RowInput::TokenWeight;
}

//===----------------------------------------------------------------------===//
// Parsing
//===----------------------------------------------------------------------===//

RowwiseParser::RowwiseParser(OpAsmParser &parser, OperationState &result,
                             ArrayRef<RowInput> inputs, RowPart part)
    : parser(parser), result(result), part(part) {
  for (RowInput input : inputs)
    this->inputs.push_back({input, false, {}, {}});
}

SmallVector<RowwiseParser::Input *> RowwiseParser::listPositional() {
  SmallVector<Input *> positional;
  for (Input &input : inputs)
    if (!isKeywordInput(input.input))
      positional.push_back(&input);
  return positional;
}

ParseResult RowwiseParser::assignOperands(SMLoc loc,
                                          ArrayRef<Operand> operands) {
  SmallVector<Input *> positional = listPositional();
  bool hasOptional = positional.back()->input == RowInput::Lse;
  size_t most = positional.size(), fewest = most - hasOptional;
  if (operands.size() < fewest || operands.size() > most) {
    InFlightDiagnostic diagnostic = parser.emitError(loc, "expected ");
    if (hasOptional)
      diagnostic << fewest << " or ";
    diagnostic << most << (most == 1 ? " operand, " : " operands, ");
    llvm::interleaveComma(positional, diagnostic, [&](Input *input) {
      diagnostic << stringifyRowInput(input->input);
    });
    diagnostic << "; found " << operands.size();
    if (operands.size() > most)
      for (const Input &input : inputs)
        if (isKeywordInput(input.input))
          diagnostic << "; write " << stringifyRowInput(input.input)
                     << "(%value : type)";
    return diagnostic;
  }
  for (auto [input, operand] : llvm::zip(positional, operands)) {
    input->isPresent = true;
    input->operand = operand;
  }
  return success();
}

ParseResult RowwiseParser::assignTypes(SMLoc loc, ArrayRef<Type> types) {
  SmallVector<Input *> untyped;
  for (Input *input : listPositional())
    if (input->isPresent)
      untyped.push_back(input);
  // dy has the type of x, and dloss that of the loss, if none is written.
  bool mayOmit = part != RowPart::Forward && outs.empty();
  if (mayOmit && types.size() + 1 == untyped.size()) {
    bool isFirst = part == RowPart::Backward;
    untyped.erase(isFirst ? untyped.begin() : std::prev(untyped.end()));
  }
  if (types.size() != untyped.size()) {
    InFlightDiagnostic diagnostic = parser.emitError(loc, "expected ");
    if (mayOmit)
      diagnostic << untyped.size() - 1 << " or ";
    diagnostic << untyped.size()
               << (untyped.size() == 1 ? " type, of " : " types, of ");
    llvm::interleaveComma(untyped, diagnostic, [&](Input *input) {
      diagnostic << stringifyRowInput(input->input);
    });
    return diagnostic << "; found " << types.size();
  }
  for (auto [input, type] : llvm::zip(untyped, types))
    input->type = type;
  if (part == RowPart::Backward && !inputs.front().type)
    inputs.front().type = types.front();
  return success();
}

ParseResult RowwiseParser::parseDestinationForm() {
  SmallVector<Operand> operands;
  SmallVector<Type> types;
  if (parser.parseLParen())
    return failure();
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseOperandList(operands) || assignOperands(loc, operands) ||
      parser.parseColon())
    return failure();
  SMLoc typesLoc = parser.getCurrentLocation();
  if (parser.parseTypeList(types) || parser.parseRParen() ||
      parser.parseKeyword("outs") || parser.parseLParen())
    return failure();
  SMLoc outsLoc = parser.getCurrentLocation();
  if (parser.parseOperandList(outs) || parser.parseColonTypeList(outTypes) ||
      parser.parseRParen())
    return failure();
  if (outs.empty() || outs.size() != outTypes.size())
    return parser.emitError(outsLoc, "expected destinations and as many types, "
                                     "found ")
           << outs.size() << " and " << outTypes.size();
  return assignTypes(typesLoc, types);
}

ParseResult RowwiseParser::parseKeyword(SMLoc loc, StringRef keyword) {
  if (!seenKeywords.insert(keyword).second)
    return parser.emitError(loc, "keyword '") << keyword << "' stands twice";
  if (parser.parseLParen())
    return failure();
  for (Input &input : inputs) {
    if (!isKeywordInput(input.input) ||
        stringifyRowInput(input.input) != keyword)
      continue;
    input.isPresent = true;
    return failure(parser.parseOperand(input.operand) ||
                   parser.parseColonType(input.type) || parser.parseRParen());
  }
  for (const Keyword &candidate : getKeywords()) {
    if (candidate.name != keyword)
      continue;
    Attribute value;
    if (candidate.parse(parser, value) || parser.parseRParen())
      return failure();
    result.addAttribute(keyword, value);
  }
  return success();
}

SmallVector<StringRef> RowwiseParser::listKeywords() {
  SmallVector<StringRef> keywords;
  for (const Keyword &keyword : getKeywords()) {
    bool isInput = llvm::any_of(inputs, [&](const Input &input) {
      return isKeywordInput(input.input) &&
             stringifyRowInput(input.input) == keyword.name;
    });
    if (isInput ||
        llvm::is_contained(result.name.getAttributeNames(), keyword.name))
      keywords.push_back(keyword.name);
  }
  return keywords;
}

ParseResult RowwiseParser::parseKeywords(ArrayRef<StringRef> known) {
  SmallVector<StringRef> names;
  for (const Keyword &keyword : getKeywords())
    names.push_back(keyword.name);
  while (true) {
    SMLoc loc = parser.getCurrentLocation();
    StringRef keyword;
    // Behind destinations any other keyword starts the next operation.
    if (failed(outs.empty() ? parser.parseOptionalKeyword(&keyword)
                            : parser.parseOptionalKeyword(&keyword, names)))
      return success();
    if (llvm::is_contained(known, keyword)) {
      if (parseKeyword(loc, keyword))
        return failure();
      continue;
    }
    InFlightDiagnostic diagnostic = parser.emitError(loc, "has no keyword '")
                                    << keyword << "'; it has ";
    llvm::interleaveComma(known, diagnostic, [&](StringRef name) {
      diagnostic << "'" << name << "'";
    });
    return diagnostic << ", then ':' and types";
  }
}

ParseResult RowwiseParser::resolveOperands() {
  SmallVector<int32_t> segments;
  for (Input &input : inputs) {
    segments.push_back(input.isPresent);
    if (input.isPresent &&
        parser.resolveOperand(input.operand, input.type, result.operands))
      return failure();
  }
  segments.push_back(outs.size());
  result.addAttribute("operandSegmentSizes",
                      parser.getBuilder().getDenseI32ArrayAttr(segments));
  return parser.resolveOperands(outs, outTypes, parser.getNameLoc(),
                                result.operands);
}

ParseResult RowwiseParser::parse(
    function_ref<ParseResult()> setProperties,
    function_ref<LogicalResult(SmallVectorImpl<Type> &)> infer) {
  bool hasDestinations = succeeded(parser.parseOptionalKeyword("ins"));
  if (hasDestinations) {
    if (parseDestinationForm())
      return failure();
  } else {
    SMLoc loc = parser.getCurrentLocation();
    SmallVector<Operand> operands;
    if (parser.parseOperandList(operands) || assignOperands(loc, operands))
      return failure();
  }
  SmallVector<StringRef> keywords = listKeywords();
  NamedAttrList attributes;
  if (parseKeywords(keywords) ||
      parseAttributes(parser, attributes, result.name.getStringRef(), keywords))
    return failure();
  result.attributes.append(attributes);

  SmallVector<Type> results;
  if (!hasDestinations) {
    SmallVector<Type> types;
    if (parser.parseColon())
      return failure();
    SMLoc loc = parser.getCurrentLocation();
    if (parser.parseTypeList(types) || assignTypes(loc, types))
      return failure();
    if (succeeded(parser.parseOptionalArrow()) && parser.parseTypeList(results))
      return failure();
    for (Input &input : inputs) {
      if (!input.isPresent || input.type)
        continue;
      if (results.empty())
        return parser.emitError(loc, "expected the type of dloss, or the types "
                                     "of the results after '->'");
      input.type = results.front();
    }
  }
  if (resolveOperands() || setProperties())
    return failure();
  if (results.empty() && failed(infer(results)))
    return failure();
  result.addTypes(results);
  return success();
}

//===----------------------------------------------------------------------===//
// Printing
//===----------------------------------------------------------------------===//

/// Prints the keywords, whose operands are `named`.
static void printKeywords(OpAsmPrinter &printer, RowwiseOpInterface op,
                          ArrayRef<std::pair<StringRef, Value>> named,
                          ArrayRef<StringRef> defaults) {
  for (const Keyword &keyword : getKeywords()) {
    if (!keyword.print) {
      for (auto [name, value] : named)
        if (name == keyword.name)
          printer << " " << name << "(" << value << " : " << value.getType()
                  << ")";
      continue;
    }
    std::optional<Attribute> value = op->getInherentAttr(keyword.name);
    if (!value || !*value || llvm::is_contained(defaults, keyword.name))
      continue;
    printer << " " << keyword.name << "(";
    keyword.print(printer, *value);
    printer << ")";
  }
}

void act::printRowwiseOp(OpAsmPrinter &printer, RowwiseOpInterface op,
                         ArrayRef<StringRef> defaults) {
  SmallVector<Value> positional;
  SmallVector<std::pair<StringRef, Value>> named;
  for (auto [input, value] : llvm::zip(op.getRowInputs(), op.getInputs())) {
    if (isKeywordInput(input))
      named.push_back({stringifyRowInput(input), value});
    else
      positional.push_back(value);
  }

  if (op.hasDestinations())
    printer << " ins(" << positional << " : "
            << TypeRange(ValueRange(positional)) << ") outs(" << op.getOuts()
            << " : " << op.getOuts().getTypes() << ")";
  else
    printer << " " << positional;
  printKeywords(printer, op, named, defaults);
  SmallVector<StringRef> elided(defaults);
  elided.push_back("operandSegmentSizes");
  for (const Keyword &keyword : getKeywords())
    elided.push_back(keyword.name);
  printAttributesWithout(printer, op->getAttrDictionary(), elided);
  if (op.hasDestinations())
    return;

  ArrayRef<Value> typed = positional;
  if (op.getRowPart() == RowPart::Backward &&
      typed[0].getType() == typed[1].getType())
    typed = typed.drop_front();
  else if (op.getRowPart() == RowPart::ForwardWithGradient &&
           typed.back().getType() == op->getResult(0).getType())
    typed = typed.drop_back();
  printer << " : " << TypeRange(ValueRange(typed));
  if (op->getNumResults() == 1 &&
      op->getResult(0).getType() == op.getX().getType())
    return;
  printer << " -> " << op->getResultTypes();
}
