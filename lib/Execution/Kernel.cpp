//===- Kernel.cpp - Compile and call a function ---------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file compiles entries just in time and calls them.
//
//===----------------------------------------------------------------------===//

#include "Act/Execution/Kernel.h"
#include "Act/Conversion/CheckStatus.h"
#include "Act/Execution/Tensor.h"
#include "CUDA/CUDACode.h"
#include "CallChecks.h"
#include "Loader.h"
#include "Lowering.h"
#include "PackedCall.h"
#include "Target.h"

#include "llvm/ADT/StringExtras.h"

#include <cstring>

using namespace act;
using llvm::ArrayRef;
using llvm::createStringError;
using llvm::Error;
using llvm::Expected;
using llvm::SmallVectorImpl;

/// The arguments of a call, 8 bytes each.
using Slots = llvm::SmallVector<uint64_t, 64>;

class Kernel::Impl {
public:
  Impl(LoweredEntry entry, std::unique_ptr<llvm::MemoryBuffer> object,
       LoadedObject loaded, const CompileOptions &options)
      : entry(std::move(entry)), object(std::move(object)),
        loaded(std::move(loaded)), strided(options.strided),
        threads(options.threads) {
    for (const ArgumentInfo &output : this->entry.signature.outputs)
      numDynamic +=
          llvm::count_if(output.shape, [](int64_t size) { return size < 0; });
  }

  Error link();
  Slots pack(ArrayRef<TensorView> inputs) const;
  Error checkConditions(ArrayRef<uint64_t> slots,
                        ArrayRef<TensorView> inputs) const;
  Error computeSizes(ArrayRef<uint64_t> slots,
                     SmallVectorImpl<uint64_t> &sizes) const;
  Error addOutputs(ArrayRef<TensorView> inputs, ArrayRef<TensorView> outputs,
                   ArrayRef<uint64_t> onHost, Slots &slots) const;
  void run(ArrayRef<uint64_t> slots) const;

  LoweredEntry entry;
  std::unique_ptr<llvm::MemoryBuffer> object;
  LoadedObject loaded;
  bool strided;
  unsigned threads;
  /// Dynamic sizes of all outputs.
  size_t numDynamic = 0;
  PackedFunction call = nullptr, check = nullptr, dynamicSizes = nullptr,
                 badTarget = nullptr;
};

/// Appends an argument as the LLVM dialect passes it: a number by its bits, a
/// tensor as the fields of a memref descriptor.
static void append(const TensorView &view, bool byValue, Slots &slots) {
  if (byValue) {
    uint64_t bits = 0;
    std::memcpy(&bits, view.data, byteWidth(view.type));
    slots.push_back(bits);
    return;
  }
  auto address = reinterpret_cast<uintptr_t>(view.data);
  slots.append({address, address, /*offset=*/0});
  slots.append(view.shape.begin(), view.shape.end());
  slots.append(view.strides.begin(), view.strides.end());
}

/// The arguments of a call that are inputs.
Slots Kernel::Impl::pack(ArrayRef<TensorView> inputs) const {
  Slots slots;
  for (auto [info, view] : llvm::zip_equal(entry.signature.inputs, inputs))
    append(view, info.isScalar, slots);
  return slots;
}

/// Looks the wrappers up.
Error Kernel::Impl::link() {
  auto find = [&](PackedFunction &function, const std::string &name) -> Error {
    Expected<void *> address = loaded.lookup(packedName(name));
    if (!address)
      return address.takeError();
    function = reinterpret_cast<PackedFunction>(*address);
    return Error::success();
  };
  const std::string &name = entry.signature.entry;
  if (entry.device)
    if (Error error = entry.device->link(
            object->getMemBufferRef(),
            [&](llvm::StringRef symbol) { return loaded.lookup(symbol); }))
      return error;
  if (Error error = find(call, name))
    return error;
  if (entry.hasCheck)
    if (Error error = find(check, checkName(name)))
      return error;
  if (entry.hasShapes)
    if (Error error = find(dynamicSizes, shapesName(name)))
      return error;
  if (entry.hasBadTarget)
    if (Error error = find(badTarget, badTargetName(name)))
      return error;
  return Error::success();
}

