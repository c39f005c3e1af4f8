//===- Header.cpp - A C header for an object file -------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file writes how a C program calls what compileObject() makes: inline
// functions that put pointers and sizes where the packed functions of the
// object expect them.
//
//===----------------------------------------------------------------------===//

#include "Lowering.h"
#include "PackedCall.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/raw_ostream.h"

using namespace act;
using llvm::ArrayRef;
using llvm::Expected;
using llvm::StringRef;
using llvm::Twine;

/// The C type of an element. f16 and bf16 are their bits, i1 is 0 or 1.
static StringRef cTypeOf(ElementType type) {
  switch (type) {
  case ElementType::F16:
  case ElementType::BF16:
    return "uint16_t";
  case ElementType::F32:
    return "float";
  case ElementType::F64:
    return "double";
  case ElementType::I1:
    return "uint8_t";
  case ElementType::I8:
    return "int8_t";
  case ElementType::I16:
    return "int16_t";
  case ElementType::I32:
    return "int32_t";
  case ElementType::I64:
  case ElementType::Index:
    return "int64_t";
  }
  llvm_unreachable("all types of elements are listed");
}

/// Names of C and C++, macros, and names that the functions use.
static constexpr char reservedNames[] =
    "NULL _Bool alignas alignof and and_eq asm auto bitand bitor bool break "
    "case catch "
    "char char16_t char32_t char8_t class co_await co_return co_yield compl "
    "concept const const_cast consteval constexpr constinit continue "
    "decltype default delete do double dynamic_cast else enum explicit "
    "export extern false float for friend goto if inline int long mutable "
    "namespace new noexcept not not_eq nullptr operator or or_eq private "
    "protected public register reinterpret_cast requires restrict return "
    "short signed sizeof static static_assert static_cast struct switch "
    "template this thread_local throw true try typedef typeid typename "
    "typeof union unsigned using virtual void volatile wchar_t while xor "
    "xor_eq linux unix memcpy memset messages sizes slots status int8_t "
    "int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t uintptr_t";

static bool isReserved(StringRef name) {
  return llvm::is_contained(llvm::split(reservedNames, ' '), name);
}

namespace {

/// An argument as a C parameter.
struct Parameter {
  const ArgumentInfo *info;
  std::string name;
  bool isOutput;
  /// The first of its slots.
  unsigned slot;

  std::string size(unsigned dim) const {
    if (info->shape[dim] >= 0)
      return std::to_string(info->shape[dim]);
    return name + "_" + std::to_string(dim);
  }
  /// The names of the sizes that are not known.
  std::vector<std::string> dynamicSizes() const {
    std::vector<std::string> sizes;
    for (unsigned dim = 0; dim != info->shape.size(); ++dim)
      if (info->shape[dim] < 0)
        sizes.push_back(size(dim));
    return sizes;
  }
  /// A number that is an input; one that is an output goes into memory.
  bool isNumber() const { return info->isScalar && !isOutput; }
  unsigned numSlots() const {
    return isNumber() ? 1 : 3 + 2 * info->shape.size();
  }
};

class HeaderWriter {
public:
  HeaderWriter(const LoweredEntry &entry, llvm::raw_ostream &os)
      : entry(entry), os(os), name(identifier(entry.signature.entry)) {
    for (StringRef ending : {"_pack", "_call", "_sizes", "_packed",
                             "_check_packed", "_shapes_packed"})
      taken.insert((name + ending).str());
    auto add = [&](const ArgumentInfo &info, bool isOutput) {
      parameters.push_back(
          {&info, identifier(info.name, info.shape), isOutput, numSlots});
      numSlots += parameters.back().numSlots();
    };
    for (const ArgumentInfo &info : entry.signature.inputs)
      add(info, /*isOutput=*/false);
    for (const ArgumentInfo &info : entry.signature.outputs)
      add(info, /*isOutput=*/true);
  }

