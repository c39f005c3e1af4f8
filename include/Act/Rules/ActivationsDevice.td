//===- ActivationsDevice.td - 16 bits on GPUs --------------*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file holds the evaluations of kernels of GPUs whose operand and result
// have the same 16-bit type. Their results are those of CPUs, correctly rounded
// for each of the 65,536 values, by whatever approximations give within their
// bounds: none of these values comes so near to a tie that it would matter, or
// the steps below keep it there.
//
// bf16 has room for the errors of an exponential. f16 does not, and has its
// exponentials from ActivationsHalf.td; what is shorter are quotients.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RULES_ACTIVATIONSDEVICE_TD
#define ACT_RULES_ACTIVATIONSDEVICE_TD

include "Act/Rules/ActivationsHalf.td"
include "Act/Rules/ActivationsSigmoidHalf.td"
include "Act/Rules/Fast.td"

def ShortQuotient : Function<(params Real:$n, Real:$d), Real> {
  defvar guess = (ApproxReciprocal $d);
  defvar q = (Mul $n, guess);
  let body = (Fma (Neg (Fma $d, q, (Neg $n))), guess, q);
  let description = "n / d, with the remainder of its first guess: 2^-45 before "
                    "it is rounded, and zeros keep their sign";
}

//===----------------------------------------------------------------------===//
// Smooth gates in bf16: max(x, 0) - z s(-v), z = |x|
//===----------------------------------------------------------------------===//

// z carries 2^-16 and s 2^16, so that subnormal results are rounded once.

def DeviceLogistic : Function<(params Real:$w), Real> {
  let body = (ApproxReciprocal (Add (ApproxExp2 $w), "0x1.000008p-16"));
  let description = "2^16 / (1 + 2^w') for w = w' - 16, not too large";
}

def DeviceGate : Function<(params Real:$x, Real:$z, Real:$s), Real> {
  // x/2 may be a tie of subnormal numbers, below the exact value: s stays below
  // 1/2 by 2^-16, which no other number minds.
  let body = (Fma (Neg $z), (Minimum $s, "0x1.fffcp+14"), (Maximum $x, "-0.0"));
}

def SiluToDeviceBF16 : Function<(params Real:$x), Real> {
  // Near 0 a quarter of x^2 reaches ties exactly, and s(-z) is 1/2 - z/4 or just
  // above.
  defvar z = (Minimum (Abs (Mul $x, "0x1p-16")), "0x1.88p-10");
  defvar s = (DeviceLogistic (Fma z, "0x1.715476p+16", "-16"));
  let body = (DeviceGate $x, z, (Maximum s, (Fma z, "-0x1p+30", "0x1p+15")));
}

def : Evaluation<Silu, Forward, DeviceBF16> {
  let body = (SiluToDeviceBF16 $x);
}
def : Evaluation<Swish, Forward, DeviceBF16> {
  let body = (SiluToDeviceBF16 $x);
}

def : Evaluation<GeluSigmoid, Forward, DeviceBF16> {
  defvar z = (Minimum (Abs (Mul $x, "0x1.fffffcp-17")), "0x1.ccp-11");
  defvar s = (ApproxReciprocal
      (Add (ApproxExp2 (Fma z, "0x1.3a4ccp+17", "-16")), "0x1p-16"));
  let body = (DeviceGate $x, z, s);
}

def : Evaluation<GeluTanh, Forward, DeviceBF16> {
  defvar z = (Minimum (Abs $x), "10.45");
  defvar u = (Fma (Mul z, z), "0x1.a5a7d0p-4", "0x1.26aec2p+1");
  let body = (DeviceGate $x, (Mul z, "0x1p-16"),
                         (DeviceLogistic (Fma z, u, "-16")));
}

/// L(q) / q of gelu with c = 3, found as those of ActivationsHalf.td.
def GeluExponentToDeviceBF16 : Coefficients<[
    "0x1.64bcb8p+1", "0x1.07d254p-1", "-0x1.9a341cp-2", "-0x1.61b8bp-1",
    "0x1.c46f04p-2"]>;

def : Evaluation<Gelu, Forward, DeviceBF16> {
  defvar z = (Minimum (Abs $x), "13.6");
  defvar q = (FastQuotient z, (Add z, "0x1.7fffeap+1"));
  defvar t = (Fma (Horner GeluExponentToDeviceBF16, q), q, (Mul z, z));
  defvar e = (ApproxExp2 (Fma t, "-0x1.715476p-1", "32"));
  let body = (Fma (Mul q, e), "-0x1.7fff6p-32", (Maximum $x, "-0.0"));
}

def : Evaluation<Mish, Forward, DeviceBF16> {
  defvar z = (Maximum $x, "-98");
  defvar t = (ApproxExp2 (Fma (Minimum z, "7"), "0x1.715476p+0", "16"));
  defvar n = (Mul t, (Fma t, "0x1p-16", "2"));
  let body = (Mul (Mul z, "0x1p-16"),
                  (FastQuotient n, (Fma n, "0x1p-16", "2")));
}

