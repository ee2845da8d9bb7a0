"""The one place that leans on Textual's inner parts; look here first when Textual is upgraded.

Checked with Textual 8.2.8. Five things are not as we need them: a trouble of the user's that is raised
in a message handler would end the handler's widget, an unexpected error would print local variables,
which hold respondents' words, without colours the terminal's own theme would be black on black, a
dialog would be slow to open over a full screen, which is laid out again, styled twice and mixed with
the dialog's background colour piece by piece (together a third of the time), and what closed dialogs
have drawn would stay in memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual._context import visible_screen_stack
from textual._styles_cache import StylesCache
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.color import Color
from textual.filter import LineFilter, Monochrome, NoColor
from textual.geometry import Size
from textual.message import Message
from textual.notifications import Notify
from textual.reactive import Reactive
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen, Screen, ScreenResultType
from textual.strip import Strip
from textual.widget import Widget, _RenderCache
from textual.widgets._toast import Toast

from workbench.error_log import write_error_log
from workbench.errors import WorkbenchError
from workbench.i18n import _

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = [
    "ForgivingApp",
    "ForgivingModal",
    "ForgivingScreen",
    "UnexpectedError",
    "write_error_log",
]


class UnexpectedError(Exception):
    """An error of ours; shown calmly, without what was being worked on."""

    def __init__(self, log: Path | None) -> None:
        """Keep where the details were written."""
        super().__init__(str(log))
        self._log = log

    def __rich__(self) -> RenderableType:
        """The message on the terminal after the interface has closed."""
        lines = [
            _("The workbench met an error it did not expect and has closed."),
            _("Everything you did is saved."),
        ]
        if self._log is not None:
            lines.append(
                _("Where it happened is written, without any content, to {file}.").format(
                    file=self._log
                )
            )
        return Text("\n".join(lines))


_WITHOUT_COLOUR = NoColor()


class ForgivingApp(App[Any]):
    """Shows troubles as notifications and closes calmly on an error of ours."""

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what is done to lines before they are written.

        Where nobody wants colours (``NO_COLOR``), Textual decides between greys and none before it knows the theme;
        greys made of the terminal's own colours would be black on black.
        """
        filters = super().get_line_filters()
        if not (self.no_color and self.native_ansi_color):
            return filters
        return [_WITHOUT_COLOUR if isinstance(one, Monochrome) else one for one in filters]

    def show_error(self, error: WorkbenchError) -> None:
        """Show what happened and what to do; the app says how."""
        raise NotImplementedError

    def on_notify(self, event: Notify) -> None:
        """Take a sentence away that is shown already; Textual then shows it anew, below the others."""
        new = event.notification
        for old in list(self._notifications):
            if (old.message, old.severity) == (new.message, new.severity):
                self._unnotify(old, refresh=False)
                for toast in self.screen.query(Toast) if self.screen_stack else ():
                    if toast._notification is old:  # noqa: SLF001 - it takes its holder away, too
                        toast._expire()  # noqa: SLF001

    def _handle_exception(self, error: Exception) -> None:
        if isinstance(error, WorkbenchError):
            self.show_error(error)
            return
        calm = UnexpectedError(write_error_log(error))
        calm.__cause__ = error
        super()._handle_exception(calm)

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except WorkbenchError as error:
            self.show_error(error)


class _Forgiving(Screen[ScreenResultType]):
    """Goes on after a trouble of the user's raised in one of its handlers."""

    # Textual draws the whole screen again when the focus moves; the widgets that it leaves and enters do so themselves
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except WorkbenchError as error:
            if isinstance(self.app, ForgivingApp):
                self.app.show_error(error)

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        """Show notifications again; do not style what was styled when it was mounted, a moment ago."""
        event.refresh_styles = event.refresh_styles and self.stack_updates > 0
        self._show_notifications(shown=True)

    def _screen_resized(self, size: Size) -> None:
        """Lay nothing out again that has this size already: a new dialog, and all beneath it."""
        if size != self._compositor.size:
            super()._screen_resized(size)

    def _compositor_refresh(self) -> None:
        """Let what changed here be seen through every dialog above; Textual tells only the uppermost one."""
        changed = self._compositor._dirty_regions  # noqa: SLF001
        if changed and self is not self.app.screen:
            stack = self.app.screen_stack
            above = stack[stack.index(self) + 1 : -1] if self in stack else ()
            for dialog in above:
                dialog._set_dirty(*changed)  # noqa: SLF001
        super()._compositor_refresh()

    def on_screen_suspend(self) -> None:
        """Leave notifications to the screen on top; beneath a dialog they would be seen twice."""
        self._show_notifications(shown=False)

    def _show_notifications(self, *, shown: bool) -> None:
        for rack in self.query_children("ToastRack"):
            if shown or rack.children:  # else the whole screen would be laid out again for nothing
                rack.display = shown


class ForgivingScreen(_Forgiving[ScreenResultType]):
    """A screen that survives troubles in its handlers."""

    _was_laid_out = False

    def _compositor_refresh(self) -> None:
        """Draw nothing before the widgets have heard how large they are: they are drawn anew then."""
        if self._was_laid_out:
            super()._compositor_refresh()
        else:
            self._was_laid_out = True
            self.refresh()


class ForgivingModal(_Forgiving[ScreenResultType], ModalScreen[ScreenResultType]):
    """A dialog that survives troubles in its handlers, and is quick to open."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Answer once: a second key that came while it left would close what lies beneath, too."""
        if self not in self.app.screen_stack:
            return AwaitComplete()
        leaving = super().dismiss(result)
        # what was drawn goes at once, not when garbage is looked for, which takes 20 to 60 ms for each dialog
        for widget in self.walk_children(Widget, with_self=True):
            widget._styles_cache.clear()  # noqa: SLF001
            widget._render_cache = _RenderCache(Size(), [])  # noqa: SLF001
        return leaving

    def _render_content(self) -> None:
        """Draw what is beneath through the dialog's background; a style is mixed with it only once."""
        stack = visible_screen_stack.get()
        veil = self.styles.background
        if not stack or stack[-1] is self or veil.a == 1:
            super()._render_content()
            return
        beneath = stack.pop()._compositor.render_strips()  # noqa: SLF001
        strips = [
            Strip(
                [Segment(text, _veiled(style, veil)) for text, style, _ in line], line.cell_length
            )
            for line in beneath
        ]
        self._render_cache = _RenderCache(self.size, strips)
        self._dirty_regions.clear()


# Meant for the class, it remembers by each widget's own drawn lines, and so keeps those of the last 1,024 widgets that
# were ever drawn, closed dialogs among them: after 80 of them the search for garbage took 0.2 s instead of 0.02
StylesCache.get_inner_outer = classmethod(  # type: ignore[assignment, method-assign]
    lru_cache(1024)(StylesCache.get_inner_outer.__wrapped__)  # type: ignore[arg-type]
)


@lru_cache(4096)
def _veiled(style: Style | None, veil: Color) -> Style | None:
    """Return a style as it looks through a colour."""
    (segment,) = BackgroundScreen.process_segments([Segment("", style)], veil)
    return segment.style
