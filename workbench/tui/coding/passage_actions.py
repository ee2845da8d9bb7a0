"""Coding many passages in one go: all that was found, all that somebody said, all answers to a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.coding.passages import answers_to, question_of, said_by
from workbench.errors import InputError
from workbench.i18n import N_, _, ngettext
from workbench.text.counts import word_count
from workbench.text.spans import Span
from workbench.tui.coding.actions import CodingActions

_SHOWN = 90
"""Letters of the words that tell what will be coded."""


@dataclass(frozen=True, slots=True)
class _Passages:
    """What can be coded together: how it is called, and the passages."""

    label: str
    spans: Sequence[Span]


class PassageActions(CodingActions):
    """Each of these asks first what is meant and shows how much it is."""

    def available(self, command_id: str) -> bool:
        """Offer to code what was found while something is."""
        if command_id == "coding.all-found":
            return self.hits_shown
        return super().available(command_id)

    def action_all_found(self) -> None:
        """Look through all places that were found and put codes on those that are meant."""
        from workbench.tui.dialogs.found import FoundList

        source = self.open_source()

        def reviewed(spans: list[Span] | None) -> None:
            if spans:
                self._pick_for(spans)
            self.refresh_shell()

        selection = self.view.selection
        hits = self.view.hits
        here = hits.index(selection) if selection is not None and selection in hits else 0
        self.app.push_screen(FoundList(source, hits, start=here), reviewed)

    def action_passages(self) -> None:
        """Code all that a speaker said, or all that was answered to the question here."""
        from workbench.tui.dialogs.pick import Choice, NewName, PickDialog

        source = self.open_source()
        offered = self._offered_passages()
        if not offered:
            raise InputError(
                "no-speakers",
                N_("Nobody is named as a speaker in this text."),
                N_("Say on the transcript who speaks: l opens it."),
            )
        choices = [
            Choice(
                value=passages,
                label=passages.label,
                key=_amount(source.text, passages.spans),
            )
            for passages in offered
        ]

        def picked(answer: _Passages | NewName | None) -> None:
            if isinstance(answer, _Passages):
                self.attempt(lambda: self._pick_for(answer.spans))

        dialog = PickDialog[_Passages](choices, title=_("Code what?"))
        self.app.push_screen(dialog, picked)

    def _offered_passages(self) -> list[_Passages]:
        """Return what may be coded from here: the answers first, then each speaker's words."""
        source = self.open_source()
        offered = []
        number = source.turn_number(self.view.caret.offset)
        turn = source.turns[number] if number >= 0 else None
        question = question_of(source.turns, turn.ordinal) if turn is not None else None
        if turn is not None and question is not None:
            asked = " ".join(question.of(source.text).split())
            label = _("All answers to “{question}”").format(question=asked)
            offered.append(_Passages(label, answers_to(source.turns, turn.ordinal)))
        here = turn.speaker if turn is not None else None
        for speaker in sorted(source.speakers, key=lambda speaker: speaker != here):
            label = _("All that {speaker} said").format(speaker=speaker.label)
            offered.append(_Passages(label, said_by(source.turns, speaker.id)))
        return [passages for passages in offered if passages.spans]

    def _pick_for(self, spans: Sequence[Span]) -> None:
        """Ask for the codes of several passages; how many it is stands in the title."""
        source = self.open_source()
        title = ngettext("Code {n} quote", "Code {n} quotes", len(spans)).format(n=len(spans))
        words = " … ".join(source.text[s.start : s.end][:_SHOWN] for s in spans[:3])
        self.pick_codes(spans, words=words, title=title)


def _amount(text: str, spans: Sequence[Span]) -> str:
    words = sum(word_count(span.of(text)) for span in spans)
    turns = ngettext("{n} turn", "{n} turns", len(spans)).format(n=len(spans))
    said = ngettext("{n} word", "{n} words", words).format(n=words)
    return f"{turns}, {said}"
