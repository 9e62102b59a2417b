"""What is said about texts of messages and the placeholders in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desk_app.domain.messages import Channel, Recipient
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from desk_app.domain.message_drafts import Preview, TextEntry


def recipient(of: Recipient) -> str:
    """Return to whom a text goes."""
    return {
        Recipient.CLIENT: tr("to the client"),
        Recipient.PROVIDER: tr("to the provider"),
    }[of]


def channel(of: Channel) -> str:
    """Return by what a text goes."""
    return {
        Channel.EMAIL: tr("by e-mail"),
        Channel.PUSH: tr("on telephone and desk"),
        Channel.SMS: tr("as text message"),
    }.get(of, of.value)


def placeholder(name: str) -> str:
    """Return what a placeholder stands for."""
    return {
        "client": tr("the client’s whole name"),
        "first_name": tr("what the client is called first"),
        "practice": tr("the name of the practice"),
        "phone": tr("the telephone of the practice"),
        "provider": tr("whom the visit is with"),
        "service": tr("what the visit is for (e-mail only)"),
        "day": tr("the day: Monday, 23 November 2026"),
        "short_day": tr("the day, short: Mon 23 Nov"),
        "time": tr("when it begins, by the client’s clock"),
        "until": tr("when it ends"),
        "duration": tr("how long it lasts"),
        "place": tr("location and address"),
        "room": tr("the room"),
        "link": tr("the link of a visit by video"),
        "old_day": tr("the day before it was moved"),
        "old_time": tr("the time before it was moved"),
        "old_provider": tr("with whom it was before"),
        "reason": tr("why it was cancelled (e-mail only)"),
    }.get(name, "")


def standing(entry: TextEntry, language: str) -> str:
    """Return whose text it is that counts."""
    if entry.own is not None:
        return tr("Your own text counts.")
    if entry.shipped_language != entry.key.language:
        text = tr("The program has none in this language (%1); this one is sent.")
        return filled(text, language)
    return tr("The text that comes with the program counts.")


def parts(preview: Preview) -> str:
    """Return how a text message is sent, "" for anything else."""
    if not preview.parts:
        return ""
    if preview.parts == 1:
        return tr("Goes as one text message.")
    return filled(
        tr("Goes as %1 text messages, each of which costs."), str(preview.parts)
    )


def tr(text: str) -> str:
    """Translate within this subject."""
    return QCoreApplication.translate("TextsPage", text)
