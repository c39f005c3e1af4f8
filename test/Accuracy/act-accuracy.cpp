//===- act-accuracy.cpp - How accurate is it? -----------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file scans evaluations of rules and compares them with the definitions.
//
//===----------------------------------------------------------------------===//

#include "GoldenCheck.h"
#include "KernelCheck.h"
#include "ScanState.h"

#include "Act/Accuracy/HostEvaluation.h"
#include "Act/Accuracy/Inputs.h"
#include "Act/Accuracy/Scan.h"
#include "Act/InitAct.h"

#include "mlir/IR/DialectRegistry.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"

#include <cmath>
#include <thread>

using namespace llvm;
using namespace act;
using rules::Part;
using rules::Tier;

static cl::OptionCategory category("act-accuracy options");
static cl::list<std::string> ruleNames("rule",
                                       cl::desc("Rules to scan; all if absent"),
                                       cl::value_desc("name,..."),
                                       cl::CommaSeparated, cl::cat(category));
static cl::bits<Part>
    parts("part", cl::desc("Parts to scan; all if absent"), cl::CommaSeparated,
          cl::values(clEnumValN(Part::Forward, "forward", "f"),
                     clEnumValN(Part::Derivative, "derivative", "f'"),
                     clEnumValN(Part::ParameterDerivative, "parameter",
                                "df/dp of the operand parameter"),
                     clEnumValN(Part::OutputDerivative, "output",
                                "f' as a function of y")),
          cl::cat(category));
static cl::list<std::string>
    tierNames("tier", cl::desc("exact, default, fast (default: the first two)"),
              cl::value_desc("tier,..."), cl::CommaSeparated,
              cl::cat(category));
static cl::list<std::string>
    typeNames("type", cl::desc("f16, bf16, f32, f64 (default: all)"),
              cl::value_desc("type,..."), cl::CommaSeparated,
              cl::cat(category));
static cl::opt<std::string>
    inputSpec("inputs",
              cl::desc("N stratified inputs, all, every K-th pattern, or those "
                       "of LO <= |x| < HI; of 16-bit types every pattern of "
                       "all or of the range"),
              cl::value_desc("N|all|stride:K|range:LO:HI[:K]"),
              cl::init("1048576"), cl::cat(category));
static cl::list<std::string>
    parameterValues("params",
                    cl::desc("Values of parameters; if absent, their defaults "
                             "and then all their test values"),
                    cl::value_desc("name=value,..."), cl::CommaSeparated,
                    cl::cat(category));

enum class Backend { Host, Kernel };
static cl::opt<Backend> backend(
    "backend", cl::desc("What is scanned"),
    cl::values(clEnumValN(Backend::Host, "host",
                          "evaluations on the host, by definitions (default)"),
               clEnumValN(Backend::Kernel, "kernel",
                          "compiled kernels, by evaluations on the host")),
    cl::init(Backend::Host), cl::cat(category));
static cl::opt<std::string>
    golden("golden", cl::desc("Compare definitions with the values of a file"),
           cl::value_desc("FILE"), cl::cat(category));
static cl::opt<std::string>
    stateFile("state",
              cl::desc("Remember in this file what has been scanned, and go on "
                       "from there"),
              cl::value_desc("FILE"), cl::cat(category));
static cl::opt<unsigned> jobs("jobs", cl::desc("Threads of host scans"),
                              cl::init(1), cl::cat(category));
static cl::opt<bool> listRules("list", cl::desc("Print the names of the rules"),
                               cl::cat(category));

static const char overview[] =
    "compares evaluations with definitions\n\n"
    "Examples:\n"
    "  act-accuracy --rule=silu\n"
    "  act-accuracy --rule=gelu --part=derivative --tier=exact --type=f32 "
    "--inputs=stride:499\n"
    "  act-accuracy --rule=gelu --type=f32 --inputs=range:0x1p-3:8\n"
    "  act-accuracy --rule=elu --params=alpha=1.3\n";

/// Reports a usage error; the exit status of the tool.
static int usage(const Twine &message) {
  errs() << "act-accuracy: error: " << message << "\n";
  return 2;
}

namespace {

/// What the options choose.
struct Choice {
  std::vector<rules::RuleId> rules;
  std::vector<Part> parts;
  std::vector<Tier> tiers;
  std::vector<const Format *> formats;
  /// Stratified inputs; if 0, every `stride`-th of `range`.
  size_t stratified = 0;
  uint64_t stride = 1;
  /// LO and HI of LO <= |x| < HI; all inputs if absent.
  std::optional<std::pair<double, double>> range;
  StringMap<double> parameters;
};

} // namespace

