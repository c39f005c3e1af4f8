//===- RowwiseOpBase.td - Bases of row-wise ops ------------*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file defines the base classes of row-wise operations and losses.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_ROWWISEOPBASE_TD
#define ACT_IR_ROWWISEOPBASE_TD

include "Act/IR/RowwiseAttrs.td"
include "Act/IR/RowwiseInterfaces.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "mlir/Interfaces/TilingInterface.td"

def Act_RowData : Type<CPred<"::act::isRowData($_self)">,
    "a ranked tensor or memref of rank 0 to 6 of f16, bf16, f32 or f64 (8-bit "
    "types are not there yet)">;
def Act_RowMask : Type<CPred<"::act::isRowMask($_self)">,
    "a ranked tensor or memref of rank 0 to 6 of i1">;
def Act_RowIndices : Type<CPred<"::act::isRowIndices($_self)">,
    "a ranked tensor or memref of rank 0 to 6 of i32 or i64">;
def Act_RowTarget : Type<Or<[Act_RowData.predicate, Act_RowIndices.predicate]>,
    "a ranked tensor or memref of rank 0 to 6 of i32 or i64 (hard targets), or "
    "of f16, bf16, f32 or f64 (soft targets)">;

/// It stands first, so that its messages and not those of the upstream traits
/// are shown.
def Act_FittingRows : NativeOpTrait<"FittingRows"> {
  let cppNamespace = "::act";
}

