"""Verbs: one method is one user action, one transaction and one journal entry."""

from __future__ import annotations
