"""The office's pages of messages, with whatever may stand in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from desk_app.domain.mail_hosts import Security
from desk_app.domain.meetings import MeetingKind
from desk_app.domain.message_drafts import Preview
from desk_app.domain.message_settings import (
    CourierLogin,
    Fate,
    MailSettings,
    SetBy,
    SetUp,
    ZoomSettings,
)
from desk_app.domain.messages import Channel
from desk_app.domain.offering import VideoWay
from desk_app.domain.push_urls import Relay, ServiceName
from desk_app.domain.queue import State
from desk_app.ui.office.messages.couriers_page import CouriersPage
from desk_app.ui.office.messages.mail_page import MailPage
from desk_app.ui.office.messages.plan_page import PlanPage
from desk_app.ui.office.messages.relay_page import RelayPage
from desk_app.ui.office.messages.video_page import VideoPage
from desk_app.ui.office.providers.video_field import VideoField
from desk_app.ui.office.texts.page import TextsPage
from tests.hostile.screens.registry import Scene, screen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from desk_app.ui.office.page import OfficePage


def _nowhere(_: str) -> None:
    """Go nowhere."""


def _read(scene: Scene, make: Callable[[], OfficePage]) -> Any:
    page = scene.show(make)
    with scene.turns.turn():
        page.begin()
    scene.settle()
    return page


@screen("e-mail of the practice", rare=True)
def mail(scene: Scene) -> Iterator[None]:
    """Before it is set up, set up by whoever, and what a test was told."""
    around, text = scene.desk.around, scene.text
    page = _read(scene, lambda: MailPage(around))
    yield
    line = text[:200]
    settings = MailSettings(line, 587, Security.TLS, line, line, line, line)
    failed = Fate(1, State.DROPPED, "sign_in", text[:2000], 1)
    with scene.turns.turn():
        page.show_value(SetUp(settings, SetBy(datetime.now(UTC), line)))
        page.complaints["sender"].say(text)
        page.test.address.setText(line)
        page.test._on_fate(failed)
    yield


@screen("push and text messages", rare=True)
def relays(scene: Scene) -> Iterator[None]:
    """Both pages, with whatever a service is called by."""
    around, line = scene.desk.around, scene.text[:200]
    for channel, service in (
        (Channel.PUSH, ServiceName.NTFY),
        (Channel.SMS, ServiceName.TWILIO),
    ):
        page = _read(scene, partial(RelayPage, around, channel))
        with scene.turns.turn():
            page.show_value(SetUp(Relay(service, line, line, line)))
            page.complaints["secret"].say(scene.text)
    yield


@screen("video meetings", shows="provider.name")
def video(scene: Scene) -> Iterator[None]:
    """The providers with their ways, and the account at Zoom."""
    around, line = scene.desk.around, scene.text[:200]
    page = _read(scene, lambda: VideoPage(around, _nowhere))
    everybody = around.desk.providers.all()
    way = VideoWay(MeetingKind.ROOM, room=f"https://example.org/{line}")
    with scene.turns.turn():
        page._on_providers(tuple(replace(one, video=way) for one in everybody))
        page.show_value(SetUp(ZoomSettings(line, line)))
    yield
    field = scene.show(lambda: VideoField(VideoWay(MeetingKind.ZOOM, line)))
    with scene.turns.turn():
        field.complaints["meeting_host"].say(scene.text)
    yield


@screen("what is sent, and who sends", rare=True)
def plan(scene: Scene) -> Iterator[None]:
    """The ticks, and the login by which desks carry."""
    around = scene.desk.around
    _read(scene, lambda: PlanPage(around, _nowhere))
    page = _read(scene, lambda: CouriersPage(around))
    with scene.turns.turn():
        page.show_value(SetUp(CourierLogin(scene.text[:63])))
        page.complaints["login"].say(scene.text)
    yield


@screen("texts of messages", shows="message_text.body")
def texts(scene: Scene) -> Iterator[None]:
    """A text, typed and as it would arrive."""
    page = _read(scene, lambda: TextsPage(scene.desk.around))
    with scene.turns.turn():
        page.editor.subject.setText(scene.text[:150])
        page.editor.body.setPlainText(scene.text[:5000])
        page.editor.complaints["body"].say(scene.text)
        page._on_preview(Preview(scene.text[:150], scene.text[:5000], parts=2))
    yield
