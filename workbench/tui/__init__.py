"""The terminal interface: screens over the services, in Textual."""

from __future__ import annotations
