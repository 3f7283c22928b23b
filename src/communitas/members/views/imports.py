"""Communities from a file: upload, look, import, undo."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import ImportRun
from communitas.kit.pages import page
from communitas.members import actions, policy, queries
from communitas.members.forms import ColumnsForm, ImportForm, UploadForm
from communitas.members.http import MemberRequest, for_members

LINES_SHOWN = 200


@for_members
def import_start(request: MemberRequest) -> HttpResponse:
    """Choose a file; the last imports and how to undo them."""
    policy.import_communities.require(request.actor, request.network)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        run = actions.begin_import(
            network=request.network, content=file.read(), name=file.name, by=request.user, at=request.now
        )
        return redirect("members:import_check", run.pk)
    runs = ImportRun.objects.filter(tenant=request.network.tenant, kind="communities").select_related("file", "by")
    return page(request, "members/import_start.html", {"form": form, "runs": list(runs[:10])})


def _run(request: MemberRequest, pk: int) -> ImportRun:
    policy.import_communities.require(request.actor, request.network)
    runs = ImportRun.objects.select_related("tenant__network", "file__tenant")
    return get_object_or_404(runs, pk=pk, tenant=request.network.tenant, kind="communities")


@for_members
def import_check(request: MemberRequest, pk: int) -> HttpResponse:
    """What the file would do, which column means what, and what is wrong. Nothing is changed yet."""
    run = _run(request, pk)
    if run.state != ImportRun.State.PREVIEW:
        return redirect("members:import_start")
    preview = queries.preview_of(run)
    initial = {**preview.mapping, "sheet": run.sheet}
    form = ColumnsForm(request.POST or None, sheets=preview.sheets, headers=preview.headers, initial=initial)
    if request.method == "POST" and form.is_valid():
        sheet = form.cleaned_data.get("sheet", "")
        actions.choose_columns(run=run, sheet=sheet, mapping=form.mapping, by=request.user, at=request.now)
        return redirect("members:import_check", pk)
    context = {
        "run": run,
        "preview": preview,
        "lines": preview.lines[:LINES_SHOWN],
        "columns": form,
        "form": ImportForm(),
    }
    return page(request, "members/import_check.html", context)


@for_members
@require_POST
def import_run(request: MemberRequest, pk: int) -> HttpResponse:
    """Import every row, or leave the file."""
    run = _run(request, pk)
    form = ImportForm(request.POST)
    try:
        if "leave" in request.POST:
            actions.abandon_import(run=run, by=request.user, at=request.now)
            return redirect("members:import_start")
        membership = form.cleaned_data["membership"] if form.is_valid() else "full"
        done = actions.run_import(run=run, membership=membership, by=request.user, at=request.now)
        messages.success(request, _("Imported: %(new)s new, %(changed)s changed.") % done.summary)
    except NotAllowed as refused:
        messages.error(request, refused.why)
        return redirect("members:import_check", pk)
    return redirect("members:communities")


@for_members
@require_POST
def import_undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Take an import back."""
    run = _run(request, pk)
    try:
        actions.undo_import(run=run, by=request.user, at=request.now)
        messages.success(request, _("The import is undone."))
    except NotAllowed as refused:
        messages.error(request, refused.why)
    return redirect("members:import_start")
