"""Tables, validated drafts and frozen views: what the workbench knows about."""

from __future__ import annotations
