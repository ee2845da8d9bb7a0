"""One module per format of transcripts that can be written; each has an object ``EXPORTER``."""

from __future__ import annotations
