"""The list of quotes: paged, filtered, ordered, grouped; what is done to many at once; their export."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import col, select

from workbench.errors import InputError
from workbench.i18n import N_
from workbench.models import tables
from workbench.models.filters import QuoteFilter
from workbench.models.quote_lists import CodedQuote, QuoteGroup, QuoteHeading, QuoteOrder
from workbench.models.views import QuoteView
from workbench.services.base import Service, verb
from workbench.services.quote_rows import all_of, remove_bare, subject_of
from workbench.store import files
from workbench.store.coders import coder_names
from workbench.store.quotes import QuotePages
from workbench.store.sources import attributes_of_people
from workbench.store.whole_quotes import whole_quotes

_PAGE = 5_000
"""Lines read at once when all are wanted."""

_SEVERAL = 2
"""Coders among whom it must be said who noted what."""

_EVERYTHING = QuoteFilter()


@dataclass(frozen=True, slots=True)
class FilterChoices:
    """What a filter of sources and quotes can be made of in this project."""

    coders: tuple[str, ...]
    persons: tuple[str, ...]
    attributes: Mapping[str, tuple[str, ...]]
    """The values of each attribute of people."""
    waves: tuple[tuple[int, str], ...]
    stages: tuple[tuple[str, str], ...]
    """Keys and names."""
    sources: tuple[tuple[str, str], ...]
    """Identifiers and titles."""


@dataclass(frozen=True, slots=True)
class ExportedQuotes:
    """A file of quotes that was written."""

    path: Path
    quotes: int


class QuoteList:
    """Quotes as they were when they were asked for; each page is read when it is looked at."""

    def __init__(self, service: Service, pages: QuotePages, coder: str | None) -> None:
        """Use :meth:`Quotes.find` instead."""
        self._service = service
        self._pages = pages
        self._coder = coder

    def __len__(self) -> int:
        """How many lines there are: a quote has one for each of its codings."""
        return self._pages.count

    @property
    def headings(self) -> tuple[QuoteHeading, ...]:
        """The groups in their order; none in a list without groups."""
        return self._pages.headings

    def rows(self, offset: int, limit: int) -> list[CodedQuote]:
        """Return a page of lines."""
        with self._service.reading() as session:
            return self._pages.rows(session, offset, limit)

    def __iter__(self) -> Iterator[CodedQuote]:
        """All lines, one after the other."""
        for offset in range(0, len(self), _PAGE):
            yield from self.rows(offset, _PAGE)

    def quotes(self) -> Iterator[QuoteView]:
        """All quotes of the lines, each once and with all its codes, in the order of their first lines."""
        seen: set[str] = set()
        for offset in range(0, len(self), _PAGE):
            lines = [line for line in self.rows(offset, _PAGE) if line.quote_id not in seen]
            seen.update(line.quote_id for line in lines)
            with self._service.reading() as session:
                yield from whole_quotes(session, lines, coder=self._coder)

    def ids(self) -> list[tuple[str, str | None]]:
        """Return the quote and the coding of every line, in no order."""
        with self._service.reading() as session:
            return self._pages.ids(session)


class Quotes(Service):
    """All quotes of the project."""

    def find(
        self,
        wanted: QuoteFilter = _EVERYTHING,
        *,
        order: QuoteOrder = QuoteOrder.SOURCE,
        group: QuoteGroup = QuoteGroup.NONE,
        coder: str | None = None,
    ) -> QuoteList:
        """Return the quotes that are meant, in an order, put together in groups or not.

        Args:
            wanted: which quotes.
            order: what comes first.
            group: what quotes are put together by.
            coder: only codings and memos by this coder, who may have none yet.

        Raises:
            InputError: ``not-found`` for a name in the filter that does not exist, ``code-ambiguous``.
        """
        return self._list(wanted, order, group, self.seen(coder), reader=self._context.coder)

    def _list(
        self,
        wanted: QuoteFilter,
        order: QuoteOrder,
        group: QuoteGroup,
        coder: str | None,
        *,
        reader: str,
    ) -> QuoteList:
        with self.reading() as session:
            pages = QuotePages(
                session,
                self.project_id,
                wanted,
                order=order,
                group=group,
                coder=coder,
                reader=reader,
            )
        return QuoteList(self, pages, coder)

    def choices(self) -> FilterChoices:
        """Return what a filter can be made of."""
        mine = self.project_id
        with self.reading() as session:
            values: dict[str, set[str]] = {}
            for facts in attributes_of_people(session, mine).values():
                for name, value in facts.items():
                    values.setdefault(name, set()).add(value)
            wave, stage, source = tables.Wave, tables.Stage, tables.Source
            waves = select(wave.ordinal, wave.title).where(wave.project_id == mine)
            stages = select(stage.key, stage.name).where(stage.project_id == mine)
            sources = select(source.id, source.title).where(source.project_id == mine)
            coders = select(tables.Coder.name).where(tables.Coder.project_id == mine)
            persons = select(tables.Person.pseudonym).where(tables.Person.project_id == mine)
            return FilterChoices(
                tuple(session.exec(coders.order_by(tables.Coder.name))),
                tuple(session.exec(persons.order_by(tables.Person.pseudonym))),
                {name: tuple(sorted(found)) for name, found in values.items()},
                tuple(session.exec(waves.order_by(col(wave.ordinal))).all()),
                tuple(session.exec(stages.order_by(col(stage.ordinal))).all()),
                tuple(session.exec(sources.order_by(col(source.ordinal))).all()),
            )

    @verb("quote.take-off")
    def take_off(self, codings: Sequence[str]) -> int:
        """Take codes off quotes; quotes left without a code go too, unless they are favourites.

        Raises:
            InputError: ``quotes-gone`` when one of the codings is not there any more; then nothing changes.
        """
        with self.acting("quote.take-off") as act:
            session = act.session
            rows = all_of(session, tables.Coding, codings)
            quotes = all_of(session, tables.Quote, {row.quote_id for row in rows})
            act.subject = subject_of(quotes)
            for row in rows:
                session.delete(row)
            session.flush()
            remove_bare(session, {quote.id for quote in quotes})
        return len(rows)

    @verb("quote.export")
    def export(
        self,
        target: Path,
        wanted: QuoteFilter = _EVERYTHING,
        *,
        order: QuoteOrder = QuoteOrder.CODE,
        group: QuoteGroup = QuoteGroup.CODE,
        coder: str | None = None,
        format_name: str | None = None,
        force: bool = False,
    ) -> ExportedQuotes:
        """Write quotes as a file; nothing in the project changes.

        Where several people code, every memo bears its author's name: it is not known who will read the file.

        Args:
            target: the file to make; without a suffix it gets the format's.
            wanted: which quotes.
            order: what comes first.
            group: what they are put together by, in formats to be read.
            coder: only codings and memos by this coder, who may have none yet.
            format_name: the name of a format; that of the target's suffix by default.
            force: replace a file that is there.

        Raises:
            InputError: the format, the filter or the target cannot be used, or there are no such quotes; then nothing
                is written.
        """
        from workbench.interchange.quote_exporter import QuoteSheet, find_exporter

        exporter = find_exporter(format_name or target.suffix)
        path = target if target.suffix else target.with_name(target.name + exporter.suffix)
        files.check_targets([path], force=force)
        whose = self.seen(coder)
        with self.reading() as session:
            project = session.get_one(tables.Project, self.project_id)
            alone = whose is not None or len(coder_names(session, self.project_id)) < _SEVERAL
        reader = self._context.coder if alone else ""
        found = self._list(wanted, order, group, whose, reader=reader)
        if not found:
            raise no_quotes()
        lines = list(found)
        content = exporter.render(QuoteSheet(project.title, lines, found.headings))
        with files.atomic_file(path) as stream:
            stream.write(content)
        return ExportedQuotes(path, len({line.quote_id for line in lines}))

    def exports_folder(self) -> Path:
        """Return the project's folder for exports, which is made where it is missing."""
        return files.make_folder(self._context.file.folder / "exports")


def no_quotes() -> InputError:
    """Say that a filter means no quotes."""
    return InputError(
        "no-quotes",
        N_("There are no such quotes."),
        N_("Take a part of the filter away, or code some first."),
    )
