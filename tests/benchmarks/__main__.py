"""Run the benchmarks, print a table, say which limits are missed.

    python -m tests.benchmarks [name ...] [--json FILE] [--strict]

A name is part of a module's, for example "slots". With --strict a missed limit
ends the program with code 1.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.benchmarks.timing import Figure

FOLDER = Path(__file__).parent
HEADINGS = ("what", "median", "limit", "times the reference", "remark")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what was asked for and return the exit code."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    modules = _modules(asked.names)
    if not modules:
        parser.error(f"no benchmark is called {' or '.join(asked.names)}")
    # Widgets are drawn without a screen.
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    results: dict[str, list[Figure]] = {}
    for name in modules:
        module = importlib.import_module(f"tests.benchmarks.{name}")
        results[name] = module.run()
        sys.stdout.write(_table(name, results[name]))
        sys.stdout.flush()
    if asked.json:
        _write(asked.json, results)
    missed = [
        figure for found in results.values() for figure in found if not figure.is_met
    ]
    return 1 if missed and asked.strict else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help="part of a name")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write figures here")
    parser.add_argument("--strict", action="store_true", help="fail on a missed limit")
    return parser


def _modules(asked: Sequence[str]) -> list[str]:
    names = sorted(path.stem for path in FOLDER.glob("bench_*.py"))
    return [name for name in names if not asked or any(part in name for part in asked)]


def _table(name: str, figures: Sequence[Figure]) -> str:
    rows = [HEADINGS, *map(_row, figures)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [name]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        lines.append(f"  {'  '.join(cells)}".rstrip())
    return "\n".join(lines) + "\n\n"


def _row(figure: Figure) -> tuple[str, ...]:
    limit = "" if figure.limit is None else f"{figure.limit:g} {figure.unit}"
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f} x {figure.reference}"
    missed = "" if figure.is_met else "LIMIT MISSED "
    value = f"{figure.value:.4g} {figure.unit}"
    return figure.name, value, limit, ratio, f"{missed}{figure.remark}".strip()


def _write(path: Path, results: dict[str, list[Figure]]) -> None:
    plain = {
        name: [asdict(figure) for figure in found] for name, found in results.items()
    }
    path.write_text(json.dumps(plain, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
