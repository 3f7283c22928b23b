"""What the factual check asks: the marks, the criteria that apply, the window, and who wrote the draft."""

from datetime import date, datetime

from django.db.models import QuerySet

from communitas.benchmarking.rules.facts import Score
from communitas.cycles.models import Enrolment
from communitas.cycles.queries import today_in
from communitas.cycles.rules.stages import Stage
from communitas.kit.models import Tenant
from communitas.members.models import Network
from communitas.reports.models import LocalReport
from communitas.standards import queries as standards
from communitas.standards.rules.edition import Criterion, Scale
from communitas.workbooks import queries as workbooks


def reports() -> QuerySet[LocalReport]:
    """Reports with what their pages and actions ask of them."""
    return LocalReport.objects.select_related(
        "enrolment__cycle__network__tenant",
        "enrolment__community",
        "enrolment__edition",
        "enrolment__service_type",
        "enrolment__organisation",
        "author",
        "signed_by",
        "first_signed_by",
        "pdf__tenant",
    )


def reports_listed(network: Network) -> QuerySet[LocalReport]:
    """Reports of all years with what a list shows of each, and no more."""
    rows = LocalReport.objects.filter(enrolment__cycle__network=network)
    return rows.select_related("enrolment__cycle", "enrolment__service_type").only(
        "state",
        "version",
        "delivered_at",
        "signed_at",
        "enrolment__community_name",
        "enrolment__cycle__name",
        "enrolment__service_type__name",
    )


def as_score(text: str) -> Score:
    """A mark that a form or a row holds as text; '' is no score."""
    return int(text) if text.isdigit() else "NA" if text == "NA" else None


def as_text(score: Score) -> str:
    """The same the other way round."""
    return "" if score is None else str(score)


def scale_of(enrolment: Enrolment) -> Scale:
    """The marks of the enrolment's edition. No query."""
    return standards.scale_of(enrolment.edition)


def criteria_by_key(enrolment: Enrolment) -> dict[str, Criterion]:
    """The criteria that apply to the community, in the order of the book."""
    edition = standards.edition_data(enrolment.edition)
    modules = frozenset(str(module) for module in enrolment.modules)
    return {each.key or each.code: each for each in edition.applicable(enrolment.service_type.code, modules)}


def codes_by_key(enrolment: Enrolment) -> dict[str, str]:
    """The codes that people say, by the keys of the criteria that apply."""
    return {key: criterion.code for key, criterion in criteria_by_key(enrolment).items()}


def agreed_score(enrolment: Enrolment, key: str) -> Score:
    """The agreed score that stands now."""
    return next((line.agreed_score for line in workbooks.self_and_agreed(enrolment) if line.key == key), None)


def unscored(enrolment: Enrolment) -> int:
    """How many criteria that apply have no agreed score yet."""
    return sum(line.agreed_score is None for line in workbooks.self_and_agreed(enrolment))


def check_until(enrolment: Enrolment) -> date | None:
    """The last day on which the host may answer; None where no day is set."""
    row = enrolment.due_dates.filter(what=Stage.FACT_CHECK).first()
    return row.due_on if row else None


def window_open(enrolment: Enrolment, at: datetime) -> bool:
    """Whether the host's time to answer still runs; without a last day it does."""
    until = check_until(enrolment)
    return until is None or today_in(enrolment.cycle.network, at) <= until


def authors_of(report: LocalReport) -> set[int]:
    """Everybody who wrote words of the draft."""
    return set(report.edits.values_list("by_id", flat=True))


def hold(report: LocalReport) -> None:
    """Lock the report's row until the end of the transaction, and read it anew."""
    report.refresh_from_db(
        from_queryset=LocalReport.objects.select_for_update(of=("self",)).select_related(
            "enrolment__cycle__network__tenant", "enrolment__community", "enrolment__edition"
        )
    )


def tenant_of(report: LocalReport) -> Tenant:
    """The tenant to whom the report belongs."""
    return report.enrolment.cycle.network.tenant
