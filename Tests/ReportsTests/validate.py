#!/usr/bin/env python3
"""Validates documents against a JSON Schema.

usage: validate.py SCHEMA DOCUMENT...

Prints `ok PATH` or `no PATH: reason` for each document. YAML is read by the rules of YAML 1.2 (core schema), as
editors do: `y` and `on` are texts, `true` is none, 0x40 is a number. Exits with 77 if a package is missing.
"""
import json
import re
import sys

try:
    import jsonschema
    import yaml
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)


class Core(yaml.SafeLoader):
    """PyYAML with the resolution of scalars of YAML 1.2."""

    yaml_implicit_resolvers = {}


for tag, pattern, first in [
    ("null", r"(?:~|null|Null|NULL|)", ["~", "n", "N", ""]),
    ("bool", r"(?:true|True|TRUE|false|False|FALSE)", list("tTfF")),
    ("int", r"(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)", list("-+0123456789")),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", list("-+.0123456789")),
]:
    Core.add_implicit_resolver("tag:yaml.org,2002:" + tag, re.compile("^" + pattern + "$"), first)


def integer(loader, node):
    text = loader.construct_scalar(node)
    return int(text, 0) if text[:2] in ("0x", "0o") else int(text)


Core.add_constructor("tag:yaml.org,2002:int", integer)


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file) if path.endswith(".json") else yaml.load(file, Core)


with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
for path in sys.argv[2:]:
    error = next(iter(sorted(validator.iter_errors(load(path)), key=lambda e: list(map(str, e.path)))), None)
    if error is None:
        print(f"ok {path}")
    else:
        where = "/".join(map(str, error.absolute_path))
        print(f"no {path}: {where}: {error.message.splitlines()[0][:150]}")
