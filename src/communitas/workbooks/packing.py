"""What workbooks put into the reviewers' pack: the self-review once it was sent, and the way to score."""

from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communitas.kit.tabular.writing import Table, write_csv
from communitas.visits.slots import PackPart
from communitas.workbooks import queries
from communitas.workbooks.models import Workbook
from communitas.workbooks.queries.book import book_of
from communitas.workbooks.queries.reading import self_scores, workbooks

_SENT = frozenset({"sent", "reopened"})


def pack(ids: list[int]) -> dict[int, list[PackPart]]:
    """The self-review and the team's workbook of each enrolment: two queries and two more a self-review."""
    found: dict[int, list[PackPart]] = {}
    for workbook in workbooks().filter(review__enrolment__in=ids).order_by("pk"):
        part = _self_review(workbook) if workbook.review.kind == "self" else _peer_review(workbook)
        found.setdefault(workbook.review.enrolment_id, []).append(part)
    return found


def _self_review(workbook: Workbook) -> PackPart:
    title, order = _("The self-review"), 10
    if workbook.review.state not in _SENT:
        return PackPart(
            title, (_("The community has not sent its self-review yet. You read it once it was sent."),), order=order
        )
    [progress] = queries.progress_by_enrolment([workbook.review.enrolment_id]).values()
    words = ngettext(
        "%(answered)d of %(total)d criterion has an answer.",
        "%(answered)d of %(total)d criteria have an answer.",
        progress.total,
    ) % {"answered": progress.answered, "total": progress.total}
    return PackPart(
        title,
        (words,),
        workbook.get_absolute_url(),
        _("Read the self-review"),
        order,
        queries.readers_of(workbook),
        partial(_scores_file, workbook),
    )


def _peer_review(workbook: Workbook) -> PackPart:
    return PackPart(
        _("The team's workbook"),
        (_("Score alone first. Nobody sees your scores until you have finished or the discussion opens."),),
        workbook.get_absolute_url(),
        _("Open the workbook"),
        11,
        queries.readers_of(workbook),
    )


def _scores_file(workbook: Workbook) -> list[tuple[str, bytes]]:
    """The community's own marks as a table. No names and no comments: those are read in the workbook."""
    book = book_of(workbook.review.enrolment)
    scores = self_scores(workbook)
    rows = [[one.code or "", one.statement, str(scores.get(key, ""))] for key, one in book.criteria.items()]
    table = Table(_("Self-review"), [_("Criterion"), _("Statement"), _("Own mark")], rows)
    return [("self-review.csv", write_csv(table))]
