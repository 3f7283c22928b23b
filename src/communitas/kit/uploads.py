"""A field for a table that somebody sends: what no import could read is refused before anything is kept."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from communitas.kit.tabular.limits import UPLOAD, refuse_archive
from communitas.kit.tabular.reading import WORKBOOKS
from communitas.kit.tabular.workbooks import COMPOUND, NOT_A_WORKBOOK, ZIP


class TableField(forms.FileField):
    """A workbook, CSV or YAML file within the limits of uploads; its first bytes must fit its name.

    A packed workbook is unpacked piece by piece and not kept, so that a bomb costs no memory.
    """

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The file at its beginning, or a sentence that says why it is not taken."""
        file = super().clean(data, initial)
        if isinstance(file, UploadedFile):
            _refuse(file)
        return file


def _refuse(file: UploadedFile[Any]) -> None:
    if (file.size or 0) > UPLOAD.file_bytes:
        raise ValidationError(_("The file is too large. Remove pictures from it, or split it."), code="large")
    content = file.read()
    file.seek(0)
    why = refuse_archive(content, UPLOAD) if content.startswith(ZIP) else None
    if not content.startswith((ZIP, COMPOUND)) and str(file.name).lower().endswith(WORKBOOKS):
        why = NOT_A_WORKBOOK
    if why:
        raise ValidationError(why, code="unreadable")
