"""Questions of which only the newest is answered; older answers are not heard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.errors import DeskError


class Latest(QObject):
    """One line of questions, such as what is typed into one field."""

    def __init__(
        self,
        ask: Callable[..., None],
        then: Callable[[Any], object],
        failed: Callable[[DeskError], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._port, self._then, self._failed = ask, then, failed
        self._question: _Question | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether a question is not answered yet."""
        return self._question is not None

    def ask(self, query: object) -> None:
        """Ask for `query` and forget what was asked before."""
        # A question is a QObject below this one: it goes when the dialog goes, and
        # the window's calls then drop the answer.
        self._question = question = _Question(self)
        self._port(query, question.answer, question.fail)

    def drop(self) -> None:
        """Forget what was asked."""
        self._question = None

    def settle(self, question: _Question, answer: object) -> None:
        """Hand an answer on."""
        if self._is_heard(question):
            self._then(answer)

    def settle_failure(self, question: _Question, error: DeskError) -> None:
        """Hand a failure on."""
        if self._is_heard(question):
            self._failed(error)

    def _is_heard(self, question: _Question) -> bool:
        question.deleteLater()
        if question is not self._question:
            return False
        self._question = None
        return True


class _Question(QObject):
    """One question on its way."""

    def __init__(self, line: Latest) -> None:
        super().__init__(line)
        self._line = line

    @Slot(object)
    def answer(self, answer: object) -> None:
        self._line.settle(self, answer)

    @Slot(object)
    def fail(self, error: DeskError) -> None:
        self._line.settle_failure(self, error)
