"""The picture of a provider: chosen, pasted or dropped, made small elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QImage, QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import QFileDialog, QLabel, QVBoxLayout, QWidget

from desk_app.ui import notices
from desk_app.ui.admin.form import hint
from desk_app.ui.dialogs.inks import Ink, set_ink
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.notice_bar import announce
from desk_app.ui.office.providers import picture
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from desk_app.errors import DeskError
    from desk_app.ui.around import Around

SIDE = 112


class PhotoField(QWidget):
    """A round picture with what can be done about it.

    Signals:
        changed: there is another picture, or none.
    """

    changed = Signal()

    def __init__(self, around: Around, image: bytes) -> None:
        super().__init__()
        self._of_file = around.port(picture.of_file, "picture")
        self._of_image = around.port(picture.of_image, "picture")
        self._known = self._image = image
        self._name, self._colour = "", ""
        self.setAcceptDrops(True)
        self._build()
        self._connect()

    @property
    def image(self) -> bytes:
        """The picture, b"" for none."""
        return self._image

    @property
    def wanted(self) -> bytes | None:
        """What shall be kept instead, b"" for none, None for what there is."""
        return None if self._image == self._known else self._image

    @property
    def inputs(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in order."""
        return (self.choose, self.paste, self.remove)

    @property
    def said(self) -> str:
        """Why a picture was not taken, "" if none was refused."""
        return self._said.text()

    def show_person(self, name: str, colour: str) -> None:
        """Show whose picture it is while there is none."""
        self._name, self._colour = name, colour
        self._show()

    def say(self, text: str) -> None:
        """Say why a picture cannot be used."""
        self._said.setText(text)
        self._said.setVisible(bool(text))
        if text:
            announce(self, text, urgent=True)

    def take(self, data: QMimeData) -> bool:
        """Use the picture that was pasted or dropped; False where there is none."""
        files = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
        image = data.imageData() if data.hasImage() else None
        if files:
            self._ask_of_file(files[0])
        elif isinstance(image, QImage):
            self._begin()
            self._of_image(image, self._on_ready, self._on_refused)
        return bool(files) or isinstance(image, QImage)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take pictures and files."""
        data = event.mimeData()
        if data.hasImage() or data.hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Use what is dropped."""
        if self.take(event.mimeData()):
            event.acceptProposedAction()

    def _build(self) -> None:
        self._face = QLabel()
        self._face.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.choose = PromptButton(self.tr("Choose a &picture…"))
        self.paste = PromptButton(self.tr("Paste (Ctrl+Shift+V)"))
        self.remove = PromptButton(self.tr("&Remove"))
        self._said = PlainLabel()
        self._said.setWordWrap(True)
        set_ink(self._said, Ink.DANGER)
        self._said.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._face)
        for button in (self.choose, self.paste, self.remove):
            button.setAutoDefault(False)
            column.addWidget(button)
        column.addWidget(self._said)
        column.addWidget(hint(self.tr("Or drop one here. Only its middle is kept.")))
        column.addStretch(1)

    def _connect(self) -> None:
        self.choose.clicked.connect(self._on_choose)
        self.paste.clicked.connect(self._on_paste)
        self.remove.clicked.connect(self._on_remove)
        keys = QShortcut(QKeySequence("Ctrl+Shift+V"), self)
        keys.setContext(Qt.ShortcutContext.WindowShortcut)
        keys.activated.connect(self._on_paste)

    def _show(self) -> None:
        colour = self._colour or self.palette().color(QPalette.ColorRole.Mid).name()
        self._face.setPixmap(
            picture.avatar(
                self._name, colour, self._image, SIDE, self.devicePixelRatio()
            )
        )
        self._face.setAccessibleName(
            self.tr("Picture") if self._image else self.tr("No picture")
        )
        self.remove.setEnabled(bool(self._image))

    def _begin(self) -> None:
        self.say("")
        self.choose.setEnabled(False)

    def _ask_of_file(self, name: str) -> None:
        self._begin()
        self._of_file(Path(name), self._on_ready, self._on_refused)

    @Slot()
    def _on_choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Choose a picture"),
            "",
            f"{self.tr('Pictures')} ({picture.PATTERNS})",
        )
        if name:
            self._ask_of_file(name)

    @Slot()
    def _on_paste(self) -> None:
        if not self.take(QGuiApplication.clipboard().mimeData()):
            self.say(self.tr("No picture was copied. Copy one first, then paste it."))

    @Slot()
    def _on_remove(self) -> None:
        self.say("")
        self._put(b"")

    @Slot(object)
    def _on_ready(self, image: bytes) -> None:
        self.choose.setEnabled(True)
        self._put(image)

    @Slot(object)
    def _on_refused(self, error: DeskError) -> None:
        self.choose.setEnabled(True)
        self.say(notices.words(error).text or str(error))

    def _put(self, image: bytes) -> None:
        self._image = image
        self._show()
        self.changed.emit()
