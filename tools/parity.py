#!/usr/bin/env python3
"""Compares act with PyTorch in float64: gates, softmax and its kin, losses.

Usage: parity.py [--act-run=PATH] [--seed=N] [--filter=TEXT] [--verbose]

Needs NumPy and PyTorch (pip install numpy torch; the CPU build is enough). The
forward results and the gradients of several hundred random cases are compared.
Where act differs on purpose (the edge cases of docs/Losses.md), both sides are
compared with what is documented. Options that PyTorch does not have are made of
its operations.

Exit status: 0 if everything agrees, 1 if something does not, 2 if it cannot be
run.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

try:
    import numpy as np
    import torch
except ImportError as error:
    print(f"parity.py: {error}; install NumPy and PyTorch: "
          "pip install numpy torch", file=sys.stderr)
    sys.exit(2)

sys.dont_write_bytecode = True
from parity_cases.cross_entropy import cross_entropies
from parity_cases.differences import differences
from parity_cases.gates import gates
from parity_cases.losses import extras, nlls
from parity_cases.softmax import logsumexps, softmaxes

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
RTOL, ATOL = 1e-9, 1e-12
# Cases of one function: a compilation each.
BATCH = 12


def write_module(path, cases):
    """One function for all cases."""
    lines, arguments, results, values = [], [], [], []
    for number, case in enumerate(cases):
        for name, (_, type) in case.inputs.items():
            arguments.append(f"%c{number}_{name}: {type} "
                             f"{{act.name = \"c{number}_{name}\"}}")
        for i, (value, type, _) in enumerate(case.results):
            results.append(f"{type} {{act.name = \"c{number}_{i}\"}}")
            values.append((rename(value, number), type))
    lines.append("func.func @f(" + ", ".join(arguments) + ") -> (" +
                 ", ".join(results) + ") {")
    for number, case in enumerate(cases):
        lines += ["  " + rename(line, number) for line in case.lines]
    lines.append("  return " + ", ".join(v for v, _ in values) + " : " +
                 ", ".join(t for _, t in values))
    lines.append("}")
    with open(path, "w") as file:
        file.write("\n".join(lines) + "\n")


def rename(text, number):
    """Values and arguments of a case get its number."""
    text = re.sub(r"%V(\d+)", rf"%c{number}_v\1", text)
    return re.sub(r"%(?!c\d)([a-z]\w*)", rf"%c{number}_\1", text)


def run(act_run, cases):
    """The results of act for each case."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "cases.mlir")
        write_module(path, cases)
        command = [act_run, path, "--entry=f", "--threads=1"]
        for number, case in enumerate(cases):
            for name, (array, _) in case.inputs.items():
                file = os.path.join(folder, f"c{number}_{name}.npy")
                np.save(file, array)
                command.append(f"--input=c{number}_{name}=@{file}")
            for i in range(len(case.results)):
                file = os.path.join(folder, f"r{number}_{i}.npy")
                command.append(f"--output=c{number}_{i}=@{file}")
        process = subprocess.run(command, capture_output=True, text=True)
        if process.returncode != 0:
            raise RuntimeError(process.stderr[:2000])
        return [[np.load(os.path.join(folder, f"r{number}_{i}.npy"))
                 for i in range(len(case.results))]
                for number, case in enumerate(cases)]


def compare(found, expected):
    """The largest excess of an error over the tolerance; none: 0."""
    if found.shape != expected.shape:
        return np.inf
    if expected.size == 0:
        return 0.0
    if expected.dtype.kind in "iub":
        return 0.0 if np.array_equal(found, expected) else np.inf
    found, expected = np.atleast_1d(found), np.atleast_1d(expected)
    with np.errstate(all="ignore"):
        error = np.abs(found - expected)
        error /= ATOL + RTOL * np.abs(expected)
        error[(found == expected) | (np.isnan(found) & np.isnan(expected))] = 0
    # Infinite and NaN are one or the other.
    error[np.isnan(error)] = np.inf
    return float(error.max(initial=0.0))


def check(case, results, verbose):
    """Prints what is wrong with a case; whether all is well."""
    good = True
    for (_, _, expected), found in zip(case.results, results):
        excess = compare(found, expected)
        if excess > 1:
            good = False
            print(f"FAIL {case.name}: error {excess:.3g} times the tolerance")
            if verbose:
                print("  act:", found, "\n  expected:", expected)
    for found, expected in case.torch:
        if compare(found, expected) > 1:
            good = False
            print(f"FAIL {case.name}: PyTorch gives {found}, documented is "
                  f"{expected}")
    return good


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--act-run",
                        default=os.path.join(ROOT, "build", "bin", "act-run"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--filter", default="", help="cases whose name has it")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    if not os.path.exists(options.act_run):
        print(f"parity.py: no {options.act_run}; build it or give --act-run",
              file=sys.stderr)
        return 2
    rng = np.random.default_rng(options.seed)
    cases = [case for make in (gates, softmaxes, logsumexps, cross_entropies,
                               extras, nlls) for case in make(rng)]
    cases += differences()
    cases = [case for case in cases if options.filter in case.name]

    batches = [cases[i:i + BATCH] for i in range(0, len(cases), BATCH)]
    agree, differ, failed = 0, 0, 0
    try:
        with ThreadPoolExecutor(os.cpu_count()) as workers:
            results = workers.map(lambda b: run(options.act_run, b), batches)
            results = [found for batch in results for found in batch]
    except RuntimeError as error:
        print(f"parity.py: act-run failed\n{error}", file=sys.stderr)
        return 1
    for case, found in zip(cases, results):
        if not check(case, found, options.verbose):
            failed += 1
        elif case.documented:
            differ += 1
            if options.verbose:
                print(f"{case.name}: {case.documented}")
        else:
            agree += 1
    print(f"{agree} cases agree with PyTorch {torch.__version__}, {differ} "
          f"differ as documented, {failed} fail")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
