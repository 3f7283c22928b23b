"""The data files and the PDF as an outsider reads them."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pypdf import PdfReader

from communitas.benchmarking.rules.cohort import NETWORK, Group
from communitas.benchmarking.rules.disclosure.lattice import OVERALL, CellKey, Subject
from tests.benchmarking.rendered.claims import (
    MARKS,
    Almost,
    Claim,
    Middle,
    Page,
    Share,
    TookPart,
    Unread,
    has_number,
)

CELL_KEYS = (
    {"percent_met", "percent_partly_met", "percent_not_met", "rounded_to"},
    {"almost_all", "all_but_at_most"},
    {"hidden"},
)


def rows_of(content: bytes) -> list[dict[str, str]]:
    """A CSV file by its header."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def read_figures_csv(content: bytes, page: Page) -> Iterator[Claim]:
    """The table of the report's figures."""
    for row in rows_of(content):
        cell = CellKey(row.pop("score"), _subject(row), _group(row.pop("group of"), row.pop("group")))  # type: ignore[arg-type]
        numbers = {mark: row.pop(f"percent {mark.replace('_', ' ')}") for mark in MARKS}
        yield from _row(cell, numbers, row.pop("in words"), page)
        _nothing_more(row, page)


def read_package(files: Mapping[str, bytes], page: Page) -> Iterator[Claim]:
    """The data package: cells, middles and how many took part; codebook and descriptor say nothing of communities."""
    for row in rows_of(files["cells.csv"]):
        cell = CellKey(row.pop("kind"), _subject(row), _group(row.pop("dimension"), row.pop("group")))  # type: ignore[arg-type]
        step = row.pop("rounded_to")
        numbers = {mark: row.pop(f"percent_{mark}") for mark in MARKS}
        yield from _row(cell, numbers, row.pop("in_words"), page, rounded_to=int(step) if step else None)
        _nothing_more(row, page)
    for row in rows_of(files["middles.csv"]):
        cell = CellKey("agreed", _subject(row), _group(row.pop("dimension"), row.pop("group")))
        for share, name in ((0.25, "lower"), (0.5, "median"), (0.75, "upper")):
            if text := row.pop(name):
                yield Middle(cell, share, int(text), page.source, page.cycle)
        _nothing_more(row, page)
    for row in rows_of(files["took_part.csv"]):
        yield TookPart(_group(row.pop("dimension"), row.pop("group")), row.pop("communities"))
        _nothing_more(row, page)
    for name in ("codebook.csv", "criteria.csv", "themes.csv"):
        for row in rows_of(files[name]):
            _nothing_more({key: text for key, text in row.items() if key not in {"meaning", "communities"}}, page)
    _descriptor(json.loads(files["datapackage.json"]), page)
    if set(files) != {*(f"{name}.csv" for name in NAMED), "datapackage.json"}:
        raise Unread(f"{page.source}: {sorted(files)}")


NAMED = ("cells", "middles", "took_part", "codebook", "criteria", "themes")
_SIZES = {"bytes", "hash", "number", "version", "created"}


