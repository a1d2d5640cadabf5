"""`python -m kg.train DATA OUT --facts FOLDER`: the training without the command line around it."""

from __future__ import annotations

import argparse
import logging
from dataclasses import fields, replace
from pathlib import Path

from kg.train.options import Options
from kg.train.run import main

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("data", type=Path)
parser.add_argument("out", type=Path)
parser.add_argument("--facts", type=Path, required=True)
parser.add_argument("--silver", type=Path)
parser.add_argument("--unannotated", type=Path, nargs="*", default=[])
parser.add_argument("--held-out", type=Path)
parser.add_argument("--resume", action="store_true")
parser.add_argument("--set", action="append", default=[], metavar="OPTION=VALUE")
asked = parser.parse_args()
options = Options()
kinds = {option.name: type(getattr(options, option.name)) for option in fields(options)}
for setting in asked.set:
    name, _, value = setting.partition("=")
    if name not in kinds:
        parser.error(f"expected one of {', '.join(kinds)}, found {name!r}")
    kind = kinds[name]
    options = replace(options, **{name: value == "True" if kind is bool else kind(value)})
logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
main(
    asked.data,
    asked.silver,
    asked.out,
    facts=asked.facts,
    unannotated=asked.unannotated,
    held_out=asked.held_out,
    options=options,
    resume=asked.resume,
)
