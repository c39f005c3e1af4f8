#!/usr/bin/env python3
"""Runs a command and demands its exit status: status.py STATUS COMMAND..."""

import subprocess
import sys

status = subprocess.run(sys.argv[2:]).returncode
if status != int(sys.argv[1]):
    sys.exit(f"status.py: exit status {status}, not {sys.argv[1]}")
