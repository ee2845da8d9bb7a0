"""Other people's file formats: transcripts, tables, checklists and sample projects in and out."""

from __future__ import annotations
