"""A report's own language: its sentences, counts, dates and numbers, whatever the interface speaks."""

from __future__ import annotations

import datetime as dt
import gettext
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Self

from workbench.i18n import catalogue

NBSP = "\u00a0"
_LOCALES = {"en": "en_GB", "ru": "ru_RU"}
_BEFORE_DASH = re.compile(r" (?=[—–])")
_AFTER_NUMBER = re.compile(r"(?<=\d) (?=[^\W\d_])")
_AFTER_SIGN = re.compile(r"(?<=[№§]) (?=\w)")


def tie(text: str) -> str:
    """Return our own sentence with unbreakable spaces before dashes and between number and noun."""
    for place in (_BEFORE_DASH, _AFTER_NUMBER, _AFTER_SIGN):
        text = place.sub(NBSP, text)
    return text


class Words(str):
    """Words of a customer (or a piece of them): what a report prints of them is read back.

    Attributes:
        whole: the whole quote this is a piece of.
    """

    __slots__ = ("whole",)
    whole: str

    def __new__(cls, text: str, whole: str | None = None) -> Self:
        """Keep the piece as the text and the quote it belongs to beside it."""
        words = super().__new__(cls, text)
        words.whole = text if whole is None else whole
        return words


class Wording:
    """Sentences, dates and numbers in the language of one report."""

    def __init__(self, language: str, translations: gettext.NullTranslations | None = None) -> None:
        """Take the report's language; ``translations`` replaces the program's own catalogue."""
        self.language = language
        self._locale = _LOCALES.get(language, language)
        self._translations = catalogue(language) if translations is None else translations

    def gettext(self, message: str) -> str:
        """Return a sentence of the program in the report's language."""
        return tie(self._translations.gettext(message))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """Return the form of a counted sentence that fits ``n``."""
        return tie(self._translations.ngettext(singular, plural, n))

    def date(self, value: dt.date | None) -> str:
        """Return a date as running text has it: 14 May 2026."""
        if value is None:
            return ""
        from babel.dates import format_date

        return format_date(value, "d MMMM y", locale=self._locale).replace(" ", NBSP)

    def day(self, value: dt.date | None) -> str:
        """Return a date as a table has it, short and of one width: 14.05.2026."""
        return "" if value is None else f"{value:%d.%m.%Y}"

    def period(self, start: dt.date | None, end: dt.date | None) -> str:
        """Return a period: 4–20 May 2026; one date where only one is known."""
        if start is None or end is None or start == end:
            return self.date(start or end)
        if (start.year, start.month) == (end.year, end.month):
            return f"{start.day}–{self.date(end)}"
        if start.year == end.year:
            from babel.dates import format_date

            first = format_date(start, "d MMMM", locale=self._locale).replace(" ", NBSP)
            return f"{first}{NBSP}– {self.date(end)}"
        return f"{self.date(start)}{NBSP}– {self.date(end)}"

    def number(self, value: Decimal | float, digits: int = 1) -> str:
        """Return a number rounded half up, with the language's decimal mark and a true minus."""
        from babel.numbers import format_decimal

        exact = Decimal(value) if not isinstance(value, float) else Decimal(str(value))
        rounded = exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        text = format_decimal(abs(rounded), format=pattern, locale=self._locale)
        return f"\u2212{text}" if rounded < 0 else text

    def plain(self, value: Decimal | float) -> str:
        """Return a number with only the digits it has: 34, 7.5."""
        exact = Decimal(str(value))
        whole = exact == exact.to_integral_value()
        return self.number(
            exact, 0 if whole else min(2, -int(exact.normalize().as_tuple().exponent))
        )

    def share(self, value: float) -> str:
        """Return a share as whole per cent: 64 %; never used for shares of a few people."""
        space = "" if self.language == "en" else NBSP
        return f"{round(value * 100)}{space}%"

    def change(self, value: Decimal | None) -> str:
        """Return a change with its sign: +6.3, −2.0, 0.0; nothing where it is not known."""
        if value is None:
            return ""
        text = self.number(value)
        return text if text.startswith("\u2212") or not text.strip("0.,") else f"+{text}"

    def clock(self, milliseconds: int | None) -> str:
        """Return a place in a recording: 00:12:08."""
        if milliseconds is None:
            return ""
        seconds = milliseconds // 1000
        return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"

    def fill(self, message: str, **values: Any) -> str:
        """Return a sentence of the program, translated and filled."""
        return self.gettext(message).format(**values)
