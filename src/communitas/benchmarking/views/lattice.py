"""What may be published for a cycle: looked at by the office, declared by its analysts, locked by two of them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communitas.benchmarking import actions, policy
from communitas.benchmarking.forms import CellsForm
from communitas.benchmarking.forms.lattice import filled, table_in_words
from communitas.benchmarking.models import Lattice
from communitas.benchmarking.queries import lattices as queries
from communitas.benchmarking.rules.disclosure.declared import CROSS, USUAL, Declaration, from_plain
from communitas.cycles.models import Cycle
from communitas.kit import confirmations
from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.kit.permissions import Permission
from communitas.members.http import MemberRequest, for_members
from communitas.standards import queries as standards

LEVELS = ("overall", "section", "criterion")


def _the_cycle(request: MemberRequest, pk: int, may: Permission) -> Cycle:
    mine = Cycle.objects.filter(network=request.network).select_related("network__tenant", "edition", "previous")
    return load(mine, pk, actor=request.actor, may=may)


@require_safe
@for_members
def lattice(request: MemberRequest, pk: int) -> HttpResponse:
    """The declared cells of a cycle, who stands in them now, and what they would have given last time."""
    cycle = _the_cycle(request, pk, policy.read_lattice)
    found = queries.lattice_of(cycle)
    declaration = from_plain(found.declared) if found else USUAL
    form = CellsForm(queries.codes_of(request.network), initial=filled(declaration))
    return page(request, "benchmarking/lattice.html", _context(request, cycle, found, form))


@for_members
@require_POST
def lattice_save(request: MemberRequest, pk: int) -> HttpResponse:
    """Keep a draft of the cells."""
    cycle = _the_cycle(request, pk, policy.edit_lattice)
    form = CellsForm(queries.codes_of(request.network), request.POST)
    if form.is_valid():
        try:
            actions.declare_cells(cycle=cycle, declaration=form.declaration, by=request.user, at=request.now)
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            messages.success(request, _("Saved as a draft. Nothing is locked yet."))
            return redirect("benchmarking:lattice", pk)
    context = _context(request, cycle, queries.lattice_of(cycle), form)
    return page(request, "benchmarking/lattice.html", context, status=422)


@for_members
@require_POST
def lattice_try(request: MemberRequest, pk: int) -> HttpResponse:
    """See in the background what would have been published last time."""
    found = _draft(request, pk)
    job = actions.start_trial(lattice=found, by=request.user, at=request.now)
    return redirect("web:job", job.pk)


@for_members
@require_POST
def lattice_lock(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask a second analyst to lock the cells."""
    found = _draft(request, pk)
    try:
        actions.propose_lock(lattice=found, by=request.user, at=request.now)
    except NotAllowed as refused:
        messages.error(request, refused.why)
    else:
        messages.success(request, _("Another analyst of the office now looks at the cells and locks them."))
    return redirect("benchmarking:lattice", pk)


def _draft(request: MemberRequest, pk: int) -> Lattice:
    found = queries.lattice_of(_the_cycle(request, pk, policy.edit_lattice))
    if found is None:
        raise Http404
    return found


def _context(request: MemberRequest, cycle: Cycle, found: Lattice | None, form: CellsForm) -> dict[str, Any]:
    locked = found is not None and found.state == Lattice.State.LOCKED
    signed = 0 if locked else queries.signed(cycle)
    declaration = from_plain(found.declared) if found else USUAL
    types = standards.names_of_types(request.network)
    waiting = confirmations.waiting(found, policy.lock_lattice) if found and not locked else None
    trial = found.trial if found else None
    return {
        "cycle": cycle,
        "lattice": found,
        "locked": locked,
        "signed": signed,
        "form": form,
        "may_edit": policy.edit_lattice.allows(request.actor, cycle) and not locked and not signed and not waiting,
        "waiting": waiting,
        "crumbs": [
            {"label": cycle.name, "href": reverse("cycles:cockpit", args=[cycle.pk])},
            {"label": _("Published cells")},
        ],
        "tables": [{"name": table_in_words(each.dimensions), "criteria": each.criteria} for each in declaration.tables],
        "sizes": _sizes(cycle, declaration, types),
        "trial": _trial(trial, types) if trial else None,
        "trial_columns": _columns(),
    }


def _sizes(cycle: Cycle, declaration: Declaration, types: dict[str, str]) -> dict[str, Any]:
    return {
        "columns": [{"label": _("Group")}, {"label": _("Communities"), "kind": "number"}, {"label": _("At best")}],
        "rows": [
            {"cells": [_group(each.group.dimension, each.group.name, types), each.communities, _hope(each.communities)]}
            for each in queries.sizes_now(cycle, declaration)
        ],
    }


def _columns() -> dict[str, list[dict[str, str]]]:
    return {
        "tables": [
            {"label": _("Table")},
            {"label": _("Of what")},
            {"label": _("Cells shown"), "kind": "number"},
            {"label": _("of these, in words"), "kind": "number"},
        ],
        "groups": [
            {"label": _("Group")},
            {"label": _("Communities"), "kind": "number"},
            {"label": _("Met, exactly"), "kind": "number"},
            {"label": _("Together")},
            {"label": _("Sections shown"), "kind": "number"},
            {"label": _("Standards shown"), "kind": "number"},
        ],
    }


def _hope(communities: int) -> str:
    if communities < 5:
        return _("too few: nothing can be shown")
    if communities < 10:
        return _("sections at most")
    if communities < 20:
        return _("sections, single standards, the median")
    return _("everything, with the middle half")


def _group(dimension: str, name: str, types: dict[str, str]) -> str:
    if dimension == "network":
        return _("The whole network")
    parts = zip(dimension.split(CROSS), name.split(CROSS), strict=False)
    return CROSS.join(types.get(level, level) if of == "type" else level for of, level in parts)


def _trial(trial: dict[str, Any], types: dict[str, str]) -> dict[str, Any]:
    ordered = sorted(trial["tables"], key=lambda each: LEVELS.index(each["level"]))
    return {
        "cycle": trial["cycle"],
        "tables": [{"cells": _table_row(each)} for each in ordered],
        "groups": [{"cells": _group_row(each, types)} for each in trial["groups"]],
    }


def _table_row(each: dict[str, Any]) -> list[Any]:
    network = each["table"] == "network"
    words = _("The whole network") if network else table_in_words(tuple(each["table"].split(CROSS)))
    level = {"overall": _("Everything together"), "section": _("Sections"), "criterion": _("Standards")}[each["level"]]
    return [words, level, _("%(shown)s of %(cells)s") % each, each["banded"]]


def _group_row(each: dict[str, Any], types: dict[str, str]) -> list[Any]:
    return [
        _group(each["dimension"], each["name"], types),
        each["communities"],
        f"{100 * each['met'] / each['answered']:.1f}%" if each["answered"] else "–",
        _("yes") if each["overall"] else _("hidden"),
        each["sections"],
        each["criteria"],
    ]
