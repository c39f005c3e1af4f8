"""Listings as nvdisasm prints them, made of (text, stall, result, waits)."""


def listing(instructions):
    lines = []
    for number, (text, stall, result, waits) in enumerate(instructions):
        control = (stall | 1 << 4 | result << 5 | 7 << 8
                   | sum(1 << 11 + board for board in waits))
        lines.append(f"        /*{16 * number:04x}*/                   {text} ;"
                     f"  /* 0x{number:016x} */\n"
                     f"                                    "
                     f"  /* 0x{control << 41:016x} */")
    return "\n".join(lines) + "\n"


NONE = 7
EXIT = ("EXIT", 5, NONE, [])


def copy(accesses, *between):
    """Loads of 16 bytes for each lane, what is between, and stores."""
    loads = [(f"LDG.E.128.CONSTANT R{4 * i}, desc[UR4][R2.64]", 1, 0, [])
             for i in range(accesses)]
    stores = [(f"STG.E.128 desc[UR4][R2.64], R{4 * i}", 1, NONE, [0])
              for i in range(accesses)]
    return loads + list(between) + stores + [EXIT]
