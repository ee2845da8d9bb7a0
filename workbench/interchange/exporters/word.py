"""Word: a transcript to hand to a client, with its particulars, speakers in bold and times in grey."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from workbench.i18n import N_
from workbench.interchange.clock import stamp
from workbench.interchange.exporter import (
    SUSPECTED_MARK,
    ExportedTranscript,
    ExportedTurn,
    ExportOptions,
)
from workbench.interchange.word_pages import (
    ACCENT,
    GREY,
    fit,
    number_pages,
    set_font,
    set_language,
    set_page,
)
from workbench.interchange.word_styles import PARTICULAR, TITLE, TURN

if TYPE_CHECKING:
    from gettext import NullTranslations

_TIME: Final = "Transcript Time"
_SPEAKER: Final = "Transcript Speaker"
_MARK: Final = "Transcript Mark"
_INDENT_CM: Final = 2.1
_KEPT_TOGETHER: Final = 900  # characters; a longer turn may go over to the next page
_LOCALES: Final = {"en": "en_GB", "ru": "ru_RU"}
_ROLES: Final = {"interviewer": N_("interviewer"), "respondent": N_("respondent")}


class Word:
    """Writes .docx."""

    name = "docx"
    suffix = ".docx"
    description = N_("Word document to read or to hand to a client")
    needs_times = False
    conventions: tuple[str, ...] = ()

    def render(self, transcript: ExportedTranscript, options: ExportOptions) -> bytes:
        """Return the document: title, particulars, a paragraph a turn."""
        from docx import Document

        words = options.wording(transcript)
        document = Document()
        _set_up(document, transcript)
        document.add_paragraph(fit(transcript.title), style=TITLE.name)
        for name, value in _particulars(transcript, options, words):
            paragraph = document.add_paragraph(style=PARTICULAR.name)
            paragraph.add_run(f"{name}: ", style=_TIME)
            paragraph.add_run(fit(value))
        timed = any(turn.start_ms is not None for turn in transcript.turns)
        for turn in transcript.turns:
            _add_turn(document, turn, words.gettext(SUSPECTED_MARK), timed=timed)
        number_pages(document, _TIME)
        buffer = io.BytesIO()
        document.save(buffer)
        return buffer.getvalue()


def _particulars(
    transcript: ExportedTranscript, options: ExportOptions, words: NullTranslations
) -> list[tuple[str, str]]:
    """Return what is known about the recording and how the text was made, as names and values."""
    from babel.dates import format_date

    say = words.gettext
    found: list[tuple[str, str]] = []
    if transcript.date is not None:
        locale = _LOCALES.get(options.spoken(transcript), "en_GB")
        found.append((say(N_("Date")), format_date(transcript.date, "d MMMM y", locale=locale)))
    if transcript.person:
        found.append((say(N_("Person")), transcript.person))
    if transcript.duration_ms:
        found.append((say(N_("Length")), stamp(transcript.duration_ms)))
    if transcript.speakers:
        voices = [
            f"{voice.label} ({say(_ROLES[voice.role])})" if voice.role in _ROLES else voice.label
            for voice in transcript.speakers
        ]
        found.append((say(N_("Speakers")), ", ".join(voices)))
    if transcript.transcribed_by:
        found.append((say(N_("Transcribed by")), transcript.transcribed_by))
    if options.clean:
        found.append((say(N_("Text")), say(N_("without hesitations and stutters"))))
    if transcript.suspected_left_out:
        count = transcript.suspected_left_out
        said = words.ngettext(
            "{count} turn that was perhaps never said",
            "{count} turns that were perhaps never said",
            count,
        )
        found.append((say(N_("Left out")), said.format(count=count)))
    return found


def _add_turn(document: Any, turn: ExportedTurn, mark: str, *, timed: bool) -> None:
    from docx.shared import Cm

    paragraph = document.add_paragraph(style=TURN.name)
    if timed:
        shape = paragraph.paragraph_format
        shape.left_indent, shape.first_line_indent = Cm(_INDENT_CM), Cm(-_INDENT_CM)
        shape.tab_stops.add_tab_stop(Cm(_INDENT_CM))
        time = stamp(turn.start_ms) if turn.start_ms is not None else ""
        paragraph.add_run(f"{time}\t", style=_TIME)
    if turn.speaker:
        paragraph.add_run(fit(f"{' '.join(turn.speaker.split())}:"), style=_SPEAKER)
        paragraph.add_run(" ")
    paragraph.add_run(fit(turn.text))  # python-docx writes a line feed as a line break
    if turn.suspected:
        paragraph.add_run(f" {mark}", style=_MARK)
    paragraph.paragraph_format.keep_together = len(turn.text) <= _KEPT_TOGETHER


def _set_up(document: Any, transcript: ExportedTranscript) -> None:
    """Give the document an A4 page, our styles, and the particulars that Word shows in the file's properties."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor

    set_page(document)
    styles = document.styles
    normal = styles["Normal"]
    set_font(normal, 11)
    normal.paragraph_format.space_after = Pt(0)
    for known in (TITLE, PARTICULAR, TURN):
        style = styles.add_style(known.name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.quick_style = True
    title, particular, turn = (styles[known.name] for known in (TITLE, PARTICULAR, TURN))
    set_font(title, 18)
    title.font.bold = True
    title.font.color.rgb = RGBColor.from_string(ACCENT)
    title.paragraph_format.space_after = Pt(8)
    title.paragraph_format.keep_with_next = True
    set_font(particular, 10)
    particular.paragraph_format.space_after = Pt(2)
    turn.paragraph_format.space_before = Pt(7)
    turn.paragraph_format.line_spacing = 1.12
    turn.paragraph_format.widow_control = True
    for name, size in ((_TIME, 9), (_SPEAKER, 11), (_MARK, 9)):
        style = styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        set_font(style, size)
        if name == _SPEAKER:
            style.font.bold = True
        else:
            style.font.color.rgb = RGBColor.from_string(GREY)
            style.font.italic = name == _MARK
    set_language(normal, transcript.language)
    core = document.core_properties
    core.title = fit(transcript.title)[:255]
    core.author = core.last_modified_by = core.comments = ""
    core.language = transcript.language
    moment = datetime.combine(transcript.date or datetime(2000, 1, 1).date(), datetime.min.time())  # noqa: DTZ001 - a day has no zone
    core.created = core.modified = moment


EXPORTER = Word()
