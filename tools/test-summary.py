#!/usr/bin/env python3
"""Prints the closing line of a test run from lit's JSON results.

Usage: test-summary.py RESULTS.json

Ends with status 1 if a test failed or none ran.
"""

import json
import sys

PASSED = {"PASS", "FLAKYPASS", "XFAIL"}
SKIPPED = {"UNSUPPORTED", "SKIPPED", "EXCLUDED"}


def main():
    with open(sys.argv[1]) as file:
        tests = json.load(file)["tests"]
    passed = sum(test["code"] in PASSED for test in tests)
    skipped = sum(test["code"] in SKIPPED for test in tests)
    failed = len(tests) - passed - skipped
    for test in tests:
        if test["code"] not in PASSED | SKIPPED:
            print(f"{test['code']}: {test['name']}")
    print(f"act: {passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
