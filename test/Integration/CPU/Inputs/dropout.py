"""Writes x, y and the gradient of dropout and alpha dropout as .npy files:
dropout.py FOLDER SHAPE SEED OFFSET P. The words are those of Philox4x32-10."""

import math
import os
import random
import struct
import sys


def philox(counter, key):
    c, (k0, k1) = list(counter), key
    for _ in range(10):
        first, second = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        mask = 0xFFFFFFFF
        c = [(second >> 32) ^ c[1] ^ k0, second & mask,
             (first >> 32) ^ c[3] ^ k1, first & mask]
        k0, k1 = (k0 + 0x9E3779B9) & mask, (k1 + 0xBB67AE85) & mask
    return c


def words(value):
    return value & 0xFFFFFFFF, (value >> 32) & 0xFFFFFFFF


def save(folder, name, shape, values):
    header = "{'descr': '<f4', 'fortran_order': False, 'shape': (%s,), }" % (
        ", ".join(map(str, shape)))
    header += " " * (-(len(header) + 11) % 64) + "\n"
    with open(os.path.join(folder, name + ".npy"), "wb") as file:
        file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)))
        file.write(header.encode())
        file.write(struct.pack("<%df" % len(values), *values))


folder, shape = sys.argv[1], [int(size) for size in sys.argv[2].split("x")]
seed, offset, p = int(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5])
assert philox([0] * 4, [0] * 2) == [
    0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]
os.makedirs(folder, exist_ok=True)
count = math.prod(shape)
numbers = random.Random(1)
x = [struct.unpack("<f", struct.pack("<f", numbers.gauss(0, 1)))[0]
     for _ in range(count)]
K = -1.7580993408473766
A = ((1 - p) * (1 + p * K * K)) ** -0.5
B = -A * p * K
threshold = round(math.ldexp(p, 32))
kept = []
for i in range(count):
    block = philox([*words(i // 4), *words(offset)], words(seed))
    kept.append(block[i % 4] >= threshold)
save(folder, "x", shape, x)
save(folder, "y", shape,
     [v / (1 - p) if keep else 0 for v, keep in zip(x, kept)])
save(folder, "alpha", shape,
     [A * v + B if keep else A * K + B for v, keep in zip(x, kept)])
save(folder, "dalpha", shape,
     [A * v if keep else 0 for v, keep in zip(x, kept)])
