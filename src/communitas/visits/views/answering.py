"""How the views of visits answer a form whose action a rule may refuse."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise

from communitas.kit.exceptions import NotAllowed
from communitas.kit.pages import page
from communitas.members.http import MemberRequest
from communitas.visits.models import Visit


def answer_form(
    request: MemberRequest,
    visit: Visit,
    form: forms.Form,
    *,
    title: str | Promise,
    label: str | Promise,
    done: str | Promise,
    act: Callable[[], object],
    note: str | Promise = "",
) -> HttpResponse:
    """Show the form; once it is valid, act and go back to the visit. A refusal stands on top of the form."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            messages.success(request, str(done))
            return redirect("visits:visit", visit.pk)
    context = {"visit": visit, "form": form, "title": title, "label": label, "note": note}
    return page(request, "visits/form.html", context, status=422 if form.errors else 200)


def act_and_return(request: MemberRequest, visit: Visit, act: Callable[[], object], done: str) -> HttpResponse:
    """Do one thing for which nothing is asked, and go back to the visit."""
    try:
        act()
    except NotAllowed as refused:
        messages.error(request, refused.why)
    else:
        messages.success(request, done)
    return redirect("visits:visit", visit.pk)
