"""Whisper models on this machine: what there is and suits, adding, downloading, checking and removing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from workbench.errors import TranscriptionError
from workbench.i18n import N_
from workbench.services.base import verb
from workbench.transcription import catalogue, downloaded, model_store
from workbench.transcription.base_weights import (
    PACKAGES,
    base_at_hand,
    package_parts,
    remove_joined,
)
from workbench.transcription.engine import AUTO, choose_engine
from workbench.transcription.machine import Machine, this_machine
from workbench.transcription.weight_files import Progress, disk_trouble, sha256_of, silent

BASE = catalogue.BASE


@dataclass(frozen=True, slots=True)
class ModelView:
    """One model: an official one, here or not, or one that was added.

    Attributes:
        source: where it comes from: ``package``, ``cache`` (downloaded), ``added``, ``linked``; empty when it is not here.
        engines: those that can use it now.
        size_mb: on the disk, or of the download.
        memory_mb: what recognition on a processor needs.
        speed: on a processor, *base* being 1; None for a model nobody measured.
        good_for: a few words, marked with ``N_``.
        hint: what one should know, marked with ``N_``.
        sha256: of its weights, where that is known.
    """

    name: str
    source: str
    engines: tuple[str, ...]
    size_mb: int
    memory_mb: int
    speed: float | None
    good_for: str
    hint: str
    english_only: bool
    path: Path | None = None
    sha256: str = ""

    @property
    def here(self) -> bool:
        """Whether it can be used without a network."""
        return bool(self.engines)


@dataclass(frozen=True, slots=True)
class Verified:
    """The hash of a model's weights, and whether it is the one it must be (None when nobody knows which)."""

    name: str
    engine: str
    path: Path | None
    sha256: str
    right: bool | None


