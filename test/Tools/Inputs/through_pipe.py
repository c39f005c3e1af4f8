#!/usr/bin/env python3
"""Runs a command that writes a named pipe, and prints what comes out of it:
through_pipe.py PIPE COMMAND..."""

import os
import subprocess
import sys

pipe = sys.argv[1]
# Open for writing as well, so that neither end waits for the other one to open.
both = os.open(pipe, os.O_RDWR)
with open(pipe, "rb") as output:
    reader = subprocess.Popen(["cat"], stdin=output)
status = subprocess.run(sys.argv[2:]).returncode
os.close(both)
reader.wait()
sys.exit(status)
