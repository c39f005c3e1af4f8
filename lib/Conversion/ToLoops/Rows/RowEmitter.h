//===- RowEmitter.h - The base of row kernels -------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares what the kernels of all row-wise operations share: loops
// over rows, the maximum of a row, and the sum of its exponentials.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOLOOPS_ROWS_ROWEMITTER_H
#define ACT_LIB_CONVERSION_TOLOOPS_ROWS_ROWEMITTER_H

#include "../ElementwiseKernel.h"
#include "../FixedSum.h"
#include "RowAhead.h"
#include "RowTeam.h"

#include "Act/IR/Act.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

#include <optional>

namespace act {

/// The loops over the operands of `op`, those over rows and then one along the
/// row.
IterationSpace makeRowSpace(mlir::OpBuilder &builder, RowwiseOpInterface op);

/// The maximum m of the kept elements of a row and its first index, which is
/// that of no element where none is greater than -inf. NaN is passed over.
/// Where threads share the row, all but those that own the element may have the
/// index of no element, too.
struct RowMaximum {
  mlir::Value value;
  mlir::Value index;
  bool isIndexShared = true;
};

/// Emits a function of each row. Either vectors lie along a row, whose own
/// values are scalars; or, for rows that are short or whose elements lie apart,
/// each lane is a row, and what is a scalar otherwise is a vector too; or a
/// team of threads has the row, each some of its vectors. The bits are the
/// same.
class RowEmitter {
public:
  RowEmitter(mlir::OpBuilder &builder, RowwiseOpInterface op,
             const IterationSpace &space, const KernelOptions &options);
  virtual ~RowEmitter() = default;

  /// The rows from `begin` to `end` of the outermost loop.
  void emit(mlir::OpFoldResult begin, mlir::OpFoldResult end);

  /// The row at `offsets`, which `threads` share.
  void emitRowOf(RowTeam &threads, llvm::ArrayRef<mlir::OpFoldResult> offsets);

  // What follows is for kernels and the parts that they consist of.

  //===--------------------------------------------------------------------===//
  // Small things
  //===--------------------------------------------------------------------===//

  mlir::Value index(int64_t number);
  /// A scalar of the compute type.
  mlir::Value constant(double value);
  /// A number in the compute type, for each row at hand.
  mlir::Value number(double value);
  /// What a row has, for each of its elements at hand.
  mlir::Value broadcast(mlir::Value value);
  /// The scalar, or a vector of it where `value` is one.
  mlir::Value broadcastLike(mlir::Value value, mlir::Value scalar);
  mlir::Value numberLike(mlir::Value value, double number);
  mlir::Value select(mlir::Value condition, mlir::Value yes, mlir::Value no);
  mlir::Value compare(mlir::arith::CmpFPredicate predicate, mlir::Value left,
                      mlir::Value right);
  mlir::Value isZero(mlir::Value value);
  mlir::Value both(mlir::Value left, mlir::Value right);
  mlir::Value add(mlir::Value left, mlir::Value right);
  mlir::Value subtract(mlir::Value left, mlir::Value right);
  mlir::Value multiply(mlir::Value left, mlir::Value right);
  mlir::Value fma(mlir::Value left, mlir::Value right, mlir::Value addend);
  mlir::Value negate(mlir::Value value);
  mlir::Value divide(mlir::Value left, mlir::Value right);
  /// coefficient * value, but 0 where the coefficient is, whatever the value.
  mlir::Value weigh(mlir::Value coefficient, mlir::Value value);
  /// Lets rows for which `condition` holds have one work, and all others the
  /// other.
  void emitBranch(mlir::Value condition, llvm::function_ref<void()> emitThen,
                  llvm::function_ref<void()> emitElse);
  /// The length of the row in the compute type.
  mlir::Value sizeAsNumber();
  bool isExact() const { return exact; }
  /// Lets `term` have the accuracy that the kernel has.
  template <typename Op> Op withAccuracy(Op term) {
    if (accuracy)
      term->setAttr(accuracyAttrName, accuracy);
    return term;
  }

