"""The edge cases of disclosure control, by hand."""

import pytest

from communitas.benchmarking.rules.cohort import NETWORK, Group
from communitas.benchmarking.rules.disclosure.lattice import CellKey, DeclaredGroup, Subject
from communitas.benchmarking.rules.disclosure.parameters import Parameters
from communitas.benchmarking.rules.disclosure.people import people
from communitas.benchmarking.rules.disclosure.protect import protect
from communitas.benchmarking.rules.disclosure.values import HIDDEN, AlmostAll, Percent
from tests.benchmarking.rules.disclosure.networks import CRITERION, SECTION, key, one_criterion, section, synthetic

PRISON = Group("type", "prison")
ADULT = Group("type", "adult")
NORTH = Group("region", "north")


@pytest.mark.parametrize("n", [0, 4, 5, 9])
def test_a_criterion_is_hidden_below_ten_communities(n: int) -> None:
    marks = [2, 0] * 10
    cells = one_criterion([mark if i < n else None for i, mark in enumerate(marks)])

    assert protect(cells).value(key(CRITERION)) == HIDDEN


@pytest.mark.parametrize(
    ("n", "expected"),
    [(10, Percent(60, 0, 40)), (19, Percent(65, 0, 35)), (20, Percent(65, 0, 35)), (23, Percent(65, 0, 35))],
)
def test_percentages_are_whole_fives_until_twenty(n: int, expected: Percent) -> None:
    met = round(0.64 * n)
    cells = one_criterion([2] * met + [0] * (n - met))

    assert protect(cells).value(key(CRITERION)) == expected


@pytest.mark.parametrize("exceptions", [0, 1, 2, 3])
def test_all_but_a_few_is_a_band(exceptions: int) -> None:
    cells = one_criterion([2] * (20 - exceptions) + [0] * exceptions)

    assert protect(cells).value(key(CRITERION)) == AlmostAll("met", 3)


def test_all_but_four_is_a_percentage() -> None:
    cells = one_criterion([2] * 16 + [0] * 4)

    assert protect(cells).value(key(CRITERION)) == Percent(80, 0, 20)


def test_the_only_prison_of_a_region_cannot_be_found_by_subtraction() -> None:
    cells = section({f"1.{c}": [2, 0, 1, 2, 0] * 4 for c in range(4)}, {ADULT: range(19), PRISON: [19]})

    release = protect(cells)

    assert release.value(key(SECTION, PRISON)) == HIDDEN
    assert release.value(key(SECTION, ADULT)) == HIDDEN
    assert release.value(key(SECTION)) != HIDDEN


def test_an_operator_with_six_of_eight_hides_a_section() -> None:
    marks = {f"1.{c}": [2, 0, 1, 2, 0, 1, 2, 0] for c in range(4)}
    shared = ["trust"] * 6 + ["charity", "council"]

    assert protect(section(marks, operators=shared)).value(key(SECTION)) == HIDDEN
    assert isinstance(protect(section(marks)).value(key(SECTION)), Percent)


def test_a_hidden_child_takes_a_sister_with_it_but_not_the_total() -> None:
    everyone = [2, 2, 2, 2] + [2, 0] * 6 + [2, 0] * 8
    groups = {PRISON: range(4), ADULT: range(4, 16), Group("type", "young"): range(16, 32)}

    release = protect(one_criterion(everyone, groups))

    assert [release.value(key(CRITERION, group)) for group in (PRISON, ADULT)] == [HIDDEN, HIDDEN]
    assert release.value(key(CRITERION, Group("type", "young"))) == Percent(50, 0, 50)
    assert release.value(key(CRITERION)) == Percent(56, 0, 44)


def test_a_section_stays_when_one_of_its_criteria_is_for_few_communities() -> None:
    marks: dict[str, list[int | None]] = {f"1.{c}": [2, 0, 1, 2, 2] * 6 for c in range(1, 5)}
    marks["1.5"] = [2, 1, 0, 2] + [None] * 26

    release = protect(section(marks))

    shown = [code for code in marks if release.value(key(Subject("criterion", code))) != HIDDEN]
    assert isinstance(release.value(key(SECTION)), Percent)
    assert len(shown) == 3  # the fifth, and one more so that nobody gets the fifth by subtraction
    assert "1.5" not in shown


