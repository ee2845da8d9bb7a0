"""What is said about a recording that cannot be used."""

from __future__ import annotations

from pathlib import Path

from workbench.errors import TranscriptionError
from workbench.i18n import N_
from workbench.transcription import recording_checks as checks


def not_audio(path: Path) -> TranscriptionError:
    """The file is not a recording, whatever its name says."""
    return TranscriptionError(
        "recording-not-audio",
        N_("{file} is not a recording that can be read, or it is damaged."),
        N_("Use WAV, MP3, FLAC, OGG, M4A, MP4, WebM, WMA, AMR or AIFF, or copy the file again."),
        file=path.name,
    )


def why_not(path: Path) -> TranscriptionError:
    """Say why a file could not be opened or decoded."""
    if checks.is_protected(path):
        return protected(path)
    if checks.lacks_index(path):
        return TranscriptionError(
            "recording-unfinished",
            N_(
                "{file} has no index: its recorder stopped before it had finished, or the copy broke off."
            ),
            N_(
                "Copy it again; if that does not help, a repair program for MP4 needs a good file of the same device."
            ),
            file=path.name,
        )
    return not_audio(path)


def protected(path: Path) -> TranscriptionError:
    """The sound is encrypted."""
    return TranscriptionError(
        "recording-protected",
        N_("{file} is protected against copying (DRM); only its shop's player can open it."),
        N_("Ask whoever sold or sent it for a file without protection."),
        file=path.name,
    )


def without_sound(path: Path, *, pictures: bool) -> TranscriptionError:
    """There is not one moment of sound."""
    if pictures:
        return TranscriptionError(
            "recording-silent",
            N_("{file} has pictures but no sound."),
            N_("Add the file that holds the sound."),
            file=path.name,
        )
    return TranscriptionError(
        "recording-without-sound",
        N_("{file} is a recording of nothing: it holds not one moment of sound."),
        N_("Copy the recording again from where it was made."),
        file=path.name,
    )


def truncated(path: Path, *, declared_ms: int, found_ms: int) -> TranscriptionError:
    """The end is missing."""
    return TranscriptionError(
        "recording-truncated",
        N_("{file} is cut short: it promises {declared} s of sound and holds {found} s."),
        N_("Copy the recording again from where it was made."),
        file=path.name,
        declared=round(declared_ms / 1000),
        found=round(found_ms / 1000),
    )


def damaged(path: Path, *, lost_s: float, length_s: float) -> TranscriptionError:
    """Too much of it cannot be decoded."""
    return TranscriptionError(
        "recording-damaged",
        N_("{file} is damaged: {lost} of its {length} s cannot be decoded."),
        N_("Copy the recording again from where it was made."),
        file=path.name,
        lost=round(lost_s),
        length=round(length_s),
    )


def changes(path: Path) -> TranscriptionError:
    """Its parts are of different kinds, which FFmpeg does not follow."""
    return TranscriptionError(
        "recording-changes",
        N_("{file} changes its form in the middle: different recordings were joined in it."),
        N_("Add the parts one by one, or join them with a sound editor."),
        file=path.name,
    )
