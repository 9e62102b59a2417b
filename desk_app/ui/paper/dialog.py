"""Ctrl+P: what to put on paper, how it will look, and where it goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPdfWriter, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
)

from desk_app.ui import notices, privacy
from desk_app.ui.paper import drawing
from desk_app.ui.paper.layout import pages
from desk_app.ui.paper.sheet import Options, sheets
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from desk_app.domain.schedule import ProviderDay
    from desk_app.errors import DeskError
    from desk_app.ui.around import Port
    from desk_app.ui.paper.layout import Page
    from desk_app.ui.paper.sheet import Sheet

PREVIEW = 380


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be printed: so many days from the first, of whom."""

    words: str
    first: date
    count: int
    provider_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """What stands on every page besides the schedule."""

    options: Options
    file_name: str


class PaperDialog(QDialog):
    """Choices at the left, the page as it will be at the right.

    Signals:
        saved: the file that was written (its path).
        sent: the pages went to a printer.
    """

    saved = Signal(str)
    sent = Signal()

    def __init__(
        self,
        choices: Sequence[Choice],
        head: Head,
        read: Port,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._choices, self._head, self._read = choices, head, read
        self._days: Sequence[ProviderDay] = ()
        self._pages: list[Page] = []
        self._number = 0
        self._paper = drawing.paper_of(drawing.of_locale())
        self._build()
        self._connect()
        self._on_chosen()

    @property
    def shown_pages(self) -> Sequence[Page]:
        """The pages of the preview."""
        return self._pages

    def sheets(self, *, is_hidden: bool = False) -> tuple[Sheet, ...]:
        """Return what was chosen, as words."""
        given = self._head.options
        return sheets(
            self._days,
            Options(
                given.practice,
                given.zone,
                given.footer,
                with_notes=self.notes.isChecked(),
                is_hidden=is_hidden,
            ),
        )

    def save_to(self, path: str) -> bool:
        """Write a PDF; say in the dialog if that is not possible."""
        writer = QPdfWriter(path)
        writer.setPageSize(drawing.of_locale())
        writer.setTitle(self._head.file_name)
        if not drawing.print_on(writer, self.sheets()):
            self._state.setText(self.tr("The file cannot be written there."))
            return False
        self.saved.emit(path)
        self.accept()
        return True

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Print"))
        self.what = QComboBox()
        self.what.setAccessibleName(self.tr("What to print"))
        for choice in self._choices:
            self.what.addItem(choice.words)
        self.notes = QCheckBox(self.tr("With &notes"))
        self._state = PlainLabel()
        self._state.setWordWrap(True)
        self.print = QPushButton(self.tr("&Print…"))
        self.print.setDefault(True)
        self.print.setProperty("primary", "true")
        self.pdf = QPushButton(self.tr("&Save as PDF…"))
        self._close = QPushButton(self.tr("Close"))
        self._back = QPushButton(self.tr("Page &back"))
        self._on = QPushButton(self.tr("Page &on"))
        self._picture = QLabel()
        self._picture.setFixedWidth(PREVIEW)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._lay_out()

    def _lay_out(self) -> None:
        label = PlainLabel(self.tr("&What"))
        label.setBuddy(self.what)
        left = QVBoxLayout()
        left.setSpacing(8)
        for widget in (label, self.what, self.notes, self._state):
            left.addWidget(widget)
        left.addStretch(1)
        turning = QHBoxLayout()
        for button in (self._back, self._on):
            button.setAutoDefault(False)
            turning.addWidget(button)
        left.addLayout(turning)
        left.addSpacing(12)
        for button in (self.print, self.pdf, self._close):
            left.addWidget(button)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 16, 20, 16)
        row.setSpacing(20)
        row.addLayout(left, 1)
        row.addWidget(self._picture)
        self.setMinimumWidth(PREVIEW + self.fontMetrics().averageCharWidth() * 52)

    def _connect(self) -> None:
        self.what.currentIndexChanged.connect(self._on_chosen)
        self.notes.toggled.connect(self._show)
        self.print.clicked.connect(self._on_print)
        self.pdf.clicked.connect(self._on_save)
        self._close.clicked.connect(self.reject)
        self._back.clicked.connect(self._on_back)
        self._on.clicked.connect(self._on_on)
        privacy.current().changed.connect(self._show)
        privacy.listen(self)

    @Slot()
    def _on_chosen(self) -> None:
        self._days, self._number = (), 0
        self._let(is_ready=False)
        self._state.setText(self.tr("Reading the schedule…"))
        choice = self._choices[self.what.currentIndex()]
        self._read(choice, self._on_read, self._on_failed)

    @Slot(object)
    def _on_read(self, days: Sequence[ProviderDay]) -> None:
        self._days = days
        self._show()

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        said = notices.cannot_show(error)
        self._state.setText(f"{said.title}. {said.body}".strip())

    @Slot()
    def _show(self) -> None:
        hidden = privacy.current().is_on
        self._pages = [
            page
            for sheet in self.sheets(is_hidden=hidden)
            for page in pages(sheet, self._paper)
        ]
        self._number = min(self._number, max(len(self._pages) - 1, 0))
        self._let(is_ready=bool(self._pages))
        self._show_page()

    def _show_page(self) -> None:
        if not self._pages:
            self._picture.clear()
            self._state.setText(self.tr("There is nothing to print."))
            return
        page = self._pages[self._number]
        ratio = self.devicePixelRatioF()
        image = drawing.picture(page, self._paper, PREVIEW, ratio)
        self._picture.setPixmap(QPixmap.fromImage(image))
        text = filled(
            self.tr("Page %1 of %2"), str(self._number + 1), str(len(self._pages))
        )
        self._state.setText(text)
        self._picture.setAccessibleName(text)
        self._back.setEnabled(self._number > 0)
        self._on.setEnabled(self._number < len(self._pages) - 1)

    def _let(self, *, is_ready: bool) -> None:
        for button in (self.print, self.pdf, self._back, self._on):
            button.setEnabled(is_ready)

    @Slot()
    def _on_back(self) -> None:
        self._number -= 1
        self._show_page()

    @Slot()
    def _on_on(self) -> None:
        self._number += 1
        self._show_page()

    @Slot()
    def _on_save(self) -> None:
        name = f"{self._head.file_name}.pdf"
        path, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save as PDF"), name, "PDF (*.pdf)"
        )
        if path:
            self.save_to(path)

    @Slot()
    def _on_print(self) -> None:
        # Takes 50 ms to load, which no start of the program should wait for.
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(drawing.of_locale())
        dialog = QPrintDialog(printer, self)
        is_wanted = dialog.exec()
        dialog.deleteLater()
        if not is_wanted:
            return
        if drawing.print_on(printer, self.sheets()):
            self.sent.emit()
            self.accept()
        else:
            self._state.setText(self.tr("The printer did not take the pages."))
