"""Run one benchmark: ``python -m benchmarks NAME [--json] [--quick]``."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
from pathlib import Path

from benchmarks.figures import Figure, print_table

_PARTS = {"figures"}


def names() -> list[str]:
    """Return the benchmarks there are: the modules of this folder that have a ``run``."""
    found = pkgutil.iter_modules([str(Path(__file__).parent)])
    return sorted(m.name for m in found if not m.name.startswith("_") and m.name not in _PARTS)


def main() -> int:
    """Measure and print; the exit status says whether every target was reached."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", choices=[*names(), "all"])
    parser.add_argument("--json", action="store_true", help="one line of JSON for each figure")
    parser.add_argument("--quick", action="store_true", help="smaller data, within 60 seconds")
    options = parser.parse_args()
    missed = False
    for name in names() if options.name == "all" else [options.name]:
        figures: list[Figure] = importlib.import_module(f"benchmarks.{name}").run(options.quick)
        if options.json:
            for figure in figures:
                print(figure.as_json())
        else:
            print_table(name, figures)
        missed |= any(figure.ok is False for figure in figures)
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
