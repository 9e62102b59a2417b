"""Messages in words: what each is, how it stands, why it did not leave, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from desk_app.domain.deliveries import MEETING_LINK, NoUse
from desk_app.domain.messages import Channel, MessageKind, Recipient
from desk_app.domain.queue import Outcome, State
from desk_app.errors import Refused
from desk_app.ui import format as shown
from desk_app.ui import notices, privacy
from desk_app.ui.dialogs import offers
from desk_app.ui.dialogs.inks import Ink
from desk_app.ui.phrases import filled
from desk_app.ui.words import Words

if TYPE_CHECKING:
    from datetime import datetime

    from desk_app.domain.deliveries import Delivery
    from desk_app.errors import DeskError
    from desk_app.ui.dialogs.ports import Screen


def kind(of: str) -> str:
    """Return what a row of the outbox is: "Confirmation"."""
    return {
        MessageKind.CONFIRMATION: _tr("Confirmation"),
        MessageKind.CHANGE_NOTICE: _tr("Notice of a change"),
        MessageKind.CANCELLATION_NOTICE: _tr("Notice of cancellation"),
        MessageKind.NO_SHOW_NOTICE: _tr("Notice of a missed visit"),
        MessageKind.REMINDER_48H: _tr("First reminder"),
        MessageKind.REMINDER_1H: _tr("Last reminder"),
        MessageKind.TEST: _tr("Test message"),
        MEETING_LINK: _tr("Meeting link"),
        "calendar_push": _tr("Entry in a calendar outside"),
        "calendar_remove": _tr("Entry taken out of a calendar outside"),
    }.get(of, of)


def channel(by: str) -> str:
    """Return by what a message goes: "e-mail"."""
    named: dict[str, str] = {
        Channel.EMAIL: _tr("e-mail"),
        Channel.PUSH: _tr("push message"),
        Channel.SMS: _tr("text message"),
        Channel.DESKTOP: _tr("notice at the desk"),
    }
    return named.get(by, by)


def what(of: Delivery) -> str:
    """Return "Confirmation · e-mail"."""
    parts = (kind(of.kind), channel(of.channel))
    return " · ".join(part for part in parts if part)


def whom(of: Delivery, screen: Screen) -> str:
    """Return who is told: the client's name, or the provider's; "" where not known."""
    if of.recipient == Recipient.PROVIDER:
        return _provider(of, screen) or _tr("the provider")
    if of.recipient == Recipient.CLIENT:
        return privacy.name(of.client_name) if of.client_name else _tr("the client")
    return ""


def where(of: Delivery) -> str:
    """Return the masked address; nothing of it where names are hidden."""
    return privacy.phone(of.sent_to)


def visit(of: Delivery, screen: Screen) -> str:
    """Return whose visit it is about and when: "Anna Weiß · Tomorrow, 10:00"."""
    parts = (privacy.name(of.client_name) if of.client_name else "", when(of, screen))
    return " · ".join(part for part in parts if part)


def about(of: Delivery, screen: Screen) -> str:
    """Return the visit that it is about: "Check-up · Today, 10:00 · Dr Weber"."""
    parts = (of.service_name, when(of, screen), _provider(of, screen))
    return " · ".join(part for part in parts if part)


def when(of: Delivery, screen: Screen) -> str:
    """Return when the visit is that it is about, "" for none: "Tomorrow, 10:00"."""
    if of.start is None:
        return ""
    today = screen.now.astimezone(screen.zone).date()
    return shown.moment(of.start, screen.zone, today)


def state(of: Delivery, screen: Screen) -> str:
    """Return how it stands, with the time that belongs to it."""
    if of.state is State.WAITING:
        return _waiting(of, screen)
    texts = _states_of_links() if of.kind == MEETING_LINK else _states()
    text = texts[of.state]
    if of.state is State.DROPPED and of.decided_by:
        text = _tr("Settled · %1")
    return filled(text, moment(of.at, screen))


def ink(of: Delivery, now: datetime) -> Ink:
    """Return the colour of these words."""
    if of.is_trouble:
        return Ink.DANGER if of.needs_you(now) else Ink.MUTED
    if of.is_late(now) or of.needs_sign_in:
        return Ink.WARNING
    return Ink.MUTED


def icon(of: Delivery, now: datetime) -> str:
    """Return the picture of how it stands: nobody has to go by the colour."""
    if of.is_trouble:
        return "circle-alert" if of.needs_you(now) else "ban"
    if of.is_late(now) or of.needs_sign_in:
        return "clock-alert"
    return {
        State.DONE: "circle-check",
        State.DROPPED: "ban",
        State.SENDING: "refresh-cw",
    }.get(of.state, "clock")


def is_quiet(of: Delivery, now: datetime) -> bool:
    """Say whether it is told without emphasis: it has ended and needs nobody."""
    is_open = of.state in (State.WAITING, State.SENDING, State.DONE)
    return not is_open and not of.needs_you(now)


def lines(of: Delivery, screen: Screen) -> str:
    """Return all else that is known, a line for each: where to, why, how often."""
    found = (
        where(of),
        reason(of),
        said(of),
        attempts(of),
        decided(of, screen),
    )
    return "\n".join(line for line in found if line)


def reason(of: Delivery) -> str:
    """Return why it ended or waits so, in a sentence; "" where that says itself."""
    if of.state in (State.DONE, State.SENDING):
        return ""
    found = _reasons().get(of.outcome, "")
    if of.state is State.WAITING and of.outcome not in ("", Outcome.SIGN_IN):
        return _tr("The last try failed; it is tried again by itself.")
    return found


def outcome(word: str) -> str:
    """Return why something ended so, in a sentence; "" where nothing is known."""
    return _reasons().get(word, "")


def said(of: Delivery) -> str:
    """Return what the other side, or the program, said about it."""
    return filled(_tr("What was said: %1"), of.error) if of.error else ""


def next_step(of: Delivery) -> str:
    """Return what a person can do about what did not leave."""
    if of.state is State.UNSURE:
        return _tr("Ask whether it arrived. Tried again, it may arrive twice.")
    if of.state is State.MISSED:
        return _tr("Ring them instead, or send it after all.")
    if of.state is State.DEAD and of.outcome == Outcome.REFUSED:
        return _tr("See whether the address is right, then try again.")
    if of.state is State.DEAD:
        return _tr("Try again, or tell them otherwise and settle it.")
    if of.needs_sign_in:
        return _tr("A manager sets it right in the practice’s pages.")
    return ""


def try_again(of: Delivery) -> str:
    """Return the words of the button that has a row tried anew."""
    return (
        _tr("Send after all (T)") if of.state is State.MISSED else _tr("Try again (T)")
    )


def settle(of: Delivery) -> str:
    """Return the words of the button that lets a row rest."""
    return {
        State.MISSED: _tr("I rang them (G)"),
        State.UNSURE: _tr("It arrived (G)"),
    }.get(of.state, _tr("Give up (G)"))


def twice() -> Words:
    """Return the warning before something is sent that may have arrived."""
    return Words(
        _tr("It may arrive twice"),
        _tr(
            "Nobody knows whether this message has left. Sent again, it may come twice."
        ),
    )


def decided(of: Delivery, screen: Screen) -> str:
    """Return who decided about it, "" where nobody had to."""
    if not of.decided_by:
        return ""
    who = screen.catalogue.name_of(of.decided_by) or of.decided_by
    text = _tr("Settled by %1.") if of.state is State.DROPPED else ""
    return filled(text or _tr("Tried again by %1."), who)


def attempts(of: Delivery) -> str:
    """Return how often it was tried, "" for once or never."""
    if of.attempts <= 1:
        return ""
    return filled(_tr("Tried %1 times."), QLocale().toString(of.attempts))


def row_spoken(of: Delivery, screen: Screen, *, with_visit: bool = False) -> str:
    """Return a whole row, for a screen reader."""
    told = whom(of, screen)
    parts = [
        what(of),
        filled(_tr("to %1"), told) if told else "",
        where(of),
        visit(of, screen) if with_visit else "",
        state(of, screen),
        reason(of),
    ]
    return ", ".join(part.rstrip(".") for part in parts if part)


def refusal(error: DeskError) -> Words:
    """Return why something could not be done, in words of this subject."""
    if isinstance(error, Refused) and error.policy in _no_use():
        return Words(_tr("This is not sent"), _no_use()[error.policy])
    return notices.words(error)


def no_use(why: NoUse) -> str:
    """Return why a message makes no sense any more."""
    return _no_use()[why]


def moment(instant: datetime, screen: Screen) -> str:
    """Return "today, 10:12" as part of a sentence."""
    today = screen.now.astimezone(screen.zone).date()
    local = instant.astimezone(screen.zone).date()
    if local.year != today.year:
        clock = shown.time(instant, screen.zone)
        return f"{shown.date_and_year(local)}, {clock}"
    text = shown.moment(instant, screen.zone, today)
    is_near = abs((local - today).days) <= 1
    return text[:1].lower() + text[1:] if is_near else text


def _provider(of: Delivery, screen: Screen) -> str:
    if of.provider_id is None:
        return ""
    provider = offers.provider_of(screen.catalogue, of.provider_id)
    return provider.name if provider else ""


def _waiting(of: Delivery, screen: Screen) -> str:
    if of.needs_sign_in:
        return _tr("Waits for the practice’s login")
    if of.is_late(screen.now):
        return filled(_tr("Late since %1"), moment(of.since, screen))
    if of.run_at <= screen.now:
        return _tr("Leaves now")
    text = _tr("Next try %1") if of.attempts else _tr("Waits until %1")
    return filled(text, moment(of.run_at, screen))


def _states() -> dict[State, str]:
    return {
        State.SENDING: _tr("Is being sent"),
        State.DONE: _tr("Sent %1"),
        State.DROPPED: _tr("Not sent · %1"),
        State.DEAD: _tr("Not sent · %1"),
        State.UNSURE: _tr("Perhaps sent · %1"),
        State.MISSED: _tr("Missed · %1"),
    }


def _states_of_links() -> dict[State, str]:
    return {
        State.SENDING: _tr("Is being made"),
        State.DONE: _tr("Made %1"),
        State.DROPPED: _tr("Not made · %1"),
        State.DEAD: _tr("Not made · %1"),
        State.UNSURE: _tr("Perhaps made · %1"),
        State.MISSED: _tr("Missed · %1"),
    }


def _reasons() -> dict[str, str]:
    return {
        Outcome.NOTHING_TO_DO: _tr("There was nothing to say."),
        Outcome.SUPERSEDED: _tr("A later message says it all."),
        Outcome.NOT_DUE: _tr("The appointment stands otherwise by now."),
        Outcome.CANCELLED: _tr("The appointment was cancelled."),
        Outcome.TAKEN_BACK: _tr("What it was about was changed or taken back."),
        Outcome.MOVED: _tr("The appointment was moved."),
        Outcome.OVER: _tr("The visit is over."),
        Outcome.OTHER_REMINDER: _tr("The other reminder leaves at the same time."),
        Outcome.OPTED_OUT: _tr("They do not wish messages by this way."),
        Outcome.NO_ADDRESS: _tr("No address is known for it."),
        Outcome.NOT_SET_UP: _tr("The practice has not set this way up."),
        Outcome.TOO_LATE: _tr("It was too late to be of use."),
        Outcome.QUIET_HOURS: _tr("Quiet hours left no time for it."),
        Outcome.REFUSED: _tr("The other side refused it for good."),
        Outcome.GAVE_UP: _tr("It was tried as often as anything is."),
        Outcome.SIGN_IN: _tr(
            "The other side refuses the practice’s own login, or this desk lacks"
            " the practice’s key."
        ),
        Outcome.ANSWER_LOST: _tr("The answer was lost: nobody knows if it arrived."),
        Outcome.BROKEN: _tr("The program failed over it; the log knows where."),
    }


def _no_use() -> dict[str, str]:
    return {
        NoUse.OVER: _tr("The visit has begun already."),
        NoUse.NOT_CONFIRMED: _tr("The appointment is not, or no longer, confirmed."),
        NoUse.NOT_CANCELLED: _tr("The appointment is not cancelled."),
        NoUse.NOT_MISSED: _tr("The visit is not marked as missed."),
        NoUse.NOT_BY_HAND: _tr("This is not sent by hand."),
    }


def _tr(text: str) -> str:
    return QCoreApplication.translate("outgoing", text)
