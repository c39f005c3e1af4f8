//===- CUDACode.cpp - The kernels of an entry on a GPU --------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file compiles the kernels of an entry, loads them at the first run, and
// runs the entry on tensors of the host.
//
//===----------------------------------------------------------------------===//

#include "CUDACode.h"

#include "../LaunchCalls.h"
#include "../LocationText.h"
#include "Kernels.h"
#include "Session.h"

#include "Act/Execution/Signature.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/StringSwitch.h"

#include <mutex>
#include <set>

using namespace act;
using namespace act::cuda;
using llvm::createStringError;
using llvm::Error;
using llvm::Expected;

namespace {
class CUDACode : public DeviceCode {
public:
  CUDACode(unsigned deviceIndex, GPUChip chip)
      : deviceIndex(deviceIndex), chip(chip) {}
  ~CUDACode() override;

  Error takeKernels(mlir::ModuleOp module) override;
  Error finish(mlir::ModuleOp) override { return Error::success(); }
  void *lookup(llvm::StringRef symbol) const override;
  Error run(PackedFunction entry, const Signature &signature,
            llvm::ArrayRef<uint64_t> slots, llvm::ArrayRef<TensorView> inputs,
            llvm::ArrayRef<TensorView> outputs) const override;

  Error enqueue(PackedFunction entry, llvm::ArrayRef<uint64_t> slots,
                void *stream) const override;
  Error copyToHost(void *to, const TensorView &from,
                   void *stream) const override;

private:
  Error describe(mlir::gpu::GPUModuleOp kernels);
  Error convertHost(mlir::ModuleOp module, mlir::gpu::GPUModuleOp kernels);
  Error load() const;

  unsigned deviceIndex;
  GPUChip chip;
  std::string ptx;
  std::vector<KernelInfo> infos;
  /// The numbers of kernels that launches give shared memory.
  std::set<unsigned> givenShared;
  /// Where launches are, as "file:line:col: ".
  std::vector<std::string> sites;

  /// What the first run loads.
  mutable std::mutex mutex;
  mutable const GPU *gpu = nullptr;
  mutable Module binary = nullptr;
  mutable std::vector<LoadedKernel> loaded;
};
} // namespace

static constexpr char launchName[] = "act_cuda_launch";

static void launch(uint32_t kernel, uint32_t site, const LaunchSlots *slots) {
  Session::current()->launch(kernel, site, *slots);
}

/// The conditions of an entry are computed outside of a session.
static void *allocate(uint64_t bytes) {
  if (Session *session = Session::current())
    return reinterpret_cast<void *>(session->allocateBetween(bytes));
  return std::malloc(bytes);
}

static void release(void *memory) {
  if (Session *session = Session::current())
    session->release(reinterpret_cast<Address>(memory));
  else
    std::free(memory);
}

void *CUDACode::lookup(llvm::StringRef symbol) const {
  return llvm::StringSwitch<void *>(symbol)
      .Case(launchName, reinterpret_cast<void *>(launch))
      .Case("malloc", reinterpret_cast<void *>(allocate))
      .Case("free", reinterpret_cast<void *>(release))
      .Default(nullptr);
}

Error CUDACode::describe(mlir::gpu::GPUModuleOp kernels) {
  for (auto kernel : kernels.getOps<mlir::gpu::GPUFuncOp>()) {
    if (!kernel.isKernel())
      continue;
    Expected<KernelInfo> info = describeKernel(kernel);
    if (!info)
      return info.takeError();
    // The attribute belongs to the context of the program.
    info->schedule = nullptr;
    infos.push_back(std::move(*info));
  }
  return Error::success();
}

