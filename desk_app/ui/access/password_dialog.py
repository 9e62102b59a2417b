"""A new password for oneself, typed twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk_app.domain.staff import SHORTEST_PASSWORD
from desk_app.errors import Invalid
from desk_app.ui import notices
from desk_app.ui.access.form import Form, Named
from desk_app.ui.access.password_field import PasswordField
from desk_app.ui.dialogs.frame import DeskDialog, Verbs
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.ports import PATIENCE
from desk_app.ui.phrases import filled
from desk_app.ui.plain import ElidedLabel, PlainLabel

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.domain.staff import Staff
    from desk_app.errors import DeskError
    from desk_app.ui.dialogs.ports import Failed, Then


@dataclass(frozen=True, slots=True)
class NewPassword:
    """The wish to sign in with another password from now on."""

    person: Staff
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PasswordPorts:
    """The way to set it."""

    set_password: Callable[[NewPassword, Then[object], Failed], None]
    patience: tuple[int, ...] = PATIENCE


class PasswordDialog(DeskDialog):
    """Stays until the new password holds."""

    def __init__(
        self, person: Staff, ports: PasswordPorts, parent: QWidget | None = None
    ) -> None:
        super().__init__(_verbs(), parent)
        self._person = person
        self.wire(ports.set_password, ports.patience)
        self._build()

    @classmethod
    def ask(cls, parent: QWidget | None, person: Staff, ports: PasswordPorts) -> bool:
        """Say whether the password was changed."""
        dialog = cls(person, ports, parent)
        is_changed = bool(dialog.exec())
        dialog.forget()
        dialog.deleteLater()
        return is_changed

    def is_touched(self) -> bool:
        """Say whether something was typed."""
        return bool(self._password.text() or self._again.text())

    def submit(self) -> None:
        """Set the password, or say what is wrong with it."""
        self._form.clear()
        if not self._password.text():
            self._form.complain("password", self.tr("Type the new password."))
        elif self._password.text() != self._again.text():
            self._form.complain("again", self.tr("Both passwords must be the same."))
            self._again.selectAll()
        else:
            self.send(NewPassword(self._person, self._password.text()))

    def show_refusal(self, error: DeskError) -> None:
        """Say at the field, or below, why it does not hold."""
        said = notices.words(error)
        is_of_field = isinstance(error, Invalid) and self._form.complain(
            error.field, said.text
        )
        if not is_of_field:
            self.banner.say(said)

    def forget(self) -> None:
        """Forget what was typed."""
        for typed in (self._password, self._again):
            typed.forget()

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Change my password"))
        title, who = (
            PlainLabel(self.tr("A new password")),
            ElidedLabel(self._person.name),
        )
        sized(title, 1.4, bold=True)
        set_ink(who, Ink.MUTED)
        self.header.addWidget(title)
        self.header.addWidget(who)
        self._password = PasswordField(self.tr("New password"))
        self._again = PasswordField(self.tr("New password once more"))
        rule = self.tr(
            "At least %1 characters. Four or five words that do not belong together"
            " are easy to remember and hard to guess."
        )
        hint = PlainLabel(filled(rule, str(SHORTEST_PASSWORD)))
        hint.setWordWrap(True)
        set_ink(hint, Ink.MUTED)
        self._form = Form()
        self._form.add(Named("password", self.tr("&New password"), self._password))
        self._form.add(Named("again", self.tr("Once &more"), self._again))
        self._form.add_widget(hint)
        inside = QVBoxLayout(self.body)
        inside.setContentsMargins(20, 0, 20, 0)
        inside.addWidget(self._form)
        inside.addStretch(1)
        self.setMinimumWidth(self.fontMetrics().height() * 26)
        self._password.setFocus()


def _verbs() -> Verbs:
    translate = QCoreApplication.translate
    return Verbs(
        go=translate("PasswordDialog", "&Change"),
        busy=translate("PasswordDialog", "Changing…"),
        leave=translate("PasswordDialog", "Close"),
    )
