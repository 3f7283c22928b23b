"""The office builds a national report from blocks, in the browser."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communitas.cycles.models import Cycle
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.reports import policy
from communitas.reports.actions import outlines as actions
from communitas.reports.forms.blocks import FORMS, BlockForm, FigureForm, ThemeForm
from communitas.reports.models import Outline
from communitas.reports.queries import outlines as queries
from communitas.reports.rules.blocks import Block, BlockKind, Way
from communitas.reports.views.asking import attempt, attempt_form
from communitas.reports.views.built import KIND_WORDS, build_page, preview_page, steps_page, subjects, themes


def _cycle(request: MemberRequest, pk: int) -> Cycle:
    mine = Cycle.objects.filter(network=request.network)
    source = mine.select_related("network__tenant", "edition__standard_set", "previous__edition")
    return load(source, pk, actor=request.actor, may=policy.build_national)


def _back(pk: int, block_id: str = "") -> HttpResponse:
    """The list of blocks, at the block that was changed."""
    return redirect(reverse("reports:build", args=[pk]) + (f"#{block_id}" if block_id else ""))


@require_safe
@for_members
def build(request: MemberRequest, pk: int) -> HttpResponse:
    """The blocks of the report in their order, with what can be done to each."""
    return page(request, "reports/national/build.html", build_page(_cycle(request, pk)))


@for_members
@require_POST
def begin(request: MemberRequest, pk: int) -> HttpResponse:
    """Begin with last year's blocks, or with the usual ones."""
    cycle = _cycle(request, pk)
    act = lambda: actions.begin_outline(cycle=cycle, by=request.user, at=request.now)  # noqa: E731
    attempt(request, act, _("Begun. Change, move and remove blocks as you like; every step can be taken back."))
    return _back(pk)


@for_members
def add(request: MemberRequest, pk: int, kind: str) -> HttpResponse:
    """Add a block of a kind, behind the one that the address names."""
    cycle = _cycle(request, pk)
    if kind not in FORMS:
        raise Http404
    form = _form(kind, request, cycle)
    after = request.GET.get("after", "")[:12]

    def act(data: dict[str, Any]) -> None:
        made = actions.add_block(cycle=cycle, block=form.block(), after=after, by=request.user, at=request.now)
        added.append(made.id)

    added: list[str] = []
    if request.method == "POST" and attempt_form(form, act):
        messages.success(request, _("Added."))
        return _back(pk, added[0])
    return _answer(request, cycle, form, _("Add: %(kind)s") % {"kind": KIND_WORDS[kind]})


@for_members
def change(request: MemberRequest, pk: int, block: str) -> HttpResponse:
    """Change what a block holds."""
    cycle = _cycle(request, pk)
    outline = queries.outline_of(cycle)
    found = next((each for each in queries.blocks_of(outline) if each.id == block), None)
    if found is None or outline is None:
        raise Http404
    form = _form(found.kind, request, cycle, found, outline.number)

    def act(data: dict[str, Any]) -> None:
        opened = _as_opened(cycle, data["version"], block)
        made = form.block(block)
        actions.change_block(cycle=cycle, block=made, opened=opened, by=request.user, at=request.now)

    if request.method == "POST" and attempt_form(form, act):
        messages.success(request, _("Saved."))
        return _back(pk, block)
    return _answer(request, cycle, form, found.heading or str(KIND_WORDS[found.kind]))


@for_members
@require_POST
def move(request: MemberRequest, pk: int, block: str) -> HttpResponse:
    """Move a block one place up or down."""
    cycle = _cycle(request, pk)
    way: Way = "up" if request.POST.get("way") == "up" else "down"
    act = lambda: actions.move_block(cycle=cycle, block_id=block, way=way, by=request.user, at=request.now)  # noqa: E731
    attempt(request, act, _("Moved up.") if way == "up" else _("Moved down."))
    return _back(pk, block)


@for_members
@require_POST
def remove(request: MemberRequest, pk: int, block: str) -> HttpResponse:
    """Remove a block. Taking the last step back brings it back."""
    cycle = _cycle(request, pk)
    act = lambda: actions.remove_block(cycle=cycle, block_id=block, by=request.user, at=request.now)  # noqa: E731
    attempt(request, act, _("Removed. 'Take the last step back' brings it back."))
    return _back(pk)


@for_members
@require_POST
def undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Take the last step back."""
    cycle = _cycle(request, pk)
    act = lambda: actions.undo_step(cycle=cycle, by=request.user, at=request.now)  # noqa: E731
    attempt(request, act, _("Taken back. It stands as it stood before."))
    return _back(pk)


@require_safe
@for_members
def steps(request: MemberRequest, pk: int) -> HttpResponse:
    """Every version of the blocks, each with a way back to it."""
    return page(request, "reports/national/steps.html", steps_page(_cycle(request, pk)))


@for_members
@require_POST
def restore(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """Go back to an earlier version of the blocks."""
    cycle = _cycle(request, pk)
    if not Outline.objects.filter(cycle=cycle, number=number).exists():
        raise Http404
    act = lambda: actions.restore_outline(cycle=cycle, number=number, by=request.user, at=request.now)  # noqa: E731
    attempt(request, act, _("The report stands again as it stood then."))
    return _back(pk)


@require_safe
@for_members
def preview(request: MemberRequest, pk: int) -> HttpResponse:
    """The report as it will be read: with figures of this moment, or with the frozen ones as everybody sees them."""
    return page(request, "reports/national/preview.html", preview_page(request, _cycle(request, pk)))


def _form(
    kind: BlockKind, request: MemberRequest, cycle: Cycle, block: Block | None = None, version: int | None = None
) -> BlockForm:
    given: dict[str, Any] = {"block": block, "version": version}
    if issubclass(FORMS[kind], FigureForm):
        given["subjects"] = subjects(cycle)
    if issubclass(FORMS[kind], ThemeForm):
        given["themes"] = themes(cycle)
    return FORMS[kind](request.POST or None, **given)


def _as_opened(cycle: Cycle, number: int | None, block_id: str) -> Block | None:
    """The block in the version in which the page was opened."""
    if number is None:
        return None
    outline = Outline.objects.filter(cycle=cycle, number=number).first()
    return next((each for each in queries.blocks_of(outline) if each.id == block_id), None)


def _answer(request: MemberRequest, cycle: Cycle, form: BlockForm, title: str) -> HttpResponse:
    context = {"cycle": cycle, "form": form, "title": title, "back": reverse("reports:build", args=[cycle.pk])}
    return page(request, "reports/national/block.html", context, status=422 if form.errors else 200)
