#!/usr/bin/env python3
"""Makes the inputs and the reference results of the examples.

Usage: generate.py [FOLDER]        (default: the folder of this script)

The references are the formulas over the reals, evaluated in f64 and rounded
once to f32; they read nothing of Act. Needs only Python's standard library, so
that the files can be made again anywhere. The inputs are pseudo-random and the
same on every machine.
"""

import math
import os
import random
import struct
import sys

ROWS, COLUMNS = 64, 256


def f32(value):
    """value rounded to f32."""
    return struct.unpack("<f", struct.pack("<f", value))[0]


def save(path, values, shape):
    """Writes values as an .npy file of f32 in C order."""
    header = "{'descr': '<f4', 'fortran_order': False, 'shape': (%s), }" % (
        "".join(f"{size}, " for size in shape)
    )
    padding = -(len(header) + 11) % 64
    header += " " * padding + "\n"
    with open(path, "wb") as file:
        file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)))
        file.write(header.encode())
        file.write(struct.pack(f"<{len(values)}f", *values))


def sigmoid(x):
    if x >= 0:
        return 1 / (1 + math.exp(-x))
    t = math.exp(x)
    return t / (1 + t)


def silu(x):
    return x * sigmoid(x)


def silu_derivative(x):
    return sigmoid(x) * (1 + x * sigmoid(-x))


def normal_cdf(x):
    return 0.5 * math.erfc(-x / math.sqrt(2))


def gelu(x):
    return x * normal_cdf(x)


def gelu_derivative(x):
    density = math.exp(-0.5 * x * x) / math.sqrt(2 * math.pi)
    return normal_cdf(x) + x * density


def normal(generator, count, deviation):
    return [f32(generator.gauss(0, deviation)) for _ in range(count)]


def gated_mlp(folder, generator):
    count = ROWS * COLUMNS
    gate = normal(generator, count, 2.0)
    up = normal(generator, count, 1.0)
    dy = normal(generator, count, 1.0)
    shape = (ROWS, COLUMNS)
    save(os.path.join(folder, "gate.npy"), gate, shape)
    save(os.path.join(folder, "up.npy"), up, shape)
    save(os.path.join(folder, "dy.npy"), dy, shape)
    save(
        os.path.join(folder, "expected_y.npy"),
        [silu(g) * u for g, u in zip(gate, up)],
        shape,
    )
    save(
        os.path.join(folder, "expected_d_gate.npy"),
        [d * u * silu_derivative(g) for d, g, u in zip(dy, gate, up)],
        shape,
    )
    save(
        os.path.join(folder, "expected_d_up.npy"),
        [d * silu(g) for d, g in zip(dy, gate)],
        shape,
    )


def gelu_block(folder, generator):
    count = ROWS * COLUMNS
    x = normal(generator, count, 1.5)
    bias = normal(generator, COLUMNS, 0.5)
    dy = normal(generator, count, 1.0)
    shape = (ROWS, COLUMNS)
    # The sum is an f32 value in the program, so it is one here.
    h = [f32(value + bias[i % COLUMNS]) for i, value in enumerate(x)]
    save(os.path.join(folder, "x.npy"), x, shape)
    save(os.path.join(folder, "bias.npy"), bias, (COLUMNS,))
    save(os.path.join(folder, "dy.npy"), dy, shape)
    save(os.path.join(folder, "expected_y.npy"), [gelu(v) for v in h], shape)
    save(
        os.path.join(folder, "expected_d_x.npy"),
        [d * gelu_derivative(v) for d, v in zip(dy, h)],
        shape,
    )


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(
        os.path.abspath(__file__)
    )
    generator = random.Random(20)
    for name, make in (("gated_mlp", gated_mlp), ("gelu_block", gelu_block)):
        folder = os.path.join(root, name)
        os.makedirs(folder, exist_ok=True)
        make(folder, generator)


if __name__ == "__main__":
    main()
