#!/usr/bin/env python3
"""Prints the table of measured errors of docs/Numerics.md.

Usage: accuracy-table.py ACT_ACCURACY [--inputs=N]

Runs the scanner of test/Accuracy on every function in f32 and prints, for the
default parameters, the largest error of f and f' in both tiers.
"""

import re
import subprocess
import sys

LINE = re.compile(r"(?:ok|FAIL) +(?P<name>\w+)(?P<prime>'?)(?P<rest>[^,]*), "
                  r"f32, (?P<tier>exact|default), .*?max (?P<ulp>[\d.]+) ulp")


def scan(tool, rule, inputs):
    """(part, tier) -> largest error of the default parameters"""
    command = [tool, f"--rule={rule}", "--type=f32", inputs,
               "--part=forward,derivative"]
    output = subprocess.run(command, capture_output=True, text=True).stdout
    found = {}
    for line in output.splitlines():
        match = LINE.match(line)
        # The first line of each kind is that of the defaults.
        if match:
            found.setdefault((match["prime"], match["tier"]), match["ulp"])
    return found


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    tool = sys.argv[1]
    inputs = sys.argv[2] if len(sys.argv) == 3 else "--inputs=200000"
    rules = subprocess.run([tool, "--list"], capture_output=True, text=True,
                           check=True).stdout.split()
    print("| function | f exact | f default | f' exact | f' default |")
    print("|---|---|---|---|---|")
    for rule in rules:
        found = scan(tool, rule, inputs)
        cells = [f"{float(found[key]):.2f}" if key in found else ""
                 for key in (("", "exact"), ("", "default"), ("'", "exact"),
                             ("'", "default"))]
        print(f"| `{rule}` | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
