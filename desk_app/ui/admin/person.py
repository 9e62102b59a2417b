"""Lets somebody in, or changes who they are to the practice."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from desk_app.domain.staff import NewStaff
from desk_app.ui.admin import proposals
from desk_app.ui.admin.form import FormDialog, add_row, form_grid, hint
from desk_app.ui.admin.hand_over import HandOverDialog
from desk_app.ui.admin.password_field import PasswordField
from desk_app.ui.admin.role_choice import RoleChoice
from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.dialogs.frame import Verbs
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from desk_app.domain.staff import Staff
    from desk_app.ui.admin.ports import StaffBoard, StaffPorts

WIDE = 480


class PersonDialog(FormDialog):
    """One form for somebody new (`person` is None) and for somebody known."""

    def __init__(
        self,
        board: StaffBoard,
        person: Staff | None,
        ports: StaffPorts,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_verbs(is_new=person is None), parent)
        self._board, self._person = board, person
        self._is_chosen = False
        self.wire(ports.add if person is None else ports.change, ports.patience)
        self._build()
        self._connect()

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        board: StaffBoard,
        person: Staff | None,
        ports: StaffPorts,
    ) -> Staff | None:
        """Return the person as they are now, or None if nothing was saved."""
        dialog = cls(board, person, ports, parent)
        dialog.exec()
        made: Staff | None = dialog.answer
        if made is not None and dialog.password is not None:
            HandOverDialog.show_once(parent, made, dialog.password.password)
        dialog.deleteLater()
        return made

    def is_touched(self) -> bool:
        """Say whether somebody typed a name or a password, or chose something."""
        typed = self.name.isModified() or self.login.isModified()
        has_password = self.password is not None and self.password.is_touched()
        return typed or has_password or self._is_chosen

    def submit(self) -> None:
        """Save what was entered; what is wrong with it the practice knows."""
        name, role = self.name.text(), self.role.role
        provider_id = self.role.provider_id
        if self.password is not None:
            login, password = self.login.text(), self.password.password
            self.send(NewStaff(login, name, role, password, provider_id))
        elif self._person is not None:
            known = self._person
            self.send(replace(known, name=name, role=role, provider_id=provider_id))

    def _build(self) -> None:
        person = self._person
        self.name, self.login = QLineEdit(), QLineEdit()
        self.role = RoleChoice(self._board, person)
        self.password = PasswordField() if person is None else None
        title = self.tr("Add somebody")
        if person is not None:
            title = filled(self.tr("Change %1"), person.name)
            self.name.setText(person.name)
            self.login.setText(person.login)
            self.login.setReadOnly(True)
            self.login.setObjectName("readLine")
        self.setWindowTitle(title)
        self.build_head(title)
        column = self.build_column(WIDE)
        column.addLayout(self._build_form())
        column.addStretch(1)
        self._order_tabs()
        self.name.setFocus()

    def _build_form(self) -> QGridLayout:
        self.name.setMaxLength(400)
        self.name.setAccessibleName(self.tr("Name"))
        self.login.setAccessibleName(self.tr("Login"))
        self.complaints["name"] = Complaint(self.name)
        self.complaints["login"] = Complaint(self.login)
        self.complaints["provider_id"] = self.role.complaint
        form = form_grid()
        about = hint(self._about_login())
        add_row(form, self.tr("&Name"), self.name, self.complaints["name"])
        add_row(form, self.tr("&Login"), self.login, self.complaints["login"], about)
        add_row(form, self.tr("Role"), self.role)
        if self.password is not None:
            self.complaints["password"] = self.password.complaint
            self.password.setFocusProxy(self.password.edit)
            add_row(form, self.tr("Pass&word"), self.password)
        return form

    def _about_login(self) -> str:
        if self._person is None:
            return self.tr("They sign in with it. It cannot be changed later.")
        if self._board.is_me(self._person):
            return self.tr("This is you: another manager changes your role.")
        return self.tr("What they have open follows a new role at once.")

    def _order_tabs(self) -> None:
        own = (self.password.edit, self.password.another) if self.password else ()
        go, leave = self.buttons
        order = (self.name, self.login, *self.role.inputs, *own, go, leave)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        self.name.textEdited.connect(self._on_name)
        self.role.changed.connect(self._on_chosen)
        for name, field in (("name", self.name), ("login", self.login)):
            field.textChanged.connect(self.complaints[name].clear_words)
            field.textChanged.connect(self.stay)
        if self.password is not None:
            self.password.edit.textChanged.connect(self.stay)

    @Slot(str)
    def _on_name(self, name: str) -> None:
        """Propose a login until somebody types one."""
        if self._person is None and not self.login.isModified():
            taken = {one.login for one in self._board.people}
            self.login.setText(proposals.login(name, taken))

    @Slot()
    def _on_chosen(self) -> None:
        self._is_chosen = True
        self.stay()


def _verbs(*, is_new: bool) -> Verbs:
    translate = QCoreApplication.translate
    if is_new:
        return Verbs(
            go=translate("PersonDialog", "&Add"),
            busy=translate("PersonDialog", "Adding…"),
            leave=translate("PersonDialog", "Close"),
        )
    return Verbs(
        go=translate("PersonDialog", "&Save"),
        busy=translate("PersonDialog", "Saving…"),
        leave=translate("PersonDialog", "Close"),
    )
