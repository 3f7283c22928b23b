"""More edge cases: sections by size, communities that change, people, funnels, second editions."""

import json
from dataclasses import replace
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communitas.benchmarking.rules.changes import both_cycles
from communitas.benchmarking.rules.cohort import NETWORK, Cohort, Group, cohort
from communitas.benchmarking.rules.disclosure.density import Bin, density
from communitas.benchmarking.rules.disclosure.lattice import Cells, Subject, declare
from communitas.benchmarking.rules.disclosure.parameters import Parameters
from communitas.benchmarking.rules.disclosure.people import people, people_table, possible
from communitas.benchmarking.rules.disclosure.protect import protect
from communitas.benchmarking.rules.disclosure.values import HIDDEN, AlmostAll, Hidden, Percent, Quarters
from communitas.benchmarking.rules.facts import Fact
from communitas.benchmarking.rules.peers import distribution
from communitas.benchmarking.rules.releasing import RELEASED, refuse_second_publication
from communitas.kit.exceptions import NotAllowed
from communitas.members.rules.community import Community
from communitas.standards.rules.edition import Criterion, Edition, Level, Section
from tests.benchmarking.rules.disclosure.networks import SECTION, key, section, synthetic
from tests.benchmarking.rules.disclosure.test_attacker import recovered

PRISON, ADULT = Group("type", "prison"), Group("type", "adult")
DRAFT = Group("paired", "in the draft")
EDITION = Edition(
    "Standards", 1, (Section("Care", tuple(Criterion(f"1.{c}", "We care.", Level.ESSENTIAL) for c in range(4))),)
)


def mixed(n: int, size: int | None = None) -> Cells:
    """One section of four criteria that n communities answered, of `size` that took part."""
    return section(
        {f"1.{c}": [(2, 0, 1, 2, 0)[(i + c) % 5] if i < n else None for i in range(size or n)] for c in range(4)}
    )


def reviewed(communities: list[Community]) -> Cohort:
    facts = [
        Fact(each.code, criterion.code, "agreed", (2, 0, 1, 2, 0)[(i + place) % 5])
        for i, each in enumerate(communities)
        for place, criterion in enumerate(EDITION.criteria())
    ]
    return cohort(EDITION, communities, facts)


def communities(number: int, service_type: str = "adult") -> list[Community]:
    return [
        Community(f"{service_type[0].upper()}{i:02}", f"Place {i}", service_type, f"Trust {i}") for i in range(number)
    ]