Error CUDACode::convertHost(mlir::ModuleOp module,
                            mlir::gpu::GPUModuleOp kernels) {
  auto numberOf = [&](mlir::SymbolRefAttr name) -> std::optional<unsigned> {
    for (auto [index, info] : llvm::enumerate(infos))
      if (name.getRootReference() == kernels.getName() &&
          name.getLeafReference() == info.name)
        return index;
    return std::nullopt;
  };
  auto siteOf = [&](mlir::Location location) {
    sites.push_back(locationText(location));
    return sites.size() - 1;
  };
  module.walk([&](mlir::gpu::LaunchFuncOp launch) {
    std::optional<unsigned> number = numberOf(launch.getKernel());
    if (number && launch.getDynamicSharedMemorySize())
      givenShared.insert(*number);
  });
  if (mlir::failed(convertLaunches(module, launchName, numberOf, siteOf)))
    return createStringError("the host code of the kernels could not be "
                             "compiled");
  return Error::success();
}

Error CUDACode::takeKernels(mlir::ModuleOp module) {
  mlir::func::FuncOp host;
  module.walk([&](mlir::gpu::LaunchFuncOp launch) {
    host = launch->getParentOfType<mlir::func::FuncOp>();
  });
  Expected<mlir::gpu::GPUModuleOp> kernels =
      findKernels(module, host ? host.getName() : "the entry");
  if (!kernels)
    return kernels.takeError();
  if (!host)
    return createStringError("no kernel is launched");
  if (Error error = setChip(*kernels, chip.name))
    return error;
  if (Error error = describe(*kernels))
    return error;
  mlir::OwningOpRef<mlir::ModuleOp> copy = module.clone();
  Expected<std::string> code = compileKernels(*copy, host.getName());
  if (!code)
    return code.takeError();
  ptx = std::move(*code);
  if (Error error = convertHost(module, *kernels))
    return error;
  kernels->erase();
  module->removeAttr(mlir::gpu::GPUDialect::getContainerModuleAttrName());
  return Error::success();
}

CUDACode::~CUDACode() {
  if (!binary)
    return;
  WithGPU current(*gpu);
  gpu->driver().moduleUnload(binary);
}

/// What a block may have of shared memory without asking for more.
static constexpr uint64_t ordinaryShared = 48 * 1024;
/// Blocks of a cluster that every GPU with clusters has.
static constexpr uint64_t portableCluster = 8;

/// Asks for what launches may need. It is state of the function, which launches
/// of several threads share.
static Error prepare(const GPU &gpu, const KernelInfo &info, bool isGivenShared,
                     Function function) {
  auto set = [&](FunctionAttribute attribute, uint64_t value,
                 const char *what) -> Error {
    int status = gpu.driver().functionSetAttribute(function, attribute, value);
    if (!status)
      return Error::success();
    return gpu.error(status, "kernel '" + info.name + "' with " +
                                 std::to_string(value) + what);
  };
  if (info.mostClusterBlocks > portableCluster)
    if (Error error = set(nonPortableClusterAllowed, 1,
                          " for clusters of more than 8 blocks"))
      return error;
  if (!isGivenShared || gpu.sharedMemory() <= ordinaryShared ||
      gpu.sharedMemory() <= info.staticShared)
    return Error::success();
  return set(maxDynamicShared, gpu.sharedMemory() - info.staticShared,
             " bytes of dynamic shared memory");
}

Error CUDACode::load() const {
  std::lock_guard<std::mutex> lock(mutex);
  if (binary)
    return Error::success();
  Expected<const GPU *> found = GPU::get(deviceIndex);
  if (!found)
    return found.takeError();
  gpu = *found;
  Expected<Module> module = gpu->load(ptx, chip);
  if (!module)
    return module.takeError();
  std::vector<LoadedKernel> kernels;
  WithGPU current(*gpu);
  auto fail = [&](Error error) {
    gpu->driver().moduleUnload(*module);
    return error;
  };
  for (auto [number, info] : llvm::enumerate(infos)) {
    Function function = nullptr;
    if (int status = gpu->driver().moduleGetFunction(&function, *module,
                                                     info.name.c_str()))
      return fail(gpu->error(status, "kernel '" + info.name + "'"));
    if (Error error = prepare(*gpu, info, givenShared.count(number), function))
      return fail(std::move(error));
    kernels.push_back({info.name, unsigned(info.parameters.size()), function,
                       info.staticShared});
  }
  loaded = std::move(kernels);
  binary = *module;
  return Error::success();
}

