"""One module a format that quotes can be exported to; see ``workbench.interchange.quote_exporter``."""

from __future__ import annotations
