//===- GoldenCheck.cpp - Definitions against goldens ----------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file reads golden values and compares them with the rules.
//
//===----------------------------------------------------------------------===//

#include "GoldenCheck.h"

#include "Act/Accuracy/Reference.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/LineIterator.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdlib>
#include <set>

using namespace llvm;
using namespace act;
using rules::Part;

/// Values of definitions are computed with these bits; goldens have 40 digits.
static constexpr mpfr_prec_t precision = 512;

static std::optional<Part> findPart(StringRef name) {
  if (name == "forward")
    return Part::Forward;
  if (name == "derivative")
    return Part::Derivative;
  if (name == "parameter")
    return Part::ParameterDerivative;
  return std::nullopt;
}

/// |value - golden| < 10^-38 |golden|.
static bool agrees(const MPFRNumber &value, const MPFRNumber &golden) {
  if (golden.isZero() || value.isNaN())
    return value.isZero();
  MPFRNumber error(64), limit(64);
  mpfr_sub(error.get(), value.get(), golden.get(), MPFR_RNDN);
  mpfr_div(error.get(), error.get(), golden.get(), MPFR_RNDN);
  mpfr_set_str(limit.get(), "1e-38", 10, MPFR_RNDN);
  return mpfr_cmpabs(error.get(), limit.get()) < 0;
}

/// The subject of a line, or nothing if it names none.
static std::optional<Subject> parseSubject(ArrayRef<StringRef> fields) {
  std::optional<rules::RuleId> rule = rules::findRule(fields[0].str());
  std::optional<Part> part = findPart(fields[1]);
  if (!rule || !part)
    return std::nullopt;
  Subject subject = Subject::withDefaults(*rule, *part);
  if (fields[2] == "-")
    return subject;
  SmallVector<StringRef> values;
  fields[2].split(values, ',');
  if (values.size() != subject.parameters.size())
    return std::nullopt;
  for (size_t i = 0; i != values.size(); ++i)
    if (values[i] != "-")
      subject.parameters[i] = std::strtod(values[i].str().c_str(), nullptr);
  return subject;
}

bool act::checkGoldens(StringRef path) {
  ErrorOr<std::unique_ptr<MemoryBuffer>> buffer = MemoryBuffer::getFile(path);
  if (!buffer) {
    errs() << "act-accuracy: error: cannot read '" << path
           << "': " << buffer.getError().message() << "\n";
    return false;
  }
  bool fine = true;
  uint64_t compared = 0;
  std::set<std::pair<rules::RuleId, Part>> seen;
  for (line_iterator line(**buffer); !line.is_at_end(); ++line) {
    SmallVector<StringRef> fields;
    line->split(fields, ' ');
    std::optional<Subject> subject;
    if (fields.size() == 5)
      subject = parseSubject(fields);
    if (!subject) {
      outs() << "FAIL " << path << ":" << line.line_number()
             << ": no rule has this: " << *line << "\n";
      fine = false;
      continue;
    }
    seen.insert({subject->rule, subject->part});
    MPFRNumber x(64, std::strtod(fields[3].str().c_str(), nullptr));
    MPFRNumber golden(precision);
    mpfr_set_str(golden.get(), fields[4].str().c_str(), 10, MPFR_RNDN);
    Reference reference(*subject);
    auto check = [&](const MPFRNumber &value, StringRef name) {
      ++compared;
      if (agrees(value, golden))
        return;
      fine = false;
      outs() << "FAIL " << path << ":" << line.line_number() << ": " << name
             << " is about " << value.toDouble() << ": " << *line << "\n";
    };
    check(reference.evaluate(x, precision),
          subject->part == Part::Forward ? "the definition"
                                         : "the dual number's derivative");
    if (subject->part != Part::Forward && subject->info().isActivation)
      check(reference.evaluateTextbook(x, precision),
            "the textbook derivative");
  }
  for (rules::RuleId rule : rules::allRules())
    for (Part part : {Part::Forward, Part::Derivative})
      if (!seen.count({rule, part})) {
        fine = false;
        outs() << "FAIL " << rules::ruleInfo(rule).name << ": no goldens of "
               << (part == Part::Forward ? "f" : "f'") << "\n";
      }
  outs() << (fine ? "ok   " : "FAIL ") << compared
         << " values compared with goldens\n";
  return fine;
}
