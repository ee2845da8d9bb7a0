"""Writes the Word templates that come with the program: ``python scripts/make_templates.py [FOLDER]``.

One description makes the template of every language, so that they never drift apart; the files
are equal byte for byte when nothing changed.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from word_templates import client_report, parts  # noqa: E402 - found through the line above

from workbench.reports.wording import tie  # noqa: E402

TAGS = {"en": "en-GB", "ru": "ru-RU"}


def make(language: str) -> bytes:
    """Return the client report's template in one language."""

    def say(english: str, russian: str) -> str:
        return tie(russian if language == "ru" else english)

    return parts.package(client_report.document(say), client_report.margins(say), TAGS[language])


def main() -> None:
    """Write every template into the project's ``templates`` folder, or the folder given."""
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "templates"
    for language in TAGS:
        target = root / language / "client_report.docx"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(make(language))
        print(target)


if __name__ == "__main__":
    main()
