"""Gives somebody a new password, for example when they have forgotten theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QWidget

from desk_app.ui.admin.form import FormDialog, hint
from desk_app.ui.admin.hand_over import HandOverDialog
from desk_app.ui.admin.password_field import PasswordField
from desk_app.ui.admin.ports import NewPassword
from desk_app.ui.dialogs.frame import Verbs
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from desk_app.domain.staff import Staff
    from desk_app.ui.admin.ports import StaffPorts

WIDE = 480


class NewPasswordDialog(FormDialog):
    """A proposed password, and whether what is open shall end."""

    def __init__(
        self, person: Staff, ports: StaffPorts, parent: QWidget | None = None
    ) -> None:
        super().__init__(_verbs(), parent)
        self._person = person
        self.wire(ports.set_password, ports.patience)
        self._build()
        self.field.edit.textChanged.connect(self.stay)

    @classmethod
    def ask(cls, parent: QWidget | None, person: Staff, ports: StaffPorts) -> bool:
        """Say whether somebody has a new password."""
        dialog = cls(person, ports, parent)
        is_done = bool(dialog.exec())
        if is_done:
            HandOverDialog.show_once(parent, person, dialog.field.password)
        dialog.deleteLater()
        return is_done

    def is_touched(self) -> bool:
        """Say whether somebody typed a password of their own."""
        return self.field.is_touched()

    def submit(self) -> None:
        """Set the password."""
        password, ends = self.field.password, self.ends_sessions.isChecked()
        self.send(NewPassword(self._person, password, ends))

    def _build(self) -> None:
        self.setWindowTitle(self.tr("New password"))
        title = filled(self.tr("New password for %1"), self._person.name)
        self.build_head(title)
        self.field = PasswordField()
        self.ends_sessions = QCheckBox(self.tr("&End what they have open now"))
        self.ends_sessions.setChecked(True)
        label = PlainLabel(self.tr("Pass&word"))
        label.setBuddy(self.field.edit)
        about = hint(
            self.tr(
                "The old password lets nobody in any more. Without this, a desk where"
                " they are signed in may stay as it is until it connects again."
            )
        )
        self.complaints["password"] = self.field.complaint
        column = self.build_column(WIDE)
        column.setSpacing(4)
        column.addWidget(label)
        column.addWidget(self.field)
        column.addSpacing(10)
        column.addWidget(self.ends_sessions)
        column.addWidget(about)
        column.addStretch(1)
        self.field.edit.setFocus()
        self.field.edit.selectAll()


def _verbs() -> Verbs:
    translate = QCoreApplication.translate
    return Verbs(
        go=translate("NewPasswordDialog", "&Set password"),
        busy=translate("NewPasswordDialog", "Setting…"),
        leave=translate("NewPasswordDialog", "Close"),
    )
