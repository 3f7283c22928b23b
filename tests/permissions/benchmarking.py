from functools import partial

from communitas.benchmarking import actions, policy
from communitas.benchmarking.models import Lattice
from communitas.benchmarking.rules.disclosure.declared import USUAL
from communitas.cycles.models import Cycle
from communitas.kit.models import ImportRun
from communitas.members.models import Community, Network
from tests.cast import NOW, Part, World
from tests.permissions.cases import ANYBODY, SIGNED_IN, Case, Target


def checked(world: World, part: Part) -> Target:
    """A file of scores that is being looked at."""
    return Target(_run(world, part).pk)


def imported(world: World, part: Part) -> Target:
    """A file of scores that was imported."""
    run = _run(world, part)
    actions.finish_import(run=run, by=world.cora, at=NOW)
    return Target(run.pk)


def _run(world: World, part: Part) -> ImportRun:
    code = Community.objects.get(pk=part.elm.pk).code  # as it is now: a test may have planted another
    return actions.start_import(
        network=part.network,
        cycle=None,
        name="2020",
        opens_on=NOW.date().replace(year=2019),
        closes_on=NOW.date().replace(year=2020),
        edition=part.edition,
        content=f"community,criterion,self,agreed\n{code},1.1,2,1\n".encode(),
        file_name="scores.csv",
        by=world.cora,
        at=NOW,
    )


def strip(world: World, part: Part) -> Target:
    """A kind of chart of the gallery."""
    return Target("strip")


def usual(world: World, part: Part) -> Target:
    """A chart of the gallery as a file."""
    return Target("strip", 0)


def cells(world: World, part: Part) -> Target:
    """A cycle whose cells are declared."""
    actions.declare_cells(cycle=part.cycle, declaration=USUAL, by=world.cyrus, at=NOW)
    return Target(part.cycle.pk)


def lark(world: World, part: Part) -> Target:
    """A community that compares itself."""
    return Target(part.lark.pk, community=part.lark)


CELLS = partial(Case, row="national.edit_lattice", sees="national.build", of=[cells], methods=("POST",))
CASES = [
    Case("benchmarking:benchmarks", row=SIGNED_IN),
    Case("benchmarking:explorer", row="benchmark.read", of=[lark]),
    Case("benchmarking:explorer_all", row="benchmark.read"),
    Case("benchmarking:lattice", row="national.build", of=[cells]),
    CELLS("benchmarking:lattice_save", data={"region": "sections"}),
    CELLS("benchmarking:lattice_try"),
    CELLS("benchmarking:lattice_lock"),
    Case("benchmarking:gallery", row=ANYBODY, public=True),
    Case("benchmarking:gallery_kind", row=ANYBODY, of=[strip], public=True),
    Case("benchmarking:gallery_file", row=ANYBODY, of=[usual], public=True),
    Case("benchmarking:imports", row="scores.import"),
    Case("benchmarking:import_start", row="scores.import", methods=("GET", "POST")),
    Case("benchmarking:import", row="scores.import", of=[checked, imported], methods=("GET", "POST")),
    Case("benchmarking:import_finish", row="scores.import", of=[checked], methods=("POST",)),
    Case("benchmarking:import_leave", row="scores.import", of=[checked], methods=("POST",)),
    Case("benchmarking:import_undo", row="scores.import", of=[imported], methods=("POST",)),
]
PERMISSIONS = [
    (policy.import_scores, Network),
    (policy.read_import, ImportRun),
    (policy.read_lattice, Cycle),
    (policy.edit_lattice, Cycle),
    (policy.lock_lattice, Lattice),
    (policy.explore, Community),
    (policy.explore_all, Network),
]
