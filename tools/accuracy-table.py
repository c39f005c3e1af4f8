#!/usr/bin/env python3
"""Prints the tables of measured errors of docs/Numerics.md.

Usage: accuracy-table.py ACT_ACCURACY [--inputs=N] [--fast]

Runs the scanner of test/Accuracy on every function and prints, for the default
parameters, the largest errors of f and f': in f32 in the tiers exact and
default, or with --fast in all types in the tier fast, over all models of what
GPUs approximate, and in parentheses the bounds that the tests hold.
"""

import re
import subprocess
import sys

LINE = re.compile(r"(?:ok|FAIL) +(?P<name>\w+)(?P<prime>'?)(?P<rest>[^,]*), "
                  r"(?P<type>\w+), (?P<tier>exact|default|fast), .*?max (?P<ulp>[\d.]+) ulp.*?"
                  r", > 1 ulp: \d+, > (?P<bound>[\d.]+):")

ACCURATE = [(prime, "f32", tier) for prime in ("", "'")
            for tier in ("exact", "default")]
FAST = [(prime, type, "fast") for type in ("f32", "bf16", "f16")
        for prime in ("", "'")]

# Terms of rows, and what is exact: the page tells their errors in words.
NOT_LISTED = {"identity", "exp_difference", "shifted_exp", "tempered_exp",
              "exp_distance"}


def scan(tool, rule, inputs, columns):
    """(prime, type, tier) -> largest error of the default parameters, bound"""
    types = ",".join(sorted({type for _, type, _ in columns}))
    tiers = ",".join(sorted({tier for _, _, tier in columns}))
    command = [tool, f"--rule={rule}", f"--type={types}", f"--tier={tiers}",
               inputs, "--part=forward,derivative"]
    output = subprocess.run(command, capture_output=True, text=True).stdout
    found, defaults = {}, {}
    for line in output.splitlines():
        if match := LINE.match(line):
            key = match["prime"], match["type"], match["tier"]
            # The first lines of each kind are those of the defaults.
            if defaults.setdefault(key, match["rest"]) == match["rest"]:
                found[key] = (max(found.get(key, (0,))[0], float(match["ulp"])),
                              float(match["bound"]))
    return found


def main():
    arguments = sys.argv[1:]
    columns = FAST if "--fast" in arguments else ACCURATE
    arguments = [a for a in arguments if a != "--fast"]
    if len(arguments) not in (1, 2) or arguments[0].startswith("-"):
        sys.exit(__doc__)
    tool = arguments[0]
    inputs = arguments[1] if len(arguments) == 2 else "--inputs=200000"
    rules = subprocess.run([tool, "--list"], capture_output=True, text=True,
                           check=True).stdout.split()
    form = "{0:.2f} ({1:.3g})" if columns is FAST else "{0:.2f}"
    heads = [f"f{prime} {type if columns is FAST else tier}"
             for prime, type, tier in columns]
    print(f"| function | {' | '.join(heads)} |")
    print("|" + "---|" * (len(columns) + 1))
    for rule in rules:
        if columns is ACCURATE and rule in NOT_LISTED:
            continue
        found = scan(tool, rule, inputs, columns)
        if found:
            cells = [form.format(*found[key]) if key in found else ""
                     for key in columns]
            print(f"| `{rule}` | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
