"""Lines of a form, scrolled together where there are more than fit."""

from __future__ import annotations

from textual.containers import VerticalScroll


class FieldList(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Scrolls to the line that has the focus; the arrow keys stay those of the form and go from line to line."""
