"""Recognising one stretch of a recording again, into a transcript that may have been edited and coded."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from workbench.errors import InputError
from workbench.i18n import N_
from workbench.models import tables
from workbench.models.views import SourceView
from workbench.services.base import Act, existing, verb
from workbench.services.editing import Editing, editable_source, subject
from workbench.services.revision import Revision, Rewriting
from workbench.services.sources import Sources
from workbench.store import transcripts
from workbench.text.anchored_times import Row, anchored_rows
from workbench.text.editing import finely, replacement, tidied
from workbench.text.spans import Span
from workbench.text.splices import Splice, spliced
from workbench.text.vocabulary import prompt
from workbench.transcription import job as child
from workbench.transcription.languages import check_language
from workbench.transcription.stretches import (
    HeardWord,
    Stretch,
    dealt,
    heard_words,
    joined,
    stretch_of,
)

_ENGINES = ("faster-whisper", "openai-whisper")


class Recognising(Editing):
    """The verb that listens to a stretch again."""

    @verb("transcript.recognise")
    def recognise(
        self,
        source: str,
        start_ms: int,
        end_ms: int,
        *,
        model: str | None = None,
        engine: str | None = None,
        language: str | None = None,
        device: str = "auto",
        threads: int = 0,
        force: bool = False,
        on_event: Callable[[child.Event], None] = lambda _event: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> SourceView:
        """Recognise a stretch of the recording again and put the new words in the place of the old; blocks.

        Speakers stay, and quotes stay on their words.

        Args:
            source: identifier, number or title.
            start_ms: where the stretch begins.
            end_ms: where it ends.
            model: name or path; by default the one the source was transcribed with.
            engine: who recognises; by default the one that did.
            language: what is spoken; by default the source's language.
            device: what computes: ``auto``, ``cpu`` or ``cuda``.
            threads: processor cores to use; 0 is all.
            force: take quotes away that would lose all their words.
            on_event: called in this thread with each event of the recogniser.
            cancelled: asked ten times a second; when it says yes, nothing is changed.

        Raises:
            InputError: ``no-recording``, ``stretch-invalid``, ``nothing-recognised``, ``quotes-lost``.
            TranscriptionError: the recording, the model or the recogniser failed.
        """
        check_language(language or "")
        path = Sources(self._context).media_path(source)
        with self.reading() as session:
            row = editable_source(session, self.project_id, source)
            project = existing(session.get(tables.Project, self.project_id), N_("project"), "")
        _check_stretch(row, start_ms, end_ms)
        used_engine, _space, used_model = row.transcribed_by.partition(" ")
        request = child.Request(
            path=path,
            engine=engine or (used_engine if used_engine in _ENGINES else "auto"),
            model=model or (used_model if used_engine in _ENGINES else "") or "base",
            language=language or row.language or project.language or None,
            vocabulary=prompt(project.vocabulary),
            threads=threads,
            device=device,
            only=(start_ms, end_ms),
        )
        words: list[HeardWord] = []

        def keep(event: child.Event) -> None:
            if isinstance(event, child.BatchDone):
                for window in event.windows:
                    words.extend(heard_words(window.segments))
            on_event(event)

        result = child.run(request, on_event=keep, cancelled=cancelled)
        with self.editing("transcript.recognise", row.id) as (act, row):
            if not result.cancelled:
                if not words:
                    raise _nothing(row)
                act.subject = subject(row, joined(words)[0])
                _put_in(act, row, (start_ms, end_ms), words, force=force)
            return self.view(act, row)


def _check_stretch(source: tables.Source, start_ms: int, end_ms: int) -> None:
    if 0 <= start_ms < end_ms and (not source.duration_ms or start_ms < source.duration_ms):
        return
    raise InputError(
        "stretch-invalid",
        N_("There is nothing between these two times in the recording of “{source}”."),
        N_("Choose a stretch that ends after it begins."),
        source=source.title,
        start_ms=start_ms,
        end_ms=end_ms,
    )


def _nothing(source: tables.Source) -> InputError:
    return InputError(
        "nothing-recognised",
        N_("No words were recognised there; “{source}” is unchanged."),
        N_("Listen to the place, or try another model."),
        source=source.title,
    )


def _put_in(
    act: Act,
    source: tables.Source,
    within: tuple[int, int],
    words: Sequence[HeardWord],
    *,
    force: bool,
) -> None:
    """Put new words in the place of those that were said in a stretch of time."""
    rows = transcripts.turns(act.session, source.id)
    found = [
        (row, stretch)
        for row in rows
        if (
            stretch := stretch_of(
                source.text[row.start : row.end],
                row.word_times,
                (row.start_ms, row.end_ms),
                within,
            )
        )
    ]
    revision = Revision(act, source, force=force)
    if not found:
        _add(revision, source, rows, within, words)
        return
    chosen = [row for row, _stretch in found]
    quotes = transcripts.quotes_in_turns(act.session, source.id, chosen)
    hands = dealt(words, [stretch for _row, stretch in found])
    parts = [
        _replaced(row, source.text[row.start : row.end], stretch, hand, keep)
        for (row, stretch), hand, keep in zip(found, hands, quotes, strict=True)
    ]
    revision.rewrite(parts, retimed=True)


def _replaced(
    row: tables.Turn,
    old: str,
    stretch: Stretch,
    words: Sequence[HeardWord],
    keep: Sequence[Span],
) -> Rewriting:
    """Return a turn with new words in a stretch; times of the others stay as they were measured."""
    text, rows = joined(words, offset=stretch.span.start)
    whole = Splice(stretch.span.start, stretch.span.end, text)
    if not words:
        whole = replacement(old, stretch.span, "")
    by = whole.delta
    before = stretch.rows[: stretch.first] if row.word_times else ()
    after = [
        [r[0] + by, r[1] + by, *r[2:]]
        for r in (stretch.rows[stretch.last + 1 :] if row.word_times else ())
    ]
    middle = spliced(old, [whole])
    new, tidying = tidied(middle)
    if words:
        if stretch.first == 0:
            row.start_ms = words[0].start_ms
        if stretch.last == len(stretch.rows) - 1:
            row.end_ms = max(word.end_ms for word in words)
        if stretch.is_whole:
            row.suspected = False
    return Rewriting(
        row,
        (finely(old, [whole], keep), tidying),
        new,
        anchored_rows([*before, *rows, *after], tidying, old=middle, new=new),
    )


def _add(
    revision: Revision,
    source: tables.Source,
    rows: Sequence[tables.Turn],
    within: tuple[int, int],
    words: Sequence[HeardWord],
) -> None:
    """Put words in where none stood: into the turn that goes on over that time, else as a turn of their own."""
    before = [row for row in rows if row.start_ms is not None and row.start_ms <= within[0]]
    if not before and all(row.start_ms is None for row in rows):
        raise InputError(
            "times-missing",
            N_("The turns of “{source}” have no times; nobody can tell where the words belong."),
            N_("Say when the turns begin and end first."),
            source=source.title,
        )
    last = before[-1] if before else None
    if last is not None and last.end_ms is not None and last.end_ms >= within[1]:
        revision.rewrite([_with_more(last, source.text[last.start : last.end], words)])
        return
    text, times = joined(words)
    text, _steps = tidied(text)
    row = tables.Turn(
        source_id=source.id,
        ordinal=0,
        start=0,
        end=0,
        start_ms=words[0].start_ms,
        end_ms=max(word.end_ms for word in words),
        word_times=times,
    )
    revision.insert(row, text, after=last)


def _with_more(row: tables.Turn, old: str, words: Sequence[HeardWord]) -> Rewriting:
    """Return a turn with words put in at their time."""
    earlier: list[Row] = [r for r in row.word_times if r[2] < words[0].start_ms]
    at = int(earlier[-1][1]) if earlier else 0
    while at and at < len(old) and not old[at].isspace():
        at += 1
    text, times = joined(words, offset=at + 1 if at else 0)
    splice = Splice(at, at, f" {text}" if at else f"{text} ")
    later = row.word_times[len(earlier) :]
    middle = spliced(old, [splice])
    new, tidying = tidied(middle)
    shifted = [[r[0] + splice.delta, r[1] + splice.delta, *r[2:]] for r in later]
    return Rewriting(
        row,
        ([splice], tidying),
        new,
        anchored_rows([*earlier, *times, *shifted], tidying, old=middle, new=new),
    )