/// Checks the conditions of the program.
Error Kernel::Impl::checkConditions(ArrayRef<uint64_t> slots,
                                    ArrayRef<TensorView> inputs) const {
  uint64_t status = 0;
  if (check)
    check(slots.data(), &status);
  if (status == 0)
    return Error::success();
  uint64_t site = siteOfStatus(status);
  std::string message = site < entry.sites.size()
                            ? entry.sites[site]
                            : "a condition of the entry does not hold";
  if (codeOfStatus(status) == CheckCode::SizeMismatch) {
    message += "; inputs are ";
    llvm::ListSeparator separator;
    for (auto [info, view] : llvm::zip_equal(entry.signature.inputs, inputs)) {
      message += (llvm::StringRef(separator) + "'" + info.name + "' ").str();
      // Sizes may be made of integers.
      message += info.isScalar && !isFloat(view.type)
                     ? "= " + std::to_string(readInteger(view.type, view.data))
                     : shapedTypeText(view.type, view.shape);
    }
  } else if (codeOfStatus(status) == CheckCode::TargetOutOfRange && badTarget) {
    int64_t found[2]; // row, value
    badTarget(slots.data(), reinterpret_cast<uint64_t *>(found));
    message +=
        (": row " + llvm::Twine(found[0]) + " has " + llvm::Twine(found[1]))
            .str();
  }
  return createStringError(message);
}

/// Computes the dynamic sizes of the outputs, one after the other.
Error Kernel::Impl::computeSizes(ArrayRef<uint64_t> slots,
                                 SmallVectorImpl<uint64_t> &sizes) const {
  sizes.resize(numDynamic);
  if (dynamicSizes)
    dynamicSizes(slots.data(), sizes.data());
  else if (numDynamic)
    return createStringError("internal error: the sizes of the outputs are "
                             "not known");
  return Error::success();
}

/// Calls the entry with the number of threads that was asked for.
void Kernel::Impl::run(ArrayRef<uint64_t> slots) const {
  const Threads *runtime = threads ? loaded.threads() : nullptr;
  unsigned before = 0;
  if (runtime) {
    before = runtime->count();
    runtime->setCount(threads);
  }
  std::optional<MatrixLibrary::ThreadScope> products;
  if (loaded.matrixLibrary() && threads)
    products.emplace(*loaded.matrixLibrary(), threads);
  call(slots.data(), /*results=*/nullptr);
  if (runtime)
    runtime->setCount(before);
}

Kernel::Kernel(std::unique_ptr<Impl> impl) : impl(std::move(impl)) {}
Kernel::~Kernel() = default;

Expected<std::unique_ptr<Kernel>>
Kernel::compile(mlir::ModuleOp module, const CompileOptions &options) {
  auto machine = createTargetMachine(options.targetCPU, options.targetFeatures);
  if (!machine)
    return machine.takeError();
  if (std::vector<std::string> missing = missingHere(**machine);
      !missing.empty())
    return createStringError(
        "this processor lacks what the target has, so that the code cannot "
        "run here: " +
        llvm::join(missing, ", "));

  CompileOptions here = options;
  if (here.matrixProducts == MatrixProducts::Auto)
    here.matrixProducts = MatrixLibrary::isExpected() ? MatrixProducts::BLAS
                                                      : MatrixProducts::Loops;
  if (here.device == Device::CUDA) {
    Expected<std::string> chip = chipOfGPU(here.deviceIndex);
    if (!chip)
      return chip.takeError();
    here.chip = std::move(*chip);
  }
  Expected<LoweredEntry> entry = lower(module, here, Stage::LLVM);
  if (!entry)
    return entry.takeError();
  auto object = emitObject(*entry->module, here);
  if (!object)
    return object.takeError();
  Expected<LoadedObject> loaded =
      LoadedObject::load((*object)->getMemBufferRef(), entry->device.get());
  if (!loaded)
    return loaded.takeError();
  // The module is code now.
  entry->module = {};

  auto impl = std::make_unique<Impl>(std::move(*entry), std::move(*object),
                                     std::move(*loaded), options);
  if (Error error = impl->link())
    return std::move(error);
  return std::unique_ptr<Kernel>(new Kernel(std::move(impl)));
}

const Signature &Kernel::signature() const { return impl->entry.signature; }

