"""Quotations and where they stand."""

from collections.abc import Collection

from django.db.models import QuerySet

from communitas.cycles.models import Cycle
from communitas.members.actors import Actor
from communitas.members.models import Network
from communitas.reports.models import NationalReport, Quote
from communitas.reports.policy.themes import consent
from communitas.reports.rules.quotes import AGREED


def quotes() -> QuerySet[Quote]:
    """Quotations with all that their pages need. One query."""
    return Quote.objects.select_related(
        "remark__cycle__network__tenant",
        "remark__enrolment__community",
        "remark__enrolment__organisation",
        "remark__enrolment__cycle__network__tenant",
        "redacted_by",
        "consented_by",
        "first_reader",
        "second_reader",
    )


def agreed_quotes(cycle: Cycle) -> list[Quote]:
    """The quotations that may stand in the report of a cycle. One query."""
    return list(Quote.objects.filter(remark__cycle=cycle, remark__gone=False, state=AGREED).order_by("pk"))


def still_agreed(pks: Collection[int]) -> frozenset[int]:
    """Those that may still be quoted. One query; none where there is none."""
    if not pks:
        return frozenset()
    return frozenset(Quote.objects.filter(pk__in=pks, state=AGREED).values_list("pk", flat=True))


def quotes_of(actor: Actor, network: Network) -> list[Quote]:
    """The quotations about which this person says yes or no, newest first. One query."""
    return list(consent.visible(quotes().filter(remark__cycle__network=network), actor))


def reports_that_quote(quote: Quote) -> list[NationalReport]:
    """The released reports in which a quotation stands."""
    found = NationalReport.objects.filter(release__cycle=quote.remark.cycle_id, release__state="released")
    return [report for report in found.exclude(content=None) if quote.pk in _quoted(report)]


def _quoted(report: NationalReport) -> set[int]:
    told = (report.content or {}).get("told", {})
    return {each["pk"] for theme in told.get("themes", ()) for each in theme["quotes"]}
