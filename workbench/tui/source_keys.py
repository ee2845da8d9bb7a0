"""What can be done on the screen of interviews: its commands, in the order of the footer."""

from __future__ import annotations

from workbench.i18n import N_
from workbench.tui.commands import Command

COMMANDS = (
    Command(
        "interviews.add",
        "a",
        N_("Add"),
        N_("Add a recording, a transcript, reviews or answers from a file."),
        verb="source.add",
    ),
    Command("interviews.open", "enter", N_("Open"), N_("Read and code the source.")),
    Command(
        "interviews.review",
        "r",
        N_("Transcript"),
        N_("Listen to the recording and correct its words."),
    ),
    Command(
        "interviews.transcribe",
        "t",
        N_("Transcribe"),
        N_("Turn the recording into words; several wait for each other."),
        verb="transcription.queue",
    ),
    Command(
        "interviews.pause",
        "p",
        N_("Pause"),
        N_("Let the recording wait until you resume it; what is done is kept."),
        verb="transcription.pause",
    ),
    Command(
        "interviews.resume",
        "p",
        N_("Resume"),
        N_("Let a recording go on that was paused, cancelled or failed."),
        verb="transcription.resume",
    ),
    Command(
        "interviews.cancel",
        "x",
        N_("Cancel"),
        N_("Take the recording out of the queue; what is done is kept."),
        verb="transcription.cancel",
    ),
    Command(
        "interviews.earlier",
        "plus",
        N_("Earlier"),
        N_("Let the waiting recording have its turn before the one above it."),
        verb="transcription.prioritise",
    ),
    Command(
        "interviews.later",
        "minus",
        N_("Later"),
        N_("Let the waiting recording have its turn after the one below it."),
        verb="transcription.prioritise",
    ),
    Command(
        "interviews.edit",
        "e",
        N_("Edit"),
        N_("Change title, kind, language, person and wave of the source."),
        verb="source.edit",
    ),
    Command(
        "interviews.speakers",
        "s",
        N_("Speakers"),
        N_("Say who the voices are; every turn shows it."),
        verb="source.speaker",
    ),
    Command(
        "interviews.export",
        "w",
        N_("Export"),
        N_("Write the transcript as Word, text, subtitles or JSON."),
        verb="transcript.export",
    ),
    Command(
        "interviews.recount",
        "",
        N_("Count voices anew"),
        N_("Tell the voices of the recording apart anew, as so many as you say."),
        verb="source.recount",
        show=False,
    ),
    Command(
        "interviews.transcribe_all",
        "T",
        N_("Transcribe all"),
        N_("Put every recording without a transcript into the queue."),
        verb="transcription.run",
    ),
    Command(
        "interviews.options",
        "o",
        N_("Options"),
        N_("Transcribe with another model, language or number of speakers; also once more."),
        verb="transcription.run",
    ),
    Command(
        "interviews.vocabulary",
        "v",
        N_("Vocabulary"),
        N_(
            "List the names of brands and products that are spoken of, so that they are recognised."
        ),
        verb="project.vocabulary",
    ),
    Command(
        "interviews.first",
        "",
        N_("To the front"),
        N_("Let the waiting recording be the next."),
        verb="transcription.prioritise",
        show=False,
    ),
    Command(
        "interviews.remove",
        "delete",
        N_("Remove"),
        N_("Remove the source with its quotes and codings."),
        verb="source.remove",
    ),
)

ON_A_SOURCE = frozenset(
    [
        *(
            "open",
            "edit",
            "remove",
            "speakers",
            "recount",
            "transcribe",
            "options",
            "review",
            "export",
        ),
        *("pause", "resume", "cancel", "earlier", "later", "first"),
    ]
)
"""Commands that need a source under the cursor."""