def test_a_sum_of_equal_marks_is_not_left_by_subtraction() -> None:
    groups = {PRISON: range(15), ADULT: range(15, 30)}

    release = protect(one_criterion([2] * 15 + [2, 0, 0] * 5, groups))

    assert release.value(key(CRITERION, PRISON)) == AlmostAll("met", 3)
    assert release.value(key(CRITERION, ADULT)) == HIDDEN


def test_not_applicable_to_all_but_one_is_hidden() -> None:
    cells = one_criterion([2] + [None] * 29)

    assert protect(cells).value(key(CRITERION)) == HIDDEN


def test_a_section_of_one_criterion_obeys_the_rule_for_criteria() -> None:
    cells = one_criterion([2, 0, 1, 2, 0, 1, 2, 0])

    assert protect(cells).value(key(SECTION)) == HIDDEN


def test_crossing_breakdowns_of_few_communities_do_not_both_survive() -> None:
    marks = {f"1.{c}": [2, 0, 1] * 8 for c in range(4)}

    release = protect(section(marks, {PRISON: range(12), NORTH: range(2, 12)}))

    assert HIDDEN in {release.value(key(SECTION, PRISON)), release.value(key(SECTION, NORTH))}


def test_paired_communities_are_a_group_like_any_other() -> None:
    both = Group("paired", "last cycle")
    marks = {f"1.{c}": [2, 0, 1] * 8 for c in range(4)}

    nearly_all = protect(section(marks, {both: range(22)}))
    most = protect(section(marks, {both: range(18)}))

    assert nearly_all.value(key(SECTION, both)) == HIDDEN  # two joined since: the difference is theirs
    assert most.value(key(SECTION, both)) != HIDDEN


def test_a_hidden_cell_gives_way_to_its_declared_parent() -> None:
    release = protect(section({f"1.{c}": [2, 0, 1] * 8 for c in range(4)}, {PRISON: range(3)}))

    shown = release.shown(key(SECTION, PRISON))

    assert (shown.value, shown.group) == (release.value(key(SECTION)), NETWORK)


def test_undeclared_cells_cannot_be_asked_for() -> None:
    release = protect(one_criterion([2, 0] * 10))

    with pytest.raises(KeyError):
        release.value(key(Subject("criterion", "9.9")))


def test_the_same_input_gives_the_same_bytes() -> None:
    assert protect(synthetic(3, communities=40)).to_bytes() == protect(synthetic(3, communities=40)).to_bytes()


def test_a_release_says_no_reason_and_no_number_of_communities() -> None:
    text = protect(synthetic(3, communities=40)).to_bytes().decode()

    assert '{"hidden":true}' in text
    assert "differenc" not in text
    assert '"n"' not in text


@pytest.mark.parametrize("seed", range(4))
def test_a_network_of_a_hundred_in_five_even_types_keeps_its_use(seed: int) -> None:
    release = protect(synthetic(seed, communities=100, sections=8, criteria=10, types=5, even=True))

    shown = {cell: value != HIDDEN for cell, value in release.values.items() if cell.subject.level == "section"}
    network = [visible for cell, visible in shown.items() if cell.group == NETWORK]
    types = [visible for cell, visible in shown.items() if cell.group != NETWORK]
    assert release.audit.passed
    assert sum(network) / len(network) >= 0.85
    assert sum(types) / len(types) >= 0.6


@pytest.mark.parametrize("field", ["people", "communities", "rounding", "criterion", "whole_numbers"])
def test_parameters_have_floors(field: str) -> None:
    with pytest.raises(ValueError, match=field):
        Parameters(**{field: 1})


@pytest.mark.parametrize(("count", "shown"), [(0, HIDDEN), (9, HIDDEN), (10, 10), (12, 10), (13, 15), (22, 20)])
def test_people_are_counted_in_fives_from_ten(count: int, shown: object) -> None:
    assert people(count, Parameters()) == shown


def test_no_people_shows_where_there_can_be_none() -> None:
    assert people(0, Parameters(), impossible=True) == 0


def test_groups_may_have_parents_of_their_own() -> None:
    cells = section({f"1.{c}": [2, 0, 1] * 8 for c in range(4)}, {NORTH: range(12)})
    small = DeclaredGroup(Group("region", "far north"), frozenset(range(3)), NORTH)
    wider = type(cells)(cells.operators, (*cells.groups, small), cells.sections, cells.marks, cells.kinds)

    shown = protect(wider).shown(CellKey("agreed", SECTION, small.group))

    assert shown.group == NORTH
