"""What leaves the page: copied, printed, or saved as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import (
    QGuiApplication,
    QImageWriter,
    QKeySequence,
    QPdfWriter,
    QShortcut,
)
from PySide6.QtWidgets import QFileDialog, QMenu

from desk_app.ui.paper.drawing import of_locale
from desk_app.ui.phrases import filled
from desk_app.ui.reports.image import image_of
from desk_app.ui.reports.sheet import Printed, print_on
from desk_app.ui.reports.text import as_csv, as_tabs

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPagedPaintDevice

    from desk_app.ui.reports.page import ReportsPage


class Saving(QObject):
    """The menu of the page, and its keys.

    Signals:
        said: what was done, or why it was not.
    """

    said = Signal(str)

    def __init__(self, page: ReportsPage, practice: Callable[[], str]) -> None:
        super().__init__(page)
        self._page, self._practice = page, practice
        self.menu = QMenu(page)
        self._fill()
        page.saving.setMenu(self.menu)

    @property
    def printed(self) -> Printed | None:
        """The report that is shown, None where there is none."""
        page = self._page
        if page.report is None or page.told is None or not page.told.charts:
            return None
        return Printed(page.told, page.body.chart, page.report, self._practice())

    @Slot()
    def copy_table(self) -> None:
        """Put the figures on the clipboard, with tabs between them."""
        if self.printed is not None:
            QGuiApplication.clipboard().setText(as_tabs(self.printed.chart))
            self.said.emit(self.tr("The figures were copied."))

    @Slot()
    def copy_picture(self) -> None:
        """Put the picture on the clipboard."""
        if self.printed is not None:
            QGuiApplication.clipboard().setImage(image_of(self.printed))
            self.said.emit(self.tr("The picture was copied."))

    @Slot()
    def print_report(self) -> None:
        """Show how the report will look on paper, and print it from there."""
        if self.printed is None:
            return
        # Takes 50 ms to load, which no start of the program should wait for.
        from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(of_locale())
        preview = QPrintPreviewDialog(printer, self._page.window())
        preview.setWindowTitle(self.tr("Print"))
        preview.paintRequested.connect(self._on_paint)
        preview.exec()
        preview.deleteLater()

    @Slot()
    def save_pdf(self) -> None:
        """Ask where, and write the report as a PDF."""
        self._ask(self.tr("Save as PDF"), "pdf", self.write_pdf)

    @Slot()
    def save_picture(self) -> None:
        """Ask where, and write the picture as a PNG."""
        self._ask(self.tr("Save the picture"), "png", self.write_picture)

    @Slot()
    def save_table(self) -> None:
        """Ask where, and write the figures as a CSV file."""
        self._ask(self.tr("Save the figures"), "csv", self.write_table)

    def write_pdf(self, path: str) -> bool:
        """Write the report as a PDF; say whether that was possible."""
        writer = QPdfWriter(path)
        writer.setPageSize(of_locale())
        writer.setTitle(self.file_name)
        return self.printed is not None and print_on(writer, self.printed)

    def write_picture(self, path: str) -> bool:
        """Write the picture as a PNG; say whether that was possible."""
        if self.printed is None:
            return False
        return QImageWriter(path, b"png").write(image_of(self.printed))

    def write_table(self, path: str) -> bool:
        """Write the figures as a CSV file; say whether that was possible."""
        printed = self.printed
        if printed is None:
            return False
        text = as_csv(printed.told, printed.chart, printed.report)
        try:
            Path(path).write_text(text, encoding="utf-8", newline="")
        except OSError:
            return False
        return True

    @property
    def file_name(self) -> str:
        """What a file is called unless another name is typed."""
        report = self._page.report
        if report is None:
            return ""
        period = report.query.period
        return f"{report.query.kind}-{period.first}-{period.last}".replace("_", "-")

    def _fill(self) -> None:
        for text, run, key in (
            (self.tr("&Copy the figures"), self.copy_table, "Ctrl+C"),
            (self.tr("Copy the &picture"), self.copy_picture, "Ctrl+Shift+C"),
            (self.tr("P&rint…"), self.print_report, "Ctrl+P"),
            (self.tr("Save as P&DF…"), self.save_pdf, ""),
            (self.tr("Save the picture as P&NG…"), self.save_picture, ""),
            (self.tr("Save the figures as C&SV…"), self.save_table, ""),
        ):
            native = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
            action = self.menu.addAction(f"{text}\t{native}" if key else text)
            action.triggered.connect(run)
        # Ctrl+P belongs to the window, which asks who is to print.
        for key, slot in (
            ("Ctrl+C", self.copy_table),
            ("Ctrl+Shift+C", self.copy_picture),
            ("Ctrl+S", self._page.saving.showMenu),
        ):
            shortcut = QShortcut(QKeySequence(key), self._page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _ask(self, title: str, kind: str, write: Callable[[str], bool]) -> None:
        if self.printed is None:
            return
        name, filters = f"{self.file_name}.{kind}", f"{kind.upper()} (*.{kind})"
        window = self._page.window()
        path, _ = QFileDialog.getSaveFileName(window, title, name, filters)
        if not path:
            return
        if not Path(path).suffix:
            path = f"{path}.{kind}"
        done, failed = self.tr("Saved: %1"), self.tr("%1 cannot be written there.")
        self.said.emit(filled(done if write(path) else failed, path))

    @Slot(object)
    def _on_paint(self, device: QPagedPaintDevice) -> None:
        if self.printed is not None:
            print_on(device, self.printed)
