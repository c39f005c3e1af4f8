#!/usr/bin/env python3
"""Prints the roots of the derivatives in three parts each, f32 and f64.

A root is the sum of its parts, each rounded to nearest in the format: the
distance of an argument from it is then exact. Needs mpmath.
"""

from mpmath import mp, mpf

from coefficients import (
    gelu_derivative_at_minus, gelu_tanh_derivative, logistic, mish_derivative,
    root_of)
from lawson import literal, round_to


def silu_derivative(x):
    return logistic(x) * (1 + x * logistic(-x))


def parts(value, bits, count=3):
    found = []
    for _ in range(count):
        found.append(round_to(value, bits))
        value -= found[-1]
    return found


def main():
    roots = {
        "silu'": root_of(silu_derivative, "-1.278"),
        "gelu'": -root_of(gelu_derivative_at_minus, "0.752"),
        "gelu_tanh'": root_of(gelu_tanh_derivative, "-0.752"),
        "mish'": root_of(mish_derivative, "-1.192"),
    }
    for name, root in roots.items():
        print(f"{name}: {mp.nstr(root, 40)}")
        for bits in (24, 53):
            print("   ", ", ".join(f'"{literal(p)}"' for p in parts(root, bits)))


if __name__ == "__main__":
    main()
