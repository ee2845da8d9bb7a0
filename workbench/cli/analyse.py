"""``workbench analyse``: figures about what was coded."""

from __future__ import annotations

from typing import Annotated

import typer

from workbench.cli import session
from workbench.cli.narration import say
from workbench.cli.options import Coders, coder_names, command
from workbench.cli.output import Format, Output, show
from workbench.cli.tree import noun
from workbench.i18n import N_, _, ngettext
from workbench.models.agreement_views import AgreementRow, AgreementTable, Figures, Measure
from workbench.models.kinds import AgreementUnit

app = noun(N_("Figures about what was coded."))

_DIGITS = 4


@command(
    app,
    "agreement",
    help=N_(
        "Say how far coders agree, code by code: percent, Cohen's kappa, Krippendorff's alpha."
    ),
    example='workbench analyse agreement --coders "Anna K.,Boris" --unit sentences --format csv',
)
def agreement(
    source: Annotated[
        str | None, typer.Option(metavar=N_("SOURCE"), help=N_("Only this source."))
    ] = None,
    unit: Annotated[
        str,
        typer.Option(
            metavar="|".join(AgreementUnit),
            show_default=True,
            help=N_("What the coders are compared on."),
        ),
    ] = AgreementUnit.CHARACTERS.value,
    coders: Coders = None,
    code: Annotated[
        str | None, typer.Option(metavar=N_("CODE"), help=N_("Only this code."))
    ] = None,
    form: Format = "table",
    output: Output = None,
) -> None:
    """Print figures of agreement, and beside them how they were computed."""
    with session.reading() as project:
        table = project.agreement.table(coder_names(coders), source=source, code=code, unit=unit)
    _tell(table)
    rows = [_row(row, translated=False) for row in table.rows]
    rows += [_row(row, translated=True) for row in table.sums]
    show(rows, form=form, output=output)


def _tell(table: AgreementTable) -> None:
    say(_("Coders: {names}.").format(names=", ".join(table.coders)))
    judged = ngettext(
        "{units} units in {n} source that at least two of them coded.",
        "{units} units in {n} sources that at least two of them coded.",
        table.sources,
    )
    say(judged.format(units=table.units, n=table.sources))
    if table.left_out:
        say(
            _("Left out, coded by fewer than two: {titles}.").format(
                titles=", ".join(table.left_out)
            )
        )
    for sentence in table.definitions:
        say(_(sentence))


def _row(row: AgreementRow, *, translated: bool) -> dict[str, object]:
    figures = row.figures
    return {
        "code": _(row.code) if translated else row.code,
        "coded_by_each": list(row.coded),
        "coded_by_all": row.both,
        "agreement_percent": _number(figures.percent, 100),
        "kappa": _number(figures.kappa),
        "alpha": _number(figures.alpha),
        "not_defined": _reasons(figures),
    }


def _number(measure: Measure, times: int = 1) -> float | None:
    return None if measure.value is None else round(measure.value * times, _DIGITS)


def _reasons(figures: Figures) -> str:
    why = [figures.percent.why, figures.kappa.why, figures.alpha.why]
    return " ".join(_(reason) for reason in dict.fromkeys(why) if reason)
