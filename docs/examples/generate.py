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


def save(path, values, shape, descr="<f4", code="f"):
    """Writes values as an .npy file in C order, of f32 if nothing is said."""
    header = "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }" % (
        descr, "".join(f"{size}, " for size in shape)
    )
    padding = -(len(header) + 11) % 64
    header += " " * padding + "\n"
    with open(path, "wb") as file:
        file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)))
        file.write(header.encode())
        file.write(struct.pack(f"<{len(values)}{code}", *values))


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


def softmax(row):
    top = max(row)
    terms = [math.exp(value - top) for value in row]
    return [term / math.fsum(terms) for term in terms]


def attention(folder, generator):
    heads, length, keys, temperature = 2, 16, 12, 8.0
    count = heads * length * keys
    scores = normal(generator, count, 20.0)
    d_p = normal(generator, count, 1.0)
    # Causal, and the last row is padding: it sees nothing.
    mask = [key <= row < length - 1
            for row in range(length) for key in range(keys)]
    p, d_scores = [], []
    for start in range(0, count, keys):
        keep = mask[start % (length * keys):][:keys]
        row, dy = scores[start:start + keys], d_p[start:start + keys]
        kept = [v / temperature for v, k in zip(row, keep) if k]
        some = iter(softmax(kept) if kept else [])
        y = [next(some) if k else 0.0 for k in keep]
        dot = math.fsum(a * b for a, b in zip(y, dy))
        p += y
        d_scores += [a * (b - dot) / temperature for a, b in zip(y, dy)]
    shape = (heads, length, keys)
    save(os.path.join(folder, "scores.npy"), scores, shape)
    save(os.path.join(folder, "mask.npy"), mask, (1, length, keys), "|b1", "?")
    save(os.path.join(folder, "d_p.npy"), d_p, shape)
    save(os.path.join(folder, "expected_p.npy"), p, shape)
    save(os.path.join(folder, "expected_d_scores.npy"), d_scores, shape)


def classifier(folder, generator):
    rows, classes, smoothing = 32, 100, 0.1
    logits = normal(generator, rows * classes, 3.0)
    target = [generator.randrange(classes) for _ in range(rows)]
    target[3] = target[17] = -100
    kept = sum(t >= 0 for t in target)
    losses, d_logits = [], []
    for number, t in enumerate(target):
        row = logits[number * classes:][:classes]
        p = softmax(row)
        log_p = [v - max(row) - math.log(
            math.fsum(math.exp(w - max(row)) for w in row)) for v in row]
        q = [(1 - smoothing) * (k == t) + smoothing / classes
             for k in range(classes)]
        if t < 0:
            d_logits += [0.0] * classes
            continue
        losses.append(-math.fsum(a * b for a, b in zip(q, log_p)))
        d_logits += [(a - b) / kept for a, b in zip(p, q)]
    save(os.path.join(folder, "logits.npy"), logits, (rows, classes))
    save(os.path.join(folder, "target.npy"), target, (rows,), "<i8", "q")
    save(os.path.join(folder, "expected_loss.npy"),
         [math.fsum(losses) / kept], ())
    save(os.path.join(folder, "expected_d_logits.npy"), d_logits,
         (rows, classes))


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(
        os.path.abspath(__file__)
    )
    generator = random.Random(20)
    for name, make in (("gated_mlp", gated_mlp), ("gelu_block", gelu_block),
                       ("attention", attention), ("classifier", classifier)):
        folder = os.path.join(root, name)
        os.makedirs(folder, exist_ok=True)
        make(folder, generator)


if __name__ == "__main__":
    main()
