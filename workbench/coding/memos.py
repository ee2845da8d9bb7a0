"""How the memos of several coders on one quote are told."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.models.memo_views import MemoView


def told_memos(memos: Iterable[MemoView], *, reader: str) -> str:
    """Return all memos on something as one text: first the reader's own, without a name, then others' with theirs.

    Args:
        memos: what is noted.
        reader: who reads; nobody in a file that many may read.
    """
    ordered = sorted(memos, key=lambda memo: (memo.coder != reader, memo.coder != "", memo.coder))
    return "\n\n".join(
        memo.text if memo.coder in ("", reader) else f"{memo.coder}: {memo.text}"
        for memo in ordered
    )
