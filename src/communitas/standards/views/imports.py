"""A file of standards: chosen, mapped, checked, imported, undone."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.models import ImportRun
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.standards import actions, policy, queries
from communitas.standards.forms import MappingForm, UploadForm
from communitas.standards.models import StandardSet
from communitas.standards.queries.imports import KIND
from communitas.standards.views.asking import form_page, tried


def _the_run(request: MemberRequest, pk: int) -> ImportRun:
    source = ImportRun.objects.filter(kind=KIND, tenant=request.network.tenant).select_related(
        "file__tenant", "tenant__network", "by"
    )
    return load(source, pk, actor=request.actor, may=policy.read_import)


@for_members
def import_start(request: MemberRequest) -> HttpResponse:
    """Choose a file and the set it belongs to."""
    policy.import_into.require(request.actor, request.network)
    sets = {row.pk: row for row in StandardSet.objects.filter(network=request.network)}
    if not sets:
        messages.info(request, _("Add a set of standards first, then import its first edition."))
        return redirect("standards:set_add")
    form = UploadForm(request.POST or None, request.FILES or None, sets=[(pk, row.name) for pk, row in sets.items()])
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        given = {"network": request.network, "standard_set": sets[form.cleaned_data["standard_set"]]}
        file = {"content": upload.read(), "name": upload.name}
        run = tried(form, actions.start_import, **given, **file, by=request.user, at=request.now)
        if isinstance(run, ImportRun):
            return redirect("standards:import", run.pk)
    title, lead = _("Import an edition"), _("You see what would be imported before anything is. Nothing changes yet.")
    label, back = _("Check the file"), reverse("standards:sets")
    return form_page(request, form, title=title, label=label, back=back, lead=lead, upload=True)


@for_members
def import_check(request: MemberRequest, pk: int) -> HttpResponse:
    """What the columns mean, what would be imported, and every problem at once."""
    run = _the_run(request, pk)
    if run.state != ImportRun.State.PREVIEW:
        return page(request, "standards/import_done.html", _done(run))
    prepared = queries.prepare(run)
    initial = {"sheet": prepared.sheet, **run.summary}
    form = MappingForm(request.POST or None, initial=initial, columns=prepared.columns, sheets=prepared.sheets)
    if request.method == "POST" and form.is_valid():
        clean = {name: form.cleaned_data[name] for name in ("sheet", "title", "number")}
        given = {"run": run, "mapping": form.mapping(), **clean}
        if tried(form, actions.decide_import, **given, by=request.user, at=request.now):
            return redirect("standards:import", pk)
    return page(request, "standards/import.html", _checked(run, prepared, form), status=422 if form.errors else 200)


def _checked(run: ImportRun, prepared: queries.Prepared, form: MappingForm) -> dict[str, Any]:
    edition = prepared.edition or prepared.rest
    fields = [(column, form[f"column_{column.place}"]) for column in prepared.columns]
    levels = Counter(int(criterion.level) for criterion in edition.criteria()) if edition else Counter[int]()
    return {
        "run": run,
        "form": form,
        "fields": fields,
        "prepared": prepared,
        "edition": edition,
        "count": levels.total(),
        "levels": [levels[level] for level in (1, 2, 3)],
        "problem_rows": [
            [problem.reason, problem.sheet or "–", problem.row or "–", problem.column or "–", problem.value or "–"]
            for problem in prepared.problems[:500]
        ],
        "problem_columns": [
            {"label": label} for label in (_("Problem"), _("Sheet"), _("Row"), _("Column"), _("What stands there"))
        ],
        "notes": [str(note) for note in prepared.notes[:200]],
        "crumbs": _crumbs(run),
    }


def _crumbs(run: ImportRun) -> list[dict[str, str]]:
    return [{"label": _("Standards"), "href": reverse("standards:sets")}, {"label": run.file.name}]


def _done(run: ImportRun) -> dict[str, Any]:
    return {"run": run, "made": run.made.get("edition"), "crumbs": _crumbs(run)}


@for_members
@require_POST
def import_finish(request: MemberRequest, pk: int) -> HttpResponse:
    """Import: everything, or the rest without the rows that have problems."""
    run = _the_run(request, pk)
    try:
        rest = "accept_rest" in request.POST
        made = actions.finish_import(run=run, accept_rest=rest, by=request.user, at=request.now)
    except NotAllowed as refused:
        messages.error(request, refused.why)
        return redirect("standards:import", pk)
    messages.success(request, _("Imported as a draft. You can still undo the import."))
    return redirect("standards:draft", made.pk)


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
    return redirect("standards:sets")


@for_members
@require_POST
def import_undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Take the imported draft away again."""
    run = _the_run(request, pk)
    try:
        actions.undo_import(run=run, by=request.user, at=request.now)
        messages.success(request, _("The import is undone."))
    except NotAllowed as refused:
        messages.error(request, refused.why)
    return redirect("standards:import", pk)
