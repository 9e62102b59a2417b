"""How a provider sees clients by video: by which service, and who they are there."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from desk_app.domain.meetings import MeetingKind
from desk_app.domain.offering import VideoWay
from desk_app.ui.admin.form import hint
from desk_app.ui.dialogs.complaint import Complaint

LONGEST = 2_000


class VideoField(QWidget):
    """A way, and the one line that it needs.

    Signals:
        changed: something else stands here.
    """

    changed = Signal()

    def __init__(self, video: VideoWay, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build(video)
        self._connect()
        self._follow()

    @property
    def video(self) -> VideoWay:
        """What stands here."""
        kind = self._kind
        return VideoWay(
            kind,
            host="" if kind in (None, MeetingKind.ROOM) else self.host.text(),
            room=self.room.text() if kind is MeetingKind.ROOM else "",
        )

    @property
    def inputs(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in order."""
        return self.way, self.host, self.room

    @property
    def _kind(self) -> MeetingKind | None:
        found = self.way.currentData()
        return None if found is None else MeetingKind(found)

    def _build(self, video: VideoWay) -> None:
        self.way = QComboBox()
        self.way.setAccessibleName(self.tr("By video"))
        for kind in (None, *MeetingKind):
            self.way.addItem(way_name(kind), kind)
        self.way.setCurrentIndex(self.way.findData(video.kind))
        self.host, self.room = QLineEdit(video.host), QLineEdit(video.room)
        self.room.setPlaceholderText("https://…")
        self.room.setAccessibleName(self.tr("Address of the room"))
        self.complaints = {
            "meeting_host": Complaint(self.host),
            "meeting_room": Complaint(self.room),
        }
        self._about = hint("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        lines = (self.host, self.room)
        for line in lines:
            line.setMaxLength(LONGEST)
        for widget in (self.way, *lines, *self.complaints.values(), self._about):
            column.addWidget(widget)
        # A label's key asks for this before it goes on to the box.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self.way)

    def _connect(self) -> None:
        self.way.currentIndexChanged.connect(self._follow)
        for line in (self.host, self.room):
            line.textChanged.connect(self.changed)
        self.host.textChanged.connect(self.complaints["meeting_host"].clear_words)
        self.room.textChanged.connect(self.complaints["meeting_room"].clear_words)

    @Slot()
    def _follow(self) -> None:
        """Ask for what this way needs."""
        kind = self._kind
        for complaint in self.complaints.values():
            complaint.clear_words()
        self.host.setVisible(kind in (MeetingKind.ZOOM, MeetingKind.MEET))
        self.room.setVisible(kind is MeetingKind.ROOM)
        name = _host_name(kind)
        self.host.setAccessibleName(name)
        self.host.setPlaceholderText(name)
        self._about.setText(_about(kind))
        self.changed.emit()


def way_name(kind: MeetingKind | None) -> str:
    """Return what a way is called."""
    return {
        None: _tr("Not by video"),
        MeetingKind.ZOOM: _tr("Zoom"),
        MeetingKind.MEET: _tr("Google Meet"),
        MeetingKind.ROOM: _tr("A room of their own"),
    }[kind]


def _host_name(kind: MeetingKind | None) -> str:
    if kind is MeetingKind.MEET:
        return _tr("Google address of their calendar")
    return _tr("E-mail of their Zoom user")


def _about(kind: MeetingKind | None) -> str:
    return {
        None: _tr("Services by video then have no link; you tell clients yourself."),
        MeetingKind.ZOOM: _tr(
            "Each visit gets a meeting of its own, in the practice’s Zoom account"
            " (office → Video meetings)."
        ),
        MeetingKind.MEET: _tr(
            "Each visit gets a link of its own, through their Google calendar; it has"
            " to be connected."
        ),
        MeetingKind.ROOM: _tr("The same link for everybody; it begins with https://."),
    }[kind]


def _tr(text: str) -> str:
    return QCoreApplication.translate("VideoField", text)
