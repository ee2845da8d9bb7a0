"""Codebooks come in from files and other projects, and go out to other programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session

from workbench.coding.code_records import TEXT_FIELDS, CodeRecord, Fate, Incoming, Known, plan_merge
from workbench.errors import InputError
from workbench.i18n import N_
from workbench.interchange.codebook_format import (
    CodebookFormat,
    all_formats,
    find_format,
    read_codebook,
)
from workbench.interchange.importer import Note
from workbench.models import tables
from workbench.models.kinds import CodeKind
from workbench.services.base import Act, Service, verb
from workbench.services.code_rows import code_row, next_in_turn, refuse_frozen_codebook, tree_of
from workbench.store import files, lookup
from workbench.text.normalize import normalise


@dataclass(frozen=True, slots=True)
class CodebookImport:
    """What bringing in a codebook does, or did."""

    origin: str
    """The file or the project it comes from."""
    codes: tuple[Incoming, ...]
    notes: tuple[Note, ...] = ()

    def count(self, fate: Fate) -> int:
        """Return how many codes have this fate."""
        return sum(code.fate == fate for code in self.codes)

    @property
    def changes_anything(self) -> bool:
        """Whether a single code is made or changed."""
        return bool(self.count(Fate.NEW) or self.count(Fate.CHANGED))


class CodebookExchange(Service):
    """Codebooks of files and of other projects."""

    def formats(self) -> tuple[CodebookFormat, ...]:
        """Return the formats of codebooks."""
        return all_formats()

    # -- in ------------------------------------------------------------------------------------

    def preview(self, path: Path) -> CodebookImport:
        """Return what importing a file would do; nothing changes.

        Raises:
            InputError: the file cannot be read.
        """
        found = read_codebook(path)
        return self._planned(path.name, found.codes, found.notes)

    def preview_reuse(self, project: str) -> CodebookImport:
        """Return what taking over the codebook of another project would do; nothing changes.

        Args:
            project: its folder's name, its title or its path.
        """
        title, codes = self._codebook_of(project)
        return self._planned(title, codes)

    @verb("code.import")
    def import_file(self, path: Path) -> CodebookImport:
        """Bring in the codes of a file: what has the same path is the same code, and what the file leaves empty stays.

        Raises:
            InputError: the file cannot be read, or the codebook is frozen and would change.
        """
        found = read_codebook(path)
        return self._bring_in("code.import", path.name, found.codes, found.notes)

    @verb("code.reuse")
    def reuse(self, project: str) -> CodebookImport:
        """Take over the codes of another project, without its quotes and without what its barriers say."""
        title, codes = self._codebook_of(project)
        return self._bring_in("code.reuse", title, codes)

    def _planned(
        self, origin: str, codes: Sequence[CodeRecord], notes: tuple[Note, ...] = ()
    ) -> CodebookImport:
        with self.reading() as session:
            known = _known(session, self.project_id)
        return CodebookImport(origin, plan_merge(known, codes), notes)

    def _bring_in(
        self, verb_name: str, origin: str, codes: Sequence[CodeRecord], notes: tuple[Note, ...] = ()
    ) -> CodebookImport:
        with self.acting(verb_name, origin) as act:
            known = _known(act.session, self.project_id)
            done = CodebookImport(origin, plan_merge(known, codes), notes)
            if done.changes_anything:
                refuse_frozen_codebook(act.session, self.project_id)
            _enter(act, self.project_id, known, done.codes)
        return done

    def _codebook_of(self, name: str) -> tuple[str, list[CodeRecord]]:
        """Return the title and the codes of another project of the workspace."""
        from workbench.services.workspace import Workspace

        here = self._context.file.folder
        workspace = Workspace(here.parent)
        if workspace.find(name).resolve() == here.resolve():
            raise InputError(
                "reuse-itself",
                N_("This is the project itself."),
                N_("Name another project of the workspace."),
            )
        with workspace.open(name, write=False) as other:
            with other.codebook.reading() as session:
                known = _known(session, other.codebook.project_id)
            title = other.plan.project().title
        if not known:
            raise InputError(
                "reuse-empty",
                N_("The project “{title}” has no codes."),
                N_("Choose another project."),
                title=title,
            )
        return title, [code.record for code in known]

    # -- out -----------------------------------------------------------------------------------

    @verb("code.export")
    def export(self, format_name: str, target: Path | None = None, *, force: bool = False) -> Path:
        """Write the codebook as a file and return where it is; nothing in the project changes.

        Args:
            format_name: the name of a format.
            target: the file to make, or a folder; the project's exports by default.
            force: replace a file that is there.

        Raises:
            InputError: the format or the target cannot be used, or there are no codes.
        """
        chosen = find_format(format_name)
        with self.reading() as session:
            codes = [code.record for code in _known(session, self.project_id)]
            title = session.get_one(tables.Project, self.project_id).title
        if not codes:
            raise InputError(
                "codebook-without-codes",
                N_("The codebook is empty, so there is nothing to export."),
                N_("Add a code first."),
            )
        path = self._target(target, title, chosen)
        files.check_targets([path], force=force)
        content = chosen.render(codes, normalise(title))
        with files.atomic_file(path) as stream:
            stream.write(content)
        return path

    def _target(self, target: Path | None, title: str, chosen: CodebookFormat) -> Path:
        """Return the file to make; in a folder it is named after the project."""
        suffix = chosen.suffixes[0]
        if target is not None and not target.is_dir():
            return target if target.suffix else target.with_name(target.name + suffix)
        folder = target or files.make_folder(self._context.file.folder / "exports")
        return folder / f"{files.file_stem(title) or 'codebook'}{suffix}"


def _known(session: Session, project_id: str) -> list[Known]:
    """Return the codes of a project as records, in the order of the tree."""
    rows = {row.id: row for row in lookup.codes(session, project_id)}
    tree = tree_of(rows.values())
    found = []
    for node, _depth in tree.walk():
        row = rows[node.id]
        names = (*(above.name for above in tree.ancestors(node.id)), node.name)
        record = CodeRecord(
            tuple(normalise(name) for name in names),
            row.kind,
            row.colour,
            **{field: normalise(getattr(row, field)) for field in TEXT_FIELDS},
            id=row.id,
        )
        found.append(Known(row.id, record, row.frozen))
    return found


def _enter(act: Act, project_id: str, known: Sequence[Known], codes: Sequence[Incoming]) -> None:
    """Make and change rows as planned."""
    session = act.session
    places = {code.record.key: code.id for code in known}
    for code in codes:
        if code.fate == Fate.CHANGED and code.id is not None:
            row = code_row(session, code.id)
            for name, value in code.changes.items():
                setattr(row, name, value)
            session.add(row)
        elif code.fate == Fate.NEW:
            record = code.record
            ordinal, colour = next_in_turn(session, project_id)
            row = tables.Code(
                project_id=project_id,
                parent_id=places.get(record.key[:-1]),
                name=record.name,
                kind=record.kind or CodeKind.THEME,
                ordinal=ordinal,
                colour=colour if record.colour is None else record.colour,
                **{field: getattr(record, field) for field in TEXT_FIELDS},
            )
            session.add(row)
            session.flush()
            places[record.key] = row.id
