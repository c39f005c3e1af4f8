#!/usr/bin/env python3
"""What compiled GPU kernels look like, without a GPU: the tables of docs/GPU.md.

  tools/gpu-evidence.py                         all kernels and chips
  tools/gpu-evidence.py --chips=sm_90 --filter='silu|softmax'
  tools/gpu-evidence.py --accuracy=fast         the tier fast
  tools/gpu-evidence.py --write                 put the tables into docs/GPU.md
  tools/gpu-evidence.py --check                 fail where kernels spill or call,
                                                or do not read 16 bytes at once
  tools/gpu-evidence.py --scan=300              list kernels that spill: a sample
                                                of all programs, chips and tiers
  tools/gpu-evidence.py --model                 what share of a copy's bandwidth
                                                gpu_model.py gives kernels; with
                                                --write that table alone

Needs act-compile and act-opt (build/bin, or --build), ptxas, and nvdisasm: the
one of CUDA, or `pip install nvidia-cuda-nvdisasm` and its path in NVDISASM.

For each kernel: how wide its widest accesses of global memory are; instructions
of the machine code per element, on the shortest way through the kernel that has
all its wide accesses, beside the budget at which the memory is the limit
(H200: 4.3 TB/s, 31e12 lane instructions per second); registers, spilled bytes,
and the share of the threads of an SM that fit, by its limits. A star says
that these are the instructions of one turn of the loop with the accesses, a dash
that no such way was found or that the chip has no such kernel. Kernels for
operands that are not aligned are a table of their own. Slow
paths, such as those of divisions by subnormal numbers, are not counted.
"""

import argparse
import heapq
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading

import gpu_model
import gpu_programs
import gpu_scan

# Lane instructions per byte of compulsory traffic at full bandwidth.
INSTRUCTIONS_PER_BYTE = 31e12 / 4.3e12

# More than any way has instructions.
CALL_COST = 10000

# Instructions between two accesses of the same tile, at most.
LONGEST_STEP = 400

# Threads, registers, shared memory in KiB and blocks of an SM; shared memory
# that each block takes beside its own. From the CUDA C++ Programming Guide,
# "Compute Capabilities".
SM = {
    "sm_75": (1024, 65536, 64, 16, 0),
    "sm_80": (2048, 65536, 164, 32, 1024),
    "sm_86": (1536, 65536, 100, 16, 1024),
    "sm_89": (1536, 65536, 100, 24, 1024),
    "sm_90": (2048, 65536, 228, 32, 1024),
    "sm_100": (2048, 65536, 228, 32, 1024),
    "sm_120": (1536, 65536, 100, 24, 1024),
}

ELEMENTWISE = ["relu", "silu", "gelu", "tanh", "mish", "silu_backward",
               "gelu_backward", "mish_backward", "swiglu", "geglu",
               "swiglu_backward", "geglu_backward"]
ROWS = ["softmax", "softmax_backward", "cross_entropy"]

# What the tier fast is looked at for; rows of 8192 only there.
FAST = ["silu", "gelu", "tanh", "silu_backward", "gelu_backward", "swiglu",
        "softmax", "softmax of 8192", "cross_entropy", "cross_entropy of 8192",
        "cross_entropy of 131072"]
FAST_ONLY = ["softmax of 8192", "softmax_backward of 8192",
             "cross_entropy of 8192"]
# Rows that are checked only: those that are much like those of the tables, and
# that need more registers.
CHECKED = ["log_softmax_backward", "cross_entropy_with_grad", "log_softmax",
           "logsumexp", "masked_softmax", "smoothed_cross_entropy"]
CHECKED_COLUMNS = ["softmax", "log_softmax_backward"]
CHECKED_F64 = ["softmax", "log_softmax", "softmax_backward", "cross_entropy"]
# What is modelled: operations and tiers, and lengths of rows of bf16.
MODELLED = [("softmax", "default"), ("log_softmax", "default"),
            ("softmax_backward", "default"), ("log_softmax_backward", "default"),
            ("cross_entropy_with_grad", "default"), ("cross_entropy", "default"),
            ("cross_entropy", "fast")]
LENGTHS = ["256", "512", "1024", "2048", "4096", "8192", "16384", "65536",
           "131072", "262144"]


def programs():
    """Yields name, type, compulsory bytes per element, program."""
    for dtype in ("f32", "bf16"):
        for op in ELEMENTWISE:
            yield (op, dtype, gpu_programs.traffic(op, dtype),
                   gpu_programs.elementwise(op, dtype))
        # Rows of any length; and long ones, which clusters share.
        for size in ("?", "8192", "131072"):
            for op in ROWS:
                yield (op if size == "?" else f"{op} of {size}", dtype,
                       gpu_programs.traffic(op, dtype),
                       gpu_programs.rows(op, dtype, size))


