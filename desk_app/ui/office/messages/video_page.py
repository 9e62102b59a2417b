"""The page of video meetings: who sees clients by what, and the account at Zoom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit

from desk_app.domain.meetings import MeetingKind
from desk_app.domain.message_settings import ZoomSettings
from desk_app.domain.secrets import SecretName
from desk_app.ui import notices
from desk_app.ui.admin.form import add_row, form_grid, hint
from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.notice_bar import Action
from desk_app.ui.office.messages.card import card
from desk_app.ui.office.messages.secret_field import SecretField
from desk_app.ui.office.messages.secret_page import SecretPage
from desk_app.ui.office.providers.video_field import way_name
from desk_app.ui.plain import ElidedLabel, Question

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.domain.offering import ListedProvider
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around

LONGEST = 254
# A practice with more sees the rest in the list of providers.
MOST_SHOWN = 40


class VideoPage(SecretPage):
    """The providers with their ways above, the account at Zoom below."""

    def __init__(self, around: Around, go_to: Callable[[str], object]) -> None:
        service, providers = around.desk.message_settings, around.desk.providers
        super().__init__(
            around,
            self.tr("Services by video: where their links come from."),
            around.port(lambda _: service.zoom(), "zoom"),
            around.port(service.change_zoom),
            SecretName.ZOOM_CLIENT_SECRET,
        )
        self._go_to = go_to
        self._read_providers = around.port(lambda _: providers.all(), "by video")
        self._build()
        self.watch()
        self._connect()

    def begin(self) -> None:
        """Read the account, and who sees clients by video."""
        super().begin()
        self._read_providers(None, self._on_providers, self._on_no_providers)

    def show_settings(self, settings: ZoomSettings) -> None:
        """Fill the fields."""
        self.account.setText(settings.account_id)
        self.client.setText(settings.client_id)
        self._follow()

    def settings(self) -> ZoomSettings:
        """Return what stands in the fields."""
        return ZoomSettings(self.account.text(), self.client.text())

    def removal(self) -> Question:
        """Ask before the secret is removed."""
        return Question(
            self.tr("Remove the client secret?"),
            self.tr(
                "No meetings are made at Zoom from then on; those that are made stay."
            ),
            self.tr("&Remove it"),
            self.tr("&Leave it"),
        )

    def _build(self) -> None:
        self.column.addWidget(self._build_people())
        self.column.addWidget(self._build_zoom())
        self.column.addStretch(1)

    def _build_people(self) -> QFrame:
        self.open_providers = self.first = PromptButton(self.tr("&Open the providers…"))
        self.open_providers.setAutoDefault(False)
        self._people = QGridLayout()
        self._people.setHorizontalSpacing(14)
        self._people.setVerticalSpacing(6)
        self._people.setColumnStretch(1, 1)
        self._said = hint(self.tr("Reading…"))
        frame, column = card(self.tr("Who sees clients by what"))
        column.addWidget(self._said)
        column.addLayout(self._people)
        column.addWidget(self.open_providers, 0, Qt.AlignmentFlag.AlignLeft)
        return frame

    def _build_zoom(self) -> QFrame:
        self.account, self.client = QLineEdit(), QLineEdit()
        self.secret = SecretField(self.tr("Client secret"), self.around.practice.zone)
        for name, field, spoken in (
            ("account_id", self.account, self.tr("Account ID")),
            ("client_id", self.client, self.tr("Client ID")),
        ):
            field.setAccessibleName(spoken)
            field.setMaxLength(LONGEST)
            self.complaints[name] = Complaint(field)
        said, form = self.complaints, form_grid()
        add_row(form, self.tr("&Account ID"), self.account, said["account_id"])
        add_row(form, self.tr("Client &ID"), self.client, said["client_id"])
        add_row(form, self.tr("Client s&ecret"), self.secret)
        frame, column = card(self.tr("The practice’s account at Zoom"))
        about = self.tr(
            "Only for providers who use Zoom. An administrator of the account makes a"
            " “Server-to-Server OAuth” app at marketplace.zoom.us, lets it create,"
            " change and delete meetings of users, and copies three lines from it here."
            " Google Meet and own rooms need nothing on this page."
        )
        column.addWidget(hint(about))
        column.addLayout(form)
        return frame

    def _connect(self) -> None:
        self.open_providers.clicked.connect(self._on_open)
        for name, field in (("account_id", self.account), ("client_id", self.client)):
            field.textChanged.connect(self.complaints[name].clear_words)
            field.textChanged.connect(self._follow)

    @Slot()
    def _follow(self) -> None:
        is_typed = bool(self.account.text().strip() or self.client.text().strip())
        self.secret.need(is_needed=is_typed)
        self.changed()

    @Slot()
    def _on_open(self) -> None:
        self._go_to("providers")

    @Slot(object)
    def _on_providers(self, everybody: tuple[ListedProvider, ...]) -> None:
        while (item := self._people.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        active = [one for one in everybody if one.provider.is_active]
        by_video = [one for one in active if one.video.kind is not None]
        self._said.setText(self._words(active, by_video))
        self._said.setVisible(bool(self._said.text()))
        for row, one in enumerate(by_video[:MOST_SHOWN]):
            self._add_person(row, one)

    def _add_person(self, row: int, one: ListedProvider) -> None:
        name = ElidedLabel(one.provider.name, self)
        sized(name, 1.0, bold=True)
        name.setMinimumWidth(round(150 * self.fontMetrics().height() / 16))
        video = one.video
        where = video.room if video.kind is MeetingKind.ROOM else video.host
        way = ElidedLabel(f"{way_name(video.kind)} · {where}", self)
        set_ink(way, Ink.MUTED)
        self._people.addWidget(name, row, 0)
        self._people.addWidget(way, row, 1)

    def _words(
        self, active: list[ListedProvider], by_video: list[ListedProvider]
    ) -> str:
        if not by_video:
            return self.tr(
                "Nobody sees clients by video yet. A visit by video gets its link from"
                " Zoom, from Google Meet, or is that of a room of one’s own (any"
                " https:// address). Choose it in the form of each provider, and tick"
                " “by video” at the services."
            )
        if len(by_video) > MOST_SHOWN:
            return self.tr("The first of them; the others are in the list.")
        return "" if len(by_video) < len(active) else self.tr("Everybody does.")

    @Slot(object)
    def _on_no_providers(self, error: DeskError) -> None:
        again = Action(self.tr("Try again"), self.begin)
        self.banner.say(notices.cannot_show(error), [again], topic="reading")
