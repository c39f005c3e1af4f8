"""Looks for kernels that spill registers, over all kinds of programs."""

import random
import re
import time
from concurrent.futures import ThreadPoolExecutor

import gpu_programs

TYPES = ("f32", "bf16", "f16", "f64")
TIERS = ("exact", "default", "fast")
# Rows that share a warp, have one, several to a chunk, several chunks, blocks
# of a cluster; that fill what they have and that do not.
LENGTHS = ("?", "7", "33", "100", "128", "256", "512", "1000", "1024", "1500",
           "2048", "4096", "8192", "16384", "32768", "131072", "262144")
COLUMNS = ("?", "7", "64", "100", "128", "256", "512", "1024")


def programs():
    """Yields name, type, program."""
    for dtype in TYPES:
        for op in gpu_programs.ELEMENTWISE:
            yield op, dtype, gpu_programs.elementwise(op, dtype)
        for op in gpu_programs.ROWS:
            # Outputs of 16 bits do not tell enough.
            if op == "softmax_saved" and gpu_programs.BYTES[dtype] < 4:
                continue
            for size in LENGTHS:
                yield (f"{op} of {size}", dtype,
                       gpu_programs.rows(op, dtype, size))
            for size in COLUMNS:
                yield (f"{op} of columns of {size}", dtype,
                       gpu_programs.columns(op, dtype, size))


def scan(describe, chips, tiers, pattern, seconds):
    """Yields lines. describe(program, chip, tier) gives what act-compile says.
    What comes first is a sample of all: the order is a shuffled one, the same
    each time."""
    jobs = [(name, dtype, program, chip, tier)
            for name, dtype, program in programs()
            if re.search(pattern, f"{name} {dtype}")
            for chip in chips for tier in tiers]
    random.Random(1).shuffle(jobs)
    end = time.monotonic() + seconds

    def look(job):
        if time.monotonic() > end:
            return None
        name, dtype, program, chip, tier = job
        return describe(program, chip, tier)["kernels"]

    looked, kernels, spilling = 0, 0, 0
    with ThreadPoolExecutor() as pool:
        for job, found in zip(jobs, pool.map(look, jobs)):
            if found is None:
                continue
            name, dtype, _, chip, tier = job
            looked += 1
            kernels += len(found)
            for kernel in found:
                spilled = kernel["spill_stores"] + kernel["spill_loads"]
                if not spilled and not kernel["stack"]:
                    continue
                spilling += 1
                yield (f"{name} {dtype} {chip} {tier}: {kernel['name']}:"
                       f" {spilled} bytes spilled, stack of {kernel['stack']},"
                       f" {kernel['registers']} registers of"
                       f" {kernel['schedule']['threads_per_block']} threads")
    yield (f"{looked} of {len(jobs)} programs, {kernels} kernels,"
           f" {spilling} spill")
