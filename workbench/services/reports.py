"""Reports: evidence is gathered from the project and handed to a Word template."""

from __future__ import annotations

from pathlib import Path

from workbench.models.base import now
from workbench.reports import report as building
from workbench.reports import templates
from workbench.reports.checking import Problem
from workbench.reports.report import BuiltReport
from workbench.reports.templates import TemplateFile
from workbench.services.base import Service, verb
from workbench.services.report_data import gather
from workbench.store import files


class Reports(Service):
    """Word reports of the project."""

    def templates(self, language: str | None = None) -> list[TemplateFile]:
        """Return the templates that come with the program, of one language or of all."""
        return [
            template
            for template in templates.available_templates()
            if language is None or template.language == language
        ]

    def check(self, template: str | Path, *, language: str | None = None) -> list[Problem]:
        """Return everything wrong with a template, worst first."""
        return building.check(template, language=language or self._language())

    @verb("report.build")
    def build(
        self,
        *,
        template: str | Path | None = None,
        language: str | None = None,
        target: Path | None = None,
    ) -> BuiltReport:
        """Build a Word report and say where it is.

        Args:
            template: the name of a template that comes with the program, or a path to the client's own.
            language: the report's language; the project's by default.
            target: the file to make; a name with today's date in the project's exports by default.

        Raises:
            ReportError: the template or the target cannot be used; an earlier report stays as it was.
        """
        language = language or self._language()
        if target is None:
            folder = files.make_folder(self._context.file.folder / "exports")
            name = Path(template or "client_report").stem
            target = folder / f"{name}-{language}-{now():%Y%m%d-%H%M}.docx"
        with self.reading() as session:
            data = gather(session, self.project_id, language)
        return building.build(data, target, language=language, template=template)

    def built(self) -> list[Path]:
        """Return the reports in the project's exports, newest first."""
        folder = self._context.file.folder / "exports"
        return sorted(folder.glob("*.docx"), key=lambda path: path.stat().st_mtime, reverse=True)

    def _language(self) -> str:
        from workbench.services.plan import Plan

        return Plan(self._context).project().language
