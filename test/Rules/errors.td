// What act-tblgen refuses, each with an error at the record.
//
// RUN: split-file %s %t
// RUN: not act-tblgen -gen-rule-templates -I %act_src/include %t/unbound.td 2>&1 | FileCheck %t/unbound.td
// RUN: not act-tblgen -gen-rule-templates -I %act_src/include %t/arity.td 2>&1 | FileCheck %t/arity.td
// RUN: not act-tblgen -gen-rule-templates -I %act_src/include %t/call-arity.td 2>&1 | FileCheck %t/call-arity.td
// RUN: not act-tblgen -gen-rule-templates -I %act_src/include %t/dy.td 2>&1 | FileCheck %t/dy.td
// RUN: not act-tblgen -gen-rule-templates -I %act_src/include %t/unused.td 2>&1 | FileCheck %t/unused.td
// RUN: not act-tblgen -gen-rule-info -I %act_src/include %t/duplicate.td 2>&1 | FileCheck %t/duplicate.td
// RUN: not act-tblgen -gen-rule-templates -I %act_src/include %t/literal.td 2>&1 | FileCheck %t/literal.td
// RUN: not act-tblgen -gen-rule-templates -I %act_src/include %t/kind.td 2>&1 | FileCheck %t/kind.td
// RUN: not act-tblgen -gen-rule-templates -I %act_src/include %t/result.td 2>&1 | FileCheck %t/result.td
// RUN: not act-tblgen -gen-rule-templates -I %act_src/include %t/integer.td 2>&1 | FileCheck %t/integer.td
// RUN: not act-tblgen -gen-rule-templates -I %act_src/include %t/field.td 2>&1 | FileCheck %t/field.td
// RUN: not act-tblgen -gen-rule-templates -I %act_src/include %t/untyped.td 2>&1 | FileCheck %t/untyped.td
// RUN: not act-tblgen -gen-rule-templates -I %act_src/include %t/coefficient.td 2>&1 | FileCheck %t/coefficient.td
// RUN: not act-tblgen -gen-rule-templates -I %act_src/include %t/real-function.td 2>&1 | FileCheck %t/real-function.td
// RUN: not act-tblgen -gen-rule-templates -I %act_src/include %t/gradients.td 2>&1 | FileCheck %t/gradients.td
// RUN: not act-tblgen -gen-rule-info -I %act_src/include %t/constraint.td 2>&1 | FileCheck %t/constraint.td

//--- unbound.td
include "Act/Rules/Formula.td"
// CHECK: unbound.td:[[@LINE+1]]:5: error: '$beta' is not bound
def Scale : Function<(params Real:$x), Real> {
  let body = (Mul $x, $beta);
}

//--- arity.td
include "Act/Rules/Formula.td"
// CHECK: arity.td:[[@LINE+1]]:5: error: 'Mul' takes 2 arguments, got 3
def Cube : Function<(params Real:$x), Real> {
  let body = (Mul $x, $x, $x);
}

//--- call-arity.td
include "Act/Rules/Primitives.td"
// CHECK: call-arity.td:[[@LINE+1]]:5: error: 'AtLeast' takes 2 arguments, got 1
def Positive : Function<(params Real:$x), Real> {
  let body = (AtLeast $x);
}

//--- dy.td
include "Act/Rules/Formula.td"
// CHECK: dy.td:[[@LINE+1]]:5: error: '$dy' cannot stand in a formula: rules are functions of $x and parameters, and act-expand multiplies by dy
def Double : Rule<"double"> {
  let definition = (Add $x, $x);
  let derivative = (Mul $dy, "2");
}

//--- approximation.td
include "Act/Rules/Formula.td"
def Power : Rule<"power"> {
  let definition = (Exp2 $x);
  let derivative = (Exp2 $x);
}
// CHECK: approximation.td:[[@LINE+1]]:1: error: 'ApproxExp2' is an approximation; only evaluations of the fast and the device tiers may
def : Evaluation<Power, Forward, Default> {
  let body = (ApproxExp2 $x);
}

