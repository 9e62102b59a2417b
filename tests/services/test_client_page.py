"""The page of an export: words for people, whatever somebody typed; nothing runs."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import fields, replace
from datetime import UTC, datetime
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any
from uuid import UUID

import pytest

from desk_app.domain import client_data as kept
from desk_app.services.client_data import ClientData

NOON = datetime(2026, 11, 24, 9, 42, tzinfo=UTC)
HOSTILE = (
    '<script>alert(1)</script><img src=x onerror="alert(2)">',
    "</dd></dl><h1>Not a heading</h1>",
    "Tom & Jerry &lt;3 &amp; &#x41;",
    "$name ${style} $$",
    "\u202eright to left\u202c and \u2066isolated",
    "two\nlines\tand a tab",
    "x" * 10_000,
    "-->]]><!--",
    "javascript:alert(1)",
)
TAGS = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "section"),
    *("p", "h1", "h2", "h3", "small", "span", "bdi", "article", "dl", "dt", "dd"),
}


class Reader(HTMLParser):
    """Reads a page as a browser would: its tags with attributes, and its words."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: list[str] = []
        self.words: dict[str, str] = {}
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.inside.pop() == tag

    def handle_data(self, data: str) -> None:
        tag = self.inside[-1] if self.inside else ""
        self.words[tag] = self.words.get(tag, "") + data

    @property
    def text(self) -> str:
        """Everything that is read on the page."""
        shown = {tag: said for tag, said in self.words.items() if tag != "style"}
        return "\n".join(shown.values())


def filled(record: type, text: str) -> Any:
    """Return a record with `text` wherever there is text."""
    values: dict[str, Any] = {
        "int": 7,
        "bool": True,
        "datetime": NOON,
        "Decimal": Decimal("12.50"),
        "date": NOON.date(),
        "time": NOON.time(),
        "UUID": UUID(int=7),
    }
    return record(
        **{
            field.name: values.get(str(field.type).split(" |")[0], text)
            for field in fields(record)
        }
    )


def exported(text: str = "Ann") -> ClientData:
    """Return an export full of `text`."""
    change = kept.ChangeRecord(
        NOON, text, text, text, text, (kept.LoggedValue(text, text, f"{text}2"),)
    )
    return ClientData(
        practice=text,
        timezone="Europe/Berlin",
        exported_at=NOON,
        exported_by=text,
        client=filled(kept.ClientRecord, text),
        appointments=(filled(kept.VisitRecord, text),),
        waiting_list=(filled(kept.WaitingRecord, text),),
        walk_ins=(filled(kept.WalkInRecord, text),),
        merged_entries=(filled(kept.ClientRecord, text),),
        merges=(filled(kept.MergeRecord, text),),
        tasks=(filled(kept.TaskRecord, text),),
        conflicts=(filled(kept.ConflictRecord, text),),
        changes=(change,),
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_typed_is_text_and_nothing_else(text: str) -> None:
    reader = Reader(exported(text).to_page())
    assert reader.inside == []
    assert {tag for tag, _ in reader.tags} == TAGS
    assert len(reader.tags) == len(Reader(exported().to_page()).tags)
    assert text in reader.words["bdi"]
    assert reader.words["bdi"].count(text) >= 12


def test_the_page_may_load_and_run_nothing() -> None:
    page = exported(HOSTILE[0]).to_page()
    reader = Reader(page)
    attributes = {name for _, given in reader.tags for name in given}
    assert attributes <= {"lang", "charset", "http-equiv", "content", "name", "class"}
    assert not re.search(r"url\(|@import|https?://", page.replace(HOSTILE[0], ""))
    (policy,) = (
        given["content"]
        for tag, given in reader.tags
        if given.get("http-equiv") == "Content-Security-Policy"
    )
    style = hashlib.sha256(reader.words["style"].encode()).digest()
    allowed = f"style-src 'sha256-{base64.b64encode(style).decode()}'"
    assert (
        policy == f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"
    )


def test_the_title_names_nobody() -> None:
    reader = Reader(exported("Ann").to_page())
    assert reader.words["title"] == "Data about a client"
    assert reader.tags[0] == ("html", {"lang": "en"})


def test_times_are_the_practice_s_and_amounts_have_their_currency() -> None:
    data = exported("EUR")
    said = Reader(data.to_page()).text
    assert "24 November 2026, 10:42" in said
    assert "(Europe/Berlin)" in said
    assert "12.50 EUR" in said


def test_words_of_the_database_are_words_of_people() -> None:
    data = exported()
    visit = replace(
        data.appointments[0],
        status="NO_SHOW",
        booked_via="WALK_IN",
        overridden="closed not_aligned",
    )
    logged = (
        kept.LoggedValue("start_time", "2026-11-24T09:00:00+00:00", None),
        kept.LoggedValue("client_id", 7, 7),
        kept.LoggedValue("consent_sms", False, True),
    )
    change = replace(
        data.changes[0],
        table_name="waitlist_entry",
        action="UPDATE",
        row_id="3",
        who="anna",
        values=logged,
    )
    page = replace(data, appointments=(visit,), changes=(change,)).to_page()
    said = Reader(page).text
    assert "· Did not come" in said
    assert "by a walk-in" in said
    assert "Closed, Not aligned" in said
    assert "24 November 2026\n" in page.replace("</bdi>", "\n")
    assert "Waiting list entry 3 changed by anna" in said
    assert "24 November 2026, 10:00" in said
    assert "May be sent text messages" in said
    assert "<bdi>no</bdi> → <bdi>yes</bdi>" in page


def test_what_there_is_none_of_is_said() -> None:
    data = replace(exported(), appointments=(), tasks=())
    assert Reader(data.to_page()).text.count("Nothing.") == 2