//===----------------------------------------------------------------------===//
// Smooth gates in f16
//===----------------------------------------------------------------------===//

def WithinToF16 : Function<(params Real:$x, Real:$low), Real> {
  let body = (Maximum (Minimum $x, "65535"), $low);
  let description = "x, at least low; infinity is what is rounded to it";
}

def DeviceHalfOrMore : Function<(params Real:$z, Real:$y), Real> {
  let body = (Maximum $y, (Mul $z, "0x1.00002p-1"));
  let description = "y, but more than z/2 for a z that is the smallest number";
}

def SiluToDeviceF16 : Function<(params Real:$x), Real> {
  defvar r = (SiluRatioToF16 (WithinToF16 $x, "-24"));
  let body = (DeviceHalfOrMore (N r), (ShortQuotient (N r), (D r)));
}

def : Evaluation<Silu, Forward, DeviceF16> {
  let body = (SiluToDeviceF16 $x);
}
def : Evaluation<Swish, Forward, DeviceF16> {
  let body = (SiluToDeviceF16 $x);
}

def : Evaluation<GeluSigmoid, Forward, DeviceF16> {
  defvar r = (QuickGeluRatioToF16 (WithinToF16 $x, "-14"));
  let body = (DeviceHalfOrMore (N r), (ShortQuotient (N r), (D r)));
}

def : Evaluation<GeluTanh, Forward, DeviceF16> {
  defvar r = (GeluTanhRatioToF16 (WithinToF16 $x, "-5.9"));
  let body = (ShortQuotient (N r), (D r));
}

def : Evaluation<Mish, Forward, DeviceF16> {
  defvar r = (MishRatioToF16 (WithinToF16 $x, "-24"));
  let body = (ShortQuotient (N r), (D r));
}

def : Evaluation<Gelu, Forward, DeviceF16> {
  defvar z = (Minimum (Abs $x), "5.8");
  let body = (GeluToF16 $x, z, (ShortQuotient z, (Add z, "0x1.fffffp+1")));
}

//===----------------------------------------------------------------------===//
// Sigmoidal functions
//===----------------------------------------------------------------------===//

def : Evaluation<Sigmoid, Forward, DeviceBF16> {
  // Its ties around 1/2 are too near for an approximate exponential.
  defvar r = (SigmoidRatioToBF16 $x);
  let body = (ShortQuotient (N r), (D r));
}

def : Evaluation<Sigmoid, Forward, DeviceF16> {
  defvar r = (SigmoidRatioToF16 $x);
  let body = (ShortQuotient (N r), (D r));
}

def : Evaluation<Tanh, Forward, DeviceBF16> {
  defvar r = (TanhRatioToBF16 $x);
  let body = (FastQuotient (N r), (D r));
}

def : Evaluation<Tanh, Forward, DeviceF16> {
  defvar r = (TanhRatioToF16 $x);
  let body = (ShortQuotient (N r), (D r));
}

/// log(1 + t) / t, with powers of 2^-16.
def LogToDeviceBF16 : Coefficients<[
    "0x1.fffffap-17", "-0x1.fff95ap-34", "0x1.54bf58p-50", "-0x1.f5ba82p-67",
    "0x1.6b92aap-83", "-0x1.b974ep-100", "0x1.69b46ap-117", "-0x1.186p-135"]>;

def LogOnePlusExpToDeviceBF16 : Function<(params Real:$x), HalfTerm> {
  defvar a = (Maximum (Neg (Abs $x)), "-93");
  defvar w = (ApproxExp2 (Fma a, "0x1.715476p+0", "16"));
  let body = (HalfTerm w, (Horner LogToDeviceBF16, w));
  let description = "log(1 + t) for t = e^-|x|; w is 2^16 t";
}

def : Evaluation<Softplus, Forward, DeviceBF16> {
  defvar t = (LogOnePlusExpToDeviceBF16 $x);
  let body = (Fma (W t), (P t), (Maximum $x, "0"));
}

def : Evaluation<LogSigmoid, Forward, DeviceBF16> {
  defvar t = (LogOnePlusExpToDeviceBF16 $x);
  let body = (Fma (Neg (W t)), (P t), (Minimum $x, "0"));
}

def SoftsignToDevice : Function<(params Real:$x), Real> {
  defvar c = (Maximum (Minimum $x, "0x1p+120"), "-0x1p+120");
  let body = (ShortQuotient c, (Add "1", (Abs c)));
}

def : Evaluation<Softsign, Forward, DeviceBF16> {
  let body = (SoftsignToDevice $x);
}

def : Evaluation<Softsign, Forward, DeviceF16> {
  let body = (SoftsignToDevice $x);
}

#endif // ACT_RULES_ACTIVATIONSDEVICE_TD
