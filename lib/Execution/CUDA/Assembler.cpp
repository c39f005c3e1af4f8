//===- Assembler.cpp - From PTX to machine code ---------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file runs ptxas, or where it is missing the library nvJitLink, and reads
// what they say of the kernels.
//
//===----------------------------------------------------------------------===//

#include "../DynamicLibrary.h"

#include "Act/Execution/CompileGPU.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdlib>
#include <dlfcn.h>

using namespace act;
using namespace llvm;

char NoAssembler::ID = 0;

//===----------------------------------------------------------------------===//
// What the assemblers report
//===----------------------------------------------------------------------===//

/// The number that stands before `unit` in a text as "16 bytes stack frame, 0
/// bytes spill stores"; 0 if there is none.
static unsigned numberBefore(StringRef line, StringRef unit) {
  size_t end = line.find(unit);
  if (end == StringRef::npos)
    return 0;
  StringRef digits = line.take_front(end).rtrim();
  size_t begin = digits.find_last_not_of("0123456789");
  unsigned value = 0;
  digits.substr(begin + 1).getAsInteger(10, value);
  return value;
}

/// Reads lines as
///   ptxas info    : Compiling entry function 'f' for 'sm_90'
///       0 bytes stack frame, 0 bytes spill stores, 0 bytes spill loads
///   ptxas info    : Used 22 registers, used 1 barriers, 128 bytes smem
static StringMap<KernelResources> parseReport(StringRef report) {
  StringMap<KernelResources> kernels;
  KernelResources *current = nullptr;
  for (StringRef line : split(report, '\n')) {
    if (line.contains("Compiling entry function")) {
      StringRef name = line.split('\'').second.split('\'').first;
      current = &kernels[name];
    } else if (!current) {
      continue;
    } else if (line.contains("bytes stack frame")) {
      current->stack = numberBefore(line, "bytes stack frame");
      current->spillStores = numberBefore(line, "bytes spill stores");
      current->spillLoads = numberBefore(line, "bytes spill loads");
    } else if (line.contains(" registers")) {
      current->registers = numberBefore(line, "registers");
      current->staticShared = numberBefore(line, "bytes smem");
    }
  }
  return kernels;
}

//===----------------------------------------------------------------------===//
// ptxas
//===----------------------------------------------------------------------===//

/// The path of ptxas, or nothing.
static std::optional<std::string> findPtxas() {
  if (const char *chosen = std::getenv("ACT_PTXAS"); chosen && *chosen) {
    if (sys::fs::can_execute(chosen))
      return chosen;
    return std::nullopt;
  }
  if (ErrorOr<std::string> found = sys::findProgramByName("ptxas"))
    return *found;
  std::vector<std::string> folders;
  for (const char *variable : {"CUDA_HOME", "CUDA_PATH"})
    if (const char *home = std::getenv(variable); home && *home)
      folders.push_back(std::string(home) + "/bin");
  folders.push_back("/usr/local/cuda/bin");
  for (const std::string &folder : folders)
    if (sys::fs::can_execute(folder + "/ptxas"))
      return folder + "/ptxas";
  return std::nullopt;
}

namespace {
/// A file that goes when this does.
class TemporaryFile {
public:
  static Expected<TemporaryFile> create(StringRef suffix) {
    SmallString<128> path;
    if (std::error_code code =
            sys::fs::createTemporaryFile("act", suffix, path))
      return createStringError("cannot make the temporary file '" + path +
                               "': " + code.message() + "; set TMPDIR");
    return TemporaryFile(path.str().str());
  }

  StringRef path() const { return name; }

  std::string read() const {
    auto buffer = MemoryBuffer::getFile(name, /*IsText=*/false,
                                        /*RequiresNullTerminator=*/false);
    return buffer ? (*buffer)->getBuffer().str() : std::string();
  }

private:
  explicit TemporaryFile(std::string path)
      : name(std::move(path)), remover(std::make_unique<FileRemover>(name)) {}

  std::string name;
  std::unique_ptr<FileRemover> remover;
};
} // namespace

/// "ptxas 13.0.88" from what --version prints: "... V13.0.88".
static std::string versionOf(StringRef ptxas) {
  Expected<TemporaryFile> output = TemporaryFile::create("txt");
  if (!output) {
    consumeError(output.takeError());
    return "ptxas";
  }
  std::optional<StringRef> redirects[] = {StringRef(), output->path(),
                                          output->path()};
  sys::ExecuteAndWait(ptxas, {ptxas, "--version"}, std::nullopt, redirects);
  std::string text = output->read();
  StringRef version = StringRef(text).split(", V").second;
  return ("ptxas " +
          version.take_while([](char c) { return isDigit(c) || c == '.'; }))
      .str();
}

static Expected<Cubin> runPtxas(StringRef ptxas, StringRef ptx,
                                const GPUChip &chip) {
  Expected<TemporaryFile> input = TemporaryFile::create("ptx");
  if (!input)
    return input.takeError();
  Expected<TemporaryFile> output = TemporaryFile::create("cubin");
  if (!output)
    return output.takeError();
  Expected<TemporaryFile> report = TemporaryFile::create("txt");
  if (!report)
    return report.takeError();
  std::error_code code;
  raw_fd_ostream stream(input->path(), code);
  if (!code) {
    stream << ptx;
    stream.close();
    code = stream.error();
    stream.clear_error();
  }
  if (code)
    return createStringError("cannot write a temporary file: " +
                             code.message());

  std::string gpu = ("--gpu-name=" + chip.name).str();
  StringRef arguments[] = {ptxas,           gpu,
                           "--fmad=false",  "--verbose",
                           "--output-file", output->path(),
                           input->path()};
  std::optional<StringRef> redirects[] = {StringRef(), report->path(),
                                          report->path()};
  std::string message;
  int status = sys::ExecuteAndWait(ptxas, arguments, std::nullopt, redirects, 0,
                                   0, &message);
  std::string text = report->read();
  if (status != 0) {
    StringRef reason = StringRef(message.empty() ? text : message).trim();
    std::string number = "exit status " + std::to_string(status);
    return createStringError("'" + ptxas + "' failed for " + chip.name + ": " +
                             (reason.empty() ? StringRef(number) : reason));
  }
  std::string bytes = output->read();
  if (bytes.empty())
    return createStringError("'" + ptxas + "' made no machine code for " +
                             chip.name + "; is it ptxas?");
  return Cubin{
      {bytes.begin(), bytes.end()}, versionOf(ptxas), parseReport(text)};
}

