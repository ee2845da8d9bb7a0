"""The fence around templates: what a stranger's template may say, and how much."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from jinja2 import StrictUndefined, Undefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from workbench.i18n import _

MAX_CHARACTERS = 200_000_000
"""A report of 2,000 quotes is about 5 million characters of XML; more than 40 times that is an attack."""

MAX_TEXT = 10_000_000
"""Characters of one text; a two-hour interview has some 120,000."""

MAX_SECONDS = 120.0
"""A report of 2,000 quotes takes less than a second."""

_MAX_REPEAT = 10_000
_PLAIN = (str, int, float, bool, list, dict, tuple, type(None))
_FILTERS = frozenset(
    {
        "abs",
        "batch",
        "capitalize",
        "count",
        "default",
        "d",
        "e",
        "escape",
        "first",
        "float",
        "groupby",
        "int",
        "items",
        "join",
        "last",
        "length",
        "list",
        "lower",
        "map",
        "max",
        "min",
        "reject",
        "rejectattr",
        "replace",
        "reverse",
        "round",
        "select",
        "selectattr",
        "slice",
        "sort",
        "string",
        "sum",
        "title",
        "trim",
        "truncate",
        "unique",
        "upper",
        "wordcount",
    }
)


class _Guards(NodeTransformer):
    """Puts calls of the sandbox's guards into a parsed template, where no template can reach them."""

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802 - named after the node
        """Let every turn of a loop look at the clock."""
        self.generic_visit(node)
        node.body.insert(0, nodes.ExprStmt(_guard("tick", [], node.lineno), lineno=node.lineno))
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Call:  # noqa: N802
        """Let every text joined by ``~`` be measured."""
        self.generic_visit(node)
        return _guard("limited", [node], node.lineno)

    def visit_Filter(self, node: nodes.Filter) -> nodes.Call:  # noqa: N802
        """Let every result of a filter be measured."""
        self.generic_visit(node)
        return _guard("limited", [node], node.lineno)

    def visit_FilterBlock(self, node: nodes.FilterBlock) -> nodes.FilterBlock:  # noqa: N802
        """Leave the filter of a block in its place; only its body is guarded."""
        node.body = [self.visit(child) for child in node.body]
        return node

    def visit_AssignBlock(self, node: nodes.AssignBlock) -> nodes.AssignBlock:  # noqa: N802
        """Leave the filter of a block in its place; only its body is guarded."""
        node.body = [self.visit(child) for child in node.body]
        return node


def _guard(name: str, arguments: list[nodes.Expr], lineno: int) -> nodes.Call:
    """Return a call of a method of the sandbox itself."""
    target = nodes.EnvironmentAttribute(name, lineno=lineno)
    return nodes.Call(target, arguments, [], None, None, lineno=lineno)


class TemplateSandbox(ImmutableSandboxedEnvironment):
    """Jinja for templates from strangers: plain values in, text out, nothing else within reach.

    Jinja's own sandbox still lets a template reach whatever objects hang on the values it is
    given, and through docxtpl's objects the file system. Here every value is plain, only methods
    of plain values may be called, and there are no global functions at all.
    """

    intercepted_binops = frozenset({"*", "**", "%", "+"})

    def __init__(self, undefined: type[Undefined] = StrictUndefined) -> None:
        """Escape everything, and refuse names that are not there."""
        super().__init__(autoescape=True, undefined=undefined)
        self.globals.clear()
        self._deadline = time.monotonic() + MAX_SECONDS
        self.filters = {name: self.filters[name] for name in _FILTERS if name in self.filters}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Allow attributes of plain values and of Jinja's own ``loop`` only."""
        if not isinstance(obj, (*_PLAIN, LoopContext, Undefined)):
            return False
        if isinstance(obj, str) and attr in {
            "format",
            "format_map",
            "center",
            "ljust",
            "rjust",
            "zfill",
            "expandtabs",
        }:
            return False  # they make strings of any length out of a short template
        return super().is_safe_attribute(obj, attr, value)

    def is_safe_callable(self, obj: Any) -> bool:
        """Allow macros of the template itself and methods of plain values."""
        if isinstance(obj, Macro) or obj in (self.tick, self.limited):
            return True
        owner = getattr(obj, "__self__", None)
        return (
            isinstance(owner, (*_PLAIN, LoopContext))
            and owner is not None
            and super().is_safe_callable(obj)
        )

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Parse a template, and put a guard into every loop and every joining of texts."""
        tree = super()._parse(source, name, filename)
        return _Guards().visit(tree)  # type: ignore[no-any-return]

    def tick(self) -> None:
        """Stop a loop that takes too long; called by every turn of every loop."""
        if time.monotonic() > self._deadline:
            raise SecurityError(_("the template takes too long"))

    def limited(self, text: Any) -> Any:
        """Stop a text or list that grows without bound; called with all that a template makes."""
        if isinstance(text, (str, list)) and len(text) > MAX_TEXT:
            raise SecurityError(_("the template makes a text that is too long"))
        return text

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Refuse products, powers and fillings that grow without bound."""
        texts = [side for side in (left, right) if isinstance(side, (str, list, tuple))]
        if operator == "**" or (operator == "%" and texts):
            raise SecurityError(
                _("the operator {operator} is not allowed").format(operator=operator)
            )
        if operator == "*" and texts:
            size = sum(len(text) for text in texts)
            times = right if texts[0] is left else left
            if not isinstance(times, int) or size * max(times, 0) > _MAX_REPEAT:
                raise SecurityError(_("a repetition in the template is too long"))
        result = super().call_binop(context, operator, left, right)
        return self.limited(result) if texts else result


def collect(pieces: Iterator[str]) -> str:
    """Return the rendered text, or refuse when it grows or takes without bound."""
    deadline = time.monotonic() + MAX_SECONDS
    parts: list[str] = []
    total = 0
    for piece in pieces:
        parts.append(piece)
        total += len(piece)
        if total > MAX_CHARACTERS or time.monotonic() > deadline:
            raise SecurityError(_("the template makes too much text or takes too long"))
    return "".join(parts)


def recording_undefined(missing: dict[str, str]) -> type[Undefined]:
    """Return a kind of "undefined" that notes each missing name with Jinja's words and goes on."""

    class Recorded(Undefined):
        """A name that is not there; noted once it is used."""

        __slots__ = ()

        def _missing(self, *_args: Any, **_kwargs: Any) -> Any:
            if self._undefined_exception is SecurityError:  # there, but forbidden
                raise SecurityError(str(self._undefined_message))
            missing.setdefault(str(self._undefined_name or ""), str(self._undefined_message))
            return ""

        def __str__(self) -> str:
            return str(self._missing())

        def __getattr__(self, name: str) -> Any:
            if name.startswith("__"):
                raise AttributeError(name)
            self._missing()
            return self

        def __getitem__(self, _key: Any) -> Any:
            self._missing()
            return self

        def __iter__(self) -> Iterator[Any]:
            self._missing()
            return iter(())

        def __bool__(self) -> bool:
            self._missing()
            return False

        def __len__(self) -> int:
            self._missing()
            return 0

    return Recorded
