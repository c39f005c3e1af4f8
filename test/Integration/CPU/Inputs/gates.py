#!/usr/bin/env python3
"""Makes operands and reference results of every kind of gate.

Usage: gates.py FOLDER

The references are the formulas over the reals, evaluated in f64. phi, phi',
u' and dy u' are rounded to f32, the compute type, and so is the product; at
infinities phi has its limit. They read nothing of Act. Files:

  g u dy                     operands of shape 5x37, special values in front
  KIND_y KIND_dg KIND_du     results of act.gate and act.gate_backward
  x_halves x_interleaved     [g u] packed along the last dimension
  KIND_dx_halves KIND_dx_interleaved     [dg du] packed the same way
  x_rows KIND_dx_rows        packed by halves along the first dimension
"""

import math
import os
import random
import struct
import sys

ROWS, COLUMNS = 5, 37
INF, NAN = math.inf, math.nan


def f32(value):
    """value rounded to f32."""
    try:
        return struct.unpack("<f", struct.pack("<f", value))[0]
    except OverflowError:
        return math.copysign(INF, value)


def save(folder, name, values, shape):
    """Writes values as an .npy file of f32 in C order."""
    header = "{'descr': '<f4', 'fortran_order': False, 'shape': (%s), }" % (
        "".join(f"{size}, " for size in shape)
    )
    header += " " * (-(len(header) + 11) % 64) + "\n"
    with open(os.path.join(folder, name + ".npy"), "wb") as file:
        file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)))
        file.write(header.encode())
        file.write(struct.pack(f"<{len(values)}f", *map(f32, values)))


def sigmoid(x):
    if x >= 0:
        return 1 / (1 + math.exp(-x))
    t = math.exp(max(x, -745))
    return t / (1 + t)


def limited(x, function, low, high):
    """function(x), or its limit at an infinity."""
    if x == -INF:
        return low
    if x == INF:
        return high
    return function(x)


def smooth(scale):
    """x s(v), v = scale(x)[0], and its derivative; scale(x)[1] is x v'."""

    def f(x):
        return limited(x, lambda x: x * sigmoid(scale(x)[0]), -0.0, INF)

    def df(x):
        def inner(x):
            v, w = scale(x)
            return sigmoid(v) * (1 + w * sigmoid(-v))

        return limited(x, inner, -0.0, 1.0)

    return f, df


def swish(beta):
    return smooth(lambda x: (beta * x, beta * x))


def gelu_tanh():
    c = 2 * math.sqrt(2 / math.pi)
    return smooth(
        lambda x: (
            c * (x + 0.044715 * x**3),
            c * (x + 3 * 0.044715 * x**3),
        )
    )


def gelu(x):
    cdf = 0.5 * math.erfc(-x / math.sqrt(2)) if x == x else x
    return limited(x, lambda x: x * cdf, -0.0, INF)


def gelu_derivative(x):
    def inner(x):
        density = math.exp(-0.5 * x * x) / math.sqrt(2 * math.pi)
        return 0.5 * math.erfc(-x / math.sqrt(2)) + x * density

    return limited(x, inner, -0.0, 1.0)


def positive(f):
    """f(x) for x > 0, 0 for x <= 0, NaN for NaN."""
    return lambda x: 0.0 if x <= 0 else f(x)


# phi, phi'
KINDS = {
    "glu": (
        sigmoid,
        lambda x: limited(x, lambda x: sigmoid(x) * sigmoid(-x), 0.0, 0.0),
    ),
    "reglu": (positive(lambda x: x), positive(lambda x: 1.0 if x > 0 else x)),
    "sreglu": (positive(lambda x: x * x), positive(lambda x: 2 * x)),
    "geglu": (gelu, gelu_derivative),
    "geglu_tanh": gelu_tanh(),
    "quick_geglu": swish(1.702),
    "swiglu": swish(1.0),
    "bilinear": (lambda x: x, lambda x: 1.0 if x == x else x),
    "swiglu_oai": swish(1.702),
}


def gate(kind, dy, g, u):
    """y, dg, du."""
    def phi(x):
        return f32(KINDS[kind][0](x))

    def slope(x):
        return f32(KINDS[kind][1](x))

    if kind != "swiglu_oai":
        dg = f32(dy * u) * slope(g)
        if kind in ("reglu", "sreglu") and g <= 0:
            dg = 0.0
        return phi(g) * u, dg, dy * phi(g)
    limit, offset = 7.0, 1.0
    h = limit if g > limit else g
    v = math.copysign(limit, u) if abs(u) > limit else u
    v = f32(v + offset)
    dg = 0.0 if g > limit else f32(dy * v) * slope(h)
    du = 0.0 if abs(u) > limit else dy * phi(h)
    return phi(h) * v, dg, du


def operands():
    special = [0.0, -0.0, 1.0, 7.0, -7.0, f32(7.0000005), -100.0, 100.0, INF,
               -INF, NAN, 1e-40]
    pairs = [(g, u) for g in special for u in (0.5, -7.5, 7.0, NAN)]
    # Far out phi' may be 0 or a subnormal number, and its product with inf NaN.
    pairs += [(g, INF) for g in special if abs(g) != 100]
    generator = random.Random(7)
    count = ROWS * COLUMNS - len(pairs)
    pairs += [
        (f32(generator.gauss(0, 4)), f32(generator.gauss(0, 4)))
        for _ in range(count)
    ]
    dy = [f32(generator.gauss(0, 1)) for _ in pairs]
    return dy, [g for g, _ in pairs], [u for _, u in pairs]


def halves(first, second):
    """Both packed along the last dimension, one behind the other."""
    packed = []
    for row in range(0, ROWS * COLUMNS, COLUMNS):
        packed += first[row : row + COLUMNS] + second[row : row + COLUMNS]
    return packed


def interleaved(first, second):
    return [value for pair in zip(first, second) for value in pair]


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    shape, wide = (ROWS, COLUMNS), (ROWS, 2 * COLUMNS)
    tall = (2 * ROWS, COLUMNS)
    dy, g, u = operands()
    for name, values in (("dy", dy), ("g", g), ("u", u)):
        save(folder, name, values, shape)
    save(folder, "x_halves", halves(g, u), wide)
    save(folder, "x_interleaved", interleaved(g, u), wide)
    save(folder, "x_rows", g + u, tall)
    for kind in KINDS:
        results = [gate(kind, *values) for values in zip(dy, g, u)]
        y, dg, du = (list(column) for column in zip(*results))
        for name, values in (("y", y), ("dg", dg), ("du", du)):
            save(folder, f"{kind}_{name}", values, shape)
        save(folder, f"{kind}_dx_halves", halves(dg, du), wide)
        save(folder, f"{kind}_dx_interleaved", interleaved(dg, du), wide)
        save(folder, f"{kind}_dx_rows", dg + du, tall)


if __name__ == "__main__":
    main()