/// An operation on rows. `inputs` are the operands without the destinations,
/// which follow. Operands `mask`, `class_weight` and `token_weight` are written
/// as keywords and `lse` may be left out.
class Act_RowwiseOp<string mnemonic, string function, string part, dag inputs,
                    dag attributes, list<Trait> traits = []>
    : Op<ActDialect, mnemonic, !listconcat([
          Act_FittingRows, AttrSizedOperandSegments, RowwiseOpInterface,
          DeclareOpInterfaceMethods<InferTypeOpInterface>,
          DeclareOpInterfaceMethods<ReifyRankedShapedTypeOpInterface,
                                    ["reifyResultShapes"]>,
          DeclareOpInterfaceMethods<MemoryEffectsOpInterface>,
          DeclareOpInterfaceMethods<ConditionallySpeculatable>,
          DeclareOpInterfaceMethods<TilingInterface, [
              "getLoopIteratorTypes", "getIterationDomain",
              "getTiledImplementation", "getResultTilePosition",
              "generateResultTileValue",
              "getIterationDomainTileFromResultTile"]>],
          traits)> {
  let arguments = !con(inputs, (ins Variadic<AnyShaped>:$outs), attributes);
  let results = (outs Variadic<AnyRankedTensor>:$outputs);
  let hasCustomAssemblyFormat = 1;
  let hasCanonicalizeMethod = 1;

  // The C++ expression of dy.
  string cotangent = "::mlir::Value()";
  string extraMethods = "";

  let extraClassDeclaration = [{
    static constexpr ::act::RowFunction rowFunction =
        ::act::RowFunction::}] # function # [{;
    static constexpr ::act::RowPart rowPart = ::act::RowPart::}] # part # [{;
    static constexpr ::act::RowInput rowInputs[] = {}] #
        !interleave(!foreach(i, !range(!size(inputs)), !cond(
            !eq(!getdagname(inputs, i), "x"): "::act::RowInput::X",
            !eq(!getdagname(inputs, i), "dy"): "::act::RowInput::DY",
            !eq(!getdagname(inputs, i), "dloss"): "::act::RowInput::DLoss",
            !eq(!getdagname(inputs, i), "target"): "::act::RowInput::Target",
            !eq(!getdagname(inputs, i), "lse"): "::act::RowInput::Lse",
            !eq(!getdagname(inputs, i), "mask"): "::act::RowInput::Mask",
            !eq(!getdagname(inputs, i), "class_weight"):
                "::act::RowInput::ClassWeight",
            !eq(!getdagname(inputs, i), "token_weight"):
                "::act::RowInput::TokenWeight")), ", ") # [{};

    ::act::RowFunction getRowFunction() { return rowFunction; }
    ::act::RowPart getRowPart() { return rowPart; }
    ::mlir::Value getCotangent() { return }] # cotangent # [{; }
    int64_t getRowDim();
    ::mlir::FloatType getComputeType();
    ::llvm::SmallVector<::act::RowInput> getRowInputs();
    ::llvm::SmallVector<::act::RowOutput> getRowOutputs();
    ::mlir::RankedTensorType getRowOutputType(::act::RowOutput output);
    static bool isCompatibleReturnTypes(::mlir::TypeRange inferred,
                                        ::mlir::TypeRange actual) {
      return ::act::areLeadingTypes(inferred, actual);
    }
  }] # extraMethods;

  let extraClassDefinition = [{
    int64_t $cppClass::getRowDim() {
      return ::act::makeRowSignature<$cppClass>(*this, getContext()).dim;
    }
    ::mlir::FloatType $cppClass::getComputeType() {
      return ::act::makeRowSignature<$cppClass>(*this, getContext())
          .computeType;
    }
    ::llvm::SmallVector<::act::RowInput> $cppClass::getRowInputs() {
      return ::act::listRowInputs(*this);
    }
    ::llvm::SmallVector<::act::RowOutput> $cppClass::getRowOutputs() {
      return ::act::listRowOutputs<$cppClass>(
          *this, ::std::max<size_t>(getOuts().size(), getOutputs().size()));
    }
    ::mlir::RankedTensorType $cppClass::getRowOutputType(
        ::act::RowOutput output) {
      return ::act::getRowOutputType(
          ::act::makeRowSignature<$cppClass>(*this, getContext()), output);
    }
    ::mlir::ParseResult $cppClass::parse(::mlir::OpAsmParser &parser,
                                         ::mlir::OperationState &result) {
      return ::act::parseRowwiseOp<$cppClass>(parser, result);
    }
    void $cppClass::print(::mlir::OpAsmPrinter &printer) {
      ::act::printRowwiseOp<$cppClass>(printer, *this);
    }
    ::llvm::LogicalResult $cppClass::inferReturnTypes(
        ::mlir::MLIRContext *context,
        ::std::optional<::mlir::Location> location,
        ::mlir::ValueRange operands, ::mlir::DictionaryAttr attributes,
        ::mlir::OpaqueProperties properties, ::mlir::RegionRange regions,
        ::llvm::SmallVectorImpl<::mlir::Type> &types) {
      return ::act::inferRowwiseTypes<$cppClass>(
          context, location,
          Adaptor(operands, attributes, properties, regions), types);
    }
    ::llvm::LogicalResult $cppClass::reifyResultShapes(
        ::mlir::OpBuilder &builder,
        ::mlir::ReifiedRankedShapedTypeDims &shapes) {
      return ::act::reifyRowwiseShapes(*this, builder, shapes);
    }
    ::llvm::LogicalResult $cppClass::canonicalize(
        $cppClass op, ::mlir::PatternRewriter &rewriter) {
      return ::act::canonicalizeRowwiseOp(op, rewriter);
    }
    void $cppClass::getEffects(
        ::llvm::SmallVectorImpl<::mlir::MemoryEffects::EffectInstance>
            &effects) {
      ::act::collectRowwiseEffects(*this, effects);
    }
    ::mlir::Speculation::Speculatability $cppClass::getSpeculatability() {
      return ::act::getRowwiseSpeculatability(*this);
    }
    ::llvm::SmallVector<::mlir::utils::IteratorType>
    $cppClass::getLoopIteratorTypes() {
      return ::act::RowwiseTiling(*this).getIteratorTypes();
    }
    ::llvm::SmallVector<::mlir::Range> $cppClass::getIterationDomain(
        ::mlir::OpBuilder &builder) {
      return ::act::RowwiseTiling(*this).getDomain(builder);
    }
    ::mlir::FailureOr<::mlir::TilingResult> $cppClass::getTiledImplementation(
        ::mlir::OpBuilder &builder,
        ::llvm::ArrayRef<::mlir::OpFoldResult> offsets,
        ::llvm::ArrayRef<::mlir::OpFoldResult> sizes) {
      return ::act::RowwiseTiling(*this).tile(builder, offsets, sizes);
    }
    ::llvm::LogicalResult $cppClass::getResultTilePosition(
        ::mlir::OpBuilder &builder, unsigned number,
        ::llvm::ArrayRef<::mlir::OpFoldResult> offsets,
        ::llvm::ArrayRef<::mlir::OpFoldResult> sizes,
        ::llvm::SmallVector<::mlir::OpFoldResult> &resultOffsets,
        ::llvm::SmallVector<::mlir::OpFoldResult> &resultSizes) {
      return ::act::RowwiseTiling(*this).findResultTile(
          builder, number, offsets, sizes, resultOffsets, resultSizes);
    }
    ::mlir::FailureOr<::mlir::TilingResult> $cppClass::generateResultTileValue(
        ::mlir::OpBuilder &builder, unsigned number,
        ::llvm::ArrayRef<::mlir::OpFoldResult> offsets,
        ::llvm::ArrayRef<::mlir::OpFoldResult> sizes) {
      return ::act::RowwiseTiling(*this).tileResult(builder, number, offsets,
                                                    sizes);
    }
    ::llvm::LogicalResult $cppClass::getIterationDomainTileFromResultTile(
        ::mlir::OpBuilder &builder, unsigned number,
        ::llvm::ArrayRef<::mlir::OpFoldResult> offsets,
        ::llvm::ArrayRef<::mlir::OpFoldResult> sizes,
        ::llvm::SmallVectorImpl<::mlir::OpFoldResult> &domainOffsets,
        ::llvm::SmallVectorImpl<::mlir::OpFoldResult> &domainSizes) {
      return ::act::RowwiseTiling(*this).findDomainTile(
          builder, number, offsets, sizes, domainOffsets, domainSizes);
    }
  }];
}

#endif // ACT_IR_ROWWISEOPBASE_TD
