"""Colours: three calm themes, and the colours of codes on each of them."""

from __future__ import annotations

from textual.color import Color, ColorParseError
from textual.theme import Theme

from workbench.coding.palette import CODE_COLOURS

DARK_BACKGROUND = "#16191d"
LIGHT_BACKGROUND = "#fbfaf7"

_QUIET = {
    # a quiet footer and quiet blurred selections: one accent, everything else grey
    "footer-background": "transparent",
    "block-cursor-text-style": "none",
    "input-cursor-text-style": "none",
}

DARK = Theme(
    name="dark",
    primary="#79b8c9",
    secondary="#8a97a6",
    accent="#79b8c9",
    warning="#d9b35c",
    error="#e08585",
    success="#8fbf8f",
    foreground="#d6d9dd",
    background=DARK_BACKGROUND,
    surface="#1c2025",
    panel="#23282e",
    dark=True,
    variables={
        **_QUIET,
        "block-cursor-background": "#2f4a54",
        "block-cursor-foreground": "#f2f5f7",
        "block-cursor-blurred-background": "#272d34",
        "block-cursor-blurred-foreground": "#d6d9dd",
        "border": "#79b8c9",
        "border-blurred": "#3a4149",
        "foreground-muted": "#8f979f",
        "input-cursor-background": "#d6d9dd",
        "input-cursor-foreground": "#16191d",
        "input-selection-background": "#2f4a54",
        "screen-selection-background": "#2f4a54",
        "screen-selection-foreground": "#f2f5f7",
        "scrollbar": "#3a4149",
        "scrollbar-hover": "#56606b",
        "scrollbar-active": "#79b8c9",
        "scrollbar-background": DARK_BACKGROUND,
        "scrollbar-background-hover": DARK_BACKGROUND,
        "scrollbar-background-active": DARK_BACKGROUND,
        "scrollbar-corner-color": DARK_BACKGROUND,
    },
)

LIGHT = Theme(
    name="light",
    primary="#1f6577",
    secondary="#5c6670",
    accent="#1f6577",
    warning="#8a6100",
    error="#a83232",
    success="#2f6b3a",
    foreground="#24292e",
    background=LIGHT_BACKGROUND,
    surface="#f2f0eb",
    panel="#e8e5de",
    dark=False,
    variables={
        **_QUIET,
        "block-cursor-background": "#cfe3e8",
        "block-cursor-foreground": "#11181c",
        "block-cursor-blurred-background": "#e6e4dd",
        "block-cursor-blurred-foreground": "#24292e",
        "border": "#1f6577",
        "border-blurred": "#cbc7bd",
        "foreground-muted": "#656c73",
        "input-cursor-background": "#24292e",
        "input-cursor-foreground": "#fbfaf7",
        "input-selection-background": "#cfe3e8",
        "screen-selection-background": "#cfe3e8",
        "screen-selection-foreground": "#11181c",
        "scrollbar": "#cbc7bd",
        "scrollbar-hover": "#a9a498",
        "scrollbar-active": "#1f6577",
        "scrollbar-background": LIGHT_BACKGROUND,
        "scrollbar-background-hover": LIGHT_BACKGROUND,
        "scrollbar-background-active": LIGHT_BACKGROUND,
        "scrollbar-corner-color": LIGHT_BACKGROUND,
    },
)

ANSI = Theme(
    name="ansi",
    ansi=True,
    primary="ansi_blue",
    secondary="ansi_cyan",
    warning="ansi_yellow",
    error="ansi_red",
    success="ansi_green",
    accent="ansi_blue",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    variables={
        "ansi-background": "ansi_black",
        "ansi-foreground": "ansi_white",
        "block-cursor-foreground": "ansi_bright_white",
        "block-cursor-background": "ansi_blue",
        "block-cursor-blurred-text-style": "underline",
        "border": "ansi_blue",
        "border-blurred": "ansi_bright_black",
        "footer-key-foreground": "ansi_blue",
        "foreground-muted": "ansi_default",
        "input-cursor-text-style": "reverse",
        "screen-selection-background": "ansi_blue",
        "screen-selection-foreground": "ansi_bright_white",
        "input-selection-background": "ansi_blue",
        "input-selection-foreground": "ansi_bright_white",
    },
)

THEMES = (LIGHT, DARK, ANSI)
"""Themes by the names the settings use."""

_READABLE = 4.5
"""WCAG 2 contrast of text to its background, level AA."""


def contrast(one: Color, other: Color) -> float:
    """Return the contrast of two colours as WCAG 2 defines it, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    """Return the relative luminance as WCAG 2 defines it."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB
        for part in colour.normalized
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def code_colour(value: int | str, *, dark: bool, ansi: bool = False) -> str:
    """Return the colour to draw a code in.

    Args:
        value: the number of a colour in our palette (it wraps), or a colour somebody chose as
            ``#rrggbb``, which is made readable on the background.
        dark: whether the background is dark.
        ansi: whether only the terminal's own colours may be used.
    """
    if isinstance(value, int):
        on_dark, on_light, on_ansi = CODE_COLOURS[value % len(CODE_COLOURS)]
        return on_ansi if ansi else on_dark if dark else on_light
    try:
        colour = Color.parse(value)
    except ColorParseError:
        return code_colour(0, dark=dark, ansi=ansi)
    if ansi:
        return colour.hex6 if colour.ansi is None else value
    background = Color.parse(DARK_BACKGROUND if dark else LIGHT_BACKGROUND)
    towards = Color.parse("#ffffff" if dark else "#000000")
    for step in range(21):
        shade = colour.blend(towards, step / 20, alpha=1)
        if contrast(shade, background) >= _READABLE:
            return shade.hex6
    return towards.hex6
