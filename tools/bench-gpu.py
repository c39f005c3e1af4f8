#!/usr/bin/env python3
"""Measures kernels on a GPU, beside a copy within its memory and other libraries.

  tools/bench-gpu.py                             everything, some minutes
  tools/bench-gpu.py --ops=softmax --sizes=1024,131072 --types=bf16
  tools/bench-gpu.py --report=gpu.md             and write a table
  tools/bench-gpu.py --peers=torch,triton        these must be there

Peers are PyTorch eager (torch), torch.compile (compile) and kernels of
triton_kernels.py (triton), as far as this interpreter can import them. Times are
those of events of the GPU, medians of many calls that take several sets of
tensors in turn, so that the cache does not hold what memory should deliver.

The share of a copy's bandwidth stands beside the goal, where there is one. The
gradient of softmax is measured from its input; PyTorch computes it from the
output, which is as many bytes. cross_entropy_rows has a loss for each row, by one
kernel; cross_entropy their mean, by several. The gradient of both takes the place
of the logits. Act comes first, and then the peers as far as the time (--seconds)
goes. Exit status: 0, or 1 if something could not be measured, 3 if the time did
not suffice.
"""

import argparse
import math
import os
import random
import re
import statistics
import struct
import subprocess
import sys
import tempfile
import time

from benchmark import (ActRun, Failure, TookTooLong, check_act_run, check_names,
                       find_act_run, load_peers, names)

# NumPy's name, bytes.
TYPES = {"bf16": ("<V2", 2), "f32": ("<f4", 4), "f16": ("<f2", 2)}

ROWS = [256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072, 262144]
LOSSES = [1024, 4096, 8192, 32768, 131072, 262144]
FEW = [1024, 8192, 131072]
GATES = [2048, 16384]

# operation -> lengths of rows. What matters most comes first.
OPS = {"softmax": ROWS, "cross_entropy_rows": LOSSES,
       "cross_entropy_rows_fast": LOSSES, "cross_entropy_rows_with_grad": LOSSES,
       "log_softmax": ROWS, "cross_entropy": FEW, "cross_entropy_with_grad": FEW,
       "relu": [4096], "silu": [4096], "gelu": [4096],
       "silu_backward": [4096], "gelu_backward": [4096],
       "swiglu": GATES, "swiglu_halves": GATES, "swiglu_interleaved": GATES,
       "swiglu_backward": GATES, "softmax_backward_x": ROWS[::2],
       "softmax_backward_y": FEW}
# Of other types than bf16 fewer lengths, and of f16 fewer operations.
OF_F16 = ["softmax", "silu", "swiglu"]
ROWWISE = {"softmax", "log_softmax", "softmax_backward_x",
           "softmax_backward_y", "cross_entropy", "cross_entropy_with_grad",
           "cross_entropy_rows", "cross_entropy_rows_fast",
           "cross_entropy_rows_with_grad"}
# Compiling for a peer takes seconds.
PEER_SIZES = set(FEW + GATES + [4096])


def goal_of(op, element, size):
    """What share of a copy's bandwidth is asked for, in percent."""
    if op in ("softmax", "log_softmax"):
        if element != "bf16":
            return None
        return {256: 60, 512: 70, 1024: 80}.get(size, 90)
    if op == "cross_entropy_rows":
        return 70 if size >= 8192 else None
    if op == "cross_entropy_rows_fast":
        return 90 if size >= 8192 else None
    if op == "cross_entropy_rows_with_grad":
        return 85
    if op.startswith(("softmax_backward", "cross_entropy")):
        return None
    return 90 if size >= 2048 else None


