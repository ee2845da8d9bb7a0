"""The language a person reads: gettext catalogues, chosen once and switched live."""

from __future__ import annotations

import gettext
import locale
import os
from pathlib import Path

LANGUAGES = {"en": "English", "ru": "Русский"}
"""Languages of the interface and of reports; English is the source language."""

_DOMAIN = "workbench"
_FOLDER = Path(__file__).parent / "translations"


class _State:
    """The one language in force; a class attribute so that every module sees a switch at once."""

    code = "en"
    catalogue: gettext.NullTranslations = gettext.NullTranslations()


def N_(message: str) -> str:  # noqa: N802 - gettext's own name
    """Mark a sentence for extraction and return it unchanged; ``_`` translates it where it is shown."""
    return message


def _(message: str) -> str:
    """Return the sentence in the language in force."""
    return _State.catalogue.gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """Return the form of a counted sentence that fits ``n`` in the language in force."""
    return _State.catalogue.ngettext(singular, plural, n)


def language() -> str:
    """Return the code of the language in force: ``en`` or ``ru``."""
    return _State.code


def set_language(code: str) -> None:
    """Switch the language of everything shown from now on; an unknown code means English."""
    _State.code = code if code in LANGUAGES else "en"
    _State.catalogue = catalogue(_State.code)


def catalogue(code: str) -> gettext.NullTranslations:
    """Return the catalogue of one language, for texts that do not follow the interface (reports)."""
    return gettext.translation(_DOMAIN, localedir=_FOLDER, languages=[code], fallback=True)


def decimal_text(number: object) -> str:
    """Return a number with the decimal mark of the language in force: 7.5, in Russian 7,5."""
    text = str(number)
    return text.replace(".", ",") if _State.code == "ru" else text


def preferred_language(*choices: str | None) -> str:
    """Return the first usable choice, else ``WORKBENCH_LANG``, else the system's language, else English."""
    system = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    if not system:
        system = locale.getlocale()[0]
    for choice in (*choices, os.environ.get("WORKBENCH_LANG"), system):
        code = (choice or "").replace("-", "_").split("_")[0].split(".")[0].lower()
        if code in LANGUAGES:
            return code
    return "en"
