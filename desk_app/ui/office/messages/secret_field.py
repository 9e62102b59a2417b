"""A field for a secret: it goes in, and is never seen again; only that it is set."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.message_settings import KeyState
from desk_app.ui import format as written
from desk_app.ui.access.password_field import PasswordField
from desk_app.ui.admin.form import hint
from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.dialogs.inks import Ink, set_ink
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from datetime import tzinfo

    from desk_app.domain.message_settings import SetBy


class SecretField(QWidget):
    """Where a secret is typed, and what is known of the one that is kept.

    Where this desk cannot seal one, it says so, and leads to what can be done.

    Signals:
        typed: something else stands in the field.
        removal_wanted: the secret that is kept is to be removed.
        code_wanted: somebody has the code of another desk.
        new_key_wanted: no desk has the practice's key any more.
        again_wanted: the keyring is to be looked at again.
    """

    typed = Signal()
    removal_wanted = Signal()
    code_wanted = Signal()
    new_key_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, name: str, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._zone = name, zone
        self._secret: SetBy | None = None
        self._key = KeyState.HERE
        self._is_needed = True
        self._build()
        self._connect()

    @property
    def secret(self) -> str:
        """What is typed."""
        return self.edit.text()

    def show_state(self, secret: SetBy | None, key: KeyState) -> None:
        """Show what is known of the secret that is kept; what is typed goes."""
        self.edit.forget()
        self._secret, self._key = secret, key
        self._follow()

    def need(self, *, is_needed: bool, name: str = "") -> None:
        """Say whether there is a secret at all, and perhaps what it is called now."""
        self._is_needed = is_needed
        if name:
            self._name = name
            self.edit.setAccessibleName(name)
        self._follow()

    def _build(self) -> None:
        self.edit = PasswordField(self._name)
        self.complaint = Complaint(self.edit)
        self.remove = self._button(self.tr("&Remove"))
        self.remove.setAccessibleName(filled(self.tr("%1: remove"), self._name))
        self._state = hint("")
        self._enter = self._button(self.tr("Enter the &code of another desk…"))
        self._begin = self._button(self.tr("No desk has it any &more…"))
        self._again = self._button(self.tr("&Look again"))
        row, ways = QHBoxLayout(), QHBoxLayout()
        for line in (row, ways):
            line.setSpacing(8)
        row.addWidget(self.edit, 1)
        row.addWidget(self.remove)
        for button in (self._enter, self._begin, self._again):
            ways.addWidget(button)
        ways.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.complaint)
        column.addWidget(self._state)
        column.addLayout(ways)
        # A label's key asks for this before it goes on to the field.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self.edit)

    def _button(self, text: str) -> PromptButton:
        button = PromptButton(text, self)
        button.setAutoDefault(False)
        return button

    def _connect(self) -> None:
        self.edit.textChanged.connect(self.complaint.clear_words)
        self.edit.textChanged.connect(self.typed)
        self.remove.clicked.connect(self.removal_wanted)
        self._enter.clicked.connect(self.code_wanted)
        self._begin.clicked.connect(self.new_key_wanted)
        self._again.clicked.connect(self.again_wanted)

    def _follow(self) -> None:
        can_seal = self._key in (KeyState.HERE, KeyState.NONE_YET)
        self.edit.setEnabled(can_seal and self._is_needed)
        is_set = self._secret is not None
        kept = self.tr("Leave empty to keep what is set")
        self.edit.setPlaceholderText(kept if is_set else "")
        self.remove.setVisible(is_set)
        self._enter.setVisible(self._key is KeyState.ELSEWHERE)
        self._begin.setVisible(self._key is KeyState.ELSEWHERE)
        self._again.setVisible(self._key is KeyState.LOCKED)
        self._say(self._words(), Ink.MUTED if can_seal else Ink.WARNING)

    def _say(self, text: str, ink: Ink) -> None:
        self._state.setText(text)
        self._state.setVisible(bool(text))
        set_ink(self._state, ink)
        self.edit.setAccessibleDescription(text)

    def _words(self) -> str:
        parts = [set_by(self._secret, self._zone)]
        if self._is_needed or self._secret is not None:
            parts.append(_of_key(self._key))
        return " ".join(filter(None, parts))


def set_by(secret: SetBy | None, zone: tzinfo) -> str:
    """Return "Set on 3 March 2026 by Miriam Hoffmann."; "" where nothing is set."""
    if secret is None:
        return ""
    local = secret.at.astimezone(zone).date()
    if local == datetime.now(UTC).astimezone(zone).date():
        clock = written.time(secret.at, zone)
        return filled(_tr("Set today at %1 by %2."), clock, secret.who)
    day = written.date_and_year(local)
    return filled(_tr("Set on %1 by %2."), day, secret.who)


def _of_key(key: KeyState) -> str:
    """Return what is to be known of the practice's key at this desk."""
    return {
        KeyState.HERE: "",
        KeyState.NONE_YET: _tr(
            "It is sealed with a key that only desks have. This computer will make"
            " the practice’s key and keep it; let another desk in soon, so that"
            " there are two."
        ),
        KeyState.ELSEWHERE: _tr(
            "This desk does not have the practice’s key. At a desk that has it, a"
            " manager chooses “Let another desk in…” in the menu at their name; type"
            " that code here."
        ),
        KeyState.NO_KEYRING: _tr(
            "This computer has no keyring, so it cannot keep the practice’s key. Set"
            " this at a computer that has one."
        ),
        KeyState.LOCKED: _tr("The keyring of this computer is locked. Unlock it."),
    }[key]


def _tr(text: str) -> str:
    return QCoreApplication.translate("SecretField", text)
