"""Checklists from files: YAML as people write it, and XLSX as people fill it in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from workbench.errors import InputError
from workbench.i18n import LANGUAGES, N_, _
from workbench.interchange.fields import Record, read_yaml
from workbench.interchange.importer import Note
from workbench.interchange.tables import read_sheets
from workbench.shopping.checklist import (
    COMMENT_RULES,
    CRITICAL_POLICIES,
    DEFAULT_GRADES,
    QUESTION_TYPES,
    TOTAL_MODES,
    UNANSWERED_POLICIES,
    Band,
    Checklist,
    Condition,
    GradeBand,
    Option,
    Question,
    Scale,
    Section,
)
from workbench.shopping.validation import FLAW_SENTENCES, validate_checklist

_NUMBER: Final = r"-?\d+(?:[.,]\d+)?"
_OPTION = re.compile(r"\s*([^;=\[\]]+?)\s*=\s*(.*?)\s*\[([^\]]*)\]\s*(?:;|$)", re.DOTALL)
_BAND = re.compile(rf"\s*({_NUMBER})?\s*\.\.\s*({_NUMBER})?\s*\[\s*({_NUMBER})\s*\]\s*(?:;|$)")
_SCALE = re.compile(rf"\s*scale\s+({_NUMBER})\s*\.\.\s*({_NUMBER})\s*\[\s*({_NUMBER})\s*\]\s*;?")


_FIELDS: Final[Mapping[str, frozenset[str]]] = {
    "": frozenset(each.name for each in fields(Checklist)),
    "grade_bands": frozenset({"key", "at_least"}),
    "sections": frozenset(each.name for each in fields(Section)),
    "questions": frozenset(each.name for each in fields(Question)),
    "options": frozenset(each.name for each in fields(Option)),
    "shown_when": frozenset({"question", "equals"}),
    "scale": frozenset({"min", "max", "points", "step"}),
    "bands": frozenset({"from", "to", "points"}),
}
"""What is read of the file itself, and of what stands under each of its fields."""
_TAKEN_TOGETHER = {"section", *(f"{n}_{c}" for n in ("title", "text", "help") for c in LANGUAGES)}
"""Columns of a spreadsheet that become other fields."""
_MOST_TOLD = 5


def read_checklist(path: Path) -> Checklist:
    """Return the checklist of a .yaml, .yml or .xlsx file, checked for sense."""
    return checklist_from(read_fields(path))


def read_fields(path: Path) -> Record:
    """Return the fields of a .yaml, .yml or .xlsx file."""
    if path.suffix.lower() == ".xlsx":
        return _xlsx_record(path)
    if path.suffix.lower() in {".yaml", ".yml"}:
        return read_yaml(path)
    raise InputError(
        "checklist-format-unknown",
        N_("{file} is not a checklist: its name must end in .yaml or .xlsx."),
        N_("Save the checklist as YAML or XLSX."),
        file=path.name,
    )


def notes_on(record: Record) -> tuple[Note, ...]:
    """Return what a person should know of the fields of a sound checklist: those that nothing reads."""
    found: dict[str, list[str]] = {}
    for place in _unread(record):
        found.setdefault(re.sub(r"\[.*?\]", "", place), []).append(place)
    if not found:
        return ()
    told = [first if not more else f"{first} (×{len(more) + 1})" for first, *more in found.values()]
    shown = "; ".join(told[:_MOST_TOLD]) + ("; …" if len(told) > _MOST_TOLD else "")
    sentence = N_("{file}: unknown fields are passed over; check how they are spelt: {fields}.")
    return (Note("fields-unknown", sentence, {"file": record.file, "fields": shown}),)


def _unread(record: Record, kind: str = "") -> Iterator[str]:
    for key, value in record.data.items():
        if key not in _FIELDS[kind]:
            if record.has(key):
                yield record.place(key)
        elif key in _FIELDS:
            named = "from" if key == "bands" else "key"
            many = isinstance(value, list)
            for each in record.records(key, named=named) if many else [record.record(key)]:
                yield from _unread(each, key)


def checklist_from(record: Record) -> Checklist:
    """Return the checklist that fields describe; what makes no sense is an InputError."""
    checklist = Checklist(
        key=record.text("key"),
        title=record.texts("title"),
        sections=tuple(_section(section) for section in record.records("sections")),
        total_mode=record.choice("total_mode", TOTAL_MODES, "points"),
        critical_policy=record.choice("critical_policy", CRITICAL_POLICIES, "flag_fail"),
        pass_mark=record.optional_decimal("pass_mark"),
        cap_100=record.flag("cap_100", default=True),
        floor_zero=record.flag("floor_zero", default=True),
        unanswered=record.choice("unanswered", UNANSWERED_POLICIES, "skip"),
        grade_bands=tuple(
            GradeBand(band.text("key"), band.decimal("at_least"))
            for band in record.records("grade_bands")
        )
        or DEFAULT_GRADES,
    )
    for flaw in validate_checklist(checklist):
        raise InputError(
            "checklist-unsound",
            N_("{file}: “{where}”: {flaw}"),
            N_("Correct it in the file."),
            file=record.file,
            where=flaw.where,
            flaw=_(FLAW_SENTENCES[flaw.code]).format(detail=flaw.detail),
        )
    return checklist


def _section(record: Record) -> Section:
    return Section(
        key=record.text("key"),
        title=record.texts("title", {}),
        questions=tuple(_question(question) for question in record.records("questions")),
        weight=record.decimal("weight", "1"),
        pass_mark=record.optional_decimal("pass_mark"),
    )


def _question(record: Record) -> Question:
    return Question(
        key=record.text("key"),
        text=record.texts("text"),
        type=record.choice("type", QUESTION_TYPES, "yes_no"),
        points_yes=record.decimal("points_yes", "1"),
        points_no=record.decimal("points_no", "0"),
        weight=record.decimal("weight", "1"),
        critical=record.flag("critical"),
        bonus=record.flag("bonus"),
        scored=record.flag("scored", default=True),
        na_allowed=record.flag("na_allowed"),
        required=record.flag("required", default=not record.flag("bonus")),
        comment_required_when=record.choice("comment_required_when", COMMENT_RULES, "never"),
        evidence_required=record.flag("evidence_required"),
        shown_when=_condition(record),
        options=tuple(_option(option) for option in record.records("options")),
        scale=_scale(record),
        bands=tuple(
            Band(b.optional_decimal("from"), b.optional_decimal("to"), b.decimal("points"))
            for b in record.records("bands", named="from")
        ),
        points_if_present=record.optional_decimal("points_if_present"),
        help=record.texts("help", {}),
    )


def _condition(record: Record) -> Condition | None:
    if not record.has("shown_when"):
        return None
    condition = record.record("shown_when")
    if "equals" not in condition.data:
        raise condition.absent("equals")
    equals = condition.data["equals"]
    return Condition(
        condition.text("question"), tuple(equals if isinstance(equals, list) else [equals])
    )


def _option(record: Record) -> Option:
    return Option(
        key=record.text("key"),
        text=record.texts("text"),
        points=record.decimal("points", "0"),
        na=record.flag("na"),
        exclusive=record.flag("exclusive"),
    )


def _scale(record: Record) -> Scale | None:
    if not record.has("scale"):
        return None
    scale = record.record("scale")
    return Scale(
        low=scale.decimal("min"),
        high=scale.decimal("max"),
        points=scale.decimal("points", "1"),
        step=scale.decimal("step", "1"),
    )


def _xlsx_record(path: Path) -> Record:
    """Return an XLSX checklist as the fields that YAML would have.

    Sheet ``questions`` (or the first one): a row per question. Sheet ``sections``: key, title_ru,
    title_en, weight, pass_mark. Sheet ``checklist``: rows key | value, such as pass_mark | 75.
    Without the latter the total is weighted by sections where their weights are given.
    """
    sheets = read_sheets(path)
    rows = sheets.get("questions") or next((rows for rows in sheets.values() if rows), [])
    for number, row in enumerate(rows, start=2):
        for column in ("section", "key", "type"):
            if not row.get(column):
                raise Record(row, path.name, f"questions[{number}]").absent(column)
    sections: dict[str, dict[str, Any]] = {}
    for row in sheets.get("sections", []):
        sections[row.get("key", "")] = {
            **{name: row[name] for name in row if name not in _TAKEN_TOGETHER},
            "title": _languages(row, "title"),
            "questions": [],
        }
    for row in rows:
        section = sections.setdefault(
            row["section"], {"key": row["section"], "title": row["section"], "questions": []}
        )
        section["questions"].append(_question_fields(row, path))
    settings = {row.get("key", ""): row.get("value", "") for row in sheets.get("checklist", [])}
    weighted = any(section.get("weight") for section in sections.values())
    found = {
        "key": path.stem,
        "title": settings.get("title") or _languages(settings, "title") or path.stem,
        "total_mode": "weighted_sections" if weighted else "points",
        **{key: value for key, value in settings.items() if value and not key.startswith("title")},
        "sections": list(sections.values()),
    }
    return Record(found, path.name)


def _languages(row: Mapping[str, str], column: str) -> dict[str, str]:
    texts = {code: row.get(f"{column}_{code}", "") for code in ("ru", "en")}
    return {code: text for code, text in texts.items() if text}


def _question_fields(row: Mapping[str, str], path: Path) -> dict[str, Any]:
    place = Record(row, path.name, f"questions[{row['key']}]")
    found: dict[str, Any] = {name: row[name] for name in row if name not in _TAKEN_TOGETHER}
    found["text"] = _languages(row, "text") or row.get("text")
    found["help"] = _languages(row, "help")
    found |= _options_cell(place)
    condition = row.get("shown_when", "")
    if condition.startswith("{"):
        try:
            found["shown_when"] = json.loads(condition)
        except ValueError:
            raise place.wrong("shown_when", "question = answer") from None
    elif condition:
        question, sign, value = condition.partition("=")
        if not sign:
            raise place.wrong("shown_when", "question = answer")
        answers = [part.strip() for part in value.split("|")]
        found["shown_when"] = {"question": question.strip(), "equals": answers}
    return found


def _options_cell(place: Record) -> dict[str, Any]:
    """Read ``scale 1..5 [2]``, ``0..10 [3]; 10.. [0]`` or ``key=English / Русский [1]; …``."""
    cell = place.text("options", "")
    scale = _SCALE.fullmatch(cell)
    if scale:
        low, high, points = scale.groups()
        return {"options": None, "scale": {"min": low, "max": high, "points": points}}
    for pattern, read, name in (
        (_BAND, _band_fields, "bands"),
        (_OPTION, _option_fields, "options"),
    ):
        found = []
        at = 0
        while at < len(cell) and (match := pattern.match(cell, at)) and match.end() > at:
            found.append(read(match))
            at = match.end()
        if cell and at >= len(cell.rstrip()):
            return {"options": None, name: found}
    if cell:
        raise place.wrong("options", "key = text [points]; 0..10 [points]; scale 1..5 [points]")
    return {"options": None}


def _band_fields(match: re.Match[str]) -> dict[str, Any]:
    low, high, points = match.groups()
    return {"from": low, "to": high, "points": points}


def _option_fields(match: re.Match[str]) -> dict[str, Any]:
    key, text, mark = match.groups()
    words = [word.strip() for word in mark.split(",")]
    points = next((word for word in words if re.fullmatch(_NUMBER, word)), str(Decimal(0)))
    return {
        "key": key,
        "text": _bilingual(text),
        "points": points,
        "na": "na" in words,
        "exclusive": "exclusive" in words,
    }


def _bilingual(text: str) -> dict[str, str]:
    """Tell the two languages of "Soap / Мыло" apart by their letters."""
    parts = [part.strip() for part in text.split(" / ")]
    if len(parts) != 2:  # noqa: PLR2004 - one part per language
        return {"en": text, "ru": text}
    first_is_russian = bool(re.search("[а-яё]", parts[0], re.IGNORECASE))
    russian, english = parts if first_is_russian else reversed(parts)
    return {"en": english, "ru": russian}
