"""The command line: flags and exit codes over the same services as the terminal interface."""

from __future__ import annotations