class Models:
    """The models of this machine; they belong to no project."""

    def __init__(self, *, engine: str = AUTO) -> None:
        """Take the engine the user prefers; it decides from where an official model comes."""
        self._engine = engine

    def machine(self) -> Machine:
        """Return what this machine has for recognition."""
        return this_machine()

    def recommended(
        self, language: str, machine: Machine | None = None
    ) -> catalogue.Recommendation:
        """Return the model that suits this machine and a language."""
        known = machine or this_machine()
        return catalogue.recommended(
            language=language,
            memory_bytes=known.memory_bytes,
            cores=known.cores,
            graphics_bytes=known.graphics_bytes if known.graphics else None,
        )

    def views(self) -> list[ModelView]:
        """Return every model there is: added ones first, then the official ones, the best first."""
        added = [_added_view(model) for model in model_store.added_models().values()]
        return added + [_official_view(model) for model in catalogue.MODELS]

    def view(self, name: str) -> ModelView:
        """Return one model.

        Raises:
            TranscriptionError: ``model-unknown``.
        """
        known = catalogue.official(name)
        if known is not None:
            return _official_view(known)
        added = model_store.find_added(name)
        if added is None:
            raise _unknown(name)
        return _added_view(added)

    def check(self, path: Path, name: str = "", *, sha256: str = "", link: bool = False) -> None:
        """Look whether a model could be added, which takes no time, unlike the adding.

        Raises:
            TranscriptionError: as ``add`` would.
        """
        model_store.check(path, name, sha256=sha256, link=link)

    @verb("model.add")
    def add(
        self,
        path: Path,
        name: str = "",
        *,
        sha256: str = "",
        link: bool = False,
        on_progress: Progress = silent,
    ) -> ModelView:
        """Take a model from a folder or file into the store, with its hash noted.

        Raises:
            TranscriptionError: it is no model an engine reads, damaged, not the one meant, or the disk is full.
        """
        return _added_view(
            model_store.add(path, name, sha256=sha256, link=link, on_progress=on_progress)
        )

    @verb("model.remove")
    def remove(self, name: str) -> ModelView:
        """Remove an added or a downloaded model; return what it was. A linked one stays where it lies.

        Raises:
            TranscriptionError: ``model-unknown``, ``model-not-here``, ``model-in-package``, or the disk refuses.
        """
        view = self.view(name)
        added = model_store.find_added(name)
        if added is not None:
            model_store.remove(added)
            return view
        copies = _copies(name)
        if not copies and view.name == BASE and view.here and not package_parts():
            remove_joined()
            return view
        if not copies and view.name == BASE and view.here:
            raise TranscriptionError(
                "model-in-package",
                N_(
                    "The model {model} belongs to the installed extra model-base and is not removed here."
                ),
                N_("Uninstall it: pip uninstall {packages}"),
                model=view.name,
                packages=" ".join(PACKAGES),
            )
        if not copies:
            raise _not_here(view.name)
        for copy in copies:
            try:
                downloaded.remove_downloaded(copy)
            except OSError as error:
                raise disk_trouble(error, copy.place) from error
        return view

    @verb("model.download")
    def download(
        self,
        name: str,
        *,
        engine: str = "",
        on_progress: Progress = silent,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> ModelView | None:
        """Download an official model for an engine; None when it was cancelled.

        Raises:
            TranscriptionError: there is no such model, it is here already, or the download failed.
        """
        from workbench.transcription.downloading import download

        known = catalogue.official(name)
        if known is None:
            raise TranscriptionError(
                "model-not-official",
                N_("There is no model called {model} to download."),
                N_("Download one of: {known}. Other models are added: workbench models add PATH."),
                model=name,
                known=", ".join(catalogue.OFFICIAL),
            )
        chosen = choose_engine(engine or self._engine).name
        if chosen in _official_view(known).engines:
            raise TranscriptionError(
                "model-here",
                N_("The model {model} is on this machine already."),
                N_("Check whether it is whole: workbench models verify {model}."),
                model=known.name,
            )
        found = download(known, chosen, on_progress=on_progress, cancelled=cancelled)
        return None if found is None else _official_view(known)

    @verb("model.verify")
    def verify(self, name: str, *, on_progress: Progress = silent) -> list[Verified]:
        """Compute the hash of a model's weights anew, for each engine that has them.

        Raises:
            TranscriptionError: ``model-not-here``, or ``weights-wrong-hash`` when a file changed.
        """
        view = self.view(name)
        found: list[Verified] = []
        added = model_store.find_added(name)
        if added is not None:
            model_store.whole(added)
            digest = sha256_of(added.weights, on_progress=on_progress)
            found.append(
                Verified(added.name, added.engine, added.path, digest, digest == added.sha256)
            )
        if view.name == BASE:
            found += [
                Verified(BASE, engine, base.path, "", base.verified)
                for engine, base in base_at_hand().items()
            ]
        for copy in _copies(name):
            digest = sha256_of(copy.weights, on_progress=on_progress)
            right = digest == copy.sha256 if copy.sha256 else None
            found.append(Verified(view.name, copy.engine, copy.path, digest, right))
        if not found:
            raise _not_here(view.name)
        wrong = next((one for one in found if one.right is False), None)
        if wrong is not None:
            raise TranscriptionError(
                "weights-wrong-hash",
                N_(
                    "The weights of the model {model} for {engine} have changed: their SHA-256 is another."
                ),
                N_("Remove it and bring it again: workbench models remove {model}."),
                model=wrong.name,
                engine=wrong.engine,
            )
        return found


def _copies(name: str) -> list[downloaded.Downloaded]:
    """Return what the engines have downloaded of a model."""
    known = catalogue.official(name)
    if known is None:
        return []
    copies = (downloaded.find_downloaded(known, engine) for engine in downloaded.ENGINES)
    return [copy for copy in copies if copy is not None]


def _official_view(model: catalogue.OfficialModel) -> ModelView:
    """Describe an official model and where it is."""
    copies = _copies(model.name)
    engines = tuple(copy.engine for copy in copies)
    path = copies[0].path if copies else None
    source = "cache" if copies else ""
    if model.name == BASE:
        here = base_at_hand()
        if here:
            engines = tuple(here)
            source = "package" if package_parts() else "cache"
            path = next(iter(here.values())).path
    return ModelView(
        name=model.name,
        source=source,
        engines=engines,
        size_mb=model.size_mb,
        memory_mb=model.memory_mb,
        speed=model.speed,
        good_for=model.good_for,
        hint=model.hint,
        english_only=model.english_only,
        path=path,
        sha256=copies[0].sha256 if copies else "",
    )


def _added_view(model: model_store.AddedModel) -> ModelView:
    """Describe an added model."""
    return ModelView(
        name=model.name,
        source="linked" if model.linked else "added",
        engines=(model.engine,),
        size_mb=max(1, round(model.size_bytes / 1_000_000)),
        memory_mb=catalogue.memory_needed_mb(model.parameters, model.engine),
        speed=None,
        good_for=N_("your own") if model.multilingual else N_("your own, English"),
        hint=N_("A model you added; nobody here measured how good it is."),
        english_only=not model.multilingual,
        path=model.path,
        sha256=model.sha256,
    )


def _unknown(name: str) -> TranscriptionError:
    return TranscriptionError(
        "model-unknown",
        N_("There is no model called {model}."),
        N_("See them with: workbench models list."),
        model=name,
    )


def _not_here(name: str) -> TranscriptionError:
    return TranscriptionError(
        "model-not-here",
        N_("The model {model} is not on this machine."),
        N_("Download it: workbench models download {model}."),
        model=name,
    )
