//===- NpyHeader.cpp - The header of an .npy file -------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file parses and prints the header of .npy files: a magic number, a
// version, a length, and a Python dictionary of three entries.
//
//===----------------------------------------------------------------------===//

#include "NpyHeader.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Endian.h"

using namespace act;
using llvm::createStringError;
using llvm::Error;
using llvm::Expected;
using llvm::StringRef;

static constexpr StringRef magic("\x93NUMPY", 6);
/// Python's dictionary takes some hundred bytes; a header that claims more than
/// this is no header of a plain array.
static constexpr size_t maxHeaderBytes = 1 << 20;

namespace {
/// A parser of the Python literals that make up a header.
class HeaderParser {
public:
  explicit HeaderParser(StringRef text) : rest(text) {}

  Error parse(NpyHeader &header) {
    bool seen[3] = {};
    if (!consume("{"))
      return unexpected("a dictionary");
    while (!consume("}")) {
      std::string key;
      if (Error error = parseString(key))
        return error;
      if (!consume(":"))
        return unexpected("':'");
      int index = key == "descr"           ? 0
                  : key == "fortran_order" ? 1
                  : key == "shape"         ? 2
                                           : -1;
      if (index < 0 || seen[index])
        return createStringError("the header has an unexpected entry '" + key +
                                 "'");
      seen[index] = true;
      if (Error error = index == 0   ? parseDescr(header.descr)
                        : index == 1 ? parseBool(header.fortranOrder)
                                     : parseShape(header.shape))
        return error;
      if (!consume(",") && !rest.starts_with("}"))
        return unexpected("',' or '}'");
    }
    if (!seen[0] || !seen[1] || !seen[2])
      return createStringError(
          "the header must have the entries descr, fortran_order and shape");
    return Error::success();
  }

private:
  void skipSpace() { rest = rest.ltrim(" \t\n\r"); }

  bool consume(StringRef token) {
    skipSpace();
    bool found = rest.consume_front(token);
    skipSpace();
    return found;
  }

  Error unexpected(const llvm::Twine &expected) {
    return createStringError("the header is broken: expected " + expected);
  }

  Error parseString(std::string &value) {
    skipSpace();
    char quote = rest.empty() ? 0 : rest.front();
    size_t end = rest.find(quote, 1);
    if ((quote != '\'' && quote != '"') || end == StringRef::npos)
      return unexpected("a string");
    value = rest.substr(1, end - 1).str();
    rest = rest.substr(end + 1);
    return Error::success();
  }

  Error parseDescr(std::string &descr) {
    skipSpace();
    if (rest.starts_with("["))
      return createStringError("arrays of structures are not read");
    return parseString(descr);
  }

  Error parseBool(bool &value) {
    value = consume("True");
    if (!value && !consume("False"))
      return unexpected("True or False");
    return Error::success();
  }

  Error parseShape(std::vector<int64_t> &shape) {
    if (!consume("("))
      return unexpected("a shape in parentheses");
    while (!consume(")")) {
      uint64_t size;
      if (rest.consumeInteger(10, size) || size > uint64_t(INT64_MAX))
        return unexpected("a size that is not negative");
      rest.consume_front("L"); // written by Python 2
      shape.push_back(size);
      if (!consume(",") && !rest.starts_with(")"))
        return unexpected("',' or ')'");
    }
    return Error::success();
  }

  StringRef rest;
};
} // namespace

/// Where the dictionary starts, and where it ends.
static Expected<std::pair<size_t, size_t>> findDictionary(StringRef contents) {
  if (!contents.starts_with(magic))
    return createStringError("this is not an .npy file");
  if (contents.size() < npyPrefixBytes)
    return createStringError("the file is truncated");
  unsigned version = static_cast<unsigned char>(contents[6]);
  if (version < 1 || version > 3)
    return createStringError("version " + llvm::Twine(version) +
                             " of the format is not known");

  const char *length = contents.data() + 8;
  size_t start = version == 1 ? 10 : 12;
  size_t size = version == 1 ? llvm::support::endian::read16le(length)
                             : llvm::support::endian::read32le(length);
  if (size > maxHeaderBytes)
    return createStringError("the header claims to be " + llvm::Twine(size) +
                             " bytes long");
  return std::make_pair(start, start + size);
}

Expected<size_t> act::npyHeaderEnd(StringRef contents) {
  auto dictionary = findDictionary(contents);
  if (!dictionary)
    return dictionary.takeError();
  return dictionary->second;
}

Expected<NpyHeader> act::parseNpyHeader(StringRef contents) {
  auto dictionary = findDictionary(contents);
  if (!dictionary)
    return dictionary.takeError();
  auto [start, end] = *dictionary;
  if (contents.size() < end)
    return createStringError("the file is truncated");
  NpyHeader header;
  if (Error error = HeaderParser(contents.slice(start, end)).parse(header))
    return std::move(error);
  header.dataOffset = end;
  return header;
}

std::string act::printNpyHeader(StringRef descr,
                                llvm::ArrayRef<int64_t> shape) {
  std::string dictionary =
      "{'descr': '" + descr.str() + "', 'fortran_order': False, 'shape': (";
  for (int64_t size : shape)
    dictionary += std::to_string(size) + ", ";
  dictionary += "), }";
  // 10 bytes stand before the dictionary and a line feed ends it.
  dictionary.resize(llvm::alignTo(dictionary.size() + 11, 64) - 11, ' ');
  dictionary += '\n';

  char length[2];
  llvm::support::endian::write16le(length, dictionary.size());
  return magic.str() + std::string("\x01\x00", 2) +
         std::string(length, sizeof(length)) + dictionary;
}
