// The templates of a small rule: one function, literals in both kinds, and a
// subformula that is computed once.
//
// RUN: act-tblgen -gen-rule-templates -I %act_src/include %s | FileCheck %s

include "Act/Rules/Primitives.td"

def Shift : Function<(params Real:$x), Real> {
  defvar twice = (Add $x, $x);
  let body = (Mul twice, twice);
  let description = "4 x^2";
}

// CHECK-LABEL: /// 4 x^2
// CHECK: inline typename A::Value shift({{.*}}A &a, {{.*}}typename A::Value x_)
// CHECK-NEXT: [[TWICE:v[0-9]+]] = a.add(x_, x_);
// CHECK-NEXT: [[SQUARE:v[0-9]+]] = a.mul([[TWICE]], [[TWICE]]);
// CHECK-NEXT: return [[SQUARE]];

def Table : Coefficients<["1", "0x1p-1"], ["1", "0x1p-1", "0.25"]>;

def Wide : Function<(params Real:$x), Real> {
  let body = (Fma (ByWidth "0x1.8p+23", "0x1.8p+52"), (Horner Table, $x),
                  (FromBits (ByWidth 23, 52)));
}

// CHECK-LABEL: inline typename A::Value wide(
// CHECK-NEXT: [[MAGIC:v[0-9]+]] = a.isF64() ? a.constant({{.*}}"0x1.8p+52"{{.*}}) : a.constant({{.*}}"0x1.8p+23"
// CHECK: if (a.isF64()) {
// CHECK-COUNT-2: a.fma(
// CHECK: } else {
// CHECK-COUNT-1: a.fma(
// CHECK-NEXT: {{^}}  }{{$}}
// CHECK: a.fromBits(a.integer(a.isF64() ? 52 : 23))
