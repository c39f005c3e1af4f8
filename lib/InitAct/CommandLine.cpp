//===- CommandLine.cpp - What command lines have in common ----------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements what the tools do before they add their own options,
// and how they read them.
//
//===----------------------------------------------------------------------===//

#include "Act/CommandLine.h"

#include "Act/Version.h"

#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

void act::removeLLVMOptions() {
  SmallVector<cl::Option *> options;
  for (const auto &option : cl::getRegisteredOptions())
    if (!StringRef(option.first).starts_with("help") &&
        option.first != "version")
      options.push_back(option.second);
  for (cl::Option *option : options)
    option->removeArgument();
}

std::optional<std::string> act::parseCommandLine(int argc, char **argv,
                                                 StringRef overview,
                                                 cl::OptionCategory &category) {
  cl::HideUnrelatedOptions(category);
  cl::SetVersionPrinter(printVersion);
  std::string message;
  raw_string_ostream stream(message);
  if (cl::ParseCommandLineOptions(argc, argv, overview, &stream))
    return std::nullopt;
  // "act-run: Unknown command line argument ...", and for the same reason
  // "act-run: Not enough positional command line arguments ..."
  std::string prefix = (sys::path::filename(argv[0]) + ": ").str();
  StringRef text = message;
  text.consume_front(prefix);
  return text.split("\n" + prefix + "Not enough").first.trim().str();
}
