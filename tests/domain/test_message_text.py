"""Texts of messages: what they may hold, and what becomes of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.message_text import (
    CLINICAL,
    PLACEHOLDERS,
    Part,
    check,
    fill,
    first_name,
    offered,
    one_line,
    tidy,
)
from desk_app.domain.messages import Channel, MessageKind
from desk_app.errors import Invalid
from tests.domain.examples import examples

KIND = MessageKind.CONFIRMATION
MAIL, PUSH, SMS = Channel.EMAIL, Channel.PUSH, Channel.SMS
SUBJECT, BODY = Part.SUBJECT, Part.BODY
HOSTILE = (
    "<script>alert(1)</script>",
    "{client}",
    "{{practice}}",
    "a\r\nBcc: all@example.org",
    "a\u2028b\u0085c",
    "\u202egnp.exe\u2066",
    "\ud83d",
    "👩‍⚕️ Zoë",
    "%s {0} $name",
    "\x00\x1b[31m",
    "\ufffe\ufdd0",
    'x" onclick="y',
)

BROKEN = [
    ("", "The body is empty."),
    (" \n\t\n", "The body is empty."),
    ("One\nTwo\n{frist_name}", "Line 3: {frist_name} is no placeholder; did you mean"),
    ("{First_Name}", "did you mean {first_name}?"),
    ("{xyzzy}", "Line 1: {xyzzy} is no placeholder."),
    ("{}", "Line 1: {} is no placeholder."),
    ("Hello\n{day", "Line 2: a { is not closed."),
    ("Hello day}", "Line 1: a } closes nothing."),
    ("{ {day}", "Line 1: a { is not closed."),
    ("{da\ny}", "Line 1: a { is not closed."),
    ("{old_day}", "Line 1: {old_day} says nothing in a message of this kind."),
    ("{reason}", "Line 1: {reason} says nothing in a message of this kind."),
    ("\n{link}\n\n{phone} {room}", "All of this may be left out."),
    ("x" * 5001, "This is longer than 5,000 characters."),
    ("Fine\n\x07", "Line 2: it holds a character that cannot be shown."),
    ("a\u2028b", "Line 1: it holds a character that cannot be shown."),
    ("\u202eabc", "Line 1: it holds a character that cannot be shown."),
    ("a\ud800", "Line 1: it holds a character that cannot be shown."),
]


@pytest.mark.parametrize(("text", "says"), BROKEN)
def test_a_broken_text_is_refused_with_its_line_and_word(text, says):
    with pytest.raises(Invalid) as invalid:
        check(KIND, MAIL, BODY, text)
    assert invalid.value.field == "body"
    assert says in str(invalid.value)


@pytest.mark.parametrize(
    ("subject", "says"),
    [
        (" ", "The subject is empty."),
        ("One\r\nBcc: x@example.org", "A subject is one line."),
        ("x" * 151, "This is longer than 150 characters."),
        ("{pratice}", "Subject: {pratice} is no placeholder; did you mean {practice}?"),
        ("{service}", "nothing clinical in a subject, push or SMS"),
        ("a\tb", "Subject: it holds a character that cannot be shown."),
    ],
)
def test_a_broken_subject_is_refused(subject, says):
    with pytest.raises(Invalid) as invalid:
        check(KIND, MAIL, SUBJECT, subject)
    assert invalid.value.field == "subject"
    assert says in str(invalid.value)


@pytest.mark.parametrize("name", sorted(CLINICAL))
@pytest.mark.parametrize(
    ("channel", "part"), [(MAIL, SUBJECT), (PUSH, BODY), (SMS, BODY)]
)
def test_nothing_clinical_is_in_a_subject_a_push_or_an_sms(channel, part, name):
    kind = MessageKind.CANCELLATION_NOTICE
    check(kind, MAIL, BODY, f"Hello\n{{{name}}}")
    with pytest.raises(Invalid, match="nothing clinical"):
        check(kind, channel, part, f"{{{name}}}")


@pytest.mark.parametrize("channel", [PUSH, SMS])
def test_a_short_message_holds_480_characters(channel):
    check(KIND, channel, BODY, "x" * 480)
    with pytest.raises(Invalid, match="longer than 480"):
        check(KIND, channel, BODY, "x" * 481)


@pytest.mark.parametrize("kind", list(MessageKind))
@pytest.mark.parametrize("channel", list(Channel))
def test_what_is_offered_is_what_may_be_used(kind, channel):
    for part in Part:
        allowed = offered(kind, channel, part)
        for name in PLACEHOLDERS:
            text = f"{{practice}} {{{name}}}"
            if name in allowed:
                check(kind, channel, part, text)
            else:
                with pytest.raises(Invalid):
                    check(kind, channel, part, text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Hello {client}!", "Hello Anna!"),
        ("{{{client}}}", "{Anna}"),
        ("{{client}}", "{client}"),
        ("{ client }", "Anna"),
        ("A\nLink: {link}\nB", "A\nB"),
        ("A\n{link} {client}\nB", "A\n Anna\nB"),
        ("A\n\nLink: {link}\n\nB", "A\n\nB"),
        ("{link}\n\nA\n{link}\n", "A"),
        ("A\n\n\n\nB", "A\n\nB"),
        ("No words in braces", "No words in braces"),
    ],
)
def test_a_line_whose_placeholders_are_all_empty_is_left_out(text, says):
    assert fill(text, {"client": "Anna", "link": " "}).text == says


@examples(100)
@given(
    text=st.sampled_from(["{client}", "Dear {client},\n\n{practice}", "a{client}b"]),
    value=st.text() | st.sampled_from(HOSTILE),
)
def test_a_value_stays_one_line_of_plain_text(text, value):
    shown = one_line(value)
    filled = fill(text, {"client": value, "practice": "P"})
    assert not set(shown) & set("\r\n\t\0\u2028\u2029\u0085\u202e\u2066")
    assert filled.text.count("\n") <= text.count("\n")
    filled.text.encode()
    if shown:
        expected = text.replace("{practice}", "P").replace("{client}", shown)
        assert filled.text == expected


@examples(100)
@given(st.text(alphabet="{}a \nclient", max_size=30))
def test_whatever_passes_the_check_can_be_filled(text):
    try:
        check(KIND, PUSH, BODY, text)
    except Invalid:
        return
    kept = tidy(text)
    assert fill(kept, {"client": "\0"}).text.count("{client}") == kept.count(
        "{{client}}"
    )


def test_a_text_is_kept_in_one_form():
    assert tidy("\ufeff\r\nA \rZoe\u0308\t\n\n") == "A\nZoë"


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Anna Weber", "Anna"),
        ("Weber, Anna Maria", "Anna"),
        ("Dr. Anna Weber", "Anna"),
        ("Prof. Dr.", "Prof."),
        ("Weber,", "Weber"),
        ("Cher", "Cher"),
        ("", ""),
    ],
)
def test_a_first_name_is_told_from_the_others(name, first):
    assert first_name(name) == first
