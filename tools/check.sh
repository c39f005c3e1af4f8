#!/usr/bin/env bash
# Builds Act and runs its whole test suite; ends with a summary line.
#
#   tools/check.sh [LIT-ARGUMENT...]     e.g. tools/check.sh --filter=IR
#
#   ACT_LONG_TESTS=1   also runs the tests that take minutes
set -euo pipefail
. "$(dirname "$0")/setup.sh"

act_install
act_configure
act_make

act_say "testing"
results="$act_build/test/results.json"
rm -f "$results"
status=0
lit=$(sed -n 's/^ACT_LIT:[A-Z]*=//p' "$act_build/CMakeCache.txt")
python3 "$lit" -v --output "$results" --time-tests "$@" "$act_build/test" ||
  status=$?
python3 "$act_root/tools/test-summary.py" "$results" || status=1
exit "$status"
