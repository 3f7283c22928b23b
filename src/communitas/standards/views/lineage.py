"""How a draft descends from the edition before it: proposals, confirmed or corrected one by one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from communitas.kit.exceptions import NotAllowed
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.standards import actions, policy, queries
from communitas.standards.forms import LinkForm
from communitas.standards.rules.lineage import Kind
from communitas.standards.views.asking import form_page, the_draft, tried
from communitas.standards.views.drafts import frame
from communitas.standards.views.reading import kind_words

WAITING, CONFIRMED = "waiting", "confirmed"


@for_members
def lineage(request: MemberRequest, pk: int) -> HttpResponse:
    """Every link between a draft and the edition before it, filtered by kind and by what is confirmed."""
    edition = the_draft(request, pk, policy.read_draft)
    entries = queries.link_entries(edition)
    kind, state, words = (request.GET.get(name, "") for name in ("kind", "state", "q"))
    shown = [entry for entry in entries if _fits(entry, kind, state, words)]
    context = frame(edition, "lineage", _("Lineage")) | {
        "before": queries.predecessor_of(edition),
        "entries": shown,
        "total": len(entries),
        "confirmed": sum(entry.confirmed for entry in entries),
        "unchanged": sum(entry.kind == Kind.UNCHANGED and not entry.confirmed for entry in entries),
        "kinds": kind_words(),
        "words": words,
        "narrowed": bool(kind or state or words),
        "selects": _selects(entries, kind, state),
        "found": _("%(count)s links") % {"count": len(shown)},
        "levels": queries.level_words(edition),
    }
    return page(request, "standards/lineage.html", context, partial="links")


def _fits(entry: queries.LinkEntry, kind: str, state: str, words: str) -> bool:
    text = " ".join(f"{one.code} {one.statement}" for one in (*entry.old, *entry.new)).casefold()
    return (
        (not kind or entry.kind == kind)
        and (state != WAITING or not entry.confirmed)
        and (state != CONFIRMED or entry.confirmed)
        and all(word in text for word in words.casefold().split())
    )


def _selects(entries: tuple[queries.LinkEntry, ...], kind: str, state: str) -> list[dict[str, Any]]:
    counts = {each: sum(entry.kind == each for entry in entries) for each in Kind}
    kinds = [(each.value, f"{kind_words()[each]} ({count})") for each, count in counts.items() if count]
    states = [("", _("All")), (WAITING, _("to confirm")), (CONFIRMED, _("confirmed"))]
    return [
        {"name": "kind", "label": _("What happened"), "options": [("", _("All kinds")), *kinds], "value": kind},
        {"name": "state", "label": _("State"), "options": states, "value": state},
    ]


@for_members
@require_POST
def lineage_match(request: MemberRequest, pk: int) -> HttpResponse:
    """Compare the texts in the background."""
    edition = the_draft(request, pk, policy.confirm_lineage)
    url = reverse("standards:lineage", args=[pk])
    try:
        job = actions.start_matching(edition=edition, url=url, by=request.user, at=request.now)
    except NotAllowed as refused:
        messages.error(request, refused.why)
        return redirect(url)
    return redirect("web:job", job.pk)


@for_members
@require_POST
def lineage_unchanged(request: MemberRequest, pk: int) -> HttpResponse:
    """Confirm everything whose words and level are the same."""
    edition = the_draft(request, pk, policy.confirm_lineage)
    try:
        count = actions.confirm_unchanged(edition=edition, by=request.user, at=request.now)
        said = ngettext("%(count)s unchanged criterion confirmed.", "%(count)s unchanged criteria confirmed.", count)
        messages.success(request, said % {"count": count})
    except NotAllowed as refused:
        messages.error(request, refused.why)
    return redirect("standards:lineage", pk)


@for_members
@require_POST
def lineage_confirm(request: MemberRequest, pk: int, link: int) -> HttpResponse:
    """Confirm one link; with htmx, only its part of the page comes back."""
    edition = the_draft(request, pk, policy.confirm_lineage)
    row = get_object_or_404(edition.lineage, pk=link)
    same = {"yes": True, "no": False}.get(request.POST.get("same", ""))
    refusal = ""
    try:
        actions.confirm_link(edition=edition, link=row, same_meaning=same, by=request.user, at=request.now)
    except NotAllowed as refused:
        refusal = refused.why
    if request.htmx:
        entry = next((entry for entry in queries.link_entries(edition) if entry.row.pk == link), None)
        words = {"levels": queries.level_words(edition), "kinds": kind_words(), "refusal": refusal, "editable": True}
        return page(request, "standards/_link.html", {"entry": entry, "edition": edition, **words})
    if refusal:
        messages.error(request, refusal)
    query = request.POST.get("back", "")
    return HttpResponseRedirect(f"{reverse('standards:lineage', args=[pk])}?{query}#link-{link}")


@for_members
def lineage_correct(request: MemberRequest, pk: int, link: int) -> HttpResponse:
    """Say by hand which criteria became which."""
    edition = the_draft(request, pk, policy.confirm_lineage)
    row = get_object_or_404(edition.lineage.prefetch_related("older", "newer"), pk=link)
    form = LinkForm(request.POST or None, initial=_said(row), **_codes(edition))
    if request.method == "POST" and form.is_valid():
        clean = {**form.cleaned_data, "kind": Kind(form.cleaned_data["kind"])}
        if tried(form, actions.correct_link, edition=edition, **clean, by=request.user, at=request.now):
            messages.success(request, _("The link is corrected and confirmed."))
            return redirect("standards:lineage", pk)
    lead = _("What this link takes is taken from the links that hold it now; those come back to be confirmed.")
    back = reverse("standards:lineage", args=[pk])
    title = _("Correct a link")
    return form_page(request, form, title=title, label=_("Confirm it so"), back=back, edition=edition, lead=lead)


def _said(row: Any) -> dict[str, Any]:
    return {
        "older": ", ".join(criterion.code for criterion in row.older.all()),
        "newer": ", ".join(criterion.code for criterion in row.newer.all()),
        "kind": row.kind,
        "same_meaning": {True: "yes", False: "no"}.get(row.same_meaning, ""),
    }


def _codes(edition: Any) -> dict[str, dict[str, str]]:
    before = queries.predecessor_of(edition)
    return {
        "before": {row.code: key for key, row in queries.by_key(before.pk).items()} if before else {},
        "after": {row.code: key for key, row in queries.by_key(edition.pk).items()},
    }