/// The patterns that are chosen, each from its begin up to its end.
static SmallVector<std::pair<uint64_t, uint64_t>, 2>
patternsOf(const Choice &choice, const Format &format) {
  if (!choice.range)
    return {{0, uint64_t(1) << format.bits}};
  uint64_t sign = format.signBit();
  uint64_t low = format.encode(format.round(choice.range->first));
  uint64_t high = format.encode(format.round(choice.range->second));
  return {{low, high}, {sign | low, sign | high}};
}

/// All inputs from `first` on, chunk by chunk, so that a full scan fits into
/// memory. `visit` also gets the input after the chunk.
static void
forEachChunk(const Choice &choice, const Subject &subject, const Format &format,
             uint64_t first,
             function_ref<void(ArrayRef<uint64_t>, uint64_t)> visit) {
  if (subject.part == Part::OutputDerivative) {
    // Values of f only; the reference inverts f, which takes time.
    size_t count = std::min<size_t>(choice.stratified, 8192);
    visit(imagesOf(Reference(subject), format,
                   stratifiedInputs(subject, format, count)),
          0);
    return;
  }
  if (format.bits != 16 && choice.stratified) {
    // Nothing screens f64: a sixty-fourth of the inputs.
    size_t count = choice.stratified / (format.bits == 64 ? 64 : 1);
    visit(stratifiedInputs(subject, format, count), 0);
    return;
  }
  uint64_t stride = format.bits == 16 ? 1 : choice.stride;
  uint64_t chunk = stride << 22;
  for (auto [low, end] : patternsOf(choice, format))
    for (uint64_t begin = std::max(first, low); begin < end; begin += chunk)
      visit(strideInputs(begin, std::min(end, begin + chunk), stride),
            begin + chunk);
}

/// Judges all sweeps on all threads.
static void scanInParallel(const Reference &reference, const Format &format,
                           ArrayRef<uint64_t> inputs,
                           MutableArrayRef<Sweep> sweeps) {
  size_t count = std::max<size_t>(1, jobs);
  std::vector<std::vector<Sweep>> parts(count);
  std::vector<std::thread> workers;
  for (size_t i = 0; i != count; ++i) {
    size_t begin = inputs.size() * i / count;
    size_t end = inputs.size() * (i + 1) / count;
    for (const Sweep &sweep : sweeps)
      parts[i].push_back(
          {sweep.label,
           sweep.contract,
           {sweep.outputs.begin() + begin, sweep.outputs.begin() + end},
           {}});
    workers.emplace_back([&, i, begin, end] {
      scan(reference, format, format, inputs.slice(begin, end - begin),
           parts[i]);
      mpfr_free_cache();
    });
  }
  for (size_t i = 0; i != count; ++i) {
    workers[i].join();
    for (auto [sweep, part] : zip(sweeps, parts[i]))
      sweep.report.merge(part.report);
  }
}

/// Whether the rule must have an evaluation of this part.
static bool isRequired(const Subject &subject) {
  const rules::RuleInfo &info = subject.info();
  switch (subject.part) {
  case Part::Forward:
    return true;
  case Part::Derivative:
    return info.isActivation;
  case Part::ParameterDerivative:
    return any_of(info.parameters, [](const rules::ParameterInfo &parameter) {
      return parameter.operand;
    });
  case Part::OutputDerivative:
    return false;
  }
  return true;
}

/// Whether the tier has an evaluation of its own.
static bool isScanned(const Subject &subject, Tier tier, const Format &format) {
  const rules::EvaluationInfo *evaluation = evaluationOf(subject, tier, format);
  return evaluation && (tier != Tier::Fast || rules::isFast(evaluation->tier));
}

/// What is scanned: "fast, low, host".
static std::string labelOf(Tier tier, const NamedApproximations &named) {
  if (tier == Tier::Fast)
    return "fast, " + std::string(named.name) + ", host";
  return tier == Tier::Exact ? "exact, host" : "default, host";
}

