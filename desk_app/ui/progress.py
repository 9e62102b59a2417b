"""Long work while it is under way: a bar, words on where it stands, and Cancel."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desk_app.domain.progress import CancelToken, Progress, Work
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.notice_bar import announce
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel

# Often enough to look alive, seldom enough to cost nothing.
LOOK_EVERY_MS = 100
# So often the pane looks before it shows what mostly takes a moment.
LOOKS_UNSEEN = 5
# The bar counts in thousandths: a total may be larger than Qt can count.
WHOLE = 1_000


class ProgressPane(QWidget):
    """Hidden until work begins. The work tells of itself, the pane looks now and then.

    Give the `Work` that `begin` returns to the service, and call `end` in both of
    its answers. Nothing crosses threads but frozen records, and a pane that is gone
    is told nothing: its work ends early.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = _Told()
        self._looks = 0
        self._looking = QTimer(self, interval=LOOK_EVERY_MS)
        self._build()
        self._connect()
        self.hide()

    @property
    def is_running(self) -> bool:
        """Whether work is under way."""
        return self._looking.isActive()

    @property
    def words(self) -> str:
        """What is said about the work."""
        return self._words.text()

    @property
    def bar(self) -> QProgressBar:
        """The bar, in thousandths of the whole."""
        return self._bar

    @property
    def cancel_button(self) -> PromptButton:
        """The button that ends the work early."""
        return self._cancel

    def begin(self, words: str, *, at_once: bool = True) -> Work:
        """Show that work has begun; return what the work is told and tells by.

        `words` say what is done until the work itself says something. What mostly
        takes a moment is not shown `at_once`, but when it lasts longer.
        """
        self._told.cancel()
        work = self._told.begin(words)
        self._cancel.setEnabled(True)
        self._cancel.setText(self.tr("&Cancel"))
        self._looks = 0 if at_once else -LOOKS_UNSEEN
        self._look()
        self._looking.start()
        return work

    def end(self) -> None:
        """Show nothing any more: the work has answered."""
        self._looking.stop()
        self.hide()

    @Slot()
    def cancel(self) -> None:
        """Ask the work to end; it answers with Cancelled."""
        self._told.cancel()
        self._cancel.setEnabled(False)
        self._cancel.setText(self.tr("Stopping…"))

    def _build(self) -> None:
        self._words = PlainLabel()
        self._bar = QProgressBar()
        self._bar.setAccessibleName(self.tr("Progress"))
        # How many are done stands above it.
        self._bar.setTextVisible(False)
        self._cancel = PromptButton(self.tr("&Cancel"))
        self._cancel.setAutoDefault(False)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._bar, 1)
        row.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._words)
        column.addLayout(row)

    def _connect(self) -> None:
        self._looking.timeout.connect(self._look)
        self._cancel.clicked.connect(self.cancel)
        self.destroyed.connect(self._told.cancel)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.cancel)

    @Slot()
    def _look(self) -> None:
        progress = self._told.progress
        self._looks += 1
        if self._looks > 0 and self.isHidden():
            self.show()
            announce(self, progress.words)
        self._words.setText(in_words(progress))
        self._bar.setMaximum(WHOLE if progress.total else 0)
        if progress.total:
            self._bar.setValue(progress.done * WHOLE // progress.total)


def in_words(progress: Progress) -> str:
    """Return "Writing clients: 12,000 of 50,000"."""
    if not progress.total:
        return f"{progress.words}…"
    count = filled(
        QCoreApplication.translate("ProgressPane", "%1 of %2"),
        QLocale().toString(min(progress.done, progress.total)),
        QLocale().toString(progress.total),
    )
    return f"{progress.words}: {count}"


class _Told:
    """What the work said last, and how it is told to end; outlives the pane."""

    def __init__(self) -> None:
        self.progress = Progress()
        self._token = CancelToken()

    def begin(self, words: str) -> Work:
        """Forget the work of before."""
        self.progress, self._token = Progress(words=words), CancelToken()
        return Work(self._put, self._token)

    def cancel(self, _gone: object = None) -> None:
        """Tell the work to end."""
        self._token.cancel()

    def _put(self, progress: Progress) -> None:
        """Take what the work says, with the words of before where it has none."""
        words = progress.words or self.progress.words
        self.progress = Progress(progress.done, progress.total, words)