@pytest.mark.parametrize("n", [0, 1, 2, 4])
def test_a_section_is_hidden_below_five_communities(n: int) -> None:
    assert protect(mixed(n, 20)).value(key(SECTION)) == HIDDEN


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ((1, 2, 4, 5, 24), {"type of 5", "type of 24"}),
        ((4, 5, 24), {"type of 5", "type of 24"}),
        ((5, 24), {"type of 5", "type of 24"}),
        ((1, 5, 24), set()),  # the network less the others would be the one
    ],
)
def test_small_types_are_hidden_and_none_is_given_away_by_the_others(sizes: tuple[int, ...], shown: set[str]) -> None:
    ends = list(accumulate(sizes))
    types = {Group("type", f"type of {size}"): range(end - size, end) for size, end in zip(sizes, ends, strict=True)}
    marks = {f"1.{c}": [(2, 0, 1, 2, 0)[(i + c + i // 5) % 5] for i in range(ends[-1])] for c in range(4)}

    release = protect(section(marks, types))

    assert {group.name for group in types if release.value(key(SECTION, group)) != HIDDEN} == shown
    assert release.value(key(SECTION)) != HIDDEN
    assert recovered(section(marks, types)) == []


@pytest.mark.parametrize(("n", "step"), [(5, 5), (9, 5), (10, 5), (19, 5), (20, 1)])
def test_a_section_is_in_whole_fives_until_twenty(n: int, step: int) -> None:
    value = protect(mixed(n)).value(key(SECTION))

    assert isinstance(value, Percent)
    assert value.rounded_to == step
    assert [value.met % step, value.partly_met % step, value.not_met % step] == [0, 0, 0]


@pytest.mark.parametrize("n", [9, 10, 19, 20])
def test_a_median_needs_ten_and_quarters_need_twenty(n: int) -> None:
    cells = mixed(n)

    found = distribution(cells, protect(cells), SECTION, NETWORK)

    if n < 10:
        assert found == HIDDEN
    else:
        assert isinstance(found, Quarters)
        assert (found.lower is None, found.upper is None) == (n < 20, n < 20)


def test_a_section_that_all_met_is_a_band_without_a_spread() -> None:
    cells = section({f"1.{c}": [2] * 24 for c in range(4)})
    release = protect(cells)

    assert release.value(key(SECTION)) == AlmostAll("met", 3)
    assert distribution(cells, release, SECTION, NETWORK) == HIDDEN


def test_a_hierarchy_with_one_hidden_child_hides_another_and_keeps_the_parents() -> None:
    codes = [f"1.{c}" for c in range(4)] + [f"2.{c}" for c in range(4)]
    marks = {code: [(2, 0, 1, 2, 0)[(i * place + place) % 5] for i in range(40)] for place, code in enumerate(codes)}
    young, older, oldest = (Group("type", name) for name in ("prison.young", "prison.older", "prison.oldest"))
    plain = section(marks, {PRISON: range(25), young: range(3), older: range(3, 13), oldest: range(13, 25)})
    cells = replace(plain, sections=(("Care", tuple(codes[:4])), ("Place", tuple(codes[4:]))))

    release = protect(cells)

    assert [release.value(key(SECTION, group)) for group in (young, older)] == [HIDDEN, HIDDEN]
    assert HIDDEN not in {release.value(key(SECTION, PRISON)), release.value(key(SECTION))}


@pytest.mark.parametrize("late", [1, 4])
def test_a_draft_and_a_final_never_show_both_what_few_late_reviews_changed(late: int) -> None:
    final = 30
    cells = section(
        {f"1.{c}": [(2, 0, 1, 2, 0)[(i + c) % 5] for i in range(final)] for c in range(4)},
        {DRAFT: range(final - late)},
    )

    release = protect(cells)

    assert release.value(key(SECTION, DRAFT)) == HIDDEN
    assert release.value(key(SECTION)) != HIDDEN


def test_one_that_joins_or_leaves_cannot_be_told_from_the_others() -> None:
    marks = {f"1.{c}": [(2, 0, 1, 2, 0)[(i + c) % 5] for i in range(30)] for c in range(4)}
    stayed, before = Group("paired", "stayed"), Group("paired", "before")

    release = protect(section(marks, {stayed: range(29), before: range(1, 30)}))

    assert [release.value(key(SECTION, group)) for group in (stayed, before)] == [HIDDEN, HIDDEN]


def test_paired_change_hides_what_it_adds_and_never_what_was_published() -> None:
    """Last cycle's cells are out; the communities of both cycles are a new group in them."""
    both = Group("paired", "both cycles")
    few_left, some_left = ({both: range(30 - gone)} for gone in (2, 8))
    marks = {f"1.{c}": [(2, 0, 1, 2, 0)[(i + c) % 5] for i in range(30)] for c in range(4)}
    out = protect(section(marks)).values

    few, some = (protect(section(marks, groups), published=out) for groups in (few_left, some_left))

    assert all(release.audit.passed for release in (few, some))
    assert all(release.value(cell) == value for release in (few, some) for cell, value in out.items())
    assert few.value(key(SECTION, both)) == HIDDEN
    assert some.value(key(SECTION, both)) != HIDDEN


def test_what_published_cells_give_away_by_themselves_stands_in_the_audit() -> None:
    cells = section({f"1.{c}": [2, 0, 1, 2, 0] * 4 for c in range(4)}, {ADULT: range(19), PRISON: [19]})
    both = {key(SECTION): Percent(40, 20, 40), key(SECTION, ADULT): Percent(42, 20, 38)}

    release = protect(cells, published=both)

    assert not release.audit.passed
    assert release.value(key(SECTION, ADULT)) == both[key(SECTION, ADULT)]


def test_a_merged_community_counts_once_and_is_in_no_pair() -> None:
    earlier = communities(12)
    later = [*earlier[2:], Community("AB", "Merged", "adult", "Trust 0")]

    now = declare(reviewed(later))

    assert len(now.operators) == 11
    assert [each.community for each in both_cycles(reviewed(earlier), reviewed(later))] == [
        f"A{i:02}" for i in range(2, 12)
    ]


def test_a_community_that_was_split_pairs_with_neither_half() -> None:
    earlier = communities(12)
    later = [*earlier[1:], Community("A00N", "North", "adult"), Community("A00S", "South", "adult")]

    pairs = both_cycles(reviewed(earlier), reviewed(later))

    assert len(pairs) == 11


def test_a_new_name_changes_no_published_byte() -> None:
    plain = communities(24)
    renamed = [replace(plain[0], name="The House"), *plain[1:]]

    assert protect(declare(reviewed(plain))).to_bytes() == protect(declare(reviewed(renamed))).to_bytes()


def test_a_community_counts_in_each_cycle_under_the_type_it_had() -> None:
    earlier = [*communities(14), *communities(14, "prison")]
    later = [replace(earlier[0], service_type="prison"), *earlier[1:]]

    first, second = (declare(reviewed(each)) for each in (earlier, later))

    sizes = [[len(each.members) for each in cells.groups if each.group in {ADULT, PRISON}] for cells in (first, second)]
    assert sizes == [[14, 14], [13, 15]]
    assert protect(first).audit.passed
    assert protect(second).audit.passed


def test_figures_that_were_published_are_never_published_again() -> None:
    with pytest.raises(NotAllowed, match="released once"):
        refuse_second_publication([RELEASED])


def test_an_old_copy_is_the_same_bytes_as_a_new_one() -> None:
    first, again = (protect(synthetic(9, communities=60)) for _ in range(2))

    assert (first.to_bytes(), first.sha256) == (again.to_bytes(), again.sha256)


def test_a_file_holds_percentages_bands_and_nothing_else() -> None:
    document = json.loads(protect(synthetic(9, communities=60)).to_bytes())

    assert {name for cell in document["cells"] for name in cell[5]} <= {
        "percent_met",
        "percent_partly_met",
        "percent_not_met",
        "rounded_to",
        "almost_all",
        "all_but_at_most",
        "hidden",
    }


def test_people_that_only_a_total_would_give_away_take_another_count_with_them() -> None:
    exact = people_table([13, 13, 13, 13, 0], Parameters())
    roomy = people_table([14, 13, 12, 4], Parameters())

    assert exact.parts == (HIDDEN, 15, 15, 15, HIDDEN)  # 50 in all leaves nothing but 4 times 13
    assert roomy.parts == (15, 15, 10, HIDDEN)
    assert people_table([3, 4], Parameters()).total == HIDDEN


@given(st.lists(st.integers(0, 40), min_size=1, max_size=8))
def test_no_count_of_people_below_the_threshold_is_recovered(counts: list[int]) -> None:
    parameters = Parameters()
    table = people_table(counts, parameters)

    for count, shown in zip(counts, table.parts, strict=True):
        if not isinstance(shown, Hidden):
            low, high = possible(shown, parameters)
            assert count >= parameters.people
            assert low <= count <= high
    if not isinstance(table.total, Hidden) and HIDDEN in table.parts:
        known = [possible(each, parameters) for each in table.parts if not isinstance(each, Hidden)]
        low, high = possible(table.total, parameters)
        assert max(low - sum(most for _, most in known), 0) < high - sum(least for least, _ in known)


@given(st.integers(0, 10_000))
def test_what_a_count_of_people_shows_is_what_it_could_be(count: int) -> None:
    shown = people(count, Parameters())

    if isinstance(shown, Hidden):
        assert count < 10
    else:
        low, high = possible(shown, Parameters())
        assert low <= count <= high
        assert people(low, Parameters()) == people(high, Parameters()) == shown


def test_the_ground_of_a_funnel_has_five_communities_in_every_bin() -> None:
    percentages = [35.0, 52, 55, 58, 61, 66, 72, 75, 79, 80, 81, 83, 85, 88, 91, 93, 95, 97, 100, 100]

    assert density(percentages, Parameters()) == (Bin(0, 70, 30), Bin(70, 90, 40), Bin(90, 100, 30))
    assert density(percentages[:19], Parameters()) == HIDDEN


@given(st.lists(st.floats(0, 100), min_size=20, max_size=60))
def test_bins_cover_everything_and_hold_enough(percentages: list[float]) -> None:
    found = density(percentages, Parameters())

    assert not isinstance(found, Hidden)
    assert [each.low for each in found] == [0, *(each.high for each in found[:-1])]
    assert found[-1].high == 100
    for each in found:
        inside = sum(each.low <= value < each.high or value == each.high == 100 for value in percentages)
        assert inside >= 5
        assert abs(each.percent - 100 * inside / len(percentages)) <= 2.5


def test_a_criterion_is_never_shown_where_its_section_is_the_only_one_large_enough() -> None:
    release = protect(mixed(9))

    assert release.value(key(Subject("criterion", "1.0"))) == HIDDEN
