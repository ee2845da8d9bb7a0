"""Whether a graphics card can recognise speech; torch is not loaded for that."""

from __future__ import annotations


def cuda_devices() -> int:
    """Return how many graphics cards CTranslate2 can use; 0 where it is not installed or cannot say."""
    try:
        import ctranslate2

        return int(ctranslate2.get_cuda_device_count())
    except (ImportError, RuntimeError, OSError):
        return 0
