"""A template tried out before a report depends on it: every mistake at once, with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2.exceptions import TemplateSyntaxError

from workbench.errors import ReportError
from workbench.i18n import N_
from workbench.reports.render import (
    Properties,
    WordTemplate,
    fill,
    plain,
    short,
    shown,
    template_trouble,
)
from workbench.reports.sandbox import recording_undefined

_LONE_TAG = re.compile(r"^\{%-?\s*(?:for|endfor|if|elif|else|endif|set|macro|endmacro)\b[^%]*%\}$")


@dataclass(frozen=True)
class Problem:
    """Something wrong with a template.

    Attributes:
        trouble: what is wrong, where, and what to do; translated when shown.
        serious: no report can be made with it; otherwise the report only looks worse.
    """

    trouble: ReportError
    serious: bool = True

    @property
    def code(self) -> str:
        """The stable name of the trouble."""
        return self.trouble.code


def find_problems(path: Path, context: dict[str, Any], *, empty: dict[str, Any]) -> list[Problem]:
    """Return everything wrong with a template, serious problems first.

    Args:
        path: the template.
        context: what the report gives it when everything is there.
        empty: what the report gives it for a project in which nothing has been done yet.
    """
    try:
        sources = WordTemplate(path).sources()
    except ReportError as trouble:
        return [Problem(trouble)]
    except Exception as trouble:  # noqa: BLE001 - a damaged part inside a sound archive
        return [Problem(template_trouble(path, "", trouble))]
    problems = _syntax(path, sources)
    if not problems:
        problems = _dry_runs(path, sources, context, empty)
    return problems + _lone_tags(path, sources)


def _syntax(path: Path, sources: list[str]) -> list[Problem]:
    """Return tags that cannot be read at all, one for each part of the file."""
    sandbox = WordTemplate(path).sandbox
    problems = []
    for source in sources:
        try:
            sandbox.parse(source)
            sandbox.from_string(source)  # unknown filters show only here
        except TemplateSyntaxError as trouble:
            problems.append(Problem(template_trouble(path, source, trouble)))
    return problems


def _dry_runs(
    path: Path, sources: list[str], context: dict[str, Any], empty: dict[str, Any]
) -> list[Problem]:
    """Fill the template with samples; return unknown names and whatever stops it."""
    import datetime as dt

    missing: dict[str, str] = {}
    properties = Properties(title="", date=dt.date(2000, 1, 1))
    try:
        document = WordTemplate(path, recording_undefined(missing))
        fill(document, plain(context, {}), properties)
    except ReportError as trouble:
        return [Problem(trouble), *_unknown(path, sources, missing)]
    if missing:
        return _unknown(path, sources, missing)
    try:
        fill(WordTemplate(path), plain(empty, {}), properties)
    except ReportError as trouble:
        return [Problem(trouble)]
    return []


def _unknown(path: Path, sources: list[str], missing: dict[str, str]) -> list[Problem]:
    """Return a problem for each name that the report does not have."""
    return [
        Problem(
            ReportError(
                "template-variable",
                N_(
                    "The template {template} uses a name that the report does not have: {reason} (near “{place}”)."
                ),
                N_("Correct the name in Word; the guide to templates lists all names."),
                template=str(path),
                reason=reason,
                place=_place(sources, name),
            )
        )
        for name, reason in missing.items()
    ]


def _place(sources: list[str], name: str) -> str:
    """Return the first paragraph with a tag that uses a name."""
    tag = re.compile(r"\{[{%][^}]*\b" + re.escape(name) + r"\b[^}]*\}")
    for source in sources:
        for line in source.split("\n"):
            words = shown(line)
            if tag.search(words):
                return short(words)
    return "…"


def _lone_tags(path: Path, sources: list[str]) -> list[Problem]:
    """Return loops and conditions that will leave empty paragraphs behind."""
    return [
        Problem(
            ReportError(
                "template-empty-paragraph",
                N_("In the template {template} the tag “{place}” leaves an empty line behind."),
                N_("Begin it with {tag}: then its whole paragraph goes."),
                template=str(path),
                place=short(words),
                tag="{%p",
            ),
            serious=False,
        )
        for source in sources
        for line in source.split("\n")
        if line.startswith("<w:p") and _LONE_TAG.match(words := shown(line.split("</w:p>")[0]))
    ]
