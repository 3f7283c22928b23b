"""How long does the protection of a large network's figures take, and how much of an ordinary one's is left to read?"""

import random
import time

from benchmarks.results import Result, at_least, at_most, for_information
from communitas.benchmarking.rules.cohort import NETWORK, Group
from communitas.benchmarking.rules.disclosure.lattice import Cells, DeclaredGroup
from communitas.benchmarking.rules.disclosure.protect import protect
from communitas.benchmarking.rules.disclosure.values import HIDDEN
from tests.benchmarking.rules.disclosure.networks import synthetic

LIMIT = 60
COMMUNITIES, SECTIONS, CRITERIA = 200, 10, 15
TYPES, KINDS_OF_A_TYPE = 8, 4  # 8 types of very different size, each divided into 4: 40 groups under the network


def run(full: bool) -> list[Result]:
    """Protect the large network once, both kinds of score; then ordinary networks, more of them in a full run."""
    large = nested(1)
    started, computed = time.perf_counter(), time.process_time()
    release = protect(large)
    seconds, own = time.perf_counter() - started, time.process_time() - computed
    size = f"{COMMUNITIES} communities, {SECTIONS * CRITERIA} criteria, {len(large.groups) - 1} groups"
    if not release.audit.passed:
        raise AssertionError("the audit found cells that give marks away")
    network, types = survival(20 if full else 4)
    ordinary = "100 communities in 5 types, section level, the worst of its runs"
    return [
        at_most("disclosure control", seconds, "s", LIMIT, f"{size}, one process"),
        for_information("disclosure control, processor", own, "s", "the same run, its own time"),
        at_least("cells of the network that stay", 100 * network, "%", 85, ordinary),
        at_least("cells of types that stay", 100 * types, "%", 60, ordinary),
    ]


def nested(seed: int) -> Cells:
    """A network with types of heavy-tailed size, each divided further."""
    chance = random.Random(seed)
    plain = synthetic(seed, communities=COMMUNITIES, sections=SECTIONS, criteria=CRITERIA, types=1)
    sizes = [1 / (i + 1) ** 0.7 for i in range(TYPES)]
    places = [(chance.choices(range(TYPES), sizes)[0], chance.randrange(KINDS_OF_A_TYPE)) for _ in range(COMMUNITIES)]
    groups = [plain.groups[0]]
    for outer in range(TYPES):
        parent = Group("type", f"{outer}")
        members = frozenset(i for i, place in enumerate(places) if place[0] == outer)
        groups.append(DeclaredGroup(parent, members, NETWORK))
        for inner in range(KINDS_OF_A_TYPE):
            members = frozenset(i for i, place in enumerate(places) if place == (outer, inner))
            groups.append(DeclaredGroup(Group("type", f"{outer}.{inner}"), members, parent))
    return Cells(plain.operators, tuple(groups), plain.sections, plain.marks)


def survival(networks: int) -> tuple[float, float]:
    """The smallest shares of section cells that are shown, of the network and of its types."""
    worst = [1.0, 1.0]
    for seed in range(networks):
        release = protect(synthetic(seed, communities=100, sections=8, criteria=10, types=5, even=True))
        shown = [
            (key.group != NETWORK, value != HIDDEN)
            for key, value in release.values.items()
            if key.subject.level == "section"
        ]
        for of_types in (False, True):
            cells = [visible for is_type, visible in shown if is_type == of_types]
            worst[of_types] = min(worst[of_types], sum(cells) / len(cells))
    return worst[0], worst[1]
