"""The national report as a tagged PDF, for the office or for everyone."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, Final

from communitas.kit.typesetting import Order, compile_pdf
from communitas.reports.rules.documents.national_charts import national_charts
from communitas.reports.rules.documents.national_parts import HIDDEN_WORDS, NationalCriterion, NationalReport
from communitas.reports.rules.documents.pieces_parts import Piece
from communitas.reports.rules.documents.shares import day
from communitas.reports.typesetting.plain import drawing, plain, stamp

TEMPLATE: Final = "reports/typesetting/national.typ"
_TYPES_A_TABLE: Final = 5
WORDS: Final = {
    "cover": "How communities stand",
    "draft": "Draft",
    "office": "For the office only",
    "office_long": "For the office only: exact figures. Not for passing on.",
    "summary": "In short",
    "took_part": "Who took part",
    "contents": "What this report tells",
    "helped": "What helped others",
    "took_part_lead": "Communities that were reviewed in this cycle, and what the review teams agreed.",
    "type": "Type of service",
    "communities": "Communities",
    "met_overall": "Met, over all sections",
    "all": "All",
    "section": "Section",
    "sections": "Results by section",
    "agreement": "Own marks and agreed marks",
    "agreement_lead": "Communities mark themselves first. The review team then agrees a mark with them.",
    "self_marks": "Self-review",
    "agreed_marks": "Agreed",
    "by_type": "By type of service",
    "by_region": "By region",
    "most_and_least": "Most and least often met",
    "least_lead": "What is met least often is where communities can learn most from each other.",
    "change": "What changed since",
    "change_lead": "Only communities that took part both times, and only criteria that mean the same, are compared.",
    "every": "Every criterion",
    "every_office": "Numbers of communities, agreed with the review teams; the last column is the self-review.",
    "every_public": "Per cent of communities, agreed with the review teams; the last column is the self-review.",
    "code": "No.",
    "criterion": "Criterion",
    "met": "Met",
    "partly": "Partly met",
    "unmet": "Not met",
    "na": "Not appl.",
    "unscored": "Not scored",
    "self_met": "Self: met",
    "method": "How this report was made",
    "signed": "Released by",
}


def national_pdf(
    report: NationalReport,
    *,
    pieces: Sequence[Piece] = (),
    logo: bytes = b"",
    lang: str = "en",
    region: str = "gb",
) -> bytes:
    """The report as PDF/UA-1: the same report gives the same bytes.

    `pieces` are what the office built; without any, everything is set in the usual order. `logo` is the design's.
    """
    order = national_order(report, pieces=pieces, logo=logo, lang=lang, region=region)
    return compile_pdf(order.template, order.data, timestamp=order.timestamp, images=order.images)


def national_order(
    report: NationalReport,
    *,
    pieces: Sequence[Piece] = (),
    logo: bytes = b"",
    lang: str = "en",
    region: str = "gb",
) -> Order:
    """What another process needs to set this report."""
    data = _data(report, lang, region) | {"pieces": [_piece(each) for each in pieces]}
    return Order(TEMPLATE, data, stamp(report.dated_on), {"logo": logo} if logo else {})


def _piece(piece: Piece) -> dict[str, Any]:
    data: dict[str, Any] = plain(piece)
    return data | {"chart": drawing(piece.chart)}


def _data(report: NationalReport, lang: str, region: str) -> dict[str, Any]:
    data: dict[str, Any] = plain(report)
    charts = national_charts(report)
    del data["criteria"], data["most_met"], data["least_met"]  # set from the charts and from by_section
    for group, row in zip(report.groups, data["groups"], strict=True):
        row["overall_short"] = group.overall.short
    facts = [
        ("Standards", f"{report.edition_title}, edition {report.edition_number}"),
        ("This report", f"{report.state}, version {report.version}, {day(report.dated_on)}"),
    ]
    return data | {
        "words": WORDS,
        "lang": lang,
        "region": region,
        "title": report.title,
        "kind": f"National report {report.cycle}",
        "under": "",
        "facts": facts,
        "version_words": f"Version {report.version}",
        "hidden_note": _hidden_note(report),
        "overall_short": report.overall_agreed.short,
        "charts": {name: drawing(getattr(charts, name)) for name in charts.__slots__},
        "type_tables": list(_type_tables(report)),
        "by_section": [
            {"title": title, "rows": [_row(criterion, report) for criterion in criteria]}
            for title, criteria in groupby(report.criteria, lambda criterion: criterion.section)
        ],
    }


def _hidden_note(report: NationalReport) -> str:
    return f"'hidden' means: {HIDDEN_WORDS}." if report.audience == "public" else ""


def _type_tables(report: NationalReport) -> Iterator[dict[str, Any]]:
    """Sections by type, at most five types to a table so that it fits the page."""
    for start in range(0, len(report.groups), _TYPES_A_TABLE):
        groups = report.groups[start : start + _TYPES_A_TABLE]
        yield {
            "header": [WORDS["section"], *(group.name for group in groups)],
            "rows": [
                [section.title, *(group.sections[place].short for group in groups)]
                for place, section in enumerate(report.sections)
            ],
        }


def _row(criterion: NationalCriterion, report: NationalReport) -> dict[str, Any]:
    figure = criterion.agreed
    cells: list[str] = []
    if report.audience == "office" and figure.counts:
        counts = figure.counts
        numbers = (counts.met, counts.partly_met, counts.not_met, counts.not_applicable, counts.not_scored)
        cells = [str(number) for number in numbers]
    elif figure.parts:
        cells = [f"{part:g}%" for part in figure.parts]
    return {
        "code": criterion.code,
        "statement": criterion.statement,
        "level": criterion.level,
        "level_word": criterion.level_word,
        "cells": cells,
        "instead": "" if cells else figure.words,
        "span": 5 if report.audience == "office" else 3,
        "self_short": criterion.self_figure.short,
    }
