"""Lines of the list of projects."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content

from workbench.i18n import _, ngettext
from workbench.tui.display import clean_for_terminal, relative_time
from workbench.tui.widgets.row_table import Row

if TYPE_CHECKING:
    from workbench.models.views import ProjectCard


def project_row(card: ProjectCard) -> Row:
    """Return the line of a project; a damaged one says why in place of its counts."""
    title = clean_for_terminal(card.title)
    if card.problem:
        problem = Content.styled(clean_for_terminal(f"! {card.problem}"), "$error")
        return Row(card.slug, (title, problem), quiet=True)
    wave = _("wave {n}").format(n=card.wave) if card.wave is not None else ""
    when = relative_time(card.changed_at) if card.changed_at else ""
    if not card.sources:
        return Row(card.slug, (title, wave, _("no sources yet"), "", "", when))
    return Row(
        card.slug,
        (
            title,
            wave,
            ngettext("{n} source", "{n} sources", card.sources).format(n=card.sources),
            ngettext("{n} quote", "{n} quotes", card.quotes).format(n=card.quotes),
            ngettext("{n} barrier", "{n} barriers", card.barriers).format(n=card.barriers),
            when,
        ),
    )


def with_home(path: Path) -> str:
    """Write the home folder as ``~``."""
    home = Path.home()
    inside = path.is_relative_to(home) and path != home
    return f"~/{path.relative_to(home)}" if inside else str(path)
