"""Whether a graphics card can recognise speech; torch is not loaded for that."""

from __future__ import annotations

from workbench.errors import TranscriptionError
from workbench.i18n import N_


def cuda_devices() -> int:
    """Return how many graphics cards CTranslate2 can use; 0 where it is not installed or cannot say."""
    try:
        import ctranslate2

        return int(ctranslate2.get_cuda_device_count())
    except (ImportError, RuntimeError, OSError):
        return 0


def unusable(detail: str) -> TranscriptionError:
    """Say that the graphics card that was asked for does not work."""
    return TranscriptionError(
        "graphics-card",
        N_("The graphics card cannot be used: {detail}."),
        N_("Install its driver and CUDA libraries, or: workbench settings set device auto"),
        detail=detail,
    )
