"""The part of a form in which rules of the practice are set aside, with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout

from desk_app.domain.appointment import Override
from desk_app.domain.policies import needs_reason, who_overrides
from desk_app.ui.dialogs import rule_words
from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.note import NoteEdit
from desk_app.ui.notice_bar import announce
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from desk_app.domain.staff import Role
    from desk_app.errors import Refused


class SetAside(QFrame):
    """Names the rules, asks for the reason, or says who else may do it."""

    edited = Signal()

    def __init__(self, role: Role | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role = role
        self._policies: tuple[str, ...] = ()
        self._build()
        self.hide()

    @property
    def is_on(self) -> bool:
        """Whether there are rules, and this person may set all of them aside."""
        return bool(self._policies) and rule_words.may_all(self._policies, self._role)

    @property
    def override(self) -> Override | None:
        """What is set aside, and why."""
        if not self.is_on:
            return None
        reason = self.reason.toPlainText().strip()
        is_asked = needs_reason(self._policies)
        return Override(self._policies, reason if is_asked else "")

    @property
    def said(self) -> str:
        """What is said, line by line."""
        return "\n".join((self._title.text(), self._text.text())).strip()

    def is_touched(self) -> bool:
        """Say whether a reason was typed."""
        return bool(self.reason.toPlainText().strip())

    def show_rules(
        self, against: Sequence[Refused], provider: str, details: Sequence[str] = ()
    ) -> None:
        """Show which rules are in the way; nothing for none, or for a wall.

        `details` are what is known of them and said nowhere else.
        """
        policies = tuple(refused.policy for refused in against)
        if any(not who_overrides(policy) for policy in policies):
            policies = ()
        is_other, self._policies = policies != self._policies, policies
        title = self.tr("Set aside: %1") if self.is_on else self.tr("In the way: %1")
        self._title.setText(filled(title, rule_words.listed(policies)))
        lines = list(details)
        if not self.is_on:
            lines.append(rule_words.who_may(policies, provider))
        self._text.setText("\n".join(lines))
        self._text.setVisible(bool(lines))
        asks = self.is_on and needs_reason(policies)
        self._label.setVisible(asks)
        self.reason.setVisible(asks)
        self._complaint.clear_words()
        self.setAccessibleName(self._title.text())
        self.setVisible(bool(policies))
        if is_other:
            announce(self, self.said, urgent=True)

    def complain_of_gaps(self) -> bool:
        """Ask for the reason if it is missing; say whether it was."""
        override = self.override
        is_missing = (
            override is not None
            and needs_reason(override.policies)
            and not override.reason
        )
        if is_missing:
            self.complain(self.tr("Say in a few words why; it is kept in the history."))
        return is_missing

    def complain(self, text: str) -> None:
        """Say what is wrong with the reason."""
        self._complaint.say(text)

    def _build(self) -> None:
        self.setObjectName("card")
        self._title, self._text = PlainLabel(), PlainLabel()
        self._title.setWordWrap(True)
        self._text.setWordWrap(True)
        sized(self._title, 1.0, bold=True)
        set_ink(self._title, Ink.WARNING)
        set_ink(self._text, Ink.MUTED)
        self.reason = NoteEdit(1)
        self.reason.setAccessibleName(self.tr("Reason for setting it aside"))
        self.reason.setPlaceholderText(self.tr("Why this time anyway?"))
        self._label = PlainLabel(self.tr("&Reason"))
        self._label.setBuddy(self.reason)
        self._complaint = Complaint(self.reason)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(14, 10, 14, 12)
        inside.setSpacing(4)
        for widget in (
            self._title,
            self._text,
            self._label,
            self.reason,
            self._complaint,
        ):
            inside.addWidget(widget)
        self.reason.refused.connect(self._complaint.say)
        self.reason.textChanged.connect(self._on_edited)

    @Slot()
    def _on_edited(self) -> None:
        self._complaint.clear_words()
        self.edited.emit()
