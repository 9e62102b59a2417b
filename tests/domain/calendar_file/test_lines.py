"""Lines of calendars are folded, escaped, and come back as they were."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.calendar_file.lines import (
    END,
    LONGEST,
    folded,
    parsed,
    text_line,
    unescaped,
)

TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from('\n;,\\:"'),
    max_size=300,
)


@given(TEXTS)
def test_a_text_comes_back_and_no_line_is_too_long(text: str) -> None:
    written = text_line("SUMMARY", text)
    lines = written.encode().split(END.encode())
    assert lines[-1] == b""
    assert max(map(len, lines)) <= LONGEST
    unfolded = written.replace(f"{END} ", "").removesuffix(END)
    line = parsed(1, unfolded)
    assert line is not None
    assert unescaped(line.value) == text


def test_letters_of_several_bytes_stay_whole() -> None:
    written = folded("X:" + "🙂" * 40)
    assert "\ufffd" not in written
    assert written.replace(f"{END} ", "") == "X:" + "🙂" * 40 + END


def test_parameters_are_read_also_in_quotes() -> None:
    line = parsed(3, 'attendee;cn="Weiß; Anna:x";ROLE=A,B:mailto:a@x.example')
    assert line is not None
    assert (line.name, line.value) == ("ATTENDEE", "mailto:a@x.example")
    assert dict(line.parameters) == {"CN": "Weiß; Anna:x", "ROLE": "A,B"}


def test_a_parameter_may_be_a_name_alone() -> None:
    line = parsed(1, "ATTENDEE;RSVP;CN=Anna:mailto:a@x.example")
    assert line is not None
    assert dict(line.parameters) == {"RSVP": "", "CN": "Anna"}


def test_what_is_no_line_is_none() -> None:
    for text in ("", "no colon", ":x", "Ä:x", 'A;B="x:y', "A B:x"):
        assert parsed(1, text) is None
