"""What PostgreSQL checks of a row, in words: each returns one CHECK.

The column a rule is about stands in `info["field"]`, so that an error can name it.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint

# Control characters, line and paragraph separators, bidirectional overrides and
# isolates, byte order marks: none of them is part of a name. Joiners stay, emoji and
# Persian need them.
HIDDEN = r"\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
ZONE = "^(UTC|[A-Z][A-Za-z_]*(/[A-Za-z0-9_+-]+)+)$"
BLANK = r"\s\u0085\u00a0\u180e\u2000-\u200f\u2060\u3000\u3164"


def rule(field: str, name: str, condition: str) -> CheckConstraint:
    """A rule about one column; `field` is what an error names."""
    return CheckConstraint(condition, name=name, info={"field": field})


def line(column: str, longest: int, *, empty: bool = True) -> CheckConstraint:
    """One line of plain text, at most `longest` long, with something to see."""
    condition = f"length({column}) <= {longest} AND {column} !~ '[{HIDDEN}]'"
    if not empty:
        condition += f" AND {column} ~ '[^{BLANK}]'"
    return rule(column, f"{column}_is_a_line", condition)


def paragraph(column: str, longest: int) -> CheckConstraint:
    """Text of several lines: tabs and line feeds are its only control characters."""
    return rule(
        column,
        f"{column}_is_a_paragraph",
        f"length({column}) <= {longest}"
        f" AND {column} !~ '[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]'",
    )


def one_of(column: str, *values: str) -> CheckConstraint:
    """One of the words that the program knows."""
    listed = ", ".join(f"'{value}'" for value in values)
    return rule(column, f"{column}_is_known", f"{column} IN ({listed})")


def sane(column: str, field: str = "") -> CheckConstraint:
    """An instant every desk can read: no infinity, no year past 2200."""
    return rule(
        field or column,
        f"{column}_is_sane",
        f"{column} >= '2000-01-01 00:00+00' AND {column} < '2200-01-01 00:00+00'",
    )


def sane_day(column: str) -> CheckConstraint:
    """A day every desk can read."""
    return rule(
        column,
        f"{column}_is_sane",
        f"{column} >= '2000-01-01' AND {column} < '2200-01-01'",
    )


def wall_clock() -> CheckConstraint:
    """Local times of one day; Python knows no 24:00, an end of 00:00 stands for it."""
    return rule(
        "end_time",
        "ends_after_start",
        "(end_time > start_time OR end_time = '00:00')"
        " AND start_time < '24:00' AND end_time < '24:00'",
    )


def money(column: str) -> CheckConstraint:
    """Not negative, and a number."""
    # An upper bound, because NaN is greater than every number.
    return rule(column, f"{column}_is_an_amount", f"{column} BETWEEN 0 AND 99999999.99")


def currency() -> CheckConstraint:
    """ISO 4217: three capitals."""
    return rule("currency", "currency_is_iso", "currency ~ '^[A-Z]{3}$'")


def colour() -> CheckConstraint:
    """As #rrggbb."""
    return rule("colour", "colour_is_hex", "colour ~ '^#[0-9a-f]{6}$'")


def zone(*, empty: bool = False) -> CheckConstraint:
    """An IANA name; PostgreSQL would read 'UTC+3' with the sign turned round.

    All begin with a capital: the server's own 'posix/' and 'right/' are known to no
    desk, and the latter count leap seconds.
    """
    condition = f"timezone ~ '{ZONE}' AND length(timezone) <= 64"
    if empty:
        condition = f"timezone = '' OR {condition}"
    return rule("timezone", "timezone_is_iana", condition)


def mail() -> CheckConstraint:
    """No address or exactly one."""
    return rule(
        "email",
        "email_is_one_address",
        r"email = '' OR email ~ '^[^@\s,;<>]+@[^@\s,;<>]+$'",
    )


def within(column: str, least: int, most: int) -> CheckConstraint:
    """From `least` to `most`, both included."""
    return rule(column, f"{column}_fits", f"{column} BETWEEN {least} AND {most}")


def setting() -> CheckConstraint:
    """What every desk reads when it opens is of the kind that it expects.

    Whatever else is set is short: Python refuses numbers of more than 4300 digits.
    """
    said = "(value #>> '{}')"
    known = {
        "practice_name": f"length({said}) <= 200 AND {said} !~ '[{HIDDEN}]'",
        "timezone": f"{said} ~ '{ZONE}' AND length({said}) <= 64",
        "currency": f"{said} ~ '^[A-Z]{{3}}$'",
        "country": f"{said} ~ '^([A-Z]{{2}})?$'",
    }
    cases = " ".join(
        f"WHEN '{name}' THEN jsonb_typeof(value) = 'string' AND {condition}"
        for name, condition in known.items()
    )
    return rule(
        "value",
        "value_is_sane",
        f"length(value::text) <= 4000 AND CASE name {cases} ELSE true END",
    )
