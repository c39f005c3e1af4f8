# Inputs and expected results of functions along rows, from their definitions,
# in double precision with exactly rounded sums. A row is a list of numbers.
#
#   rows.py DIR --shape=2x3x4 --dim=1 --fill=normal:2 --seed=1
#
# writes x.npy and dy.npy (or dyrow.npy, one number for each row) as f32, and
# what functions of these give as f64: softmax.npy, log_softmax.npy,
# logsumexp.npy, and their gradients softmax_dx.npy, ...
#
# --fill=normal:S     normal numbers with deviation S
# --fill=margin:M     the same with deviation 1, and one that is M above all
# --mask              also mask.npy, and only what it keeps counts

import argparse
import math
import os
import random
import struct


def write(directory, name, kind, shape, values):
    """Writes an array as NumPy does; `kind` is f4, f8, i8 or b1."""
    code = {"f4": "f", "f8": "d", "i8": "q", "b1": "?"}[kind]
    order = "|" if kind == "b1" else "<"
    dims = "".join("%d, " % size for size in shape)
    header = "{'descr': '%s%s', 'fortran_order': False, 'shape': (%s), }" % (
        order, kind, dims)
    header += " " * (-(10 + len(header) + 1) % 64) + "\n"
    with open(os.path.join(directory, name + ".npy"), "wb") as file:
        file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)))
        file.write(header.encode())
        file.write(struct.pack("<%d%s" % (len(values), code), *values))


def to_f32(value):
    return struct.unpack("<f", struct.pack("<f", value))[0]


class Row:
    """One row and what follows from it."""

    def __init__(self, x, keep, scale=1.0):
        self.keep = keep
        kept = [scale * v for v, k in zip(x, keep) if k]
        self.z = [scale * v for v in x]
        self.top = max(kept)
        first = kept.index(self.top)
        # One maximum less: 1 + rest is then the sum.
        self.rest = math.fsum(math.exp(v - self.top)
                              for i, v in enumerate(kept) if i != first)

    def select(self, values, masked):
        return [v if k else masked for v, k in zip(values, self.keep)]

    def softmax(self):
        total = 1.0 + self.rest
        return self.select([math.exp(v - self.top) / total if k else 0.0
                            for v, k in zip(self.z, self.keep)], 0.0)

    def log_softmax(self):
        return self.select([(v - self.top) - math.log1p(self.rest)
                            for v in self.z], -math.inf)

    def logsumexp(self):
        return self.top + math.log1p(self.rest)

    def softmax_dx(self, dy):
        p = self.softmax()
        dot = math.fsum(a * b for a, b, k in zip(p, dy, self.keep) if k)
        return self.select([a * (b - dot) for a, b in zip(p, dy)], 0.0)

    def log_softmax_dx(self, dy):
        p = self.softmax()
        total = math.fsum(b for b, k in zip(dy, self.keep) if k)
        return self.select([b - a * total for a, b in zip(p, dy)], 0.0)

    def logsumexp_dx(self, dy):
        return self.select([a * dy for a in self.softmax()], 0.0)


def make_row(fill, length, rng):
    kind, _, number = fill.partition(":")
    number = float(number)
    if kind == "normal":
        return [to_f32(rng.gauss(0, number)) for _ in range(length)]
    row = [to_f32(rng.gauss(0, 1)) for _ in range(length)]
    others = row[:]
    position = rng.randrange(length)
    del others[position]
    row[position] = to_f32(max(others, default=0.0) + number)
    return row


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("directory")
    parser.add_argument("--shape", required=True)
    parser.add_argument("--dim", type=int, default=-1)
    parser.add_argument("--fill", default="normal:2")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--mask", action="store_true")
    options = parser.parse_args()
    os.makedirs(options.directory, exist_ok=True)
    shape = [int(size) for size in options.shape.split("x")]
    dim = options.dim % len(shape)
    length = shape[dim]
    inner = math.prod(shape[dim + 1:])
    count = math.prod(shape)
    rng = random.Random(options.seed)

    arrays = {name: [0.0] * count
              for name in ("x", "dy", "softmax", "softmin", "log_softmax",
                           "softmax_dx", "log_softmax_dx", "logsumexp_dx")}
    arrays["mask"] = [True] * count
    rows = {"logsumexp": [], "dyrow": []}
    for number in range(count // length if length else 0):
        start = number // inner * length * inner + number % inner
        where = range(start, start + length * inner, inner)
        x = make_row(options.fill, length, rng)
        dy = [to_f32(rng.gauss(0, 1)) for _ in range(length)]
        keep = [True] * length
        if options.mask:
            keep = [rng.random() < 0.7 for _ in range(length)]
            keep[rng.randrange(length)] = True
        dyrow = to_f32(rng.gauss(0, 1))
        row = Row(x, keep)
        results = {"x": x, "dy": dy, "mask": keep, "softmax": row.softmax(),
                   "softmin": Row(x, keep, -1.0).softmax(),
                   "log_softmax": row.log_softmax(),
                   "softmax_dx": row.softmax_dx(dy),
                   "log_softmax_dx": row.log_softmax_dx(dy),
                   "logsumexp_dx": row.logsumexp_dx(dyrow)}
        for name, values in results.items():
            for position, value in zip(where, values):
                arrays[name][position] = value
        rows["logsumexp"].append(row.logsumexp())
        rows["dyrow"].append(dyrow)

    inputs = {"x": "f4", "dy": "f4", "dyrow": "f4", "mask": "b1"}
    for name, values in arrays.items():
        write(options.directory, name, inputs.get(name, "f8"), shape, values)
    for name, values in rows.items():
        write(options.directory, name, inputs.get(name, "f8"),
              shape[:dim] + shape[dim + 1:], values)


if __name__ == "__main__":
    main()
