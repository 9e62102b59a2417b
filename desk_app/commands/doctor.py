"""`desk-app doctor` says what is right and wrong here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desk_app.commands.misuse import DONE, FAILED

if TYPE_CHECKING:
    import argparse

    from desk_app.settings import Settings


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "doctor", parents=[common], help="say what is right and wrong here"
    )
    parser.set_defaults(run=_examine)


def _examine(_arguments: argparse.Namespace, chosen: Settings) -> int:
    from desk_app import doctor

    is_fine = True
    for finding in doctor.examine(chosen):
        mark = "ok " if finding.is_fine else "BAD"
        print(f"{mark} {finding.about}: {finding.words}", flush=True)
        is_fine = is_fine and finding.is_fine
    return DONE if is_fine else FAILED
