//===- Staging.h - Copies of a few elements on the stack --------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares views of operands and buffers on the stack, through which
// the vector body reaches elements that no full vector covers.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOLOOPS_STAGING_H
#define ACT_LIB_CONVERSION_TOLOOPS_STAGING_H

#include "IterationSpace.h"

namespace act {

/// A one-dimensional view of `access` that starts at `offset`, with elements
/// `stride` apart: memref<?xT, strided<[stride], offset: ?>>.
mlir::Value makeView(mlir::OpBuilder &builder, mlir::Location loc,
                     const Access &access, mlir::OpFoldResult offset,
                     mlir::OpFoldResult size, mlir::OpFoldResult stride);

/// The bits of a 16-bit float as i16, taken where it is defined; null for other
/// types. Such scalars must travel as integers: code generation keeps them in
/// f32 from one block to the next, and comes back through a library call.
mlir::Value bitsOf16(mlir::OpBuilder &builder, mlir::Value scalar);

/// vector<width x T> with `scalar` in all lanes.
mlir::Value makeSplat(mlir::OpBuilder &builder, mlir::Location loc,
                      mlir::Value scalar, int64_t width);

/// The type in which buffers hold elements of `elementType`: a byte for i1.
mlir::Type bufferElement(mlir::Type elementType);

/// Emits a kernel, at whose end the stack is what it was before: a network has
/// hundreds of kernels in one function.
void emitWithStack(mlir::OpBuilder &builder, mlir::Location loc,
                   llvm::function_ref<void()> emitKernel);

/// A zeroed buffer of `size` elements on the stack, aligned to 64 bytes, with
/// the type of a view of stride 1. It is made once, at the beginning of the
/// kernel or of its function.
mlir::Value makeBuffer(mlir::OpBuilder &builder, mlir::Location loc,
                       mlir::Type elementType, int64_t size);

/// The same without zeros in it, and of any size.
mlir::Value makeScratch(mlir::OpBuilder &builder, mlir::Location loc,
                        mlir::Type elementType, int64_t size);

/// The same for a number of things that is known before the kernel begins, but
/// for `most` of them at most: `perStep` elements for each `step` of them.
mlir::Value makeScratch(mlir::OpBuilder &builder, mlir::Location loc,
                        mlir::Type elementType, mlir::Value count, int64_t most,
                        int64_t step, int64_t perStep);

/// vector<width x i1>: the first `count` elements are 1.
mlir::Value makeMask(mlir::OpBuilder &builder, mlir::Location loc,
                     mlir::Value count, int64_t width);

/// Copies `count` elements, at most `width`, from one view to another, one of
/// which may be a buffer of bytes for i1. With
/// `masks` in one masked operation where the type has one; `toBuffer` says
/// which side is a buffer of `width` elements.
void copyElements(mlir::OpBuilder &builder, mlir::Location loc,
                  mlir::Value from, mlir::Value to, mlir::Value count,
                  int64_t width, bool masks, bool toBuffer);

} // namespace act

#endif // ACT_LIB_CONVERSION_TOLOOPS_STAGING_H
