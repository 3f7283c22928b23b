"""Lists: searched, filtered, sorted, paged and downloaded by one declaration. The address holds the filter.

A screen declares a `ListSpec`, reads it with `listing = SPEC.read(queryset, request)`, gives `listing` to its template
(`{% include "kit/listing.html" %}` draws search, filters, table, pager and downloads) and answers a download with
`SPEC.download(queryset, request)` when `request.GET` has `format=csv` or `format=xlsx`.
"""

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from communitas.kit.tabular.writing import Table, write_csv, write_xlsx

Text = str | Promise
Rows = QuerySet[Any]


@dataclass(frozen=True)
class Column:
    """One column. `value` is what a download holds; `cell`, when given, what the screen shows (see ui data_table).

    `sort` names the fields that the column sorts by; without it the column cannot be sorted. `nowrap` keeps short
    codes, dates and names of cycles on one line.
    """

    key: str
    label: Text
    value: Callable[[Any], Any]
    sort: tuple[str, ...] = ()
    number: bool = False
    cell: Callable[[Any], Any] | None = None
    on_screen: bool = True
    nowrap: bool = False


@dataclass(frozen=True)
class Filter:
    """One select above the list. `choices` gives pairs of value and words; `apply` narrows the queryset by a value."""

    key: str
    label: Text
    choices: Callable[[HttpRequest], Sequence[tuple[str, Text]]]
    apply: Callable[[Rows, str], Rows]
    all_label: Text = ""


def choice_filter(key: str, label: Text, path: str, choices: Sequence[tuple[str, Text]]) -> Filter:
    """A filter on a field with fixed choices."""
    return Filter(key, label, lambda request: choices, lambda rows, value: rows.filter(**{path: value}))


@dataclass(frozen=True)
class ListSpec:
    """A declared list. `order` is the key of the column it is sorted by, '-' before it for descending.

    A list whose order is no column's gives `order_by` instead: the fields it is sorted by until a column is chosen.
    """

    name: Text
    columns: tuple[Column, ...]
    search: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    order: str = ""
    order_by: tuple[str, ...] = ()
    per_page: int = 50
    link: Callable[[Any], str] | None = None
    empty: Text = ""

    def narrow(self, queryset: Rows, request: HttpRequest) -> Rows:
        """The queryset searched, filtered and sorted as the address says. Unknown values narrow nothing."""
        words = request.GET.get("q", "").split()[:8]
        for word in words if self.search else []:
            queryset = queryset.filter(
                reduce(operator.or_, (Q(**{f"{path}__icontains": word}) for path in self.search))
            )
        for each in self.filters:
            value = request.GET.get(each.key, "")
            if value and value in {choice for choice, _words in each.choices(request)}:
                queryset = each.apply(queryset, value)
        _column, fields = self._sorting(request)
        return queryset.order_by(*fields, "pk") if fields else queryset

    def read(self, queryset: QuerySet[Model], request: HttpRequest) -> "Listing":
        """One page of the list, ready for the template: one query to count and one to fetch."""
        paginator = Paginator(self.narrow(queryset, request), self.per_page)
        page = paginator.get_page(request.GET.get("page"))
        return Listing(self, request, list(page.object_list), page.number, paginator.num_pages, paginator.count)

    def download(self, queryset: QuerySet[Model], request: HttpRequest) -> HttpResponse:
        """The whole list as filtered, as CSV or XLSX; text that looks like a formula stays text."""
        headers = [str(column.label) for column in self.columns]
        rows = [[_plain(column.value(row)) for column in self.columns] for row in self.narrow(queryset, request)]
        table = Table(str(self.name), headers, rows)
        if request.GET.get("format") == "xlsx":
            kind, ending = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"
            content = write_xlsx([table])
        else:
            kind, ending, content = "text/csv; charset=utf-8", "csv", write_csv(table)
        response = HttpResponse(content, content_type=kind)
        response["Content-Disposition"] = f'attachment; filename="{_file_name(str(self.name))}.{ending}"'
        return response

    def wants_download(self, request: HttpRequest) -> bool:
        """Whether the address asks for a file."""
        return request.GET.get("format") in {"csv", "xlsx"}

    def _sorting(self, request: HttpRequest) -> tuple[str, tuple[str, ...]]:
        wanted = request.GET.get("sort", "") or self.order
        known = {column.key: column for column in self.columns if column.sort}
        key = wanted.removeprefix("-")
        if key not in known:
            wanted, key = self.order, self.order.removeprefix("-")
        if key not in known:
            return "", self.order_by
        sign = "-" if wanted.startswith("-") else ""
        return wanted, tuple(f"{sign}{path}" if not path.startswith("-") else path for path in known[key].sort)


