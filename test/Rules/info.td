// The table of a rule with a parameter, and of its evaluations.
//
// RUN: act-tblgen -gen-rule-info -I %act_src/include %s | FileCheck %s
// RUN: act-tblgen -gen-rule-ids -I %act_src/include %s | FileCheck %s --check-prefix=IDS

include "Act/Rules/Formula.td"

def Weight : Parameter<"weight"> {
  let defaultValue = "0.5";
  let constraint = "positive";
  let operand = true;
  let testValues = ["1/4", "2"];
}

def Scale : Rule<"scale"> {
  let summary = "a \"product\"";
  let parameters = [Weight];
  let definition = (Mul $weight, $x);
  let derivative = (Id $weight);
  let parameterDerivatives = [(Id $x)];
  let zeroWhere = (Eq $x, "0");
  let kinks = ["0"];
  let defaultBound = "2.5";
}

def : Evaluation<Scale, Forward, Exact> {
  let body = (Mul (H $weight), $x);
  let interleave = 8;
  let tiesUpward = true;
}

def : FastEvaluation<Scale, Forward, Fast, "12"> {
  let body = (ApproxReciprocal (Mul (H $weight), $x));
}

// CHECK-LABEL: ruleTable[] = {
// CHECK: {RuleId::Scale,
// CHECK: "scale",
// CHECK: "a \"product\"",
// CHECK: {"weight", {{.*}}true, {{.*}}0x3f000000u, 0x0u,
// CHECK-SAME: Constraint::Positive, true,
// CHECK-SAME: "1/4", 0x3e800000u
// CHECK-SAME: 0x40000000u
// CHECK: 1, 2.5,
// CHECK: true, false
// CHECK-LABEL: evaluationTable[] = {
// CHECK: {RuleId::Scale, Part::Forward, Tier::Exact, Width::{{.*}}, 8, true, 0, 0},
// CHECK: {RuleId::Scale, Part::Forward, Tier::Fast, Width::{{.*}}, 4, false, 12, 0x1p-118},

// IDS: enum class RuleId : unsigned {
// IDS-NEXT: Scale,
// IDS-NEXT: };
// IDS: enum class Part : unsigned {
// IDS-NEXT: Forward,
// IDS: enum class Tier : unsigned {
// IDS-NEXT: Exact,
