//===- ScanState.cpp - Scans that can be resumed --------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file reads and writes the state of scans: a line of each, the key and
// after a tab the numbers of its report.
//
//===----------------------------------------------------------------------===//

#include "ScanState.h"

#include "llvm/Support/FileSystem.h"

#include <cstdio>
#include <fstream>
#include <sstream>

using namespace act;

ScanState::ScanState(llvm::StringRef file) : path(file) {
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    size_t tab = line.find('\t');
    if (tab == std::string::npos)
      continue;
    std::istringstream fields(line.substr(tab + 1));
    Entry entry;
    Report &r = entry.report;
    std::string maxUlps, maxUlpsNormal;
    fields >> entry.next >> r.count >> r.aboveOne >> r.aboveBound >>
        r.misrounded >> r.nanMismatches >> r.zeroSignMismatches >>
        r.screenErrors >> r.gpuMismatches >> maxUlps >> maxUlpsNormal >> r.maxInput >>
        r.maxOutput >> r.hash;
    // A line that a crash cut short is no state.
    if (!fields)
      continue;
    r.maxUlps = std::strtod(maxUlps.c_str(), nullptr);
    r.maxUlpsNormal = std::strtod(maxUlpsNormal.c_str(), nullptr);
    for (uint64_t input; fields >> input;)
      r.failures.push_back(input);
    entries[line.substr(0, tab)] = entry;
  }
}

uint64_t ScanState::resume(const std::string &key, Report &report) const {
  auto it = entries.find(key);
  if (it == entries.end())
    return 0;
  report = it->second.report;
  return it->second.next;
}

void ScanState::save(const std::string &key, uint64_t next,
                     const Report &report) {
  if (path.empty())
    return;
  entries[key] = {next, report};
  // Written beside and moved: a state is whole or the one before.
  std::string temporary = path + ".new";
  {
    std::ofstream out(temporary);
    for (const auto &[name, entry] : entries) {
      const Report &r = entry.report;
      char numbers[80];
      std::snprintf(numbers, sizeof(numbers), "%a %a", r.maxUlps,
                    r.maxUlpsNormal);
      out << name << '\t' << entry.next << ' ' << r.count << ' ' << r.aboveOne
          << ' ' << r.aboveBound << ' ' << r.misrounded << ' '
          << r.nanMismatches << ' ' << r.zeroSignMismatches << ' '
          << r.screenErrors << ' ' << r.gpuMismatches << ' ' << numbers << ' ' << r.maxInput << ' '
          << r.maxOutput << ' ' << r.hash;
      for (uint64_t input : r.failures)
        out << ' ' << input;
      out << '\n';
    }
  }
  if (std::error_code error = llvm::sys::fs::rename(temporary, path))
    llvm::errs() << "act-accuracy: warning: cannot write '" << path
                 << "': " << error.message() << "\n";
}
