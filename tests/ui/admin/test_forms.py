"""The managers' dialogs: while an answer is awaited, by ear, and against markup."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QLabel,
    QLineEdit,
    QTextEdit,
    QWidget,
)

from desk_app.domain.people import Provider, ProviderType
from desk_app.domain.staff import Me, Role, Staff
from desk_app.errors import DeskError, Invalid, Refused, Unavailable
from desk_app.ui.admin import step
from desk_app.ui.admin.hand_over import SECRET_TO_HISTORIES, HandOverDialog
from desk_app.ui.admin.new_password import NewPasswordDialog
from desk_app.ui.admin.person import PersonDialog
from desk_app.ui.admin.ports import StaffBoard, StaffPorts
from desk_app.ui.admin.staff import StaffDialog
from desk_app.ui.admin.step import StepDialog
from tests.ui.admin.conftest import press, write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

ALT = Qt.KeyboardModifier.AltModifier
HOSTILE = '<img src="/x.png"><b>Ann &amp; &Bob</b>'
LONG = "Wolfeschlegelsteinhausenbergerdorff" * 5
BEN = Staff(2, "ben", "Ben", Role.PROVIDER)
KINDS = ("staff", "add", "change", "me", "password", "hand over", "step")


class Held:
    """Ports whose answers wait for `answer`; `asked` are the requests so far."""

    def __init__(self, board: StaffBoard) -> None:
        self.board = board
        self.asked: list[Any] = []
        self._waiting: list[tuple[Any, Any]] = []

    def answer(self, value: object) -> None:
        """Give the answer to the oldest request, or say that it failed."""
        then, failed = self._waiting.pop(0)
        (failed if isinstance(value, DeskError) else then)(value)

    def ask(self, request: Any, then: Any, failed: Any) -> None:
        """Take a request."""
        self.asked.append(request)
        self._waiting.append((then, failed))

    def staff(self) -> StaffPorts:
        """Return the ports; reading is answered at once."""
        return StaffPorts(
            read=lambda then, _: then(self.board),
            add=self.ask,
            change=self.ask,
            set_password=self.ask,
            let_go=self.ask,
            take_back=self.ask,
            end_sessions=self.ask,
            patience=(1,),
        )


def board(name: str = "Ben") -> StaffBoard:
    """Return two people and two providers of this name."""
    people = (
        Staff(1, "mia", name, Role.MANAGER),
        Staff(2, "ben", name, Role.PROVIDER, provider_id=1),
        Staff(3, "zoe", name, Role.PROVIDER, is_active=False),
    )
    kind = ProviderType.DOCTOR
    providers = tuple(Provider(n, name, kind, "UTC", "#2563eb") for n in (1, 2))
    return StaffBoard(people, providers, Me("mia", name, Role.MANAGER), is_open=True)


def made(kind: str, name: str = "Ben") -> QDialog:
    """Return a dialog of each kind."""
    held = Held(board(name))
    ports, (mia, ben, _) = held.staff(), held.board.people
    if kind in ("add", "change", "me"):
        person = {"add": None, "change": ben, "me": mia}[kind]
        return PersonDialog(held.board, person, ports)
    if kind == "password":
        return NewPasswordDialog(ben, ports)
    if kind == "hand over":
        return HandOverDialog(ben, "tamo-resi-dola-venu-47")
    if kind == "step":
        return StepDialog(ben, step.letting_go(ports), (1,))
    dialog = StaffDialog(ports)
    dialog.pane.shows_left.click()
    return dialog


def show(qtbot: QtBot, dialog: QDialog) -> QDialog:
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


# -- by ear and by keyboard


def seen(dialog: QDialog) -> Iterator[QWidget]:
    return (widget for widget in dialog.findChildren(QWidget) if widget.isVisible())


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_takes_the_focus_or_a_press_has_a_name(
    qtbot: QtBot, kind: str
) -> None:
    dialog = show(qtbot, made(kind))
    for widget in seen(dialog):
        is_reached = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if is_reached or isinstance(widget, QAbstractButton):
            spoken = QAccessible.queryAccessibleInterface(widget)
            is_inner = widget.objectName().startswith("qt_")
            assert is_inner or spoken.text(QAccessible.Text.Name), widget


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_keys_of_a_dialog_are_the_same(qtbot: QtBot, kind: str) -> None:
    dialog, keys = show(qtbot, made(kind)), []
    for widget in seen(dialog):
        is_key = isinstance(widget, QAbstractButton)
        if is_key or (isinstance(widget, QLabel) and widget.buddy() is not None):
            text = widget.text().replace("&&", "")
            keys += [text[text.find("&") + 1].lower()] if "&" in text else []
    assert len(keys) == len(set(keys)), keys


@pytest.mark.parametrize("kind", KINDS)
def test_names_that_look_like_markup_are_shown_letter_by_letter(
    qtbot: QtBot, kind: str
) -> None:
    dialog = show(qtbot, made(kind, HOSTILE))
    for widget in dialog.findChildren(QWidget):
        if isinstance(widget, QLabel) and widget.text():
            assert widget.textFormat() is Qt.TextFormat.PlainText, widget.text()
        assert not isinstance(widget, QTextEdit)
        assert "<img" not in widget.toolTip()


@pytest.mark.parametrize("kind", KINDS)
def test_long_names_do_not_widen_a_dialog(qtbot: QtBot, kind: str) -> None:
    usual = show(qtbot, made(kind)).sizeHint().width()
    assert show(qtbot, made(kind, LONG)).sizeHint().width() <= usual


def test_tab_goes_through_a_new_person_in_order(qtbot: QtBot) -> None:
    dialog = show(qtbot, made("add"))
    press(dialog, Qt.Key.Key_P, ALT)
    names = []
    for _ in range(6):
        dialog.focusNextPrevChild(True)
        names.append(dialog.focusWidget().accessibleName())
    assert names == [
        "Keeps the diary of",
        "Password",
        "Propose another password",
        "",
        "",
        "Name",
    ]


# -- proposals


def test_the_login_follows_the_name_until_somebody_types_one(qtbot: QtBot) -> None:
    dialog = show(qtbot, made("add"))
    assert isinstance(dialog, PersonDialog)
    write(dialog, "Jonas Weber")
    assert dialog.login.text() == "jonas.weber"
    dialog.login.clear()
    dialog.login.setFocus()
    write(dialog, "jw")
    dialog.name.setFocus()
    write(dialog, "x")
    assert dialog.login.text() == "jw"


def test_another_password_is_proposed_at_a_press(qtbot: QtBot) -> None:
    dialog = show(qtbot, made("password"))
    assert isinstance(dialog, NewPasswordDialog)
    before = dialog.field.password
    dialog.field.another.click()
    assert dialog.field.password not in ("", before)


def test_a_copied_password_is_kept_out_of_histories(qtbot: QtBot) -> None:
    dialog = show(qtbot, made("hand over"))
    press(dialog, Qt.Key.Key_C, ALT)
    copied = QGuiApplication.clipboard().mimeData()
    assert copied.text() == "tamo-resi-dola-venu-47"
    assert copied.data(SECRET_TO_HISTORIES).data() == b"secret"
    QGuiApplication.clipboard().clear()


# -- while an answer is awaited


@pytest.fixture
def held() -> Held:
    """Ports whose answers wait."""
    return Held(board())


@pytest.fixture
def form(held: Held, qtbot: QtBot) -> PersonDialog:
    """A new person's form, filled in and sent."""
    dialog = PersonDialog(held.board, None, held.staff())
    show(qtbot, dialog)
    press(dialog, Qt.Key.Key_P, ALT)
    dialog.name.setFocus()
    write(dialog, "Jonas")
    press(dialog, Qt.Key.Key_Return)
    return dialog


