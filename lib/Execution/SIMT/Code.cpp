//===- Code.cpp - Kernels that run on the CPU -----------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the device 'simt', and the functions that generated code
// calls.
//
//===----------------------------------------------------------------------===//

#include "Code.h"
#include "FrameSize.h"
#include "Session.h"
#include "ToHost.h"

#include "Act/Execution/Tensor.h"

#include "llvm/ADT/StringSwitch.h"

#include <cstdlib>

using namespace act;
using namespace act::simt;
using llvm::createStringError;
using llvm::Error;
using llvm::Expected;

static void launch(uint32_t kernel, uint32_t site, const LaunchSlots *slots) {
  Session::current()->launch(kernel, site, *slots);
}

/// Conditions of an entry are computed outside of a session.
static void *allocate(uint64_t bytes) {
  Session *session = Session::current();
  return session ? session->allocate(bytes) : std::malloc(bytes);
}

static void release(void *memory) {
  if (Session *session = Session::current())
    session->release(memory);
  else
    std::free(memory);
}

static void barrier(Thread *thread, uint32_t site) {
  thread->cluster->barrier(*thread, site);
}

static uint64_t shuffle(Thread *thread, uint32_t value, uint32_t offset,
                        uint32_t mode, uint32_t site) {
  return thread->cluster->shuffle(*thread, value, offset, mode, site);
}

static uint32_t reduce(Thread *thread, uint32_t value, uint32_t kind,
                       uint32_t mask, uint32_t site) {
  return thread->cluster->reduce(*thread, value, kind, mask, site);
}

static void syncWarp(Thread *thread, uint32_t mask, uint32_t site) {
  thread->cluster->syncWarp(*thread, mask, site);
}

static void arriveAtCluster(Thread *thread, uint32_t releases, uint32_t site) {
  thread->cluster->arriveAtCluster(*thread, releases, site);
}

static void waitForCluster(Thread *thread, uint32_t site) {
  thread->cluster->waitForCluster(*thread, site);
}

static char *map(Thread *thread, char *address, uint32_t rank, uint32_t site) {
  return thread->cluster->map(*thread, address, rank, site);
}

static void step(Thread *thread, uint32_t site) {
  thread->cluster->step(*thread, site);
}

static void divide(Thread *thread, uint32_t byZero, uint32_t overflows,
                   uint32_t site) {
  thread->cluster->divide(*thread, byZero, overflows, site);
}

static void accessGlobal(Thread *thread, uintptr_t address, uint32_t size,
                         uint32_t alignment, uint32_t isWrite, uint32_t site) {
  thread->cluster->accessGlobal(*thread, address, size, alignment, isWrite,
                                site);
}

static void accessShared(Thread *thread, uintptr_t address, uint32_t size,
                         uint32_t alignment, uint32_t flags, uint32_t site) {
  thread->cluster->accessShared(*thread, address, size, alignment, flags, site);
}

template <float (Approximations::*function)(float) const>
static float approximate(float x, int32_t functions, int32_t reciprocals) {
  Approximations model{functions, reciprocals};
  return (model.*function)(x);
}

template <class Function> static void *addressOf(Function *function) {
  return reinterpret_cast<void *>(function);
}

void *Code::lookup(llvm::StringRef symbol) const {
  return llvm::StringSwitch<void *>(symbol)
      .Case("malloc", addressOf(allocate))
      .Case("free", addressOf(release))
      .Case("act_simt_launch", addressOf(launch))
      .Case("act_simt_barrier", addressOf(barrier))
      .Case("act_simt_shuffle", addressOf(shuffle))
      .Case("act_simt_reduce", addressOf(reduce))
      .Case("act_simt_warp_sync", addressOf(syncWarp))
      .Case("act_simt_cluster_arrive", addressOf(arriveAtCluster))
      .Case("act_simt_cluster_wait", addressOf(waitForCluster))
      .Case("act_simt_map", addressOf(map))
      .Case("act_simt_step", addressOf(step))
      .Case("act_simt_divide", addressOf(divide))
      .Case("act_simt_exp2", addressOf(approximate<&Approximations::exp2>))
      .Case("act_simt_reciprocal",
            addressOf(approximate<&Approximations::reciprocal>))
      .Case("act_simt_log2", addressOf(approximate<&Approximations::log2>))
      .Case("act_simt_tanh", addressOf(approximate<&Approximations::tanh>))
      .Case("act_simt_access_global", addressOf(accessGlobal))
      .Case("act_simt_access_shared", addressOf(accessShared))
      .Default(nullptr);
}

Error Code::takeKernels(mlir::ModuleOp module) {
  if (mlir::failed(convertToHost(module, chip, program)))
    return createStringError("the kernels cannot run on the device 'simt'");
  return Error::success();
}

Error Code::finish(mlir::ModuleOp module) {
  insertAccessChecks(module, program);
  insertDivisionChecks(module, program);
  insertLoopChecks(module, program);
  return Error::success();
}

Error Code::link(llvm::MemoryBufferRef object,
                 llvm::function_ref<Expected<void *>(llvm::StringRef)> find) {
  Expected<uint64_t> frame = largestFrame(object);
  if (!frame)
    return frame.takeError();
  program.frameBytes = *frame;
  for (KernelInfo &kernel : program.kernels) {
    Expected<void *> address = find(kernel.symbol);
    if (!address)
      return address.takeError();
    kernel.code = reinterpret_cast<KernelCode>(*address);
  }
  for (ConstantInfo &constant : program.constants) {
    Expected<void *> address = find(constant.symbol);
    if (!address)
      return address.takeError();
    constant.address = *address;
  }
  return Error::success();
}

/// The memory that a view spans.
static void addTensor(DeviceMemory &memory, std::string name,
                      const TensorView &view, bool isWritable) {
  auto [begin, bytes] = view.span();
  memory.add(std::move(name), begin, bytes, isWritable);
}

Error Code::run(PackedFunction entry, const Signature &signature,
                llvm::ArrayRef<uint64_t> slots,
                llvm::ArrayRef<TensorView> inputs,
                llvm::ArrayRef<TensorView> outputs) const {
  Session session(*this);
  for (auto [info, view] : llvm::zip_equal(signature.outputs, outputs))
    addTensor(session.memory, "output '" + info.name + "'", view,
              /*isWritable=*/true);
  for (auto [info, view] : llvm::zip_equal(signature.inputs, inputs))
    addTensor(session.memory, "input '" + info.name + "'", view,
              /*isWritable=*/false);
  for (const ConstantInfo &constant : program.constants)
    session.memory.add("constant '" + constant.name + "'", constant.address,
                       constant.bytes, /*isWritable=*/false);
  entry(slots.data(), /*results=*/nullptr);
  return session.takeError();
}
