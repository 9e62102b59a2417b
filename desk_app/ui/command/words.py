"""A proposal in words: who, when, what, with whom, for how much; and what is odd."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desk_app.domain.interval import Interval
from desk_app.domain.policies import check_client
from desk_app.errors import Refused
from desk_app.ui import format as shown
from desk_app.ui.dialogs import client_words, offers, visit_words
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from datetime import date

    from desk_app.domain.people import Client
    from desk_app.domain.proposals import Proposal, Proposals, Wanted
    from desk_app.domain.slots import Opening
    from desk_app.ui.dialogs.ports import Screen


@dataclass(frozen=True, slots=True)
class RowWords:
    """One proposal as it is shown: a name, what is booked, below it what to know."""

    name: str
    visit: str
    detail: str = ""
    warning: str = ""

    @property
    def spoken(self) -> str:
        """Everything, for a screen reader."""
        parts = (self.name, self.visit, self.detail, self.warning)
        return ", ".join(part for part in parts if part)


def row(proposal: Proposal, screen: Screen) -> RowWords:
    """Return a proposal in words."""
    client, new = proposal.client, proposal.new_client
    warning = ""
    if client is not None:
        name, detail = client.name, client_words.phone(client)
        warning = " · ".join(client_words.warnings(client, screen))
    elif new is not None:
        name = new.name or _tr("New client")
        detail = _of_new(new.phone, name)
    else:
        name, detail = _tr("Who?"), _tr("Type a name or a phone number.")
    return RowWords(name, visit(proposal.opening, screen), detail, warning)


def visit(opening: Opening, screen: Screen) -> str:
    """Return "Tue 24 Nov 14:30–15:00 · Follow-up · Dr Weber · 60 €"."""
    provider = offers.provider_of(screen.catalogue, opening.provider_id)
    service = offers.service_of(screen.catalogue, opening.service_id)
    clocks = visit_words.clocks(Interval(opening.start, opening.end), provider, screen)
    day = dated(opening.start.astimezone(screen.zone).date(), screen)
    parts = [f"{day} {clocks}"]
    if service is not None:
        parts.append(service.name)
    if provider is not None:
        parts.append(provider.name)
    if service is not None:
        parts.append(shown.money(service.price))
    return " · ".join(parts)


def dated(day: date, screen: Screen) -> str:
    """Return "Today, Tue 24 Nov", or the date alone where no word says it."""
    today = screen.now.astimezone(screen.zone).date()
    word, short = shown.relative_day(day, today), shown.short_date(day)
    return short if word == short else f"{word}, {short}"


def misfit(proposals: Proposals, screen: Screen) -> str:
    """Return why the time that was meant is not proposed, "" where it is."""
    wish, slots = proposals.wanted, proposals.slots
    if wish is None:
        return ""
    if slots.best is None:
        return _tr("Nothing is free in the weeks after that day.")
    if slots.is_as_meant:
        return ""
    return _not_free(wish, screen)


def another_provider(proposals: Proposals, screen: Screen) -> str:
    """Return that somebody else than who was chosen has this time, "" if not."""
    wish, best = proposals.wanted, proposals.slots.best
    if wish is None or best is None or not proposals.slots.is_as_meant:
        return ""
    if wish.prefer in (None, best.provider_id):
        return ""
    chosen = offers.provider_of(screen.catalogue, wish.prefer or 0)
    other = offers.provider_of(screen.catalogue, best.provider_id)
    if chosen is None or other is None:
        return ""
    if all(one.provider_id != wish.prefer for one in wish.services):
        return filled(_tr("%1 does not offer this; %2 does."), chosen.name, other.name)
    return filled(_tr("%1 is not free then; %2 is."), chosen.name, other.name)


def locked_out(client: Client | None, opening: Opening, screen: Screen) -> bool:
    """Say whether the client may not book this time after a missed visit."""
    if client is None:
        return False
    provider = offers.provider_of(screen.catalogue, opening.provider_id)
    zone = visit_words.zone_of(provider, screen)
    try:
        check_client(client, opening.start, zone, screen.now)
    except Refused:
        return True
    return False


def _not_free(wish: Wanted, screen: Screen) -> str:
    if wish.start is None:
        day = dated(wish.day.first, screen)
        if wish.day.days > 1 or wish.time is not None:
            return _tr("Nothing is free then. These are the nearest times.")
        return filled(_tr("%1: nothing is free. These are the nearest times."), day)
    clock = shown.time(wish.start, screen.zone)
    for service in wish.services[:1]:
        why = offers.why_not_then(screen, service, wish.start)
        if why is not None:
            return filled(_tr("%1 is not free: %2"), clock, str(why))
    day = dated(wish.start.astimezone(screen.zone).date(), screen)
    return filled(_tr("%1, %2 is not free."), day, clock)


def _of_new(phone: str, name: str) -> str:
    if not name or not phone:
        return _tr("New client. Name and phone are enough; Enter opens the form.")
    return filled(_tr("New client, phone %1"), phone)


def _tr(text: str) -> str:
    return QCoreApplication.translate("command", text)
