"""Words for every failure: what happened, what it means, what to do next.

The one place where errors become sentences. Calm and specific, never a code, never
a blame; what was typed is not repeated here, only in the form it stands in.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desk_app import errors
from desk_app.ui import rule_words, server_words
from desk_app.ui.phrases import filled
from desk_app.ui.words import Tone, Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.errors import DeskError


def words(error: DeskError) -> Words:
    """Return what to tell a person about `error`."""
    for kind, write in _WRITERS.items():
        if isinstance(error, kind):
            return write(error)
    return Words(
        _tr("That did not work"),
        _tr("Something went wrong inside the program; it has been noted in the log."),
        _tr("Try again. If it happens again, tell whoever looks after this program."),
        Tone.ERROR,
    )


def checking() -> Words:
    """Return the words while the outcome of a change is not known yet."""
    return Words(
        _tr("Checking…"),
        _tr("The answer of the database got lost on the way."),
        _tr("The desk is asking whether the change was saved. Please wait."),
        Tone.INFO,
    )


def cannot_open(error: DeskError) -> Words:
    """Return the words for a program that cannot show its schedule at all."""
    if isinstance(error, errors.WrongSchema | errors.NeedsLogin):
        return words(error)
    title = _tr("The schedule cannot be opened")
    if isinstance(error, errors.Untrusted):
        return replace(_untrusted(error), title=title)
    if isinstance(error, errors.Unavailable):
        return Words(
            title,
            _tr("The database does not answer. Your appointments are safe there."),
            _tr("Check that the server runs and the network is up, then try again."),
            Tone.ERROR,
        )
    if isinstance(error, errors.NotAllowed):
        return Words(
            title,
            _tr("The database refuses this desk's login."),
            _tr("Ask an administrator of the practice to look at it, then try again."),
            Tone.ERROR,
        )
    if type(error) in (errors.DeskError, errors.Invalid, errors.NotFound):
        return Words(title, str(error), tone=Tone.ERROR)
    return replace(words(error), title=title)


def cannot_read(error: DeskError) -> Words:
    """Return the words for days that could not be read."""
    if not isinstance(error, errors.Unavailable) or isinstance(error, errors.Untrusted):
        return words(error)
    return Words(
        _tr("These days cannot be shown right now"),
        _tr("The database does not answer. You still see what was shown before."),
        _tr("The desk keeps trying to connect."),
    )


def cannot_show(error: DeskError) -> Words:
    """Return the words for something that was only to be read."""
    if not isinstance(error, errors.Unavailable):
        return words(error)
    return Words(
        _tr("This cannot be shown right now"),
        _tr("The database does not answer."),
        _tr("Try again in a moment."),
        Tone.ERROR,
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("notices", text)


def _refused(error: errors.Refused) -> Words:
    known = rule_words.of_all().get(error.policy) or Words(
        _tr("The practice's rules do not allow this"),
        next_step=_tr("Choose something else, or ask who looks after the schedule."),
    )
    if str(error) == type(error).default_message():
        return known
    # The rule itself knows more: whose hours, until when, which times are near.
    return replace(known, text=str(error))


def _taken(error: errors.SlotTaken) -> Words:
    if error.alternatives:
        step = _tr("These times are free and near; what you typed is kept.")
    else:
        step = _tr("Choose another time; what you typed is kept.")
    return Words(_tr("This time has just been taken"), next_step=step)


def _stale(error: errors.Stale) -> Words:
    if error.field in ("hours", "closures", "overrides"):
        return Words(
            _tr("Somebody else has changed this meanwhile"),
            _tr("Nothing was saved. What you changed is still here."),
            _tr("Read it anew, then change it again."),
        )
    return Words(
        _tr("Somebody changed this appointment a moment ago"),
        _tr("Nothing was saved. The schedule now shows how it stands."),
        _tr("Look at it once more, then decide again."),
    )


def _strands(error: errors.Strands) -> Words:
    text = _tr("Appointments that would lose their time or place: %1.")
    return Words(
        _tr("Nothing was changed"),
        filled(text, str(len(error.appointments))),
        _tr("Save once more to decide about each of them."),
    )


def _not_found(_error: errors.NotFound) -> Words:
    return Words(
        _tr("This is no longer there"),
        _tr("Another desk removed it in the meantime."),
        _tr("The schedule now shows how it stands."),
    )


def _not_allowed(_error: errors.NotAllowed) -> Words:
    return Words(
        _tr("Your login may not do this"),
        _tr("Nothing was changed."),
        _tr("Ask an administrator of the practice to do it or to give you the right."),
    )


def _needs_login(error: errors.NeedsLogin) -> Words:
    if error.was_refused:
        return Words(
            _tr("The name or the password is not right"),
            next_step=_tr("Type both again; capital letters count in passwords."),
        )
    return Words(
        _tr("Please sign in"),
        next_step=_tr("Type your login and your password."),
        tone=Tone.INFO,
    )


def _key_reused(_error: errors.KeyReused) -> Words:
    return Words(
        _tr("This was already saved with other details"),
        _tr("The first version stands."),
        _tr("Close this window and look at the schedule before you change it."),
    )


def _cancelled(_error: errors.Cancelled) -> Words:
    return Words(
        _tr("Stopped, as you wished"),
        _tr("Nothing was changed and nothing was left behind."),
        tone=Tone.INFO,
    )


def _invalid(error: errors.Invalid) -> Words:
    fields = {
        "name": _tr("Please check the name"),
        "login": _tr("Please check the login"),
        "password": _tr("Please check the password"),
        "provider_id": _tr("Please check the provider"),
        "database": _tr("Please check the server’s address"),
        "phone": _tr("Please check the phone number"),
        "email": _tr("Please check the e-mail address"),
        "notes": _tr("Please check the note"),
        "reason": _tr("Please check the reason"),
        "folder": _tr("Please choose another folder"),
        "start": _tr("Please check the time"),
        "client": _tr("Please choose a client"),
        "service": _tr("Please choose a service"),
        "code": _tr("Please check the code"),
    }
    title = fields.get(error.field, _tr("Please check what you typed"))
    text = str(error)
    if text == type(error).default_message():
        text = _tr("It cannot be saved as it is.")
    return Words(title, text[:1].upper() + text[1:])


def _unavailable(error: errors.Unavailable) -> Words:
    if error.undecided:
        return checking()
    return Words(
        _tr("The database cannot be reached"),
        _tr("This cannot be saved now. Nothing is lost: what you typed stays here."),
        _tr("The desk keeps trying. Try again when the lower edge says “Connected”."),
        Tone.ERROR,
    )


def _untrusted(error: errors.Untrusted) -> Words:
    if error.undecided:
        return checking()
    title = _tr("The practice's server cannot be trusted")
    said, step = server_words.failed(error.check)
    text = f"{said} {_tr('Your password was not sent.')}"
    return Words(title, text, step, Tone.ERROR)


def _wrong_schema(error: errors.WrongSchema) -> Words:
    title = _tr("This program and this database do not fit together")
    if error.can_upgrade:
        text = _tr("The program is newer than the database.")
        step = _tr("Make a backup, close the program at the other desks, then update.")
    else:
        text = _tr("One of both is older than the other can work with.")
        step = _tr("Ask an administrator of the practice to update this desk.")
    return Words(title, text, step, Tone.ERROR)


def _key_missing(_error: errors.KeyMissing) -> Words:
    return Words(
        _tr("This desk does not have the practice’s key"),
        _tr("Passwords and sign-ins of the practice cannot be opened here."),
        _tr("Let a manager show a code at a desk that has the key, and type it here."),
    )


def _seal_broken(_error: errors.SealBroken) -> Words:
    return Words(
        _tr("A stored password cannot be opened"),
        _tr("It was changed or damaged in the database. No appointment is concerned."),
        _tr("Type it in again, or sign in to the calendar again."),
    )


def _service_failed(_error: errors.ProviderError) -> Words:
    return Words(
        _tr("An outside service did not answer"),
        _tr("The appointment itself is saved."),
        _tr("The desk tries again by itself."),
    )


# More special kinds stand before the kinds they belong to.
_WRITERS: dict[type[DeskError], Callable[..., Words]] = {
    errors.Refused: _refused,
    errors.SlotTaken: _taken,
    errors.Strands: _strands,
    errors.Stale: _stale,
    errors.NotFound: _not_found,
    errors.NotAllowed: _not_allowed,
    errors.NeedsLogin: _needs_login,
    errors.KeyReused: _key_reused,
    errors.Cancelled: _cancelled,
    errors.Invalid: _invalid,
    errors.Untrusted: _untrusted,
    errors.Unavailable: _unavailable,
    errors.WrongSchema: _wrong_schema,
    errors.KeyMissing: _key_missing,
    errors.SealBroken: _seal_broken,
    errors.ProviderError: _service_failed,
}
