"""A draft: its outline, its facts, its scale, its values and layers, and undoing the last change."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communitas.kit.exceptions import NotAllowed
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.standards import actions, policy, queries
from communitas.standards.forms import FactsForm, LayerForm, ScaleForm, ValueForm
from communitas.standards.models import Edition
from communitas.standards.views.asking import crumbs_of, form_page, the_draft, tried


def frame(edition: Edition, current: str, label: str = "") -> dict[str, Any]:
    """What every page of a draft shows around its content: tabs, state, the change that can be undone."""
    pages = {
        "draft": _("Sections and criteria"),
        "parts": _("Title, scale, values, layers"),
        "lineage": _("Lineage"),
        "publication": _("Publication"),
    }
    state = queries.state_of(edition)
    return {
        "edition": edition,
        "state": state,
        "editable": state == Edition.State.DRAFT,
        "waiting": state == queries.PROPOSED,
        "last": edition.changes.select_related("by").first() if state == Edition.State.DRAFT else None,
        "tabs": [
            {"label": words, "href": reverse(f"standards:{name}", args=[edition.pk]), "current": name == current}
            for name, words in pages.items()
        ],
        "crumbs": crumbs_of(edition, *([label] if label else [])),
    }


@for_members
def draft(request: MemberRequest, pk: int) -> HttpResponse:
    """The outline of a draft, with everything that can be done to its sections and criteria."""
    edition = the_draft(request, pk, policy.read_draft)
    headings = dict(edition.sections.values_list("standards__title", "standards__pk").order_by("-standards__pk"))
    context = frame(edition, "draft") | {
        "sections": queries.sections_of(edition.pk),
        "headings": headings,
        "levels": queries.level_words(edition),
        "missing": queries.what_is_missing(edition) if edition.state == Edition.State.DRAFT else (),
    }
    return page(request, "standards/draft.html", context)


@for_members
def parts(request: MemberRequest, pk: int) -> HttpResponse:
    """Title, scale, values and layers of a draft."""
    edition = the_draft(request, pk, policy.read_draft)
    types = queries.names_of_types(request.network)
    layers = [(layer, ", ".join(types.get(name, name) for name in layer.applies_to)) for layer in queries.layers_of(pk)]
    context = frame(edition, "parts", _("Title, scale, values, layers")) | {
        "levels": queries.level_words(edition),
        "scale": queries.scale_of(edition),
        "values": list(edition.values.all()),
        "layers": layers,
    }
    return page(request, "standards/parts.html", context)


@for_members
def facts(request: MemberRequest, pk: int) -> HttpResponse:
    """Title, number, summary and the words of the levels."""
    edition = the_draft(request, pk)
    words = {f"level_{level}": word for level, word in queries.level_words(edition).items()}
    initial = {"title": edition.title, "number": edition.number, "summary": edition.summary, **words}
    form = FactsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("title", "number", "summary")}
        who = {"by": request.user, "at": request.now}
        if tried(form, actions.edit_facts, edition=edition, **given, level_words=form.words(), **who):
            messages.success(request, _("Saved."))
            return redirect("standards:parts", pk)
    back = reverse("standards:parts", args=[pk])
    return form_page(request, form, title=_("Title and summary"), label=_("Save"), back=back, edition=edition)


@for_members
def scale(request: MemberRequest, pk: int) -> HttpResponse:
    """The marks of the scale."""
    edition = the_draft(request, pk)
    initial = {"words": "\n".join(mark.word for mark in queries.scale_of(edition).marks)}
    form = ScaleForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        if tried(form, actions.edit_scale, edition=edition, words=words, by=request.user, at=request.now):
            messages.success(request, _("Saved."))
            return redirect("standards:parts", pk)
    back = reverse("standards:parts", args=[pk])
    return form_page(request, form, title=_("The scale"), label=_("Save"), back=back, edition=edition)


@for_members
def value(request: MemberRequest, pk: int, part: int | None = None) -> HttpResponse:
    """A value, new or there already."""
    edition = the_draft(request, pk)
    row = get_object_or_404(edition.values, pk=part) if part else None
    initial = {"title": row.title, "text": row.text} if row else {}
    form = ValueForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        who = {"by": request.user, "at": request.now}
        if tried(form, actions.save_value, edition=edition, value=row, **form.cleaned_data, **who):
            messages.success(request, _("Saved."))
            return redirect("standards:parts", pk)
    title = row.title if row else _("A new value")
    back = reverse("standards:parts", args=[pk])
    return form_page(request, form, title=title, label=_("Save"), back=back, edition=edition)


@for_members
def layer(request: MemberRequest, pk: int, part: int | None = None) -> HttpResponse:
    """A layer, new or there already."""
    edition = the_draft(request, pk)
    row = get_object_or_404(edition.layers, pk=part) if part else None
    names = ("title", "code", "kind", "applies_to")
    initial = {name: getattr(row, name) for name in names} if row else {"kind": "supplement"}
    form = LayerForm(request.POST or None, initial=initial, types=queries.names_of_types(request.network))
    if request.method == "POST" and form.is_valid():
        who = {"by": request.user, "at": request.now}
        if tried(form, actions.save_layer, edition=edition, layer=row, **form.cleaned_data, **who):
            messages.success(request, _("Saved."))
            return redirect("standards:parts", pk)
    title = row.title if row else _("A new layer")
    back = reverse("standards:parts", args=[pk])
    return form_page(request, form, title=title, label=_("Save"), back=back, edition=edition)


@for_members
@require_POST
def undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Undo the last change of a draft."""
    edition = the_draft(request, pk)
    try:
        what = actions.undo(edition=edition, by=request.user, at=request.now)
        messages.success(request, _("Undone: %(what)s.") % {"what": what})
    except NotAllowed as refused:
        messages.error(request, refused.why)
    return redirect("standards:draft", pk)
