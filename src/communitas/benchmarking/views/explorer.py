"""The explorer: members look at the frozen cells of released cycles, with their own marks beside them."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communitas.benchmarking import policy
from communitas.benchmarking.queries.exploring import explore
from communitas.benchmarking.rules.charts.drawing import Chart
from communitas.benchmarking.rules.cohort import NETWORK, Group
from communitas.benchmarking.rules.exploring import Explored, Wanted
from communitas.benchmarking.views.drawings import as_file, drawn
from communitas.benchmarking.views.exploring_charts import GroupWords, charts_of
from communitas.benchmarking.views.exploring_shown import as_csv, selects_of, shown
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.members.models import Community, ServiceType

FIELDS = ("section", "standard", "group", "marks", "since", "until")


@require_safe
@for_members
def benchmarks(request: MemberRequest) -> HttpResponse:
    """Where comparing begins: the own community, all of them to choose from, or the network for the office."""
    if policy.explore_all.allows(request.actor, request.network):
        return redirect("benchmarking:explorer_all")
    everybody = Community.objects.filter(network=request.network).order_by("name", "pk")
    mine = list(policy.explore.visible(everybody, request.actor)[:50])
    if len(mine) == 1:
        return redirect("benchmarking:explorer", mine[0].pk)
    return page(request, "benchmarking/benchmarks.html", {"communities": mine})


@require_safe
@for_members
def explorer(request: MemberRequest, pk: int) -> HttpResponse:
    """Compare one community with the groups of its network."""
    mine = Community.objects.filter(network=request.network).select_related("service_type")
    return _answer(request, load(mine, pk, actor=request.actor, may=policy.explore))


@require_safe
@for_members
def explorer_all(request: MemberRequest) -> HttpResponse:
    """The same figures without a community, for the office."""
    policy.explore_all.require(request.actor, request.network)
    return _answer(request, None)


def _answer(request: MemberRequest, community: Community | None) -> HttpResponse:
    here = reverse("benchmarking:explorer", args=[community.pk]) if community else reverse("benchmarking:explorer_all")
    found = explore(request.network, community, _wanted(request, community))
    context: dict[str, Any] = {"community": community, "here": here, "found": found}
    if found is None:
        return page(request, "benchmarking/explorer.html", context)
    words = _words(request)
    if request.GET.get("format") == "csv":
        return as_csv(found, words)
    charts = charts_of(found, words, _own_name(request, community))
    if request.GET.get("format") == "svg":
        return _file(request, charts)
    kept = _kept(request, found)
    context |= shown(found, words, here, kept)
    context["charts"] = {
        name: drawn(chart, file_href=f"{here}?{urlencode({**kept, 'format': 'svg', 'chart': name})}")
        for name, chart in charts.items()
    }
    context["selects"] = selects_of(found, words)
    context["downloads"] = [{"label": "CSV", "href": f"{here}?{urlencode({**kept, 'format': 'csv'})}"}]
    return page(request, "benchmarking/explorer.html", context)


def _words(request: MemberRequest) -> GroupWords:
    types = ServiceType.objects.filter(network=request.network).values_list("code", "name", "plural")
    return GroupWords({code: plural or _("%(type)s communities") % {"type": name} for code, name, plural in types})


def _own_name(request: MemberRequest, community: Community | None) -> str:
    """'you' to its own people, the community's name to the office."""
    mine = community is None or any(held.community == community.pk for held in request.actor.held)
    return _("you") if mine or community is None else community.name


def _file(request: MemberRequest, charts: Mapping[str, Chart]) -> HttpResponse:
    name = request.GET.get("chart", "")
    if name not in charts:
        raise Http404
    return as_file(charts[name], public=False)


def _wanted(request: MemberRequest, community: Community | None) -> Wanted:
    asked = request.GET
    dimension, _colon, name = asked.get("group", "").partition(":")
    groups = [Group(dimension, name)] if dimension else []
    if community and not groups:
        groups.append(Group("type", community.service_type.code))
    return Wanted(
        section=asked.get("section", "")[:200],
        standard=asked.get("standard", "")[:40],
        group=(*groups, NETWORK),
        since=_number(asked.get("since", "")),
        until=_number(asked.get("until", "")),
        kind="self" if asked.get("marks") == "self" else "agreed",
    )


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 12 else None


def _kept(request: MemberRequest, found: Explored) -> dict[str, str]:
    """The filters as they were understood, for addresses that lead on."""
    kept = {
        "section": found.section,
        "standard": found.subject.name if found.subject.level == "criterion" else "",
        "group": f"{found.group.dimension}:{found.group.name}",
        "marks": "self" if found.kind == "self" else "",
        "since": str(found.since) if request.GET.get("since") else "",
        "until": str(found.until) if request.GET.get("until") else "",
    }
    return {name: kept[name] for name in FIELDS if kept[name]}
