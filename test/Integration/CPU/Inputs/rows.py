# Inputs and expected results of functions along rows, from their definitions,
# in double precision with exactly rounded sums. A row is a list of numbers.
#
#   rows.py DIR --shape=2x3x4 --dim=1 --fill=normal:2 --seed=1
#
# writes x.npy and dy.npy (or dyrow.npy, one number for each row) in the type
# --type (f32), and what functions of these give as f64: softmax.npy,
# log_softmax.npy, logsumexp.npy, and their gradients softmax_dx.npy, ...
#
# --fill=normal:S     normal numbers with deviation S
# --fill=margin:M     the same with deviation 1, and one that is M above all
# --mask              also mask.npy, and only what it keeps counts
# --temperature=T     rows of x/T
# --softcap=C         rows of C tanh(x/(C T))

import argparse
import math
import os
import random
import struct


def write(directory, name, kind, shape, values):
    """Writes an array as NumPy does; `kind` is f2, f4, f8, i8 or b1, or V2 for
    bf16."""
    code = {"f2": "e", "f4": "f", "f8": "d", "i8": "q", "b1": "?",
            "V2": "H"}[kind]
    if kind == "V2":
        values = [struct.unpack("<I", struct.pack("<f", value))[0] >> 16
                  for value in values]
    order = "|" if kind in ("b1", "V2") else "<"
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


def to_bf16(value):
    """Cuts bits off, which is good enough for inputs."""
    bits = struct.unpack("<I", struct.pack("<f", value))[0] & 0xffff0000
    return struct.unpack("<f", struct.pack("<I", bits))[0]


def to_f16(value):
    return struct.unpack("<e", struct.pack("<e", value))[0]


# How a type is written, and how numbers are rounded to it.
TYPES = {"f32": ("f4", to_f32), "bf16": ("V2", to_bf16), "f16": ("f2", to_f16),
         "f64": ("f8", float)}


class Row:
    """One row and what follows from it."""

    def __init__(self, x, keep, scale=1.0, softcap=None):
        self.keep = keep
        self.scale = scale
        self.z = [scale * v for v in x]
        if softcap:
            self.z = [softcap * math.tanh(v / softcap) for v in self.z]
        self.cap = [1 - (v / softcap) ** 2 if softcap else 1 for v in self.z]
        kept = [v for v, k in zip(self.z, keep) if k]
        self.top = max(kept)
        first = kept.index(self.top)
        # One maximum less: 1 + rest is then the sum.
        self.rest = math.fsum(self.term(v)
                              for i, v in enumerate(kept) if i != first)

    def term(self, z):
        """e^(z - top), with what the difference is off."""
        difference = z - self.top
        return math.exp(difference) * (
            1 + math.fsum((z, -self.top, -difference)))

    def select(self, values, masked):
        return [v if k else masked for v, k in zip(values, self.keep)]

    def softmax(self):
        total = 1.0 + self.rest
        return self.select([self.term(v) / total if k else 0.0
                            for v, k in zip(self.z, self.keep)], 0.0)

    def log_softmax(self):
        return self.select([(v - self.top) - math.log1p(self.rest)
                            for v in self.z], -math.inf)

    def logsumexp(self):
        return self.top + math.log1p(self.rest)

    def softmax_dx(self, dy):
        p = self.softmax()
        dot = math.fsum(a * b for a, b, k in zip(p, dy, self.keep) if k)
        return self.through([a * (b - dot) for a, b in zip(p, dy)])

    def log_softmax_dx(self, dy):
        p = self.softmax()
        total = math.fsum(b for b, k in zip(dy, self.keep) if k)
        return self.through([b - a * total for a, b in zip(p, dy)])

    def logsumexp_dx(self, dy):
        return self.through([a * dy for a in self.softmax()])

    def through(self, dz):
        """dx of dz."""
        return self.select([d * c * self.scale
                            for d, c in zip(dz, self.cap)], 0.0)


def make_row(fill, length, rng, rounded):
    kind, _, number = fill.partition(":")
    number = float(number)
    if kind == "normal":
        return [rounded(rng.gauss(0, number)) for _ in range(length)]
    row = [rounded(rng.gauss(0, 1)) for _ in range(length)]
    others = row[:]
    position = rng.randrange(length)
    del others[position]
    row[position] = rounded(max(others, default=0.0) + number)
    return row


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("directory")
    parser.add_argument("--shape", required=True)
    parser.add_argument("--dim", type=int, default=-1)
    parser.add_argument("--fill", default="normal:2")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--mask", action="store_true")
    parser.add_argument("--type", default="f32", choices=TYPES)
    parser.add_argument("--temperature", type=float, default=1.0)
    parser.add_argument("--softcap", type=float)
    options = parser.parse_args()
    os.makedirs(options.directory, exist_ok=True)
    shape = [int(size) for size in options.shape.split("x")]
    dim = options.dim % len(shape)
    length = shape[dim]
    inner = math.prod(shape[dim + 1:])
    count = math.prod(shape)
    rng = random.Random(options.seed)
    kind, rounded = TYPES[options.type]

    arrays = {name: [0.0] * count
              for name in ("x", "dy", "softmax", "softmin", "log_softmax",
                           "softmax_dx", "log_softmax_dx", "logsumexp_dx")}
    arrays["mask"] = [True] * count
    rows = {"logsumexp": [], "dyrow": []}
    for number in range(count // length if length else 0):
        start = number // inner * length * inner + number % inner
        where = range(start, start + length * inner, inner)
        x = make_row(options.fill, length, rng, rounded)
        dy = [rounded(rng.gauss(0, 1)) for _ in range(length)]
        keep = [True] * length
        if options.mask:
            keep = [rng.random() < 0.7 for _ in range(length)]
            keep[rng.randrange(length)] = True
        dyrow = rounded(rng.gauss(0, 1))
        scale = 1 / options.temperature
        row = Row(x, keep, scale, options.softcap)
        results = {"x": x, "dy": dy, "mask": keep, "softmax": row.softmax(),
                   "softmin": Row(x, keep, -scale, options.softcap).softmax(),
                   "log_softmax": row.log_softmax(),
                   "softmax_dx": row.softmax_dx(dy),
                   "log_softmax_dx": row.log_softmax_dx(dy),
                   "logsumexp_dx": row.logsumexp_dx(dyrow)}
        for name, values in results.items():
            for position, value in zip(where, values):
                arrays[name][position] = value
        rows["logsumexp"].append(row.logsumexp())
        rows["dyrow"].append(dyrow)

    inputs = {"x": kind, "dy": kind, "dyrow": kind, "mask": "b1"}
    for name, values in arrays.items():
        write(options.directory, name, inputs.get(name, "f8"), shape, values)
    for name, values in rows.items():
        write(options.directory, name, inputs.get(name, "f8"),
              shape[:dim] + shape[dim + 1:], values)


if __name__ == "__main__":
    main()
