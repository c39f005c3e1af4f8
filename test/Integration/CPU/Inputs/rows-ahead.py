# Rows of all kinds, one after the other, whose maxima are everywhere.
#
#   rows-ahead.py DIR ROWS LENGTH
#   rows-ahead.py DIR NAME OTHER...
#
# writes x.npy, dy.npy, a mask that keeps all, targets of which some are
# ignored, and one cotangent for each row; or compares f32 results, the first
# one with the next and so on. NaN counts as one number.

import array
import os
import random
import sys

from rows import to_f32, write


def make_rows(length):
    """Yields rows: a few kinds in turn, and maxima at special places."""
    infinity = float("inf")
    places = [0, length - 1, 255, 256, length // 2, 2047, 2048, length - 2]
    number = 0
    while True:
        row = [to_f32(random.gauss(0, 2)) for _ in range(length)]
        kind = number % 12
        if kind == 1:  # A maximum far above the others.
            row[places[number // 12 % len(places)] % length] = 60.0
        elif kind == 2:  # Several that are equal.
            for _ in range(5):
                row[random.randrange(length)] = 9.5
        elif kind == 3:
            row = [-infinity] * length
        elif kind == 4:
            row[random.randrange(length)] = float("nan")
        elif kind == 5:
            row[:length // 2] = [-infinity] * (length // 2)
        elif kind == 6:
            row[random.randrange(length)] = infinity
        elif kind == 7:  # Zeros of both signs.
            row = [-abs(z) for z in row]
            row[length // 3], row[length // 2] = -0.0, 0.0
        elif kind == 8:  # Beyond the range of exponents.
            row = [to_f32(z * 8 + 3e6) for z in row]
        elif kind == 9:
            row = [to_f32(z - 5e5) for z in row]
        elif kind == 10:
            row.sort()
        elif kind == 11:
            row.sort(reverse=True)
        yield row
        number += 1


def read(directory, name):
    with open(os.path.join(directory, name + ".npy"), "rb") as file:
        data = file.read()
    bits = array.array("I", data[10 + int.from_bytes(data[8:10], "little"):])
    return ["nan" if b & 0x7fffffff > 0x7f800000 else b for b in bits]


def compare(directory, names):
    for left, right in zip(names[::2], names[1::2]):
        pairs = enumerate(zip(read(directory, left), read(directory, right)))
        for number, (a, b) in pairs:
            if a != b:
                sys.exit(f"{left} and {right} differ at {number}: {a} {b}")


def main():
    if not sys.argv[2].isdigit():
        return compare(sys.argv[1], sys.argv[2:])
    directory, rows, length = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    os.makedirs(directory, exist_ok=True)
    random.seed(length)
    shape = [rows, length]
    x = [z for _, row in zip(range(rows), make_rows(length)) for z in row]
    write(directory, "x", "f4", shape, x)
    write(directory, "dy", "f4", shape,
          [to_f32(random.gauss(0, 1)) for _ in range(rows * length)])
    write(directory, "mask", "b1", shape, [True] * (rows * length))
    write(directory, "target", "i8", [rows],
          [-100 if row % 5 in (2, 3) else random.randrange(length)
           for row in range(rows)])
    write(directory, "dloss", "f4", [rows],
          [to_f32(random.gauss(0, 1)) for _ in range(rows)])


if __name__ == "__main__":
    main()