def _descriptor(data: Any, page: Page) -> None:
    """It holds sizes and hashes of its files, and no other number."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "communities" and not re.fullmatch(r"about \d*[05]|fewer than 10", value):
                raise Unread(f"{page.source}: {value}")
            if key not in _SIZES | {"communities"}:
                _descriptor(value, page)
    elif isinstance(data, list):
        for each in data:
            _descriptor(each, page)
    elif isinstance(data, int | float) and not isinstance(data, bool):
        raise Unread(f"{page.source}: {data}")


def read_json(content: bytes, page: Page) -> Iterator[Claim]:
    """The figures as JSON: what an interface would answer, totals of every group included."""
    data = json.loads(content)
    about = {"audience", "notice", "network", "cycle", "date", "edition"}
    yield from _json_group({key: value for key, value in data.items() if key not in about}, NETWORK, page)


def _json_group(data: dict[str, Any], group: Group, page: Page) -> Iterator[Claim]:
    yield TookPart(group, data.pop("communities"))
    yield from _json_both(data.pop("overall"), OVERALL, group, page)
    for row in data.pop("criteria", ()):
        yield from _json_both(row, Subject("criterion", row.pop("code")), group, page)
    for row in data.pop("sections", ()):
        yield from _json_both(row, Subject("section", row.pop("title")), group, page)
    for each in data.pop("groups", ()):
        yield from _json_group(each, Group(each.pop("dimension"), each.pop("name")), page)
    if data:
        raise Unread(f"{page.source}: {data}")


def _json_both(row: dict[str, Any], subject: Subject, group: Group, page: Page) -> Iterator[Claim]:
    for kind in ("self", "agreed"):
        value = row.pop(kind)
        if set(value) not in CELL_KEYS:
            raise Unread(f"{page.source}: {value}")
        cell = CellKey(kind, subject, group)
        if "rounded_to" in value:
            for mark in MARKS:
                yield Share(cell, mark, value[f"percent_{mark}"], page.source, page.cycle, value["rounded_to"])
        elif "almost_all" in value:
            yield Almost(cell, value["almost_all"], value["all_but_at_most"], page.source, page.cycle)
    if set(row) - {"section", "level"}:
        raise Unread(f"{page.source}: {row}")


def read_comparison(content: bytes, page: Page, own: str) -> Iterator[Claim]:
    """The file of a page that members explore: figures of the group that is shown, and the own ones."""
    for row in rows_of(content):
        subject = page.names.subject(row["standard"] or row["section"])
        cell = CellKey(row["marks"], subject, page.names.group(row["group shown"]))  # type: ignore[arg-type]
        numbers = {mark: row.pop(f"percent {mark.replace('_', ' ')}") for mark in MARKS}
        when = Page(page.source, row.pop("cycle"), page.names)
        yield from _row(cell, numbers, row.pop("in words"), when)
        row.pop("own")
        _nothing_more(row, page)


def _row(
    cell: CellKey, numbers: Mapping[str, str], words: str, page: Page, rounded_to: int | None = None
) -> Iterator[Claim]:
    for mark, text in numbers.items():
        if text:
            yield Share(cell, mark, float(text), page.source, page.cycle, rounded_to)
    yield from page.says(cell, words)


def _subject(row: dict[str, str]) -> Subject:
    level, name = row.pop("subject"), row.pop("name")
    return Subject(level, name)  # type: ignore[arg-type]


def _group(dimension: str, name: str) -> Group:
    return Group(dimension, name)


def _nothing_more(row: Mapping[str, str], page: Page) -> None:
    for key, text in row.items():
        if text and has_number(text):
            raise Unread(f"{page.source}: {key} is {text}")


def words_of_pdf(content: bytes) -> str:
    """What somebody copies out of the PDF: its text in one line, and its properties."""
    reader = PdfReader(io.BytesIO(content))
    told = " ".join(page.extract_text() for page in reader.pages)
    about = " ".join(str(value) for key, value in (reader.metadata or {}).items() if "Date" not in key)
    return " ".join(f"{told} {about}".split())


BAND = r"all but at most \d+ communities: (?:met|partly met|not met)"
VALUE = rf"(?P<value>\d+%|hidden(?: to protect small groups)?|{BAND})"


def read_pdf(content: bytes, page: Page) -> Iterator[Claim]:
    """The report in its usual order, from the text that can be copied: chapter by chapter."""
    text = words_of_pdf(content)
    headline = re.search(
        r"(About \d+|Fewer than 10) communities took part\.(?: The review teams found (\d+)% of what they marked to be "
        r"met(?:; the communities themselves had said (\d+)%)?)?",
        text,
    )
    if headline is None:
        raise Unread(f"{page.source}: no headline")
    yield TookPart(NETWORK, headline[1].lower())
    for kind, place in (("agreed", 2), ("self", 3)):
        if headline[place]:
            cell = page.cell(OVERALL, NETWORK, kind)  # type: ignore[arg-type]
            yield Share(cell, "met", int(headline[place]), page.source, page.cycle)
    yield from _pdf_rows(_between(text, "Met, over all sections", "'hidden' means"), page, numbers=True)
    sections = _between(text, "agreed with the review teams 0 25 50 75 100%", "How the agreed marks are spread")
    for title in page.names.sections:
        if found := re.search(rf"{re.escape(title)} {VALUE}", sections):
            yield from page.says(page.cell(Subject("section", title), NETWORK), found["value"])
    yield from _pdf_criteria(text, page)


def _between(text: str, start: str, end: str) -> str:
    return text.partition(start)[2].partition(end)[0]


def _pdf_rows(text: str, page: Page, *, numbers: bool) -> Iterator[Claim]:
    for name, group in {**page.names.groups, "All": NETWORK}.items():
        found = re.search(rf"(?:^| ){re.escape(name)} (?P<number>about \d+|fewer than 10) {VALUE}", text)
        if found:
            yield TookPart(group, found["number"])
            yield from page.says(page.cell(OVERALL, group), found["value"])


def _pdf_criteria(text: str, page: Page) -> Iterator[Claim]:
    every = text.partition("Every criterion Per cent of communities")[2].partition("How this report was made")[0]
    for code in page.names.codes:
        found = re.search(rf"(?:^| ){re.escape(code)} .*? (?:essential|expected|desirable) (?P<marks>.{{0,90}})", every)
        if found is None:
            raise Unread(f"{page.source}: {code} is not among the criteria")
        subject = Subject("criterion", code)
        shown = re.match(rf"(?:(\d+)% (\d+)% (\d+)%|{VALUE}) (\d+%|hidden|{BAND})", found["marks"])
        if shown is None:
            raise Unread(f"{page.source}: {found['marks']!r}")
        if shown[1]:
            for mark, percent in zip(MARKS, shown.groups()[:3], strict=True):
                yield Share(page.cell(subject, NETWORK), mark, int(percent), page.source, page.cycle)
        else:
            yield from page.says(page.cell(subject, NETWORK), shown["value"])
        yield from page.says(page.cell(subject, NETWORK, "self"), shown.groups()[-1])


def percents_of(text: str) -> set[int]:
    """All percentages that stand anywhere in a text."""
    return {int(each) for each in re.findall(r"(\d+) ?%", text)}
