//===- Records.h - The records of the formula language ----------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares views of the records of Act/Rules/Formula.td.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TOOLS_ACT_TBLGEN_RECORDS_H
#define ACT_TOOLS_ACT_TBLGEN_RECORDS_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/TableGen/Record.h"

#include <string>
#include <vector>

namespace act::tblgen {

/// The kind of a value: Real, Int, Bool or a Struct record.
class Kind {
public:
  explicit Kind(const llvm::Record *record = nullptr) : record(record) {}

  bool operator==(const Kind &other) const { return record == other.record; }
  bool operator!=(const Kind &other) const { return record != other.record; }

  bool isReal() const { return record->getName() == "Real"; }
  bool isInt() const { return record->getName() == "Int"; }
  bool isBool() const { return record->getName() == "Bool"; }
  bool isPair() const { return record->getName() == "Pair"; }
  bool isStruct() const { return record->isSubClassOf("Struct"); }
  llvm::StringRef name() const { return record->getName(); }

  /// The type in a template over the algebra A.
  std::string cppType() const;

private:
  const llvm::Record *record;

  friend struct NamedKind;
  friend std::vector<struct NamedKind> structFields(Kind kind);
};

/// A parameter of a function or a field of a struct.
struct NamedKind {
  std::string name;
  Kind kind;
};

/// The fields of a struct, in order.
std::vector<NamedKind> structFields(Kind kind);

/// The names and kinds of a `(params Real:$a, ...)` dag; errors are fatal, at
/// `owner`.
std::vector<NamedKind> parseParameters(const llvm::DagInit *dag,
                                       const llvm::Record *owner);

/// The rules in the order of the file.
std::vector<const llvm::Record *>
recordsInFileOrder(const llvm::RecordKeeper &records, llvm::StringRef name);

/// The parameters of a rule.
std::vector<const llvm::Record *> ruleParameters(const llvm::Record *rule);

/// The dag of a field, or null where it is unset.
const llvm::DagInit *optionalDag(const llvm::Record *record,
                                 llvm::StringRef field);

/// "GeluTanh" as "geluTanh".
std::string lowerFirst(llvm::StringRef name);

/// The name of an evaluation's template, e.g. siluForwardExactF32.
std::string evaluationName(const llvm::Record *evaluation);

/// Its keys as C++ arguments, one for each width:
/// "RuleId::Silu, Part::Forward, Tier::Exact, Width::F32".
std::vector<std::string> evaluationKeys(const llvm::Record *evaluation);

/// Reports records that no formula can show to be wrong: duplicate rule names
/// and evaluations. Fatal.
void checkRecords(const llvm::RecordKeeper &records);

} // namespace act::tblgen

#endif // ACT_TOOLS_ACT_TBLGEN_RECORDS_H
