"""How the desk is run: grace time, waiting, what follows a no-show, reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QScrollArea, QSpinBox, QVBoxLayout

from desk_app.domain.desk_rules import (
    LONGEST_GRACE,
    LONGEST_LOCK_OUT,
    LONGEST_WAIT,
    DeskRules,
    NoShowPolicy,
)
from desk_app.ui import notices
from desk_app.ui.admin.access_settings import card, number
from desk_app.ui.admin.form import FormDialog
from desk_app.ui.admin.ports import RulesChange
from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.dialogs.frame import Verbs
from desk_app.ui.dialogs.prompt import PromptCheck
from desk_app.ui.notice_bar import Action
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desk_app.errors import DeskError
    from desk_app.ui.admin.ports import RulesPorts

WIDE = 560
LINES = 6


class DeskSettingsDialog(FormDialog):
    """Each rule with what it does and what is usual."""

    def __init__(self, ports: RulesPorts, parent: QWidget | None = None) -> None:
        super().__init__(_verbs(), parent)
        self._ports = ports
        self._known: DeskRules | None = None
        self.fields: dict[str, QSpinBox] = {}
        self.wire(ports.change, ports.patience)
        self._build()
        self._connect()
        self.read()

    @classmethod
    def ask(cls, parent: QWidget | None, ports: RulesPorts) -> DeskRules | None:
        """Return the rules as they are now, or None if nothing was saved."""
        dialog = cls(ports, parent)
        dialog.exec()
        dialog.deleteLater()
        changed: DeskRules | None = dialog.answer
        return changed

    @property
    def wanted(self) -> DeskRules:
        """The rules as they stand in the form."""
        value = {name: field.value() for name, field in self.fields.items()}
        policy = NoShowPolicy(
            asks_after_minutes=value["asks_after_minutes"],
            keeps_price=self.keeps.isChecked(),
            flags=self.flags.isChecked(),
            flags_after=value["flags_after"],
            locks_out=self.locks.isChecked(),
            lock_out_days=value["lock_out_days"],
        )
        lines = self.reasons.toPlainText().splitlines()
        return DeskRules(
            grace_seconds=value["grace_seconds"],
            waiting_minutes=value["waiting_minutes"],
            no_show=policy,
            cancellation_reasons=tuple(line.strip() for line in lines if line.strip()),
        )

    @Slot()
    def read(self) -> None:
        """Read the rules; until they are there, nothing can be chosen."""
        self._show_known(None)
        self._ports.read(self._on_read, self._on_read_failed)

    def is_touched(self) -> bool:
        """Say whether something else is chosen than what is saved."""
        return self._known is not None and self.wanted != self._known

    def submit(self) -> None:
        """Save what was changed; nothing changed is nothing to save."""
        if self._known is None:
            return
        if self.is_touched():
            self.send(RulesChange(self._known, self.wanted))
        else:
            self.done(0)

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Desk and messages"))
        about = self.tr("For everybody in the practice, at every desk")
        self.build_head(self.tr("Desk and messages"), about)
        inside = QFrame()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        for part in (
            self._build_grace(),
            self._build_waiting(),
            self._build_asking(),
            self._build_no_show(),
            self._build_reasons(),
        ):
            column.addWidget(part)
        room = QScrollArea()
        room.setFrameShape(QFrame.Shape.NoFrame)
        room.setWidgetResizable(True)
        room.setWidget(inside)
        room.setMinimumHeight(420 * self.fontMetrics().height() // 16)
        self.build_column(WIDE).addWidget(room)

    def _build_grace(self) -> QFrame:
        words = self.tr(
            "A booking, move or cancellation that is undone by then tells nobody."
            " Usually 180 seconds; 0 sends at once."
        )
        label = self.tr("&Messages wait before they leave")
        return self._number_card(
            ("grace_seconds", label, self.tr(" seconds")), LONGEST_GRACE, words
        )

    def _build_waiting(self) -> QFrame:
        words = self.tr(
            "Who waits longer than this is pointed out at every desk. Usually 15; 0"
            " points out nobody."
        )
        label = self.tr("&Nobody should wait longer than")
        return self._number_card(
            ("waiting_minutes", label, self.tr(" minutes")), LONGEST_WAIT, words
        )

    def _build_asking(self) -> QFrame:
        words = self.tr(
            "So long after the start the desk is asked about clients who are not here."
            " Nobody is ever marked by the program itself. Usually 10."
        )
        label = self.tr("&Ask about missing clients after")
        return self._number_card(
            ("asks_after_minutes", label, self.tr(" minutes")), LONGEST_WAIT, words
        )

    def _build_no_show(self) -> QFrame:
        self.keeps = PromptCheck(self.tr("&Keep the price"))
        self.flags = PromptCheck(self.tr("&Flag the client, from no-show number"))
        self.locks = PromptCheck(self.tr("No same-&day booking, for"))
        flags_after = self._number("flags_after", self.flags.text(), "", 100)
        flags_after.setMinimum(1)
        days = self._number(
            "lock_out_days", self.locks.text(), self.tr(" days"), LONGEST_LOCK_OUT
        )
        words = self.tr(
            "What follows when somebody marks a client as missed. All of it is said"
            " before, and repaired when it is taken back. Usually all three, from the"
            " first time, for 30 days."
        )
        kept = (
            (self.keeps,),
            (self.flags, flags_after, self.complaints["flags_after"]),
            (self.locks, days, self.complaints["lock_out_days"]),
        )
        return card(words, *kept)

    def _build_reasons(self) -> QFrame:
        self.reasons = QPlainTextEdit()
        self.reasons.setAccessibleName(self.tr("Reasons for a cancellation"))
        self.reasons.setTabChangesFocus(True)
        height = self.fontMetrics().lineSpacing() * LINES + 16
        self.reasons.setFixedHeight(height)
        self.complaints["cancellation_reasons"] = Complaint(self.reasons)
        label = PlainLabel(self.tr("&Reasons for a cancellation, one in each line"))
        label.setBuddy(self.reasons)
        words = self.tr("The first nine can be chosen by their number.")
        rows = (
            (label,),
            (self.reasons,),
            (self.complaints["cancellation_reasons"],),
        )
        return card(words, *rows)

    def _number_card(
        self, field: tuple[str, str, str], most: int, words: str
    ) -> QFrame:
        name, text, unit = field
        box = self._number(name, text, unit, most)
        label = PlainLabel(text)
        label.setBuddy(box)
        return card(words, (label, box, self.complaints[name]))

    def _number(self, name: str, text: str, unit: str, most: int) -> QSpinBox:
        box = number(most, unit)
        box.setAccessibleName(text.replace("&", ""))
        self.fields[name] = box
        self.complaints[name] = Complaint(box)
        return box

    def _connect(self) -> None:
        for name, field in self.fields.items():
            field.valueChanged.connect(self.stay)
            field.valueChanged.connect(self.complaints[name].clear_words)
        for check in (self.keeps, self.flags, self.locks):
            check.toggled.connect(self.stay)
            check.toggled.connect(self._follow)
        self.reasons.textChanged.connect(self.stay)
        self.reasons.textChanged.connect(
            self.complaints["cancellation_reasons"].clear_words
        )

    @Slot()
    def _follow(self) -> None:
        """A number counts only where its rule is on."""
        self.fields["flags_after"].setEnabled(self.flags.isChecked())
        self.fields["lock_out_days"].setEnabled(self.locks.isChecked())

    @Slot(object)
    def _on_read(self, rules: DeskRules) -> None:
        self.banner.clear()
        policy = rules.no_show
        for name, value in (
            ("grace_seconds", rules.grace_seconds),
            ("waiting_minutes", rules.waiting_minutes),
            ("asks_after_minutes", policy.asks_after_minutes),
            ("flags_after", policy.flags_after),
            ("lock_out_days", policy.lock_out_days),
        ):
            self.fields[name].setValue(value)
        self.keeps.setChecked(policy.keeps_price)
        self.flags.setChecked(policy.flags)
        self.locks.setChecked(policy.locks_out)
        self.reasons.setPlainText("\n".join(rules.cancellation_reasons))
        self._follow()
        self._show_known(rules)
        self.fields["grace_seconds"].setFocus()

    @Slot(object)
    def _on_read_failed(self, error: DeskError) -> None:
        again = Action(self.tr("Try again"), self.read)
        self.banner.say(notices.cannot_show(error), [again], topic="reading")

    def _show_known(self, rules: DeskRules | None) -> None:
        self._known = rules
        self.body.setEnabled(rules is not None)
        go, _ = self.buttons
        go.setEnabled(rules is not None)


def _verbs() -> Verbs:
    translate = QCoreApplication.translate
    return Verbs(
        go=translate("DeskSettingsDialog", "&Save"),
        busy=translate("DeskSettingsDialog", "Saving…"),
        leave=translate("DeskSettingsDialog", "Close"),
    )
