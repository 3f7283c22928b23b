"""Lists: tables, their filters, pages and downloads."""

from collections.abc import Mapping, Sequence
from types import NoneType
from typing import Any
from urllib.parse import urlencode

from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from communitas.kit.ui.declare import Arg, Component, State, WrongUse, declare

_COLUMN = {"kind": "", "sorted": "", "sort_url": "", "nowrap": False}


def _cell(value: Any, column: Mapping[str, Any], href: str = "") -> dict[str, Any]:
    cell = value if isinstance(value, Mapping) else {"text": value}
    numeric, nowrap = column["kind"] == "number", column["nowrap"]
    return {
        "inner": _inner(cell if not href or cell.get("href") else {**cell, "href": href}),
        "label": column["label"],
        "css": f"{'n' if numeric else ''} {'nowrap' if nowrap else ''}".strip(),
        "nowrap": nowrap,
    }


def _inner(cell: Mapping[str, Any]) -> SafeString:
    """What stands in a cell. Tables have hundreds, so no template is asked for each."""
    text, mark = cell.get("text"), cell.get("mark")
    shown = "" if text is None else localize(text)
    return format_html(
        "<span>{}{}{}{}</span>",
        format_html(_CIRCLE, mark, mark) if mark else "",
        format_html('<a href="{}">{}</a>', cell["href"], shown) if cell.get("href") else shown,
        format_html(' <span class="tag {}">{}</span>', cell.get("tone", ""), cell["tag"]) if cell.get("tag") else "",
        format_html('<span class="sub">{}</span>', cell["sub"]) if cell.get("sub") else "",
    )


_CIRCLE = '<svg class="glyph {}" aria-hidden="true"><use href="#{}"/></svg> '


def _data_table(args: dict[str, Any]) -> dict[str, Any]:
    columns = [_COLUMN | dict(column) | {"label": str(column["label"])} for column in args["columns"]]
    rows = []
    for position, row in enumerate(args["rows"]):
        cells = row["cells"] if isinstance(row, Mapping) else row
        if len(cells) != len(columns):
            raise WrongUse(f"Component 'data_table': row {position} has {len(cells)} cells for {len(columns)} columns")
        href = (row.get("href") or "") if isinstance(row, Mapping) else ""
        first = _cell(cells[0], columns[0], href)
        rest = [_cell(value, column) for value, column in zip(cells[1:], columns[1:], strict=True)]
        rows.append({"first": first, "rest": rest, "total": isinstance(row, Mapping) and row.get("total", False)})
    return args | {"columns": columns, "rows": rows}


_COLUMNS = [
    {"label": _("Section"), "sort_url": "?sort=section", "sorted": "ascending"},
    {"label": _("Scored"), "nowrap": True},
    {"label": _("Met so far"), "kind": "number"},
    {"label": _("Left"), "kind": "number", "sort_url": "?sort=left"},
]
_ROWS = [
    {"cells": [_("Belonging"), {"mark": "m2", "text": _("all 21")}, "18 of 20", 0], "href": "#"},
    {"cells": [_("Safety"), {"mark": "m1", "text": "14 of 22"}, "11 of 14", 8], "href": "#"},
    {
        "cells": [
            {"text": _("Leadership"), "sub": _("opened by the office")},
            {"tag": _("late"), "tone": "warn"},
            "5 of 5",
            13,
        ],
        "href": "#",
    },
    {"cells": [_("All sections"), "40 of 61", "34 of 39", 21], "total": True},
]

DATA_TABLE = declare(
    Component(
        "data_table",
        "A table with a caption. Rows become cards on a small screen. Cells are plain values or mappings with text, "
        "href, sub, mark (m2, m1, m0, mna, mnone), tag and tone; the first cell names the row.",
        {
            "caption": Arg(str, "what the table shows"),
            "columns": Arg(
                Sequence,
                "each with label and, if wanted, kind='number', nowrap=True, sort_url, "
                "sorted ('ascending' or 'descending')",
                each=("label",),
            ),
            "rows": Arg(Sequence, "lists of cells, or mappings with cells, href (links the first cell) and total"),
            "caption_seen": Arg(bool, "show the caption; else it is for screen readers", True),
            "empty": Arg(str, "words when there are no rows", _("Nothing fits these filters. Try fewer of them.")),
            "id": Arg(str, "id of the table", None),
        },
        [
            State("rows", {"caption": _("How the sections stand"), "columns": _COLUMNS, "rows": _ROWS}),
            State("no rows", {"caption": _("Visits"), "columns": _COLUMNS, "rows": []}),
        ],
        roomy=True,
        prepare=_data_table,
    )
)


