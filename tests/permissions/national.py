"""National figures and reports, which are pages of the app `reports`."""

from functools import partial

from communitas.benchmarking import actions as benchmarking
from communitas.benchmarking import queries as figures
from communitas.cycles.models import Cycle
from communitas.kit import files
from communitas.members.models import Network
from communitas.reports import policy
from communitas.reports.models import NationalReport
from tests import factories
from tests.cast import NOW, Part, World
from tests.permissions.cases import ANYBODY, Case, Target


def _frozen(world: World, part: Part) -> NationalReport:
    if not part.oak_enrolment.fact_sets.exists():
        factories.make_facts(part.oak_enrolment, {("c1-1", "self"): 2, ("c1-1", "agreed"): 1})
    counted = figures.count_and_protect(cycle=part.cycle, say=lambda step: None)
    release = benchmarking.freeze_release(cycle=part.cycle, counted=counted, by=world.cora, at=NOW)
    pdf = files.put(
        tenant=part.network.tenant, content=b"%PDF-", name="report.pdf", media_type="application/pdf", at=NOW
    )
    return NationalReport.objects.create(
        release=release, written_by=world.cora, written_at=NOW, public_pdf=pdf, office_pdf=pdf
    )


def frozen(world: World, part: Part) -> Target:
    """Frozen figures that are not public."""
    return Target(_frozen(world, part).pk)


def released(world: World, part: Part) -> Target:
    """Figures that two people released."""
    report = _frozen(world, part)
    benchmarking.release_figures(release=report.release, signed_hash=report.release.hash, by=world.cyrus, at=NOW)
    return Target(report.pk, true="P")


def frozen_csv(world: World, part: Part) -> Target:
    """The table of frozen figures."""
    return Target(*frozen(world, part).args, "csv")


def released_json(world: World, part: Part) -> Target:
    """The data of released figures."""
    return Target(*released(world, part).args, "json", true="P")


def cycle(world: World, part: Part) -> Target:
    """A cycle with scores."""
    factories.make_facts(part.oak_enrolment, {("c1-1", "self"): 2, ("c1-1", "agreed"): 1})
    return Target(part.cycle.pk)


EXACT = partial(Case, row="national.read_exact", sees="national.read")
CASES = [
    Case("reports:nationals", row=ANYBODY, public=True),
    Case("reports:national", row="national.read", of=[frozen, released], public=True),
    Case("reports:national_pdf", row="national.read", of=[frozen, released], public=True),
    Case("reports:national_figures", row="national.read", of=[frozen_csv, released_json], public=True),
    EXACT("reports:national_exact", of=[frozen, released]),
    EXACT("reports:national_exact_pdf", of=[frozen, released]),
    EXACT("reports:national_exact_figures", of=[frozen_csv, released_json]),
    Case(
        "reports:national_introduction",
        row="national.build",
        sees="national.read",
        of=[frozen, released],
        methods=("GET", "POST"),
        data={"introduction": "A good year."},
    ),
    Case("reports:national_release", row="national.release", sees="national.read", of=[frozen], methods=("POST",)),
    Case("reports:national_draft", row="national.build", of=[cycle], methods=("GET", "POST")),
]
PERMISSIONS = [
    (policy.read_national, NationalReport),
    (policy.read_exact, NationalReport),
    (policy.write_national, NationalReport),
    (policy.release_national, NationalReport),
    (policy.build_national, Cycle),
    (policy.oversee_nationals, Network),
]
