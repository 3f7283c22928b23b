"""How the sections of self-reviews stand, for home pages."""

from collections.abc import Iterable

from django.urls import reverse

from communitas.cycles.slots import SectionRow
from communitas.workbooks.models import Event
from communitas.workbooks.queries.book import book_of
from communitas.workbooks.queries.progress import sections_progress
from communitas.workbooks.queries.reading import HEADS, readers_of, self_reviews
from communitas.workbooks.rules.events import Score
from communitas.workbooks.rules.registers import SELF


def section_rows(ids: Iterable[int]) -> dict[int, list[SectionRow]]:
    """The sections of each self-review with how many are scored and met: two queries."""
    found = list(self_reviews().filter(review__enrolment__in=list(ids)))
    met = _marks(workbook.pk for workbook in found)
    rows: dict[int, list[SectionRow]] = {}
    for workbook in found:
        book = book_of(workbook.review.enrolment)
        lines = sections_progress(workbook, book)
        for number, (section, line) in enumerate(zip(book.sections, lines, strict=True), start=1):
            keys = [criterion.key or criterion.code for criterion in section.criteria]
            scored = {mark: sum(met.get((workbook.pk, key)) == mark for key in keys) for mark in (book.top, "NA")}
            rows.setdefault(workbook.review.enrolment_id, []).append(
                SectionRow(
                    title=section.title,
                    scored=line.scored,
                    total=line.applicable,
                    met=scored[book.top],
                    applicable=line.scored - scored["NA"],
                    href=reverse("workbooks:section", args=[workbook.pk, number]),
                    may=readers_of(workbook),
                )
            )
    return rows


def _marks(workbooks: Iterable[int]) -> dict[tuple[int, str], Score]:
    """The mark of each criterion on which the community agrees: one query."""
    marks: dict[tuple[int, str], Score] = {}
    heads = Event.objects.filter(HEADS, workbook__in=list(workbooks), register=str(SELF), kind__in=["score", "resolve"])
    for workbook, key, said in heads.order_by().values_list("workbook", "criterion_key", "payload__value"):
        mark = (said or {}).get("value", {}).get("score")
        marks[workbook, key] = mark if marks.get((workbook, key), mark) == mark else None
    return marks
