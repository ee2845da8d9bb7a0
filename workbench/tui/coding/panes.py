"""Two texts on the coding screen: the second beside the first, each with its own cursor, scroll and codings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import events, on
from textual.containers import Vertical

from workbench.errors import InputError
from workbench.i18n import N_, _
from workbench.models.kinds import SourceKind
from workbench.tui.coding.open_source import OpenSource
from workbench.tui.coding.records import asked_before
from workbench.tui.coding.status import CodingStatus
from workbench.tui.garbage import put_off
from workbench.tui.labels import SOURCE_KINDS
from workbench.tui.widgets.panes import Panes, TextHead
from workbench.tui.widgets.transcript_canvas import TranscriptCanvas
from workbench.tui.widgets.transcript_view import TranscriptView

_ATTRIBUTES = {"author": N_("author"), "rating": N_("rating"), "site": N_("site")}
"""What importers call the usual columns of reviews; others keep the heading they have."""

_TOLD_BY_TITLE = frozenset({SourceKind.INTERVIEW, SourceKind.FOCUS_GROUP})
"""Kinds whose title and voices say enough; a review or an answer is headed by what is known of it."""


class CodingPanes(CodingStatus):
    """Keys, codes and the lines around the text belong to the text that has the focus.

    ``source`` and ``view`` are that text's; the other one waits.
    """

    _other: OpenSource | None = None
    """The text that has not the keys; None while one is open."""
    _in_second = False
    """Whether the keys go to the second text."""
    _asked: Mapping[str, list[str]] = {}
    """What was asked before each turn, by source; replaced, never changed."""

    def fresh_source(self, name: str) -> OpenSource:
        """Read a source as it is now."""
        with put_off():
            found = OpenSource(self.project, name)
        self._asked = {**self._asked, found.id: asked_before(found)}
        return found

    def read_source(self, name: str) -> OpenSource:
        """Read a source; the same one is open only once, so that a coding shows in both texts."""
        found = self.fresh_source(name)
        other = self._other
        return other if other is not None and other.id == found.id else found

    # -- which text ----------------------------------------------------------------------------

    @property
    def view(self) -> TranscriptView:
        """The text that has the keys."""
        return self.view_of(second=self._in_second)

    @property
    def other_view(self) -> TranscriptView:
        """The text that has not the keys, shown or not."""
        return self.view_of(second=not self._in_second)

    def view_of(self, *, second: bool) -> TranscriptView:
        """Return the first text or the second; that one is made when it is first wanted, as most days it is not."""
        if second and not self.query("#second"):
            pane = Vertical(classes="pane second")
            self.query_one(Panes).mount(pane)
            pane.mount(TextHead(id="second-head"), TranscriptView(id="second"))
        return self.query_one("#second" if second else "#transcript", TranscriptView)

    def source_in(self, *, second: bool) -> OpenSource | None:
        """Return what is open in the first place or the second."""
        return self.source if second == self._in_second else self._other

    @property
    def places(self) -> Sequence[bool]:
        """Where texts stand: ``False`` for the first place, ``True`` for the second if there is one."""
        return (False, True) if self.two_texts else (False,)

    @property
    def two_texts(self) -> bool:
        """Whether two texts are open."""
        return self._other is not None

    def available(self, command_id: str) -> bool:
        """Offer going to the other text only where there is one."""
        if command_id in ("coding.two-texts", "coding.place"):
            return self.source is not None and bool(self.source.text)
        if command_id == "coding.other-text":
            return self.two_texts
        return super().available(command_id)

    # -- opening and closing -------------------------------------------------------------------

    def action_two_texts(self) -> None:
        """Open a second text, or close it."""
        if self.two_texts:
            self.close_second()
        else:
            self.open_second()
            self._swap()
            self.view.focus()
            said = _("Two texts: o opens another one here, Tab goes between them, y closes this.")
            self.workbench.tell(said)

    def open_second(self) -> None:
        """Open the text that was the second one last, else the same one at the same place."""
        source = self.open_source()
        kept = self.recall("second", default={})
        second, place = self._kept_second(source, kept)
        self.add_class("-two")
        self._other = second
        cursor, top = place
        self.other_view.show(second, cursor=cursor, top=top, look=self.kept_look())
        self.remember("two", value=True)
        self.say_heads()

    def _kept_second(
        self, source: OpenSource, kept: dict[str, object]
    ) -> tuple[OpenSource, tuple[int, int]]:
        name = kept.get("source")
        place = (self.view.caret.offset, self.view.top)
        if not isinstance(name, str):
            return source, place
        try:
            found = source if name == source.id else self.fresh_source(name)
        except InputError:  # removed meanwhile
            return source, place
        return (found, _numbers(kept)) if found.text else (source, place)

    def close_second(self) -> None:
        """Show one text again."""
        if self._in_second:
            self._swap()
        self._show_one()

    def _show_one(self) -> None:
        self._other = None
        self.remove_class("-two")
        self.other_view.clear()
        self.remember("two", value=False)
        self.say_heads()
        self.view.focus()

    def action_other_text(self) -> None:
        """Go to the other text."""
        self._swap()
        self.view.focus()

    def action_codebook(self) -> None:
        """Go on to the second text, the codebook, the first text, in this order."""
        reading = self.view.has_focus
        if self.two_texts and reading and not self._in_second:
            self.action_other_text()
            return
        super().action_codebook()
        if self.two_texts and self._in_second and not reading:
            self.action_other_text()

    def _swap(self) -> None:
        """Give the keys to the other text."""
        left, taken = self.open_source(), self._other
        if taken is None:
            return
        self.keep_place()
        if taken is not left:
            self.close_player()
            taken.take_codes(left)
        self.view.show_playing(None, follow=False)
        self.source, self._other = taken, left
        self._in_second = not self._in_second
        if taken.has_times and not len(taken.words):
            self.read_words()
        self.show_codes()
        self.say_heads()
        self.say()
        self.refresh_shell()

    @on(events.DescendantFocus)
    def _text_focused(self, event: events.DescendantFocus) -> None:
        """The text that was clicked on takes the keys."""
        if self.two_texts and event.widget is self.other_view:
            self._swap()

    # -- keeping both true ---------------------------------------------------------------------

    @on(TranscriptCanvas.Recoded)
    def _recoded_beside(self, event: TranscriptCanvas.Recoded) -> None:
        """Show a coding in both texts if they are the same."""
        if self.two_texts and self._other is self.source and event.view is self.view:
            self.other_view.redraw_codings(event.lines)

    def reload_other(self, *, text: bool) -> None:
        """Read the waiting text again; it closes if it was removed."""
        other = self._other
        if other is None or self.source is None:
            return
        if self.source.id == other.id:
            marks = [other.mark(offset) for offset in self.other_place]
            self._other = self.source
            if self.source is not other:
                cursor, top = (self.source.place(mark) for mark in marks)
                self.other_view.show(self.source, cursor=cursor, top=top)
        elif text:
            marks = [other.mark(offset) for offset in self.other_place]
            try:
                self._other = self.fresh_source(other.id)
            except InputError:
                self._lose_other()
                return
            cursor, top = (self._other.place(mark) for mark in marks)
            self.other_view.show(self._other, cursor=cursor, top=top)
        else:
            other.take_codes(self.source)
            other.read_codings()
            self.other_view.redraw_codings(None)
        self.say_heads()

    def _lose_other(self) -> None:
        """Show the text with the keys alone, in the first place: the other one was removed."""
        caret, top = self.view.caret, self.view.top
        if self._in_second:
            self._in_second = False
            self.view.show(self.open_source(), cursor=caret.offset, top=top, look=self.kept_look())
            self.view.caret = caret
        self._show_one()

    @property
    def other_place(self) -> tuple[int, int]:
        """The cursor and the first row in sight of the waiting text."""
        return self.other_view.caret.offset, self.other_view.top

    def keep_place(self) -> None:
        """Remember where one stands; the second text's place is remembered by itself."""
        if self._in_second and self.source is not None and self.workbench.project is not None:
            view = self.view
            place = {"source": self.source.id, "cursor": view.caret.offset, "top": view.top}
            self.remember("second", value=place)
        else:
            super().keep_place()

    def kept_place(self, source: OpenSource) -> tuple[int, int]:
        """Return the cursor and the first row in sight, as they were remembered for this text."""
        kept = self.recall("second", default={}) if self._in_second else {}
        if kept.get("source") == source.id:
            return _numbers(kept)
        return super().kept_place(source)

    # -- what heads a text ---------------------------------------------------------------------

    def say_heads(self) -> None:
        """Say over each text which it is, where that is not said elsewhere."""
        for second in self.places:
            head = self.query_one("#second-head" if second else "#transcript-head", TextHead)
            here = second == self._in_second
            source = self.source_in(second=second)
            if source is None:
                head.say("", (), here=False)
            else:
                title = source.card.title if self.two_texts else ""
                head.say(
                    title,
                    [*self._asked_of(source, second=second), *self._known_of(source)],
                    here=here,
                )

    def _asked_of(self, source: OpenSource, *, second: bool) -> list[str]:
        """Return the question at which the words under the cursor were written, if there was one."""
        heads = self._asked.get(source.id, [])
        number = source.turn_number(self.view_of(second=second).caret.offset) if heads else -1
        return [heads[number]] if 0 <= number < len(heads) and heads[number] else []

    def say(self) -> None:
        """Show what is at the cursor; over a visit's comments also what was asked."""
        super().say()
        if self.source is not None and self._asked.get(self.source.id):
            self.say_heads()

    def _known_of(self, source: OpenSource) -> list[str]:
        card = source.card
        if card.kind in _TOLD_BY_TITLE:
            return []
        when = card.collected_on.isoformat() if card.collected_on else ""
        told = (
            f"{_(_ATTRIBUTES[name]) if name in _ATTRIBUTES else name}: {value}"
            for name, value in source.attributes.items()
            if value
        )
        known = [part for part in (when, card.person or "", *told) if part]
        # the kind alone is not worth a row of the screen
        return [_(SOURCE_KINDS[card.kind]), *known] if known or self.two_texts else []


def _numbers(kept: dict[str, object]) -> tuple[int, int]:
    """Return the cursor and the first row of a place that was remembered."""
    cursor, top = (kept.get(name) for name in ("cursor", "top"))
    return (cursor if isinstance(cursor, int) else 0), (top if isinstance(top, int) else 0)
