"""A page of the office with a secret beside what is public."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout

from desk_app.domain.message_settings import Change
from desk_app.ui import plain
from desk_app.ui.admin.enrolment import EnrolmentFlows
from desk_app.ui.empty import EmptyState, EmptyWords
from desk_app.ui.notice_bar import Action
from desk_app.ui.office import page_words
from desk_app.ui.office.form_page import FormPage
from desk_app.ui.office.page import focus
from desk_app.ui.words import Tone, Words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desk_app.domain.message_settings import SetUp
    from desk_app.domain.secrets import SecretName
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around, Port
    from desk_app.ui.office.messages.secret_field import SecretField


class SecretPage(FormPage):
    """Reads and saves a `SetUp`; a page says what its settings are.

    It makes `secret` and `first`, the field where one begins, and calls `watch` once
    they are there.
    """

    secret: SecretField
    first: QWidget

    def __init__(
        self, around: Around, about: str, read: Port, change: Port, name: SecretName
    ) -> None:
        super().__init__(about, read, change)
        self.around = around
        self.empty = EmptyState(parent=self)
        self.empty.hide()
        self._is_begun = True
        service = around.desk.message_settings
        self._forget = around.port(lambda _: service.forget(name))
        self._keys: EnrolmentFlows | None = None

    # -- what a page says for itself

    def show_settings(self, settings: Any) -> None:
        """Fill the fields."""
        raise NotImplementedError

    def settings(self) -> Any:
        """Return what stands in the fields."""
        raise NotImplementedError

    def removal(self) -> plain.Question:
        """Return what is asked before the secret is removed."""
        raise NotImplementedError

    def is_set_up(self, value: SetUp[Any]) -> bool:
        """Say whether there is anything yet."""
        return bool(value.settings.is_set_up)

    # -- what it uses

    def show_value(self, value: SetUp[Any]) -> None:
        """Fill the fields, and say what is known of the secret."""
        self.secret.show_state(value.secret, value.key)
        self.show_settings(value.settings)
        if self.is_set_up(value):
            self._is_begun = True
        self._invite(is_empty=not self._is_begun)

    def enter(self) -> None:
        """Begin with the first field, or with what leads to it."""
        focus(self.empty if self.empty.isVisibleTo(self) else self.first)

    def wanted(self) -> SetUp[Any]:
        """Return what stands in the fields."""
        found: SetUp[Any] = replace(self.known, settings=self.settings())
        return found

    def is_touched(self) -> bool:
        """A secret alone may be changed as well."""
        return super().is_touched() or (self.known is not None and self._has_secret)

    def request(self) -> Change[Any]:
        """Return what is sent to save it."""
        return Change(self.known.settings, self.settings(), self.secret.secret)

    def invite(self, icon: str, title: str, why: str, step: str) -> None:
        """Say in these words that nothing is set up yet; without, there is the form."""
        self._is_begun = False
        self.empty.say(EmptyWords(icon, title, why, Action(step, self.begin_form)))
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(0, self.empty, 1)

    def watch(self) -> None:
        """Follow the field of the secret."""
        self.complaints["secret"] = self.secret.complaint
        self.secret.typed.connect(self.changed)
        self.secret.removal_wanted.connect(self._on_removal_wanted)
        self.secret.code_wanted.connect(self._on_code_wanted)
        self.secret.new_key_wanted.connect(self._on_new_key_wanted)
        self.secret.again_wanted.connect(self._read_state)

    @Slot()
    def begin_form(self) -> None:
        """Show the form for the first time."""
        self._is_begun = True
        self._invite(is_empty=False)
        focus(self.first)

    def _invite(self, *, is_empty: bool) -> None:
        """Show the form, or in its place what it is for."""
        had_focus = self.empty.button.hasFocus()
        self.empty.setVisible(is_empty)
        for part in (self.room, self.save, self.undo):
            part.setVisible(not is_empty)
        if had_focus and not is_empty:
            focus(self.first)

    @property
    def _has_secret(self) -> bool:
        return bool(self.secret.secret)

    @Slot()
    def _on_removal_wanted(self) -> None:
        if plain.ask(self.window(), self.removal()):
            self._forget(None, self._on_removed, self._on_not_removed)

    @Slot(object)
    def _on_removed(self, _nothing: None) -> None:
        words = Words(self.tr("Removed for every desk."), tone=Tone.SUCCESS)
        self.banner.say(words, topic="saved")
        self._read_state()

    @Slot(object)
    def _on_not_removed(self, error: DeskError) -> None:
        self.banner.say(page_words.refusal(error))

    @Slot()
    def _on_code_wanted(self) -> None:
        self._enrolment().enter()
        self._read_state()

    @Slot()
    def _on_new_key_wanted(self) -> None:
        self._enrolment().offer()
        self._read_state()

    def _enrolment(self) -> EnrolmentFlows:
        if self._keys is None:
            desk, calls = self.around.desk, self.around.calls
            self._keys = EnrolmentFlows(desk, calls, self.window())
        return self._keys

    @Slot()
    def _read_state(self) -> None:
        """Learn anew what is known of the secret; what is typed beside it stays."""
        self.read(self._on_state_read)

    @Slot(object)
    def _on_state_read(self, value: SetUp[Any]) -> None:
        self.secret.show_state(value.secret, value.key)
        self.learn(replace(self.known, secret=value.secret, key=value.key))
