"""Merging a colleague's copy: the same project that was copied and coded elsewhere comes back into one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sqlmodel import Session, select

from workbench.errors import InputError
from workbench.i18n import N_, _
from workbench.models import tables
from workbench.models.agreement_views import MergeReport
from workbench.models.kinds import MergeOutcome
from workbench.services.base import Service, verb
from workbench.services.merge_kinds import CODINGS, MEMOS, QUOTES
from workbench.services.merge_rows import RowMerge
from workbench.store.copies import MERGE, copy_of


class Merging(Service):
    """Bringing work together that was done in copies of the project."""

    def preview(self, path: Path) -> MergeReport:
        """Return what merging a copy would do; nothing is kept.

        Args:
            path: the folder of the copy, or a backup file from it.

        Raises:
            ProjectError: it cannot be read as a project.
            InputError: ``merge-other-project``, ``merge-itself``.
        """
        self._check(path)
        with copy_of(path) as copy, self.reading() as here, copy.session() as there:
            return self._run(here, there, path)

    @verb(MERGE)
    def merge(self, path: Path) -> MergeReport:
        """Merge a copy in one action; the copy itself is only read.

        Codes, quotes, codings, memos, favourites, coders, saved queries and persons that are only there are added. A
        code with the same path, a quote on the same words and a coder with the same name are the same. What was changed
        there alone is changed here too; what was changed on both sides stays as it is here and is told of.

        Args:
            path: the folder of the copy, or a backup file from it.

        Raises:
            ProjectError: it cannot be read as a project.
            InputError: ``merge-other-project``, ``merge-itself``.
        """
        self._check(path)
        with copy_of(path) as copy, copy.session() as there, self.acting(MERGE, path.name) as act:
            return self._run(act.session, there, path)

    def _check(self, path: Path) -> None:
        if path.resolve() == self._context.file.folder.resolve():
            raise InputError(
                "merge-itself",
                N_("This is the open project itself."),
                N_("Name the folder of a colleague's copy of it."),
            )

    def _run(self, here: Session, there: Session, path: Path) -> MergeReport:
        theirs = there.exec(select(tables.Project.id, tables.Project.title)).one()
        if theirs[0] != self.project_id:
            raise InputError(
                "merge-other-project",
                N_("{folder} is another project: “{title}”."),
                N_("Merge a copy of this project; sources of another one are imported as files."),
                folder=path,
                title=theirs[1],
            )
        report = RowMerge(here, there, self.project_id, self._context.coder).run(path)
        if self.seen() is None:
            return report
        told = tuple(item for item in report.items if item.what not in _OF_CODERS)
        return replace(report, items=told, hidden=True)


_OF_CODERS = frozenset(kind.what for kind in (QUOTES, CODINGS, MEMOS))
"""Kinds of rows that blind mode tells nothing of."""

_TOLD = {
    MergeOutcome.ADDED: N_("added: {n}"),
    MergeOutcome.CHANGED: N_("changed: {n}"),
    MergeOutcome.REMOVED: N_("removed: {n}"),
    MergeOutcome.CONFLICT: N_("in conflict: {n}"),
    MergeOutcome.KEPT: N_("left as here: {n}"),
    MergeOutcome.LEFT_OUT: N_("not merged: {n}"),
}


def merge_sentence(report: MergeReport, *, done: bool) -> str:
    """Say in one sentence what a merge did, or would do."""
    counts = report.counts()
    parts = [_(words).format(n=counts[name]) for name, words in _TOLD.items() if counts[name]]
    if report.hidden:
        parts.append(_("what was coded and noted is hidden by blind mode"))
    else:
        parts.append(_("the same on both sides: {n}").format(n=report.same))
    said = _("Merged: {counts}.") if done else _("Merging would do this: {counts}.")
    return said.format(counts="; ".join(parts))
