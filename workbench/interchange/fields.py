"""Reading the fields of files that people wrote by hand: each trouble names the file and the field."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

from workbench.errors import InputError
from workbench.i18n import N_, _
from workbench.interchange.files import read_text
from workbench.text.normalize import normalise

_YES: Final = frozenset({"yes", "true", "1", "да", "y", "+"})
_MOST_DIGITS: Final = 15  # before or after the point; more is a slip, and endless to calculate with
_LONGEST_SHOWN: Final = 80
_NO: Final = frozenset({"no", "false", "0", "нет", "n", "-", ""})


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping from a file, with its place in it for messages."""

    data: Mapping[str, Any]
    file: str
    where: str = ""

    def place(self, key: str) -> str:
        """Return the name of a field as a person finds it: ``visits[V01].wave``."""
        return f"{self.where}.{key}" if self.where else key

    def wrong(self, key: str, expected: str) -> InputError:
        """Return the trouble of a field with the wrong type or an unknown value."""
        return InputError(
            "field-wrong",
            N_("{file}: the field {field} is “{value}”; expected: {expected}."),
            N_("Correct it in the file."),
            file=self.file,
            field=self.place(key),
            value=_shown(self.data.get(key)),
            expected=expected,
        )

    def absent(self, key: str) -> InputError:
        """Return the trouble of a field that is not there."""
        return InputError(
            "field-missing",
            N_("{file}: the field {field} is missing."),
            N_("Add it to the file."),
            file=self.file,
            field=self.place(key),
        )

    def has(self, key: str) -> bool:
        """Tell whether a field is there and not empty."""
        value = self.data.get(key)
        return value is not None and value != ""

    def text(self, key: str, default: str | None = None) -> str:
        """Return words; numbers and dates are taken as they are written."""
        value = self.data.get(key)
        if value is None or value == "":
            if default is None:
                raise self.absent(key)
            return default
        if isinstance(value, bool):
            return "yes" if value else "no"
        if not isinstance(value, str | int | float | date):
            raise self.wrong(key, _("words"))
        return normalise(str(value)).strip()

    def optional(self, key: str) -> str | None:
        """Return words, or None where there are none."""
        return self.text(key, "") or None

    def choice(self, key: str, allowed: Sequence[str], default: str | None = None) -> str:
        """Return one of the allowed words."""
        value = self.text(key, default)
        if value not in allowed:
            raise self.wrong(key, ", ".join(allowed))
        return value

    def decimal(self, key: str, default: str | None = None) -> Decimal:
        """Return an exact number."""
        if isinstance(self.data.get(key), bool):
            raise self.wrong(key, _("a number"))
        text = self.text(key, default).replace("\u2212", "-").replace(",", ".")
        try:
            value = Decimal(text.replace("\u00a0", "").replace("\u202f", ""))
        except InvalidOperation:
            raise self.wrong(key, _("a number")) from None
        if not value.is_finite() or abs(value.adjusted()) > _MOST_DIGITS:
            raise self.wrong(key, _("a number"))
        return value

    def optional_decimal(self, key: str) -> Decimal | None:
        """Return an exact number, or None where there is none."""
        return self.decimal(key) if self.has(key) else None

    def whole(self, key: str, default: int | None = None) -> int:
        """Return a whole number."""
        value = self.decimal(key, None if default is None else str(default))
        if value != value.to_integral_value():
            raise self.wrong(key, _("a whole number"))
        return int(value)

    def optional_whole(self, key: str) -> int | None:
        """Return a whole number, or None where there is none."""
        return self.whole(key) if self.has(key) else None

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Return yes or no."""
        if not self.has(key):
            return default
        value = self.data[key]
        word = value.strip().casefold() if isinstance(value, str) else value
        if word is True or word in _YES:
            return True
        if word is False or word in _NO:
            return False
        raise self.wrong(key, _("yes or no"))

    def day(self, key: str) -> date:
        """Return a date."""
        value = self.data.get(key)
        if isinstance(value, date):
            return date(value.year, value.month, value.day)
        try:
            return date.fromisoformat(self.text(key))
        except ValueError:
            raise self.wrong(key, _("a date such as 2026-05-14")) from None

    def optional_day(self, key: str) -> date | None:
        """Return a date, or None where there is none."""
        return self.day(key) if self.has(key) else None

    def optional_moment(self, key: str) -> datetime | None:
        """Return a moment in UTC, or None; without a zone it is taken to be UTC."""
        if not self.has(key):
            return None
        value = self.data[key]
        try:
            moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
            aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            return aware.astimezone(UTC)
        except (ValueError, OverflowError):
            raise self.wrong(key, _("a moment such as 2026-05-14T13:20:00+03:00")) from None

    def texts(self, key: str, default: Mapping[str, str] | None = None) -> Mapping[str, str]:
        """Return one text per language; plain words stand for every language."""
        value = self.data.get(key)
        if value is None or value == "":
            if default is None:
                raise self.absent(key)
            return default
        if isinstance(value, Mapping):
            inner = self.record(key)
            return {str(code): inner.text(str(code), "") for code in value}
        return {code: self.text(key) for code in ("en", "ru")}

    def strings(self, key: str) -> tuple[str, ...]:
        """Return a list of words; one word counts as a list of one."""
        value = self.data.get(key)
        if value is None or value == "":
            return ()
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(";") if part.strip())
        if not isinstance(value, list) or not all(isinstance(i, str | int | float) for i in value):
            raise self.wrong(key, _("a list of words"))
        return tuple(normalise(str(item)).strip() for item in value)

    def record(self, key: str) -> Record:
        """Return a field that has fields of its own; an absent one is empty."""
        value = self.data.get(key)
        if value is None or value == "":
            return Record({}, self.file, self.place(key))
        if not isinstance(value, Mapping):
            raise self.wrong(key, _("fields with names"))
        return Record({str(k): v for k, v in value.items()}, self.file, self.place(key))

    def records(self, key: str, *, named: str = "key") -> Iterator[Record]:
        """Yield the entries of a list of records; ``named`` is the field that tells them apart."""
        value = self.data.get(key)
        if value is None or value == "":
            return
        if not isinstance(value, list):
            raise self.wrong(key, _("a list"))
        for number, item in enumerate(value, start=1):
            name = item.get(named, number) if isinstance(item, Mapping) else number
            place = f"{self.place(key)}[{name}]"
            if not isinstance(item, Mapping):
                raise Record({place: item}, self.file).wrong(place, _("fields with names"))
            yield Record({str(k): v for k, v in item.items()}, self.file, place)


def _shown(value: object) -> str:
    """Return a refused value for a message; a list or mapping may be endless through aliases."""
    plain = isinstance(value, str | int | float | date | Decimal)
    return str(value)[:_LONGEST_SHOWN] if plain else "" if value is None else "…"


def read_yaml(path: Path, *, file: str | None = None, root: str = "") -> Record:
    """Return the fields of a YAML file; a file that is one list becomes the field ``root``."""
    import yaml

    file = file or path.name
    text, _encoding = read_text(path)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        data = yaml.load(text, Loader=_strict(loader, file))  # noqa: S506 - a safe loader
    except (yaml.YAMLError, RecursionError, ValueError) as trouble:
        raise _syntax(file, _first_line(trouble)) from None
    if isinstance(data, list) and root:
        data = {root: data}
    if not isinstance(data, Mapping):
        raise _syntax(file, _("fields with names"))
    return Record({str(key): value for key, value in data.items()}, file)


def _strict(loader: Any, file: str) -> Any:
    """Return a loader that refuses a field given twice, of which YAML would quietly keep the last."""

    class Strict(loader):  # type: ignore[misc]
        def construct_mapping(self, node: Any, deep: bool = False) -> Any:
            keys = [key.value for key, _value in node.value if isinstance(key.value, str)]
            for place, (key, _value) in enumerate(node.value):
                if key.value in keys[:place] and key.value != "<<":
                    raise InputError(
                        "field-twice",
                        N_("{file}: the field {field} is given twice, again in line {line}."),
                        N_("Take one of the two out."),
                        file=file,
                        field=key.value,
                        line=key.start_mark.line + 1,
                    )
            return super().construct_mapping(node, deep=deep)

    return Strict


def read_toml(path: Path, *, file: str | None = None) -> Record:
    """Return the fields of a TOML file."""
    file = file or path.name
    text, _encoding = read_text(path)
    try:
        return Record(tomllib.loads(text.lstrip("\ufeff").replace("\r\n", "\n")), file)
    except (tomllib.TOMLDecodeError, RecursionError) as trouble:
        raise _syntax(file, str(trouble)) from None


def _first_line(trouble: Exception) -> str:
    mark = getattr(trouble, "problem_mark", None)
    problem = getattr(trouble, "problem", None) or str(trouble).split("\n", 1)[0]
    return f"{problem} ({mark.line + 1}:{mark.column + 1})" if mark else str(problem)


def _syntax(file: str, detail: str) -> InputError:
    return InputError(
        "file-syntax",
        N_("{file} cannot be understood: {detail}."),
        N_("Correct it in a text editor at that place."),
        file=file,
        detail=detail,
    )