class Case:
    """An operation on rows of one length."""

    def __init__(self, op, element, size, megabytes):
        self.op, self.element, self.size = op, element, size
        self.rows = max(1, megabytes * 2**20 // (size * TYPES[element][1]))
        if op.startswith("swiglu_h") or op.startswith("swiglu_i"):
            self.rows = max(1, self.rows // 2)

    def __str__(self):
        return f"{self.op:28} {self.element:4} {self.rows}x{self.size}"

    def short(self):
        return " ".join(str(self).split())


def list_cases(options):
    for element in options.types:
        for op in options.ops:
            sizes = OPS[op]
            if element == "f16" and op not in OF_F16:
                continue
            # 16 bits of an output do not tell enough for its gradient.
            if op == "softmax_backward_y" and element != "f32":
                continue
            if element != "bf16" and op in ROWWISE:
                sizes = FEW
            for size in options.sizes or sizes:
                yield Case(op, element, size, options.megabytes)


class Numbers:
    """Files of random numbers. A block of them is repeated, as making all would
    take longer than measuring."""

    def __init__(self, folder, element):
        self.file = os.path.join(folder, f"x_{element}.npy")
        self.descr, self.width = TYPES[element]
        values = [random.Random(seed).uniform(-4, 4) for seed in range(1 << 14)]
        code = "e" if element == "f16" else "f"
        self.block = struct.pack(f"<{len(values)}{code}", *values)
        if element == "bf16":
            self.block = b"".join(self.block[i + 2:i + 4]
                                  for i in range(0, len(self.block), 4))

    def write(self, rows, columns):
        """What --input takes."""
        header = (f"{{'descr': '{self.descr}', 'fortran_order': False, "
                  f"'shape': ({rows}, {columns}), }}")
        header += " " * (-(len(header) + 11) % 64) + "\n"
        size = rows * columns * self.width
        with open(self.file, "wb") as file:
            file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) +
                       header.encode())
            for _ in range(size // len(self.block)):
                file.write(self.block)
            file.write(self.block[:size % len(self.block)])
        return "@" + self.file


def inputs_of(case, numbers):
    """What act-run takes, in the order of the arguments."""
    packed = case.op in ("swiglu_halves", "swiglu_interleaved")
    x = numbers.write(case.rows, case.size * (2 if packed else 1))
    if case.op == "swiglu_backward":
        return [x, x, x]
    if case.op.endswith(("_backward", "_backward_x", "_backward_y", "swiglu")):
        return [x, x]
    if case.op.startswith("cross_entropy"):
        target = f"{case.rows}xi64=randint:0:{case.size}"
        if "grad" not in case.op:
            return [x, target]
        each = f"{case.rows}xf32=ones" if "rows" in case.op else "f32=1"
        return [x, target, each]
    return [x]


def options_of(case):
    """More that act-run takes: the gradient of logits takes their place."""
    if case.op.endswith("with_grad"):
        return ["--in-place=res1=arg0"]
    return []


# Cycles for which a GPU is kept waiting before what is measured: a millisecond.
LEAD = 2_000_000


class Torch:
    """Functions of PyTorch on a GPU, as it has them or compiled."""

    def __init__(self, device, compiled):
        import torch
        if not torch.cuda.is_available():
            raise ImportError("torch finds no GPU")
        self.torch = torch
        self.version = "PyTorch " + torch.__version__
        self.device = device
        self.compiled = compiled

    def function(self, op):
        torch = self.torch
        nn, aten = torch.nn.functional, torch.ops.aten
        silu = nn.silu

        def swiglu_backward(g, u, dy):
            return aten.silu_backward(dy * u, g), dy * silu(g)

        def losses(x, target):
            return nn.cross_entropy(x, target, reduction="none")

        return {
            "softmax": lambda x: torch.softmax(x, 1),
            "log_softmax": lambda x: torch.log_softmax(x, 1),
            "softmax_backward_x": lambda y, dy: aten._softmax_backward_data(
                dy, y, 1, y.dtype),
            "softmax_backward_y": lambda y, dy: aten._softmax_backward_data(
                dy, y, 1, y.dtype),
            "cross_entropy": nn.cross_entropy,
            "cross_entropy_with_grad": nn.cross_entropy,
            "cross_entropy_rows": losses, "cross_entropy_rows_fast": losses,
            "cross_entropy_rows_with_grad": losses,
            "relu": nn.relu, "silu": silu, "gelu": nn.gelu,
            "silu_backward": lambda x, dy: aten.silu_backward(dy, x),
            "gelu_backward": lambda x, dy: aten.gelu_backward(dy, x),
            "swiglu": lambda g, u: silu(g) * u,
            "swiglu_halves": lambda x: silu(x.chunk(2, 1)[0]) * x.chunk(2, 1)[1],
            "swiglu_interleaved": lambda x: silu(x[:, ::2]) * x[:, 1::2],
            "swiglu_backward": swiglu_backward,
        }[op]

    def tensors(self, case):
        torch = self.torch
        kind = {"f32": torch.float32, "bf16": torch.bfloat16,
                "f16": torch.float16}[case.element]
        columns = case.size
        if case.op in ("swiglu_halves", "swiglu_interleaved"):
            columns *= 2
        make = lambda: torch.randn(case.rows, columns, device=self.device,
                                   dtype=kind)
        if case.op == "swiglu_backward":
            return [make(), make(), make()]
        if case.op.startswith("cross_entropy"):
            return [make(), torch.randint(0, case.size, (case.rows,),
                                          device=self.device)]
        two = case.op == "swiglu" or "_backward" in case.op
        return [make(), make()] if two else [make()]

    def calls(self, case):
        """Functions without arguments, one for each set of tensors; none if
        there is no such operation."""
        torch = self.torch
        function = self.function(case.op)
        if function is None:
            return []
        if self.compiled:
            torch._dynamo.reset()
            function = torch.compile(function, dynamic=False,
                                     mode="max-autotune-no-cudagraphs")
        properties = torch.cuda.get_device_properties(self.device)
        cache = getattr(properties, "L2_cache_size", 64 << 20)
        sets = [self.tensors(case)]
        size = sum(x.numel() * x.element_size() for x in sets[0])
        while (len(sets) - 1) * size < 4 * cache and len(sets) < 256:
            sets.append(self.tensors(case))

        each = (torch.ones(case.rows, device=self.device)
                if "rows" in case.op else None)

        def call(tensors):
            if not case.op.endswith("with_grad"):
                with torch.no_grad():
                    function(*tensors)
                return
            x = tensors[0].requires_grad_()
            x.grad = None
            function(*tensors).backward(each)
        return [lambda tensors=tensors: call(tensors) for tensors in sets]

    def time(self, case):
        """Seconds of a call, and those that the host takes for it: medians of at
        least 20 samples. None as calls gives none."""
        torch = self.torch
        calls = self.calls(case)
        if not calls:
            return None
        done = 0

        def sample(count):
            nonlocal done
            start = torch.cuda.Event(enable_timing=True)
            end = torch.cuda.Event(enable_timing=True)
            # The GPU has something to do until the first call has come.
            torch.cuda._sleep(LEAD)
            start.record()
            begun = time.perf_counter()
            for _ in range(count):
                calls[done % len(calls)]()
                done += 1
            host = time.perf_counter() - begun
            end.record()
            end.synchronize()
            return start.elapsed_time(end) * 1e-3 / count, host / count

        # Compiles, and warms up: clocks are low at rest.
        sample(3)
        once, _ = sample(4)
        count = max(1, min(1000, int(500e-6 / max(once, 1e-9))))
        begun = time.perf_counter()
        for _ in range(1000):
            once, _ = sample(count)
            if time.perf_counter() - begun > 0.05:
                break
        repetitions = max(20, min(200, int(0.2 / max(once * count, 1e-6))))
        samples = [sample(count) for _ in range(repetitions)]
        return tuple(statistics.median(column) for column in zip(*samples))


class Triton(Torch):
    """Kernels as one writes them by hand."""

    def __init__(self, device):
        super().__init__(device, compiled=False)
        import triton
        import triton_kernels
        self.kernels = triton_kernels
        self.version = "Triton " + triton.__version__

    def function(self, op):
        return {"softmax": self.kernels.softmax, "silu": self.kernels.silu,
                "swiglu": self.kernels.swiglu,
                "cross_entropy": self.kernels.cross_entropy,
                "cross_entropy_rows": self.kernels.cross_entropy_rows,
                "cross_entropy_rows_fast": self.kernels.cross_entropy_rows,
                }.get(op)


CARD = ["name", "driver_version", "memory.total", "clocks.max.sm",
        "clocks.max.mem", "power.limit", "ecc.mode.current"]
# What changes with the work.
STATE = ["clocks.sm", "clocks.mem", "power.draw", "temperature.gpu"]


def graphics_card(device, fields):
    """What nvidia-smi says of the GPU, as lines of a list."""
    number = device.partition(":")[2] or "0"
    # Numbers of CUDA are those of what is visible.
    visible = os.environ.get("CUDA_VISIBLE_DEVICES", "").split(",")
    if visible[0] and int(number) < len(visible):
        number = visible[int(number)].strip()
    try:
        run = subprocess.run(
            ["nvidia-smi", "--id=" + number, "--format=csv,noheader",
             "--query-gpu=" + ",".join(fields)],
            capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return ["nvidia-smi is not found: clocks and driver are not known"]
    values = [value.strip() for value in run.stdout.strip().split(",")]
    if run.returncode != 0 or len(values) != len(fields):
        return ["nvidia-smi does not tell of the GPU: " +
                (run.stderr or run.stdout).strip()]
    return [f"{field.replace('.', ' ').replace('_', ' ')}: {value}"
            for field, value in zip(fields, values)]


class Report:
    """Prints each line, and keeps what goes into the file."""

    def __init__(self, peers, about, file):
        self.peers, self.about, self.file = list(peers), about, file
        self.rows, self.notes = {}, []
        for line in about:
            print("# " + line)

    def note(self, text):
        self.notes.append(text)
        print("# " + text, flush=True)
        self.write()

    def add(self, case, kernel, copy, printed):
        share = 100 * copy / kernel
        bandwidth = re.search(r"kernel .* ([\d.]+) GB/s", printed)
        gbs = float(bandwidth[1]) if bandwidth else math.nan
        goal = goal_of(case.op, case.element, case.size)
        verdict = ("" if goal is None else
                   f"{goal} %: {'met' if share >= goal else 'missed'}")
        remarks = []
        if "larger tensors tell more" in printed:
            remarks.append("launches are as long as the kernel")
        turns = re.search(r"exist \d+ times, ([\d.]+) MB .* holds ([\d.]+) MB",
                          printed)
        if turns and float(turns[1]) < 2 * float(turns[2]):
            remarks.append("in part from the cache")
        print(f"{case} {kernel * 1e6:9.1f} us {gbs:7.0f} GB/s {share:4.0f} % of "
              f"copy" + (f" (goal {verdict})" if verdict else "") +
              "".join(f"  {remark}" for remark in remarks), flush=True)
        self.rows[case] = [case.op, case.element, f"{case.rows} x {case.size}",
                           f"{kernel * 1e6:.1f}", f"{gbs:.0f}", f"{share:.0f} %",
                           verdict or "-", "; ".join(remarks) or "-"]
        self.rows[case] += ["-"] * len(self.peers)
        self.write()

    def add_peer(self, case, name, kernel, taken, host):
        text = f"{taken * 1e6:.1f} us, {taken / kernel:.2f}"
        if host > 0.8 * taken:
            text += ", held up by its calls"
        print(f"{case} {name} {text}", flush=True)
        self.rows[case][8 + self.peers.index(name)] = text
        self.write()

    def write(self):
        """The file as far as things have come: a later kernel may end it all."""
        if not self.file:
            return
        heads = ["kernel", "type", "rows x length", "us", "GB/s",
                 "share of copy", "goal", "remarks"]
        heads += [f"{name}: us, times slower" for name in self.peers]
        lines = [f"* {line}" for line in self.about] + [""]
        lines += ["| " + " | ".join(row) + " |" for row in
                  [heads, ["---"] * len(heads), *self.rows.values()]]
        if self.notes:
            lines += [""] + [f"* {note}" for note in self.notes]
        with open(self.file, "w") as file:
            file.write("\n".join(lines) + "\n")


def measure(options, cases, report, folder, end):
    """The times of Act: seconds of each case that there are, and the exit
    status."""
    status, kernels = 0, {}
    flags = ["--device=" + options.device,
             f"--bench={options.repetitions}" if options.repetitions
             else "--bench"]
    numbers = {}
    for index, case in enumerate(cases):
        left = end - time.monotonic()
        if left <= 0:
            report.note(f"skipped: no time left for {len(cases) - index} of "
                        f"{len(cases)} cases, from {case.short()}")
            return kernels, status or 3
        if case.element not in numbers:
            numbers[case.element] = Numbers(folder, case.element)
        act = ActRun(options.act_run, folder, case.element, flags,
                     columns=case.size, half=case.size)
        try:
            kernel, copy, printed = act.measure(
                case.op, inputs_of(case, numbers[case.element]),
                options_of(case), timeout=min(left, options.longest))
        except TookTooLong as failure:
            hangs = left > options.longest
            report.note(("FAILED" if hangs else "skipped: no time left")
                        + f": {case.short()}: {failure}")
            status = 1 if hangs else status or 3
        except Failure as failure:
            lines = str(failure).strip().splitlines()
            report.note(f"FAILED: {case.short()}: {' '.join(lines[1:])}")
            status = 1
        else:
            kernels[case] = kernel
            report.add(case, kernel, copy, printed)
    return kernels, status


def measure_peers(options, kernels, peers, report, end):
    """The times of others for what there are times of; the exit status."""
    cases = [case for case in kernels
             if options.sizes or case.size in PEER_SIZES]
    for name, peer in peers.items():
        for case in cases:
            if time.monotonic() >= end:
                report.note(f"skipped: no time left for {name}, from "
                            f"{case.short()}")
                return 3
            try:
                taken = peer.time(case)
            except Exception as error:  # Whatever another library throws.
                lines = str(error).strip().splitlines() or [repr(error)]
                report.note(f"{name} does not run {case.short()}: {lines[0]}")
                continue
            if taken:
                report.add_peer(case, name, kernels[case], *taken)
    return 0


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--act-run", metavar="FILE", default=find_act_run())
    parser.add_argument("--device", default="cuda", help="cuda or cuda:N")
    parser.add_argument("--ops", type=names, default=list(OPS),
                        help=", ".join(OPS))
    parser.add_argument("--sizes",
                        type=lambda text: [int(size) for size in names(text)],
                        help="elements of a row; peers are measured at all")
    parser.add_argument("--types", type=names, default=list(TYPES),
                        help=", ".join(TYPES))
    parser.add_argument("--peers", type=names, help="torch, compile, triton")
    parser.add_argument("--megabytes", type=int, default=128,
                        help="size of a tensor (default: 128)")
    parser.add_argument("--repetitions", type=int,
                        help="samples of each (default: half a second)")
    parser.add_argument("--seconds", type=float, default=math.inf,
                        help="begin nothing after that time")
    parser.add_argument("--longest", type=float, default=60,
                        help="seconds for one operation, more than any takes\n"
                        "(default: 60); a kernel may wait for itself")
    parser.add_argument("--report", metavar="FILE",
                        help="write the table as Markdown")
    options = parser.parse_args()
    peer_device = "cuda:" + (options.device.partition(":")[2] or "0")
    makers = {"torch": lambda: Torch(peer_device, False),
              "triton": lambda: Triton(peer_device),
              # Compiling takes longest.
              "compile": lambda: Torch(peer_device, True)}
    check_names(parser, options.ops, OPS)
    check_names(parser, options.types, TYPES)
    check_names(parser, options.peers or [], makers)
    check_act_run(parser, options.act_run)

    packages = {"torch": "torch", "compile": "torch", "triton": "torch triton"}
    end = time.monotonic() + options.seconds
    peers, missing = load_peers(makers, packages, options.peers,
                                "bench-gpu.py")
    version = subprocess.run([options.act_run, "--version"],
                             capture_output=True, text=True).stdout
    about = graphics_card(options.device, CARD)
    about += [" ".join(version.split("\n")[0].split())]
    about += sorted({peer.version for peer in peers.values()})
    report = Report(peers, about, options.report)
    for hint in missing:
        report.note(hint)
    cases = list(list_cases(options))
    with tempfile.TemporaryDirectory() as folder:
        kernels, status = measure(options, cases, report, folder, end)
    for line in graphics_card(options.device, STATE) if kernels else []:
        report.note("after the last of Act's kernels: " + line)
    late = measure_peers(options, kernels, peers, report, end)
    report.write()
    return status or late


if __name__ == "__main__":
    sys.exit(main())
