"""Every colour of the program, light and dark, and how Qt is told about them.

Colours are "#rrggbb". `pairs()` lists what is drawn on what, with the contrast that
WCAG 2.2 asks for (text 4.5, parts of controls and marks 3); a test checks each.
"""

from __future__ import annotations

import string
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QPalette

from desk_app import paths
from desk_app.domain.appointment import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QApplication

TEXT, PART = 4.5, 3.0


@dataclass(frozen=True, slots=True)
class StatusColours:
    """One card: its tint, its words, the bar at its left and the line around it."""

    fill: str
    text: str
    bar: str
    line: str


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one appearance; each field is drawn as its name says."""

    is_dark: bool
    window: str
    surface: str
    raised: str
    hover: str
    border: str
    control_border: str
    text: str
    muted: str
    disabled: str
    accent: str
    accent_hover: str
    accent_text: str
    link: str
    focus_ring: str
    danger: str
    success: str
    warning: str
    selection: str
    selection_text: str
    grid_open: str
    grid_closed: str
    grid_blocked: str
    grid_hatch: str
    grid_hour: str
    grid_half: str
    grid_column: str
    grid_today: str
    now_line: str
    now_text: str
    offer_fill: str
    offer_border: str
    offer_text: str
    pending: StatusColours
    confirmed: StatusColours
    arrived: StatusColours
    in_session: StatusColours
    completed: StatusColours
    no_show: StatusColours
    cancelled: StatusColours

    def of_status(self, status: Status) -> StatusColours:
        """Return the colours of a card with this status."""
        return {
            Status.PENDING: self.pending,
            Status.CONFIRMED: self.confirmed,
            Status.CANCELLED: self.cancelled,
            Status.COMPLETED: self.completed,
            Status.NO_SHOW: self.no_show,
        }[status]


@dataclass(frozen=True, slots=True)
class Pair:
    """A colour drawn on a ground, and the contrast it must have at least."""

    colour: str
    ground: str
    needed: float


_LIGHT = Theme(
    is_dark=False,
    window="#f3f5f7",
    surface="#ffffff",
    raised="#ffffff",
    hover="#e9eef1",
    border="#d8dee4",
    control_border="#7d8793",
    text="#18212b",
    muted="#545f6d",
    disabled="#98a1ac",
    accent="#0b7285",
    accent_hover="#095c6b",
    accent_text="#ffffff",
    link="#0b6475",
    focus_ring="#0b7285",
    danger="#c0272d",
    success="#1a7f46",
    warning="#9a5b00",
    selection="#0b7285",
    selection_text="#ffffff",
    grid_open="#ffffff",
    grid_closed="#eff2f5",
    grid_blocked="#f0f1f4",
    grid_hatch="#d9dee5",
    grid_hour="#d9dfe6",
    grid_half="#eef1f4",
    grid_column="#cfd6de",
    grid_today="#e3f1f4",
    now_line="#d3222a",
    now_text="#ffffff",
    offer_fill="#effafa",
    offer_border="#2b8c9e",
    offer_text="#0b6475",
    pending=StatusColours("#fef3c7", "#713f12", "#b45309", "#b45309"),
    confirmed=StatusColours("#dbeafe", "#1e3a8a", "#2563eb", "#a9c7f5"),
    arrived=StatusColours("#dcfce7", "#14532d", "#15803d", "#9bd8b1"),
    in_session=StatusColours("#ede9fe", "#4c1d95", "#7c3aed", "#c6b6f5"),
    completed=StatusColours("#eceef1", "#4b5563", "#6b7280", "#cdd2d9"),
    no_show=StatusColours("#fee2e2", "#7f1d1d", "#dc2626", "#f2b3b3"),
    cancelled=StatusColours("#f6f7f9", "#565f6c", "#6b7280", "#d5d9df"),
)

_DARK = Theme(
    is_dark=True,
    window="#14191f",
    surface="#1b2128",
    raised="#232a33",
    hover="#2a323c",
    border="#343d48",
    control_border="#75808d",
    text="#e4e9ee",
    muted="#a3adb8",
    disabled="#67727e",
    accent="#4fb3c4",
    accent_hover="#70c6d4",
    accent_text="#06232a",
    link="#6cc5d4",
    focus_ring="#63c3d3",
    danger="#ff8080",
    success="#5fd08f",
    warning="#f0b454",
    selection="#4fb3c4",
    selection_text="#06232a",
    grid_open="#1d242c",
    grid_closed="#151a20",
    grid_blocked="#181d24",
    grid_hatch="#2e3741",
    grid_hour="#343e49",
    grid_half="#262e37",
    grid_column="#3a444f",
    grid_today="#1b3138",
    now_line="#ff5c5c",
    now_text="#2b0a0a",
    offer_fill="#17323a",
    offer_border="#47a3b3",
    offer_text="#8fdbe7",
    pending=StatusColours("#3d2a0b", "#fde3a2", "#f0a93b", "#c08530"),
    confirmed=StatusColours("#19305c", "#cfe0ff", "#6ea8fe", "#335693"),
    arrived=StatusColours("#0f3a24", "#c3f3d6", "#4ade80", "#2a6b46"),
    in_session=StatusColours("#322058", "#ddd3ff", "#a78bfa", "#574093"),
    completed=StatusColours("#2a313a", "#b9c2cc", "#8b95a1", "#434d58"),
    no_show=StatusColours("#471a1d", "#fecaca", "#f87171", "#7c3438"),
    cancelled=StatusColours("#20262e", "#a3adb8", "#8b95a1", "#3a434d"),
)


STYLED = "deskAppStyled"


def light() -> Theme:
    """Return the appearance for daylight."""
    return _LIGHT


def dark() -> Theme:
    """Return the appearance for dim rooms: dark greys, not black."""
    return _DARK


def apply(app: QApplication, theme: Theme) -> None:
    """Give the whole program this appearance; may be called again at any time."""
    scheme = Qt.ColorScheme.Dark if theme.is_dark else Qt.ColorScheme.Light
    # Only title bars and native dialogs follow this, and only on a real desktop.
    app.styleHints().setColorScheme(scheme)
    # Once only: while widgets are deleted, exchanging the style has crashed Qt.
    if not app.property(STYLED):
        app.setStyle("Fusion")
        app.setProperty(STYLED, True)
    app.setPalette(palette(theme))
    sheet = style_sheet(theme)
    if app.styleSheet() != sheet:
        app.setStyleSheet(sheet)


def palette(theme: Theme) -> QPalette:
    """Return the palette with every role set, for all groups."""
    result = QPalette()
    for role, colour in _roles(theme).items():
        result.setColor(role, QColor(colour))
    group = QPalette.ColorGroup.Disabled
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
        QPalette.ColorRole.PlaceholderText,
        QPalette.ColorRole.HighlightedText,
    ):
        result.setColor(group, role, QColor(theme.disabled))
    result.setColor(group, QPalette.ColorRole.Highlight, QColor(theme.hover))
    return result


def style_sheet(theme: Theme) -> str:
    """Return the rules of resources/style/*.qss in this theme's colours."""
    folder = paths.resources() / "style"
    names = {field.name: str(getattr(theme, field.name)) for field in fields(theme)}
    names["pictures"] = folder.as_posix()
    names["shade"] = "dark" if theme.is_dark else "light"
    files = sorted(folder.glob("*.qss"))
    rules = "\n".join(file.read_text(encoding="utf-8") for file in files)
    return _Rules(rules).substitute(names)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2.2 between two "#rrggbb" colours."""
    dim, bright = sorted((_luminance(one), _luminance(other)))
    return (bright + 0.05) / (dim + 0.05)


def tinted(colour: str, theme: Theme) -> StatusColours:
    """Return a card in any colour, readable in this theme."""
    fill = _mixed(colour, theme.grid_open, 0.24 if theme.is_dark else 0.14)
    return StatusColours(
        fill=fill,
        text=theme.text,
        bar=_seen_on(colour, (fill, theme.grid_open, theme.grid_blocked), theme),
        line=_mixed(colour, theme.grid_open, 0.5),
    )


def pairs(theme: Theme) -> list[Pair]:
    """List what is drawn on what in this theme, with the contrast each needs."""
    grounds = (theme.window, theme.surface, theme.raised)
    result = [Pair(theme.accent_text, theme.accent, TEXT)]
    result.append(Pair(theme.accent_text, theme.accent_hover, TEXT))
    result.append(Pair(theme.selection_text, theme.selection, TEXT))
    result.append(Pair(theme.now_text, theme.now_line, TEXT))
    result.append(Pair(theme.offer_text, theme.offer_fill, TEXT))
    for ground in (*grounds, theme.hover):
        result += [Pair(word, ground, TEXT) for word in (theme.text, theme.muted)]
        result.append(Pair(theme.control_border, ground, PART))
    for ground in grounds:
        words = (theme.link, theme.danger, theme.success, theme.warning)
        result += [Pair(word, ground, TEXT) for word in words]
        result.append(Pair(theme.focus_ring, ground, PART))
    return result + _grid_pairs(theme)


def status_colours(theme: Theme) -> tuple[StatusColours, ...]:
    """Return the colours of every kind of card."""
    return tuple(
        value
        for field in fields(theme)
        if isinstance(value := getattr(theme, field.name), StatusColours)
    )


def is_system_dark() -> bool:
    """Say whether the desktop asks for a dark appearance."""
    app = QCoreApplication.instance()
    hints = getattr(app, "styleHints", None)
    return hints is not None and hints().colorScheme() == Qt.ColorScheme.Dark


class _Rules(string.Template):
    """Rules in which a colour stands as `@name`."""

    delimiter = "@"


def _roles(theme: Theme) -> dict[QPalette.ColorRole, str]:
    role = QPalette.ColorRole
    return {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.surface,
        role.AlternateBase: theme.window,
        role.Text: theme.text,
        role.Button: theme.raised,
        role.ButtonText: theme.text,
        role.BrightText: theme.danger,
        role.PlaceholderText: theme.muted,
        role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.text,
        role.Highlight: theme.selection,
        role.HighlightedText: theme.selection_text,
        role.Accent: theme.accent,
        role.Link: theme.link,
        role.LinkVisited: theme.link,
        role.Light: theme.raised,
        role.Midlight: theme.hover,
        role.Mid: theme.border,
        role.Dark: theme.control_border,
        role.Shadow: theme.border,
    }


def _seen_on(colour: str, grounds: Sequence[str], theme: Theme) -> str:
    """Bring a colour nearer to that of the text until it stands out."""
    for step in range(11):
        found = _mixed(theme.text, colour, step / 10)
        if all(contrast(found, ground) >= PART for ground in grounds):
            return found
    return theme.text


def _mixed(one: str, other: str, share: float) -> str:
    """Return `share` of one colour and the rest of another."""
    pairs = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    parts = (round(a * share + b * (1 - share)) for a, b in pairs)
    return "#" + "".join(f"{part:02x}" for part in parts)


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _grid_pairs(theme: Theme) -> list[Pair]:
    grounds = (theme.grid_open, theme.grid_closed, theme.grid_blocked)
    result = [
        Pair(theme.muted, ground, TEXT) for ground in (*grounds, theme.grid_today)
    ]
    result.append(Pair(theme.text, theme.grid_today, TEXT))
    for ground in grounds:
        marks = (theme.focus_ring, theme.now_line, theme.offer_border)
        result += [Pair(mark, ground, PART) for mark in marks]
    for card in status_colours(theme):
        result.append(Pair(card.text, card.fill, TEXT))
        result.append(Pair(card.bar, card.fill, PART))
        result.append(Pair(theme.focus_ring, card.fill, PART))
        result += [Pair(card.bar, ground, PART) for ground in grounds]
    return result
