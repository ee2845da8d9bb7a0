"""Mystery shopping on paper: checklists, answers, scores, roll-ups and the way of a visit."""

from __future__ import annotations
