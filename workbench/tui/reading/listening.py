"""Listening to the recording of the open transcript: the word that is heard is shown and followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.timer import Timer

from workbench.errors import WorkbenchError
from workbench.i18n import _, decimal_text
from workbench.tui.reading.search import SearchingScreen
from workbench.tui.screen import WorkbenchScreen

if TYPE_CHECKING:
    from workbench.transcription.playback import Player

SKIP_MS = 5_000
"""How far one key jumps, as in other programs for transcription."""

_LEAD_MS = 300
"""Playing from a word begins this much before it: a cut onset cannot be understood."""

_SPEEDS = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
_LOOKS_S = 0.1
_LISTENING = frozenset({"play", "back-5", "forward-5", "slower", "faster"})


class ListeningScreen(SearchingScreen):
    """Plays the recording; the cursor goes along until somebody moves it."""

    player: Player | None = None
    backends: tuple[str, ...] = ()
    """Ways to a sound device instead of the system's, for tests without one."""
    _played: str = ""
    """The source whose recording is in the player."""
    _follows = False
    _followed_to: int | None = None
    """Where the cursor was brought by following."""
    _left_at: int | None = None
    """Where the cursor stood when playing stopped: moved since, it says where to go on."""
    _timer: Timer | None = None

    def available(self, command_id: str) -> bool:
        """Offer listening only where there is a recording."""
        if command_id.partition(".")[2] in _LISTENING and (
            self.source is None or not self.source.card.is_recording
        ):
            return False
        return super().available(command_id)

    # -- what a user does ----------------------------------------------------------------------

    def action_play(self) -> None:
        """Play from the cursor, go on after a pause, or stop for a while."""
        player = self._player_here()
        if player is None:
            self._open_player()
        elif player.playing:
            self.pause()
        else:
            self._start(player)

    def action_back_5(self) -> None:
        """Jump back five seconds."""
        self._skip(-SKIP_MS)

    def action_forward_5(self) -> None:
        """Jump on five seconds."""
        self._skip(SKIP_MS)

    def action_slower(self) -> None:
        """Play slower, at the same pitch."""
        self._change_speed(-1)

    def action_faster(self) -> None:
        """Play faster, at the same pitch."""
        self._change_speed(1)

    # -- the player ----------------------------------------------------------------------------

    def _player_here(self) -> Player | None:
        """Return the player if it holds the open source's recording."""
        if self.player is not None and self._played != self.open_source().id:
            self.close_player()
        return self.player

    def _open_player(self) -> None:
        """Open the recording and the device beside the interface, then play."""
        source, project = self.open_source(), self.project
        path, card, backends = project.sources.media_path(source.id), source.card, self.backends

        def opened(player: Player) -> None:
            if self.source is not source or self.player is not None:
                player.close()
                return
            self.player, self._played = player, source.id
            self._start(player)

        def open_it() -> Player:
            from workbench.transcription.playback import Player

            return Player(path, duration_ms=card.duration_ms, backends=backends)

        self.run_in_thread(open_it, opened, group="sound", exclusive=True)

    def _start(self, player: Player) -> None:
        source = self.open_source()
        offset = self.view.selection.start if self.view.selection else self.view.caret.offset
        if offset == self._left_at:
            player.play()
        else:
            place = source.time_at(offset)
            player.play(max(0, (place or 0) - _LEAD_MS))
        self._follows = self.view.selection is None
        self._followed_to = self.view.caret.offset
        if self._timer is None:
            self._timer = self.set_interval(_LOOKS_S, self._look)
        self._timer.resume()
        self._look()
        self.refresh_shell()

    def pause(self) -> None:
        """Stop playing; the place is kept."""
        if self.player is not None and self.player.playing:
            self.player.pause()
            self._stopped()

    def _stopped(self) -> None:
        self._left_at = self.view.caret.offset if self._follows else None
        if self._timer is not None:
            self._timer.pause()
        self.say()
        self.refresh_shell()

    def close_player(self) -> None:
        """Let go of the recording and the sound device."""
        player, self.player, self._left_at = self.player, None, None
        if player is None:
            return
        if self._timer is not None:
            self._timer.pause()
        player.close()
        self.view.show_playing(None, follow=False)

    def _skip(self, by_ms: int) -> None:
        player = self._player_here()
        if player is None:
            self._open_player()
            return
        if not player.playing and self.view.caret.offset != self._left_at:
            place = self.open_source().time_at(self.view.caret.offset)
            player.skip((place or 0) - player.position_ms)
        player.skip(by_ms)
        self._follows = True
        self._look()
        self._left_at = self.view.caret.offset
        self.say()

    def _change_speed(self, step: int) -> None:
        player = self._player_here()
        if player is None:
            self.workbench.tell(_("Nothing is played: Space plays from the cursor."))
            return
        nearest = min(range(len(_SPEEDS)), key=lambda n: abs(_SPEEDS[n] - player.speed))
        player.change_speed(_SPEEDS[min(max(nearest + step, 0), len(_SPEEDS) - 1)])
        self.say()

    # -- what is shown -------------------------------------------------------------------------

    def _look(self) -> None:
        """Show the word that is heard."""
        player, source = self.player, self.source
        if player is None or source is None or not self.is_attached:
            return
        playing = player.playing
        heard = source.heard_at(player.position_ms)
        if heard is not None and self.view.hides(heard):
            heard = None
        self.view.show_playing(heard, follow=self._follows)
        if self._follows:
            self._followed_to = self.view.caret.offset
        if not playing and self._timer is not None and player.trouble is not None:
            self._timer.pause()
            self._say_trouble(player.trouble)
        elif not playing and self._timer is not None:
            self._stopped()
        else:
            self.say()

    def _say_trouble(self, trouble: Exception) -> None:
        if isinstance(trouble, WorkbenchError):
            self.show_error(trouble)
        else:
            self.workbench.show_unexpected()

    def cursor_moved(self) -> None:
        """Stop following when somebody moves the cursor; the words go on."""
        if self.view.caret.offset != self._followed_to or self.view.selection is not None:
            self._follows = False

    @property
    def playing(self) -> bool:
        """Whether the recording is heard now."""
        return self.player is not None and self.player.playing

    @property
    def heard_ms(self) -> int | None:
        """The place of the recording that is heard or would go on; None before anything was played."""
        return self.player.position_ms if self.player is not None else None

    def playing_text(self) -> str:
        """Say that it plays, and how fast if not as it was said: “► ×1.5”."""
        if self.player is None:
            return ""
        speed = "" if self.player.speed == 1 else f" ×{decimal_text(f'{self.player.speed:g}')}"
        if self.player.playing:
            return f"►{speed}"
        return f"‖{speed}"

    def on_screen_suspend(self) -> None:
        """Be silent on another screen; under a dialog the recording goes on."""
        if self.app.screen is not self and isinstance(self.app.screen, WorkbenchScreen):
            self.close_player()

    def on_unmount(self) -> None:
        """Let go of the sound device."""
        if self.player is not None:
            self.player.close()