  void write() {
    std::string guard = "ACT_" + StringRef(name).upper() + "_H";
    os << "/* '" << name
       << "', compiled by Act: link it with the object file. */\n#ifndef "
       << guard << "\n#define " << guard
       << "\n\n#include <stdint.h>\n#include <string.h>\n\n"
       << "#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n";
    declare("", entry.signature.entry);
    if (entry.hasCheck)
      declare("_check", checkName(entry.signature.entry));
    if (entry.hasShapes)
      declare("_shapes", shapesName(entry.signature.entry));
    os << "\n";
    writePack();
    if (!outputSizes().empty())
      writeSizes();
    writeCall();
    os << "#ifdef __cplusplus\n}\n#endif\n\n#endif\n";
  }

private:
  /// `text` as a C identifier of its own, with those of dynamic sizes.
  std::string identifier(StringRef text, ArrayRef<int64_t> shape = {}) {
    std::string result;
    for (char c : text)
      result += llvm::isAlnum(c) ? c : '_';
    if (result.empty() || llvm::isDigit(result.front()))
      result.insert(0, "_");
    auto namesOf = [&] {
      std::vector<std::string> names = {result};
      for (unsigned dim = 0; dim != shape.size(); ++dim)
        if (shape[dim] < 0)
          names.push_back(result + "_" + std::to_string(dim));
      return names;
    };
    while (isReserved(result) ||
           llvm::any_of(namesOf(), [&](const std::string &wanted) {
             return taken.contains(wanted);
           }))
      result += "_";
    for (const std::string &name : namesOf())
      taken.insert(name);
    return result;
  }

  /// Declares a packed function of the object, whose name is none of C.
  void declare(StringRef ending, StringRef function) {
    os << "void " << name << ending
       << "_packed(const uint64_t *arguments, uint64_t *results)\n    "
          "__asm__(\"";
    os.write_escaped(packedName(function)) << "\");\n";
  }

  /// The dynamic sizes of the outputs, as the object computes them.
  std::vector<std::string> outputSizes() const {
    std::vector<std::string> sizes;
    for (const Parameter &parameter : parameters)
      if (parameter.isOutput)
        llvm::append_range(sizes, parameter.dynamicSizes());
    return sizes;
  }

  /// "const float *x, int64_t x_0": the inputs, and the outputs if asked for.
  std::string parameterList(bool withOutputs) const {
    std::vector<std::string> list;
    for (const Parameter &parameter : parameters) {
      if (parameter.isOutput && !withOutputs)
        continue;
      std::string type = cTypeOf(parameter.info->type).str();
      if (parameter.isNumber()) {
        list.push_back(type + " " + parameter.name);
        continue;
      }
      list.push_back((parameter.isOutput ? "" : "const ") + type + " *" +
                     parameter.name);
      if (!parameter.isOutput)
        for (const std::string &size : parameter.dynamicSizes())
          list.push_back("int64_t " + size);
    }
    return llvm::join(list, ", ");
  }

  /// The names of what parameterList() declares for the inputs.
  std::string inputNames() const {
    std::string names;
    for (const Parameter &parameter : parameters) {
      if (parameter.isOutput)
        continue;
      names += ", " + parameter.name;
      for (const std::string &size : parameter.dynamicSizes())
        names += ", " + size;
    }
    return names;
  }

  /// Stores an argument into its slots, in C order.
  void store(const Parameter &parameter) {
    auto slot = [&](unsigned number) {
      return "slots[" + std::to_string(parameter.slot + number) + "]";
    };
    if (parameter.isNumber()) {
      os << "  memcpy(&" << slot(0) << ", &" << parameter.name << ", sizeof("
         << parameter.name << "));\n";
      return;
    }
    os << "  " << slot(0) << " = " << slot(1) << " = (uint64_t)(uintptr_t)"
       << parameter.name << ";\n";
    unsigned rank = parameter.info->shape.size();
    for (unsigned dim = 0; dim != rank; ++dim)
      os << "  " << slot(3 + dim) << " = (uint64_t)" << parameter.size(dim)
         << ";\n";
    for (unsigned dim = rank; dim-- != 0;) {
      os << "  " << slot(3 + rank + dim) << " = ";
      if (dim + 1 == rank)
        os << "1;\n";
      else
        os << slot(3 + rank + dim + 1) << " * " << slot(3 + dim + 1) << ";\n";
    }
  }