//--- approximations.td
include "Act/Rules/Formula.td"
def Half : Function<(params Real:$x), Real> {
  let body = (ApproxReciprocal (Add $x, $x));
}
// CHECK: approximations.td:[[@LINE+1]]:5: error: 'Half' uses approximations; only evaluations of the fast and the device tiers may
def Inverse : Rule<"inverse"> {
  let definition = (Half $x);
  let derivative = (Half $x);
}

//--- unused.td
include "Act/Rules/Formula.td"
// CHECK: unused.td:[[@LINE+1]]:5: error: parameter '$scale' is never used
def Same : Function<(params Real:$x, Real:$scale), Real> {
  let body = (Neg $x);
}

//--- duplicate.td
include "Act/Rules/Formula.td"
// CHECK: duplicate.td:[[@LINE+6]]:5: error: rule 'negative' is defined twice
// CHECK: duplicate.td:[[@LINE+1]]:5: note: first defined here
def Negative : Rule<"negative"> {
  let definition = (Neg $x);
  let derivative = (Neg "1");
}
def Opposite : Rule<"negative"> {
  let definition = (Sub "0", $x);
  let derivative = (Neg "1");
}

//--- literal.td
include "Act/Rules/Formula.td"
// CHECK: literal.td:[[@LINE+1]]:5: error: '1.o' is not a number
def Typo : Function<(params Real:$x), Real> {
  let body = (Add $x, "1.o");
}

//--- kind.td
include "Act/Rules/Formula.td"
// CHECK: kind.td:[[@LINE+1]]:5: error: argument 1 of 'Add' is Pair, expected Real
def Sum : Function<(params Pair:$v), Real> {
  let body = (Add $v, "1");
}

//--- result.td
include "Act/Rules/Formula.td"
// CHECK: result.td:[[@LINE+1]]:5: error: the formula is Bool, expected Real
def Compare : Function<(params Real:$x), Real> {
  let body = (Lt $x, "0");
}

//--- integer.td
include "Act/Rules/Formula.td"
// CHECK: integer.td:[[@LINE+1]]:5: error: the integer 1 stands where Real is expected; a Real literal is a string, e.g. "1"
def Next : Function<(params Real:$x), Real> {
  let body = (Add $x, 1);
}

//--- field.td
include "Act/Rules/Formula.td"
// CHECK: field.td:[[@LINE+1]]:5: error: 'N' reads field 'n', which Pair does not have
def Exponent : Function<(params Pair:$v), Int> {
  let body = (N $v);
}

//--- untyped.td
include "Act/Rules/Formula.td"
// CHECK: untyped.td:[[@LINE+1]]:5: error: parameter 0 has no kind; write Real:$x
def Bare : Function<(params "x":$x), Real> {
  let body = (Neg $x);
}

//--- coefficient.td
include "Act/Rules/Formula.td"
def Two : Coefficients<["1", "2"]>;
// CHECK: coefficient.td:[[@LINE+1]]:5: error: 'Two' has no coefficient 2
def Third : Function<(params Real:$x), Real> {
  let body = (HornerFrom Two, 2, $x);
}

//--- real-function.td
include "Act/Rules/Formula.td"
def Power : Rule<"power"> {
  let definition = (Exp $x);
  let derivative = (Exp $x);
}
// CHECK: real-function.td:[[@LINE+1]]:1: error: 'Exp' is a function over the reals; evaluations are made of IEEE operations
def : Evaluation<Power, Forward, Exact> {
  let body = (Exp $x);
}

//--- gradients.td
include "Act/Rules/Formula.td"
def Weight : Parameter<"weight"> {
  let operand = true;
}
// CHECK: gradients.td:[[@LINE+1]]:5: error: rule 'scale' has 1 operand parameters and 0 parameterDerivatives
def Scale : Rule<"scale"> {
  let parameters = [Weight];
  let definition = (Mul $weight, $x);
  let derivative = (Id $weight);
}

//--- constraint.td
include "Act/Rules/Formula.td"
// CHECK: constraint.td:[[@LINE+1]]:5: error: unknown constraint 'negative'; use "", "positive" or "nonNegative"
def Width : Parameter<"width"> {
  let constraint = "negative";
}
def Wide : Rule<"wide"> {
  let parameters = [Width];
  let definition = (Mul $width, $x);
  let derivative = (Id $width);
}