const Threads *Kernel::threads() const { return impl->loaded.threads(); }

unsigned Kernel::numThreads() const {
  if (!threads())
    return 1;
  return impl->threads ? impl->threads : threads()->count();
}

llvm::MemoryBufferRef Kernel::object() const {
  return impl->object->getMemBufferRef();
}

Expected<std::vector<std::vector<int64_t>>>
Kernel::outputShapes(ArrayRef<TensorView> inputs) const {
  if (Error error = checkInputs(impl->entry, inputs, impl->strided))
    return std::move(error);
  Slots slots = impl->pack(inputs);
  llvm::SmallVector<uint64_t, 16> sizes;
  if (Error error = impl->checkConditions(slots, inputs))
    return std::move(error);
  if (Error error = impl->computeSizes(slots, sizes))
    return std::move(error);
  std::vector<std::vector<int64_t>> shapes;
  const uint64_t *next = sizes.data();
  for (const ArgumentInfo &output : signature().outputs)
    for (int64_t &size : shapes.emplace_back(output.shape))
      if (size < 0)
        size = *next++;
  return shapes;
}

/// Checks the conditions of the program and the outputs, and appends these to
/// the arguments of a call. `onHost` are its inputs where the host can read
/// them.
Error Kernel::Impl::addOutputs(ArrayRef<TensorView> inputs,
                               ArrayRef<TensorView> outputs,
                               ArrayRef<uint64_t> onHost, Slots &slots) const {
  llvm::SmallVector<uint64_t, 16> sizes;
  if (Error error = checkConditions(onHost, inputs))
    return error;
  if (Error error = computeSizes(onHost, sizes))
    return error;
  if (Error error = checkOutputs(entry, inputs, outputs, strided, sizes))
    return error;
  for (const TensorView &view : outputs)
    append(view, /*byValue=*/false, slots);
  return Error::success();
}

Error Kernel::invoke(ArrayRef<TensorView> inputs,
                     ArrayRef<TensorView> outputs) const {
  const LoweredEntry &entry = impl->entry;
  if (Error error = checkInputs(entry, inputs, impl->strided))
    return error;
  Slots slots = impl->pack(inputs);
  if (Error error = impl->addOutputs(inputs, outputs, slots, slots))
    return error;
  if (entry.device)
    return entry.device->run(impl->call, signature(), slots, inputs, outputs);
  impl->run(slots);
  return Error::success();
}

Error Kernel::enqueue(ArrayRef<TensorView> inputs, ArrayRef<TensorView> outputs,
                      void *stream) const {
  Expected<std::function<Error()>> call = bind(inputs, outputs, stream);
  if (!call)
    return call.takeError();
  return (*call)();
}

Expected<std::function<Error()>> Kernel::bind(ArrayRef<TensorView> inputs,
                                              ArrayRef<TensorView> outputs,
                                              void *stream) const {
  const LoweredEntry &entry = impl->entry;
  if (!entry.device)
    return createStringError("'" + signature().entry +
                             "' was compiled for the CPU, which has no "
                             "streams; call invoke");
  if (Error error = checkInputs(entry, inputs, impl->strided))
    return std::move(error);
  // The conditions are computed on the host, from copies where they need more
  // than sizes.
  std::vector<TensorView> onHost(inputs);
  std::vector<Tensor> copies;
  for (auto [index, info] : llvm::enumerate(signature().inputs)) {
    if (info.isScalar || !entry.readByConditions.count(index))
      continue;
    const TensorView &view = inputs[index];
    if (!view.isContiguous())
      return createStringError("input '" + info.name +
                               "' must be contiguous to be checked");
    Expected<Tensor> copy = Tensor::zeros(view.type, view.shape);
    if (!copy)
      return copy.takeError();
    if (Error error = entry.device->copyToHost(copy->data(), view, stream))
      return std::move(error);
    onHost[index] = copy->view();
    copies.push_back(std::move(*copy));
  }
  Slots slots = impl->pack(inputs);
  if (Error error =
          impl->addOutputs(inputs, outputs, impl->pack(onHost), slots))
    return std::move(error);
  return [impl = impl.get(), slots, stream] {
    return impl->entry.device->enqueue(impl->call, slots, stream);
  };
}
