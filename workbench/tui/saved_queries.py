"""Choosing one of the searches or filters that are kept under a name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError

if TYPE_CHECKING:
    from workbench.models.views import SavedQueryView
    from workbench.tui.dialogs.pick import NewName
    from workbench.tui.project_screen import OpenProjectScreen


def pick_saved(
    screen: OpenProjectScreen[None],
    kind: str,
    title: str,
    use: Callable[[SavedQueryView], None],
    *,
    describe: Callable[[SavedQueryView], str],
    none: str,
) -> None:
    """Let one of the saved queries be chosen, and do something with it.

    Args:
        screen: where to ask.
        kind: ``search`` or ``quotes``.
        title: what is asked, translated.
        use: gets what was chosen; its trouble is shown.
        describe: says in words what a query means.
        none: what to say when nothing is saved, translated.
    """
    from workbench.tui.dialogs.pick import Choice, PickDialog

    views = {view.id: view for view in screen.project.queries.saved(kind)}
    if not views:
        screen.workbench.tell(none)
        return

    def picked(chosen: str | NewName | None) -> None:
        if isinstance(chosen, str):
            try:
                use(views[chosen])
            except WorkbenchError as error:
                screen.show_error(error)

    choices = [Choice(view.id, view.name, note=describe(view)) for view in views.values()]
    screen.app.push_screen(PickDialog[str](choices, title=title), picked)
