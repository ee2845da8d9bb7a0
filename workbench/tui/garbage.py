"""The search for garbage: kept away from what stays in memory, so that it does not stop the keys."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

_OFTEN = 4
"""After so many large screens what they left behind is looked for, which takes some 0.2 s."""

_RARELY = 60
"""After so many looks at what is newer everything is looked through, keys or not; Python's own number is 10."""

_MUCH = 5
"""After so many of them it is worth while in a pause: drawing leaves behind some 7,000 objects for each."""

_left = count(1)


def wait_for_pauses() -> None:
    """Look through everything in a pause of the keys, by :func:`use_pause`: it takes 20 to 50 ms, which is felt."""
    young, older, _oldest = gc.get_threshold()
    gc.set_threshold(young, older, _RARELY)


def use_pause() -> None:
    """Look for garbage everywhere, if there may be much."""
    if gc.get_count()[2] >= _MUCH:
        gc.collect()


@contextmanager
def put_off() -> Iterator[None]:
    """Look for no garbage while much is read at once, nor in it: all that is new stays, and would be looked through at once."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        spare()
        if was:
            gc.enable()


def spare() -> None:
    """Pass over what is in memory by now.

    A long transcript or the texts made ready for a search are some 100,000 objects that stay: looking through them
    would stop the keys for 0.1 s every now and then.
    """
    gc.freeze()


def leave() -> None:
    """Note that a large screen was closed.

    A closed screen refers to itself in circles, so it goes only when it is looked for, also among what was spared.
    """
    if next(_left) % _OFTEN == 0:
        gc.unfreeze()
        gc.collect()
