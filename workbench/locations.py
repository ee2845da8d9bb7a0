"""Where things are: the user's folders, and the templates and samples that come with the program."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

_APP = "workbench"
_PACKAGE = Path(__file__).parent


def _bundled(name: str) -> Path:
    """Return a folder shipped with the program: inside an installed wheel, else in the checkout."""
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def templates_folder() -> Path:
    """The report templates that come with the program, one folder a language."""
    return _bundled("templates")


def sample_projects_folder() -> Path:
    """The sample projects that come with the program, one folder each."""
    return _bundled("sample_projects")


def settings_file() -> Path:
    """The user's settings; ``WORKBENCH_CONFIG`` names another folder for them."""
    folder = os.environ.get("WORKBENCH_CONFIG")
    return (
        Path(folder) / "settings.toml"
        if folder
        else platformdirs.user_config_path(_APP) / "settings.toml"
    )


def state_folder() -> Path:
    """Where the interface remembers the last project, document and scroll position."""
    folder = os.environ.get("WORKBENCH_CONFIG")
    return Path(folder) / "state" if folder else platformdirs.user_state_path(_APP)


def cache_folder() -> Path:
    """Where model weights are joined and converted; ``WORKBENCH_CACHE`` names another folder."""
    folder = os.environ.get("WORKBENCH_CACHE")
    return Path(folder) if folder else platformdirs.user_cache_path(_APP)


def models_folder() -> Path:
    """Where models that a user added are kept; ``WORKBENCH_MODELS`` names another folder, such as on a large disk."""
    folder = os.environ.get("WORKBENCH_MODELS")
    if folder:
        return Path(folder).expanduser()
    config = os.environ.get("WORKBENCH_CONFIG")
    return Path(config) / "models" if config else platformdirs.user_data_path(_APP) / "models"


def default_workspace() -> Path:
    """The workspace when none is named: ``Workbench`` in the user's documents."""
    folder = os.environ.get("WORKBENCH_WORKSPACE")
    return Path(folder).expanduser() if folder else platformdirs.user_documents_path() / "Workbench"