def checked():
    """The same, and what is checked only."""
    yield from programs()
    for dtype in ("f32", "bf16"):
        for op in CHECKED:
            yield (op, dtype, gpu_programs.traffic(op, dtype),
                   gpu_programs.rows(op, dtype, "?"))
    for op in CHECKED_F64:
        yield (op, "f64", gpu_programs.traffic(op, "f64"),
               gpu_programs.rows(op, "f64", "?"))
    for dtype in ("f32", "bf16", "f64"):
        for op in CHECKED_COLUMNS:
            for size in ("?", "256"):
                yield (f"{op} of columns of {size}", dtype,
                       gpu_programs.traffic(op, dtype),
                       gpu_programs.columns(op, dtype, size))


class Code:
    """The machine code of a kernel: instructions and where they may go on."""

    def __init__(self, text):
        self.disassembly = text
        self.instructions, self.target, labels = [], {}, {}
        for line in text.splitlines():
            if label := re.match(r"^(\.L\S*):", line):
                labels[label[1]] = len(self.instructions)
            elif found := re.match(r"^\s+/\*[0-9a-f]+\*/\s+(.*?) ?;", line):
                self.instructions.append(found[1].strip())
        for i, text in enumerate(self.instructions):
            if found := re.search(r"\bBRA(?:\.\S+)? .*`\((\S+)\)", text):
                self.target[i] = labels.get(found[1])

    def next(self, i):
        """The instructions that may come after number i."""
        text = self.instructions[i]
        predicated = (text.startswith("@")
                      or re.search(r"\bBRA\.U\S* !?UP\d", text))
        if re.search(r"\bEXIT\b", text):
            return [i + 1] if predicated else []
        # Where the threads of a warp have diverged: another slow path.
        if re.search(r"\bBRA\.DIV\b", text):
            return [i + 1]
        if i in self.target:
            jump = [] if self.target[i] is None else [self.target[i]]
            return jump + ([i + 1] if predicated else [])
        return [i + 1] if i + 1 < len(self.instructions) else []

    def cost(self, i):
        """What calls is a slow path, for which another is taken if there is."""
        return CALL_COST if re.search(r"\bCALL\b", self.instructions[i]) else 1

    def shortest(self, start, goals):
        """The fewest instructions from start to one of the goals: the way."""
        before, done, queue = {start: None}, set(), [(0, start)]
        costs = {start: 0}
        while queue:
            cost, i = heapq.heappop(queue)
            if i in done:
                continue
            done.add(i)
            if i in goals:
                way = []
                while i is not None:
                    way.append(i)
                    i = before[i]
                return way[::-1]
            for j in self.next(i):
                if j < len(self.instructions):
                    new = cost + self.cost(j)
                    if new < costs.get(j, new + 1):
                        before[j], costs[j] = i, new
                        heapq.heappush(queue, (new, j))
        return None

    def accesses(self, kind):
        """Numbers and bytes of the accesses of global memory of a kind."""
        for i, text in enumerate(self.instructions):
            if found := re.search(rf"\b{kind}\.E(\.\S*)?\s", text):
                name = found[1] or ""
                bits = re.search(r"\.(8|16|32|64|128|256)\b", name)
                small = re.search(r"\.[US](8|16)\b", name)
                width = int((small or bits)[1]) if small or bits else 32
                yield i, width // 8

    def widest(self, kind):
        return max((bytes for _, bytes in self.accesses(kind)), default=0)

    def loops(self):
        """Ranges of instructions that a jump back repeats."""
        reached, todo = set(), [0]
        while todo:
            i = todo.pop()
            if i < len(self.instructions) and i not in reached:
                reached.add(i)
                todo += self.next(i)
        return sorted({(to, i) for i, to in self.target.items()
                       if i in reached and to is not None and to < i})

    def tile(self, first, wide):
        """The way from the wide access `first` over those that follow it, and
        how many these are."""
        way, count = [first], 1
        while True:
            rest = {i for i in wide if i > way[-1]}
            step = self.shortest(way[-1], rest) if rest else None
            if step is None or len(step) > LONGEST_STEP:
                return way, count
            way += step[1:]
            count += 1

    def whole(self):
        """The way of a thread over all its wide loads, and the wide stores after
        them, as numbers of instructions; None if there is none."""
        way = None
        for kind in ("LDG", "STG"):
            width = self.widest(kind)
            if width < 16:
                continue
            after = way[-1] if way else -1
            wide = [i for i, bytes in self.accesses(kind)
                    if bytes == width and i > after]
            tiles = []
            for first in wide:
                before = self.shortest(max(after, 0), {first})
                if before:
                    tile, count = self.tile(first, wide)
                    tiles.append((-count, len(before), before + tile[1:]))
            if not tiles:
                return None
            way = (way or [])[:-1] + min(tiles)[2]
        ends = {i for i, text in enumerate(self.instructions)
                if re.search(r"\bEXIT\b", text)}
        after = self.shortest(way[-1], ends) if way else None
        return way + after[1:] if after else None

    def ways(self, kind, element_bytes, inputs):
        """Instructions per element on the shortest way through the widest
        accesses of a kind, of the whole thread, or of one turn of each loop:
        (first instruction of the loop or None, bytes on the way, number)."""
        width = self.widest(kind)
        wide = [i for i, bytes in self.accesses(kind) if bytes == width]
        ends = {i for i, text in enumerate(self.instructions)
                if re.search(r"\bEXIT\b", text)}
        for first in wide:
            loops = [(a, b) for a, b in self.loops() if a <= first <= b]
            begin, goals, near = 0, ends, wide
            operands = 1 if kind == "STG" else inputs
            if loops:
                # The innermost one.
                begin, end = min(loops, key=lambda loop: loop[1] - loop[0])
                goals = {end}
                near = [i for i in wide if begin <= i <= end]
                # What looks for a maximum reads one operand.
                if not any(re.search(r"\b[FD](FMA|MUL|ADD)2?\b", text)
                           for text in self.instructions[begin:end]):
                    operands = 1
            way, count = self.tile(first, near)
            before = self.shortest(begin, {first})
            after = self.shortest(way[-1], goals)
            if before is not None and after is not None:
                length = len(before) + len(way) + len(after) - 2
                yield (begin if loops else None, count * width,
                       length * element_bytes * operands / (count * width))

    def per_element(self, element_bytes, inputs):
        """Instructions per element on the way through the wide accesses, and
        whether that is a turn of a loop rather than a whole thread. Stores are
        better counted: a result has one element for each; but losses, and parts
        of rows, store only a number or two."""
        ways = []
        if self.widest("STG") >= self.widest("LDG"):
            ways = [way for way in self.ways("STG", element_bytes, inputs)
                    if way[1] >= 4 * element_bytes]
        if ways:
            ways = {True: ways}
        else:
            # The loop that computes most.
            ways = {}
            for way in self.ways("LDG", element_bytes, inputs):
                ways.setdefault(way[0], []).append(way)
        shortest = [min(ways[loop], key=lambda way: (way[0] is not None, way[2]))
                    for loop in ways]
        loop, _, count = max(shortest, key=lambda way: (way[0] is None, way[2]),
                             default=(None, 0, None))
        return count, loop is not None


