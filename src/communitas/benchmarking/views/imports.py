"""Scores of past cycles from a file: chosen, mapped, checked, imported, undone."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communitas.benchmarking import actions, policy, queries
from communitas.benchmarking.forms import ColumnsForm, UploadForm
from communitas.benchmarking.rules.score_choices import FIELD_WORDS
from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.models import ImportRun
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members

PROBLEMS_SHOWN = 500
NOTES_SHOWN = 200


def _the_run(request: MemberRequest, pk: int) -> ImportRun:
    runs = ImportRun.objects.filter(kind=queries.KIND, tenant=request.network.tenant)
    source = runs.select_related("file__tenant", "tenant__network", "by")
    return load(source, pk, actor=request.actor, may=policy.read_import)


@for_members
def imports(request: MemberRequest) -> HttpResponse:
    """The files of past scores, and how to undo them."""
    policy.import_scores.require(request.actor, request.network)
    return page(request, "benchmarking/imports.html", {"runs": queries.imports_of(request.network)})


@for_members
def import_start(request: MemberRequest) -> HttpResponse:
    """Choose a file and the cycle its scores are of."""
    policy.import_scores.require(request.actor, request.network)
    form = UploadForm(request.network, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        file = given.pop("file")
        given |= {"content": file.read(), "file_name": file.name}
        try:
            run = actions.start_import(network=request.network, by=request.user, at=request.now, **given)
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            return redirect("benchmarking:import", run.pk)
    context = {"form": form, "crumbs": _crumbs(_("Import past scores"))}
    return page(request, "benchmarking/import_start.html", context, status=422 if form.errors else 200)


@for_members
def import_check(request: MemberRequest, pk: int) -> HttpResponse:
    """What the columns mean, what would be imported, and every problem at once."""
    run = _the_run(request, pk)
    if run.state != ImportRun.State.PREVIEW:
        return page(request, "benchmarking/import_done.html", {"run": run, "crumbs": _crumbs(run.file.name)})
    prepared = queries.prepare_scores(run)
    initial = {"sheet": run.sheet, **run.mapping}
    form = ColumnsForm(prepared, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        sheet = form.cleaned_data["sheet"]
        actions.decide_import(run=run, sheet=sheet, mapping=form.mapping, by=request.user, at=request.now)
        return redirect("benchmarking:import", pk)
    return page(request, "benchmarking/import.html", _checked(run, prepared, form), status=422 if form.errors else 200)


@for_members
@require_POST
def import_finish(request: MemberRequest, pk: int) -> HttpResponse:
    """Import everything, or nothing."""
    run = _the_run(request, pk)
    try:
        cycle = actions.finish_import(run=run, by=request.user, at=request.now)
    except NotAllowed as refused:
        messages.error(request, refused.why)
    else:
        messages.success(
            request, _("Imported into the %(cycle)s cycle. You can still undo it.") % {"cycle": cycle.name}
        )
    return redirect("benchmarking:import", pk)


@for_members
@require_POST
def import_leave(request: MemberRequest, pk: int) -> HttpResponse:
    """Leave the file; nothing was imported."""
    run = _the_run(request, pk)
    try:
        actions.leave_import(run=run, by=request.user, at=request.now)
        messages.success(request, _("The file was left. Nothing has changed."))
    except NotAllowed as refused:
        messages.error(request, refused.why)
    return redirect("benchmarking:imports")


@for_members
@require_POST
def import_undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Take imported scores back."""
    run = _the_run(request, pk)
    try:
        actions.undo_import(run=run, by=request.user, at=request.now)
        messages.success(request, _("The import is undone."))
    except NotAllowed as refused:
        messages.error(request, refused.why)
    return redirect("benchmarking:import", pk)


def _crumbs(here: str) -> list[dict[str, str]]:
    return [{"label": _("Past scores"), "href": reverse("benchmarking:imports")}, {"label": here}]


def _checked(run: ImportRun, prepared: queries.PreparedScores, form: ColumnsForm) -> dict[str, Any]:
    preview = prepared.preview
    scored = [fact for fact in preview.facts if fact.score is not None]
    return {
        "run": run,
        "crumbs": _crumbs(run.file.name),
        "form": form,
        "prepared": prepared,
        "communities": preview.communities,
        "self_scores": sum(fact.kind == "self" for fact in scored),
        "agreed_scores": sum(fact.kind == "agreed" for fact in scored),
        "columns": [(FIELD_WORDS[name], preview.taken.get(name, "–"), form[name]) for name in FIELD_WORDS],
        "problem_columns": [
            {"label": label} for label in (_("Problem"), _("Sheet"), _("Row"), _("Column"), _("What stands there"))
        ],
        "problem_rows": [
            [problem.reason, problem.sheet or "–", problem.row or "–", problem.column or "–", problem.value or "–"]
            for problem in prepared.problems[:PROBLEMS_SHOWN]
        ],
        "notes": [str(note) for note in preview.notes[:NOTES_SHOWN]],
    }
