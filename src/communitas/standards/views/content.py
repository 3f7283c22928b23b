"""Sections, standards and criteria of a draft: changed, moved, removed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communitas.kit.exceptions import NotAllowed
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.standards import actions, queries
from communitas.standards.forms import CriterionForm, SectionForm, StandardForm
from communitas.standards.models import Criterion, Edition, Section, Standard
from communitas.standards.views.asking import crumbs_of, form_page, the_draft, tried


@for_members
def section(request: MemberRequest, pk: int, part: int | None = None) -> HttpResponse:
    """A section, new or there already."""
    edition = the_draft(request, pk)
    row = get_object_or_404(edition.sections, pk=part) if part else None
    initial = {name: getattr(row, name) for name in ("code", "title", "introduction")} if row else {}
    form = SectionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        who = {"by": request.user, "at": request.now}
        made = tried(form, actions.save_section, edition=edition, section=row, **form.cleaned_data, **who)
        if made:
            messages.success(request, _("Saved."))
            return redirect("standards:draft", pk)
    title = row.title if row else _("A new section")
    back = reverse("standards:draft", args=[pk])
    return form_page(request, form, title=title, label=_("Save"), back=back, edition=edition)


@for_members
def standard(request: MemberRequest, pk: int, part: int) -> HttpResponse:
    """The title of a standard."""
    edition = the_draft(request, pk)
    row = get_object_or_404(Standard, section__edition=edition, pk=part)
    form = StandardForm(request.POST or None, initial={"title": row.title})
    if request.method == "POST" and form.is_valid():
        title = form.cleaned_data["title"]
        who = {"by": request.user, "at": request.now}
        if tried(form, actions.rename_standard, edition=edition, standard=row, title=title, **who):
            messages.success(request, _("Saved."))
            return redirect("standards:draft", pk)
    back = reverse("standards:draft", args=[pk])
    return form_page(request, form, title=row.title, label=_("Save"), back=back, edition=edition)


@for_members
def criterion_edit(request: MemberRequest, pk: int, part: int | None = None, within: int | None = None) -> HttpResponse:
    """A criterion, new in a section or there already."""
    edition = the_draft(request, pk)
    row = get_object_or_404(edition.criteria.select_related("standard", "layer"), pk=part) if part else None
    section = get_object_or_404(edition.sections, pk=within) if within else None
    form = _criterion_form(request, edition, row, section)
    if request.method == "POST" and form.is_valid():
        place = get_object_or_404(edition.sections, pk=form.cleaned_data["section"])
        given = {"criterion": row, "section": place, "data": form.data_of()}
        made = tried(form, actions.save_criterion, edition=edition, **given, by=request.user, at=request.now)
        if isinstance(made, Criterion):
            messages.success(request, _("Saved: %(code)s.") % {"code": made.code})
            return redirect(f"{reverse('standards:draft', args=[pk])}#c{made.pk}")
    title = _("Criterion %(code)s") % {"code": row.code} if row else _("A new criterion")
    titles = list(dict.fromkeys(Standard.objects.filter(section__edition=edition).values_list("title", flat=True)))
    back = reverse("standards:draft", args=[pk])
    return form_page(request, form, title=title, label=_("Save"), back=back, edition=edition, choices=titles)


def _criterion_form(
    request: MemberRequest, edition: Edition, row: Criterion | None, section: Section | None
) -> CriterionForm:
    names = ("code", "statement", "level", "plain_text", "guidance", "evidence", "references", "key", "applies_to")
    initial: dict[str, Any] = {"section": section.pk if section else None, "level": 2}
    if row:
        initial = {name: getattr(row, name) for name in names}
        initial |= {"section": row.section_id, "layer": row.layer.code}
        initial |= {"standard": row.standard.title if row.standard else ""}
    return CriterionForm(
        request.POST or None,
        initial=initial,
        types=queries.names_of_types(request.network),
        levels=queries.level_words(edition),
        sections=[(one.pk, f"{one.code} {one.title}".strip()) for one in edition.sections.all()],
        layers=[(layer.code, layer.title) for layer in queries.layers_of(edition.pk)],
    )


@for_members
@require_POST
def move(request: MemberRequest, pk: int) -> HttpResponse:
    """Move something up or down: the button says 'criterion:12:up'."""
    edition = the_draft(request, pk)
    kind, _colon, rest = request.POST.get("move", "").partition(":")
    number, _colon, way = rest.partition(":")
    moves: dict[str, Any] = {
        "criterion": (edition.criteria, actions.move_criterion),
        "section": (edition.sections, actions.move_section),
        "value": (edition.values, actions.move_value),
    }
    if kind not in moves or not number.isdecimal():
        raise Http404
    rows, act = moves[kind]
    row = get_object_or_404(rows, pk=int(number))
    try:
        act(edition=edition, **{kind: row}, up=way == "up", by=request.user, at=request.now)
    except NotAllowed as refused:
        messages.error(request, refused.why)
    return redirect(_place(pk, kind, row.pk))


def _place(pk: int, kind: str, part: int) -> str:
    name = "standards:parts" if kind == "value" else "standards:draft"
    return f"{reverse(name, args=[pk])}#{kind[0]}{part}"


@for_members
def remove(request: MemberRequest, pk: int, kind: str, part: int) -> HttpResponse:
    """Ask before something is removed, then remove it."""
    edition = the_draft(request, pk)
    asked = _removal(edition, kind, part)
    if request.method == "POST":
        try:
            asked["act"](by=request.user, at=request.now)
            messages.success(request, _("Removed: %(name)s.") % {"name": asked["name"]})
        except NotAllowed as refused:
            messages.error(request, refused.why)
        return redirect("standards:sets" if kind == "edition" else asked["back"])
    title = _("Remove '%(name)s'?") % {"name": asked["name"]}
    context = {**asked, "title": title, "crumbs": crumbs_of(edition, title)}
    return page(request, "standards/remove.html", context)


def _removal(edition: Edition, kind: str, part: int) -> dict[str, Any]:
    """What would be removed, what is lost with it, and how to undo that."""
    undo = _("Undo brings it back, as long as the edition is a draft.")
    removals: dict[str, Any] = {
        "criterion": (edition.criteria, actions.remove_criterion, _("Its text, guidance and lineage."), "draft"),
        "section": (edition.sections, actions.remove_section, _("The section with all its criteria."), "draft"),
        "value": (edition.values, actions.remove_value, _("The value and its text."), "parts"),
        "layer": (edition.layers, actions.remove_layer, _("The layer. No criterion may belong to it."), "parts"),
    }
    if kind == "edition" and part == edition.pk:
        return _removal_of(edition)
    if kind not in removals:
        raise Http404
    rows, remove_it, lost, back = removals[kind]
    row = get_object_or_404(rows, pk=part)

    def act_on_part(**who: Any) -> None:
        remove_it(edition=edition, **{kind: row}, **who)

    back = reverse(f"standards:{back}", args=[edition.pk])
    return {"name": str(row), "lost": lost, "undo": undo, "back": back, "act": act_on_part}


def _removal_of(edition: Edition) -> dict[str, Any]:
    lost, never = _("The whole draft with everything in it."), _("This cannot be undone. Download it first.")

    def act(**who: Any) -> None:
        actions.delete_draft(edition=edition, **who)

    back = reverse("standards:publication", args=[edition.pk])
    return {"name": str(edition), "lost": lost, "undo": never, "back": back, "act": act}
