from collections.abc import Mapping

from communitas.benchmarking.rules.cohort import NETWORK, Group
from communitas.benchmarking.rules.disclosure.density import Bin
from communitas.benchmarking.rules.disclosure.lattice import OVERALL, Subject
from communitas.benchmarking.rules.disclosure.values import HIDDEN, AlmostAll, Hidden, Percent, Protected, Quarters
from communitas.benchmarking.rules.facts import Score
from communitas.reports.rules.documents.own_picture import Ground, own_picture
from tests.reports.documents.samples import edition

BOOK = edition(2, 6)
TYPE = Group("type", "adult")
SCORES: dict[str, Score] = {f"{s}.{c}": 2 if c < 5 else 1 for s in (1, 2) for c in range(1, 7)}
BINS = (Bin(0, 60, 20), Bin(60, 80, 45), Bin(80, 100, 35))


def ground(
    values: Mapping[str, Protected] | None = None,
    spreads: Mapping[Group, Quarters] | None = None,
    communities: int = 25,
) -> Ground:
    cells = {"": Percent(74, 16, 10), "1.1": Percent(40, 40, 20), "1.5": Percent(90, 6, 4), **(values or {})}

    def spread(subject: Subject, group: Group) -> Quarters | Hidden:
        return (spreads or {}).get(group, HIDDEN) if subject.level == "section" else HIDDEN

    return Ground(
        value=lambda subject, group: cells.get(subject.name, HIDDEN) if group == NETWORK else HIDDEN,
        spread=spread,
        bins=lambda subject, group: BINS if (subject, group) == (OVERALL, NETWORK) else (),
        communities=communities,
    )


def test_own_marks_stand_on_the_middle_of_the_own_type() -> None:
    picture = own_picture(
        BOOK, SCORES, ground(spreads={TYPE: Quarters(80, 70, 90)}), group=TYPE, group_name="adult communities"
    )

    assert (picture.group, picture.compared) == ("adult communities", True)
    assert "Above the middle one" in picture.sections.sentence or "below it" in picture.sections.sentence
    assert picture.headline == (
        "You met 8 of 12 criteria that were scored and apply, 67%. Over all communities it is 74%."
    )


def test_a_small_type_gives_way_to_the_whole_network_for_all_sections() -> None:
    picture = own_picture(BOOK, SCORES, ground(spreads={NETWORK: Quarters(80)}), group=TYPE, group_name="prisons")

    assert (picture.group, picture.compared) == ("the whole network", True)


def test_without_peers_only_the_own_marks_are_drawn() -> None:
    picture = own_picture(BOOK, SCORES, ground(), group=TYPE, group_name="prisons")

    assert not picture.compared
    assert "c-band" not in picture.sections.svg


def test_only_cells_with_percentages_have_an_own_mark_beside_them() -> None:
    values: dict[str, Protected] = {"1.2": AlmostAll("met", 3), "1.3": HIDDEN}

    picture = own_picture(BOOK, SCORES, ground(values), group=TYPE, group_name="prisons")

    assert [(row.code, row.network, row.own.word) for row in picture.learn] == [("1.5", "90% met", "partly met")]
    assert [(row.code, row.network) for row in picture.give] == [("1.1", "40% met")]


def test_the_funnel_has_one_dot_and_needs_enough_marks() -> None:
    few: dict[str, Score] = dict(list(SCORES.items())[:9])

    whole = own_picture(BOOK, SCORES, ground(), group=TYPE, group_name="prisons").funnel

    assert whole is not None
    assert whole.svg.count('class="c-own"') == 2  # the dot and its sample in the key
    assert own_picture(BOOK, few, ground(), group=TYPE, group_name="prisons").funnel is None
    assert own_picture(BOOK, SCORES, ground({"": HIDDEN}), group=TYPE, group_name="prisons").funnel is None


def test_a_community_without_marks_is_told_so() -> None:
    nothing: dict[str, Score] = {"1.1": None, "1.2": "NA"}

    picture = own_picture(BOOK, nothing, ground(), group=TYPE, group_name="prisons")

    assert picture.headline == "There is no mark of yours in this cycle that could be compared."


def test_the_mix_of_standards_that_applied_is_judged_by_published_percentages_alone() -> None:
    values: dict[str, Protected] = {f"{s}.{c}": Percent(80, 15, 5) for s in (1, 2) for c in range(1, 7)}

    told = own_picture(BOOK, SCORES, ground(values), group=TYPE, group_name="prisons").mix
    banded = own_picture(BOOK, SCORES, ground(values | {"1.1": AlmostAll("met", 3)}), group=TYPE, group_name="p").mix
    few = own_picture(
        BOOK, {**SCORES, "1.1": "NA", "1.2": "NA"}, ground({**values, "1.3": HIDDEN}), group=TYPE, group_name="p"
    )

    assert told == (
        "Some standards are harder than others. On the 12 standards that applied to you and whose figures may be "
        "shown, the network's shares would give 10 met; you met 8. About what is usual."
    )
    assert "On the 11 standards" in banded
    assert few.mix == ""
