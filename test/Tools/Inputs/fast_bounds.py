"""Compares the bounds of f in a table of docs/Numerics.md with those of
act-opt --act-list-ops=json, which comes from the standard input."""

import json
import re
import sys

COLUMNS = {"f32": 1, "bf16": 3, "f16": 5}

ops = {op["rule"]: op["max_ulp"] for op in json.load(sys.stdin)}
found = {}
with open(sys.argv[1]) as page:
    section = page.read().partition("### The fast tier")[2]
for row in re.findall(r"^\| `(.*) \|$", section, re.MULTILINE):
    cells = row.split(" | ")
    for type, column in COLUMNS.items():
        if bound := re.search(r"\((.*)\)", cells[column]):
            found.setdefault(cells[0].rstrip("`"), {})[type] = bound[1]
for rule, bounds in ops.items():
    promised = {type: f"{bound:.3g}"
                for type, bound in bounds.get("fast", {}).items()}
    if promised != found.get(rule, {}):
        sys.exit(f"{rule}: the page has {found.get(rule)}, the rule {promised}")
