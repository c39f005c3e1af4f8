"""A model of the multiprocessors of a GPU that runs machine code: what share of
the bandwidth of a copy a kernel should reach.

It takes the way that the warps of a kernel go, with what the assembler says of
each instruction (how long the next one waits, which of six scoreboards it sets or
waits for), and lets blocks of such warps run on a few multiprocessors that share
their part of the memory. It knows the widths of pipelines, latencies, barriers
and that a block begins when another one has ended. It does not know banks,
caches, what the memory's own order costs, nor the clock under load: of two
schedules it tells which one is better and why, not what a GPU will show.

Pipelines are those of compute capability 9.0, by the CUDA C++ Programming Guide,
"Throughput of Native Arithmetic Instructions". Where the fields of an instruction
are is described in Jia et al., "Dissecting the NVIDIA Volta GPU Architecture via
Microbenchmarking" (2018), latencies in Luo et al., "Dissecting the NVIDIA Hopper
Architecture through Microbenchmarking and Multiple Level Analysis" (2025), and
which warp goes on in Huerta et al., "Analyzing Modern NVIDIA GPU cores" (2025).
"""

import heapq
import random
import re

# Bytes per cycle of a multiprocessor's part of the memory (H200: 4.3 TB/s, 132
# multiprocessors at 1.8 GHz), and of the way to it.
MEMORY_RATE, PORT_RATE = 18.1, 64.0
# Cycles: a load of memory under load, between 3/4 and 5/4 of that, and of a
# sector that a neighbour has loaded; an access of shared memory or a shuffle; one
# of another block; a special function; numbers of the launch; a barrier of the
# block and of the cluster, from the last arrival on; until a block begins.
LOAD, NEAR, SHARED, REMOTE, SPECIAL, CONSTANT = 800, 300, 26, 220, 22, 30
BLOCK_BARRIER, CLUSTER_BARRIER, LAUNCH = 20, 220, 250
# A store has left when this many cycles' worth of others are before it at most.
STORE_QUEUE = 3000

MULTIPROCESSORS, QUARTERS = 4, 4
# Blocks that each multiprocessor runs, as multiples of those it has at once.
ROUNDS = 12

# Pipelines: how many cycles a quarter of a multiprocessor takes to begin one warp's
# instruction. Those of memory are shared by the quarters.
MULTIPLY, HALF_MULTIPLY, LOGIC, SLOW, EXCHANGE, MEMORY, OTHER = range(7)
CYCLES = {MULTIPLY: 1, HALF_MULTIPLY: 2, LOGIC: 2, SLOW: 8, EXCHANGE: 0.5,
          MEMORY: 0, OTHER: 0}
# Instructions wait in a queue before these.
QUEUE = {SLOW: 8, EXCHANGE: 8, MEMORY: 32}
OPERATIONS = {
    MULTIPLY: "FFMA FADD FMUL FSWZADD FFMA2 FADD2 FMUL2",
    HALF_MULTIPLY: "IMAD HFMA2 HADD2 HMUL2 DADD DMUL DFMA DSETP",
    LOGIC: "LOP3 PLOP3 SHF IADD3 LEA ISETP FSETP FSET FMNMX FMNMX3 IMNMX VIMNMX VIMNMX3"
           " VIADD VIADDMNMX SEL FSEL PRMT MOV IABS P2R R2P F2FP HMNMX2 SGXT BMSK"
           " I2FP FCHK CS2R HSETP2",
    SLOW: "MUFU F2F I2F F2I FRND POPC FLO BREV",
    EXCHANGE: "SHFL LDS STS VOTE REDUX LD ST",
    MEMORY: "LDG STG",
}
PIPELINES = {name: pipeline for pipeline, names in OPERATIONS.items()
             for name in names.split()}
WIDTHS = {"256": 32, "128": 16, "64": 8, "U16": 2, "S16": 2, "U8": 1, "S8": 1}


