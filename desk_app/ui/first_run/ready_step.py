"""What will be set up, in words, before it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QFrame, QGridLayout

from desk_app.domain.hours_text import text_of
from desk_app.ui.dialogs.inks import Ink, set_ink
from desk_app.ui.first_run.draft import tr, type_name
from desk_app.ui.first_run.step import Step
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from desk_app.ui.first_run.draft import Draft, Week

MARGIN = 18


class ReadyStep(Step):
    """A summary; nothing is written before its button is pressed."""

    def __init__(self) -> None:
        super().__init__(
            tr("Ready to begin"),
            tr(
                "This is what will be set up. All of it can be changed afterwards in"
                " the practice’s pages (Ctrl+,)."
            ),
        )
        self._card: QFrame | None = None

    def show_draft(self, draft: Draft) -> None:
        if self._card is not None:
            self._card.deleteLater()
        self._card = QFrame()
        self._card.setObjectName("card")
        grid = QGridLayout(self._card)
        grid.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        grid.setHorizontalSpacing(MARGIN)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        for place, (title, text) in enumerate(_facts(draft)):
            head, words = PlainLabel(title), PlainLabel(text)
            set_ink(head, Ink.MUTED)
            head.setAlignment(Qt.AlignmentFlag.AlignTop)
            words.setWordWrap(True)
            grid.addWidget(head, place, 0)
            grid.addWidget(words, place, 1)
        self.column.addWidget(self._card)

    def entered(self, draft: Draft) -> Draft:
        return draft

    def begin(self) -> None:
        """Nothing is typed here: the keyboard stays at the button."""


def _facts(draft: Draft) -> list[tuple[str, str]]:
    facts = draft.facts
    place = filled(tr("%1, prices in %2"), facts.timezone, facts.currency)
    people = [f"{p.name} ({type_name(p.type)})" for p in draft.people]
    wanted = [offer for offer in draft.offers if offer.is_wanted]
    offers = [
        filled(tr("%1 (%2 min)"), offer.name, str(offer.minutes)) for offer in wanted
    ]
    return [
        (tr("Practice"), f"{facts.name}\n{place}"),
        (tr("People"), "\n".join(people)),
        (tr("Services"), "\n".join(offers)),
        (tr("Hours"), "\n".join(_hours(draft))),
        (tr("Holidays"), filled(tr("%1 days closed"), str(len(draft.closures)))),
    ]


def _hours(draft: Draft) -> list[str]:
    if len({*draft.weeks}) == 1:
        return [_week(draft.weeks[0])]
    return [
        f"{person.name}: {_week(week)}"
        for person, week in zip(draft.people, draft.weeks, strict=True)
    ]


def _week(week: Week) -> str:
    """Return for example "Mon, Tue, Wed 9:00–12:00, 13:00–17:00"."""
    if not week.weekdays or not week.windows:
        return tr("none yet")
    short = QLocale.FormatType.ShortFormat
    days = ", ".join(QLocale().dayName(day + 1, short) for day in week.weekdays)
    return f"{days} {text_of(week.windows)}"
