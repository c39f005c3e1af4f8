#!/usr/bin/env python3
"""Measures the kernels of the CPU on one core, beside other libraries.

  tools/bench-cpu.py                            everything, some minutes
  tools/bench-cpu.py --ops=softmax --sizes=1024,131072 --types=f32
  tools/bench-cpu.py --ops=elementwise,gates    groups: rows, elementwise, gates
  tools/bench-cpu.py --peers=torch,jax          these must be there

Peers are PyTorch eager (torch), torch.compile (compile) and JAX (jax), as far
as this interpreter can import them: `pip install torch jax`. Samples of
`act-run --bench` and of the peers alternate, each the median of many calls;
what counts are the ratios of neighbouring samples, of which the median, least
and greatest are printed. A ratio above 1 says that Act is faster.

Each time stands beside that of a copy of as many bytes. The gradient of softmax
is measured from its output, as PyTorch computes it, and from its input.
Elementwise operations work on tensors that the nearer caches hold, and on some
that no cache holds. Packed gates are compared with their activation alone. Peers
allocate their results, from memory that stays with the process: with the
defaults of glibc they would spend most of their time in page faults.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time

from benchmark import (ActRun, Failure, check_act_run, check_names, describe,
                       find_act_run, load_peers, names)
from cpu_peers import MAKERS, PACKAGES

# One core, for the libraries too; they read these when they are imported.
os.environ["OMP_NUM_THREADS"] = "1"
os.environ["XLA_FLAGS"] = ("--xla_cpu_multi_thread_eigen=false "
                           "intra_op_parallelism_threads=1")
os.environ["JAX_PLATFORMS"] = "cpu"

# glibc reads these when a process begins.
KEEPS_MEMORY = {"MALLOC_MMAP_THRESHOLD_": str(1 << 30),
                "MALLOC_TRIM_THRESHOLD_": str(1 << 34)}
if __name__ == "__main__" and not KEEPS_MEMORY.keys() <= os.environ.keys():
    os.execve(sys.executable, [sys.executable] + sys.argv,
              {**KEEPS_MEMORY, **os.environ})

SIZES = [1024, 4096, 16384, 65536, 131072]
ROWS = ["softmax", "log_softmax", "logsumexp", "softmax_backward_y",
        "softmax_backward_x", "cross_entropy_with_grad"]
# How many tensors each takes.
ELEMENTWISE = {"relu": 1, "silu": 1, "gelu": 1, "gelu_tanh": 1, "tanh": 1,
               "sigmoid": 1, "softplus": 1, "mish": 1, "silu_backward": 2,
               "gelu_backward": 2, "swiglu": 2, "swiglu_backward": 3}
SHAPES = [(32, 1024), (8192, 1024)]
GATES = ["swiglu_halves", "swiglu_interleaved"]
GROUPS = {"rows": ROWS, "elementwise": list(ELEMENTWISE), "gates": GATES}
KNOWN = [op for group in GROUPS.values() for op in group]


def inputs_of(op, rows, size, element):
    """What act-run takes, in the order of the arguments."""
    x = f"{rows}x{size}x{element}=randn"
    if op in ELEMENTWISE:
        return [f"{x}:seed={seed + 1}" for seed in range(ELEMENTWISE[op])]
    if op.startswith("softmax_backward"):
        return [x + ":seed=1", x + ":seed=2"]
    if op == "cross_entropy_with_grad":
        return [x, f"{rows}xi64=randint:0:{size}", "f32=1"]
    return [x]


def time_calls(call, seconds=0.1):
    """The median of as many calls as fit, at least 20."""
    samples = []
    end = time.perf_counter() + seconds
    while len(samples) < 20 or time.perf_counter() < end:
        start = time.perf_counter()
        call()
        samples.append(time.perf_counter() - start)
    return statistics.median(samples)


def bench_op(act, peers, op, rows, size, element, rounds):
    inputs = inputs_of(op, rows, size, element)
    calls = {}
    for name, peer in peers.items():
        call = peer.make(op, rows, size, element)
        if call is None:
            continue
        calls[name] = call
        # Compiles, and warms up.
        for _ in range(3):
            call()
    own, copies = [], []
    others = {name: [] for name in calls}
    for _ in range(rounds):
        kernel, copy = act.sample(op, inputs)
        own.append(kernel)
        copies.append(copy / kernel)
        for name, call in calls.items():
            others[name].append(time_calls(call))
    elements = rows * size
    line = (f"{op:24} {element:4} {rows:4}x{size:<6} "
            f"{statistics.median(own) * 1e9 / elements:7.3f} ns "
            f"{statistics.median(copies) * 100:4.0f} %")
    for name, times in others.items():
        ratios = [other / mine for other, mine in zip(times, own)]
        line += (f"  {name} {statistics.median(times) * 1e9 / elements:.3f} ns,"
                 f" ratio {describe(ratios)}")
    print(line, flush=True)


def bench_gate(act, op, element, rounds):
    """A gate of two packed parts against the activation of one."""
    rows, size = 64, 1024
    ratios, times = [], []
    for _ in range(rounds):
        alone, _ = act.sample("silu", [f"{rows}x{size}x{element}=randn"])
        gated, _ = act.sample(op, [f"{rows}x{2 * size}x{element}=randn"])
        times.append(gated * 1e9 / (rows * size))
        ratios.append(gated / alone)
    print(f"{op:24} {element:4} {rows:4}x{size:<6} "
          f"{statistics.median(times):7.3f} ns  "
          f"{describe(ratios)} times silu alone", flush=True)


def bench(act, peers, op, element, options):
    if op in GATES:
        return bench_gate(act, op, element, options.rounds)
    # 16 bits of an output do not tell enough for its gradient.
    if op == "softmax_backward_y" and element != "f32":
        return
    shapes = SHAPES if op in ELEMENTWISE else [
        (max(8, 32768 // size), size) for size in options.sizes]
    for rows, size in shapes:
        bench_op(act, peers, op, rows, size, element, options.rounds)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--act-run", metavar="FILE", default=find_act_run())
    parser.add_argument("--target-cpu", metavar="NAME",
                        help="what act-run compiles for (default: this one)")
    parser.add_argument("--ops", type=names, default=list(GROUPS),
                        help=", ".join(list(GROUPS) + KNOWN))
    parser.add_argument("--sizes", default=SIZES,
                        type=lambda text: [int(size) for size in names(text)],
                        help="elements of a row, of operations on rows")
    parser.add_argument("--types", type=names, default=["f32", "bf16"],
                        help="f32, bf16")
    parser.add_argument("--peers", type=names, help=", ".join(MAKERS))
    parser.add_argument("--rounds", type=int, default=7,
                        help="samples of each (default: 7)")
    options = parser.parse_args()
    check_names(parser, options.ops, list(GROUPS) + KNOWN)
    check_names(parser, options.types, ["f32", "bf16"])
    check_names(parser, options.peers or [], MAKERS)
    check_act_run(parser, options.act_run)

    # One core for this process and those that it starts.
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    peers, missing = load_peers(MAKERS, PACKAGES, options.peers,
                                "bench-cpu.py")
    for hint in missing:
        print("# " + hint)
    for version in dict.fromkeys(peer.version for peer in peers.values()):
        print("# " + version)
    print("# operation, type, shape; time per element; share of the bandwidth "
          "of a copy;\n# time of each peer, and times that Act is faster: "
          "median (least-greatest)")
    flags = ["--bench", "--threads=1"]
    if options.target_cpu:
        flags.append("--target-cpu=" + options.target_cpu)
    with tempfile.TemporaryDirectory() as folder:
        for element in options.types:
            act = ActRun(options.act_run, folder, element, flags)
            for name in options.ops:
                for op in GROUPS.get(name, [name]):
                    bench(act, peers, op, element, options)


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(f"bench-cpu.py: {failure}")
