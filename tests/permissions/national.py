"""National figures and reports, which are pages of the app `reports`."""

from functools import partial

from communitas.benchmarking import actions as benchmarking
from communitas.benchmarking import queries as figures
from communitas.cycles.models import Cycle, Enrolment
from communitas.kit import files
from communitas.members.models import Network
from communitas.reports import policy
from communitas.reports.actions import outlines
from communitas.reports.models import NationalReport
from tests import factories
from tests.cast import NOW, Part, World
from tests.permissions.cases import ANYBODY, SIGNED_IN, Case, Target
from tests.reports.local.test_designs import PNG


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
    if not part.oak_enrolment.fact_sets.exists():
        factories.make_facts(part.oak_enrolment, {("c1-1", "self"): 2, ("c1-1", "agreed"): 1})
    return Target(part.cycle.pk)


def built(world: World, part: Part) -> Target:
    """A cycle whose report was begun."""
    outlines.begin_outline(cycle=part.cycle, by=world.cora, at=NOW)
    return cycle(world, part)


def block(world: World, part: Part) -> Target:
    """The first block of a report."""
    return Target(*built(world, part).args, "b2")


def block_kind(world: World, part: Part) -> Target:
    """A kind of block that can be added."""
    return Target(*built(world, part).args, "text")


def version(world: World, part: Part) -> Target:
    """The first version of the blocks."""
    return Target(*built(world, part).args, 1)


def with_logo(world: World, part: Part) -> Target:
    """Frozen figures of a network whose reports have a logo."""
    from communitas.reports.actions.designs import keep_design, use_design

    design = keep_design(
        network=part.network, main="#1d5148", accent="#98420c", logo=PNG, logo_words="Us", by=world.cora, at=NOW
    )
    use_design(design=design, by=world.cora, at=NOW)
    return frozen(world, part)


def own(world: World, part: Part) -> Target:
    """An enrolment whose cycle was released."""
    released(world, part)
    return Target(part.oak_enrolment.pk, community=part.oak, scope=part.oak_enrolment.pk)


EXACT = partial(Case, row="national.read_exact", sees="national.read")
BUILD = "national.build"
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
    Case(
        "reports:national_correction",
        row="national.release",
        sees="national.read",
        of=[frozen, released],
        methods=("GET", "POST"),
        data={"correction": "A word was missing."},
    ),
    Case("reports:national_release", row="national.release", sees="national.read", of=[frozen], methods=("POST",)),
    Case("reports:national_draft", row="national.build", of=[cycle], methods=("GET", "POST")),
    Case("reports:national_package", row="national.read", of=[frozen, released], public=True),
    Case("reports:national_logo", row="national.read", of=[with_logo], public=True),
    Case("reports:own_pictures", row=SIGNED_IN),
    Case("reports:own_picture", row="benchmark.read", of=[own]),
    Case("reports:build", row=BUILD, of=[cycle, built]),
    Case("reports:preview", row=BUILD, of=[cycle, built]),
    Case("reports:build_steps", row=BUILD, of=[built]),
    Case("reports:begin_build", row=BUILD, of=[cycle], methods=("POST",)),
    Case("reports:undo_build", row=BUILD, of=[built], methods=("POST",)),
    Case("reports:restore_build", row=BUILD, of=[version], methods=("POST",)),
    Case("reports:add_block", row=BUILD, of=[block_kind], methods=("GET", "POST"), data={"text": "A good year."}),
    Case("reports:change_block", row=BUILD, of=[block], methods=("GET", "POST"), data={"choice": "marks"}),
    Case("reports:move_block", row=BUILD, of=[block], methods=("POST",), data={"way": "up"}),
    Case("reports:remove_block", row=BUILD, of=[block], methods=("POST",)),
]
PERMISSIONS = [
    (policy.read_national, NationalReport),
    (policy.read_exact, NationalReport),
    (policy.write_national, NationalReport),
    (policy.release_national, NationalReport),
    (policy.build_national, Cycle),
    (policy.oversee_nationals, Network),
    (policy.own_picture, Enrolment),
]
