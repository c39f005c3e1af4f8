//===- Options.h - The command line of act-run ---------------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the command line of act-run.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TOOLS_ACTRUN_OPTIONS_H
#define ACT_TOOLS_ACTRUN_OPTIONS_H

#include "Act/Execution/Compile.h"

#include "llvm/Support/Error.h"

#include <optional>
#include <string>
#include <vector>

namespace act {

/// What the user wrote, checked as far as the signature is not needed.
struct Options {
  std::string file;
  /// But for the observer.
  CompileOptions compile;
  std::vector<std::string> inputs, outputs, expects, dims, inPlace;
  /// What --expect allows, if no relative or absolute error is given, and what
  /// --check does.
  std::optional<double> maxUlp, checkMaxUlp;
  double rtol = 0, atol = 0;
  /// Repetitions; 0: as many as fit into half a second.
  std::optional<unsigned> bench;
  /// The inputs to differentiate by, none for all, where it is asked for.
  std::optional<std::vector<std::string>> grad;
  unsigned gradOrder = 1;
  std::string stopAfter, dump;
  bool check = false, gradCheck = false, describe = false;
};

/// A wrong command line: exit status 2. Other errors are 1.
class UsageError : public llvm::ErrorInfo<UsageError> {
public:
  static char ID;
  explicit UsageError(std::string message) : message(std::move(message)) {}
  void log(llvm::raw_ostream &os) const override { os << message; }
  std::error_code convertToErrorCode() const override {
    return llvm::inconvertibleErrorCode();
  }

private:
  std::string message;
};

/// "--option: message"
llvm::Error usage(llvm::StringRef option, const llvm::Twine &message);

/// Reads the command line. Errors have been printed where nothing is returned.
/// --help and --version end the program.
llvm::Expected<Options> parseOptions(int argc, char **argv);

} // namespace act

#endif // ACT_TOOLS_ACTRUN_OPTIONS_H
