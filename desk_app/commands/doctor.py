"""`desk-app doctor` says what is right and wrong here."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

from desk_app.commands.misuse import DONE, FAILED

if TYPE_CHECKING:
    import argparse

    from desk_app.doctor import Finding
    from desk_app.settings import Settings

# Columns that can be followed by whoever hears them by telephone.
STATE, ABOUT = 9, 17


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "doctor", parents=[common], help="say what is right and wrong here"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=_examine)


def _examine(arguments: argparse.Namespace, chosen: Settings) -> int:
    from desk_app import doctor

    found = []
    for finding in doctor.examine(chosen):
        found.append(finding)
        if not arguments.json:
            print(_lines(finding), flush=True)
    if arguments.json:
        print(json.dumps([dataclasses.asdict(finding) for finding in found], indent=2))
    is_faulty = any(finding.state is doctor.State.FAULT for finding in found)
    return FAILED if is_faulty else DONE


def _lines(finding: Finding) -> str:
    line = f"{finding.state:<{STATE}}{finding.about:<{ABOUT}}{finding.words}"
    if finding.to_do:
        line += f"\n{'':<{STATE + ABOUT}}{finding.to_do}"
    return line
