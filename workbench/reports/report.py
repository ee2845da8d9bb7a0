"""Reports: what a report is, which there are, and how one is built."""

from __future__ import annotations

import gettext
import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from workbench.errors import ReportError
from workbench.i18n import N_, _
from workbench.reports import builtin, templates
from workbench.reports.data import ReportData
from workbench.reports.wording import Wording

if TYPE_CHECKING:
    from workbench.reports.checking import Problem


class Report(Protocol):
    """A kind of report: one file in ``reports/builtin`` whose ``REPORT`` is one of these.

    Attributes:
        name: also the file name of its templates, ``templates/<language>/<name>.docx``.
        title: what it is called in lists, marked with ``N_``.
    """

    name: str
    title: str

    def context(self, data: ReportData, wording: Wording) -> dict[str, Any]:
        """Return what its template is filled with: dicts, lists, strings and numbers only."""


@dataclass(frozen=True)
class BuiltReport:
    """A report that was written: where, from which template, with how many different quotes."""

    path: Path
    template: Path
    quotes: int


@cache
def available_reports() -> dict[str, Report]:
    """Return all reports by name; a file dropped into ``reports/builtin`` is found by itself."""
    found: dict[str, Report] = {}
    for module in pkgutil.iter_modules(builtin.__path__):
        report: Report = importlib.import_module(f"{builtin.__name__}.{module.name}").REPORT
        found[report.name] = report
    return found


def find_report(name: str) -> Report:
    """Return the report of that name.

    Raises:
        ReportError: there is none.
    """
    report = available_reports().get(name)
    if report is None:
        raise ReportError(
            "report-unknown",
            N_("There is no report “{name}”."),
            N_("Choose one of these: {names}."),
            name=name,
            names=", ".join(sorted(available_reports())),
        )
    return report


def build(
    data: ReportData,
    target: Path,
    *,
    language: str | None = None,
    template: str | Path | None = None,
    report: str = "client_report",
    translations: gettext.NullTranslations | None = None,
) -> BuiltReport:
    """Build a Word report and put it in its place.

    Args:
        data: what the report is made from.
        target: the .docx file to make or replace.
        language: the report's language; the project's when not given.
        template: a path to the client's own template, or the name of one of ours; without it the
            report's own template.
        report: the kind of report.
        translations: takes the place of the program's catalogue of that language.

    Raises:
        ReportError: the template, the words or the place make it impossible; an older report at
            the same place is unchanged then.
    """
    from workbench.reports.render import Properties, render

    kind = find_report(report)
    wording = Wording(language or data.project.language, translations)
    source = templates.find_template(template or kind.name, wording.language)
    context = kind.context(data, wording)
    properties = Properties(
        title=data.report.title or data.project.title,
        subject=data.project.client,
        author=", ".join(data.report.authors),
        language={"en": "en-GB", "ru": "ru-RU"}.get(wording.language, wording.language),
        date=data.report.date,
    )
    return BuiltReport(target, source, render(source, target, context, properties=properties))


def check(
    template: str | Path, *, language: str = "en", report: str = "client_report"
) -> list[Problem]:
    """Return everything wrong with a template, worst first; an empty list means it can be used."""
    from workbench.reports.checking import find_problems
    from workbench.reports.sample import empty, full

    kind = find_report(report)
    wording = Wording(language)
    contexts = [kind.context(data, wording) for data in (full(), empty())]
    return find_problems(
        templates.find_template(template, language), contexts[0], empty=contexts[1]
    )


def titles() -> dict[str, str]:
    """Return the reports' names and their titles in the interface's language."""
    return {name: _(report.title) for name, report in available_reports().items()}
