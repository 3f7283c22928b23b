"""What the office enters about the design of local reports."""

from io import BytesIO
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from PIL import Image

from communitas.kit.exceptions import NotAllowed
from communitas.kit.inspection.pictures import Refused, refuse_picture, shown_copy
from communitas.reports.models import ReportDesign
from communitas.reports.rules.design import ACCENT, MAIN, refuse_pale_colours
from communitas.reports.rules.drawn_logo import clean_logo

LOGO_BYTES: Final = 500_000
LOGO_SIZE: Final = (600, 300)  # what is kept: sharp in print at the size that it gets
TEXT: Final = 4_000
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_HEAD: Final = 4_000  # where an SVG has named itself, after what drawing programs write before


class LogoField(forms.FileField):
    """A PNG or an SVG, made anew: the clean value is its bytes, or None when nothing was sent."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Small, whole, and nothing hidden in it."""
        file = super().clean(data, initial)
        if not isinstance(file, UploadedFile):
            return None
        if (file.size or 0) > LOGO_BYTES:
            raise ValidationError(_now("The logo is too large: at most 500 kB."), code="large")
        content = file.read()
        if not content.startswith(_PNG):
            return _drawn(content)
        if why := refuse_picture(content, "png"):
            raise ValidationError(why, code="unreadable")
        try:
            _kind, drawn = shown_copy(content, "png")
        except Refused as refused:
            raise ValidationError(str(refused), code="unreadable") from refused
        with Image.open(BytesIO(drawn), formats=["PNG"]) as picture:
            picture.thumbnail(LOGO_SIZE)
            out = BytesIO()
            picture.save(out, "PNG")
        return out.getvalue()


def _drawn(content: bytes) -> bytes:
    if b"<svg" not in content[:_HEAD]:
        raise ValidationError(_now("The logo is neither PNG nor SVG. Please save it as one of them."), code="kind")
    try:
        return clean_logo(content)
    except NotAllowed as refused:
        raise ValidationError(refused.why, code="unreadable") from refused


def _words(label: Any, help_text: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=TEXT, widget=widget)


class DesignForm(forms.Form):
    """Colours, cover, logo and words."""

    main = forms.CharField(
        label=_("Main colour"),
        initial=MAIN,
        max_length=7,
        widget=forms.TextInput(attrs={"type": "color"}),
        help_text=_("Headings and links. It must be dark enough to read on paper and on screen."),
    )
    accent = forms.CharField(
        label=_("Second colour"),
        initial=ACCENT,
        max_length=7,
        widget=forms.TextInput(attrs={"type": "color"}),
        help_text=_("The line above the title, and what needs somebody. The four marks keep their colours."),
    )
    cover = forms.ChoiceField(
        label=_("Cover of the PDF"), choices=ReportDesign.Cover.choices, initial="circles", widget=forms.RadioSelect
    )
    welcome = _words(_("Welcome"), _("It opens every report. Plain words: residents read it."))
    how_to_read = _words(_("How to read this report"), _("It stands before the results."))
    contact = _words(_("Whom to ask"), _("It stands at the end: who helps when something is not clear."))
    logo = LogoField(
        label=_("Logo"),
        required=False,
        help_text=_("A PNG of at most 500 kB, or an SVG of at most 200 kB made of shapes alone."),
    )
    logo_words = forms.CharField(
        label=_("What the logo says"),
        required=False,
        max_length=120,
        help_text=_("For people who do not see it, such as 'Hearth Network'."),
    )
    without_logo = forms.BooleanField(label=_("Take the logo away"), required=False)

    def clean(self) -> dict[str, Any]:
        """Pale colours are refused beside the form, with the contrast that was found."""
        data: dict[str, Any] = super().clean() or {}
        for name in ("main", "accent"):
            data[name] = str(data.get(name, "")).strip().lower()
        if not self.errors:
            try:
                refuse_pale_colours(main=data["main"], accent=data["accent"])
            except NotAllowed as refused:
                self.add_error(None, refused.why)
        if data.pop("without_logo", False):
            data["logo"] = b""
        return data
