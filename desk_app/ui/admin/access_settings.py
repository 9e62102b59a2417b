"""The settings of access: who reads what, locks, how long clients are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desk_app.domain.access import (
    LONGEST_LOCK_MINUTES,
    LONGEST_RETENTION_YEARS,
    AccessSettings,
)
from desk_app.ui import notices
from desk_app.ui.admin.form import FormDialog, hint
from desk_app.ui.admin.ports import AccessChange
from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.dialogs.frame import Verbs
from desk_app.ui.notice_bar import Action
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.errors import DeskError
    from desk_app.ui.admin.ports import AccessPorts

WIDE = 520
UNKNOWN = "…"


class AccessSettingsDialog(FormDialog):
    """Three settings, each with what it does and what is usual."""

    def __init__(self, ports: AccessPorts, parent: QWidget | None = None) -> None:
        super().__init__(_verbs(), parent)
        self._ports = ports
        self._known: AccessSettings | None = None
        self.wire(ports.change, ports.patience)
        self._build()
        self._connect()
        self.read()

    @classmethod
    def ask(cls, parent: QWidget | None, ports: AccessPorts) -> AccessSettings | None:
        """Return the settings as they are now, or None if nothing was saved."""
        dialog = cls(ports, parent)
        dialog.exec()
        dialog.deleteLater()
        changed: AccessSettings | None = dialog.answer
        return changed

    @property
    def wanted(self) -> AccessSettings:
        """The settings as they stand in the form."""
        return AccessSettings(
            providers_read_all=self.reading.isChecked(),
            lock_minutes=self.lock.value(),
            retention_years=self.retention.value(),
        )

    @Slot()
    def read(self) -> None:
        """Read the settings; until they are there, nothing can be chosen."""
        self._show_known(None)
        self._ports.read(self._on_read, self._on_read_failed)

    def is_touched(self) -> bool:
        """Say whether something else is chosen than what is saved."""
        return self._known is not None and self.wanted != self._known

    def submit(self) -> None:
        """Save what was changed; nothing changed is nothing to save."""
        if self._known is None:
            return
        if self.is_touched():
            self.send(AccessChange(self._known, self.wanted))
        else:
            self.done(0)

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Access and data"))
        about = self.tr("For everybody in the practice, at every desk")
        self.build_head(self.tr("Access and data"), about)
        column = self.build_column(WIDE)
        column.setSpacing(12)
        column.addWidget(self._build_reading())
        column.addWidget(self._build_lock())
        column.addWidget(self._build_retention())
        column.addStretch(1)

    def _build_reading(self) -> QFrame:
        self.reading = QCheckBox(self.tr("&Providers may read everybody's schedule"))
        words = self.tr(
            "With it they also see everybody's clients. They change only their own"
            " appointments in either case. Usually off: each sees their own."
        )
        return card(words, (self.reading,))

    def _build_lock(self) -> QFrame:
        self.lock = number(LONGEST_LOCK_MINUTES, self.tr(" minutes"))
        self.lock.setAccessibleName(self.tr("Lock a desk nobody touches after"))
        self.complaints["lock_minutes"] = Complaint(self.lock)
        label = PlainLabel(self.tr("&Lock a desk nobody touches after"))
        label.setBuddy(self.lock)
        words = self.tr(
            "Whoever comes back signs in, and what was typed is still there. Usually 10"
            " minutes; 0 means never."
        )
        return card(words, (label, self.lock, self.complaints["lock_minutes"]))

    def _build_retention(self) -> QFrame:
        self.retention = number(LONGEST_RETENTION_YEARS, self.tr(" years"))
        self.retention.setAccessibleName(self.tr("Keep clients after their last visit"))
        self.complaints["retention_years"] = Complaint(self.retention)
        label = PlainLabel(self.tr("&Keep clients after their last visit"))
        label.setBuddy(self.retention)
        words = self.tr(
            "Managers can erase who has not come for longer; nothing goes by itself."
            " The law may want records kept for some years. Usually for ever (0)."
        )
        complaint = self.complaints["retention_years"]
        return card(words, (label, self.retention, complaint))

    def _connect(self) -> None:
        self.reading.toggled.connect(self.stay)
        for name, field in (
            ("lock_minutes", self.lock),
            ("retention_years", self.retention),
        ):
            field.valueChanged.connect(self.stay)
            field.valueChanged.connect(self.complaints[name].clear_words)

    @Slot(object)
    def _on_read(self, settings: AccessSettings) -> None:
        self.banner.clear()
        self.reading.setChecked(settings.providers_read_all)
        self.lock.setValue(settings.lock_minutes)
        self.retention.setValue(settings.retention_years)
        self._show_known(settings)
        self.reading.setFocus()

    @Slot(object)
    def _on_read_failed(self, error: DeskError) -> None:
        again = Action(self.tr("Try again"), self.read)
        self.banner.say(notices.cannot_show(error), [again], topic="reading")

    def _show_known(self, settings: AccessSettings | None) -> None:
        self._known = settings
        is_known = settings is not None
        self.lock.setSpecialValueText(self.tr("never") if is_known else UNKNOWN)
        for_ever = self.tr("for ever") if is_known else UNKNOWN
        self.retention.setSpecialValueText(for_ever)
        self.body.setEnabled(is_known)
        go, _ = self.buttons
        go.setEnabled(is_known)


def number(most: int, unit: str) -> QSpinBox:
    """Return a field for a whole number from 0 to `most`."""
    box = QSpinBox()
    box.setRange(0, most)
    box.setSuffix(unit)
    box.lineEdit().setTextMargins(6, 0, 0, 0)
    return box


def card(words: str, *rows: Sequence[QWidget]) -> QFrame:
    """Return settings, row by row, with what they mean below them."""
    frame = QFrame()
    frame.setObjectName("card")
    column = QVBoxLayout(frame)
    column.setContentsMargins(14, 12, 14, 12)
    column.setSpacing(4)
    for widgets in rows:
        column.addLayout(_row([w for w in widgets if not isinstance(w, Complaint)]))
        for widget in widgets:
            if isinstance(widget, Complaint):
                column.addWidget(widget)
    column.addWidget(hint(words))
    return frame


def _row(widgets: Sequence[QWidget]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    for widget in widgets:
        row.addWidget(widget)
    if not any(isinstance(widget, QPlainTextEdit) for widget in widgets):
        row.addStretch(1)
    return row


def _verbs() -> Verbs:
    translate = QCoreApplication.translate
    return Verbs(
        go=translate("AccessSettingsDialog", "&Save"),
        busy=translate("AccessSettingsDialog", "Saving…"),
        leave=translate("AccessSettingsDialog", "Close"),
    )
