"""What is wrong in a file, by the line in which it stands."""

from __future__ import annotations

from dataclasses import dataclass

# As much of a wrong text as is shown; a whole line may be a megabyte.
LONGEST_SHOWN = 80


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that keeps a file from being imported.

    `line` counts the lines of the file from 1, as editors do; of a row over several
    lines it is the first one. `column` is its name in the file, "" for the whole
    line. `words` say what is wrong and what to do, `text` is what stands there.
    """

    line: int
    column: str
    words: str
    text: str = ""


def fault(line: int, words: str, text: str = "", column: str = "") -> Fault:
    """Return a fault that shows no more of a text than fits."""
    plain = " ".join(text[: LONGEST_SHOWN * 2].split())
    if len(plain) > LONGEST_SHOWN:
        plain = plain[: LONGEST_SHOWN - 1] + "…"
    return Fault(line, column, words, plain)
