"""Lists every appointment that a change would strand, and asks what becomes of each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desk_app.domain.appointment import Appointment
from desk_app.domain.stranding import Fate, Settlement
from desk_app.errors import SlotTaken, Stale
from desk_app.ui import notices
from desk_app.ui.admin.form import FormDialog
from desk_app.ui.dialogs import cancel_words
from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.dialogs.frame import Verbs
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.latest import Latest
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.dialogs.roving import Choice, RovingButtons, Section
from desk_app.ui.my_day.cards import CardList
from desk_app.ui.notice_bar import announce
from desk_app.ui.office.stranded import words
from desk_app.ui.office.stranded.choices import Choices
from desk_app.ui.office.stranded.times import TimesWanted, anything, find_times
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel
from desk_app.ui.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.domain.rebooking import Proposal
    from desk_app.errors import DeskError, Strands
    from desk_app.ui.around import Around
    from desk_app.ui.my_day.cards import Card
    from desk_app.ui.office.stranded.choices import Row
    from desk_app.ui.office.stranded.times import Fits

WIDE, HIGH = 640, 250
LONGEST_REASON = 500
Key = Qt.Key


@dataclass(frozen=True)
class Round:
    """What was decided before, and why it is asked again.

    `fits` says whether a free time will still be open after the change.
    """

    earlier: Settlement | None = None
    refusal: DeskError | None = None
    fits: Fits = anything


class StrandedDialog(FormDialog):
    """Nothing is changed before the main button; who is not decided about stays."""

    def __init__(
        self,
        strands: Strands,
        around: Around,
        round_: Round | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_verbs(), parent)
        self._round, self._around = round_ or Round(), around
        self._screen = around.screen()
        found = [a for a in strands.appointments if isinstance(a, Appointment)]
        self.choices = Choices(found, self._round.earlier)
        self._looking = Latest(
            around.port(partial(find_times, around.desk.diary.openings)),
            self._on_found,
            self._on_not_found,
            self,
        )
        self._build()
        self._connect()
        self._refresh()
        self._say_why_again()
        self._look()

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        strands: Strands,
        around: Around,
        round_: Round | None = None,
    ) -> Settlement | None:
        """Return what was decided about all, None if nothing shall be changed."""
        dialog = cls(strands, around, round_, parent)
        dialog.exec()
        dialog.deleteLater()
        answer: Settlement | None = dialog.answer
        return answer

    @property
    def said(self) -> str:
        """What is said about all of them together."""
        return self._total.text()

    @property
    def is_looking(self) -> bool:
        """Whether free times are not known yet."""
        return self._looking.is_waiting

    def is_touched(self) -> bool:
        """Say whether something was decided."""
        return self.choices.count(Fate.KEEP) < len(self.choices.rows)

    def submit(self) -> None:
        """Answer, or ask for the reason of cancelling."""
        reason = self.reason.text().strip()
        if self.choices.count(Fate.CANCEL) and not reason:
            self._complaint.say(self.tr("Say why: clients are told this reason."))
            return
        self.answer = self.choices.settlement(reason)
        self.accept()

    # -- building

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Appointments that do not fit any more"))
        count = len(self.choices.rows)
        about = self.tr(
            "They would lie outside the hours, or lose what they need. Nothing is"
            " changed before you press the button below."
        )
        self.build_head(words.title(count), about)
        self.list = CardList(self.tr("Appointments that do not fit any more"))
        column = self.build_column(WIDE)
        column.setSpacing(8)
        scale = self.fontMetrics().height()
        self.list.setMinimumHeight(HIGH * scale // 16)
        column.addWidget(self.list, 1)
        column.addWidget(self._build_choice())
        column.addLayout(self._build_all())
        column.addWidget(self._build_reason())
        self._total = PlainLabel()
        sized(self._total, 1.0, bold=True)
        column.addWidget(self._total)
        self._order_tabs()
        self.list.setFocus()

    def _build_choice(self) -> QWidget:
        self._chips = RovingButtons(3)
        self._chips.setAccessibleName(self.tr("What becomes of the chosen one"))
        self._hint = PlainLabel()
        set_ink(self._hint, Ink.MUTED)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._hint)
        column.addWidget(self._chips)
        return whole

    def _build_all(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(PlainLabel(self.tr("The same for all:")))
        self.all_buttons = {}
        for fate, text in (
            (Fate.KEEP, self.tr("&Keep")),
            (Fate.MOVE, self.tr("&Move to the nearest free time")),
            (Fate.CANCEL, self.tr("Ca&ncel")),
        ):
            button = PromptButton(text)
            button.setAutoDefault(False)
            button.clicked.connect(partial(self._on_all, fate))
            self.all_buttons[fate] = button
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _build_reason(self) -> QWidget:
        self.reason = QLineEdit()
        self.reason.setMaxLength(LONGEST_REASON)
        self.reason.setAccessibleName(self.tr("Reason for cancelling"))
        self.reason.setPlaceholderText(self.tr("Closed that day"))
        label = PlainLabel(self.tr("&Reason for cancelling, told to the clients"))
        label.setBuddy(self.reason)
        self._complaint = Complaint(self.reason)
        screen = self._screen
        starts = (row.appointment.start for row in self.choices.rows)
        first = min(starts, default=screen.now)
        words = cancel_words.told(screen.telling, first, screen.now)
        told = PlainLabel(words.split(";")[0])
        set_ink(told, Ink.MUTED)
        self._why = QWidget()
        column = QVBoxLayout(self._why)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (label, self.reason, self._complaint, told):
            column.addWidget(widget)
        return self._why

    def _order_tabs(self) -> None:
        go, leave = self.buttons
        order = (self.list, self._chips, *self.all_buttons.values(), self.reason)
        for before, after in pairwise((*order, go, leave)):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        self.list.pressed_key.connect(self._on_key)
        self.list.opened.connect(self._on_opened)
        self.list.chosen.connect(self._on_chosen)
        self._chips.picked.connect(self._on_picked)
        self.reason.textEdited.connect(self._complaint.clear_words)

    # -- free times

    def _look(self) -> None:
        screen = self._screen
        self._looking.ask(
            TimesWanted(
                tuple(row.appointment for row in self.choices.rows),
                screen.catalogue.mine().services,
                screen.zone,
                screen.now.astimezone(screen.zone).date(),
                self._round.fits,
            )
        )
        self._on_chosen()

    def _on_found(self, proposals: tuple[Proposal, ...]) -> None:
        self.choices.offer(proposals)
        self._refresh()

    def _on_not_found(self, error: DeskError) -> None:
        self.banner.say(notices.cannot_show(error), topic="times")
        self._on_chosen()

    # -- deciding

    @Slot(object, int)
    def _on_key(self, card: Card, key: int) -> None:
        """K keeps, C cancels, 1 to 3 take a time."""
        row = self._number(card)
        if key in (Key.Key_K, Key.Key_0):
            self._decide(row, self.choices.keep)
        elif key in (Key.Key_C, Key.Key_Delete):
            self._decide(row, self.choices.cancel)
        elif Key.Key_1 <= key <= Key.Key_9:
            self._move(row, key - Key.Key_1)

    @Slot(int)
    def _on_picked(self, chip: int) -> None:
        card = self.list.current
        if card is None:
            return
        row, openings = self._number(card), len(card.what.openings)
        if chip == 0:
            self._decide(row, self.choices.keep)
        elif chip <= openings:
            self._move(row, chip - 1)
        else:
            self._decide(row, self.choices.cancel)

    def _decide(self, row: int, decide: Callable[[int], None]) -> None:
        decide(row)
        self.stay()
        self._refresh()
        announce(self.list, self.list.cards[row].spoken)

    def _move(self, row: int, place: int) -> None:
        if place >= len(self.choices.rows[row].openings):
            return
        if self.choices.move(row, place):
            self._decide(row, lambda _: None)
            return
        title = self.tr("This time goes to another one of the list")
        step = self.tr("Choose another time, or decide anew about that one first.")
        self.banner.say(Words(title, next_step=step), topic="given")

    def _on_all(self, fate: Fate) -> None:
        """Decide the same about all; those without a free time stay."""
        self.stay()
        decide: Callable[[int], object] = {
            Fate.KEEP: self.choices.keep,
            Fate.MOVE: self.choices.move_to_first,
            Fate.CANCEL: self.choices.cancel,
        }[fate]
        for number in range(len(self.choices.rows)):
            if decide(number) is False:
                self.choices.keep(number)
        self._refresh()
        announce(self.list, self.said)
        left = self.choices.count(Fate.KEEP)
        if fate is Fate.MOVE and left:
            text = self.tr("No free time within three weeks was found for: %1")
            self.banner.say(Words(filled(text, str(left))), topic="given")

    @Slot(object)
    def _on_opened(self, _card: Card) -> None:
        self.submit()

    # -- showing

    def _refresh(self) -> None:
        self.banner.clear("given")
        self.list.show_cards([words.card(row, self._screen) for row in self._rows])
        self._total.setText(words.total(self.choices, self._screen.now))
        self._why.setVisible(bool(self.choices.count(Fate.CANCEL)))
        self._on_chosen()

    @property
    def _rows(self) -> list[Row]:
        return self.choices.rows

    @Slot()
    def _on_chosen(self, _card: Card | None = None) -> None:
        """Offer what can become of the chosen one."""
        card = self.list.current
        if card is None:
            return
        row, screen = self._rows[self._number(card)], self._screen
        hint = self.tr("K keeps it · C cancels it · 1, 2, 3 move it")
        if self.is_looking:
            hint = self.tr("Looking for free times…")
        elif not row.openings:
            hint = self.tr("No free time near · K keeps it · C cancels it")
        self._hint.setText(hint)
        times = [words.when(each, row.appointment, screen) for each in row.openings]
        named = [filled(self.tr("Move to %1"), text) for text in times]
        choices = [
            Choice(self.tr("K   Keep as it is"), self.tr("Keep as it is")),
            *(
                Choice(f"{number}   {text}", name, name)
                for number, (text, name) in enumerate(zip(times, named, strict=True), 1)
            ),
            Choice(self.tr("C   Cancel"), self.tr("Cancel")),
        ]
        chosen = {Fate.KEEP: 0, Fate.MOVE: 1 + row.place, Fate.CANCEL: len(choices) - 1}
        self._chips.show_sections((Section("", tuple(choices)),), chosen[row.fate])

    def _number(self, card: Card) -> int:
        return [each.key for each in self.list.cards].index(card.key)

    def _say_why_again(self) -> None:
        """Say what happened meanwhile, where this is asked again."""
        error = self._round.refusal
        if self._round.earlier is None:
            return
        self.reason.setText(self._round.earlier.reason)
        step = self.tr("Nothing was changed yet. What you decided still stands below.")
        title = self.tr("Meanwhile the appointments have changed")
        if isinstance(error, SlotTaken):
            title = self.tr("One of the chosen times has just been taken")
        elif error is not None and not isinstance(error, Stale):
            said = notices.words(error)
            title, step = said.title, f"{said.text} {step}".strip()
        self.banner.say(Words(title, next_step=step), topic="again")


def _verbs() -> Verbs:
    translate = QCoreApplication.translate
    return Verbs(
        go=translate("StrandedDialog", "&Change it now"),
        busy=translate("StrandedDialog", "Changing…"),
        leave=translate("StrandedDialog", "Change nothing"),
    )
