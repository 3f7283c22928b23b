"""The office's data as a Frictionless data package: CSV tables, their schema, and a codebook for people."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from communitas.benchmarking.rules.cohort import KINDS, Cohort
from communitas.benchmarking.rules.counts import Counts
from communitas.benchmarking.rules.facts import NOT_APPLICABLE, Fact, Score, ScoreKind
from communitas.benchmarking.rules.figures import GroupFigures, NationalFigures
from communitas.kit.tabular import Cell, Table, write_csv
from communitas.reports.batch.figures import OFFICE_WORDS, to_json
from communitas.reports.rules.documents.wording import LEVELS
from communitas.standards.rules.edition import Edition

NOT_SCORED: Final = "not scored"
GUARD: Final = (
    "Text that a spreadsheet program could run as a formula (that begins with = + - or @, also after quotes or spaces) "
    "has an apostrophe in front; take it away to have the text as it was written."
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column with what a reader of the data must know about it."""

    name: str
    meaning: str
    kind: str = "string"
    needed: bool = False
    enum: tuple[str, ...] = ()


def _counts_columns() -> tuple[Column, ...]:
    return (
        Column("n", "Scored and applicable: the denominator of every percentage.", "integer", True),
        Column("met", "How many are met.", "integer", True),
        Column("partly_met", "How many lie between met and not met.", "integer", True),
        Column("not_met", "How many are not met.", "integer", True),
        Column("not_applicable", "How many were marked not applicable; they leave the denominator.", "integer", True),
        Column("not_scored", "How many apply but have no score, rows that are missing included.", "integer", True),
        Column("percent_met", "100 x met / n; empty when n is 0.", "number"),
    )


_KIND: Final = Column(
    "kind", "Whose score: the community's own, or agreed with the review team.", "string", True, KINDS
)
COLUMNS: Final[Mapping[str, tuple[Column, ...]]] = {
    "communities": (
        Column("community", "The community's code.", needed=True),
        Column("name", "Its name.", needed=True),
        Column("type", "Its service type.", needed=True),
        Column("organisation", "The organisation that runs it."),
        Column("region", "Its region."),
        Column("town", "Its town."),
        Column("country", "Its country."),
        Column("latitude", "Degrees north.", "number"),
        Column("longitude", "Degrees east.", "number"),
    ),
    "criteria": (
        Column("criterion", "The criterion's code.", needed=True),
        Column("position", "Its place in the book, from 1.", "integer", True),
        Column("section", "The section it stands in.", needed=True),
        Column("standard", "The group of criteria it belongs to."),
        Column("level", "1 essential, 2 expected, 3 desirable.", "integer", True, ("1", "2", "3")),
        Column("level_word", "The word of the level.", needed=True),
        Column("statement", "What is asked for.", needed=True),
        Column("applies_to", "Service types, between semicolons; empty is every type."),
        Column("layer", "The core, supplement or module it belongs to.", needed=True),
    ),
    "scores": (
        Column("community", "The community's code.", needed=True),
        Column("criterion", "The criterion's code; only criteria that apply to the community.", needed=True),
        _KIND,
        Column("state", "Whether there is a score.", "string", True, ("scored", "not applicable", NOT_SCORED)),
        Column("score", "The mark, on the scale of the edition; empty unless scored.", "integer"),
        Column("word", "The word of the mark."),
        Column("comment", "What was written beside the score."),
    ),
    "figures": (
        Column("dimension", "What the group is of.", "string", True, ("network", "type", "region")),
        Column("group", "The service type or region; empty for the whole network."),
        Column("subject", "What is counted.", "string", True, ("criterion", "section", "overall")),
        Column("name", "The criterion's code or the section's title; empty for everything."),
        _KIND,
        *_counts_columns(),
    ),
}
TITLES: Final = {
    "communities": "The communities that took part",
    "criteria": "The criteria of the edition",
    "scores": "Every score: one row for each community, criterion that applies, and kind of score",
    "figures": "The national figures, exact",
    "codebook": "What each column means",
}
KEYS: Final = {
    "communities": ["community"],
    "criteria": ["criterion"],
    "scores": ["community", "criterion", "kind"],
    "figures": ["dimension", "group", "subject", "name", "kind"],
    "codebook": ["table", "column"],
}
CODEBOOK: Final = (
    Column("table", "The table.", needed=True),
    Column("column", "The column.", needed=True),
    Column("type", "What kind of value it holds.", needed=True),
    Column("meaning", "What it says.", needed=True),
    Column("values", "The values it may have, where they are few."),
)


