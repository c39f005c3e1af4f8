//===- Records.cpp - The records of the formula language ------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file reads the records of Act/Rules/Formula.td.
//
//===----------------------------------------------------------------------===//

#include "Records.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/TableGen/Error.h"

using namespace llvm;
using namespace act::tblgen;

std::string Kind::cppType() const {
  if (isStruct())
    return record->getValueAsString("cppName").str() + "<A>";
  return "typename A::" + record->getValueAsString("cppName").str();
}

std::vector<NamedKind> act::tblgen::structFields(Kind kind) {
  return parseParameters(kind.record->getValueAsDag("fields"), kind.record);
}

std::vector<NamedKind> act::tblgen::parseParameters(const DagInit *dag,
                                                    const Record *owner) {
  std::vector<NamedKind> parameters;
  for (unsigned i = 0; i != dag->getNumArgs(); ++i) {
    auto *def = dyn_cast<DefInit>(dag->getArg(i));
    if (!def || !def->getDef()->isSubClassOf("Kind"))
      PrintFatalError(owner->getLoc(),
                      "parameter " + Twine(i) + " has no kind; write Real:$x");
    if (dag->getArgNameStr(i).empty())
      PrintFatalError(owner->getLoc(),
                      "parameter " + Twine(i) + " has no name; write Real:$x");
    parameters.push_back({dag->getArgNameStr(i).str(), Kind(def->getDef())});
  }
  return parameters;
}

std::vector<const Record *>
act::tblgen::recordsInFileOrder(const RecordKeeper &records, StringRef name) {
  std::vector<const Record *> defs(
      records.getAllDerivedDefinitions(name).begin(),
      records.getAllDerivedDefinitions(name).end());
  llvm::sort(defs, [](const Record *a, const Record *b) {
    return a->getID() < b->getID();
  });
  return defs;
}

std::vector<const Record *>
act::tblgen::ruleParameters(const Record *rule) {
  std::vector<const Record *> parameters =
      rule->getValueAsListOfDefs("parameters");
  return parameters;
}

const DagInit *act::tblgen::optionalDag(const Record *record,
                                        StringRef field) {
  const RecordVal *value = record->getValue(field);
  return value ? dyn_cast<DagInit>(value->getValue()) : nullptr;
}

std::string act::tblgen::lowerFirst(StringRef name) {
  std::string result = name.str();
  if (!result.empty())
    result[0] = toLower(result[0]);
  return result;
}

std::string act::tblgen::evaluationName(const Record *evaluation) {
  std::string name =
      lowerFirst(evaluation->getValueAsDef("rule")->getName()) +
      evaluation->getValueAsDef("part")->getValueAsString("name").str() +
      evaluation->getValueAsDef("tier")->getValueAsString("name").str();
  for (const Record *width : evaluation->getValueAsListOfDefs("widths"))
    name += width->getValueAsString("name");
  return name;
}

std::vector<std::string>
act::tblgen::evaluationKeys(const Record *evaluation) {
  std::vector<std::string> keys;
  for (const Record *width : evaluation->getValueAsListOfDefs("widths")) {
    std::string key =
        ("RuleId::" + evaluation->getValueAsDef("rule")->getName()).str();
    for (StringRef field : {"part", "tier"})
      key += (field == "part" ? ", Part::" : ", Tier::") +
             evaluation->getValueAsDef(field)->getValueAsString("name").str();
    keys.push_back(key + ", Width::" + width->getValueAsString("name").str());
  }
  return keys;
}

void act::tblgen::checkRecords(const RecordKeeper &records) {
  StringMap<const Record *> names;
  for (const Record *rule : recordsInFileOrder(records, "Rule")) {
    auto [it, isNew] = names.insert({rule->getValueAsString("name"), rule});
    if (!isNew) {
      PrintError(rule->getLoc(), "rule '" + rule->getValueAsString("name") +
                                     "' is defined twice");
      PrintFatalNote(it->second->getLoc(), "first defined here");
    }
  }
  StringMap<const Record *> keys;
  for (const Record *evaluation : recordsInFileOrder(records, "Evaluation")) {
    if (evaluation->getValueAsListOfDefs("widths").empty())
      PrintFatalError(evaluation->getLoc(), "the evaluation has no width");
    for (const std::string &key : evaluationKeys(evaluation)) {
      auto [it, isNew] = keys.insert({key, evaluation});
      if (!isNew) {
        PrintError(evaluation->getLoc(),
                   "the evaluation {" + key + "} is given twice");
        PrintFatalNote(it->second->getLoc(), "first given here");
      }
    }
  }
}
