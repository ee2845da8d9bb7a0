"""Choose a file or a folder by keyboard: type part of a name or a whole path, or walk with the arrows."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.fuzzy import Matcher
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from workbench.i18n import _
from workbench.tui.dialogs.dialog import Dialog, Words
from workbench.tui.display import clean_for_terminal, shorten_middle

if TYPE_CHECKING:
    from workbench.tui.app import WorkbenchApp

_SHOWN_AT_MOST = 300
"""Entries in the list at once; typing narrows them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the listing."""

    path: Path
    label: str
    is_folder: bool = False
    is_answer: bool = False
    """Whether Enter answers with it instead of walking into it."""


class OpenFile(Dialog[Path | None]):
    """A path line over the listing of a folder; answers a path."""

    BINDINGS = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "move(10)", show=False),
        Binding("pageup", "move(-10)", show=False),
        Binding("tab", "complete", priority=True, show=False),
        Binding("alt+up", "parent", show=False),
    ]
    DEFAULT_CSS = """
    OpenFile {
        align: center top;
        #window { width: 78; height: 100%; max-height: 24; padding: 0 1; margin-top: 1; }
        OptionList { height: 1fr; }
        OptionList > .option-list--option-highlighted { background: $block-cursor-background; color: $block-cursor-foreground; }
        #folder { color: $foreground-muted; margin: 0 1; height: 1; }
        #nothing { display: none; margin: 0 1; height: 1; }
    }
    """

    def __init__(
        self,
        *,
        title: str,
        pick: Literal["file", "folder", "save"] = "file",
        suffixes: tuple[str, ...] = (),
        folder: Path | None = None,
        name: str = "",
        purpose: str = "any",
    ) -> None:
        """Ask for a path.

        Args:
            title: what it is for, translated.
            pick: a file that exists, a folder, or a file to write.
            suffixes: kinds of file to list, such as ``.docx``; empty lists all.
            folder: where to begin; without it, where this was last asked.
            name: the name that stands in the line at first, for a file to write.
            purpose: what the last folder is remembered under.
        """
        super().__init__()
        self._title = title
        self._pick = pick
        self._suffixes = tuple(suffix.lower() for suffix in suffixes)
        self._purpose = purpose
        self._first_name = name
        self._begin = folder
        self.folder = Path.home()
        self._all: list[Entry] = []
        self._shown: list[Entry] = []

    def title_text(self) -> str:
        """What is asked."""
        return self._title

    def hint_text(self) -> str:
        """What the keys do."""
        return _("Enter opens · Tab completes · Alt+↑ up · Esc back")

    def body(self) -> ComposeResult:
        """The folder, the path line, the listing."""
        yield Words(id="folder")
        yield Input(self._first_name, id="path", placeholder=_("Part of a name, or a path"))
        listed = OptionList(markup=False)
        listed.can_focus = False
        yield listed
        yield Words(id="nothing", classes="quiet")

    def on_mount(self) -> None:
        """Begin where this was last asked."""
        last = cast("WorkbenchApp", self.app).state.recall("folders", self._purpose, default="")
        folder = self._begin or (Path(last) if last else Path.home())
        self.walk(folder if folder.is_dir() else Path.home(), keep=self._first_name)

    # -- the listing ---------------------------------------------------------------------------

    def walk(self, folder: Path, *, keep: str = "") -> None:
        """Show a folder; what cannot be read is said and the listing stays."""
        try:
            with os.scandir(folder) as found:
                entries = [self._entry(item) for item in found if not item.name.startswith(".")]
        except OSError as error:
            self._say(
                _("{folder} cannot be read: {detail}").format(
                    folder=folder.name, detail=error.strerror
                )
            )
            return
        self.folder = folder
        listed = [entry for entry in entries if entry is not None]
        listed.sort(key=lambda entry: (not entry.is_folder, entry.label.casefold()))
        top = []
        if self._pick == "folder":
            top.append(Entry(folder, _("✓ this folder"), is_answer=True))
        if folder.parent != folder:
            top.append(Entry(folder.parent, "..", is_folder=True))
        self._all = top + listed
        self.query_one("#folder", Words).say(shorten_middle(_with_home(folder), 70))
        line = self.query_one(Input)
        line.value = keep
        line.cursor_position = len(keep)
        self._show(keep)

    def _entry(self, item: os.DirEntry[str]) -> Entry | None:
        try:
            is_folder = item.is_dir()
        except OSError:
            return None
        if is_folder:
            return Entry(Path(item.path), f"{item.name}/", is_folder=True)
        fits = not self._suffixes or item.name.lower().endswith(self._suffixes)
        if self._pick == "folder" or not fits:
            return None
        return Entry(Path(item.path), item.name, is_answer=True)

    def _show(self, query: str) -> None:
        query = query.strip()
        if query:
            matcher = Matcher(query)
            scored = [(matcher.match(entry.label), entry) for entry in self._all]
            scored.sort(key=lambda found: -found[0])
            self._shown = [entry for score, entry in scored if score > 0][:_SHOWN_AT_MOST]
        else:
            self._shown = self._all[:_SHOWN_AT_MOST]
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options(
            [
                Option(
                    Content.styled(clean_for_terminal(e.label), "$primary" if e.is_folder else "")
                )
                for e in self._shown
            ]
        )
        # with nothing typed the first thing that leads on, not "..", is under the highlight
        first = next((n for n, e in enumerate(self._shown) if e.label != ".."), 0)
        listed.highlighted = first if self._shown else None
        self._say("" if self._shown or self._pick == "save" else _("Nothing here is called that."))

    def _say(self, text: str) -> None:
        note = self.query_one("#nothing", Words)
        note.say(text)
        note.display = bool(text)

    # -- typing --------------------------------------------------------------------------------

    @on(Input.Changed, "#path")
    def _typed(self, event: Input.Changed) -> None:
        typed = event.value
        if typed != event.input.value:  # a pasted path: more has come since, and will be told
            return
        if typed.startswith("~") or "/" in typed or "\\" in typed:
            path = self._path(typed)
            folder, rest = (path, "") if typed.endswith(("/", "\\")) else (path.parent, path.name)
            if folder.is_dir() and folder != self.folder:
                self.walk(folder, keep=rest)
                return
        self._show(typed)

    def _path(self, typed: str) -> Path:
        """Return what a typed path means: from the folder shown on, and ``~`` is the user's own."""
        try:
            return self.folder / Path(typed).expanduser()
        except RuntimeError:  # nobody is called so
            return self.folder / typed

    @on(Input.Submitted, "#path")
    def _enter(self, event: Input.Submitted) -> None:
        typed = event.value.strip()
        path = self._path(typed) if typed else None
        if path is not None and path.is_dir():
            self.walk(path)
        elif (
            path is not None and (path.is_file() or self._pick == "save") and self._pick != "folder"
        ):
            self._answer(path)
        else:
            self._take(self.query_one(OptionList).highlighted)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self._take(event.option_index)

    def _take(self, index: int | None) -> None:
        if index is None or index >= len(self._shown):
            return
        entry = self._shown[index]
        if entry.is_answer:
            self._answer(entry.path)
        else:
            self.walk(entry.path, keep=self._first_name if self._pick == "save" else "")

    def _answer(self, path: Path) -> None:
        folder = path if path.is_dir() else path.parent
        state = cast("WorkbenchApp", self.app).state
        state.remember("folders", self._purpose, value=str(folder))
        state.save()
        self.dismiss(path)

    # -- keys ----------------------------------------------------------------------------------

    def action_move(self, step: int) -> None:
        """Move the highlight while the path line keeps the focus."""
        listed = self.query_one(OptionList)
        if listed.option_count:
            place = (listed.highlighted or 0) + step
            listed.highlighted = max(0, min(listed.option_count - 1, place))

    def action_complete(self) -> None:
        """Walk into the highlighted folder, or write the highlighted name into the line."""
        index = self.query_one(OptionList).highlighted
        if index is None or index >= len(self._shown):
            return
        entry = self._shown[index]
        if entry.is_folder:
            self.walk(entry.path)
        elif entry.path != self.folder:
            line = self.query_one(Input)
            line.value = entry.label
            line.cursor_position = len(entry.label)

    def action_parent(self) -> None:
        """Go to the folder above."""
        self.walk(self.folder.parent)


def _with_home(path: Path) -> str:
    """Write the home folder as ``~``."""
    home = Path.home()
    return (
        f"~/{path.relative_to(home)}" if path.is_relative_to(home) and path != home else str(path)
    )
