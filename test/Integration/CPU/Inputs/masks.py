# Writes masks as NumPy does: row.npy (1 x N) and rows.npy, the same M times;
# column.npy (M x 1) and columns.npy, the same N times.
#
#   masks.py DIR M N

import os
import struct
import sys

directory, rows, size = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
os.makedirs(directory, exist_ok=True)


def write(name, shape, values):
    header = "{'descr': '|b1', 'fortran_order': False, 'shape': %s, }" % (
        shape,)
    header += " " * (-(11 + len(header)) % 64) + "\n"
    with open(os.path.join(directory, name + ".npy"), "wb") as file:
        file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)))
        file.write(header.encode())
        file.write(bytes(values))


row = [i % 3 != 1 for i in range(size)]
column = [i != 1 for i in range(rows)]
write("row", (1, size), row)
write("rows", (rows, size), row * rows)
write("column", (rows, 1), column)
write("columns", (rows, size), [kept for kept in column for _ in range(size)])
