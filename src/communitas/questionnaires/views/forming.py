"""How the views of the office and the community answer a form whose action a rule may refuse."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise

from communitas.kit.exceptions import NotAllowed
from communitas.kit.pages import page

Text = str | Promise


def form_page(
    request: HttpRequest,
    form: forms.Form,
    *,
    title: Text,
    label: Text,
    back: str,
    act: Callable[[], str | None],
    done: Text,
    eyebrow: str = "",
    note: Text = "",
) -> HttpResponse:
    """Show the form; once it is valid, act and go where the act says, or back. A refusal stands on top of the form."""
    if request.method == "POST" and form.is_valid():
        try:
            there = act()
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            messages.success(request, str(done))
            return redirect(there or back)
    context = {"form": form, "title": title, "label": label, "back": back, "eyebrow": eyebrow, "note": note}
    return page(request, "questionnaires/form.html", context, status=422 if form.errors else 200)


def do(request: HttpRequest, there: str, act: Callable[[], object], done: Text) -> HttpResponse:
    """Do one thing for which nothing is asked, and go there."""
    try:
        act()
    except NotAllowed as refused:
        messages.error(request, refused.why)
    else:
        messages.success(request, str(done))
    return redirect(there)