/// Scans one subject in one format, all tiers and, in the fast one, all models
/// of what it approximates. Whether the contract holds.
static bool scanSubject(const Choice &choice, const Subject &subject,
                        const Format &format) {
  std::vector<Sweep> sweeps;
  std::vector<std::pair<Tier, std::optional<Approximations>>> ways;
  for (Tier tier : choice.tiers) {
    if (!isScanned(subject, tier, format))
      continue;
    for (const NamedApproximations &named : allApproximations()) {
      sweeps.push_back(
          {labelOf(tier, named), Contract::of(subject, tier, format), {}, {}});
      ways.push_back({tier, named.model});
      if (tier == Tier::Fast)
        continue;
      ways.back().second.reset();
      break;
    }
  }
  if (sweeps.empty()) {
    bool isOptional = choice.tiers == std::vector<Tier>{Tier::Fast};
    if (isOptional || !isRequired(subject))
      return true;
    outs() << "FAIL " << describe(subject) << ", " << format.name
           << ": no evaluation\n";
    return false;
  }
  Reference reference(subject);
  auto key = [&](const Sweep &sweep) {
    return describe(subject) + ", " + format.name + ", " + sweep.label + ", " +
           inputSpec;
  };
  // All sweeps of a subject advance together.
  static ScanState state{StringRef(stateFile)};
  uint64_t first = 0;
  for (Sweep &sweep : sweeps)
    first = state.resume(key(sweep), sweep.report);
  forEachChunk(choice, subject, format, first,
               [&](ArrayRef<uint64_t> inputs, uint64_t next) {
                 for (auto [sweep, way] : zip(sweeps, ways)) {
                   sweep.outputs = evaluateOnHost(subject, way.first, format,
                                                  inputs, way.second);
                   if (way.first != Tier::Fast)
                     compareWithGPUs(subject, way.first, format, inputs, sweep);
                 }
                 scanInParallel(reference, format, inputs, sweeps);
                 for (const Sweep &sweep : sweeps)
                   state.save(key(sweep), next, sweep.report);
                 if (!stateFile.empty())
                   errs() << key(sweeps.front()) << ": "
                          << (next >> (format.bits - 7)) * 100 / 128 << " %\r";
               });
  bool fine = true;
  for (const Sweep &sweep : sweeps) {
    print(outs(), subject, format, format, sweep);
    fine &= !sweep.report.failed(sweep.contract);
  }
  outs().flush();
  return fine;
}

/// Fills `choice`; an exit status, 0 if all is well.
static int parseOptions(Choice &choice) {
  for (const std::string &name : ruleNames) {
    std::optional<rules::RuleId> rule = rules::findRule(name);
    if (!rule)
      return usage("unknown rule '" + name + "'");
    choice.rules.push_back(*rule);
  }
  if (choice.rules.empty())
    choice.rules = rules::allRules();

  for (Part part : {Part::Forward, Part::Derivative, Part::ParameterDerivative,
                    Part::OutputDerivative})
    if (parts.getBits() == 0 || parts.isSet(part))
      choice.parts.push_back(part);

  for (const std::string &name : tierNames)
    if (name == "exact")
      choice.tiers.push_back(Tier::Exact);
    else if (name == "default" || name == "half")
      choice.tiers.push_back(Tier::Default);
    else if (name == "fast")
      choice.tiers.push_back(Tier::Fast);
    else
      return usage("--tier: expected exact, default or fast, got '" + name +
                   "'");
  if (choice.tiers.empty())
    choice.tiers = {Tier::Exact, Tier::Default};

  for (const std::string &name : typeNames) {
    const Format *format = Format::find(name);
    if (!format)
      return usage("--type: expected f16, bf16, f32 or f64, got '" + name +
                   "'");
    choice.formats.push_back(format);
  }
  if (choice.formats.empty())
    choice.formats = {&Format::F32, &Format::BF16, &Format::F16, &Format::F64};

  StringRef spec = inputSpec;
  if (spec.consume_front("range:")) {
    SmallVector<StringRef, 3> ends;
    spec.split(ends, ':');
    double low, high;
    if (ends.size() < 2 || ends.size() > 3 || ends[0].getAsDouble(low) ||
        ends[1].getAsDouble(high) || !(0 <= low && low < high) ||
        (ends.size() == 3 && ends[2].getAsInteger(10, choice.stride)) ||
        choice.stride == 0)
      return usage("--inputs: expected range:LO:HI[:K] with 0 <= LO < HI and "
                   "K > 0, got '" +
                   inputSpec + "'");
    choice.range = {low, high};
  } else if (spec.consume_front("stride:")) {
    if (spec.getAsInteger(10, choice.stride) || choice.stride == 0)
      return usage("--inputs: expected stride:K with K > 0, got '" + inputSpec +
                   "'");
  } else if (spec != "all" && (spec.getAsInteger(10, choice.stratified) ||
                               choice.stratified == 0)) {
    return usage(
        "--inputs: expected N, all, stride:K or range:LO:HI[:K], got '" +
        inputSpec + "'");
  }
  for (const Format *format : choice.formats)
    if (format->bits == 64 && !choice.stratified)
      return usage("--inputs: f64 takes a number of stratified inputs");

  for (const std::string &entry : parameterValues) {
    std::pair<StringRef, StringRef> parts = StringRef(entry).split('=');
    StringRef name = parts.first, text = parts.second;
    double value;
    if (text.getAsDouble(value))
      return usage("--params: expected name=value, got '" + entry + "'");
    bool isKnown = llvm::any_of(choice.rules, [&](rules::RuleId rule) {
      return llvm::any_of(rules::ruleInfo(rule).parameters,
                          [&](const rules::ParameterInfo &parameter) {
                            return parameter.name == name;
                          });
    });
    if (!isKnown)
      return usage("--params: no scanned function has a parameter '" + name +
                   "'");
    choice.parameters[name] = value;
  }
  return 0;
}

