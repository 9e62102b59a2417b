"""How messages leave: public parts and secrets in one step, for managers alone."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from psycopg import conninfo

from desk_app.db.notices import OUTBOX_CHANNEL, Ear
from desk_app.db.roles import Group, make_program_login
from desk_app.domain.mail_hosts import Security
from desk_app.domain.message_settings import (
    Change,
    CourierLogin,
    KeyState,
    MailSettings,
    TestWish,
    ZoomSettings,
)
from desk_app.domain.messages import Channel
from desk_app.domain.push_urls import Relay, ServiceName
from desk_app.domain.queue import State
from desk_app.domain.secrets import SecretName
from desk_app.domain.staff import Role
from desk_app.errors import Invalid, KeyMissing, NotAllowed, NotFound, Stale
from desk_app.sealing import new_ring
from desk_app.services.message_settings import MessageSettings
from desk_app.services.vault import Vault
from tests import factories
from tests.factories import rows
from tests.postgres import PASSWORD, wait_until
from tests.rings import DeskRings, said_by
from tests.staff import Crew

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.db.session import Sessions

NONE = MailSettings()
MAIL = MailSettings(
    "smtp.example.org",
    465,
    Security.TLS,
    "praxis",
    "praxis@example.org",
    "Praxis am Fluss",
    "empfang@example.org",
)
NTFY = Relay(ServiceName.NTFY, "push.example.org")
ZOOM = ZoomSettings("acc-1", "client-1")
PLANTED = "pl4nted-Secret"


@pytest.fixture
def settings(sessions: Sessions, rings: DeskRings) -> MessageSettings:
    """The service at a desk of a practice that has no key yet."""
    return MessageSettings(sessions, Vault(sessions, rings))


@pytest.fixture
def crew(database_url: str) -> Iterator[Crew]:
    """A practice with one manager, closed to strangers."""
    crew = Crew(database_url)
    yield crew
    crew.close()


def of(crew: Crew, url: str) -> MessageSettings:
    """Return the service as somebody has it at a desk with the key."""
    sessions = crew.sessions(url)
    return MessageSettings(sessions, Vault(sessions, DeskRings(new_ring())))


def test_before_anything_is_set_up_there_are_defaults(
    settings: MessageSettings,
) -> None:
    assert settings.mail().settings == NONE
    assert not settings.mail().settings.is_set_up
    assert settings.zoom().settings == ZoomSettings()
    assert settings.relay(Channel.PUSH).settings == Relay()
    assert settings.mail().key is KeyState.NONE_YET


def test_the_first_secret_gives_the_practice_its_key_and_never_comes_back(
    settings: MessageSettings, sessions: Sessions, rings: DeskRings
) -> None:
    made = settings.change_mail(Change(NONE, MAIL, PLANTED))
    assert made.settings == MAIL
    assert made.key is KeyState.HERE
    assert made.secret is not None
    assert PLANTED not in repr(made) + repr(settings.sending())
    assert Vault(sessions, rings).read(SecretName.SMTP_PASSWORD) == PLANTED.encode()
    kept = rows(sessions, "SELECT value::text FROM practice_setting")
    assert PLANTED not in str(kept)


def test_what_others_changed_stays_and_the_same_field_twice_is_stale(
    settings: MessageSettings,
) -> None:
    settings.change_mail(Change(NONE, MAIL, PLANTED))
    named = settings.change_mail(Change(MAIL, replace(MAIL, sender_name="Praxis")))
    answered = Change(MAIL, replace(MAIL, reply_to=""))
    assert settings.change_mail(answered).settings == replace(
        named.settings, reply_to=""
    )
    with pytest.raises(Stale) as stale:
        settings.change_mail(Change(MAIL, replace(MAIL, sender_name="Wir")))
    assert stale.value.field == "sender_name"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("host", ""),
        ("host", "https://smtp.example.org"),
        ("port", 0),
        ("port", 70_000),
        ("sender", ""),
        ("sender", "a@example.org, b@example.org"),
        ("sender", "Praxis <a@example.org>"),
        ("sender_name", "x\x07"),
        ("reply_to", "nobody"),
        ("login", "x" * 300),
    ],
)
def test_what_cannot_be_right_is_named_and_nothing_is_lost(
    settings: MessageSettings, field: str, value: object
) -> None:
    settings.change_mail(Change(NONE, MAIL, PLANTED))
    wrong = replace(MAIL, **{field: value})  # type: ignore[arg-type]
    with pytest.raises(Invalid) as refusal:
        settings.change_mail(Change(MAIL, wrong, "other"))
    assert refusal.value.field == field
    assert settings.mail().settings == MAIL


def test_a_secret_is_given_again_for_another_server_or_login(
    settings: MessageSettings, sessions: Sessions, rings: DeskRings
) -> None:
    with pytest.raises(Invalid) as refusal:
        settings.change_mail(Change(NONE, MAIL))
    assert refusal.value.field == "secret"
    settings.change_mail(Change(NONE, MAIL, PLANTED))
    for other in (replace(MAIL, host="evil.example"), replace(MAIL, login="me")):
        with pytest.raises(Invalid) as refusal:
            settings.change_mail(Change(MAIL, other))
        assert refusal.value.field == "secret"
    settings.change_mail(Change(MAIL, replace(MAIL, login="")))
    assert Vault(sessions, rings).read(SecretName.SMTP_PASSWORD) is None


def test_a_secret_goes_to_the_server_that_was_seen_or_nowhere(
    settings: MessageSettings, sessions: Sessions, rings: DeskRings
) -> None:
    settings.change_mail(Change(NONE, MAIL, PLANTED))
    moved = replace(MAIL, host="other.example")
    settings.change_mail(Change(MAIL, moved, "for the other"))
    with pytest.raises(Stale):
        settings.change_mail(Change(MAIL, MAIL, PLANTED))
    kept = Vault(sessions, rings).read(SecretName.SMTP_PASSWORD)
    assert kept == b"for the other"


def test_push_and_sms_have_each_a_sealed_address_of_their_own(
    settings: MessageSettings, sessions: Sessions, rings: DeskRings
) -> None:
    settings.change_relay(Channel.PUSH, Change(Relay(), NTFY, "tk_planted"))
    seven = Relay(ServiceName.SEVEN, sender="Praxis")
    settings.change_relay(Channel.SMS, Change(Relay(), seven, "k3y"))
    vault = Vault(sessions, rings)
    push = json.loads(vault.read(SecretName.PUSH_KEYS) or b"")
    sms = json.loads(vault.read(SecretName.SMS_KEYS) or b"")
    assert push == {"push": "ntfys://tk_planted@push.example.org/{address}?auth=token"}
    assert sms == {"sms": "seven://k3y/{address}?from=Praxis"}
    moved = replace(NTFY, server="evil.example")
    done = settings.change_relay(Channel.PUSH, Change(NTFY, moved))
    assert b"tk_planted" not in (vault.read(SecretName.PUSH_KEYS) or b"")
    settings.change_relay(Channel.PUSH, Change(done.settings, Relay()))
    assert vault.read(SecretName.PUSH_KEYS) is None
    assert settings.relay(Channel.SMS).settings == seven


def test_a_service_of_sms_is_none_for_push(
    settings: MessageSettings, sessions: Sessions
) -> None:
    factories.setting(sessions, "push", {"service": "TWILIO", "account": 7})
    assert settings.relay(Channel.PUSH).settings == Relay()
    with pytest.raises(Invalid) as refusal:
        settings.change_relay(
            Channel.PUSH, Change(Relay(), Relay(ServiceName.SEVEN), "k3y")
        )
    assert refusal.value.field == "service"


def test_zoom_needs_all_three(settings: MessageSettings) -> None:
    with pytest.raises(Invalid) as refusal:
        settings.change_zoom(Change(ZoomSettings(), replace(ZOOM, client_id="")))
    assert refusal.value.field == "client_id"
    made = settings.change_zoom(Change(ZoomSettings(), ZOOM, PLANTED))
    assert made.secret is not None
    gone = settings.change_zoom(Change(ZOOM, ZoomSettings()))
    assert (gone.settings, gone.secret) == (ZoomSettings(), None)


@pytest.mark.parametrize("state", [KeyState.NO_KEYRING, KeyState.ELSEWHERE])
def test_a_desk_that_cannot_seal_writes_nothing(
    settings: MessageSettings, sessions: Sessions, rings: DeskRings, state: KeyState
) -> None:
    if state is KeyState.ELSEWHERE:
        Vault(sessions, DeskRings()).begin_key()
    rings.is_missing = state is KeyState.NO_KEYRING
    assert settings.mail().key is state
    with pytest.raises((Invalid, KeyMissing)):
        settings.change_mail(Change(NONE, MAIL, PLANTED))
    assert settings.mail().settings == NONE


def test_a_login_for_carrying_is_sealed_with_its_password(
    settings: MessageSettings, sessions: Sessions, rings: DeskRings
) -> None:
    wish = Change(CourierLogin(), CourierLogin("courier"), PLANTED)
    for wrong, field in (
        (replace(wish, wanted=CourierLogin(" ")), "login"),
        (replace(wish, secret=""), "secret"),
    ):
        with pytest.raises(Invalid) as refusal:
            settings.change_courier(wrong)
        assert refusal.value.field == field
    assert settings.courier().secret is None
    made = settings.change_courier(wish)
    assert (made.settings, made.secret is None) == (CourierLogin(), False)
    assert PLANTED not in repr(wish) + repr(made)
    kept = json.loads(Vault(sessions, rings).read(SecretName.COURIER_LOGIN) or b"")
    assert kept == {"login": "courier", "password": PLANTED}
    settings.forget(SecretName.COURIER_LOGIN)
    assert settings.courier().secret is None


def test_a_test_message_waits_once_for_each_wish(
    settings: MessageSettings, sessions: Sessions
) -> None:
    wish = TestWish(uuid4(), Channel.EMAIL, " Me@Example.org ")
    first, again = settings.test(wish), settings.test(wish)
    assert first == again == settings.fate(wish)
    assert (first.state, first.couriers, first.is_settled) == (State.WAITING, 0, False)
    query = "SELECT payload FROM outbox WHERE kind = 'test_message'"
    assert rows(sessions, query) == [
        ({"channel": "EMAIL", "address": "Me@example.org"},)
    ]
    with pytest.raises(NotFound):
        settings.fate(TestWish(uuid4(), Channel.EMAIL, ""))
    for channel, address in (
        (Channel.EMAIL, "a@b.de, c@d.de"),
        (Channel.PUSH, "topic/../other"),
        (Channel.SMS, "mum"),
        (Channel.PUSH, ""),
    ):
        with pytest.raises(Invalid) as refusal:
            settings.test(TestWish(uuid4(), channel, address))
        assert refusal.value.field == "address"


def test_nothing_secret_is_said_by_what_fails(
    settings: MessageSettings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    wrong = Change(NONE, replace(MAIL, host="a b"), PLANTED)
    said = said_by(lambda: settings.change_mail(wrong))
    relay = Change(Relay(), Relay(ServiceName.OTHER), f"ftp://{PLANTED}/{{address}}")
    said += said_by(lambda: settings.change_relay(Channel.PUSH, relay))
    said += repr(wrong) + repr(relay) + repr(TestWish(uuid4(), Channel.SMS, PLANTED))
    assert PLANTED not in said + caplog.text


def test_whoever_carries_is_counted(crew: Crew) -> None:
    boss = of(crew, crew.manager)
    assert boss.sending().couriers == 0
    make_program_login(crew.url, "courier_of_a_test", Group.WORKER, PASSWORD)
    url = conninfo.make_conninfo(crew.url, user="courier_of_a_test", password=PASSWORD)
    ear = Ear(url, channel=OUTBOX_CHANNEL)
    ear.connect(Event())
    assert boss.sending().couriers == 1
    wish = TestWish(uuid4(), Channel.EMAIL, "a@b.de")
    assert boss.test(wish).couriers == 1
    ear.close()
    wait_until(lambda: boss.fate(wish).couriers == 0)


def test_only_managers_read_change_and_try_them_out(crew: Crew) -> None:
    boss = of(crew, crew.manager)
    boss.change_mail(Change(NONE, replace(MAIL, login="")))
    assert boss.test(TestWish(uuid4(), Channel.EMAIL, "a@b.de")).outbox_id
    for role in (Role.RECEPTIONIST, Role.PROVIDER):
        other = of(crew, crew.add(role=role))
        for attempt in (
            other.mail,
            lambda other=other: other.relay(Channel.PUSH),
            lambda other=other: other.change_mail(Change(MAIL, NONE)),
            lambda other=other: other.change_zoom(Change(ZoomSettings(), ZOOM, "x")),
            other.courier,
            lambda other=other: other.change_courier(
                Change(CourierLogin(), CourierLogin("c"), "p")
            ),
            lambda other=other: other.forget(SecretName.SMTP_PASSWORD),
            lambda other=other: other.test(TestWish(uuid4(), Channel.EMAIL, "a@b.de")),
        ):
            with pytest.raises(NotAllowed):
                attempt()
    assert boss.mail().settings == replace(MAIL, login="")
