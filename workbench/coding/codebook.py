"""The codebook as a tree: order, paths, moving without cycles, unique names, and merging."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from workbench.errors import InputError
from workbench.i18n import N_
from workbench.text.fold import fold
from workbench.text.normalize import normalise

MARKS: Final[Mapping[str, str]] = {"theme": "●", "barrier": "▲", "strength": "+", "need": "◆"}
"""The shape of each kind: readable without colour."""

KINDS: Final = tuple(MARKS)
SEPARATOR: Final = " / "
_SHORTEST_ID: Final = 6  # signs of its end that are enough to name a code; shown are eight

Direction = Literal["up", "down", "out", "under"]
"""One step of a code in the tree."""


@dataclass(frozen=True, slots=True)
class Node:
    """One code in the tree; ``id`` is whatever identifies it where it is kept."""

    id: str
    parent_id: str | None
    name: str
    kind: str = "theme"
    ordinal: int = 0
    colour: int = 0
    """Its number in the palette."""


class Codebook:
    """All codes of a project, arranged."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        """Arrange the nodes; one whose parent is missing or is its own descendant counts as a root."""
        self.nodes = {node.id: node for node in nodes}
        self._children: dict[str | None, list[Node]] = {}
        self._parents: dict[str, str | None] = {}
        rooted = self._rooted()
        for node in self.nodes.values():
            parent = node.parent_id if node.id in rooted else None
            self._parents[node.id] = parent
            self._children.setdefault(parent, []).append(node)
        for children in self._children.values():
            children.sort(key=lambda node: (node.ordinal, fold(node.name), node.id))

    def _rooted(self) -> frozenset[str]:
        """Return the nodes whose parent is known and whose ancestors do not run in a circle."""
        good: set[str] = set()
        for node in self.nodes.values():
            parent = node.parent_id
            seen = {node.id}
            while parent in self.nodes and parent not in seen:
                seen.add(parent)
                parent = self.nodes[parent].parent_id
            if node.parent_id in self.nodes and parent not in seen:
                good.add(node.id)
        return frozenset(good)

    def __len__(self) -> int:
        return len(self.nodes)

    def children(self, node_id: str | None) -> Sequence[Node]:
        """Return the codes directly under one, or the roots, in order."""
        return tuple(self._children.get(node_id, ()))

    def walk(self, node_id: str | None = None) -> Iterator[tuple[Node, int]]:
        """Yield the codes under one (or all) depth first, each with its depth."""
        waiting = [(child, 0) for child in reversed(self.children(node_id))]
        while waiting:
            node, depth = waiting.pop()
            yield node, depth
            waiting.extend((child, depth + 1) for child in reversed(self.children(node.id)))

    def subtree(self, node_id: str) -> tuple[str, ...]:
        """Return a code and everything under it, depth first."""
        return (self.node(node_id).id, *(node.id for node, _depth in self.walk(node_id)))

    def ancestors(self, node_id: str) -> tuple[Node, ...]:
        """Return what a code lies under, from the root down."""
        above: list[Node] = []
        parent = self.node(node_id).parent_id
        while parent in self.nodes and len(above) < len(self.nodes):
            above.append(self.nodes[parent])
            parent = self.nodes[parent].parent_id
        return tuple(reversed(above))

    def path(self, node_id: str) -> str:
        """Return ``A / B / C``."""
        names = [*(node.name for node in self.ancestors(node_id)), self.node(node_id).name]
        return SEPARATOR.join(names)

    def node(self, node_id: str) -> Node:
        """Return the code with an id; an unknown one is an InputError."""
        if node_id not in self.nodes:
            raise InputError(
                "code-unknown",
                N_("There is no code “{name}”."),
                N_("See the codebook for the codes there are."),
                name=node_id,
            )
        return self.nodes[node_id]

    def named(self, name: str) -> tuple[Node, ...]:
        """Return the codes with a name or a path, whatever its case, in the order of the tree.

        Where there is none so written, spaces around a slash make no difference.
        """
        for key in (_key, _loose_key):
            wanted = key(name)
            nodes = (node for node, _depth in self.walk())
            found = [node for node in nodes if wanted in {key(node.name), key(self.path(node.id))}]
            if found:
                return tuple(found)
        return ()

    def one_named(self, name: str) -> str | None:
        """Return the id of the code with a name, a path, an id or the end of one; None if there is none.

        Raises:
            InputError: ``code-ambiguous`` when there are several.
        """
        if name in self.nodes:
            return name
        found = [node.id for node in self.named(name)]
        if not found and len(name) >= _SHORTEST_ID:
            found = [code_id for code_id in self.nodes if code_id.endswith(name.casefold())]
        if len(found) > 1:
            raise InputError(
                "code-ambiguous",
                N_("Several codes are called “{name}”: {paths}."),
                N_("Name the one you mean by its path, or by the identifier behind it."),
                name=name,
                paths="; ".join(f"{self.path(code_id)} ({code_id[-8:]})" for code_id in found),
            )
        return found[0] if found else None

    def check_name(self, name: str, *, parent_id: str | None, node_id: str | None = None) -> str:
        """Return the name to keep, or refuse an empty one and one a sibling already has."""
        clean = " ".join(normalise(name).split())
        if not clean:
            raise InputError(
                "code-name-empty", N_("A code needs a name."), N_("Type at least one letter.")
            )
        kept = node_id is not None and self.node(node_id).name == clean
        if SEPARATOR in clean and not kept:
            raise InputError(
                "code-name-path",
                N_("“{name}” is no name: “ / ” stands between a code and one below it."),
                N_("Make the upper code first, or write the slash without spaces around it."),
                name=clean,
            )
        for sibling in self.children(parent_id):
            if sibling.id != node_id and fold(sibling.name) == fold(clean):
                raise InputError(
                    "code-name-taken",
                    N_("There is already a code “{name}” in this place."),
                    N_("Choose another name, or merge the two codes."),
                    name=sibling.name,
                )
        return clean

    def check_move(self, node_id: str, *, parent_id: str | None) -> None:
        """Refuse to put a code under itself, under its own subtree, or beside a namesake."""
        node = self.node(node_id)
        if parent_id is not None:
            self.node(parent_id)
            if parent_id in self.subtree(node_id):
                raise InputError(
                    "code-cycle",
                    N_("The code “{name}” cannot be moved under itself."),
                    N_("Choose a place outside of it."),
                    name=node.name,
                )
        self.check_name(node.name, parent_id=parent_id, node_id=node_id)

    def step(self, node_id: str, direction: Direction) -> tuple[str | None, int] | None:
        """Return where a code stands after one step: its new parent and its place there; None where it cannot go.

        ``up`` and ``down`` are among its siblings, ``out`` is behind its parent, ``under`` is last under the
        sibling above it.
        """
        node = self.node(node_id)
        parent = self.parent(node_id)
        siblings = [sibling.id for sibling in self.children(parent)]
        place = siblings.index(node.id)
        if direction == "up":
            return (parent, place - 1) if place else None
        if direction == "down":
            return (parent, place + 1) if place + 1 < len(siblings) else None
        if direction == "out":
            if parent is None:
                return None
            above = self.parent(parent)
            return above, [sibling.id for sibling in self.children(above)].index(parent) + 1
        return (siblings[place - 1], len(self.children(siblings[place - 1]))) if place else None

    def parent(self, node_id: str) -> str | None:
        """Return the code that another one stands under; None at the top."""
        return self._parents.get(node_id)

    def merge_plan(self, from_id: str, *, into_id: str) -> MergePlan:
        """Return what must happen so that one code becomes part of another.

        Codings of ``from_id`` become codings of ``into_id``; its children move under it; a child
        with the name of one that is already there is merged into that one, and so on down.
        """
        source, target = self.node(from_id), self.node(into_id)
        if into_id in self.subtree(from_id):
            raise InputError(
                "code-merge-cycle",
                N_("The code “{name}” cannot be merged into itself or into a code under it."),
                N_("Move the lower code out first."),
                name=source.name,
            )
        recode: dict[str, str] = {}
        moves: dict[str, str] = {}
        waiting = [(source, target)]
        while waiting:
            old, new = waiting.pop()
            recode[old.id] = new.id
            present = {fold(c.name): c for c in self.children(new.id) if c.id not in recode}
            for child in self.children(old.id):
                namesake = present.get(fold(child.name))
                if namesake is None:
                    moves[child.id] = new.id
                    present[fold(child.name)] = child
                else:
                    waiting.append((child, namesake))
        return MergePlan(recode=recode, moves=moves, removed=tuple(recode))


@dataclass(frozen=True, slots=True)
class MergePlan:
    """Codings to re-point (old code → new), codes to move (code → new parent), codes to remove."""

    recode: Mapping[str, str]
    moves: Mapping[str, str]
    removed: tuple[str, ...]


def code_frozen(name: str) -> InputError:
    """Return the trouble of a code that is agreed upon and stays as it is."""
    return InputError(
        "code-frozen",
        N_("The code “{name}” is frozen: it can be put on words, but not changed."),
        N_("Unfreeze it first: z in the codebook, or workbench code freeze CODE --off."),
        name=name,
    )


def codebook_frozen() -> InputError:
    """Return the trouble of a codebook that is agreed upon and stays as it is."""
    return InputError(
        "codebook-frozen",
        N_("The codebook is frozen: its codes can be put on words, but not changed."),
        N_("Unfreeze it first: Z in the codebook, or workbench code freeze --off."),
    )


def short_names(paths: Iterable[str]) -> dict[str, str]:
    """Return for each path the name of its code, or the path itself where several codes are named so."""
    names = {path: path.rpartition(SEPARATOR)[2] for path in paths}
    known = Counter(names.values())
    return {path: name if known[name] == 1 else path for path, name in names.items()}


def _key(name: str) -> str:
    return fold(" ".join(name.split()))


def _loose_key(name: str) -> str:
    return _key(name.replace("/", SEPARATOR))