def _filters(args: dict[str, Any]) -> dict[str, Any]:
    if args["target"] and not args["action"]:
        raise WrongUse("Component 'filters': 'target' needs 'action', the address of the list")
    selects = []
    for select in args["selects"]:
        chosen = str(select.get("value") or "")
        options = [
            {"value": str(value), "label": label, "chosen": str(value) == chosen} for value, label in select["options"]
        ]
        selects.append({"name": select["name"], "label": select["label"], "options": options})
    return args | {"selects": selects}


FILTERS = declare(
    Component(
        "filters",
        "Search and filters of a list: a plain GET form, the address holds them. With `target`, htmx swaps the list.",
        {
            "search_name": Arg((str, NoneType), "name of the search field; None for none", "q"),
            "search_value": Arg(str, "what is searched for", ""),
            "search_label": Arg(str, "label of the search field", _("Search")),
            "selects": Arg(
                Sequence,
                "each with name, label, options (pairs of value and words), value",
                (),
                each=("name", "label", "options"),
            ),
            "keep": Arg(Mapping, "other values that stay in the address, such as the sort", None),
            "action": Arg(str, "address of the list", ""),
            "target": Arg(str, "htmx: the element that the answer replaces, '#list'; needs action", None),
            "found": Arg(str, "how many were found: '12 of 104 communities'", ""),
            "clear_url": Arg(str, "the list without filters; shown when given", None),
        },
        [
            State(
                "two selects",
                {
                    "search_label": _("Search communities"),
                    "selects": [
                        {
                            "name": "stage",
                            "label": _("Stage"),
                            "options": [("", _("All stages")), ("late", _("Late"))],
                            "value": "late",
                        },
                        {
                            "name": "type",
                            "label": _("Type"),
                            "options": [("", _("All types")), ("adult", _("Adult"))],
                        },
                    ],
                    "found": _("12 of 104 communities"),
                    "clear_url": "#",
                },
            )
        ],
        roomy=True,
        prepare=_filters,
    )
)


def _pager(args: dict[str, Any]) -> dict[str, Any]:
    page, pages, param = args["page"], args["pages"], args["param"]
    kept = {key: value for key, value in (args["query"] or {}).items() if key != param and value not in ("", None)}

    def url(number: int) -> str:
        return "?" + urlencode({**kept, param: number}, doseq=True)

    near = sorted({1, pages, *(number for number in range(page - 1, page + 2) if 1 <= number <= pages)})
    steps: list[dict[str, Any]] = []
    for number in near:
        if steps and number - steps[-1]["number"] > 1:
            steps.append({"number": number - 1, "gap": True})
        steps.append({"number": number, "url": url(number), "current": number == page})
    previous, following = url(page - 1) if page > 1 else None, url(page + 1) if page < pages else None
    return args | {"steps": steps, "previous": previous, "following": following}


PAGER = declare(
    Component(
        "pager",
        "The pages of a long list. The filter stays in the address. Nothing is drawn for a single page.",
        {
            "page": Arg(int, "the page shown, from 1"),
            "pages": Arg(int, "how many there are"),
            "query": Arg(Mapping, "the address's other values", None),
            "param": Arg(str, "name of the page in the address", "page"),
            "label": Arg(str, "name for screen readers", _("Pages of the list")),
        },
        [State("in the middle", {"page": 7, "pages": 32}), State("first", {"page": 1, "pages": 2})],
        prepare=_pager,
    )
)

DOWNLOADS = declare(
    Component(
        "download_links",
        "The list, as filtered, as files.",
        {
            "links": Arg(Sequence, "each with label ('CSV') and href", each=("label", "href")),
            "label": Arg(str, "words before the links", _("Download this list:")),
        },
        [State("CSV and XLSX", {"links": [{"label": "CSV", "href": "#"}, {"label": "XLSX", "href": "#"}]})],
    )
)