def data_package(
    *, cohort: Cohort, figures: NationalFigures, facts: tuple[Fact, ...], network: str, cycle: str, dated_on: date
) -> dict[str, bytes]:
    """Every file of the package by its name, `datapackage.json` last. For the office: nothing in it is protected."""
    rows: dict[str, list[list[Cell]]] = {
        "communities": list(_communities(cohort)),
        "criteria": list(_criteria(cohort.edition)),
        "scores": list(_scores(cohort, facts)),
        "figures": list(_figures(figures)),
        "codebook": list(codebook({**COLUMNS, "codebook": CODEBOOK})),
    }
    columns = {**COLUMNS, "codebook": CODEBOOK}
    files = {
        f"{name}.csv": write_csv(Table(name, [c.name for c in columns[name]], rows[name]), mark=False) for name in rows
    }
    descriptor = {
        "profile": "tabular-data-package",
        "name": "national-figures",
        "title": f"{network}: scores and national figures, {cycle}",
        "description": f"{OFFICE_WORDS} {GUARD}",
        "audience": "office",
        "created": f"{dated_on.isoformat()}T12:00:00Z",
        "version": "1.0.0",
        "edition": {"title": cohort.edition.title, "number": cohort.edition.number},
        "scale": [{"value": mark.value, "word": mark.word} for mark in cohort.edition.scale.marks],
        "resources": [
            resource(name, columns[name], files[f"{name}.csv"], title=TITLES[name], keys=KEYS[name]) for name in rows
        ],
    }
    return files | {"datapackage.json": to_json(descriptor)}


def resource(name: str, columns: tuple[Column, ...], content: bytes, *, title: str, keys: list[str]) -> dict[str, Any]:
    """One table of a package as its descriptor says it, with size and hash of its file."""
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in columns],
        "missingValues": [""],
        "primaryKey": keys,
    }
    if name == "scores":
        schema["foreignKeys"] = [
            {"fields": [field], "reference": {"resource": table, "fields": [field]}}
            for field, table in (("community", "communities"), ("criterion", "criteria"))
        ]
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "title": title,
        "path": f"{name}.csv",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.kind, "description": column.meaning}
    constraints: dict[str, Any] = {"required": True} if column.needed else {}
    if column.enum:
        constraints["enum"] = [int(v) for v in column.enum] if column.kind == "integer" else list(column.enum)
    return field | ({"constraints": constraints} if constraints else {})


def _communities(cohort: Cohort) -> Iterator[list[Cell]]:
    for c in cohort.communities:
        place: list[Cell] = [c.latitude, c.longitude]
        yield [c.code, c.name, c.service_type, c.organisation, c.region, c.town, c.country, *place]


def _criteria(edition: Edition) -> Iterator[list[Cell]]:
    position = 0
    for section in edition.sections:
        for c in section.criteria:
            position += 1
            level: list[Cell] = [int(c.level), LEVELS[c.level]]
            types = "; ".join(c.applies_to)
            yield [c.code, position, section.title, c.standard, *level, c.statement, types, c.layer]


def _scores(cohort: Cohort, facts: tuple[Fact, ...]) -> Iterator[list[Cell]]:
    comments: dict[tuple[str, str, ScoreKind], str] = {
        (fact.community, fact.criterion, fact.kind): fact.comment for fact in facts if fact.comment
    }
    applies = {code: frozenset(positions) for code, positions in cohort.applies.items()}
    words = {mark.value: mark.word for mark in cohort.edition.scale.marks}
    for position, community in enumerate(cohort.communities):
        for criterion in cohort.edition.criteria():
            if position not in applies[criterion.code]:
                continue
            for kind in KINDS:
                score = cohort.scores[kind, criterion.code][position]
                comment = comments.get((community.code, criterion.code, kind), "")
                yield [community.code, criterion.code, kind, *_score(score, words), comment]


def _score(score: Score, words: Mapping[int, str]) -> list[Cell]:
    if score is None:
        return [NOT_SCORED, None, None]
    if score == NOT_APPLICABLE:
        return ["not applicable", None, None]
    return ["scored", score, words.get(score, "")]


def _figures(figures: NationalFigures) -> Iterator[list[Cell]]:
    for group in figures.groups:
        for subject, name, kind, counts in _subjects(group):
            numbers: list[Cell] = [counts.n, counts.met, counts.partly_met, counts.not_met]
            numbers += [counts.not_applicable, counts.not_scored, counts.percent_met]
            yield [group.group.dimension, group.group.name, subject, name, kind, *numbers]


def _subjects(group: GroupFigures) -> Iterator[tuple[str, str, ScoreKind, Counts]]:
    for kind in KINDS:
        for criterion in group.criteria:
            yield "criterion", criterion.code, kind, criterion.counts.of(kind)
        for section in group.sections:
            yield "section", section.title, kind, section.counts.of(kind)
        yield "overall", "", kind, group.overall.of(kind)


def codebook(tables: Mapping[str, tuple[Column, ...]]) -> Iterator[list[Cell]]:
    """What each column of each table means."""
    for table, columns in tables.items():
        for column in columns:
            yield [table, column.name, column.kind, column.meaning, "; ".join(column.enum)]
