"""Run one benchmark: ``python -m benchmarks NAME [--json] [--quick]``."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import signal
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

from benchmarks.figures import Figure, print_figure, print_head, print_table

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
    parser.add_argument("--quick", action="store_true", help="smaller data")
    parser.add_argument(
        "--only", default="", metavar="PART,…", help="these parts of a benchmark that has several"
    )
    parser.add_argument(
        "--keep",
        type=Path,
        metavar="FOLDER",
        help="keep what programs recognised, and take it from there instead of running them again",
    )
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what was started is ended first
    missed = False
    for name in names() if options.name == "all" else [options.name]:
        if not options.json:
            print_head(name)
        figures = []
        for figure in _figures(importlib.import_module(f"benchmarks.{name}"), options):
            figures.append(figure)
            if options.json:
                print(figure.as_json(), flush=True)
            else:
                print_figure(figure)
            missed |= figure.ok is False
        if not options.json:
            print_table(figures)
    return int(missed)


def _figures(module: ModuleType, options: argparse.Namespace) -> Iterable[Figure]:
    """Measure; only a benchmark with parts knows ``only`` and ``keep``."""
    parts: tuple[str, ...] = getattr(module, "PARTS", ())
    chosen = set(filter(None, options.only.split(",")))
    unknown = chosen - set(parts)
    if unknown and options.name != "all":
        raise SystemExit(
            f"no such part: {', '.join(sorted(unknown))}; there are: {', '.join(parts)}"
        )
    found: Iterable[Figure] = (
        module.run(options.quick, only=chosen & set(parts), keep=options.keep)
        if parts
        else module.run(options.quick)
    )
    return found


if __name__ == "__main__":
    sys.exit(main())
