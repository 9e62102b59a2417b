"""What is said about services: their effects in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desk_app.domain.offering import Copying, ServiceDraft
from desk_app.ui import format as written
from desk_app.ui.admin.step import Step
from desk_app.ui.dialogs.frame import Verbs
from desk_app.ui.office.lists.page import ListWords
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from datetime import date

    from desk_app.domain.people import Service
    from desk_app.ui.around import Port


def tr(text: str) -> str:
    """Translate within this subject."""
    return QCoreApplication.translate("services", text)


def page() -> ListWords:
    """Return what the page says."""
    return ListWords(
        icon="clipboard-list",
        about=tr("What clients book: how long it takes, what it costs, how early."),
        name=tr("Services"),
        find=tr("Find by name or provider"),
        shows_ended=tr("Al&so what has ended"),
        keys=tr("Insert or N adds, Enter changes, Ctrl+D duplicates, Del ends."),
        empty=tr(
            "Nothing can be booked yet.\nAdd what your providers offer: a name, how"
            " long it takes and what it costs. It can be copied to others at once."
        ),
        first=tr("&Add the first service…"),
    )


def no_providers() -> str:
    """Return why there can be no services yet."""
    return tr("A service is offered by a provider. Add a provider first.")


def below(service: Service) -> str:
    """Return the second line of a row: its length and what is special."""
    length = written.duration(service.duration_minutes)
    if service.buffer_minutes:
        buffer = written.duration(service.buffer_minutes)
        length = filled(tr("%1, then %2 free"), length, buffer)
    parts = [length]
    if service.is_virtual:
        parts.append(tr("by video"))
    if service.rooms is not None:
        parts.append(tr("needs a room"))
    return " · ".join(parts)


def spoken(service: Service, provider: str, price: str) -> str:
    """Return everything in a row, for a screen reader."""
    parts = (service.name, provider, below(service), price)
    return ", ".join(part for part in parts if part)


def length(visit: int, buffer: int) -> str:
    """Say what length and buffer mean for the schedule."""
    if not buffer:
        return filled(tr("The next client can come after %1."), written.duration(visit))
    return filled(
        tr("The client is seen for %1; the next one can come after %2."),
        written.duration(visit),
        written.duration(visit + buffer),
    )


def ahead(days: int, last: date) -> str:
    """Say how early it can be booked."""
    if days == 0:
        return tr("Can be booked for today only.")
    if days == 1:
        return tr("Can be booked for today and tomorrow.")
    text = tr("Can be booked up to %1 days ahead: now until %2 %3.")
    return filled(text, str(days), written.short_date(last), str(last.year))


def cancelling(hours: int) -> str:
    """Say until when a client gets the price back."""
    if hours == 0:
        return tr("Whoever cancels before it begins gets the price back.")
    notice = filled(tr("%1 hours"), str(hours))
    if hours % 24 == 0:
        days = hours // 24
        few = {1: tr("one day")}
        notice = few.get(days) or filled(tr("%1 days"), str(days))
    text = tr("Who cancels %1 before it or earlier gets the price back; later, not.")
    return filled(text, notice)


def facts(service: Service, provider: str, today_plus: date) -> str:
    """Return what is worth knowing about what is chosen, line by line."""
    lines = [
        provider,
        below(service),
        written.money(service.price),
        "",
        ahead(service.max_advance_days, today_plus),
        cancelling(service.cancellation_hours),
    ]
    return "\n".join(lines)


def new_only() -> str:
    """Say that what is booked stays as it was booked."""
    return tr(
        "Concerns new bookings only: what is booked keeps its length, its price and"
        " its rules."
    )


def ending(send: Port) -> Step:
    """Return what is asked before a service is no longer offered."""
    return Step(
        tr("Offer %1 no longer?"),
        tr(
            "Nobody can book it any more. What was before stays: appointments, search"
            " and reports. Appointments to come are listed next, and you decide about"
            " each. It can be offered again."
        ),
        tr("%1 is not offered any more; what was before stays."),
        Verbs(tr("&End"), tr("Ending…"), tr("&Keep")),
        send,
        window=tr("Services"),
    )


def reviving(send: Port) -> Step:
    """Return what is asked before a service is offered again."""
    return Step(
        tr("Offer %1 again?"),
        tr("As it was: with its length, its price and its rules."),
        tr("%1 is offered again."),
        Verbs(tr("&Offer"), tr("Saving…"), tr("Close")),
        send,
        is_safe=True,
        window=tr("Services"),
    )


def copied(does: Copying, draft: ServiceDraft, there: Service | None) -> str:
    """Say what copying would do at one provider."""
    if there is None:
        return tr("does not offer it yet")
    if does is Copying.SAME:
        return tr("offers the same already")
    before = short(ServiceDraft.of(there))
    if not there.is_active:
        return filled(tr("offered it once (%1): offers it again as here"), before)
    return filled(tr("has one: %1 becomes %2"), before, short(draft))


def short(draft: ServiceDraft) -> str:
    """Return length and price in one line."""
    length = written.duration(draft.duration_minutes)
    if draft.buffer_minutes:
        length += f" + {written.duration(draft.buffer_minutes)}"
    return f"{length}, {written.money(draft.price)}"
