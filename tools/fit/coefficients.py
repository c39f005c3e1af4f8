#!/usr/bin/env python3
"""Prints the coefficients of the rules, as TableGen lists.

Usage: coefficients.py [--bits=24|53] [NAME...]

Without names all sets are fitted (minutes). Each set prints its largest
weighted error, ideal and as rounded, as a power of two. Needs mpmath.
"""

import sys

from mpmath import mp, mpf

from lawson import fit, literal, round_to

mp.dps = 80


def exp_quotient(r):
    """(e^r - 1 - r) / r^2"""
    if abs(r) < mpf(10) ** -20:
        return mpf(1) / 2 + r / 6
    return (mp.expm1(r) - r) / (r * r)


def atanh_quotient(u):
    """(atanh(s)/s - 1) / u with u = s^2"""
    s = mp.sqrt(u)
    return (mp.atanh(s) / s - 1) / u


def mills(z):
    """R(z) = erfc(z / sqrt 2) e^(z^2/2) / 2"""
    return mp.erfc(z / mp.sqrt(2)) * mp.exp(z * z / 2) / 2


def mills_quotient(tau, c=3):
    """R(z) / t with t = c / (z + c), tau = t - 9/16"""
    t = tau + mpf(9) / 16
    return mills(c / t - c) / t


def root_of(function, guess):
    return mp.findroot(function, mpf(guess))


def gelu_derivative_at_minus(z):
    """S(z) = R(z) - z / sqrt(2 pi): gelu'(-z) e^(z^2/2)"""
    return mills(z) - z / mp.sqrt(2 * mp.pi)


def gelu_derivative_quotient(tau):
    """S(z) / (z0 - z) with t = 4 / (z + 4), tau = t - 9/16"""
    z0 = root_of(gelu_derivative_at_minus, "0.7517915")
    z = 4 / (tau + mpf(9) / 16) - 4
    if abs(z - z0) < mpf(10) ** -30:
        return -mp.diff(gelu_derivative_at_minus, z0)
    return gelu_derivative_at_minus(z) / (z0 - z)


def logistic(v):
    return 1 / (1 + mp.exp(-v))


def gelu_tanh_derivative(x):
    c = 2 * mp.sqrt(2 / mp.pi)
    v = c * (x + mpf("0.044715") * x**3)
    slope = c * (1 + 3 * mpf("0.044715") * x * x)
    return logistic(v) * (1 + x * slope * logistic(-v))


def mish_derivative(x):
    s = mp.tanh(mp.log1p(mp.exp(x)))
    return s + x * logistic(x) * (1 - s * s)


def quotient_at_root(function, guess):
    """f(x0 + d) / d"""
    x0 = root_of(function, guess)
    slope = mp.diff(function, x0)

    def quotient(d):
        if abs(d) < mpf(10) ** -30:
            return slope
        return function(x0 + d) / d

    return quotient


def erf_quotient(u):
    """erf(x) / x with u = x^2"""
    x = mp.sqrt(u)
    return mp.erf(x) / x


def log_erfcx(x):
    """log(erfc(x) e^(x^2))"""
    return mp.log(mp.erfc(x)) + x * x


# Centres of q = z / (z + c): of the default tier, and of the fast one.
CENTRE, FAST_CENTRE = mpf(3), mpf(4)
# The default tier reduces by 2 ln 2 rounded to 21 bits, u: its 2^k e^(-r/2) with
# p = r - k u is e^(-p/2 KEPT) e^(-r/2 (1 - KEPT)).
SHORT_TWICE_LN2 = mpf(0x162E43) / 2**20
KEPT = 2 * mp.log(2) / SHORT_TWICE_LN2
# 1 / sqrt(2 pi) as that tier has it.
DENSITY = round_to(1 / mp.sqrt(2 * mp.pi), 24)


def gelu_exponent_quotient(c, kept=1):
    """L(q) / q with z Phi(-z) = (c/2) q e^(-(z^2 + L(q)) kept/2), q = z/(z+c)"""

    def quotient(q):
        z = c * q / (1 - q)
        whole = -2 * mp.log(mp.erfc(z / mp.sqrt(2)) * (z + c) / c)
        return (whole / kept - z * z) / q

    return quotient


def exponent_weight(q):
    """Errors count twice where roundings are largest."""
    return q / 2 * (1 + (q / mpf("0.8"))**8)


def gelu_slope_bracket(c, kept=1, density=1 / mp.sqrt(2 * mp.pi)):
    """gelu'(-z) e^(z^2 kept/2) + z density with q = z/(z+c)"""

    def bracket(q):
        z = c * q / (1 - q)
        whole = gelu_derivative_at_minus(z) * mp.exp((kept - 1) * z * z / 2)
        return whole + z * density

    return bracket


def gelu_slope_weight(c):
    """The bracket counts relative to gelu', but for the root of that."""

    def weight(q):
        z = c * q / (1 - q)
        whole = abs(gelu_derivative_at_minus(z))
        return 1 / max(whole, mills(z) / 8)

    return weight


