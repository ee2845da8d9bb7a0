"""What the command line speaks of: a static table, so that help needs no other module of ours."""

from __future__ import annotations

from dataclasses import dataclass
from keyword import iskeyword

from workbench.i18n import N_


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun or a command of its own: ``source`` stands for ``workbench.cli.source``."""

    name: str
    help: str

    @property
    def module(self) -> str:
        """Where its commands are."""
        return f"workbench.cli.{self.name}{'_' if iskeyword(self.name) else ''}"


NOUNS: dict[str, Noun] = {
    noun.name: noun
    for noun in (
        Noun("demo", N_("Make a sample project, transcribe, code, score and report it.")),
        Noun("project", N_("Projects: make, list, back up, restore, delete.")),
        Noun("source", N_("Sources: add files, list, read, correct, remove.")),
        Noun("import", N_("Import transcripts, documents, reviews and recordings.")),
        Noun("transcribe", N_("Turn recordings into transcripts.")),
        Noun("queue", N_("Recordings that wait to be transcribed: order, pause, cancel.")),
        Noun("export", N_("Export transcripts to Word, text, subtitles or JSON.")),
        Noun("transcript", N_("Transcripts: read by turns, correct, cut, join, say who speaks.")),
        Noun("code", N_("The codebook: themes, barriers, strengths, needs.")),
        Noun("quote", N_("Quotes: code the words of a source.")),
        Noun("progress", N_("How far coding is, and how long the rest takes.")),
        Noun("search", N_("Find words in all sources, or passages like those of a code.")),
        Noun("words", N_("Count the words that were said.")),
        Noun("query", N_("Saved queries: keep, list, forget.")),
        Noun("memo", N_("Memos on quotes, codes, sources and the project.")),
        Noun("coder", N_("Coders: who coded, where two differ, settling it.")),
        Noun("analyse", N_("Figures about what was coded.")),
        Noun("person", N_("Respondents under pseudonyms.")),
        Noun("goal", N_("What the company wants, with numbers and dates.")),
        Noun("wave", N_("Waves of collecting and measuring.")),
        Noun("stage", N_("The customer journey: stages and touchpoints.")),
        Noun("barrier", N_("Barriers: what keeps customers away, and why.")),
        Noun("answer", N_("Answers to the company's three questions.")),
        Noun("recommendation", N_("What to do about the barriers.")),
        Noun("metric", N_("Measured values of NPS, CSAT and the like.")),
        Noun("shop", N_("Mystery shopping: locations, checklists, visits, scores.")),
        Noun("report", N_("Word reports: templates, checks, building.")),
        Noun("history", N_("The journal: see, undo, redo.")),
        Noun("models", N_("Whisper models on this machine.")),
        Noun("settings", N_("Your preferences.")),
        Noun("sample", N_("The sample projects that come with the program.")),
        Noun("doctor", N_("Check what is installed and where things are.")),
    )
}
"""Every noun and command by name, in the order help lists them."""
