"""National figures: counted, frozen, released once, and what communities see of their peers."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from communitas.benchmarking import actions, queries
from communitas.benchmarking.models import Release
from communitas.benchmarking.rules.cohort import NETWORK, Group
from communitas.benchmarking.rules.disclosure.lattice import OVERALL, CellKey, declare
from communitas.benchmarking.rules.disclosure.protect import protect
from communitas.benchmarking.rules.disclosure.values import Hidden, Percent, Quarters
from communitas.benchmarking.rules.figures import national_figures
from communitas.benchmarking.rules.kept import (
    exact_change,
    exact_figures,
    exact_plain,
    plain_hash,
    protected_plain,
    protection,
)
from communitas.cycles.models import Cycle
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import AuditLine
from tests import factories
from tests.cast import NOW, World


def past_cycle(world: World, communities: int = 24, *, name: str = "2026", years: int = 1) -> Cycle:
    cycle = factories.make_cycle(
        world.network,
        world.edition,
        name=name,
        opens_on=date(2026 - years, 9, 1),
        closes_on=date(2027 - years, 8, 31),
    )
    factories.make_scored_cycle(cycle, factories.make_scored_communities(world.network, communities))
    return cycle


def freeze(world: World, cycle: Cycle) -> Release:
    counted = queries.count_and_protect(cycle=cycle, say=lambda step: None)
    return actions.freeze_release(cycle=cycle, counted=counted, by=world.cora, at=NOW)


def release(world: World, cycle: Cycle) -> Release:
    made = freeze(world, cycle)
    actions.release_figures(release=made, signed_hash=made.hash, by=world.cyrus, at=NOW + timedelta(hours=1))
    made.refresh_from_db()
    return made


def test_kept_exact_figures_are_read_back_as_they_were(world: World) -> None:
    scores = queries.scores_of(past_cycle(world))
    figures = national_figures(scores.cohort)

    kept = exact_plain(figures)

    assert exact_figures(kept, scores.cohort.edition) == figures


def test_kept_cells_are_read_back_as_they_were(world: World) -> None:
    scores = queries.scores_of(past_cycle(world))
    cells = declare(scores.cohort)
    made = protect(cells)

    kept = protection(protected_plain(scores.cohort, cells, made))

    assert (kept.release.to_bytes(), dict(kept.release.parents)) == (made.to_bytes(), dict(made.parents))
    assert kept.took_part[NETWORK] == 25
    assert isinstance(kept.spread(OVERALL, NETWORK), Quarters)
    assert kept.took_part[Group("type", "prison")] == 5


def test_protected_json_holds_no_exact_number(world: World) -> None:
    made = freeze(world, past_cycle(world))

    assert set(made.protected) == {
        *("algorithm", "parameters", "parents", "cells", "took_part", "spreads", "densities"),
    }
    shapes = {frozenset(cell[5]) for cell in made.protected["cells"]}
    assert shapes <= {
        frozenset({"hidden"}),
        frozenset({"almost_all", "all_but_at_most"}),
        frozenset({"percent_met", "percent_partly_met", "percent_not_met", "rounded_to"}),
    }


def test_bins_are_told_of_the_whole_network_alone_and_hold_five_communities_each(world: World) -> None:
    made = freeze(world, past_cycle(world, 48))

    told = made.protected["densities"]
    assert told
    assert {tuple(each[2:4]) for each in told} == {("network", "")}
    for *_subject, bins in told:
        assert (bins[0][0], bins[-1][1]) == (0, 100)
        assert min(percent for _low, _high, percent in bins) >= 10  # five of 48, in whole fives


def test_the_hash_is_of_the_protected_cells_alone_and_repeats(world: World) -> None:
    cycle = past_cycle(world)

    first, second = freeze(world, cycle), freeze(world, cycle)

    first.refresh_from_db()
    assert (first.hash, first.state, second.version) == (second.hash, "superseded", 2)
    assert first.hash == plain_hash(first.protected)
    assert first.exact == second.exact


def test_a_cycle_without_scores_is_not_frozen(world: World) -> None:
    with pytest.raises(NotAllowed, match="at least one community"):
        queries.count_and_protect(cycle=world.cycle, say=lambda step: None)


def test_released_figures_are_never_published_again(world: World) -> None:
    cycle = past_cycle(world)
    release(world, cycle)

    with pytest.raises(NotAllowed, match="released once, because two versions"):
        freeze(world, cycle)


def test_the_second_person_releases_what_the_first_one_proposed(world: World) -> None:
    made = freeze(world, past_cycle(world))

    with pytest.raises(NotAllowed, match="exactly the figures"):
        actions.release_figures(release=made, signed_hash="0" * 64, by=world.cyrus, at=NOW)


def test_superseded_figures_are_not_released(world: World) -> None:
    cycle = past_cycle(world)
    first = freeze(world, cycle)
    freeze(world, cycle)

    with pytest.raises(NotAllowed, match="Only frozen figures"):
        actions.release_figures(release=first, signed_hash=first.hash, by=world.cyrus, at=NOW)


def test_the_database_keeps_frozen_figures_as_they_are(world: World) -> None:
    made = release(world, past_cycle(world))

    with pytest.raises(DatabaseError, match="frozen_figures_never_change"), transaction.atomic():
        Release.objects.filter(pk=made.pk).update(exact={})
    with pytest.raises(DatabaseError), transaction.atomic():
        made.delete()


def test_freezing_and_releasing_leave_lines_in_the_trail(world: World) -> None:
    release(world, past_cycle(world))

    assert list(AuditLine.objects.filter(verb__startswith="national.").values_list("verb", "by__username")) == [
        ("national.freeze", "cora"),
        ("national.release", "cyrus"),
    ]


def test_change_is_told_over_communities_in_both_cycles(world: World) -> None:
    before = past_cycle(world, 12)
    Cycle.objects.filter(pk=world.cycle.pk).update(previous=before)
    cycle = Cycle.objects.get(pk=world.cycle.pk)
    communities = [row.community for row in before.enrolments.select_related("community")[:10]]
    factories.make_scored_cycle(cycle, communities, shift=1)

    kept = exact_change(freeze(world, cycle).exact)

    assert kept is not None
    assert (kept.since, kept.figures.communities, len(kept.figures.criteria)) == ("2026", 10, 6)
    assert kept.figures.overall.comparable.n == 60


def test_a_network_may_be_stricter_than_the_floors(world: World) -> None:
    world.network.thresholds = {"criterion": 30}
    world.network.save()
    cycle = past_cycle(world)

    kept = protection(freeze(world, cycle).protected)

    assert all(
        isinstance(value, Hidden) for key, value in kept.release.values.items() if key.subject.level == "criterion"
    )


def test_scores_of_a_cycle_need_the_same_number_of_queries_for_any_size(world: World) -> None:
    small, large = (
        past_cycle(world, 0),
        factories.make_cycle(
            world.network, world.edition, name="2020", opens_on=date(2020, 9, 1), closes_on=date(2021, 8, 31)
        ),
    )
    communities = factories.make_scored_communities(world.network, 3)
    factories.make_scored_cycle(small, communities[:1])
    factories.make_scored_cycle(large, communities)

    counts = []
    for cycle in (small, large):
        with CaptureQueriesContext(connection) as found:
            queries.scores_of(Cycle.objects.select_related("edition").get(pk=cycle.pk))
        counts.append(len(found))

    assert counts == [7, 7]


def test_peers_are_those_of_the_type_where_they_may_be_shown(world: World) -> None:
    release(world, past_cycle(world, 48))

    peers = queries.peer_view_for(world.enrolment)

    assert peers is not None
    assert (peers.cycle, peers.group) == ("2026", Group("type", "adult"))
    assert isinstance(peers.overall, Quarters)
    assert set(peers.sections) <= {"Section 1", "Section 2"}
    assert all(isinstance(value, Percent) for value in peers.criteria.values())


def test_peers_of_a_small_type_are_the_whole_network(world: World) -> None:
    made = release(world, past_cycle(world))

    peers = queries.peer_view_for(world.oak_enrolment)

    assert peers is not None
    assert peers.group == NETWORK
    assert peers.overall == protection(made.protected).spread(OVERALL, NETWORK)


def test_there_are_no_peers_before_figures_are_released(world: World) -> None:
    freeze(world, past_cycle(world))

    assert queries.peer_view_for(world.enrolment) is None


def test_peers_come_from_the_own_network_alone(world: World) -> None:
    release(world, past_cycle(world))

    assert queries.peer_view_for(world.twin.enrolment) is None


def test_a_hidden_cell_stays_hidden_when_it_is_kept(world: World) -> None:
    cycle = past_cycle(world, 8)

    kept = protection(freeze(world, cycle).protected)

    assert isinstance(kept.value(CellKey("agreed", OVERALL, Group("type", "prison"))), Hidden)
