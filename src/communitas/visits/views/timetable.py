"""The timetable of a visit: read, changed, printed; and the office's templates."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communitas.cycles.models import Enrolment
from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.visits import actions, policy, queries
from communitas.visits.forms import RowForm, bound, changed_rows, posted_rows, raw_rows, unbound
from communitas.visits.models import TimetableTemplate, Visit
from communitas.visits.rules.timetable import Row, read_rows
from communitas.visits.typesetting.documents import timetable_pdf

LONGEST = 6  # digits of the number of a version


@for_members
def timetable(request: MemberRequest, pk: int) -> HttpResponse:
    """The timetable as it holds, with what is new to this reader; or an earlier version."""
    found = load(queries.visit, pk, actor=request.actor, may=policy.read)
    may_edit = policy.edit_practical.allows(request.actor, found)
    context = {
        "visit": found,
        "timetable": queries.timetable_of(found, request.user),
        "versions": queries.versions_of(found),
        "may_edit": may_edit,
        "earlier": _earlier(found, request.GET.get("version", "")),
    }
    return page(request, "visits/timetable.html", context)


@for_members
def change_timetable(request: MemberRequest, pk: int) -> HttpResponse:
    """Change the lines: add, move, take out, and keep a new version."""
    found = load(queries.visit, pk, actor=request.actor, may=policy.edit_practical)
    current = queries.timetable_of(found)

    def keep(rows: Sequence[Row], seen: int) -> None:
        actions.change_timetable(visit=found, rows=rows, seen=seen, by=request.user, at=request.now)

    editing = Editing(
        rows=[line.row for line in current.lines],
        number=current.number,
        hours=queries.hours_of(found),
        keep=keep,
        back=reverse("visits:timetable", args=[pk]),
        context={"visit": found, "title": _("Change the timetable")},
    )
    return _editing(request, editing)


@require_POST
@for_members
def restart_timetable(request: MemberRequest, pk: int) -> HttpResponse:
    """Start again from the office's template."""
    found = load(queries.visit, pk, actor=request.actor, may=policy.edit_practical)
    try:
        actions.restart_timetable(visit=found, by=request.user, at=request.now)
    except NotAllowed as refused:
        messages.error(request, refused.why)
    else:
        messages.success(request, _("The timetable is the office's proposal again. The versions before are kept."))
    return redirect("visits:timetable", pk)


@require_POST
@for_members
def timetable_read(request: MemberRequest, pk: int) -> HttpResponse:
    """This person has read the newest version."""
    found = load(queries.visit, pk, actor=request.actor, may=policy.read)
    version = queries.version_of(found)
    if version:
        actions.note_looked(visit=found, number=version.number, by=request.user, at=request.now)
    return redirect("visits:timetable", pk)


@for_members
def timetable_print(request: MemberRequest, pk: int) -> HttpResponse:
    """The timetable as a PDF of one page."""
    found = load(queries.visit, pk, actor=request.actor, may=policy.read)
    response = HttpResponse(timetable_pdf(found), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="timetable-{pk}.pdf"'
    return response


@for_members
def templates(request: MemberRequest) -> HttpResponse:
    """The office's templates, one for each pathway and form."""
    policy.configure.require(request.actor, request.network)
    written = {(one.pathway, one.form): one for one in TimetableTemplate.objects.filter(network=request.network)}
    rows = [
        {"pathway": pathway, "title": f"{words}, {form_words}", "form": form, "own": (pathway, form) in written}
        for pathway, words in Enrolment.Pathway.choices
        for form, form_words in Visit.Form.choices
    ]
    return page(request, "visits/templates.html", {"rows": rows})


@for_members
def change_template(request: MemberRequest, pathway: str, form: str) -> HttpResponse:
    """The office's proposal for a pathway and a form."""
    policy.configure.require(request.actor, request.network)
    if pathway not in Enrolment.Pathway.values or form not in Visit.Form.values:
        raise Http404
    template = TimetableTemplate.objects.filter(network=request.network, pathway=pathway, form=form).first()
    usual = queries.settings_of(request.network)

    def keep(rows: Sequence[Row], seen: int) -> None:
        actions.change_template(
            network=request.network, pathway=pathway, form=form, rows=rows, seen=seen, by=request.user, at=request.now
        )

    names = (Enrolment.Pathway(pathway).label, Visit.Form(form).label)
    editing = Editing(
        rows=queries.rows_of_template(request.network.pk, pathway, form),
        number=template.version if template else 0,
        hours=(f"{usual.day_starts:%H:%M}", f"{usual.day_ends:%H:%M}"),
        keep=keep,
        back=reverse("visits:templates"),
        context={"title": _("Timetable: %(pathway)s, %(form)s") % {"pathway": names[0], "form": names[1]}},
    )
    return _editing(request, editing)


@dataclass(frozen=True)
class Editing:
    """Lines that are being changed: what stands there, by which version, and how they are kept."""

    rows: Sequence[Row]
    number: int
    hours: tuple[str, str]
    keep: Callable[[Sequence[Row], int], None]
    back: str
    context: dict[str, Any]


def _editing(request: MemberRequest, editing: Editing) -> HttpResponse:
    """Show lines as a form; a button changes their order without keeping anything, another keeps them."""
    if request.method != "POST":
        return _form(request, editing, unbound(raw_rows(editing.rows)), seen=editing.number)
    act, raws = request.POST.get("act", "save"), posted_rows(request.POST)
    if act != "save":
        return _form(request, editing, unbound(changed_rows(raws, act)), seen=_seen(request))
    forms, error = bound(raws), ""
    if all(form.is_valid() for form in forms):
        try:
            editing.keep([form.row() for form in forms], _seen(request))
        except NotAllowed as refused:
            error = refused.why
        else:
            messages.success(request, _("The timetable is kept."))
            return redirect(editing.back)
    return _form(request, editing, forms, seen=editing.number, problems=_problems(forms, error))


def _form(
    request: MemberRequest,
    editing: Editing,
    forms: Sequence[RowForm],
    *,
    seen: int,
    problems: Sequence[dict[str, str]] = (),
) -> HttpResponse:
    words = {"forms": forms, "problems": problems, "seen": seen, "back": editing.back, "hours": editing.hours}
    status = 422 if problems else 200
    return page(request, "visits/timetable_form.html", editing.context | words, status=status)


def _problems(forms: Sequence[RowForm], error: str) -> list[dict[str, str]]:
    """What keeps the lines from being kept: a refusal, and each line that cannot be read."""
    lines = [
        {
            "text": " ".join(str(each) for errors in form.errors.values() for each in errors),
            "href": f"#row{place}",
            "label": _("Line %(number)d") % {"number": place + 1},
        }
        for place, form in enumerate(forms)
        if form.errors
    ]
    return [{"text": error}, *lines] if error else lines


def _seen(request: MemberRequest) -> int:
    given = request.POST.get("seen", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) <= LONGEST else -1


def _earlier(visit: Visit, given: str) -> dict[str, Any] | None:
    if not (given.isascii() and given.isdecimal() and len(given) <= LONGEST):
        return None
    version = visit.timetables.filter(number=int(given)).first()
    if version is None:
        raise Http404
    return {"number": version.number, "lines": queries.lines_of(read_rows(version.rows), *queries.hours_of(visit))}
