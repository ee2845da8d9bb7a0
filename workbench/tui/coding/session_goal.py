"""The goal of a session, for those who set themselves one: so many quotes, or so many minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.i18n import _

if TYPE_CHECKING:
    from workbench.services.project import Project
    from workbench.settings import Settings


def goal_text(project: Project, settings: Settings) -> str:
    """Say how far this session is: ``12 of 30``; empty without a goal, which is the default."""
    goal, size = settings.session_goal, settings.session_goal_size
    if goal == "off":
        return ""
    done = project.progress.session()
    if goal == "quotes":
        return _("{done} of {goal}").format(done=done.quotes, goal=size)
    return _("{done} of {goal} min").format(done=int(done.seconds // 60), goal=size)
