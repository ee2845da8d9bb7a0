"""The Whisper models: which are here, which suits, downloading, adding, checking, removing."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult

from workbench.i18n import N_, _
from workbench.tui.commands import Command
from workbench.tui.dialogs.add_model import AddModel
from workbench.tui.dialogs.confirm import Confirm
from workbench.tui.dialogs.dialog import Words
from workbench.tui.model_rows import (
    LANGUAGES,
    FoundModels,
    found_text,
    look_at_models,
    model_row,
    size_text,
    verified_text,
)
from workbench.tui.screen import WorkbenchScreen
from workbench.tui.widgets.progress import Progress
from workbench.tui.widgets.row_table import Column, ListSource, RowTable

if TYPE_CHECKING:
    from workbench.services.models import Models, ModelView


class ModelsScreen(WorkbenchScreen[None]):
    """One line a model; what one should know about the model under the cursor is below."""

    NAME = "models"
    HELP = N_(
        "The models that recognise speech. ★ suits this machine; ▸ is the one in use. The larger a model, "
        "the fewer wrong words and the more memory and time. Speed is that on a processor, base being 1. "
        "Without a network a model can be brought on a disk and added."
    )
    COMMANDS = (
        Command("models.use", "enter", N_("Use"), N_("Transcribe with this model from now on.")),
        Command(
            "models.download",
            "d",
            N_("Download"),
            N_("Download the model; it goes on while you work elsewhere."),
            verb="model.download",
        ),
        Command("models.stop", "x", N_("Stop"), N_("Stop the download, the copying or the check.")),
        Command(
            "models.add",
            "a",
            N_("Add"),
            N_("Add a model from a folder or file: a fine-tune, or one brought on a disk."),
            verb="model.add",
        ),
        Command(
            "models.verify",
            "v",
            N_("Verify"),
            N_("Compute the model's hash again, which tells whether its files changed."),
            verb="model.verify",
        ),
        Command(
            "models.remove",
            "delete",
            N_("Remove"),
            N_("Remove the model from this machine."),
            verb="model.remove",
        ),
    )
    DEFAULT_CSS = """
    ModelsScreen {
        #machine { padding: 0 1; color: $foreground-muted; }
        RowTable { margin-top: 1; }
        #about { padding: 0 1; margin-top: 1; height: auto; max-height: 4; color: $foreground-muted; }
        Progress { display: none; }
    }
    """
    COLUMNS = (
        Column(width=2),
        Column(N_("Model"), width=12, cut="middle"),
        Column(N_("Where"), width=11),
        Column(N_("Size"), width=6, align="right"),
        Column(N_("Memory"), width=7, align="right", least=64),
        Column(N_("Speed"), width=8, align="right", least=74),
        Column(N_("Best for")),
    )

    _found: FoundModels | None = None
    _had_work = False
    _wanted = ""
    """The model to stand on when it appears."""

    def body(self) -> ComposeResult:
        """What this machine has, the models, what one should know, and what goes on."""
        yield Words(id="machine")
        yield RowTable(self.COLUMNS, empty=N_("Looking what is here…"))
        yield Words(id="about")
        yield Progress()

    def on_mount(self) -> None:
        """Follow what goes on; the data come in after that."""
        self.workbench.model_work.changed.subscribe(self, lambda _nothing: self._follow())

    def fill(self) -> None:
        """Look beside the interface, because hashes are computed."""
        if self.focused is None:
            self.table.focus()
        self.run_in_thread(
            partial(look_at_models, self.models), self._show, group="look", exclusive=True
        )
        self._follow()

    @property
    def models(self) -> Models:
        """The models of this machine."""
        from workbench.services.models import Models

        return Models(engine=self.workbench.settings.engine)

    @property
    def table(self) -> RowTable:
        """The list."""
        return self.query_one(RowTable)

    @property
    def current(self) -> ModelView | None:
        """The model under the cursor."""
        row = self.table.current if self.is_mounted else None
        return self._found.views.get(row.key) if row is not None and self._found else None

    def _show(self, found: FoundModels) -> None:
        self._found = found
        suits = {recommendation.model for recommendation in found.suits.values()}
        used = self.workbench.settings.model.casefold()
        rows = [
            model_row(view, used=view.name.casefold() == used, suits=view.name in suits)
            for view in found.views.values()
        ]
        standing = self.table.current
        if self._wanted not in found.views:
            self._wanted = standing.key if standing else found.suits[LANGUAGES[0]].model
        self.table.show(ListSource(rows))
        self.table.cursor = self.table.find(self._wanted) or 0
        self._wanted = ""
        self.query_one("#machine", Words).say(found_text(found))
        self._tell()
        self.refresh_shell()

    @on(RowTable.Moved)
    def _tell(self) -> None:
        """Say what one should know about the model under the cursor."""
        view = self.current
        if view is None or self._found is None:
            return
        said = [_(view.hint)]
        reasons = dict.fromkeys(
            _(suits.reason) for suits in self._found.suits.values() if suits.model == view.name
        )
        said += [f"★ {reason}" for reason in reasons]
        if view.path is not None and not reasons:
            said.append(str(view.path))
        self.query_one("#about", Words).say("\n".join(said))
        self.refresh_shell()

    def _follow(self) -> None:
        """Show how far the work is; look again when it has ended."""
        work = self.workbench.model_work.current
        line = self.query_one(Progress)
        line.display = work is not None
        if work is not None:
            line.follow(work.elapsed)
            line.update(work.done, work.total, what=work.what)
        ended = self._had_work and work is None
        self._had_work = work is not None
        if ended:
            self.fill()
        self.refresh_shell()

    def available(self, command_id: str) -> bool:
        """Offer what makes sense for the model under the cursor."""
        view = self.current
        busy = self.workbench.model_work.current is not None
        match command_id:
            case "models.stop":
                return busy
            case "models.add":
                return not busy
            case "models.download":
                return view is not None and not view.here and not busy
            case "models.use" | "models.remove":
                return view is not None and view.here
            case "models.verify":
                return view is not None and view.here and not busy
        return super().available(command_id)

    @on(RowTable.Opened)
    async def _opened(self) -> None:
        view = self.current
        if view is not None and not view.here:
            said = _("{model} is not on this machine yet: d downloads it.")
            self.workbench.tell(said.format(model=view.name))
        await self.action_use()

    # -- commands ------------------------------------------------------------------------------

    async def action_use(self) -> None:
        """Write the model into the preferences; an engine that cannot read it gives way."""
        view = self.current
        if view is None or not view.here:
            return
        settings = self.workbench.settings
        engine = settings.engine if settings.engine in view.engines else "auto"
        await self.workbench.apply_settings(
            settings.model_copy(update={"model": view.name, "engine": engine})
        )
        said = _("Transcriptions use {model} from now on.").format(model=view.name)
        if view.english_only:
            said += " " + _("It understands English only.")
        self.workbench.tell(said)
        if self._found is not None:
            self._show(self._found)

    def action_download(self) -> None:
        """Download the model under the cursor."""
        view = self.current
        if view is not None:
            models, name = self.models, view.name
            self.workbench.model_work.begin(
                _("Downloading {model}").format(model=name),
                lambda came, stopped: models.download(name, on_progress=came, cancelled=stopped),
                self._came,
            )

    def _came(self, view: ModelView) -> None:
        self._wanted = view.name
        self.workbench.tell(_("{model} is here.").format(model=view.name))

    def action_stop(self) -> None:
        """Stop what goes on."""
        self.workbench.model_work.stop()

    def action_verify(self) -> None:
        """Compute the hash of the model under the cursor."""
        view = self.current
        if view is not None:
            models, name = self.models, view.name
            self.workbench.model_work.begin(
                _("Checking {model}").format(model=name),
                lambda came, _stopped: models.verify(name, on_progress=came),
                lambda found: self.workbench.tell(verified_text(found)),
            )

    def action_remove(self) -> None:
        """Remove the model under the cursor after a question."""
        view = self.current
        if view is None:
            return

        def removed(gone: ModelView) -> None:
            self.workbench.tell(_("{model} is removed.").format(model=gone.name))
            self.fill()

        def answered(yes: bool | None) -> None:
            if yes:
                self.run_in_thread(partial(self.models.remove, view.name), removed)

        if view.source == "package":  # the service says why not; a question first would mislead
            answered(yes=True)
            return
        details = (
            _("Its files stay where they are: {path}").format(path=view.path)
            if view.source == "linked"
            else _("{size} are freed. It can be downloaded or added again.").format(
                size=size_text(view.size_mb)
            )
        )
        question = _("Remove the model {model}?").format(model=view.name)
        self.app.push_screen(Confirm(question, details=details, yes=N_("Remove")), answered)

    def action_add(self) -> None:
        """Ask for a folder or file, and take it in beside the interface."""
        models = self.models

        def asked(values: dict[str, Any] | None) -> None:
            if values is not None:
                path: Path = values.pop("path")
                self.workbench.model_work.begin(
                    _("Adding {model}").format(model=values["name"] or path.name),
                    lambda came, _stopped: models.add(path, on_progress=came, **values),
                    self._came,
                )

        self.app.push_screen(AddModel(models), asked)
