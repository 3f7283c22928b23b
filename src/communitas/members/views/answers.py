"""Answers that several screens give: a page with one form."""

from django import forms
from django.http import HttpRequest, HttpResponse

from communitas.kit.pages import page


def form_page(
    request: HttpRequest,
    form: forms.BaseForm,
    *,
    title: str,
    label: str,
    back: str,
    note: str = "",
    kind: str = "primary",
) -> HttpResponse:
    """A page with one form, its verb and the way back; `note` says what happens next."""
    context = {"form": form, "title": title, "label": label, "back": back, "note": note, "kind": kind}
    return page(request, "members/form.html", context)
