"""Subject and body of a text, with their placeholders and what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desk_app.domain.message_text import Part, Text, check, offered, parts_of, tidy
from desk_app.errors import Invalid
from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.office.texts.placeholders import Placeholders
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from desk_app.domain.message_text import TextKey

# Who types is not told at every letter that a brace is still open.
CHECK_MS = 500
LINES, BESIDE = 9, 220


class TextEditor(QWidget):
    """What is typed into it is checked a moment later, each part for itself.

    Signals:
        changed: something else stands here.
        settled: a moment has passed since; whether all of it can be sent.
    """

    changed = Signal()
    settled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key: TextKey | None = None
        self._timer = QTimer(self, interval=CHECK_MS, singleShot=True)
        self._build()
        self._into: QLineEdit | QPlainTextEdit = self.body
        self._connect()

    @property
    def text(self) -> Text:
        """What stands here, as it would be kept."""
        has_subject = self._key is not None and Part.SUBJECT in parts_of(
            self._key.channel
        )
        subject = tidy(self.subject.text()) if has_subject else ""
        return Text(subject, tidy(self.body.toPlainText()))

    def show_text(self, key: TextKey, text: Text) -> None:
        """Show a text; what was typed before goes."""
        self._key = key
        has_subject = Part.SUBJECT in parts_of(key.channel)
        for widget in (self._subject_label, self.subject):
            widget.setVisible(has_subject)
        self._into = self.body
        self.subject.setText(text.subject)
        self.body.setPlainText(text.body)
        for complaint in self.complaints.values():
            complaint.clear_words()
        self._offer()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Remember into which part a placeholder goes."""
        if event.type() == QEvent.Type.FocusIn and watched in (self.subject, self.body):
            self._into = self.subject if watched is self.subject else self.body
            self._offer()
        return False

    def _build(self) -> None:
        self.subject, self.body = QLineEdit(), QPlainTextEdit()
        self.subject.setAccessibleName(self.tr("Subject"))
        self.body.setAccessibleName(self.tr("Text"))
        self.body.setTabChangesFocus(True)
        line = self.fontMetrics().lineSpacing()
        self.body.setMinimumHeight(line * LINES + 16)
        self.placeholders = Placeholders()
        self.complaints = {
            Part.SUBJECT.value: Complaint(self.subject),
            Part.BODY.value: Complaint(self.body),
        }
        self._subject_label = PlainLabel(self.tr("Su&bject"))
        self._subject_label.setBuddy(self.subject)
        text, beside = PlainLabel(self.tr("Te&xt")), PlainLabel(self.tr("&Insert"))
        text.setBuddy(self.body)
        beside.setBuddy(self.placeholders)
        left = QVBoxLayout()
        left.setSpacing(4)
        for widget in (
            self._subject_label,
            self.subject,
            self.complaints[Part.SUBJECT.value],
            text,
        ):
            left.addWidget(widget)
        left.addWidget(self.body, 1)
        left.addWidget(self.complaints[Part.BODY.value])
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(beside)
        right.addWidget(self.placeholders, 1)
        self.placeholders.setFixedWidth(BESIDE * self.fontMetrics().height() // 16)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.addLayout(left, 0, 0)
        grid.addLayout(right, 0, 1)
        grid.setColumnStretch(0, 1)
        QWidget.setTabOrder(self.subject, self.body)
        QWidget.setTabOrder(self.body, self.placeholders)

    def _connect(self) -> None:
        for field in (self.subject, self.body):
            field.installEventFilter(self)
            field.textChanged.connect(self._on_typed)
        self.placeholders.chosen.connect(self._on_placeholder)
        self._timer.timeout.connect(self._on_settled)

    def _offer(self) -> None:
        if self._key is not None:
            part = Part.SUBJECT if self._into is self.subject else Part.BODY
            self.placeholders.offer(offered(self._key.kind, self._key.channel, part))

    @Slot()
    def _on_typed(self) -> None:
        part = Part.SUBJECT if self.sender() is self.subject else Part.BODY
        self.complaints[part.value].clear_words()
        self._timer.start()
        self.changed.emit()

    @Slot(str)
    def _on_placeholder(self, name: str) -> None:
        """Put it in where the cursor was, and go back there."""
        into = self._into
        if isinstance(into, QPlainTextEdit):
            into.insertPlainText(f"{{{name}}}")
        else:
            into.insert(f"{{{name}}}")
        into.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_settled(self) -> None:
        """Say what is wrong, in the part where somebody types; tell whether all is."""
        if self._key is None:
            return
        wrong = [part for part in parts_of(self._key.channel) if self._is_wrong(part)]
        self.settled.emit(not wrong)

    def _is_wrong(self, part: Part) -> bool:
        key, text = self._key, self.text
        if key is None:
            return False
        typed = text.subject if part is Part.SUBJECT else text.body
        field = self.subject if part is Part.SUBJECT else self.body
        try:
            check(key.kind, key.channel, part, typed)
        except Invalid as error:
            if field.hasFocus():
                self.complaints[part.value].say(str(error))
            return True
        return False
