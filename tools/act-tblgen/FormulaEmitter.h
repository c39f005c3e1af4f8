//===- FormulaEmitter.h - Formulas as C++ statements ------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the translation of one formula, with its checks.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TOOLS_ACT_TBLGEN_FORMULAEMITTER_H
#define ACT_TOOLS_ACT_TBLGEN_FORMULAEMITTER_H

#include "Records.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/raw_ostream.h"

namespace act::tblgen {

/// Types the formulas of one record and prints them as statements that call
/// the algebra `a`. Every error is fatal and stands at the record's line.
class FormulaEmitter {
public:
  /// Definitions may use real functions, evaluations may not; those of the fast
  /// and the device tiers, and no others, may use approximations; functions may
  /// use what their callers may.
  enum class Context { Definition, Evaluation, DeviceEvaluation, Function };

  FormulaEmitter(llvm::raw_ostream &os, const llvm::Record *owner,
                 Context context, llvm::ArrayRef<NamedKind> parameters);

  /// Prints the statements for `formula` and a return of its value, which must
  /// be of `kind`.
  void emitReturn(const llvm::Init *formula, Kind kind);

  /// Whether a formula printed so far read this parameter.
  bool isUsed(llvm::StringRef parameter) const {
    return used.contains(parameter);
  }

private:
  struct Typed {
    Kind kind;
    std::string expression;
  };

  /// The value of an argument of a dag; `expected` gives literals a kind.
  Typed argument(const llvm::DagInit *dag, unsigned index, Kind expected);
  Typed value(const llvm::Init *init, Kind expected);
  Typed variable(llvm::StringRef name);
  Typed literal(llvm::StringRef text, Kind expected);
  std::string constant(llvm::StringRef text, llvm::StringRef method);
  Typed dagValue(const llvm::DagInit *dag, Kind expected);

  Typed operation(const llvm::DagInit *dag, const llvm::Record *op);
  Typed call(const llvm::DagInit *dag, const llvm::Record *function);
  Typed construct(const llvm::DagInit *dag, Kind kind);
  Typed read(const llvm::DagInit *dag, const llvm::Record *field);
  Typed select(const llvm::DagInit *dag, Kind expected);
  Typed byWidth(const llvm::DagInit *dag, Kind expected);
  Typed horner(const llvm::DagInit *dag, bool hasStart);
  Typed hornerByWidth(llvm::ArrayRef<llvm::StringRef> narrow,
                      llvm::ArrayRef<llvm::StringRef> wide, size_t start,
                      const Typed &r);

  /// Names the value of a statement.
  Typed statement(Kind kind, const llvm::Twine &expression);

  /// Refuses an operation, or a function that reaches one, out of its place.
  void expectAllowed(const llvm::Record *op);
  void expectArguments(const llvm::DagInit *dag, unsigned count);
  void expectKind(const Typed &value, Kind kind, const llvm::DagInit *dag,
                  unsigned index);
  Kind kindNamed(llvm::StringRef name) const;
  [[noreturn]] void fail(const llvm::Twine &message);

  llvm::raw_ostream &os;
  const llvm::Record *owner;
  Context context;
  llvm::StringMap<Kind> parameters;
  llvm::StringSet<> used;
  /// Dags are unique: each is computed once.
  llvm::DenseMap<const llvm::DagInit *, Typed> computed;
  llvm::StringMap<std::string> literals;
  unsigned nextVariable = 0;
};

/// Whether `function` reaches an operation of this class.
bool reachesOperation(const llvm::Record *function,
                      llvm::StringRef operationClass);

} // namespace act::tblgen

#endif // ACT_TOOLS_ACT_TBLGEN_FORMULAEMITTER_H
