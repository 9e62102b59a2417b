"""The button of the booking dialog that turns the booking into a series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QDialog

from desk_app.ui.dialogs.prompt import PromptButton

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.ui.dialogs.frame import DeskDialog
    from desk_app.ui.dialogs.ports import BookingForm, Repeat


class RepeatButton(PromptButton):
    """Stands at the left of a dialog's buttons, where a series can be asked for.

    `entered` gives what was entered so far, or None after it said what is missing. The
    dialog stays below the one of the series, and closes once that is booked.
    """

    def __init__(
        self,
        dialog: DeskDialog,
        repeat: Repeat | None,
        entered: Callable[[], BookingForm | None],
    ) -> None:
        text = QCoreApplication.translate("BookingDialog", "&Repeat…")
        super().__init__(text)
        self._dialog, self._repeat, self._entered = dialog, repeat, entered
        self.setAutoDefault(False)
        self.setVisible(repeat is not None)
        dialog.footer.insertWidget(0, self)
        self.clicked.connect(self._on_clicked)

    @Slot()
    def _on_clicked(self) -> None:
        form = self._entered() if self._repeat else None
        if form is not None and self._repeat and self._repeat(form, self._dialog):
            self._dialog.done(QDialog.DialogCode.Accepted)
