import pytest

from communitas.benchmarking.rules.cohort import KINDS, NETWORK, Cohort, Group, cohort
from communitas.benchmarking.rules.disclosure.declared import (
    USUAL,
    Breakdown,
    Declaration,
    band_of,
    bands_in_words,
    from_plain,
    lay,
    refuse_after_signing,
    refuse_strange,
    to_plain,
)
from communitas.benchmarking.rules.disclosure.lattice import declare
from communitas.benchmarking.rules.disclosure.protect import protect
from communitas.benchmarking.rules.facts import Fact
from communitas.kit.exceptions import NotAllowed
from communitas.members.rules.community import Community
from communitas.standards.rules.edition import Criterion, Edition, Level, Section

EDITION = Edition("Standards", 1, (Section("Care", (Criterion("1.1", "Welcome", Level.ESSENTIAL),)),))
SIZES = {"C000": 4, "C001": 12, "C002": 40}


def network(communities: int) -> Cohort:
    """Adult and prison services in three regions, each of which scored one criterion."""
    members = [
        Community(f"C{i:03}", f"Community {i}", "prison" if i % 3 else "adult", f"Trust {i}", "NSW"[i % 3 + i % 2 - 1])
        for i in range(communities)
    ]
    facts = [Fact(each.code, "1.1", kind, (2, 1, 2, 0)[i % 4]) for i, each in enumerate(members) for kind in KINDS]
    return cohort(EDITION, members, facts)


def test_usual_cells_are_those_of_a_cohort_without_a_declaration() -> None:
    cohort = network(30)

    assert lay(cohort, USUAL) == declare(cohort)


def test_a_group_gives_way_to_the_nearest_declared_one_above_it() -> None:
    cohort = network(30)
    with_types = Declaration((Breakdown(("type", "region")), Breakdown(("type",), criteria=True)))
    without = Declaration((Breakdown(("type", "region")),))

    parents = {each.group: each.parent for each in lay(cohort, with_types).groups}
    alone = {each.group: each.parent for each in lay(cohort, without).groups}

    crossing = [group for group in parents if group.dimension == "type × region"]
    assert crossing
    assert {parents[group] for group in crossing} == {Group("type", group.name.split(" × ")[0]) for group in crossing}
    assert {alone[group] for group in crossing} == {NETWORK}
    assert list(parents).index(crossing[0]) > max(i for i, group in enumerate(parents) if group.dimension == "type")


def test_crossing_tables_stay_safe() -> None:
    cohort = network(40)
    declaration = Declaration(
        (Breakdown(("type",), criteria=True), Breakdown(("region",)), Breakdown(("type", "region")))
    )

    assert protect(lay(cohort, declaration)).audit.passed


def test_only_declared_tables_have_cells_of_single_criteria() -> None:
    cohort = network(30)
    cells = lay(cohort, Declaration((Breakdown(("region",), criteria=True), Breakdown(("type",)))))

    assert {key.group.dimension for key in cells.declared() if key.subject.level == "criterion"} == {
        "network",
        "region",
    }


@pytest.mark.parametrize(
    ("places", "words"), [(1, "up to 10"), (10, "up to 10"), (11, "11 to 25"), (26, "26 or more"), (None, "")]
)
def test_band_of_a_number_of_places(places: int | None, words: str) -> None:
    assert band_of(places, (10, 25)) == words


def test_bands_stand_smallest_first_and_none_without_bounds() -> None:
    assert bands_in_words((10, 25)) == ("up to 10", "11 to 25", "26 or more")
    assert bands_in_words(()) == ()


@pytest.mark.parametrize(
    "declaration",
    [
        Declaration((Breakdown(()),)),
        Declaration((Breakdown(("colour",)),)),
        Declaration((Breakdown(("type", "type")),)),
        Declaration((Breakdown(("type", "region")), Breakdown(("region", "type")))),
        Declaration((Breakdown(("size",)),)),
        Declaration((Breakdown(("size",)),), (25, 10), SIZES),
        Declaration((Breakdown(("size",)),), (0, 10), SIZES),
        Declaration((Breakdown(("size",)),), (1, 2, 3, 4, 5, 6), SIZES),
        Declaration((Breakdown(("size",)),), (10,)),
    ],
)
def test_strange_declarations_are_refused(declaration: Declaration) -> None:
    with pytest.raises(NotAllowed):
        refuse_strange(declaration)


@pytest.mark.parametrize(("locked", "signed"), [(True, 0), (False, 1)])
def test_nothing_is_declared_after_signing(locked: bool, signed: int) -> None:
    with pytest.raises(NotAllowed, match="before its first review is signed"):
        refuse_after_signing(locked=locked, signed=signed)


def test_declaration_is_read_back_as_it_was() -> None:
    declaration = Declaration((Breakdown(("type", "size"), criteria=True),), (10, 25), SIZES)

    assert from_plain(to_plain(declaration)) == declaration
