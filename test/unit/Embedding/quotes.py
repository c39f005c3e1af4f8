"""Checks that a page quotes a source file: quotes.py PAGE.md SOURCE.cpp. Each
block of C++ in the page must be there, line by line, however far indented."""

import re
import sys


def lines(text):
    return [line.strip() for line in text.splitlines() if line.strip()]


page, source = sys.argv[1:]
blocks = re.findall(r"```cpp\n(.*?)```", open(page).read(), re.S)
code = "\n".join(lines(open(source).read()))
missing = [block for block in blocks if "\n".join(lines(block)) not in code]
for block in missing:
    print(f"a block of {page} is not in {source}:\n{block}")
if not blocks:
    print(f"{page} has no block of C++")
sys.exit(1 if missing or not blocks else 0)
