"""What the model of a GPU must say of listings whose bounds are known."""

import os
import sys

sys.path.append(os.path.join(sys.argv[1], "tools"))
import gpu_model
from model_listing import EXIT, NONE, copy, listing


def look(name, instructions, warps, blocks):
    way = gpu_model.decode(listing(instructions))
    assert len(way) == len(instructions), "an instruction is not understood"
    share, issued = gpu_model.share(way, warps, blocks)
    print(f"{name}: {100 * share:.0f} % of a copy, {100 * issued:.0f} % issued")
    return share


# Enough bytes on their way, and too few: 2 KiB for each 800 cycles and more.
look("copy", copy(4), 8, 8)
look("one warp", copy(4), 1, 1)
# 400 instructions for each 64 bytes that a thread moves: 128 lanes a cycle do
# them in 400 cycles for 256 threads, whose bytes take 905 / 2.
work = [("FFMA R8, R8, R8, R8", 1, NONE, [0] if i == 0 else [])
        for i in range(400)]
look("work", copy(1, *work), 8, 4)
# The same of a pipeline of half the width, and of one that each waits for.
half = [(text.replace("FFMA R8", "LOP3.LUT R8"), *rest)
        for text, *rest in work]
look("half", copy(1, *half), 8, 4)
chain = [(text, 4, *rest) for text, _, *rest in work]
look("chain", copy(1, *chain), 1, 4)
# Shared memory gives 128 bytes a cycle: of 16 for each thread 100 take 400 cycles
# for each of 32 warps, whose bytes take 1810.
shared = [("LDS.128 R8, [R3]", 1, NONE, [0] if i == 0 else [])
          for i in range(100)]
look("shared", copy(1, *shared), 8, 4)
# One block that waits for the last of its elements does nothing else meanwhile,
# of four there are others.
barrier = ("BAR.SYNC.DEFER_BLOCKING 0x0", 1, NONE, [0])
large = look("large block", copy(4, barrier, *work, *work), 16, 1)
small = look("small blocks", copy(4, barrier, *work, *work), 4, 4)
print("small blocks do better:", small > 1.05 * large)
# What is between an arrival and the wait goes on meanwhile; a fence waits for what
# was stored before.
arrive, wait = [(f"UCGABAR_{name}", 1, NONE, []) for name in ("ARV", "WAIT")]
free = [(text, stall, NONE, []) for text, stall, *_ in work]
late = look("late wait", [arrive, *free, wait, *copy(1)], 4, 1)
early = look("early wait", [arrive, wait, *free, *copy(1)], 4, 1)
print("to wait late does better:", late > 1.05 * early)
fence = ("MEMBAR.ALL.GPU", 1, NONE, [])
store = ("ST.E [R2], R8", 1, NONE, [])
apart = look("fence before", [fence, store, *free, *copy(1)], 4, 1)
after = look("fence after", [store, fence, *free, *copy(1)], 4, 1)
print("to store after a fence does better:", apart > 1.05 * after)

one = gpu_model.decode(listing([("@!P0 LDG.E.64 R4, desc[UR4][R2.64]", 3, 2,
                                 [0, 5]), EXIT]))[0]
print(one.stall, one.result, one.operands, one.waits, one.bytes)
