"""What a setting is chosen with: a number, a switch, one of several, lines, a text.

Each shows a value, tells when a person has chosen another, and says any value in words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QBoxLayout,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desk_app.ui.dialogs.prompt import PromptCheck
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LINES = 6


class Unit(NamedTuple):
    """What a number counts: "%1 second", "%1 seconds", and what 0 means, if more.

    Sixty of them may be one of another unit.
    """

    one: str
    many: str
    zero: str = ""
    sixty: Unit | None = None

    def words(self, number: int) -> str:
        """Return a number of them."""
        if not number and self.zero:
            return self.zero
        if self.sixty and number and number % 60 == 0:
            return self.sixty.words(number // 60)
        return self.few(number)

    def few(self, number: int) -> str:
        """Return a number of them as it stands in a field."""
        return filled(self.one if number == 1 else self.many, str(number))


class Option(NamedTuple):
    """One of several values, as it is called."""

    value: Any
    text: str


class Control(QWidget):
    """A value that a person chooses; `field` is what takes the keyboard.

    Signals:
        changed: it may be another value now.
    """

    changed = Signal()
    is_wide = False
    field: QWidget

    @property
    def value(self) -> Any:
        """What is chosen."""
        raise NotImplementedError

    def show_value(self, value: Any) -> None:
        """Show a value as chosen."""
        raise NotImplementedError

    def words(self, value: Any) -> str:
        """Return a value as people say it."""
        raise NotImplementedError

    def name(self, label: str, description: str) -> None:
        """Tell a screen reader what is chosen here."""
        self.field.setAccessibleName(label)
        self.field.setAccessibleDescription(description)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Let the wheel turn the page, not the value that happens to be below it."""
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return False

    def hold(self, field: QWidget, *more: QWidget, is_stacked: bool = False) -> None:
        """Lay out the field, and what belongs to it, in a row or one below another."""
        self.field = field
        self.setFocusProxy(field)
        row: QBoxLayout = QVBoxLayout(self) if is_stacked else QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (field, *more):
            left = Qt.AlignmentFlag.AlignLeft
            row.addWidget(widget, 0, left if is_stacked else Qt.AlignmentFlag(0))
            if isinstance(widget, QAbstractSpinBox | QComboBox):
                widget.installEventFilter(self)
        if not (is_stacked or self.is_wide):
            row.addStretch(1)


class NumberControl(Control):
    """A whole number from `least` to `most`."""

    def __init__(self, unit: Unit, most: int, least: int = 0, step: int = 1) -> None:
        super().__init__()
        self._unit = unit
        self.box = QSpinBox()
        self.box.setRange(least, most)
        self.box.setSingleStep(step)
        self.box.lineEdit().setTextMargins(6, 0, 0, 0)
        self.box.setMinimumWidth(wide(self, 190))
        self.box.setSpecialValueText(unit.zero if least == 0 else "")
        self.hold(self.box)
        self.box.valueChanged.connect(self._on_changed)
        self._on_changed()

    @property
    def value(self) -> int:
        return self.box.value()

    def show_value(self, value: int) -> None:
        self.box.setValue(value)

    def words(self, value: int) -> str:
        return self._unit.words(value)

    @Slot()
    def _on_changed(self) -> None:
        unit = self._unit.one if self.box.value() == 1 else self._unit.many
        self.box.setSuffix(unit.removeprefix("%1"))
        self.changed.emit()


class SwitchControl(Control):
    """On or off."""

    def __init__(self) -> None:
        super().__init__()
        self.check = PromptCheck(self.words(False))
        self.hold(self.check)
        self.check.toggled.connect(self._on_toggled)

    @property
    def value(self) -> bool:
        return self.check.isChecked()

    def show_value(self, value: bool) -> None:
        self.check.setChecked(value)

    def words(self, value: bool) -> str:
        return _tr("on") if value else _tr("off")

    @Slot(bool)
    def _on_toggled(self, is_on: bool) -> None:
        self.check.setText(self.words(is_on))
        self.changed.emit()


class ChoiceControl(Control):
    """One of several values; `otherwise` says one that is not among them."""

    def __init__(
        self, options: Sequence[Option], otherwise: Callable[[Any], str] = str
    ) -> None:
        super().__init__()
        self._options, self._otherwise = tuple(options), otherwise
        self.box = QComboBox()
        self.box.setMinimumWidth(wide(self, 190))
        self.box.setMaximumWidth(wide(self, 300))
        for option in self._options:
            self.box.addItem(option.text)
        self.hold(self.box)
        self.box.currentIndexChanged.connect(self.changed)

    @property
    def value(self) -> Any:
        return self._options[self.box.currentIndex()].value

    def show_value(self, value: Any) -> None:
        values = [option.value for option in self._options]
        if value not in values:
            # Chosen by hand in the file: shown as it is, and kept.
            option = Option(value, self._otherwise(value))
            self._options = (*self._options, option)
            self.box.addItem(option.text)
            values.append(value)
        self.box.setCurrentIndex(values.index(value))

    def words(self, value: Any) -> str:
        known = (option.text for option in self._options if option.value == value)
        return next(known, self._otherwise(value))


class TextControl(Control):
    """A short text; `otherwise` is what counts while there is none."""

    def __init__(self, otherwise: str, longest: int) -> None:
        super().__init__()
        self._otherwise = otherwise
        self.line = QLineEdit()
        self.line.setMaxLength(longest)
        self.line.setPlaceholderText(otherwise)
        self.line.setMinimumWidth(wide(self, 250))
        self.hold(self.line)
        self.line.textChanged.connect(self.changed)

    @property
    def value(self) -> str:
        return self.line.text().strip()

    def show_value(self, value: str) -> None:
        self.line.setText(value)

    def words(self, value: str) -> str:
        return value or self._otherwise


class LinesControl(Control):
    """Texts, one in each line."""

    is_wide = True

    def __init__(self) -> None:
        super().__init__()
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        height = self.fontMetrics().lineSpacing() * LINES + 16
        self.text.setFixedHeight(height)
        self.hold(self.text)
        self.text.textChanged.connect(self.changed)

    @property
    def value(self) -> tuple[str, ...]:
        lines = (line.strip() for line in self.text.toPlainText().splitlines())
        return tuple(line for line in lines if line)

    def show_value(self, value: tuple[str, ...]) -> None:
        self.text.setPlainText("\n".join(value))

    def words(self, value: tuple[str, ...]) -> str:
        return ", ".join(value)


def wide(widget: QWidget, width: int) -> int:
    """Return a width that grows with the letters; as given at the usual size."""
    return width * widget.fontMetrics().height() // 16


def _tr(text: str) -> str:
    return QCoreApplication.translate("SettingsPage", text)