  //===--------------------------------------------------------------------===//
  // Elements
  //===--------------------------------------------------------------------===//

  /// The stream of an operand or a destination.
  RowStream &stream(mlir::Value operand);
  /// The same of an operand that is there. One value may be several of them.
  RowStream &stream(RowInput input);
  /// A block of an operand in the compute type.
  mlir::Value load(RowStream &from, mlir::Value position, mlir::Value count);
  /// Rounds a block to the type of a destination.
  void store(mlir::Value vector, mlir::Value destination, mlir::Value position,
             mlir::Value count);
  /// The same for one element of a row.
  mlir::Value loadAt(RowStream &from, mlir::Value position);
  mlir::Value loadAt(mlir::Value operand, mlir::Value position);
  void storeAt(mlir::Value scalar, mlir::Value destination,
               mlir::Value position);
  /// The same for what has one element for each row.
  mlir::Value loadScalar(RowInput input);
  mlir::Value loadScalar(mlir::Value operand);
  void storeScalar(mlir::Value scalar, mlir::Value destination);
  /// The same for an index as an integer.
  void storeInteger(mlir::Value index, mlir::Value destination);

  /// z, the logits of a block, or u for which z = scale * u.
  mlir::Value loadLogits(mlir::Value position, mlir::Value count);
  /// The same from another row.
  mlir::Value loadLogits(RowStream &x, mlir::Value position, mlir::Value count);
  /// The same for one element.
  mlir::Value loadLogitAt(mlir::Value position);
  /// u/c of a block and of one element, where there is a soft cap; else null.
  mlir::Value loadCapArgument(mlir::Value position, mlir::Value count);
  mlir::Value loadCapArgumentAt(mlir::Value position);
  /// scale * value, where value is of the logits.
  mlir::Value applyScale(mlir::Value value);
  /// The reverse.
  mlir::Value undoScale(mlir::Value value);
  /// dx of dz: through the temperature and the soft cap.
  mlir::Value backpropagate(mlir::Value gradient, mlir::Value position,
                            mlir::Value count);
  mlir::Value backpropagate(mlir::Value gradient, mlir::Value capArgument);
  /// i1: which elements of a block are kept by the mask; null if all are.
  mlir::Value loadMask(mlir::Value position, mlir::Value count);
  /// u e^(z - m), or u for z > m, where the unit u is a factor of the row; m is
  /// as the logits are.
  mlir::Value makeTerm(mlir::Value logits, mlir::Value maximum);
  mlir::Value makeTermsOfPart(mlir::Value logits, mlir::Value maximum);
  /// u; null if it is 1.
  mlir::Value makeUnit(mlir::Value maximum);
  bool hasUnit() { return kindOfTerms() != TermKind::Plain; }
  /// A sum of terms, of which each has the factor u, without it.
  mlir::Value divideByUnit(mlir::Value sum, mlir::Value unit);
  /// e^(x - maximum), without a unit.
  mlir::Value makeExponential(mlir::Value x, mlir::Value maximum);
  /// The logsumexp of a row, whose maximum is finite.
  mlir::Value makeLse(mlir::Value maximum, mlir::Value logSum);
  /// The sum of all terms of a row, u (1 + S'), with the rounding error, ready
  /// to divide terms by.
  struct Divisor {
    /// The reciprocal, or in tier exact the divisor itself.
    mlir::Value main;
    /// What the result is off, in units of the result (exact) or the rest of
    /// the reciprocal; null where that is rounded.
    mlir::Value rest;
  };
  /// Given that of all terms but one, whose term is the unit.
  Divisor makeDivisor(mlir::Value sum, mlir::Value unit);
  /// The same where terms are probabilities but for their unit.
  Divisor makeUnitDivisor(mlir::Value unit);
  /// The same with one product for a quotient.
  Divisor shorten(const Divisor &divisor);
  /// The same for quotients that are rounded to the type of a destination: for
  /// 16 bits one product makes them.
  Divisor shorten(const Divisor &divisor, mlir::Value destination);
  /// The same in all lanes.
  Divisor broadcast(const Divisor &divisor);
  /// value / (u (1 + S')).
  mlir::Value divide(mlir::Value value, const Divisor &divisor);
  /// All blocks of the row, for what they store.
  using EmitStores =
      llvm::function_ref<void(mlir::Value position, mlir::Value count)>;
  void forBlocks(EmitStores emitStores);
  /// The same from the end, where that may be: for a second pass over inputs,
  /// of which caches hold what the first one read last.
  void forBlocksBackward(EmitStores emitStores);
  /// The same with values that go from block to block.
  llvm::SmallVector<mlir::Value> forBlocks(mlir::ValueRange initial,
                                           EmitBlock emitBlock);