def inverse(function):
    return lambda x: 1 / abs(function(x))


HALF_LN2 = mpf("0.34662")
# Of r, where p = r - k 2 ln 2.
LN2_RANGE = mpf("1.02") * mp.log(2)


def tail_range(c, largest):
    """tau for z in [0, largest]"""
    return mpf(c) / (largest + c) - mpf(9) / 16, mpf(7) / 16


def sets(bits):
    """name -> (function, weight, low, high, degree, options)"""
    wide = bits == 53
    # Up to where e^(-z^2/2) does not vanish.
    far = mpf("38.7") if wide else mpf("14.6")
    gelu_tanh = quotient_at_root(gelu_tanh_derivative, "-0.752")
    mish = quotient_at_root(mish_derivative, "-1.192")
    return {
        "ExpQuotient": (
            exp_quotient, lambda r: abs(r) ** mpf("1.5"), -HALF_LN2, HALF_LN2,
            11 if wide else 5, {"fixed": (mpf(1) / 2,)}),
        "AtanhQuotient": (
            atanh_quotient, lambda u: u, mpf("1e-6"), mpf(1) / 9,
            10 if wide else 4, {}),
        "MillsQuotient": (
            mills_quotient, inverse(mills_quotient), *tail_range(3, far),
            24 if wide else 10, {"pair": True}),
        "GeluDerivativeQuotient": (
            gelu_derivative_quotient, inverse(gelu_derivative_quotient),
            *tail_range(4, far), 24 if wide else 10, {"pair": True}),
        "GeluTanhRoot": (
            gelu_tanh, inverse(gelu_tanh), -mpf(1) / 16, mpf(1) / 16,
            12 if wide else 5, {"pair": True}),
        "MishRoot": (
            mish, inverse(mish), -mpf(1) / 16, mpf(1) / 16,
            12 if wide else 5, {"pair": True}),
        "ErfQuotient": (
            erf_quotient, inverse(erf_quotient), mpf("1e-9"), mpf(1),
            14 if wide else 7, {"pair": True}),
        "LogErfcx": (
            log_erfcx, mp.erfc, mpf(1), mpf("6") if wide else mpf(4),
            18 if wide else 7, {}),
        # Of the default tier, with 24 bits.
        "TwiceExp": (
            lambda r: 2 * mp.exp(r), lambda r: mp.exp(-r) / 2, -HALF_LN2,
            HALF_LN2, 5, {"fixed": (mpf(2),)}),
        "TwiceExpLong": (
            lambda r: 2 * mp.exp(r), lambda r: mp.exp(-r) / 2, -HALF_LN2,
            HALF_LN2, 6, {"fixed": (mpf(2),)}),
        "GeluExponent": (
            gelu_exponent_quotient(CENTRE, KEPT), exponent_weight, mpf("1e-6"),
            far / (far + CENTRE), 8, {}),
        "GeluScaledExp": (
            lambda r: CENTRE / 2 * mp.exp(-r / 2 * (2 - KEPT)) / 2**32,
            lambda r: mp.exp(r / 2) * 2**33 / CENTRE, -LN2_RANGE, LN2_RANGE, 6,
            {"fixed": (CENTRE / 2**33,)}),
        "GeluSlopeBracket": (
            gelu_slope_bracket(CENTRE, KEPT, DENSITY),
            gelu_slope_weight(CENTRE), mpf(0), far / (far + CENTRE), 7,
            {"fixed": (mpf(1) / 2,)}),
        # Of the fast tier, with 24 bits.
        "FastGeluExponent": (
            gelu_exponent_quotient(FAST_CENTRE), lambda q: q / 2, mpf("1e-6"),
            far / (far + FAST_CENTRE), 3, {}),
        "FastGeluSlope": (
            gelu_slope_bracket(FAST_CENTRE), gelu_slope_weight(FAST_CENTRE),
            mpf(0), far / (far + FAST_CENTRE), 4, {"fixed": (mpf(1) / 2,)}),
    }


def power_of_two(value):
    return f"2^{float(mp.log(value, 2)):.2f}" if value else "0"


def main():
    bits, names = 53, []
    for argument in sys.argv[1:]:
        if argument.startswith("--bits="):
            bits = int(argument[len("--bits="):])
        elif argument.startswith("-"):
            sys.exit(__doc__)
        else:
            names.append(argument)
    known = sets(bits)
    for name in names or known:
        if name not in known:
            sys.exit(f"unknown set '{name}'; known are {', '.join(known)}")
        function, weight, low, high, degree, options = known[name]
        found, constant_low, ideal, rounded = fit(
            function, weight, low, high, degree, bits,
            nodes=max(120, 6 * degree), **options)
        if constant_low:
            found[0] -= constant_low
        print(f"// {name}, {bits} bits: {power_of_two(ideal)} ideal, "
              f"{power_of_two(rounded)} as rounded")
        print("    " + ", ".join(f'"{literal(c)}"' for c in found))
        if constant_low:
            print(f'    low part of the constant: "{literal(constant_low)}"')


if __name__ == "__main__":
    main()
