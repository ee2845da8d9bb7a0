"""Turns on the review screen: who speaks, when, whether it was said at all, and recognising it again."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from workbench.errors import InputError, WorkbenchError
from workbench.i18n import N_, _, ngettext
from workbench.text.spans import Span
from workbench.tui.labels import language_choices
from workbench.tui.reading.screen import Acting
from workbench.tui.review.times import exact_clock, read_clock
from workbench.tui.review.words import WordsScreen
from workbench.tui.widgets.fields import Field

if TYPE_CHECKING:
    from workbench.models.views import SourceView, TurnView

_MOST_DIGITS = 9


class TurnsScreen(WordsScreen):
    """Everything that changes turns as a whole."""

    _stop_recognising: threading.Event | None = None
    recognising = ""
    """How far recognising a stretch again is; empty while nothing is."""

    # -- who speaks ----------------------------------------------------------------------------

    def turns_meant(self) -> list[TurnView]:
        """Return the turns of the selection, else the one at the cursor; hidden ones are not meant.

        Raises:
            InputError: the text has no turns.
        """
        source, selection = self.open_source(), self.view.selection
        if selection is None:
            return [self.turn_here()]
        return [
            turn
            for turn in source.turns
            if Span(turn.start, turn.end).overlaps(selection)
            and not self.view.hides(Span(turn.start, turn.end))
        ]

    def action_assign(self, digit: int) -> None:
        """Say by a digit who speaks in the turn; a digit nobody has makes a new voice."""
        source, turns = self.open_source(), self.turns_meant()
        if self.refuse_reading() or not turns:
            return
        voices = source.speakers
        speaker = voices[digit - 1].id if digit <= len(voices) else f"S{len(voices) + 1}"
        with Acting(self):
            view = self.project.transcript.assign_speaker(
                source.id, [turn.id for turn in turns], speaker
            )
        following = turns[-1].ordinal + 1
        on = following < len(view.turns) and not self.playing
        self.show_edited(view, cursor=view.turns[following].start if on else None)
        if digit > len(voices):
            said = _("New voice {label}: S names it, and every turn shows the name.")
            self.workbench.tell(said.format(label=speaker))

    def action_speaker(self) -> None:
        """Choose who speaks in the turn, or name a new voice."""
        from workbench.tui.dialogs.pick import Choice, NewName, PickDialog

        source, turns = self.open_source(), self.turns_meant()

        def chosen(answer: str | NewName | None) -> None:
            if answer is None:
                return
            speaker = answer.text if isinstance(answer, NewName) else answer

            def assign() -> None:
                with Acting(self):
                    view = self.project.transcript.assign_speaker(
                        source.id, [turn.id for turn in turns], speaker
                    )
                self.show_edited(view)

            self.attempt(assign)

        choices = [
            Choice(voice.id, voice.label, key=str(number) if number <= _MOST_DIGITS else "")
            for number, voice in enumerate(source.speakers, start=1)
        ]
        choices.append(Choice("", _("nobody known")))
        dialog = PickDialog[str](choices, title=_("Who speaks here?"), can_create=True)
        self.app.push_screen(dialog, chosen)

    def action_alternate(self) -> None:
        """Give the turns from here on to two speakers in turn; this turn keeps its own, if it has one."""
        source, turn = self.open_source(), self.turn_here()
        voices = [voice.id for voice in source.speakers]
        while len(voices) < 2:  # noqa: PLR2004 - it takes two to alternate
            voices.append(f"S{len(voices) + 1}")
        before = source.turns[turn.ordinal - 1].speaker if turn.ordinal else None
        following = [voice for voice in voices if before is None or voice != before.id]
        first = turn.speaker.id if turn.speaker else following[0]
        others = [voice for voice in voices if voice != first]
        if len(others) == 1:
            self._alternate(turn, [first, others[0]])
            return
        from workbench.tui.dialogs.pick import Choice, NewName, PickDialog

        def chosen(other: str | NewName | None) -> None:
            if isinstance(other, str):
                self.attempt(lambda: self._alternate(turn, [first, other]))

        labels = {voice.id: voice.label for voice in source.speakers}
        choices = [Choice(voice, labels[voice]) for voice in others]
        title = _("{speaker} in turn with whom?").format(speaker=labels[first])
        self.app.push_screen(PickDialog[str](choices, title=title), chosen)

    def _alternate(self, turn: TurnView, speakers: Sequence[str]) -> None:
        source = self.open_source()
        with Acting(self):
            view = self.project.transcript.alternate(source.id, turn.id, speakers)
        self.show_edited(view)
        count = len(view.turns) - turn.ordinal
        said = ngettext("{n} turn given in turn.", "{n} turns given in turn.", count)
        self.workbench.tell(said.format(n=count))

    def action_speakers(self) -> None:
        """Say who the voices are."""
        from workbench.tui.speakers import choose_speaker

        choose_speaker(self, self.open_source().id)

    # -- when ----------------------------------------------------------------------------------

    def action_retime(self) -> None:
        """Say when the turn begins and ends; the place that is heard is offered as its beginning."""
        source, turn = self.open_source(), self.turn_here()
        heard, start, end = self.heard_ms, turn.start_ms, turn.end_ms
        if heard is not None and (end is None or heard < end):
            start = heard
        if end is None:
            after = [t.start_ms for t in source.turns[turn.ordinal + 1 :] if t.start_ms is not None]
            end = after[0] if after else source.card.duration_ms or None

        def save(values: dict[str, Any]) -> None:
            times = [read_clock(values[name], name) for name in ("start", "end")]
            self.project.transcript.retime(source.id, turn.id, *times)

        fields = [
            Field("start", N_("Begins"), value=_shown(start), required=True),
            Field(
                "end", N_("Ends"), value=_shown(end), required=True,
                help=N_("Hours, minutes and seconds: 00:01:23.4, or 1:23."),
            ),
        ]  # fmt: skip
        self.ask(self.turn_title(turn), fields, save)

    # -- whether -------------------------------------------------------------------------------

    def action_suspect(self) -> None:
        """Mark the turn as perhaps never said, or take the mark away."""
        source, turn = self.open_source(), self.turn_here()
        with Acting(self):
            view = self.project.transcript.mark_suspected(
                source.id, turn.id, suspected=not turn.suspected
            )
        self.show_edited(view)
        self.workbench.tell(
            _("The turn counts as said.")
            if turn.suspected
            else _("Marked: perhaps never said. It is hidden from coding.")
        )

    # -- again ---------------------------------------------------------------------------------

    def stretch(self) -> tuple[int, int]:
        """Return the times of the selected words, else of the turn.

        Raises:
            InputError: nobody knows when they were said.
        """
        source, selection, turn = self.open_source(), self.view.selection, self.turn_here()
        start, end = turn.start_ms, turn.end_ms
        if selection is not None:
            inside = source.words.between(selection.start, selection.end)
            last = source.turn_at(selection.end - 1) or turn
            start, end = source.time_at(selection.start), last.end_ms
            if inside:
                start, end = source.words.start_ms[inside[0]], source.words.end_ms[inside[-1]]
        if start is None or end is None or end <= start:
            raise InputError(
                "times-unknown",
                N_("Nobody knows when these words were said."),
                N_("Say when the turn begins and ends: t."),
            )
        return start, end

    def action_recognise(self) -> None:
        """Recognise the selected words, else the turn, again with another model."""
        if self._stop_recognising is not None:
            self._stop_recognising.set()
            self.workbench.tell(_("Recognising is stopped; nothing was changed."))
            return
        source = self.open_source()
        self.project.sources.media_path(source.id)  # says what is missing before anything is asked
        start, end = self.stretch()
        fields = [
            Field(
                "model", N_("Model"), value=self.workbench.settings.model, required=True,
                help=N_("A name such as small, turbo or large-v3, or the path of a model."),
            ),
            Field(
                "language", N_("Language"), "choice", source.card.language,
                choices=language_choices(none=N_("as the project")),
            ),
        ]  # fmt: skip
        begins, ends = exact_clock(start), exact_clock(end)
        self.ask(
            _("Recognise again: {start} – {end}").format(start=begins, end=ends),
            fields,
            lambda values: self._recognise(source.id, (start, end), values),
            intro=_("The new words take the place of the old; quotes stay on theirs. u undoes it."),
            save_label=N_("Recognise"),
        )

    def _recognise(self, source: str, times: tuple[int, int], values: dict[str, Any]) -> None:
        stop = self._stop_recognising = threading.Event()
        project, app, settings = self.project, self.app, self.workbench.settings
        self._say_recognising(_("◐ recognising again · R stops"))

        def heard(event: Any) -> None:
            done, total = getattr(event, "done_ms", 0), getattr(event, "total_ms", 0)
            if total and not stop.is_set():
                said = _("◐ recognising again {percent} % · R stops")
                app.call_from_thread(
                    self._say_recognising, said.format(percent=100 * done // total)
                )

        def work(force: bool) -> SourceView:
            return project.transcript.recognise(
                source,
                *times,
                model=values["model"],
                language=values["language"] or None,
                device=settings.device,
                threads=settings.threads,
                force=force,
                on_event=heard,
                cancelled=stop.is_set,
            )

        def done(view: SourceView) -> None:
            self._ended()
            if not stop.is_set() and self.source is not None and self.source.id == source:
                self.show_edited(view)
                self.workbench.tell(_("Recognised again. u takes it back."))

        def failed(error: WorkbenchError) -> None:
            self._ended()
            if error.code == "quotes-lost":
                self._ask_quotes(error, lambda: self.run_in_thread(lambda: work(True), done))
            else:
                self.show_error(error)

        self.run_in_thread(lambda: work(False), done, failed=failed, group="recognise")

    def _ended(self) -> None:
        self._stop_recognising = None
        self._say_recognising("")

    def _say_recognising(self, text: str) -> None:
        self.recognising = text
        if self.is_attached:
            self.say()

    def on_unmount(self) -> None:
        """Recognise nothing for a screen that is gone."""
        if self._stop_recognising is not None:
            self._stop_recognising.set()


def _shown(ms: int | None) -> str:
    return exact_clock(ms) if ms is not None else ""
