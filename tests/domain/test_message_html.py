"""The page of a message: the same words, and nothing that anybody smuggled in."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.message_html import Tongue, html_of
from desk_app.domain.message_text import fill
from tests.domain.examples import examples
from tests.domain.test_message_text import HOSTILE

GERMAN = Tongue("de")
TAGS = {"html", "head", "meta", "title", "body", "p", "br", "bdi"}


def page(text, values=None, subject="Subject"):
    """Return the page of a text, read as XML."""
    html = html_of(fill(text, values or {}), subject, GERMAN)
    return ElementTree.fromstring(html)  # noqa: S314 (it was made here)


def shown(root):
    """Return the paragraphs as they are read, lines parted by a bar."""
    for line in root.iter("br"):
        line.tail = f"|{line.tail or ''}"
    return ["".join(each.itertext()) for each in root.iter("p")]


def links(root):
    """Return where the links of a page lead."""
    return [each.get("href") for each in root.iter("a")]


def test_paragraphs_and_lines_are_those_of_the_text():
    root = page("Dear {client},\n\nWhen: {day}\nWhere: {place}\n\nBye", {"client": "A"})
    assert shown(root) == ["Dear A,", "Bye"]
    root = page("One\nTwo\n\n\nThree")
    assert shown(root) == ["One|Two", "Three"]


def test_a_page_says_its_language_and_direction():
    html = html_of(fill("a", {}), "b", Tongue("ar", "rtl"))
    assert '<html lang="ar" dir="rtl">' in html
    assert html.startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("text", "led_to"),
    [
        ("See https://example.org/a?b=1&c=2.", ["https://example.org/a?b=1&c=2"]),
        ("(https://example.org)", ["https://example.org"]),
        ("http://example.org", []),
        ("javascript:alert(1)", []),
        ("mailto:a@example.org www.example.org", []),
        ("{link}", ["https://meet.example.org/a"]),
        ("{client}", []),
    ],
)
def test_links_with_https_of_the_text_itself_can_be_followed(text, led_to):
    values = {"link": "https://meet.example.org/a", "client": "https://evil.example"}
    assert links(page(text, values)) == led_to


@examples(100)
@given(value=st.text() | st.sampled_from(HOSTILE), link=st.sampled_from(HOSTILE))
def test_nothing_that_a_client_is_called_breaks_out_of_the_page(value, link):
    text = "Dear {client},\n{link}\n\n{practice}"
    values = {"client": value, "link": link, "practice": value}
    root = page(text, values, subject=value)
    assert {each.tag for each in root.iter()} <= TAGS
    lines = fill(text, values).text.replace("\n\n", "\n").split("\n")
    assert [one for each in shown(root) for one in each.split("|")] == [
        one for line in lines if line.strip() for one in line.split("|")
    ]


def test_a_name_that_runs_the_other_way_is_kept_apart():
    root = page("Dear {client}, hello", {"client": "שרה"})
    assert [each.text for each in root.iter("bdi")] == ["שרה"]
