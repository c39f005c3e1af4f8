#!/usr/bin/env python3
"""Measures the row-wise kernels on one core, beside other libraries.

  tools/bench-rows.py                            everything, some minutes
  tools/bench-rows.py --ops=softmax --sizes=1024,131072 --types=f32
  tools/bench-rows.py --peers=torch,jax          these must be there

Peers are PyTorch eager (torch), torch.compile (compile) and JAX (jax), as far
as this interpreter can import them: `pip install torch jax`. Samples of
`act-run --bench` and of the peers alternate, each the median of many calls;
what counts are the ratios of neighbouring samples, of which the median, least
and greatest are printed. A ratio above 1 says that Act is faster.

Each time stands beside that of a copy of as many bytes. The gradient of softmax
is measured from its output, as PyTorch computes it, and from its input. Packed
gates are compared with their activation alone.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time

from benchmark import (ActRun, Failure, check_act_run, check_names, describe,
                       find_act_run, load_peers, names)

# One core, for the libraries too; they read these when they are imported.
os.environ["OMP_NUM_THREADS"] = "1"
os.environ["XLA_FLAGS"] = ("--xla_cpu_multi_thread_eigen=false "
                           "intra_op_parallelism_threads=1")
os.environ["JAX_PLATFORMS"] = "cpu"

SIZES = [1024, 4096, 16384, 65536, 131072]
OPS = ["softmax", "log_softmax", "logsumexp", "softmax_backward_y",
       "softmax_backward_x", "cross_entropy_with_grad"]


def inputs_of(op, rows, size, element):
    """What act-run takes, in the order of the arguments."""
    x = f"{rows}x{size}x{element}=randn"
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


class Torch:
    def __init__(self, compiled):
        import torch
        torch.set_num_threads(1)
        self.torch = torch
        self.version = "PyTorch " + torch.__version__
        self.compiled = compiled

    def make(self, op, rows, size, element):
        """A function without arguments that does one call; None if there is no
        such operation."""
        torch = self.torch
        if op == "softmax_backward_x":
            return None
        kind = {"f32": torch.float32, "bf16": torch.bfloat16}[element]
        x = torch.randn(rows, size).to(kind)
        dy = torch.randn(rows, size).to(kind)
        target = torch.randint(0, size, (rows,))
        functions = {
            "softmax": lambda x: torch.softmax(x, 1),
            "log_softmax": lambda x: torch.log_softmax(x, 1),
            "logsumexp": lambda x: torch.logsumexp(x, 1),
            "softmax_backward_y": lambda y: torch._softmax_backward_data(
                dy, y, 1, kind),
            "cross_entropy_with_grad":
                lambda x: torch.nn.functional.cross_entropy(x, target),
        }
        function = functions[op]
        if self.compiled:
            torch._dynamo.reset()
            function = torch.compile(function, dynamic=False,
                                     mode="max-autotune")
        if op == "softmax_backward_y":
            x = torch.softmax(x, 1)
        if op != "cross_entropy_with_grad":
            def call():
                with torch.no_grad():
                    function(x)
            return call
        x.requires_grad_()

        def call_with_grad():
            x.grad = None
            function(x).backward()
        return call_with_grad


class Jax:
    def __init__(self):
        import jax
        self.jax = jax
        self.version = "JAX " + jax.__version__

    def make(self, op, rows, size, element):
        jax, jnp = self.jax, self.jax.numpy
        if op == "softmax_backward_y":
            return None
        kind = {"f32": jnp.float32, "bf16": jnp.bfloat16}[element]
        keys = jax.random.split(jax.random.key(0), 3)
        x = jax.random.normal(keys[0], (rows, size), dtype=kind)
        dy = jax.random.normal(keys[1], (rows, size), dtype=kind)
        target = jax.random.randint(keys[2], (rows,), 0, size)

        def cross_entropy(x, target):
            log = jax.nn.log_softmax(x)
            picked = jnp.take_along_axis(log, target[:, None], axis=1)
            return -picked.mean()

        # All are arguments: what is constant would be computed once.
        function, arguments = {
            "softmax": (jax.nn.softmax, (x,)),
            "log_softmax": (jax.nn.log_softmax, (x,)),
            "logsumexp": (lambda x: jax.nn.logsumexp(x, axis=1), (x,)),
            "softmax_backward_x":
                (lambda x, dy: jax.vjp(jax.nn.softmax, x)[1](dy), (x, dy)),
            "cross_entropy_with_grad":
                (jax.value_and_grad(cross_entropy), (x, target)),
        }[op]
        function = jax.jit(function)
        return lambda: jax.block_until_ready(function(*arguments))


MAKERS = {"torch": lambda: Torch(False), "compile": lambda: Torch(True),
          "jax": Jax}
PACKAGES = {"torch": "torch", "compile": "torch", "jax": "jax"}


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


def bench_gates(act, element, rounds):
    """Gates of two packed parts against the activation of one."""
    rows, size = 64, 1024
    packed = f"{rows}x{2 * size}x{element}=randn"
    for gate in ("swiglu_halves", "swiglu_interleaved"):
        ratios, times = [], []
        for _ in range(rounds):
            alone, _ = act.sample("silu", [f"{rows}x{size}x{element}=randn"])
            gated, _ = act.sample(gate, [packed])
            times.append(gated * 1e9 / (rows * size))
            ratios.append(gated / alone)
        print(f"{gate:24} {element:4} {rows:4}x{size:<6} "
              f"{statistics.median(times):7.3f} ns  "
              f"{describe(ratios)} times silu alone", flush=True)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--act-run", metavar="FILE", default=find_act_run())
    parser.add_argument("--ops", type=names, default=OPS + ["gates"],
                        help=", ".join(OPS + ["gates"]))
    parser.add_argument("--sizes", default=SIZES,
                        type=lambda text: [int(size) for size in names(text)],
                        help="elements of a row")
    parser.add_argument("--types", type=names, default=["f32", "bf16"],
                        help="f32, bf16")
    parser.add_argument("--peers", type=names, help=", ".join(MAKERS))
    parser.add_argument("--rounds", type=int, default=7,
                        help="samples of each (default: 7)")
    options = parser.parse_args()
    check_names(parser, options.ops, OPS + ["gates"])
    check_names(parser, options.types, ["f32", "bf16"])
    check_names(parser, options.peers or [], MAKERS)
    check_act_run(parser, options.act_run)

    # One core for this process and those that it starts.
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    peers, missing = load_peers(MAKERS, PACKAGES, options.peers,
                                "bench-rows.py")
    for hint in missing:
        print("# " + hint)
    for version in dict.fromkeys(peer.version for peer in peers.values()):
        print("# " + version)
    print("# operation, type, shape; time per element; share of the bandwidth "
          "of a copy;\n# time of each peer, and times that Act is faster: "
          "median (least-greatest)")
    with tempfile.TemporaryDirectory() as folder:
        for element in options.types:
            act = ActRun(options.act_run, folder, element, ["--bench", "--threads=1"])
            for op in options.ops:
                if op == "gates":
                    bench_gates(act, element, options.rounds)
                    continue
                # 16 bits of an output do not tell enough for its gradient.
                if op == "softmax_backward_y" and element != "f32":
                    continue
                for size in options.sizes:
                    rows = max(4, 32768 // size)
                    bench_op(act, peers, op, rows, size, element,
                             options.rounds)


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(f"bench-rows.py: {failure}")
