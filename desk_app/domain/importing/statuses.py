"""How an appointment ended, in the words of other programs and languages."""

from __future__ import annotations

import re

from desk_app.domain.appointment import Status
from desk_app.domain.spelling import plain

_WORDS: dict[Status, str] = {
    Status.COMPLETED: (
        "completed|complete|done|arrived|attended|show|showed|showed up|checked out"
        "|checked in|seen|finished|closed|fulfilled|paid|past|present|abgeschlossen"
        "|erledigt|wahrgenommen|erschienen|beendet|behandelt|anwesend|stattgefunden"
        "|abgerechnet|bezahlt|terminé|honoré|effectué|réalisé|présent|venu|vu|realizada"
        "|realizado|completada|completado|atendida|atendido|asistió|finalizada"
        "|completato|effettuato|afgerond|voltooid|ptnote|ended"
    ),
    Status.NO_SHOW: (
        "no show|noshow|no-show|did not arrive|did not attend|did not come|dna|dnka"
        "|missed|missed appointment|failed|failed to attend|absent|nicht erschienen"
        "|nichterschienen|verpasst|versäumt|nicht wahrgenommen|unentschuldigt|gefehlt"
        "|non venu|pas venu|lapin|manqué|non honoré|no asistió|no se presentó|ausente"
        "|no presentado|non presentato|niet verschenen|abwesend"
    ),
    Status.CANCELLED: (
        "cancelled|canceled|cancel|late cancel|late cancelled|late cancellation"
        "|cancelled late|client cancelled|clinician cancelled|deleted|broken|rejected"
        "|declined|rescheduled|void|abgesagt|storniert|gestrichen|ausgefallen|absage"
        "|annulé|annulée|décommandé|supprimé|cancelada|cancelado|anulada|anulado"
        "|annullato|cancellato|geannuleerd|verschoben|unschedlist"
    ),
    Status.CONFIRMED: (
        "confirmed|booked|scheduled|accepted|active|new|upcoming|approved|reserved|open"
        "|planned|bestätigt|gebucht|geplant|vereinbart|fest|zugesagt|confirmé|confirmée"
        "|prévu|planifié|réservé|confirmada|confirmado|programada|programado|reservada"
        "|agendada|confermato|prenotato|bevestigd|gepland|asap"
    ),
    Status.PENDING: (
        "pending|tentative|requested|unconfirmed|not confirmed|awaiting confirmation"
        "|awaiting|provisional|angefragt|offen|vorläufig|unbestätigt|ausstehend|wartet"
        "|en attente|à confirmer|provisoire|pendiente|por confirmar|provisional"
        "|in attesa|in afwachting|vorgemerkt"
    ),
}


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", plain(text))


_BY_KEY = {
    _key(word): status for status, words in _WORDS.items() for word in words.split("|")
}


def status_of(text: str) -> Status | None:
    """Return the status that a word stands for, None for one that is not known."""
    return _BY_KEY.get(_key(text[:60]))
