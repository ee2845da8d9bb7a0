"""How far coding is: per source, at one's own pace, and in this session."""

from __future__ import annotations

from workbench.coding.pace import Work, active_seconds, unread, words_in, work
from workbench.errors import InputError
from workbench.i18n import N_
from workbench.models.base import now
from workbench.models.progress_views import CodingProgress, SessionProgress, SourceProgress
from workbench.services.base import Context, Service, existing
from workbench.store import lookup, progress
from workbench.store.sources import coded_spans, suspected_spans
from workbench.text.spans import Span, covered, gaps

_Text = tuple[str, int, str, str, str | None, int, int]


class Progress(Service):
    """What is coded, what is left, and how long that may take."""

    def __init__(self, context: Context) -> None:
        """Begin a session of coding."""
        super().__init__(context)
        self._began = now()

    def sources(self, *, coder: str | None = None) -> CodingProgress:
        """Return how far each source with a text is, and the time left at one's own pace.

        Args:
            coder: count only the quotes this coder put codes on; everybody's by default.
        """
        whose = self.seen(coder)
        with self.reading() as session:
            texts = progress.texts(session, self.project_id)
            spans = coded_spans(session, coder=whose)
            hidden = suspected_spans(session)
            done = work(progress.recent_codings(session, self._context.coder))
        pace = _pace(done, texts)
        return CodingProgress(
            tuple(
                _source(text, spans.get(text[0], []), hidden.get(text[0], []), pace)
                for text in texts
            ),
            pace,
        )

    def next_uncoded(self, source: str, *, after: int = 0) -> int | None:
        """Return where the first words of a source without a quote begin, from an offset on."""
        with self.reading() as session:
            row = existing(
                lookup.find_source(session, self.project_id, source), N_("source"), source
            )
            taken = [
                *coded_spans(session, [row.id], coder=self.seen())[row.id],
                *suspected_spans(session, [row.id])[row.id],
            ]
        if not row.text:
            raise InputError(
                "no-transcript",
                N_("“{source}” has no transcript yet."),
                N_("Transcribe it first."),
                source=row.title,
            )
        length = len(row.text)
        for gap in gaps(taken, within=Span(min(after, length), length)):
            for place in range(gap.start, gap.end):
                if row.text[place].isalnum():
                    return place
        return None

    def session(self) -> SessionProgress:
        """Return what one coded since the project was opened for coding."""
        with self.reading() as session:
            made = progress.codings_since(session, self._context.coder, self._began)
        moments = [self._began, *(at for _quote, at in made), now()]
        return SessionProgress(len({quote for quote, _at in made}), active_seconds(moments))


def _pace(done: Work, texts: list[_Text]) -> float | None:
    """Return words a minute; None where too little was done to tell."""
    if not done.is_enough:
        return None
    sizes = {source_id: (words, length) for source_id, *_facts, words, length in texts}
    read = sum(
        words_in(spans, length=sizes[source_id][1], words=sizes[source_id][0])
        for source_id, spans in done.read.items()
        if source_id in sizes
    )
    return read / done.seconds * 60 or None


def _source(
    text: _Text, quotes: list[Span], hidden: list[Span], pace: float | None
) -> SourceProgress:
    source_id, number, title, kind, person, words, length = text
    # turns perhaps never said are hidden from coding, so they are nothing left to code
    hidden = [turn for turn in hidden if not any(turn.overlaps(span) for span in quotes)]
    taken = [*quotes, *hidden]
    left = words_in(unread(length, taken), length=length, words=words)
    codable = length - covered(hidden)
    open_places = gaps(taken, within=Span(0, length))
    return SourceProgress(
        source_id,
        number,
        title,
        kind,
        person,
        words,
        len(quotes),
        min(1.0, covered(quotes) / codable) if codable > 0 else 0.0,
        left,
        None if pace is None else left / pace * 60,
        next((gap.start for gap in open_places), None),
    )