  /// Lets terms wait from one pass over the row to the next: in `destination`,
  /// if that holds them as they are; else on the stack, as many as it has room
  /// for. The others are computed again.
  void keepTermsIn(mlir::Value destination);
  void keepTermsOnStack();
  /// Puts those of a block there.
  void keepTerms(mlir::Value terms, mlir::Value position, mlir::Value count);
  /// All blocks of the row with their terms, relative to `maximum`.
  using EmitTermStores = llvm::function_ref<void(
      mlir::Value terms, mlir::Value position, mlir::Value count)>;
  void forTerms(mlir::Value maximum, EmitTermStores emitStores);
  /// Comes before the last sums of a row where nothing but values of the row is
  /// stored after them.
  void willStoreScalars();
  /// Comes before sums whose terms are stored as they are made, since these may
  /// take the place of single elements that were read.
  void waitForReaders();

  //===--------------------------------------------------------------------===//
  // State
  //===--------------------------------------------------------------------===//

  /// With `nanIsLargest` NaN is greater than all else and the first one counts.
  RowMaximum emitMaximum(bool nanIsLargest = false);
  /// The same of what `load` gives for each block.
  using LoadBlock =
      llvm::function_ref<mlir::Value(mlir::Value position, mlir::Value count)>;
  RowMaximum emitMaximum(LoadBlock load, bool nanIsLargest);
  /// Lets all threads know the index.
  void shareIndex(RowMaximum &maximum);
  /// 0 in place of the index of no element.
  mlir::Value firstIfNone(mlir::Value position);
  /// The index of no element.
  mlir::Value noIndex();
  /// How many logits are greater than -inf, in the compute type.
  mlir::Value countFinite();
  /// Up to countSums() sums of the terms of all blocks. Terms are cheap that
  /// need few registers.
  llvm::SmallVector<mlir::Value> emitSums(FixedSum::EmitTerms emitTerms,
                                          bool areCheap = false);
  /// The same, where the element at `excluded` is left out of the first
  /// `number` of them.
  llvm::SmallVector<mlir::Value> emitSumsWithout(mlir::Value excluded,
                                                 unsigned number,
                                                 FixedSum::EmitTerms emitTerms);
  /// The sum S' of e^(z - m) over the kept elements but for the one at `index`,
  /// and sums of what `makeMore` makes of all of the terms, which are 0 where
  /// `mask`, if there is one, keeps nothing.
  using MakeTerms = llvm::function_ref<llvm::SmallVector<mlir::Value>(
      mlir::Value terms, mlir::Value mask, mlir::Value position,
      mlir::Value count)>;
  llvm::SmallVector<mlir::Value>
  emitSums(mlir::Value maximum, mlir::Value index, MakeTerms makeMore);

  /// How many sums emitSums adds up at once.
  virtual unsigned countSums() { return 1; }
  /// Whether the terms of the first sum are kept until it is known.
  virtual bool keepsTerms() { return false; }
  /// Whether 16-bit elements are compared as they are, where that is cheaper.
  virtual bool comparesNarrow();

protected:
  virtual void emitRow() = 0;
  /// Whether emitRow does without branches and indices that depend on the row,
  /// so that each lane may be one.
  virtual bool canRunAcrossRows() { return false; }
  /// Whether terms are 0 for logits of -inf that stand for elements that do not
  /// exist, with 0 in all other operands.
  virtual bool canPadRows() { return false; }
  /// Whether each row needs its maximum, without NaN, for sums.
  virtual bool canLookAhead() { return false; }
  /// Whether no logit is greater than what terms are relative to, unless it is
  /// infinite.
  virtual bool isRelativeToMaximum() { return true; }

