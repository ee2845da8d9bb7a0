"""Options that say which sources and quotes are meant; every command that takes a filter has all of them."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Annotated, Any

import typer

from workbench.cli.options import given, pairs, values
from workbench.i18n import N_
from workbench.models.filters import QuoteFilter
from workbench.models.kinds import CodeKind, SourceKind


def _options(  # what stands here is read by ``filtered``
    *,
    code: Annotated[
        list[str] | None,
        typer.Option(
            metavar=N_("CODE"),
            help=N_("Only quotes with this code or one below it; may be repeated."),
        ),
    ] = None,
    without_children: Annotated[
        bool, typer.Option("--without-children", help=N_("Leave out the codes below --code."))
    ] = False,
    kind: Annotated[
        list[str] | None,
        typer.Option(metavar=values(CodeKind), help=N_("Only codes of this kind.")),
    ] = None,
    coder: Annotated[
        list[str] | None, typer.Option(metavar=N_("NAME"), help=N_("Only codings by this coder."))
    ] = None,
    stance: Annotated[
        str | None,
        typer.Option(metavar="supports|contradicts", help=N_("Only codings of this stance.")),
    ] = None,
    favourites: Annotated[
        bool, typer.Option("--favourites", help=N_("Only those chosen for reports."))
    ] = False,
    words: Annotated[
        str | None,
        typer.Option(metavar=N_("WORDS"), help=N_("Only quotes that hold all these words.")),
    ] = None,
    source: Annotated[
        list[str] | None,
        typer.Option(metavar=N_("SOURCE"), help=N_("Only this source; may be repeated.")),
    ] = None,
    source_kind: Annotated[
        list[str] | None,
        typer.Option(metavar=values(SourceKind), help=N_("Only sources of this kind.")),
    ] = None,
    person: Annotated[
        list[str] | None,
        typer.Option(metavar=N_("PERSON"), help=N_("Only sources of this person.")),
    ] = None,
    attribute: Annotated[
        list[str] | None,
        typer.Option(
            metavar=N_("NAME=VALUE"), help=N_("Only people with this attribute, as in city=Kazan.")
        ),
    ] = None,
    wave: Annotated[
        list[int] | None, typer.Option(metavar=N_("NUMBER"), help=N_("Only this wave."))
    ] = None,
    stage: Annotated[
        list[str] | None,
        typer.Option(metavar=N_("STAGE"), help=N_("Only this stage of the customer journey.")),
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar=N_("DATE"), help=N_("Collected on this day or later."))
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar=N_("DATE"), help=N_("Collected on this day or before."))
    ] = None,
) -> None:
    """Declare the options of a filter."""


_OPTIONS = inspect.signature(_options, eval_str=True).parameters


def filtered(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of a filter; it gets what they mean as ``wanted``."""
    own = inspect.signature(command, eval_str=True).parameters
    parameters = [
        parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)
        for name, parameter in {**own, **_OPTIONS}.items()
        if name != "wanted"
    ]

    def run(**chosen: Any) -> Any:
        options = {name: chosen.pop(name) for name in _OPTIONS}
        return command(wanted=quote_filter(**options), **chosen)

    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    run.__module__, run.__qualname__ = command.__module__, command.__qualname__
    run.__name__, run.__doc__ = command.__name__, command.__doc__
    return run


def quote_filter(**options: Any) -> QuoteFilter:
    """Return what the options mean.

    Raises:
        InputError: ``field-invalid`` or ``pair-invalid``.
    """
    return QuoteFilter.read(
        given(
            codes=options["code"],
            with_children=not options["without_children"],
            code_kinds=options["kind"],
            coders=options["coder"],
            stance=options["stance"],
            favourites=options["favourites"],
            words=options["words"],
            sources=options["source"],
            source_kinds=options["source_kind"],
            persons=options["person"],
            attributes=pairs(options["attribute"]),
            waves=options["wave"],
            stages=options["stage"],
            since=options["since"],
            until=options["until"],
        )
    )