namespace {
/// The memory of a tensor of the host, and its copy on the GPU.
struct Copied {
  char *host;
  uint64_t bytes;
  Address device;
  /// What address of the GPU stands for that of element zero.
  Address elementZero;
};
} // namespace

Error CUDACode::run(PackedFunction entry, const Signature &signature,
                    llvm::ArrayRef<uint64_t> slots,
                    llvm::ArrayRef<TensorView> inputs,
                    llvm::ArrayRef<TensorView> outputs) const {
  if (Error error = load())
    return error;
  Session session(*gpu, /*stream=*/nullptr, loaded, sites);

  std::vector<ArgumentInfo> infos(signature.inputs);
  llvm::append_range(infos, signature.outputs);
  std::vector<TensorView> views(inputs.begin(), inputs.end());
  llvm::append_range(views, outputs);
  std::vector<Copied> copies(views.size());
  llvm::SmallVector<uint64_t, 64> onDevice(slots.begin(), slots.end());
  size_t slot = 0;
  for (auto [index, view] : llvm::enumerate(views)) {
    bool isInput = index < inputs.size();
    if (isInput && infos[index].isScalar) {
      ++slot;
      continue;
    }
    auto [host, bytes] = view.span();
    Copied &copy = copies[index] = {host, bytes, 0, 0};
    // An output may be an input.
    for (const Copied &before : llvm::ArrayRef(copies).take_front(index))
      if (before.host == host && before.bytes == bytes && bytes)
        copy.device = before.device;
    bool isNew = copy.device == 0;
    if (isNew)
      copy.device =
          session.allocate(bytes, "tensor '" + infos[index].name + "'");
    // Outputs too: what lies between elements that lie apart stays.
    if (isNew && (isInput || !view.isContiguous()))
      session.copyToDevice(copy.device, host, bytes);
    copy.elementZero =
        copy.device + (static_cast<const char *>(view.data) - host);
    onDevice[slot] = onDevice[slot + 1] = copy.elementZero;
    slot += 3 + 2 * view.shape.size();
  }
  entry(onDevice.data(), /*results=*/nullptr);
  for (const Copied &copy : llvm::ArrayRef(copies).drop_front(inputs.size()))
    session.copyToHost(copy.host, copy.device, copy.bytes);
  session.wait();
  return session.takeError();
}

Error CUDACode::enqueue(PackedFunction entry, llvm::ArrayRef<uint64_t> slots,
                        void *stream) const {
  if (Error error = load())
    return error;
  Session session(*gpu, static_cast<Stream>(stream), loaded, sites);
  entry(slots.data(), /*results=*/nullptr);
  Error error = session.takeError();
  // What has been launched before may use memory that goes with the session.
  if (error)
    session.wait();
  return error;
}

Error CUDACode::copyToHost(void *to, const TensorView &from,
                           void *stream) const {
  if (Error error = load())
    return error;
  Session session(*gpu, static_cast<Stream>(stream), loaded, sites);
  session.copyToHost(to, reinterpret_cast<Address>(from.data),
                     from.numElements() * byteWidth(from.type));
  session.wait();
  return session.takeError();
}

Expected<std::unique_ptr<DeviceCode>>
act::makeCUDACode(const CompileOptions &options) {
  Expected<GPUChip> chip = findGPUChip(options.chip);
  if (!chip)
    return chip.takeError();
  return std::make_unique<CUDACode>(options.deviceIndex, *chip);
}

Expected<std::string> act::chipOfGPU(unsigned deviceIndex) {
  Expected<const GPU *> gpu = GPU::get(deviceIndex);
  if (!gpu)
    return gpu.takeError();
  Expected<GPUChip> chip = (*gpu)->chip();
  if (!chip)
    return chip.takeError();
  return chip->name.str();
}
