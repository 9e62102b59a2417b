"""The texts of messages: the shipped ones, changed into the practice's own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QPlainTextEdit

from desk_app.domain.message_drafts import TextChange, TextEntry
from desk_app.domain.messages import Channel, MessageKind, Recipient
from desk_app.ui import plain
from desk_app.ui.admin.form import hint
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.prompt import PromptButton, PromptCheck
from desk_app.ui.office import page_words
from desk_app.ui.office.form_page import FormPage
from desk_app.ui.office.messages.card import card
from desk_app.ui.office.page import focus
from desk_app.ui.office.texts import words
from desk_app.ui.office.texts.editor import TextEditor
from desk_app.ui.outgoing import words as outgoing
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.domain.message_drafts import Preview, TextLanguage
    from desk_app.domain.message_text import TextKey
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around

WIDEST, PREVIEW_LINES = 900, 8
CHANNELS = (Channel.EMAIL, Channel.PUSH, Channel.SMS)


class TextsPage(FormPage):
    """One text at a time: which, its words, and an example of how it arrives."""

    def __init__(self, around: Around) -> None:
        texts = around.desk.message_texts
        super().__init__(
            words.tr("What messages say. The practice’s own words in place of ours."),
            around.port(lambda _: texts.languages(), "text languages"),
            around.port(texts.change),
        )
        self._read_all = around.port(texts.all, "texts")
        self._back = around.port(lambda e: texts.back_to_shipped(e.key, e.own))
        self._try = around.port(
            lambda d: texts.preview(*d[:2], virtual=d[2]), "preview"
        )
        self._entries: dict[TextKey, TextEntry] = {}
        self._build()
        self._connect()

    def enter(self) -> None:
        """Begin with which text it is."""
        focus(self.kind)

    def may_leave(self) -> bool:
        """Ask, and then let go of what was typed."""
        may = super().may_leave()
        if may and self.known is not None:
            self.show_value(self.known)
        return may

    def show_value(self, value: TextEntry) -> None:
        """Show a text, and whose it is."""
        self._entries[value.key] = value
        self.editor.show_text(value.key, value.counts)
        self._standing.setText(words.standing(value, self.language.currentText()))
        self.shipped.setEnabled(value.own is not None)
        self._on_settled(True)

    def wanted(self) -> TextEntry:
        """Return the text as it stands here."""
        known: TextEntry = self.known
        text = self.editor.text
        return known if text == known.counts else replace(known, own=text)

    def request(self) -> TextChange:
        """Return what is sent to save it."""
        return TextChange(self.known.key, self.known.own, self.editor.text)

    def begin(self) -> None:
        """Read the languages first; the texts of the chosen one follow."""
        self.body.setEnabled(self.known is not None)
        self.read(self._on_languages)

    # -- building

    def _build(self) -> None:
        scale = self.fontMetrics().height() / 16
        self.body.setMaximumWidth(round(WIDEST * scale))
        self.complaints = {}
        frame, column = card(words.tr("Which text"))
        column.addLayout(self._build_choice())
        self._standing = hint("")
        column.addWidget(self._standing)
        self.editor = TextEditor()
        self.complaints |= self.editor.complaints
        column.addWidget(self.editor)
        self.shipped = PromptButton(words.tr("Back to the s&hipped text"))
        self.shipped.setAutoDefault(False)
        row = QHBoxLayout()
        row.addWidget(self.shipped)
        row.addStretch(1)
        column.addLayout(row)
        self.column.addWidget(frame)
        self.column.addWidget(self._build_preview(), 1)

    def _build_choice(self) -> QHBoxLayout:
        self.kind, self.recipient = QComboBox(), QComboBox()
        self.channel, self.language = QComboBox(), QComboBox()
        for kind in MessageKind:
            self.kind.addItem(outgoing.kind(kind), kind)
        for whom in Recipient:
            self.recipient.addItem(words.recipient(whom), whom)
        for channel in CHANNELS:
            self.channel.addItem(words.channel(channel), channel)
        row = QHBoxLayout()
        row.setSpacing(8)
        for box, name, wide in (
            (self.kind, words.tr("Message"), 3),
            (self.recipient, words.tr("To whom"), 2),
            (self.channel, words.tr("By what"), 3),
            (self.language, words.tr("Language"), 2),
        ):
            box.setAccessibleName(name)
            box.setMinimumWidth(1)
            row.addWidget(box, wide)
        return row

    def _build_preview(self) -> QFrame:
        frame, column = card(words.tr("How it arrives, for example"))
        self.subject = PlainLabel()
        self.subject.setWordWrap(True)
        sized(self.subject, 1.0, bold=True)
        self.preview = QPlainTextEdit()
        self.preview.setReadOnly(True)
        self.preview.setObjectName("readText")
        self.preview.setTabChangesFocus(True)
        self.preview.setAccessibleName(words.tr("Preview"))
        line = self.fontMetrics().lineSpacing()
        self.preview.setMinimumHeight(line * PREVIEW_LINES + 16)
        self.parts = PlainLabel()
        set_ink(self.parts, Ink.MUTED)
        self.virtual = PromptCheck(words.tr("of a visit by &video"))
        column.addWidget(self.virtual)
        for widget in (self.subject, self.preview, self.parts):
            column.addWidget(widget)
        return frame

    def _connect(self) -> None:
        self.editor.changed.connect(self.changed)
        self.editor.settled.connect(self._on_settled)
        self.virtual.toggled.connect(self._on_virtual)
        self.shipped.clicked.connect(self._on_shipped)
        for box in (self.kind, self.recipient, self.channel):
            box.activated.connect(self._on_chosen)
        self.language.activated.connect(self._on_language)

    # -- which text

    @property
    def _wished(self) -> TextEntry | None:
        """The text that is chosen by the boxes; a test is for who works here."""
        kind, channel = self.kind.currentData(), self.channel.currentData()
        recipient = self.recipient.currentData()
        if kind == MessageKind.TEST:
            recipient = Recipient.PROVIDER
        return next(
            (
                entry
                for key, entry in self._entries.items()
                if (key.kind, key.recipient, key.channel) == (kind, recipient, channel)
            ),
            None,
        )

    @Slot(object)
    def _on_languages(self, found: Sequence[TextLanguage]) -> None:
        chosen = self.language.currentData() or found[0].tag
        self.language.clear()
        for each in found:
            self.language.addItem(each.name, each.tag)
        self.language.setCurrentIndex(max(0, self.language.findData(chosen)))
        self._read_texts()

    def _read_texts(self) -> None:
        tag = self.language.currentData()
        self._read_all(tag, self._on_texts, self._on_read_failed)

    @Slot(object)
    def _on_texts(self, found: tuple[TextEntry, ...]) -> None:
        self._entries = {entry.key: entry for entry in found}
        entry = self._wished
        if entry is not None:
            self._on_read(entry)

    @Slot()
    def _on_chosen(self) -> None:
        """Go to another text, if what is typed may go."""
        self.recipient.setEnabled(self.kind.currentData() != MessageKind.TEST)
        entry = self._wished
        if entry is None or (self.known is not None and entry.key == self.known.key):
            return
        if self.known is not None and not self.may_leave():
            self._choose(self.known.key)
            return
        self.banner.clear()
        self.learn(entry)
        self.show_value(entry)
        self.changed()

    @Slot()
    def _on_language(self) -> None:
        tag = self.language.currentData()
        if self.known is None or tag == self.known.key.language:
            return
        if not self.may_leave():
            self._choose(self.known.key)
            return
        self.banner.clear()
        self._read_texts()

    def _choose(self, key: TextKey) -> None:
        """Show again which text stands here."""
        for box, value in (
            (self.kind, key.kind),
            (self.recipient, key.recipient),
            (self.channel, key.channel),
            (self.language, key.language),
        ):
            box.setCurrentIndex(box.findData(value))

    # -- how it arrives

    @Slot(bool)
    def _on_settled(self, is_right: bool) -> None:
        if is_right and self.known is not None:
            key, text = self.known.key, self.editor.text
            draft = (key, text, self.virtual.isChecked())
            self._try(draft, self._on_preview, self._on_no_preview)

    @Slot()
    def _on_virtual(self) -> None:
        self._on_settled(True)

    @Slot(object)
    def _on_preview(self, preview: Preview) -> None:
        self.subject.setText(preview.subject)
        self.subject.setVisible(bool(preview.subject))
        self.preview.setPlainText(preview.text)
        self.parts.setText(words.parts(preview))
        self.parts.setVisible(bool(self.parts.text()))

    @Slot(object)
    def _on_no_preview(self, _error: DeskError) -> None:
        """What stood there stays; saving says what is wrong."""

    # -- the shipped text

    @Slot()
    def _on_shipped(self) -> None:
        question = plain.Question(
            words.tr("Back to the text that comes with the program?"),
            words.tr("Your own text for this message is thrown away."),
            words.tr("&Throw it away"),
            words.tr("&Keep it"),
        )
        if self.known is not None and plain.ask(self.window(), question):
            self._back(self.known, self._on_saved, self._on_not_back)

    @Slot(object)
    def _on_not_back(self, error: DeskError) -> None:
        self.banner.say(page_words.refusal(error))
