"""One form on a page of its own, and how a refusal comes back to it."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.kit.permissions import Permission
from communitas.members.http import MemberRequest
from communitas.standards import policy
from communitas.standards.models import Edition

Made = TypeVar("Made")


def tried(form: Form, act: Callable[..., Made], **arguments: Any) -> Made | bool | None:
    """Do the act; what it made, or True. A refusal becomes an error of the form, and None is returned."""
    try:
        made = act(**arguments)
    except NotAllowed as refused:
        form.add_error(None, refused.why)
        return None
    return True if made is None else made


def the_draft(request: MemberRequest, pk: int, may: Permission = policy.edit_draft) -> Edition:
    """The edition of an office page, when the person may do this on it."""
    source = Edition.objects.filter(standard_set__network=request.network)
    source = source.select_related("standard_set__network__tenant", "predecessor")
    return load(source, pk, actor=request.actor, may=may)


def crumbs_of(edition: Edition, *more: str) -> list[dict[str, str]]:
    """The way up from an office page of an edition."""
    steps = [
        {"label": _("Standards"), "href": reverse("standards:sets")},
        {"label": str(edition), "href": reverse("standards:draft", args=[edition.pk])},
    ]
    return [*steps, *({"label": label} for label in more)] if more else [steps[0], {"label": str(edition)}]


def form_page(
    request: MemberRequest,
    form: Form,
    *,
    title: str,
    label: str,
    back: str,
    edition: Edition | None = None,
    lead: str = "",
    note: str = "",
    choices: Sequence[str] = (),
    upload: bool = False,
) -> HttpResponse:
    """The form with its heading. `choices` are offered while one types in a field whose list is 'standards'."""
    top = [{"label": _("Standards"), "href": reverse("standards:sets")}, {"label": title}]
    words = {"title": title, "label": label, "back": back, "lead": lead, "note": note or None}
    crumbs = crumbs_of(edition, title) if edition else top
    context = {"form": form, "choices": choices, "upload": upload, "crumbs": crumbs, **words}
    return page(request, "standards/form.html", context, status=422 if form.errors else 200)
