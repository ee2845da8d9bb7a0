"""The database and the project folder: everything that has a SELECT, a session or a lock."""

from __future__ import annotations
