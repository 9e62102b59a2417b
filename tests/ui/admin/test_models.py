"""The table of staff: a model that keeps Qt's rules and prepares its values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from desk_app.domain.people import Provider, ProviderType
from desk_app.domain.staff import Me, Role, Staff
from desk_app.ui.admin.ports import StaffBoard
from desk_app.ui.admin.staff_model import (
    NAME,
    PROVIDER,
    STATE,
    PersonRole,
    SoughtStaff,
    StaffModel,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

WEBER = Provider(7, "Dr Weber", ProviderType.DOCTOR, "UTC", "#2563eb")
LANG = Provider(8, "Dr Lang", ProviderType.DOCTOR, "UTC", "#2563eb")
ADA = Staff(1, "ada", "Ada", Role.PROVIDER, provider_id=7)
BEN = Staff(2, "ben", "Ben <b>", Role.RECEPTIONIST)
ZOE = Staff(3, "zoe", "zoe", Role.MANAGER)
GONE = Staff(4, "gone", "Gone", Role.PROVIDER, is_active=False, provider_id=8)
BOARD = StaffBoard((ADA, BEN, ZOE, GONE), (WEBER, LANG), Me("zoe", "Zoe", Role.MANAGER))
ROLE = Qt.ItemDataRole
MODE = QAbstractItemModelTester.FailureReportingMode.Fatal


@pytest.fixture
def model(qtbot: QtBot) -> Iterator[StaffModel]:
    """The model, watched by Qt's own tester."""
    model = StaffModel()
    tester = QAbstractItemModelTester(model, MODE)
    yield model
    tester.deleteLater()


@pytest.fixture
def sought(model: StaffModel) -> Iterator[SoughtStaff]:
    """What is found in it, watched as well."""
    sought = SoughtStaff()
    sought.setSourceModel(model)
    tester = QAbstractItemModelTester(sought, MODE)
    yield sought
    tester.deleteLater()


def names(sought: SoughtStaff) -> list[str]:
    rows = range(sought.rowCount())
    return [sought.index(row, NAME).data(PersonRole).login for row in rows]


def test_the_models_keep_qts_rules_while_people_come_and_go(
    model: StaffModel, sought: SoughtStaff
) -> None:
    for people in ((), BOARD.people, BOARD.people[:1], ()):
        model.show_board(StaffBoard(people))
        for typed in ("", "a", "nobody"):
            sought.seek(typed, shows_left=typed == "a")
    assert sought.rowCount() == 0


def test_who_left_is_found_only_when_wished(
    model: StaffModel, sought: SoughtStaff
) -> None:
    model.show_board(BOARD)
    sought.seek("", shows_left=False)
    assert names(sought) == ["ada", "ben", "zoe"]
    sought.seek("", shows_left=True)
    assert names(sought) == ["ada", "ben", "gone", "zoe"]


def test_a_provider_is_found_by_the_name_clients_know(
    model: StaffModel, sought: SoughtStaff
) -> None:
    model.show_board(BOARD)
    sought.seek("weber", shows_left=False)
    assert names(sought) == ["ada"]


def test_a_row_says_everything_to_a_screen_reader(model: StaffModel) -> None:
    model.show_board(BOARD)
    rows = [model.index(row, NAME) for row in range(4)]
    said = [row.data(ROLE.AccessibleTextRole) for row in rows]
    assert said[0] == "Ada, Provider, provider: Dr Weber, login: ada, Works here"
    assert said[2] == "zoe (you), Manager, login: zoe, Works here"
    assert said[3].endswith("login: gone, Left")


def test_only_long_names_have_a_tool_tip_and_it_is_no_markup(model: StaffModel) -> None:
    long = Staff(5, "x", "<b>" + "long" * 20, Role.PROVIDER)
    model.show_board(StaffBoard((ADA, long)))
    assert model.index(0, NAME).data(ROLE.ToolTipRole) is None
    assert "&lt;b&gt;long" in model.index(1, NAME).data(ROLE.ToolTipRole)


def test_the_columns_say_what_they_hold(model: StaffModel) -> None:
    model.show_board(BOARD)
    titles = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(5)]
    assert titles == ["Name", "Login", "Role", "Provider", "State"]
    cells = [model.index(3, column).data() for column in (PROVIDER, STATE)]
    assert cells == ["Dr Lang", "Left"]


def test_a_provider_is_free_whose_login_has_left(qtbot: QtBot) -> None:
    assert BOARD.free_providers() == (LANG,)
    assert BOARD.free_providers(ADA) == (WEBER, LANG)
