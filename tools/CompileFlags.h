//===- CompileFlags.h - Options for how a program is compiled ---*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the options of command lines that act-run and act-compile
// have in common.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TOOLS_COMPILEFLAGS_H
#define ACT_TOOLS_COMPILEFLAGS_H

#include "Act/Execution/CompileGPU.h"
#include "Act/IR/Act.h"

#include "llvm/Support/CommandLine.h"

namespace act {

/// An option as a member of a struct that has a category.
#define ACT_OPTION(type, name, flag, ...)                                      \
  type name { flag, llvm::cl::cat(category), __VA_ARGS__ }

/// The options as LLVM's library reads them.
struct CompileFlags {
  explicit CompileFlags(llvm::StringRef categoryName)
      : category(categoryName) {}

  /// What is wrong with an option, and which one it is.
  struct Problem {
    std::string option, message;
  };

  /// A text that is given and empty, as by --entry=$NAME without a NAME, would
  /// be taken for one that is not given.
  static std::optional<Problem>
  checkNotEmpty(llvm::ArrayRef<const llvm::cl::opt<std::string> *> flags) {
    for (const llvm::cl::opt<std::string> *flag : flags)
      if (flag->getNumOccurrences() && flag->empty())
        return Problem{flag->ArgStr.str(), "expected " + flag->ValueStr.str() +
                                               ", got ''; write one, or leave "
                                               "the option out"};
    return std::nullopt;
  }

  /// Checks the options, and takes them over into `options`.
  std::optional<Problem> apply(CompileOptions &options) const {
    if (!isAccuracy(accuracy))
      return Problem{"accuracy",
                     "expected exact, default or fast, got '" + accuracy + "'"};
    if (valueChecks != "error" && valueChecks != "nan")
      return Problem{"value-checks",
                     "expected error or nan, got '" + valueChecks + "'"};
    if (std::optional<Problem> empty =
            checkNotEmpty({&entry, &targetCPU, &schedule}))
      return empty;
    if (std::string problem = findScheduleProblem(schedule); !problem.empty())
      return Problem{"schedule", problem};
    options.entry = entry;
    options.accuracy = accuracy;
    options.valueChecks = valueChecks;
    options.schedule = schedule;
    options.fuse = !noFuse;
    options.allowLibm = allowLibm;
    options.targetCPU = targetCPU;
    options.targetFeatures = targetFeatures;
    if (chip.getNumOccurrences()) {
      if (llvm::Expected<GPUChip> known = findGPUChip(chip); !known)
        return Problem{"chip", llvm::toString(known.takeError())};
      options.chip = chip;
    }
    return std::nullopt;
  }

  llvm::cl::OptionCategory category;

  llvm::cl::opt<std::string> file{llvm::cl::Positional,
                                  llvm::cl::desc("FILE.mlir"),
                                  llvm::cl::Required, llvm::cl::cat(category)};
  ACT_OPTION(llvm::cl::opt<std::string>, entry, "entry",
             llvm::cl::desc("Function to take, where there are several"),
             llvm::cl::value_desc("NAME"));
  ACT_OPTION(llvm::cl::opt<std::string>, chip, "chip",
             llvm::cl::desc("GPU to compile for (default: sm_90)"),
             llvm::cl::value_desc("sm_NN"));
  ACT_OPTION(
      llvm::cl::opt<std::string>, schedule, "schedule",
      llvm::cl::desc("Numbers to set in the schedules of GPU kernels: "
                     "threads, threads-per-row, accesses, cluster, rows"),
      llvm::cl::value_desc("KEY=VALUE,..."));
  ACT_OPTION(llvm::cl::opt<std::string>, accuracy, "accuracy",
             llvm::cl::desc("Tier of operations that do not name one"),
             llvm::cl::value_desc("exact|default|fast"),
             llvm::cl::init("default"));
  ACT_OPTION(
      llvm::cl::opt<std::string>, valueChecks, "value-checks",
      llvm::cl::desc("What a target that is no class does: stop, or make "
                     "the loss and the gradient of its row NaN"),
      llvm::cl::value_desc("error|nan"), llvm::cl::init("error"));
  ACT_OPTION(llvm::cl::opt<bool>, noFuse, "no-fuse",
             llvm::cl::desc("Compile operations as they are written, without "
                            "putting them together"));
  ACT_OPTION(llvm::cl::opt<bool>, allowLibm, "allow-libm",
             llvm::cl::desc("Let math functions without a rule call the C "
                            "library (CPU)"));
  ACT_OPTION(llvm::cl::opt<std::string>, targetCPU, "target-cpu",
             llvm::cl::desc("Processor to compile for (default: this one)"),
             llvm::cl::value_desc("NAME"));
  ACT_OPTION(llvm::cl::opt<std::string>, targetFeatures, "target-features",
             llvm::cl::desc("Features of the processor to add or to take away"),
             llvm::cl::value_desc("+F,-F"));
};

} // namespace act

#endif // ACT_TOOLS_COMPILEFLAGS_H