def threads_of(kernel):
    """Threads of a block; where launches choose, the most that they may have."""
    block = kernel["block"] or [kernel["schedule"]["threads_per_block"], 1, 1]
    return block[0] * block[1] * block[2]


def occupancy(chip, kernel):
    threads_of_sm, registers, shared, blocks, reserved = SM[chip]
    threads = threads_of(kernel)
    warps = (threads + 31) // 32
    # A warp takes registers in units of 256.
    per_warp = (kernel["registers"] * 32 + 255) // 256 * 256
    limits = [threads_of_sm // threads, blocks, registers // (per_warp * warps)]
    dynamic = kernel["shared"]["dynamic"]
    bytes = kernel["shared"]["static"]
    bytes += dynamic if isinstance(dynamic, int) else 0
    if bytes + reserved:
        limits.append(shared * 1024 // (bytes + reserved))
    return min(limits) * threads / threads_of_sm


def run(*command):
    result = subprocess.run(command, capture_output=True)
    if result.returncode:
        sys.exit(f"gpu-evidence.py: {' '.join(command)} failed:\n"
                 + result.stderr.decode())
    return result.stdout.decode()


def compiler(options, source, program, chip, accuracy):
    """The command that compiles a program, which it writes down."""
    with open(source, "w") as file:
        file.write(program)
    return (os.path.join(options.build, "bin", "act-compile"), source,
            f"--chip={chip}", f"--accuracy={accuracy}")


def describe(common):
    """What the compiler and the assembler say of the kernels."""
    description = json.loads(run(*common, "--emit=json"))
    if description["assembler"] is None:
        sys.exit("gpu-evidence.py: " + description["resources_missing"])
    return description


def compiled(options, accuracy, folder, program, chip):
    """Yields the kernels of a program: description and machine code."""
    cubin = os.path.join(folder, "kernels.cubin")
    common = compiler(options, os.path.join(folder, "program.mlir"), program,
                      chip, accuracy)
    run(*common, "--emit=cubin", "-o", cubin)
    description = describe(common)
    disassembly = run(options.nvdisasm, "-c", "-hex", cubin)
    sections = re.split(r"\n//-+ \.text\.(\S+)", disassembly)
    codes = dict(zip(sections[1::2], sections[2::2]))
    for kernel in description["kernels"]:
        yield kernel, Code(codes[kernel["name"]])


def cells(kernel, code, op, dtype, chip):
    """What the table says of a kernel on a chip."""
    count, isTurn = code.per_element(gpu_programs.BYTES[dtype],
                                     gpu_programs.inputs(op))
    shown = "-" if count is None else f"{count:.0f}" + "*" * isTurn
    spilled = kernel["spill_stores"] + kernel["spill_loads"]
    return (f"{code.widest('LDG')}, {code.widest('STG')}", shown,
            str(kernel["registers"]), str(spilled),
            f"{100 * occupancy(chip, kernel):.0f} %")


def tables(options, accuracy):
    """Rows are kernels; where chips differ, a cell has a value for each. Kernels
    for operands that are not aligned have a table of their own."""
    chips = options.chips.split(",")
    head = [f"| kernel | type | bytes of a load, store | instructions per"
             f" element ({', '.join(chips)}) | budget | registers | spilled"
             f" | occupancy |", "|" + "---|" * 8]
    lines = {True: list(head), False: list(head)}
    with tempfile.TemporaryDirectory() as folder:
        for op, dtype, bytes, program in programs():
            if not re.search(options.filter, f"{op} {dtype}"):
                continue
            if op not in FAST if accuracy == "fast" else op in FAST_ONLY:
                continue
            found = {True: {}, False: {}}
            for chip in chips:
                for kernel, code in compiled(options, accuracy, folder,
                                             program, chip):
                    name = kernel["name"].removeprefix("f_")
                    wide = code.widest("LDG") >= 16
                    found[wide].setdefault(name, {})[chip] = cells(
                        kernel, code, op.split()[0], dtype, chip)
            for wide, name, by_chip in (
                    (wide, *row) for wide in found for row in found[wide].items()):
                columns = zip(*(by_chip.get(chip, ("-",) * 5) for chip in chips))
                joined = [values[0] if len(set(values)) == 1
                          else " / ".join(values) for values in columns]
                budget = f"{INSTRUCTIONS_PER_BYTE * bytes:.0f}"
                row = [f"{op}: {name}", dtype, *joined[:2], budget, *joined[2:]]
                lines[wide].append("| " + " | ".join(row) + " |")
                print(lines[wide][-1], file=sys.stderr)
    return ["\n".join(lines[wide]) + "\n" for wide in (True, False)]


def modelled(options, folder, program, tier):
    """What the model gives the first kernel that has wide accesses."""
    for kernel, code in compiled(options, tier, folder, program, "sm_90"):
        way = code.whole()
        if way and kernel["schedule"]["family"] != "split":
            instructions = gpu_model.decode(code.disassembly)
            threads = threads_of(kernel)
            blocks = occupancy("sm_90", kernel) * SM["sm_90"][0] / threads
            share, _ = gpu_model.share([instructions[i] for i in way],
                                       threads // 32, round(blocks))
            # Above it is noise.
            return f"{min(100 * share, 100):.0f}"
    return "-"


def model(options):
    """A table for each length of rows, and one of what has none."""
    with tempfile.TemporaryDirectory() as folder:
        yield "| rows of bf16 |" + "".join(f" {size} |" for size in LENGTHS)
        yield "|" + "---|" * (1 + len(LENGTHS))
        for op, tier in MODELLED:
            name = op if tier == "default" else f"{op}, {tier}"
            if re.search(options.filter, name):
                yield f"| {name} |" + "".join(
                    f" {modelled(options, folder, program, tier)} |" for program
                    in (gpu_programs.rows(op, "bf16", size) for size in LENGTHS))
        yield ""
        yield "| elements | f32 | bf16 |"
        yield "|---|---|---|"
        for op in ELEMENTWISE:
            if re.search(options.filter, op):
                yield f"| {op} |" + "".join(
                    f" {modelled(options, folder, program, 'default')} |"
                    for program in (gpu_programs.elementwise(op, dtype)
                                    for dtype in ("f32", "bf16")))


def write(page, name, text):
    """Puts the text between the marks of this name."""
    with open(page) as file:
        before = file.read()
    begin, end = f"<!-- {name} begins -->\n", f"<!-- {name} ends -->\n"
    head, _, rest = before.partition(begin)
    tail = rest.partition(end)[2]
    with open(page, "w") as file:
        file.write(head + begin + text + end + tail)


def faults(options, program, source, dtype, chip):
    """Yields what is wrong with the code of a program's kernels."""
    common = compiler(options, source, program, chip,
                      options.accuracy or "default")
    description = describe(common)
    entries = re.split(r"\.entry (\w+)\(", run(*common, "--emit=ptx"))
    codes = dict(zip(entries[1::2], entries[2::2]))
    width = gpu_programs.BYTES[dtype]
    for kernel in description["kernels"]:
        name, code = kernel["name"], codes[kernel["name"]]
        for kind in ("spill_stores", "spill_loads", "stack"):
            if kernel[kind]:
                yield f"{name}: {kind} of {kernel[kind]} bytes"
        if re.search(r"\bcall\b", code):
            yield f"{name}: a call"
        # Kernels for operands that are not aligned read single elements, and the
        # last of those that share split rows only what the others left.
        schedule = kernel["schedule"]
        if (schedule.get("elements_per_access", 1) * width < 16
                or schedule["family"] == "split"):
            continue
        if not re.search(r"ld\.global(\.nc)?\.(v4\.b32|v2\.b64)", code):
            yield f"{name}: no load of 16 bytes"


def check(options):
    """Whether all kernels are free of spills and calls and read widely."""
    count, found = 0, []
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "program.mlir")
        for op, dtype, _, program in checked():
            if not re.search(options.filter, f"{op} {dtype}"):
                continue
            for chip in options.chips.split(","):
                count += 1
                found += [f"{op} {dtype} {chip}: {fault}" for fault in faults(
                    options, program, source, dtype, chip)]
    print("\n".join(found + [f"{count} programs, {len(found)} faults"]))
    if found or not count:
        sys.exit(1)


def scan(options):
    """Lists kernels that spill, of as many programs as the time allows."""
    with tempfile.TemporaryDirectory() as folder:
        def look(program, chip, tier):
            source = os.path.join(folder, f"{threading.get_ident()}.mlir")
            return describe(compiler(options, source, program, chip, tier))
        for line in gpu_scan.scan(
                look, options.chips.split(",") if options.chips else list(SM),
                [options.accuracy] if options.accuracy else gpu_scan.TIERS,
                options.filter, options.scan):
            print(line, flush=True)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--build", default="build")
    parser.add_argument("--chips", help="default: sm_80,sm_90,sm_100; of a scan"
                        " all")
    parser.add_argument("--filter", default="")
    parser.add_argument("--accuracy", choices=gpu_scan.TIERS,
                        help="default: default; of a scan all")
    parser.add_argument("--nvdisasm", default=os.environ.get("NVDISASM")
                        or shutil.which("nvdisasm"))
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--model", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--scan", type=float, metavar="SECONDS")
    options = parser.parse_args()
    if options.chips is None and options.scan is None:
        options.chips = "sm_80,sm_90,sm_100"
    for chip in options.chips.split(",") if options.chips else []:
        if chip not in SM:
            sys.exit(f"gpu-evidence.py: --chips: nothing is known of {chip};"
                     f" known are {', '.join(SM)}")
    if options.scan is not None:
        return scan(options)
    if options.check:
        return check(options)
    if not options.nvdisasm:
        sys.exit("gpu-evidence.py: nvdisasm is missing; install"
                 " nvidia-cuda-nvdisasm and set NVDISASM to its path")
    page = os.path.join(os.path.dirname(__file__), "..", "docs", "GPU.md")
    if options.model:
        lines = []
        for line in model(options):
            print(line, file=sys.stderr if options.write else sys.stdout,
                  flush=True)
            lines.append(line + "\n")
        if options.write:
            write(page, "model", "".join(lines))
        return
    if not options.write:
        print("\n".join(tables(options, options.accuracy or "default")), end="")
        return
    wide, narrow = tables(options, "default")
    write(page, "evidence", wide)
    write(page, "unaligned evidence", narrow)
    write(page, "fast evidence", tables(options, "fast")[0])


if __name__ == "__main__":
    main()