//===----------------------------------------------------------------------===//
// nvJitLink
//===----------------------------------------------------------------------===//

namespace {
/// The functions of the library that are used; each returns 0 for success.
class NvJitLink {
public:
  using Handle = void *;

  static Expected<NvJitLink> load() {
    std::string error;
    void *library = openLibrary(
        "ACT_LIBNVJITLINK",
        {"libnvJitLink.so.13", "libnvJitLink.so.12", "libnvJitLink.so"}, error);
    if (!library)
      return make_error<NoAssembler>(error);
    NvJitLink result;
    bool isComplete = true;
    auto find = [&](auto &function, const char *name) {
      function = reinterpret_cast<std::decay_t<decltype(function)>>(
          dlsym(library, name));
      isComplete &= function != nullptr;
    };
    find(result.create, "nvJitLinkCreate");
    find(result.destroy, "nvJitLinkDestroy");
    find(result.addData, "nvJitLinkAddData");
    find(result.complete, "nvJitLinkComplete");
    find(result.cubinSize, "nvJitLinkGetLinkedCubinSize");
    find(result.cubin, "nvJitLinkGetLinkedCubin");
    find(result.errorLogSize, "nvJitLinkGetErrorLogSize");
    find(result.errorLog, "nvJitLinkGetErrorLog");
    find(result.infoLogSize, "nvJitLinkGetInfoLogSize");
    find(result.infoLog, "nvJitLinkGetInfoLog");
    find(result.version, "nvJitLinkVersion");
    if (!isComplete)
      return make_error<NoAssembler>("libnvJitLink.so lacks a function");
    return result;
  }

  static std::string readLog(Handle handle, int (*size)(Handle, size_t *),
                             int (*read)(Handle, char *)) {
    size_t bytes = 0;
    if (size(handle, &bytes) || bytes == 0)
      return "";
    std::string text(bytes, '\0');
    if (read(handle, text.data()))
      return "";
    return StringRef(text).rtrim('\0').str();
  }

  int (*create)(Handle *, uint32_t, const char **);
  int (*destroy)(Handle *);
  int (*addData)(Handle, int, const void *, size_t, const char *);
  int (*complete)(Handle);
  int (*cubinSize)(Handle, size_t *);
  int (*cubin)(Handle, void *);
  int (*errorLogSize)(Handle, size_t *);
  int (*errorLog)(Handle, char *);
  int (*infoLogSize)(Handle, size_t *);
  int (*infoLog)(Handle, char *);
  int (*version)(unsigned *, unsigned *);
};
} // namespace

/// What the library calls input of the kind PTX.
static constexpr int ptxInput = 2;

static Expected<Cubin> runNvJitLink(StringRef ptx, const GPUChip &chip) {
  Expected<NvJitLink> library = NvJitLink::load();
  if (!library)
    return library.takeError();
  std::string arch = ("-arch=" + chip.name).str();
  const char *options[] = {arch.c_str(), "-fma=0", "-verbose"};
  NvJitLink::Handle handle = nullptr;
  if (int status = library->create(&handle, std::size(options), options))
    return createStringError("libnvJitLink cannot compile for " + chip.name +
                             " (status " + Twine(status) + ")");

  Cubin result;
  size_t size = 0;
  // The text counts with its end.
  std::string text = ptx.str();
  bool isFine = !library->addData(handle, ptxInput, text.c_str(),
                                  text.size() + 1, "act.ptx") &&
                !library->complete(handle) &&
                !library->cubinSize(handle, &size);
  if (isFine) {
    result.code.resize(size);
    isFine = !library->cubin(handle, result.code.data());
  }
  std::string error =
      NvJitLink::readLog(handle, library->errorLogSize, library->errorLog);
  result.kernels = parseReport(
      NvJitLink::readLog(handle, library->infoLogSize, library->infoLog));
  library->destroy(&handle);
  if (!isFine)
    return createStringError("libnvJitLink failed for " + chip.name + ": " +
                             StringRef(error).trim());
  unsigned major = 0, minor = 0;
  library->version(&major, &minor);
  result.assembler = ("nvJitLink " + Twine(major) + "." + Twine(minor)).str();
  return result;
}

Expected<Cubin> act::assemblePTX(StringRef ptx, const GPUChip &chip) {
  if (std::optional<std::string> ptxas = findPtxas())
    return runPtxas(*ptxas, ptx, chip);
  Expected<Cubin> cubin = runNvJitLink(ptx, chip);
  if (cubin || !cubin.errorIsA<NoAssembler>())
    return cubin;
  std::string reason = toString(cubin.takeError());
  return make_error<NoAssembler>(
      "neither ptxas nor nvJitLink is here to assemble PTX (" + reason +
      "); set ACT_PTXAS or CUDA_HOME, or take the PTX, which the driver "
      "assembles");
}
