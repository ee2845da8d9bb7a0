"""Asks for a model to be added; what is wrong with it is said at once, before anything is copied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbench.errors import InputError, WorkbenchError
from workbench.i18n import N_, _
from workbench.tui.dialogs.form import DraftForm
from workbench.tui.widgets.fields import Field

if TYPE_CHECKING:
    from workbench.services.models import Models


class AddModel(DraftForm):
    """A folder or file, a name, a hash, and whether to copy; answers what ``Models.add`` takes."""

    def __init__(self, models: Models) -> None:
        """Ask.

        Args:
            models: checks what is given.
        """
        self._models = models
        fields = [
            Field(
                "path",
                N_("File"),
                "path",
                required=True,
                suffixes=(".bin", ".pt"),
                help=N_("model.bin in a CTranslate2 folder, or a checkpoint (.pt); Enter chooses."),
            ),
            Field("name", N_("Name"), help=N_("Empty: that of the folder or file.")),
            Field("sha256", "SHA-256", help=N_("As its maker gives it; another one is refused.")),
            Field(
                "link",
                N_("Where it lies"),
                "choice",
                value=False,
                choices=((False, N_("copy it")), (True, N_("use it there, without a copy"))),
            ),
        ]
        super().__init__(_("Add a model"), fields, validate=self._check, save_label=N_("Add"))

    def _check(self, values: dict[str, Any]) -> None:
        try:
            self._models.check(
                values["path"], values["name"], sha256=values["sha256"], link=values["link"]
            )
        except WorkbenchError as error:
            field = "path"
            if error.code.startswith("model-name"):
                field = "name"
            elif error.code == "hash-invalid":
                field = "sha256"
            raise InputError(error.code, "{said}", field=field, said=str(error)) from error