class Instruction:
    """One of the machine code: text, and two words of 64 bits."""

    def __init__(self, text, high):
        self.text = text
        operation = re.sub(r"^@!?U?P\w+\s+", "", text).split()[0]
        name, *parts = operation.split(".")
        self.pipeline = PIPELINES.get(name, OTHER)
        # Of 105 bits and more: cycles until the next one, a hint, the scoreboards
        # that tell when a result is there and when operands were read (7: none),
        # and those that must be clear before it begins.
        control = high >> 41
        self.stall = max(control & 15, 1)
        self.result, self.operands = control >> 5 & 7, control >> 8 & 7
        self.waits = [board for board in range(6) if control >> 11 + board & 1]
        self.is_load = name == "LDG"
        width = next((WIDTHS[part] for part in parts if part in WIDTHS), 4)
        self.bytes = 32 * width if self.pipeline == MEMORY else 0
        self.cycles = CYCLES[self.pipeline]
        # Banks give 128 bytes at once.
        if name in ("LDS", "STS") and width > 4:
            self.cycles = width / 4
        self.arrives = operation.startswith(("BAR.SYNC", "UCGABAR_ARV"))
        self.waits_for_all = operation.startswith(("BAR.SYNC", "UCGABAR_WAIT"))
        self.is_fence = name == "MEMBAR"
        self.is_store = name in ("STG", "ST")
        self.latency = {EXCHANGE: REMOTE if name in ("LD", "ST") else SHARED,
                        SLOW: SPECIAL, OTHER: CONSTANT,
                        MEMORY: LOAD}.get(self.pipeline, 4)
        self.barrier = (CLUSTER_BARRIER if name == "UCGABAR_ARV"
                        else BLOCK_BARRIER)


def decode(disassembly):
    """Instructions of what `nvdisasm -c -hex` prints of a kernel."""
    words = re.findall(r"^\s+/\*[0-9a-f]+\*/\s+(.*?) ?;\s+/\* 0x[0-9a-f]+ \*/\n"
                       r"\s+/\* 0x([0-9a-f]+) \*/", disassembly, re.MULTILINE)
    return [Instruction(text.strip(), int(high, 16)) for text, high in words]


class Warp:
    __slots__ = ("block", "next", "ready", "boards", "met", "waits", "stored")

    def __init__(self, block, now):
        self.block, self.next, self.ready = block, 0, now
        # When all have arrived at the barrier at which the warp has, if they have;
        # whether it waits for them; and when what it has stored is there.
        self.boards, self.met, self.waits, self.stored = [0] * 6, 0, False, 0


class Memory:
    """That of all multiprocessors: when it has served what it was asked for."""

    def __init__(self):
        self.free, self.random = 0.0, random.Random(1)

    def access(self, now, bytes):
        self.free = max(self.free, now) + bytes / (MEMORY_RATE * MULTIPROCESSORS)
        return self.free


class Multiprocessor:
    """Warps of its blocks, each on one of the quarters."""

    def __init__(self, memory, way, warps):
        self.memory, self.way, self.warps = memory, way, warps
        self.quarters = [[] for _ in range(QUARTERS)]
        self.last = [None] * QUARTERS
        self.free = [[0.0] * len(CYCLES) for _ in range(QUARTERS)]
        self.shared = [0.0] * len(CYCLES)
        self.port = 0.0
        self.turn = 0
        self.begins, self.left, self.arrived = [], {}, {}

    def begin(self, block, now):
        self.left[block], self.arrived[block] = self.warps, []
        for _ in range(self.warps):
            self.quarters[self.turn % QUARTERS].append(Warp(block, now))
            self.turn += 1

    def earliest(self, warp, quarter, now):
        """When the warp may go on, as far as is known now."""
        if warp.ready > now:
            return warp.ready
        instruction = self.way[warp.next]
        time = now
        for board in instruction.waits:
            time = max(time, warp.boards[board])
        pipeline = instruction.pipeline
        if time > now or pipeline == OTHER:
            return time
        free = (self.shared if pipeline in (EXCHANGE, MEMORY)
                else self.free[quarter])
        if pipeline == HALF_MULTIPLY:
            time = max(time, free[MULTIPLY])
        return max(time, free[pipeline] - QUEUE.get(pipeline, 0))

    def issue(self, warp, quarter, now):
        """Lets the warp do one instruction."""
        instruction = self.way[warp.next]
        pipeline = instruction.pipeline
        free = (self.shared if pipeline in (EXCHANGE, MEMORY)
                else self.free[quarter])
        begun = max(free[pipeline], now)
        read = now + 20
        if pipeline == MEMORY:
            free[pipeline] = begun + instruction.bytes / 128
            self.port = (max(self.port, free[pipeline])
                         + instruction.bytes / PORT_RATE)
            served = self.memory.access(now, instruction.bytes)
            latency = instruction.latency * self.memory.random.uniform(0.75, 1.25)
            done = max(served + latency, self.port + instruction.latency / 2)
            if not instruction.is_load:
                read = free[pipeline] + 20
        else:
            free[pipeline] = begun + instruction.cycles
            if pipeline == HALF_MULTIPLY:
                free[MULTIPLY] = now + 1
            done = free[pipeline] + instruction.latency
            read = min(read, done)
        for board, time in ((instruction.result, done),
                            (instruction.operands, read)):
            if board < 6:
                warp.boards[board] = max(warp.boards[board], time)
        if instruction.is_store:
            warp.stored = max(warp.stored, done)
        warp.ready = now + instruction.stall
        if instruction.is_fence:
            warp.ready = max(warp.ready, warp.stored)
        warp.next += 1
        if instruction.arrives:
            warp.met = None
            self.arrive(warp, now + instruction.barrier)
        if instruction.waits_for_all:
            if warp.met is None:
                warp.waits = True
            else:
                warp.ready = max(warp.ready, warp.met)
        self.last[quarter] = warp
        if warp.next == len(self.way):
            self.last[quarter] = None
            self.quarters[quarter].remove(warp)
            self.left[warp.block] -= 1
            return self.left[warp.block] == 0
        return False

    def arrive(self, warp, time):
        arrived = self.arrived[warp.block]
        arrived.append(warp)
        if len(arrived) == self.warps:
            for other in arrived:
                other.met = time
                if other.waits:
                    other.waits = False
                    other.ready = max(other.ready, time)
            arrived.clear()

    def cycle(self, now):
        """One cycle: the number of blocks that ended, and of instructions, and
        when the next one may begin."""
        ended = issued = 0
        following = float("inf")
        for quarter, warps in enumerate(self.quarters):
            last = self.last[quarter]
            # The same warp as long as it can go on, else the youngest that can.
            youngest = warps[::-1]
            for warp in ([last] + youngest if last else youngest):
                if warp.waits:
                    continue
                time = self.earliest(warp, quarter, now)
                if time <= now:
                    ended += self.issue(warp, quarter, now)
                    issued += 1
                    following = now + 1
                    break
                following = min(following, time)
        return ended, issued, following


