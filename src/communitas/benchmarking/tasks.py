"""Background work of benchmarking."""

from datetime import datetime

from communitas.benchmarking import actions
from communitas.benchmarking.models import Lattice
from communitas.cycles.models import Cycle
from communitas.kit.addresses import path_of
from communitas.kit.tasks import Progress, task
from communitas.people.models import Account


@task("benchmarking.keep_facts")
def keep_facts(cycle_id: int, by_id: int, at: str, *, progress: Progress) -> None:
    """Keep the facts of a cycle as a file. Where another run has done so since, there is nothing left to do."""
    cycle = Cycle.objects.select_related("network__tenant", "edition__standard_set").get(pk=cycle_id)
    if not cycle.enrolments.filter(fact_sets__current=True).exists():
        return
    progress.step("Keeping the facts", 0, 1)
    actions.keep_facts(cycle=cycle, by=Account.objects.get(pk=by_id), at=datetime.fromisoformat(at))


@task("benchmarking.try_cells")
def try_cells(lattice_id: int, by_id: int, at: str, *, progress: Progress) -> None:
    """Find out what the declared cells would have published last time."""
    lattice = Lattice.objects.select_related("cycle__network__tenant").get(pk=lattice_id)
    by = Account.objects.get(pk=by_id)
    actions.try_cells(lattice=lattice, by=by, at=datetime.fromisoformat(at), say=progress.step)
    progress.result(path_of(lattice.cycle.network.slug, "benchmarking:lattice", lattice.cycle_id))
