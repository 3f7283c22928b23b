"""What everybody may have as data: protected cells, middles and themes as a Frictionless data package with codebook."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from communitas.benchmarking.rules.cohort import KINDS, NETWORK
from communitas.benchmarking.rules.disclosure.values import Percent
from communitas.benchmarking.rules.kept import Protection
from communitas.kit.tabular import Cell, Table, write_csv
from communitas.reports.batch.datapackage import CODEBOOK, GUARD, Column, codebook, resource
from communitas.reports.batch.figures import PUBLIC_WORDS, to_json
from communitas.reports.rules.documents.national_parts import protected, rough_number
from communitas.reports.rules.documents.told import ThemeTold
from communitas.reports.rules.documents.wording import LEVELS
from communitas.standards.rules.edition import Edition

_GROUP: Final = (
    Column("dimension", "What the group is of.", "string", True),
    Column("group", "The service type or region; empty for the whole network."),
)
_SUBJECT: Final = (
    Column("subject", "What is told.", "string", True, ("criterion", "section", "overall")),
    Column("name", "The criterion's code or the section's title; empty for everything."),
)
COLUMNS: Final[Mapping[str, tuple[Column, ...]]] = {
    "criteria": (
        Column("criterion", "The criterion's code.", needed=True),
        Column("section", "The section it stands in.", needed=True),
        Column("level_word", "The word of its level.", needed=True),
        Column("statement", "What is asked for.", needed=True),
    ),
    "cells": (
        *_GROUP,
        *_SUBJECT,
        Column("kind", "Whose score: the community's own, or agreed with the review team.", "string", True, KINDS),
        Column("percent_met", "Per cent met of what was scored and applies, rounded; empty unless shown.", "integer"),
        Column("percent_partly_met", "Per cent partly met, likewise.", "integer"),
        Column("percent_not_met", "Per cent not met, likewise.", "integer"),
        Column("rounded_to", "The step to which these are rounded.", "integer"),
        Column("in_words", "What stands in place of numbers: a band, or 'hidden to protect small groups'."),
    ),
    "took_part": (*_GROUP, Column("communities", "How many took part, in rounded words.", needed=True)),
    "middles": (
        *_GROUP,
        *_SUBJECT,
        Column("median", "The middle of the communities' per cent met, rounded.", "integer", True),
        Column("lower", "Their lower quarter; empty in small groups.", "integer"),
        Column("upper", "Their upper quarter; empty in small groups.", "integer"),
    ),
    "themes": (
        Column("theme", "The name of the theme.", needed=True),
        Column("definition", "When it is used."),
        Column("communities", "How many communities spoke of it, in rounded words.", needed=True),
    ),
}
TITLES: Final = {
    "criteria": "The criteria of the edition",
    "cells": "Every published figure, protected",
    "took_part": "How many communities took part",
    "middles": "Where the middle of the communities lies",
    "themes": "Themes of the comments that the report tells",
    "codebook": "What each column means",
}
KEYS: Final = {
    "criteria": ["criterion"],
    "cells": ["dimension", "group", "subject", "name", "kind"],
    "took_part": ["dimension", "group"],
    "middles": ["dimension", "group", "subject", "name"],
    "themes": ["theme"],
    "codebook": ["table", "column"],
}


def public_package(
    *, edition: Edition, kept: Protection, themes: tuple[ThemeTold, ...], network: str, cycle: str, dated_on: date
) -> dict[str, bytes]:
    """Every file by its name, `datapackage.json` last: from protected cells alone. The same cells, the same bytes."""
    tables = {**COLUMNS, "codebook": CODEBOOK}
    rows: dict[str, list[list[Cell]]] = {
        "criteria": [
            [row.code, section.title, LEVELS[row.level], row.statement]
            for section in edition.sections
            for row in section.criteria
        ],
        "cells": list(_cells(kept)),
        "took_part": [[group.dimension, group.name, rough_number(number)] for group, number in kept.took_part.items()],
        "middles": [
            [group.dimension, group.name, subject.level, subject.name, found.median, found.lower, found.upper]
            for (subject, group), found in kept.spreads.items()
        ],
        "themes": [[theme.name, theme.definition, theme.communities] for theme in themes],
        "codebook": list(codebook(tables)),
    }
    files = {
        f"{name}.csv": write_csv(Table(name, [c.name for c in tables[name]], rows[name]), mark=False) for name in rows
    }
    descriptor = {
        "profile": "tabular-data-package",
        "name": "national-report",
        "title": f"{network}: national report, {cycle}",
        "description": f"{PUBLIC_WORDS} {GUARD}",
        "audience": "public",
        "created": f"{dated_on.isoformat()}T12:00:00Z",
        "version": "1.0.0",
        "edition": {"title": edition.title, "number": edition.number},
        "communities": rough_number(kept.took_part[NETWORK]),
        "resources": [
            resource(name, tables[name], files[f"{name}.csv"], title=TITLES[name], keys=KEYS[name]) for name in rows
        ],
    }
    return files | {"datapackage.json": to_json(descriptor)}


def _cells(kept: Protection) -> Iterator[list[Cell]]:
    for key, value in kept.release.values.items():
        of: list[Cell] = [key.group.dimension, key.group.name, key.subject.level, key.subject.name, key.kind]
        if isinstance(value, Percent):
            yield [*of, value.met, value.partly_met, value.not_met, value.rounded_to, ""]
        else:
            yield [*of, None, None, None, None, protected(value).words]
