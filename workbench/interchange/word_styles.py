"""The styles by which an exported Word transcript says what is its title, a particular, a turn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class WordStyle:
    """A paragraph style: what a person calls it, and what the file does."""

    name: str

    @property
    def key(self) -> str:
        """The identifier in the file."""
        return self.name.replace(" ", "")


TITLE: Final = WordStyle("Transcript Title")
PARTICULAR: Final = WordStyle("Transcript Particular")
TURN: Final = WordStyle("Transcript Turn")