/// A parameter that is always an operand has a value of the format.
static void roundOperands(Subject &subject, const Format &format) {
  for (size_t i = 0; i != subject.parameters.size(); ++i)
    if (!subject.info().parameters[i].hasDefault)
      subject.parameters[i] = format.round(*subject.parameters[i]);
}

/// The subjects of a rule's part: with the parameters of the options, else with
/// the defaults first and then with each test value of each parameter.
static std::vector<Subject> subjectsOf(const Choice &choice, rules::RuleId rule,
                                       Part part, const Format &format) {
  std::vector<Subject> subjects = {Subject::withDefaults(rule, part)};
  Subject &first = subjects.front();
  const std::vector<rules::ParameterInfo> &infos = first.info().parameters;
  for (size_t i = 0; i != infos.size(); ++i) {
    auto it = choice.parameters.find(infos[i].name);
    if (it != choice.parameters.end())
      first.parameters[i] = it->second;
  }
  roundOperands(first, format);
  if (!choice.parameters.empty())
    return subjects;
  for (size_t i = 0; i != infos.size(); ++i)
    for (const Literal &value : infos[i].testValues) {
      // A fraction such as 1/6 is the default that no f64 is.
      Subject subject = subjects.front();
      if (!StringRef(value.text).contains('/'))
        subject.parameters[i] = value.asDouble();
      roundOperands(subject, format);
      // A number beyond the format is no operand of it.
      if (std::isfinite(value.asDouble()) && subject.parameters[i] &&
          std::isinf(*subject.parameters[i]))
        continue;
      if (subject.parameters != subjects.front().parameters)
        subjects.push_back(subject);
    }
  return subjects;
}

/// Whether operations compute this part in this format. Only f32 and f64 hold
/// enough of y to tell its derivative, and only increasing functions have one.
static bool isOffered(const Subject &subject, const Format &format) {
  if (subject.part != Part::OutputDerivative)
    return true;
  return format.bits > 16 &&
         all_of(subject.parameters, [](std::optional<double> value) {
           return !value || *value > 0;
         });
}

/// Compares the kernels of one subject with its host evaluations.
static bool scanKernels(const Choice &choice, const Subject &subject,
                        const Format &format, bool thorough) {
  static mlir::MLIRContext *context = [] {
    mlir::DialectRegistry registry;
    registerDialects(registry);
    return new mlir::MLIRContext(registry);
  }();
  std::vector<Tier> tiers;
  for (Tier tier : choice.tiers)
    if (isScanned(subject, tier, format))
      tiers.push_back(tier);
  if (tiers.empty())
    return true;
  bool fine = true;
  forEachChunk(choice, subject, format, 0,
               [&](ArrayRef<uint64_t> inputs, uint64_t) {
                 fine &= checkKernels(*context, subject, format, tiers,
                                      inputs.vec(), thorough);
               });
  return fine;
}

/// Scans a part in one format; test values of parameters get a sixteenth of the
/// stratified inputs.
static bool scanPart(const Choice &choice, rules::RuleId rule, Part part,
                     const Format &format) {
  bool fine = true;
  Choice smaller = choice;
  smaller.stratified /= 16;
  const Choice *current = &choice;
  for (const Subject &subject : subjectsOf(choice, rule, part, format)) {
    bool isFirst = current == &choice;
    if (isOffered(subject, format))
      fine &= backend == Backend::Host
                  ? scanSubject(*current, subject, format)
                  : scanKernels(*current, subject, format, isFirst);
    if (choice.stratified)
      current = &smaller;
  }
  return fine;
}

int main(int argc, char **argv) {
  InitLLVM init(argc, argv);
  cl::HideUnrelatedOptions(category);
  cl::ParseCommandLineOptions(argc, argv, overview);
  Choice choice;
  if (int status = parseOptions(choice))
    return status;
  if (listRules) {
    for (rules::RuleId rule : choice.rules)
      outs() << rules::ruleInfo(rule).name << "\n";
    return 0;
  }
  if (!golden.empty())
    return checkGoldens(golden) ? 0 : 1;
  bool fine = true;
  for (rules::RuleId rule : choice.rules)
    for (Part part : choice.parts)
      for (const Format *format : choice.formats)
        fine &= scanPart(choice, rule, part, *format);
  return fine ? 0 : 1;
}
