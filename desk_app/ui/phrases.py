"""Values put into translated texts."""

from __future__ import annotations


def filled(text: str, *values: str) -> str:
    """Put values where %1, %2 and so on stand in a text.

    A "%2" within the first value stays as it is, which replacing one mark after the
    other would not see to.
    """
    parts = text.split("%")
    for number, part in enumerate(parts[1:], 1):
        which = part[:1]
        if which.isdigit() and 0 < int(which) <= len(values):
            parts[number] = values[int(which) - 1] + part[1:]
        else:
            parts[number] = "%" + part
    return "".join(parts)
