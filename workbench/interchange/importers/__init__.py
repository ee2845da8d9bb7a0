"""One file per format that can be imported; each holds an ``IMPORTER``."""

from __future__ import annotations
