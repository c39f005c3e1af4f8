#!/usr/bin/env python3
"""Makes operands and results of matrix products.

Usage: products.py FOLDER f4|f8|f2

All numbers are small integers, so that every sum is exact in any order:

  a at b bt        2x13x300, 2x300x13, 2x300x37, 2x37x300: at and bt hold the
                   transposed matrices
  c y              2x13x37: y = c + a b
  v av vb          300; 2x13: a v; 2x37: v b
"""

import os
import random
import struct
import sys

BATCH, M, K, N = 2, 13, 300, 37
FORMATS = {"f2": "e", "f4": "f", "f8": "d"}


def save(folder, name, dtype, values, *shape):
    """Writes values as an .npy file in C order."""
    header = "{'descr': '<%s', 'fortran_order': False, 'shape': (%s), }" % (
        dtype,
        "".join(f"{size}, " for size in shape),
    )
    header += " " * (-(len(header) + 11) % 64) + "\n"
    with open(os.path.join(folder, name + ".npy"), "wb") as file:
        file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)))
        file.write(header.encode())
        file.write(struct.pack(f"<{len(values)}{FORMATS[dtype]}", *values))


def transpose(matrix):
    return [list(row) for row in zip(*matrix)]


def dot(left, right):
    return sum(x * y for x, y in zip(left, right))


def flat(matrices):
    return [x for matrix in matrices for row in matrix for x in row]


def main():
    folder, dtype = sys.argv[1:]
    os.makedirs(folder, exist_ok=True)
    source = random.Random(1)

    def matrices(rows, columns):
        return [
            [[source.randint(-2, 2) for _ in range(columns)] for _ in range(rows)]
            for _ in range(BATCH)
        ]

    a, b, c = matrices(M, K), matrices(K, N), matrices(M, N)
    at, bt = [transpose(x) for x in a], [transpose(x) for x in b]
    v = [source.randint(-2, 2) for _ in range(K)]
    y = [
        [[c[s][i][j] + dot(a[s][i], bt[s][j]) for j in range(N)] for i in range(M)]
        for s in range(BATCH)
    ]
    save(folder, "a", dtype, flat(a), BATCH, M, K)
    save(folder, "at", dtype, flat(at), BATCH, K, M)
    save(folder, "b", dtype, flat(b), BATCH, K, N)
    save(folder, "bt", dtype, flat(bt), BATCH, N, K)
    save(folder, "c", dtype, flat(c), BATCH, M, N)
    save(folder, "y", dtype, flat(y), BATCH, M, N)
    save(folder, "v", dtype, v, K)
    save(folder, "av", dtype, [dot(row, v) for x in a for row in x], BATCH, M)
    save(folder, "vb", dtype, [dot(v, row) for x in bt for row in x], BATCH, N)


if __name__ == "__main__":
    main()
