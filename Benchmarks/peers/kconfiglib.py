# SPDX-License-Identifier: Apache-2.0
"""Kconfiglib of PyPI on a recording: `kconfiglib.py RECORDING` writes `.config` as an alldefconfig does.

The released version stops at the `modules` statement of kernels since 5.13: it is taught to read over it here.
"""
import importlib.util
import json
import os
import sys
import types

# This folder holds a module of that name too: this one.
sys.path.pop(0)
location = importlib.util.find_spec("kconfiglib").origin
with open(location) as file:
    text = file.read()
known = "            elif t0 is _T_OPTIONAL:\n"
assert text.count(known) == 1
text = text.replace(known, "            elif t0 is _T_MODULES:\n                pass\n\n" + known)
kconfiglib = types.ModuleType("kconfiglib")
exec(compile(text, location, "exec"), kconfiglib.__dict__)

with open(sys.argv[1]) as file:
    recording = json.load(file)
os.environ.update(recording["env"])
answers = {probe["cmd"]: probe["out"] for probe in recording["probes"]}
kconfiglib._shell_fn = lambda kconf, name, command: answers[command].rstrip("\n").replace("\n", " ")
kconfiglib.Kconfig("Kconfig", warn=False).write_config(".config")
