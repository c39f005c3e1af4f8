#!/usr/bin/env python3
"""Makes .npy and .npz files for the tests, without NumPy.

Usage: npy.py FILE DESCR SHAPE VALUE... [--fortran] [--version=N] [--key=KEY]
                                        [--compress] [--cut=BYTES]

DESCR is what the header says, such as "<f4"; bfloat16 is "<V2", "|V2" or
"bfloat16". SHAPE is such as 2x3, or - for rank 0. The values stand in the order
of the file. With --key the array is added to the archive FILE. --cut takes
bytes off the end.

       npy.py --print FILE          prints the header and the data in hex
"""

import struct
import sys
import zipfile

FORMATS = {"f2": "e", "f4": "f", "f8": "d", "b1": "?", "i1": "b", "i2": "h",
           "i4": "i", "i8": "q", "u1": "B"}


def element(descr, text):
    kind = descr.lstrip("<>=|")
    order = ">" if descr[0] == ">" else "<"
    if kind in ("V2", "bfloat16"):
        return struct.pack("<f", float(text))[2:]
    if kind == "c8":
        return struct.pack(order + "ff", float(text), 0)
    value = float(text) if kind[0] == "f" else int(text)
    return struct.pack(order + FORMATS[kind], value)


def main(arguments):
    options = dict(
        (a[2:].split("=", 1) + [""])[:2] for a in arguments if a[:2] == "--")
    arguments = [a for a in arguments if a[:2] != "--"]
    if "print" in options:
        data = open(arguments[0], "rb").read()
        size = struct.unpack("<H", data[8:10])[0]
        print(data[10:10 + size].decode().rstrip())
        print(data[10 + size:].hex(" "))
        return
    path, descr, shape = arguments[:3]
    sizes = [] if shape == "-" else shape.split("x")
    header = "{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }" % (
        descr, "fortran" in options, "".join(s + ", " for s in sizes))
    version = int(options.get("version", 1))
    prefix = 10 if version == 1 else 12
    header += " " * (-(len(header) + prefix + 1) % 64) + "\n"
    data = b"\x93NUMPY" + bytes([version, 0])
    data += struct.pack("<H" if version == 1 else "<I", len(header))
    data += header.encode()
    data += b"".join(element(descr, value) for value in arguments[3:])
    if "cut" in options:
        data = data[:-int(options["cut"])]
    if "key" in options:
        method = (zipfile.ZIP_DEFLATED if "compress" in options
                  else zipfile.ZIP_STORED)
        with zipfile.ZipFile(path, "a", method) as archive:
            # NumPy writes zip64 headers whatever the size.
            with archive.open(options["key"] + ".npy", "w",
                              force_zip64=True) as file:
                file.write(data)
        return
    with open(path, "wb") as file:
        file.write(data)


if __name__ == "__main__":
    main(sys.argv[1:])
