"""What the explorer says around its charts: words, choices, the standards behind a figure, and the file."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from communitas.benchmarking.rules.charts.drawing import percent_words
from communitas.benchmarking.rules.counts import Counts
from communitas.benchmarking.rules.disclosure.lattice import Subject
from communitas.benchmarking.rules.disclosure.values import Hidden, Percent, Protected
from communitas.benchmarking.rules.exploring import Explored, Part, own_words, value_words
from communitas.benchmarking.rules.subjects import Given
from communitas.benchmarking.views.exploring_charts import GroupWords, own_percent
from communitas.kit.tabular.writing import Table, write_csv
from communitas.standards import queries as standards


def shown(found: Explored, words: GroupWords, here: str, kept: Mapping[str, str]) -> dict[str, Any]:
    """The words and the table of a page."""
    single = found.subject.level == "criterion"
    return {
        "title": _title(found),
        "way": _way(found, here, kept),
        "criterion": found.criterion,
        "standard_href": _standard_href(found) if single else "",
        "figure": value_words(found.given.value, pooled=not single),
        "is_number": isinstance(found.given.value, Percent),
        "group": words.of(found.given.group),
        "own": own_words(found.own) if found.own else "",
        "own_percent": percent_words(share) if (share := own_percent(found.own)) is not None else "",
        "gave_way": _gave_way(found, words),
        "parts": _parts(found, words, here, kept),
    }


def _parts(found: Explored, words: GroupWords, here: str, kept: Mapping[str, str]) -> dict[str, Any]:
    sections = found.subject.level == "overall"
    return {
        "title": _("The sections behind this figure") if sections else _("The standards behind this figure"),
        "columns": [
            {"label": _("Section") if sections else _("Standard")},
            {"label": words.of(found.group), "kind": "number"},
            {"label": _("Own")},
        ],
        "rows": [_row(each, found, words, here, kept) for each in found.parts],
    }


def selects_of(found: Explored, words: GroupWords) -> list[dict[str, Any]]:
    """The choices: sections, the standards of the chosen one, groups, kinds of marks, cycles."""
    sections = [("", _("All sections")), *((each.title, each.title) for each in found.edition.sections)]
    standards_of = [("", _("All standards of the section"))]
    for section in found.edition.sections:
        if section.title == found.section:
            standards_of += [(each.code, f"{each.code} {_cut(each.statement)}") for each in section.criteria]
    groups = [(f"{each.dimension}:{each.name}", words.of(each)) for each in found.groups.parents]
    cycles = [(str(pk), name) for pk, name in reversed(found.cycles)]
    chosen = found.subject.name if found.subject.level == "criterion" else ""
    marks = [("", _("Agreed with the review team")), ("self", _("The communities' own"))]
    selects = [
        {"name": "section", "label": _("Section"), "options": sections, "value": found.section},
        {"name": "standard", "label": _("Standard"), "options": standards_of, "value": chosen},
        {
            "name": "group",
            "label": _("Compare with"),
            "options": groups,
            "value": f"{found.group.dimension}:{found.group.name}",
        },
        {"name": "marks", "label": _("Marks"), "options": marks, "value": found.kind if found.kind == "self" else ""},
        {"name": "since", "label": _("From"), "options": cycles, "value": str(found.since)},
        {"name": "until", "label": _("To"), "options": cycles, "value": str(found.until)},
    ]
    return [each for each in selects if each["name"] != "standard" or found.section]


def as_csv(found: Explored, words: GroupWords) -> HttpResponse:
    """The figures of the page as one table, as protected as they are there."""
    header = [
        *(_("cycle"), _("section"), _("standard"), _("group asked for"), _("group shown"), _("marks")),
        *(_("percent met"), _("percent partly met"), _("percent not met"), _("in words"), _("own"), _("compared")),
    ]
    rows = list(_lines(found, words))
    response = HttpResponse(write_csv(Table(_("comparison"), header, rows)), content_type="text/csv; charset=utf-8")
    file = slugify(f"comparison {found.cycle} {found.subject.name}")[:80]
    response["Content-Disposition"] = f'attachment; filename="{file}.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _lines(found: Explored, words: GroupWords) -> Iterator[list[Any]]:
    """A row for each cycle of the subject, then one for each of its parts in the newest."""
    for each in found.moments:
        yield _line(found, words, each.cycle, found.subject, each.given, each.own, each.broken)
    for part in found.parts:
        yield _line(found, words, found.cycle, part.subject, part.given, part.own, "")


def _line(
    found: Explored, words: GroupWords, cycle: str, subject: Subject, given: Given, own: Counts | None, broken: str
) -> list[Any]:
    single = subject.level == "criterion"
    section = subject.name if subject.level == "section" else found.section
    place = [cycle, section, subject.name if single else ""]
    groups = [words.of(found.group), words.of(given.group), found.kind]
    return [*place, *groups, *_numbers(given.value, pooled=not single), own_words(own), broken]


def _numbers(value: Protected, *, pooled: bool) -> list[Any]:
    if isinstance(value, Percent):
        return [value.met, value.partly_met, value.not_met, ""]
    return ["", "", "", value_words(value, pooled=pooled)]


def _title(found: Explored) -> str:
    if found.criterion is not None:
        return f"{found.criterion.code} {found.criterion.statement}"
    return found.section or _("All standards together")


def _way(found: Explored, here: str, kept: Mapping[str, str]) -> list[dict[str, str]]:
    """From everything to the section to the standard, as far as the choice goes."""
    way = [{"label": _("All standards"), "href": _link(here, kept, section="", standard="")}]
    if found.section:
        way.append({"label": found.section, "href": _link(here, kept, section=found.section, standard="")})
    if found.criterion is not None:
        way.append({"label": found.criterion.code, "href": ""})
    way[-1] = {"label": way[-1]["label"]}
    return way


def _link(here: str, kept: Mapping[str, str], **changed: str) -> str:
    wanted = {name: value for name, value in {**kept, **changed}.items() if value}
    return f"{here}?{urlencode(wanted)}"


def _standard_href(found: Explored) -> str:
    address = reverse("standards:edition", args=found.address)
    return f"{address}#{standards.anchor_of(found.subject.name)}"


def _gave_way(found: Explored, words: GroupWords) -> str:
    if isinstance(found.given.value, Hidden):
        return _("%(group)s, and every larger group: hidden to protect small groups.") % {
            "group": words.of(found.group)
        }
    if not found.gave_way:
        return ""
    return _("%(wanted)s: hidden to protect small groups. In its place you see: %(shown)s.") % {
        "wanted": words.of(found.group),
        "shown": words.of(found.given.group),
    }


def _row(part: Part, found: Explored, words: GroupWords, here: str, kept: Mapping[str, str]) -> dict[str, Any]:
    pooled = part.subject.level == "section"
    if pooled:
        label, href = part.subject.name, _link(here, kept, section=part.subject.name, standard="")
    else:
        statement = next(c.statement for s in found.edition.sections for c in s.criteria if c.code == part.subject.name)
        label, href = f"{part.subject.name} {statement}", _link(here, kept, standard=part.subject.name)
    other = part.given.group != found.group and not isinstance(part.given.value, Hidden)
    figure: dict[str, Any] = {"text": value_words(part.given.value, pooled=pooled)}
    if other:
        figure["sub"] = words.of(part.given.group)
    return {"href": href, "cells": [label, figure, own_words(part.own)]}


def _cut(text: str, longest: int = 70) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