  mlir::OpBuilder &builder;
  RowwiseOpInterface op;
  mlir::Location loc;
  const IterationSpace &space;
  const KernelOptions &options;
  mlir::FloatType computeType;
  int64_t width = 0;
  mlir::Value size;

private:
  class MaximumSearch;

  unsigned numberOf(RowInput input);
  bool shouldRunAcrossRows();
  void emitRows(llvm::ArrayRef<mlir::OpFoldResult> offsets,
                mlir::OpFoldResult begin, mlir::OpFoldResult end);
  void emitRowsAhead(llvm::ArrayRef<mlir::OpFoldResult> offsets,
                     mlir::OpFoldResult begin, mlir::OpFoldResult end);
  int64_t blockWidth() const { return acrossRows ? 1 : width; }
  int64_t keptElements();
  mlir::Value lanesOf(mlir::Value count) { return acrossRows ? rows : count; }
  mlir::Value addressOfTerms(mlir::Value position);
  double scaleRest();
  mlir::Value makeCapArgument(mlir::Value x);
  mlir::Value makeLogits(mlir::Value x);
  /// Whether logits are x and nothing else.
  bool areLogitsPlain();
  mlir::Value multiply(mlir::Value value, double factor);
  void chooseWidth();
  void makeStreams();
  bool shouldLookAhead();
  void startRow(llvm::ArrayRef<mlir::OpFoldResult> offsets);
  /// Which operation terms are.
  enum class TermKind { Plain, Shifted, Tempered, Distance };
  TermKind kindOfTerms();
  template <typename Op, typename... Attributes>
  mlir::Value makeTermOf(mlir::Value x, mlir::Value maximum,
                         Attributes... attributes);
  mlir::Value
  mergeLanes(mlir::Value lanes,
             llvm::function_ref<mlir::Value(mlir::Value, mlir::Value)>);
  mlir::Value mergeLeast(mlir::Value condition, mlir::Value lanes);
  /// i1: which elements of a block exist and are kept; null if all are, or have
  /// padding that makes no difference.
  mlir::Value findKept(mlir::Value position, mlir::Value count);
  mlir::Value restrict(mlir::Value condition, mlir::Value position,
                       mlir::Value count);
  /// vector<width x i32>: the numbers of lanes; a number; an index.
  mlir::Value laneNumbers();
  mlir::Value integers(int32_t number);
  mlir::Value integers(mlir::Value index);
  mlir::Value asIndex(mlir::Value integer);
  mlir::Value isAt(mlir::Value index, mlir::Value position);
  llvm::SmallVector<mlir::Value> emitTeamSums(FixedSum::EmitTerms emitTerms,
                                              RowTeam::LeaveOut leaveOut);
  llvm::SmallVector<mlir::Value> leaveOut(mlir::Value excluded,
                                          mlir::Value position,
                                          mlir::ValueRange before,
                                          mlir::ValueRange after);

  bool exact;
  bool acrossRows = false;
  bool padded = false;
  /// Null where one thread has whole rows.
  RowTeam *team = nullptr;
  /// What logits are multiplied by when they are read, and what else turns them
  /// into z.
  double exactScale = 1.0, scale = 1.0;
  mlir::StringAttr accuracy;
  llvm::SmallVector<std::unique_ptr<RowStream>> streams;
  std::optional<FixedSum> sums;
  /// Null where maxima are looked for row by row.
  std::unique_ptr<RowAhead> ahead;
  /// Across rows, how many of the lanes are rows.
  mlir::Value rows;
  /// Where terms wait: a destination, or memory on the stack.
  mlir::Value termDestination, termBuffer;
};

} // namespace act

#endif // ACT_LIB_CONVERSION_TOLOOPS_ROWS_ROWEMITTER_H
