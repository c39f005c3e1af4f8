//===- Parser.cpp - Reads PTX ---------------------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PTX.h"

#include <cctype>
#include <cstdlib>
#include <cstring>

using namespace ptx;

/// In the order of `SpecialRegister`.
static const char *const specialRegisters[] = {"%tid.x",
                                               "%tid.y",
                                               "%tid.z",
                                               "%ntid.x",
                                               "%ntid.y",
                                               "%ntid.z",
                                               "%ctaid.x",
                                               "%ctaid.y",
                                               "%ctaid.z",
                                               "%nctaid.x",
                                               "%nctaid.y",
                                               "%nctaid.z",
                                               "%clusterid.x",
                                               "%clusterid.y",
                                               "%clusterid.z",
                                               "%cluster_ctaid.x",
                                               "%cluster_ctaid.y",
                                               "%cluster_ctaid.z",
                                               "%cluster_nctaid.x",
                                               "%cluster_nctaid.y",
                                               "%cluster_nctaid.z",
                                               "%cluster_ctarank",
                                               "%laneid"};
static_assert(std::size(specialRegisters) == NumSpecialRegisters);

static bool startsWith(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

static std::string_view trim(std::string_view text) {
  while (!text.empty() && std::isspace(text.front()))
    text.remove_prefix(1);
  while (!text.empty() && std::isspace(text.back()))
    text.remove_suffix(1);
  return text;
}

/// Splits at commas that are in no braces or brackets.
static std::vector<std::string_view> splitOperands(std::string_view text) {
  std::vector<std::string_view> parts;
  size_t begin = 0;
  int depth = 0;
  for (size_t i = 0; i != text.size(); ++i) {
    char c = text[i];
    depth += c == '{' || c == '[';
    depth -= c == '}' || c == ']';
    if (c == ',' && depth == 0) {
      parts.push_back(trim(text.substr(begin, i - begin)));
      begin = i + 1;
    }
  }
  std::string_view last = trim(text.substr(begin));
  if (!last.empty())
    parts.push_back(last);
  return parts;
}

/// Reads an integer and returns whether it was one.
static bool parseInteger(std::string_view text, int64_t &value) {
  std::string copy(text);
  if (!copy.empty() && copy.back() == 'U')
    copy.pop_back();
  if (copy.empty())
    return false;
  char *end;
  // The numbers of 64 bits without a sign are beyond strtoll.
  value = copy[0] == '-' ? std::strtoll(copy.c_str(), &end, 0)
                         : int64_t(std::strtoull(copy.c_str(), &end, 0));
  return *end == 0;
}

/// Bytes of the type that ends an opcode or follows a dot: "b32", "f64",
/// "pred".
static unsigned bytesOfType(std::string_view type) {
  if (type == "pred")
    return 1;
  for (unsigned bytes : {1, 2, 4, 8})
    if (type.size() >= 2 && type.substr(1) == std::to_string(bytes * 8))
      return bytes;
  return 0;
}

namespace {
class Parser {
public:
  Parser(std::string_view text, Module &module) : text(text), module(module) {}

  bool run();
  std::string error;

private:
  bool fail(const std::string &why) {
    if (error.empty())
      error = "line " + std::to_string(line) + ": " + why;
    return false;
  }

  void skipSpace();
  /// The text up to one of the characters, which is taken as well and is
  /// `last`.
  std::string_view takeUntil(const char *characters, char &last);
  std::string_view takeLine();
  /// A word such as ".entry" or "f_param_0".
  std::string_view takeWord();
  bool expect(char c);

  bool parseVariable(Kernel *kernel, bool isExtern);
  bool parseKernel();
  bool parseParameters(Kernel &kernel);
  bool parseThreads(std::array<unsigned, 3> &threads);
  bool parseBody(Kernel &kernel);
  bool parseRegisters(Kernel &kernel, std::string_view text);
  bool parseInstruction(std::string_view text);
  bool parseOperand(std::string_view text, Operand &operand);
  bool parseOperands(std::string_view text, std::vector<Operand> &operands);
  bool parseAddress(std::string_view text, Instruction &instruction);
  bool findRegister(std::string_view name, int &number);
  bool resolveBranches();

  std::string_view text;
  Module &module;
  size_t at = 0;
  unsigned line = 1;

  /// Of the kernel at hand: the first register of each prefix ("%rd") and how
  /// many there are, single registers, addresses of variables and parameters,
  /// and labels.
  Kernel *kernel = nullptr;
  std::map<std::string, std::pair<int, int>, std::less<>> registers;
  std::map<std::string, int, std::less<>> names;
  std::map<std::string, uint64_t, std::less<>> symbols;
  std::map<std::string, size_t, std::less<>> labels;
  std::vector<std::pair<size_t, std::string>> branches;
  /// The name of the shared memory whose size a launch says.
  std::string dynamicShared;
};
} // namespace

void Parser::skipSpace() {
  while (at < text.size()) {
    if (text[at] == '\n')
      ++line;
    if (text.substr(at, 2) == "//") {
      at = std::min(text.find('\n', at), text.size());
      continue;
    }
    if (!std::isspace(text[at]))
      return;
    ++at;
  }
}

std::string_view Parser::takeUntil(const char *characters, char &last) {
  size_t end = text.find_first_of(characters, at);
  if (end == std::string_view::npos) {
    last = 0;
    end = text.size();
  } else {
    last = text[end];
  }
  std::string_view taken = text.substr(at, end - at);
  for (char c : taken)
    line += c == '\n';
  at = std::min(end + 1, text.size());
  return trim(taken);
}

std::string_view Parser::takeLine() {
  size_t end = std::min(text.find('\n', at), text.size());
  std::string_view taken = text.substr(at, end - at);
  at = end;
  return trim(taken);
}

std::string_view Parser::takeWord() {
  skipSpace();
  size_t end = at;
  while (end < text.size() &&
         (std::isalnum(text[end]) || std::strchr("._$%", text[end])))
    ++end;
  std::string_view word = text.substr(at, end - at);
  at = end;
  return word;
}

bool Parser::expect(char c) {
  skipSpace();
  if (at == text.size() || text[at] != c)
    return fail(std::string("expected '") + c + "'");
  ++at;
  return true;
}

/// ".align 16 .b8 name[12] = {0, 1, ...};" behind its state space.
bool Parser::parseVariable(Kernel *kernel, bool isExtern) {
  int64_t align = 1;
  std::string_view word = takeWord();
  if (word == ".align") {
    if (!parseInteger(takeWord(), align) || align <= 0)
      return fail("expected an alignment");
    word = takeWord();
  }
  unsigned bytes = word.empty() ? 0 : bytesOfType(word.substr(1));
  if (!bytes)
    return fail("unknown type '" + std::string(word) + "'");
  std::string name(takeWord());
  if (isExtern)
    dynamicShared = name;
  int64_t count = 1;
  skipSpace();
  if (at < text.size() && text[at] == '[') {
    ++at;
    char last;
    std::string_view size = takeUntil("]", last);
    if (isExtern && size.empty())
      count = 0;
    else if (!parseInteger(size, count) || count < 0)
      return fail("expected the size of '" + name + "'");
  }
  std::vector<char> data(bytes * count);
  skipSpace();
  if (at < text.size() && text[at] == '=') {
    ++at;
    if (!expect('{'))
      return false;
    char last = ',';
    for (int64_t i = 0; last == ','; ++i) {
      int64_t value;
      if (!parseInteger(takeUntil(",}", last), value) || i >= count)
        return fail("'" + name + "' has an element that is not understood");
      std::memcpy(data.data() + i * bytes, &value, bytes);
    }
  }
  if (!expect(';'))
    return false;
  if (isExtern)
    return true;

  if (kernel) {
    kernel->sharedBytes = (kernel->sharedBytes + align - 1) / align * align;
    symbols[name] = kernel->sharedBytes;
    kernel->sharedBytes += data.size();
    return true;
  }
  // Space for the address that is aligned as stated.
  std::vector<char> &memory = module.globals[name];
  memory.resize(data.size() + align);
  uint64_t address = reinterpret_cast<uint64_t>(memory.data());
  uint64_t aligned = (address + align - 1) / align * align;
  std::memcpy(memory.data() + (aligned - address), data.data(), data.size());
  symbols[name] = aligned;
  return true;
}

bool Parser::parseThreads(std::array<unsigned, 3> &threads) {
  char last;
  std::vector<std::string_view> numbers = splitOperands(takeUntil("\n", last));
  ++line;
  threads = {1, 1, 1};
  if (numbers.empty() || numbers.size() > 3)
    return fail("expected one to three numbers");
  for (size_t i = 0; i != numbers.size(); ++i) {
    int64_t value;
    if (!parseInteger(numbers[i], value))
      return fail("expected a number");
    threads[i] = value;
  }
  return true;
}

/// ".param .u64 .ptr .global .align 1 f_param_0, ...)"
bool Parser::parseParameters(Kernel &kernel) {
  skipSpace();
  if (text[at] == ')') {
    ++at;
    return true;
  }
  char last = ',';
  while (last == ',') {
    if (takeWord() != ".param")
      return fail("expected '.param'");
    std::string_view type = takeWord();
    unsigned bytes = type.empty() ? 0 : bytesOfType(type.substr(1));
    if (!bytes)
      return fail("unknown type of a parameter '" + std::string(type) + "'");
    std::string_view rest = takeUntil(",)", last);
    Parameter parameter;
    parameter.name = rest.substr(rest.find_last_of(" \t") + 1);
    parameter.bytes = bytes;
    kernel.parameterBytes = (kernel.parameterBytes + bytes - 1) / bytes * bytes;
    parameter.offset = kernel.parameterBytes;
    kernel.parameterBytes += bytes;
    symbols[parameter.name] = parameter.offset;
    kernel.parameters.push_back(parameter);
  }
  return last == ')' || fail("expected ')'");
}

bool Parser::parseKernel() {
  module.kernels.push_back(std::make_unique<Kernel>());
  kernel = module.kernels.back().get();
  kernel->name = takeWord();
  kernel->numRegisters = NumSpecialRegisters;
  registers.clear();
  names.clear();
  labels.clear();
  branches.clear();
  std::map<std::string, uint64_t, std::less<>> ofModule = symbols;
  if (!expect('(') || !parseParameters(*kernel))
    return false;
  for (;;) {
    skipSpace();
    if (at < text.size() && text[at] == '{')
      break;
    std::string_view directive = takeWord();
    std::array<unsigned, 3> ignored;
    // Hints of the assembler change nothing here.
    if (directive == ".reqntid"   ? !parseThreads(kernel->requiredThreads)
        : directive == ".maxntid" ? !parseThreads(kernel->mostThreads)
        : directive == ".reqnctapercluster"
            ? !parseThreads(kernel->requiredCluster)
        : directive == ".minnctapersm" || directive == ".maxnreg"
            ? !parseThreads(ignored)
        : directive == ".explicitcluster"
            ? false
            : !fail("unknown directive '" + std::string(directive) + "'"))
      return false;
    if (!error.empty())
      return false;
  }
  ++at;
  if (!parseBody(*kernel) || !resolveBranches())
    return false;
  symbols = ofModule;
  return true;
}

bool Parser::parseBody(Kernel &kernel) {
  // Blocks within the kernel are there for registers of their own, which may be
  // declared again: the newest of a name counts.
  unsigned depth = 1;
  for (;;) {
    skipSpace();
    if (at == text.size())
      return fail("a kernel does not end");
    if (text[at] == '{') {
      ++at;
      ++depth;
      continue;
    }
    if (text[at] == '}') {
      ++at;
      if (--depth == 0)
        return true;
      continue;
    }
    // A label ends with a colon, which no instruction has before its operands
    // but in a state space: "shared::cluster".
    size_t begin = at;
    unsigned beginLine = line;
    std::string_view word = takeWord();
    if (at < text.size() && text[at] == ':' && text.substr(at, 2) != "::") {
      labels[std::string(word)] = kernel.code.size();
      ++at;
      continue;
    }
    char last;
    if (word == ".shared") {
      if (!parseVariable(&kernel, /*isExtern=*/false))
        return false;
      continue;
    }
    if (word == ".reg") {
      if (!parseRegisters(kernel, takeUntil(";", last)))
        return false;
      continue;
    }
    if (word == ".pragma") {
      takeUntil(";", last);
      continue;
    }
    if (startsWith(word, "."))
      return fail("unknown directive '" + std::string(word) + "'");
    at = begin;
    line = beginLine;
    std::string_view instruction = takeUntil(";", last);
    if (!parseInstruction(instruction))
      return false;
  }
}

/// ".b32 %r<57>" or ".b16 name"
bool Parser::parseRegisters(Kernel &kernel, std::string_view text) {
  size_t name = text.find_last_of(" \t") + 1, open = text.find('<');
  if (open == text.npos) {
    names[std::string(text.substr(name))] = kernel.numRegisters++;
    return true;
  }
  int64_t count = 0;
  if (text.back() != '>' ||
      !parseInteger(text.substr(open + 1, text.size() - open - 2), count))
    return fail("registers that are not understood: '" + std::string(text) +
                "'");
  registers[std::string(text.substr(name, open - name))] = {
      int(kernel.numRegisters), int(count)};
  kernel.numRegisters += count;
  return true;
}

bool Parser::findRegister(std::string_view name, int &number) {
  for (int i = 0; i != NumSpecialRegisters; ++i)
    if (name == specialRegisters[i]) {
      number = i;
      return true;
    }
  size_t digits = name.find_first_of("0123456789");
  if (digits != name.npos) {
    auto found = registers.find(name.substr(0, digits));
    int64_t index;
    if (found != registers.end() && parseInteger(name.substr(digits), index) &&
        index < found->second.second) {
      number = found->second.first + index;
      return true;
    }
  }
  return fail("unknown register '" + std::string(name) + "'");
}

/// A register, a number or a variable.
bool Parser::parseOperand(std::string_view text, Operand &operand) {
  operand = Operand();
  if (text == "_")
    return true;
  if (startsWith(text, "%"))
    return findRegister(text, operand.reg);
  if (auto name = names.find(text); name != names.end()) {
    operand.reg = name->second;
    return true;
  }
  // 0f3F800000 and 0d3FF0000000000000 are bits.
  if (text.size() > 2 && text[0] == '0' && (text[1] == 'f' || text[1] == 'd')) {
    char *end;
    operand.value =
        std::strtoull(std::string(text.substr(2)).c_str(), &end, 16);
    if (*end == 0)
      return true;
  }
  int64_t value;
  if (parseInteger(text, value)) {
    operand.value = value;
    return true;
  }
  if (text == dynamicShared) {
    // Behind all that the kernel declares, which it has done by now.
    kernel->sharedBytes = (kernel->sharedBytes + 15) / 16 * 16;
    operand.value = kernel->sharedBytes;
    return true;
  }
  auto symbol = symbols.find(text);
  if (symbol == symbols.end())
    return fail("unknown operand '" + std::string(text) + "'");
  operand.value = symbol->second;
  return true;
}

/// One operand, or several in braces or with a bar between.
bool Parser::parseOperands(std::string_view text,
                           std::vector<Operand> &operands) {
  std::vector<std::string_view> parts = {text};
  if (startsWith(text, "{") && text.back() == '}')
    parts = splitOperands(text.substr(1, text.size() - 2));
  else if (size_t bar = text.find('|'); bar != text.npos)
    parts = {text.substr(0, bar), text.substr(bar + 1)};
  for (std::string_view part : parts)
    if (!parseOperand(part, operands.emplace_back()))
      return false;
  return true;
}

/// "[%rd4+16]" without the brackets.
bool Parser::parseAddress(std::string_view text, Instruction &instruction) {
  size_t plus = text.find('+');
  if (plus != text.npos &&
      !parseInteger(text.substr(plus + 1), instruction.offset))
    return fail("unknown address '" + std::string(text) + "'");
  return parseOperand(text.substr(0, plus), instruction.base);
}

bool Parser::parseInstruction(std::string_view text) {
  Instruction instruction;
  instruction.line = line;
  if (startsWith(text, "@")) {
    size_t end = text.find_first_of(" \t");
    std::string_view guard = text.substr(1, end - 1);
    if (startsWith(guard, "!")) {
      instruction.guardValue = false;
      guard.remove_prefix(1);
    }
    if (!findRegister(guard, instruction.guard))
      return false;
    text = trim(text.substr(std::min(end, text.size())));
  }

  size_t end = std::min(text.find_first_of(" \t"), text.size());
  std::string opcode(text.substr(0, end));
  std::vector<std::string_view> operands = splitOperands(text.substr(end));
  bool isLoad = startsWith(opcode, "ld."), isStore = startsWith(opcode, "st.");
  if (isLoad || isStore || startsWith(opcode, "mov.")) {
    size_t dot = opcode.rfind('.');
    instruction.bytes = bytesOfType(std::string_view(opcode).substr(dot + 1));
    instruction.isSigned = opcode[dot + 1] == 's';
    if (!instruction.bytes)
      return fail("unknown instruction '" + opcode + "'");
    opcode.resize(dot);
    for (const char *vector : {".v2", ".v4", ".v8"})
      if (opcode.size() > 3 && opcode.substr(opcode.size() - 3) == vector)
        opcode.resize(opcode.size() - 3);
  }
  const Operation *operation = findOperation(opcode);
  if (!operation)
    return fail("unknown instruction '" + opcode + "'");
  instruction.operation = *operation;

  if (operation->control == Control::Branch) {
    if (operands.size() != 1)
      return fail("expected a label");
    branches.emplace_back(kernel->code.size(), std::string(operands[0]));
    kernel->code.push_back(std::move(instruction));
    return true;
  }
  if (operation->arity && operands.size() != operation->arity)
    return fail("'" + opcode + "' has " + std::to_string(operation->arity) +
                " operands");
  // All but stores and what waits have their results first.
  bool hasResults = !isStore && !startsWith(opcode, "bar");
  for (size_t i = 0; i != operands.size(); ++i) {
    std::string_view operand = operands[i];
    if (startsWith(operand, "[")
            ? !parseAddress(operand.substr(1, operand.size() - 2), instruction)
            : !parseOperands(operand, i == 0 && hasResults
                                          ? instruction.results
                                          : instruction.operands))
      return false;
  }
  kernel->code.push_back(std::move(instruction));
  return true;
}

bool Parser::resolveBranches() {
  for (auto &[index, label] : branches) {
    auto found = labels.find(label);
    if (found == labels.end())
      return fail("unknown label '" + label + "'");
    kernel->code[index].target = found->second;
  }
  return true;
}

bool Parser::run() {
  bool isExtern = false;
  for (;;) {
    skipSpace();
    if (at == text.size())
      return true;
    std::string_view word = takeWord();
    if (word == ".version" || word == ".address_size") {
      takeLine();
    } else if (word == ".target") {
      module.target = takeLine();
    } else if (word == ".visible" || word == ".extern") {
      isExtern = word == ".extern";
      continue;
    } else if (word == ".entry") {
      if (!parseKernel())
        return false;
    } else if (word == ".global" || (word == ".shared" && isExtern)) {
      if (!parseVariable(/*kernel=*/nullptr, isExtern))
        return false;
    } else {
      return fail("unknown directive '" + std::string(word) + "'");
    }
    isExtern = false;
  }
}

bool ptx::parse(std::string_view text, Module &module, std::string &error) {
  Parser parser(text, module);
  bool success = parser.run();
  error = parser.error;
  return success;
}
