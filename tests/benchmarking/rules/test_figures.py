"""National figures, changes by lineage and the view of peers, from a small network of facts."""

from communitas.benchmarking.rules.changes import change_figures
from communitas.benchmarking.rules.cohort import NETWORK, Cohort, Group, cohort
from communitas.benchmarking.rules.counts import Counts
from communitas.benchmarking.rules.disclosure.lattice import Subject, declare
from communitas.benchmarking.rules.disclosure.protect import protect
from communitas.benchmarking.rules.disclosure.values import HIDDEN, Hidden, Quarters
from communitas.benchmarking.rules.facts import Fact, Score
from communitas.benchmarking.rules.figures import national_figures
from communitas.benchmarking.rules.lineage import Lineage, group_score
from communitas.benchmarking.rules.peers import peer_view
from communitas.members.rules.community import Community
from communitas.standards.rules.edition import Criterion, Edition, Level, Section

EDITION = Edition(
    "Standards",
    1,
    (
        Section(
            "Care",
            (
                Criterion("1.1", "We welcome people.", Level.ESSENTIAL),
                Criterion("1.2", "We plan together.", Level.EXPECTED, applies_to=("prison",)),
            ),
        ),
        Section("Place", (Criterion("2.1", "It is warm.", Level.DESIRABLE),)),
    ),
)
SCORES: tuple[Score, ...] = (2, 1, 2, 0, 2, "NA", 2, 1)


def network(size: int, scores: tuple[Score, ...] = SCORES) -> Cohort:
    communities = [
        Community(f"C{i:02}", f"Community {i}", "prison" if i % 2 else "adult", f"Trust {i}", "North")
        for i in range(size)
    ]
    facts = [
        Fact(community.code, criterion.code, kind, scores[(i + place) % len(scores)])
        for i, community in enumerate(communities)
        for place, criterion in enumerate(EDITION.applicable(community.service_type))
        for kind in ("self", "agreed")
    ]
    return cohort(EDITION, communities, facts)


def test_a_missing_row_counts_as_not_scored() -> None:
    communities = [Community("A", "A", "prison"), Community("B", "B", "adult")]

    figures = national_figures(cohort(EDITION, communities, [Fact("A", "1.1", "agreed", 2)]))

    assert [row.counts.agreed for row in figures.network.criteria] == [
        Counts(met=1, not_scored=1),
        Counts(not_scored=1),  # applies to the prison alone
        Counts(not_scored=2),
    ]
    assert figures.network.sections[0].counts.agreed == Counts(met=1, not_scored=2)
    assert figures.network.overall.agreed == Counts(met=1, not_scored=4)


def test_groups_are_the_network_then_types_then_regions() -> None:
    figures = national_figures(network(6))

    assert [(each.group, each.communities) for each in figures.groups] == [
        (NETWORK, 6),
        (Group("type", "adult"), 3),
        (Group("type", "prison"), 3),
        (Group("region", "North"), 6),
    ]


def test_equal_shares_stand_in_the_order_of_codes() -> None:
    communities = [Community("A", "A", "prison")]
    facts = [Fact("A", code, "agreed", 2) for code in ("2.1", "1.2", "1.1")]

    figures = national_figures(cohort(EDITION, communities, facts))

    assert [row.code for row in figures.most_met] == ["1.1", "1.2", "2.1"]
    assert [row.code for row in figures.least_met] == ["1.1", "1.2", "2.1"]


def test_change_is_over_communities_in_both_cycles_and_comparable_criteria() -> None:
    lineage = [
        Lineage("unchanged", ("1.1",), ("1.1",)),
        Lineage("reworded", ("2.1",), ("2.1",), same_meaning=False),
    ]

    found = change_figures(network(6), network(8, scores=(2,)), lineage)

    assert found.communities == 6
    assert [row.lineage.later for row in found.criteria] == [("1.1",)]
    assert found.overall.comparable.n == 5  # one was not applicable


def test_a_group_scores_the_lowest_of_the_parts_that_apply() -> None:
    assert group_score({"a": 2, "b": 1, "c": "NA"}, ("a", "b", "c")) == 1
    assert group_score({"a": 2, "b": None}, ("a", "b")) is None
    assert group_score({"a": "NA"}, ("a",)) is None


def test_peers_are_of_the_same_type_where_enough_and_else_the_network() -> None:
    own = Counts(met=3)
    views = []
    for size in (60, 24, 12, 6):
        cells = declare(network(size))
        views.append(peer_view(cells, protect(cells), Subject("overall"), "prison", own=own))

    assert [view.group for view in views][-1] is None
    assert views[-1].spread == HIDDEN
    assert all(view.own == own for view in views)
    for view in views[:-1]:
        assert isinstance(view.spread, Quarters | Hidden)