  void writePack() {
    os << "static inline void " << name << "_pack(uint64_t *slots"
       << (entry.signature.inputs.empty() ? "" : ", ")
       << parameterList(/*withOutputs=*/false) << ") {\n  memset(slots, 0, "
       << numSlots << " * sizeof(uint64_t));\n";
    for (const Parameter &parameter : parameters)
      if (!parameter.isOutput)
        store(parameter);
    os << "}\n\n";
  }

  void writeSizes() {
    std::vector<std::string> sizes = outputSizes();
    os << "/* The sizes of the outputs that follow from the inputs. */\n"
          "static inline void "
       << name << "_sizes(" << parameterList(/*withOutputs=*/false);
    bool isFirst = entry.signature.inputs.empty();
    for (const std::string &size : sizes) {
      os << (isFirst ? "" : ", ") << "int64_t *" << size;
      isFirst = false;
    }
    os << ") {\n  uint64_t slots[" << numSlots << "], sizes[" << sizes.size()
       << "];\n  " << name << "_pack(slots" << inputNames() << ");\n  " << name
       << "_shapes_packed(slots, sizes);\n";
    for (auto [number, size] : llvm::enumerate(sizes))
      os << "  *" << size << " = (int64_t)sizes[" << number << "];\n";
    os << "}\n\n";
  }

  void writeCall() {
    os << "/* Computes\n";
    for (const Parameter &parameter : parameters)
      os << "     " << parameter.name << ": "
         << (parameter.isOutput ? "output, " : "input, ")
         << parameter.info->typeText() << "\n";
    os << "   Tensors are contiguous, in C order; an output is the memory of "
          "no "
          "input.\n   Returns 0, or what is wrong with the inputs: then "
          "nothing "
          "has been written. */\nstatic inline const char *"
       << name << "_call(" << parameterList(/*withOutputs=*/true)
       << ") {\n  uint64_t slots[" << numSlots << "];\n";
    std::vector<std::string> sizes = outputSizes();
    if (entry.hasCheck) {
      os << "  static const char *const messages[] = {";
      for (const std::string &site : entry.sites) {
        os << "\n      \"";
        writeText(site);
        os << "\",";
      }
      os << "\n      \"a condition of the entry does not hold\"};\n"
         << "  uint64_t status = 0;\n";
    }
    os << "  " << name << "_pack(slots" << inputNames() << ");\n";
    if (entry.hasCheck)
      os << "  " << name
         << "_check_packed(slots, &status);\n  if (status)\n    return "
            "messages["
         << siteNumber() << "];\n";
    if (!sizes.empty()) {
      os << "  uint64_t sizes[" << sizes.size() << "];\n  " << name
         << "_shapes_packed(slots, sizes);\n";
      for (auto [number, size] : llvm::enumerate(sizes))
        os << "  const uint64_t " << size << " = sizes[" << number << "];\n";
    }
    for (const Parameter &parameter : parameters)
      if (parameter.isOutput)
        store(parameter);
    os << "  " << name << "_packed(slots, 0);\n  return 0;\n}\n\n";
  }

  /// The number of the site that `status` has; that of the last message if it
  /// is none.
  std::string siteNumber() const {
    std::string count = std::to_string(entry.sites.size());
    if (entry.sites.empty())
      return count;
    return "status >> 8 < " + count + " ? status >> 8 : " + count;
  }

  /// The inside of a string literal, without trigraphs.
  void writeText(StringRef text) {
    for (StringRef part : llvm::split(text, '?')) {
      if (part.begin() != text.begin())
        os << "\\?";
      os.write_escaped(part);
    }
  }

  const LoweredEntry &entry;
  llvm::raw_ostream &os;
  llvm::StringSet<> taken;
  std::string name;
  std::vector<Parameter> parameters;
  unsigned numSlots = 0;
};

} // namespace

Expected<std::string> act::compileHeader(mlir::ModuleOp module,
                                         const CompileOptions &options) {
  Expected<LoweredEntry> entry = lower(module, options, Stage::LLVM);
  if (!entry)
    return entry.takeError();
  std::string text;
  llvm::raw_string_ostream os(text);
  HeaderWriter(*entry, os).write();
  return text;
}
