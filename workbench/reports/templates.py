"""Where Word templates are: those that come with the program, and a client's own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workbench import locations
from workbench.errors import ReportError
from workbench.i18n import N_

SUFFIX = ".docx"


@dataclass(frozen=True)
class TemplateFile:
    """A template that comes with the program; its name is the name of its report."""

    name: str
    language: str
    path: Path


def available_templates() -> list[TemplateFile]:
    """Return the templates that come with the program, by language and name."""
    root = locations.templates_folder()
    return [
        TemplateFile(path.stem, path.parent.name, path)
        for path in sorted(root.glob(f"*/*{SUFFIX}"))
        if not path.name.startswith("~$")  # Word's own lock file beside an open document
    ]


def find_template(template: str | Path, language: str) -> Path:
    """Return the file of a template given by a path, or by the name of one of ours.

    Raises:
        ReportError: no such file and no such name in this language.
    """
    path = Path(template).expanduser()
    if path.suffix.lower() == SUFFIX or path.parent != Path():
        if path.is_file():
            return path
        raise ReportError(
            "template-not-found",
            N_("The template {template} is not there."),
            N_("Check the path, or name one of the templates that come with the program."),
            template=str(template),
        )
    for known in available_templates():
        if known.name == path.name and known.language == language:
            return known.path
    names = sorted({known.name for known in available_templates() if known.language == language})
    raise ReportError(
        "template-unknown",
        N_("There is no template {template} in the language “{language}”."),
        N_("Choose one of these or give the path of a .docx file: {names}."),
        template=str(template),
        language=language,
        names=", ".join(names) or "—",
    )
