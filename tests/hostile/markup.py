"""Finds every place of a window where a text could be drawn as markup, and was."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtGui import Qt as RichText
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QErrorMessage,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QProgressDialog,
    QTextEdit,
    QToolButton,
    QWidget,
    QWizardPage,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtGui import QAccessibleInterface

# One pixel of a picture with 32 bits each; red and blue stand alike.
MAGENTA = b"\xff\x00\xff\xff"
# These draw HTML, and nothing of the program needs them.
RICH = (QTextEdit, QErrorMessage, QInputDialog, QProgressDialog, QWizardPage)
# How `plain.tool_tip` writes a text that a tool tip must show letter by letter.
_PLAIN_TIP = re.compile(r'<p style="white-space:pre-wrap">[^<]*</p>')
_TIP_ROLES = (
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.WhatsThisRole,
    Qt.ItemDataRole.StatusTipRole,
)
_WORD_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


def widgets(*windows: QWidget) -> Iterator[QWidget]:
    """Yield windows and all that is in them, shown or not."""
    for window in windows:
        yield window
        yield from window.findChildren(QWidget)


def risks(*windows: QWidget) -> list[str]:
    """Return where a text could be drawn as something else than its letters."""
    found: list[str] = []
    for widget in widgets(*windows):
        where = type(widget).__name__
        if _draws_markup(widget):
            found.append(f"{where} draws markup")
        tips = [widget.toolTip(), widget.whatsThis(), widget.statusTip()]
        tips += [action.toolTip() for action in _actions_with_tips(widget)]
        tips += [tip for model in _models(widget) for tip in _data(model, _TIP_ROLES)]
        found += [f"a tip of {where} is {tip[:80]!r}" for tip in tips if _is_rich(tip)]
    return found


def _draws_markup(widget: QWidget) -> bool:
    if isinstance(widget, QLabel | QMessageBox):
        is_plain = widget.textFormat() is Qt.TextFormat.PlainText
        return bool(widget.text()) and not is_plain
    return isinstance(widget, RICH)


def _is_rich(tip: str) -> bool:
    return RichText.mightBeRichText(tip) and not _PLAIN_TIP.fullmatch(tip)


def _actions_with_tips(widget: QWidget) -> list[object]:
    shows = isinstance(widget, QToolButton)
    shows = shows or (isinstance(widget, QMenu) and widget.toolTipsVisible())
    return list(widget.actions()) if shows else []


def _models(widget: QWidget) -> Iterator[QAbstractItemModel]:
    if isinstance(widget, QAbstractItemView | QComboBox) and widget.model():
        yield widget.model()


def _data(
    model: QAbstractItemModel, roles: tuple[Qt.ItemDataRole, ...]
) -> Iterator[str]:
    """Yield the texts of these roles of every row, and of the headers."""
    parents = [QModelIndex()]
    while parents:
        parent = parents.pop()
        columns = range(_columns(model, parent))
        for row in range(model.rowCount(parent)):
            for index in (model.index(row, column, parent) for column in columns):
                yield from (str(index.data(role) or "") for role in roles)
                if model.rowCount(index):
                    parents.append(index)
    for number in range(_columns(model, QModelIndex())):
        for role in roles:
            yield str(model.headerData(number, Qt.Orientation.Horizontal, role) or "")


def _columns(model: QAbstractItemModel, parent: QModelIndex) -> int:
    # A list hides that it has one.
    is_list = isinstance(model, QAbstractListModel)
    return 1 if is_list else model.columnCount(parent)


def words(*windows: QWidget) -> Iterator[str]:
    """Yield every text that is shown, or said by a screen reader."""
    for widget in widgets(*windows):
        yield widget.windowTitle()
        yield widget.accessibleName()
        yield widget.accessibleDescription()
        if isinstance(widget, QLabel | QLineEdit):
            yield widget.text()
        elif isinstance(widget, QAbstractButton):
            yield widget.text().replace("&&", "&")
        elif isinstance(widget, QPlainTextEdit):
            yield widget.toPlainText()
        elif isinstance(widget, QMenu):
            yield from (action.text().replace("&&", "&") for action in widget.actions())
        for model in _models(widget):
            yield from _data(model, _WORD_ROLES)
    for window in windows:
        yield from _spoken(QAccessible.queryAccessibleInterface(window))


def _spoken(node: QAccessibleInterface | None) -> Iterator[str]:
    if node is None or not node.isValid():
        return
    yield node.text(QAccessible.Text.Name)
    yield node.text(QAccessible.Text.Description)
    for number in range(node.childCount()):
        yield from _spoken(node.child(number))


def swallowed_keys(text: str, *windows: QWidget) -> list[str]:
    """Return the buttons on which the "&" of `text` became a key."""
    if "&" not in text:
        return []
    doubled = text.replace("&", "&&")
    buttons = [w.text() for w in widgets(*windows) if isinstance(w, QAbstractButton)]
    return [said for said in buttons if text in said and doubled not in said]


def has_magenta(picture: QImage) -> bool:
    """Say whether a picture has a pixel in the colour of `texts.PICTURE`."""
    image = picture.convertToFormat(QImage.Format.Format_RGB32)
    pixels, at = image.constBits().tobytes(), -1
    while (at := pixels.find(MAGENTA, at + 1)) >= 0:
        if at % len(MAGENTA) == 0:
            return True
    return False


def paints_magenta(*windows: QWidget) -> list[str]:
    """Return which windows, or tool tips in them, paint the hostile picture."""
    found = [
        type(window).__name__
        for window in windows
        if has_magenta(window.grab().toImage())
    ]
    tips = {widget.toolTip() for widget in widgets(*windows)}
    tips |= {
        tip
        for widget in widgets(*windows)
        for model in _models(widget)
        for tip in _data(model, _TIP_ROLES)
    }
    return found + [tip for tip in tips if tip and has_magenta(_as_drawn(tip))]


def _as_drawn(tip: str) -> QImage:
    """Draw a tool tip as Qt does: a label that guesses what its text is."""
    label = QLabel(tip)
    label.ensurePolished()
    label.adjustSize()
    return label.grab().toImage()