@dataclass(frozen=True)
class Listing:
    """One page of a list, as plain values for the ui components."""

    spec: ListSpec
    request: HttpRequest
    objects: list[Any]
    number: int
    pages: int
    total: int
    hidden: dict[str, str] = field(default_factory=dict)

    @property
    def caption(self) -> str:
        return str(self.spec.name)

    @property
    def empty(self) -> str:
        return str(self.spec.empty) or _("Nothing fits these filters. Try fewer of them.")

    @property
    def search(self) -> str:
        return self.request.GET.get("q", "")

    @property
    def search_name(self) -> str | None:
        return "q" if self.spec.search else None

    @property
    def query(self) -> dict[str, str]:
        """What the address holds, without the page."""
        return {key: str(value) for key, value in self.request.GET.items() if key not in {"page", "format"} and value}

    @property
    def narrowed(self) -> bool:
        """Whether a search or filter is on."""
        return bool(set(self.query) - {"sort"})

    @property
    def found(self) -> str:
        """How many were found, in words."""
        return _("%(count)s found") % {"count": self.total}

    @property
    def selects(self) -> list[dict[str, Any]]:
        return [
            {
                "name": each.key,
                "label": each.label,
                "options": [("", each.all_label or _("All")), *each.choices(self.request)],
                "value": self.request.GET.get(each.key, ""),
            }
            for each in self.spec.filters
        ]

    @property
    def columns(self) -> list[dict[str, Any]]:
        chosen, _fields = self.spec._sorting(self.request)
        shown = []
        for column in self._shown():
            head: dict[str, Any] = {"label": column.label, "kind": "number" if column.number else "text"}
            head["nowrap"] = column.nowrap
            if column.sort:
                down = chosen == column.key
                head["sort_url"] = self._url(sort=f"-{column.key}" if down else column.key)
                if chosen.removeprefix("-") == column.key:
                    head["sorted"] = "ascending" if down else "descending"
            shown.append(head)
        return shown

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [
            {
                "cells": [column.cell(row) if column.cell else column.value(row) for column in self._shown()],
                "href": self.spec.link(row) if self.spec.link else None,
            }
            for row in self.objects
        ]

    @property
    def downloads(self) -> list[dict[str, str]]:
        return [{"label": name.upper(), "href": self._url(format=name)} for name in ("csv", "xlsx")]

    @property
    def clear_url(self) -> str | None:
        return self.request.path if self.narrowed else None

    @property
    def kept(self) -> dict[str, str]:
        """What stays in the address when the filters change."""
        return {"sort": self.query["sort"]} if "sort" in self.query else {}

    def _shown(self) -> list[Column]:
        return [column for column in self.spec.columns if column.on_screen]

    def _url(self, **changes: str) -> str:
        query = self.request.GET.copy()
        query.pop("page", None)
        query.pop("format", None)
        for key, value in changes.items():
            query[key] = value
        return f"?{query.urlencode()}"


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | float | bool) or value is None else str(value)


def _file_name(name: str) -> str:
    return "-".join("".join(letter if letter.isalnum() else " " for letter in name.casefold()).split()) or "list"