def run(way, warps, blocks):
    """Runs blocks of so many warps that all go the same way, `blocks` at once on
    each multiprocessor: cycles of a multiprocessor for each block, in the middle
    of it all, and the share of cycles of a quarter with an instruction. Blocks end
    many at once, so that what is counted between two ends is instructions."""
    memory = Memory()
    all = [Multiprocessor(memory, way, warps) for _ in range(MULTIPROCESSORS)]
    total = ROUNDS * blocks * MULTIPROCESSORS
    begun = 0
    for one in all:
        for _ in range(blocks):
            one.begin(begun, 0)
            begun += 1
    next = [0.0] * MULTIPROCESSORS
    ended = issued = now = waiting = 0
    # When so many blocks had ended: the cycle, and instructions until then.
    marks = []
    while ended < total:
        for number, one in enumerate(all):
            if next[number] > now:
                continue
            while one.begins and one.begins[0] <= now:
                heapq.heappop(one.begins)
                one.begin(begun, now)
                begun, waiting = begun + 1, waiting - 1
            ends, count, next[number] = one.cycle(now)
            issued += count
            for _ in range(ends):
                ended += 1
                if ended in (total * 3 // 10, total * 9 // 10):
                    marks.append((now, issued))
                if begun + waiting < total:
                    heapq.heappush(one.begins, max(now + LAUNCH,
                                                   memory.free - STORE_QUEUE))
                    waiting += 1
            if one.begins:
                next[number] = max(min(next[number], one.begins[0]), now + 1)
        now = max(now + 1, min(next))
    (first, before), (last, after) = marks
    rate = (after - before) / (last - first) / MULTIPROCESSORS
    return len(way) * warps / rate, rate / QUARTERS


def share(way, warps, blocks):
    """The share of a copy's bandwidth, and that of cycles with an instruction.
    Narrow accesses beside wide ones are of what a row has one of, which lies beside
    that of the row before. They are work, and no part of the share."""
    widest = max(instruction.bytes for instruction in way)
    bytes = warps * sum(instruction.bytes for instruction in way
                        if instruction.bytes > widest / 4)
    for instruction in way:
        if 0 < instruction.bytes <= widest / 4:
            instruction.bytes, instruction.latency = 32, NEAR
    cycles, issued = run(way, warps, blocks)
    return bytes / (MEMORY_RATE * cycles), issued