def test_a_form_is_sent_once_and_waits(held: Held, form: PersonDialog) -> None:
    press(form, Qt.Key.Key_Return)
    write(form, "more")
    press(form, Qt.Key.Key_Escape)
    assert form.isVisible()
    assert [(new.login, new.name) for new in held.asked] == [("jonas", "Jonas")]
    assert form.name.text() == "Jonas"
    held.answer(BEN)
    assert form.isHidden()
    assert form.answer == BEN


def test_a_lost_answer_is_asked_for_again(
    held: Held, form: PersonDialog, qtbot: QtBot
) -> None:
    held.answer(Unavailable(undecided=True))
    qtbot.waitUntil(lambda: len(held.asked) == 2)
    assert held.asked[0] == held.asked[1]
    held.answer(BEN)
    assert form.answer == BEN


def test_what_was_typed_survives_a_database_that_is_away(
    held: Held, form: PersonDialog
) -> None:
    held.answer(Unavailable())
    assert form.banner.words is not None
    assert form.name.text() == "Jonas"
    press(form, Qt.Key.Key_Return)
    held.answer(BEN)
    assert form.answer == BEN


def test_esc_asks_before_it_throws_away_what_was_typed(
    held: Held, form: PersonDialog
) -> None:
    held.answer(Invalid("login", "This login is taken."))
    press(form, Qt.Key.Key_Escape)
    assert form.isVisible()
    press(form, Qt.Key.Key_Escape)
    assert form.isHidden()


def test_esc_closes_a_form_that_nobody_touched(qtbot: QtBot) -> None:
    for kind in KINDS:
        dialog = show(qtbot, made(kind))
        press(dialog, Qt.Key.Key_Escape)
        assert dialog.isHidden(), kind


@pytest.mark.parametrize(
    "error",
    [
        Invalid("login", "A login begins with a letter and goes on with letters."),
        Invalid("password", "A password has at least 10 characters."),
        Invalid("provider_id", "This provider has another login already."),
        Refused("last_manager"),
    ],
    ids=repr,
)
def test_a_form_makes_room_for_what_it_says(
    held: Held, form: PersonDialog, qtbot: QtBot, error: DeskError
) -> None:
    before = form.height()
    held.answer(error)
    layout = form.layout()
    assert layout is not None
    qtbot.waitUntil(
        lambda: form.height() >= layout.totalHeightForWidth(form.width()) > before
    )


def test_no_password_stands_in_what_python_shows(
    held: Held, form: PersonDialog
) -> None:
    assert form.password is not None
    assert form.password.password not in repr(held.asked)
    fields = [line for line in form.findChildren(QLineEdit) if line.isReadOnly()]
    assert fields == []
