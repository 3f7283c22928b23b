"""What the office reads of all communities together: their agreement, and the course of criteria over many reviews."""

from communitas.benchmarking.rules.courses import Course, network_courses
from communitas.benchmarking.rules.network import network_figures
from communitas.benchmarking.rules.statistics.trends import cochran_armitage, cochran_q

ALIKE = ((2, 1, 0), (1, 2, 1), (0, 2, 6))


def test_agreement_of_the_network_has_likely_ranges_from_ten_communities_on() -> None:
    tables = tuple(((2, 1, 0), (1, 2, 0), (0, at % 3, 6)) for at in range(12))

    figures = network_figures(tables)

    assert [figure.words for figure in figures] == [
        "77%, likely range 74% to 79%",
        "100%, likely range 100% to 100%",
        "0.76, likely range 0.73 to 0.79",
        "92%, likely range 89% to 95%",
        "0.73, likely range 0.70 to 0.76",
        "0.85, likely range 0.81 to 0.88",
        "The self-review on 15%, the review team on 8%; self less agreed 0.08 of a step on average, "
        "likely range 0.05 to 0.11",
    ]
    assert network_figures(tables, seed=21) != figures


def test_too_few_communities_or_pairs_are_told_as_such() -> None:
    for tables in ((ALIKE,) * 9, (((0, 0, 0), (0, 0, 0), (0, 1, 8)),) * 11):
        assert {figure.reason for figure in network_figures(tables)} == {"too_few", "too_few_to_calculate"}
    assert {figure.reason for figure in network_figures(())} == {"no_pairs"}


def test_a_network_in_which_everything_is_met_has_no_coefficient() -> None:
    figures = network_figures((((0, 0, 0), (0, 0, 0), (0, 0, 12)),) * 10)

    assert [figure.reason for figure in figures] == [
        None,
        None,
        "no_variation",
        "no_pairs",
        "no_variation",
        "no_variation",
        None,
    ]


def test_two_marks_are_never_more_than_one_step_apart() -> None:
    figures = network_figures((((3, 1), (2, 9)),) * 10)

    assert "Same or one step apart" not in [figure.label for figure in figures]


def course(code: str, rows: list[list[bool]], *, more: int = 0) -> Course:
    """`more` communities scored it besides, each time others, and met it."""
    columns = [sum(column) for column in zip(*rows, strict=True)]
    return Course(
        code,
        tuple(2024 + place for place in range(len(columns))),
        tuple(len(rows) + more for _ in columns),
        tuple(met + more for met in columns),
        len(rows),
        tuple(columns),
        sum(sum(row) ** 2 for row in rows),
    )


def test_a_course_is_that_of_the_same_communities_and_stands_out_after_allowing_for_all() -> None:
    risen = [[False, False, True]] * 9 + [[False, True, True]] * 3
    still = [[True, True, True]] * 6 + [[False, True, False], [True, False, True]] * 4

    found = network_courses([course("1.1", risen), course("1.2", still), course("1.3", [[True] * 3] * 12)])

    assert (found.stands_out, found.tested) == ((True, False, False), 2)
    assert found.figures[0].words == (
        "0%, 25%, 100% of the same 12 communities (P after allowing for all tests <0.001): "
        "differs more than chance explains"
    )
    assert found.figures[2].words == "100%, 100%, 100% of the same 12 communities"
    p = cochran_q(risen).p
    assert isinstance(p, float)
    assert p < 0.001


def test_where_few_are_the_same_all_of_each_year_are_told_as_different_ones() -> None:
    told = course("1.1", [[False, True, True]] * 4, more=16)

    figure = network_courses([told]).figures[0]

    assert figure.words.startswith("80%, 100%, 100% of all communities, different ones each time (P after")
    assert "<0.001" not in figure.words
    assert isinstance(cochran_armitage(told.met, told.services, told.years).p, float)


def test_two_reviews_and_few_communities_are_no_course() -> None:
    found = network_courses([course("1.1", [[True, False]] * 12), course("1.2", [[True, False, True]] * 9)])

    assert [figure.reason for figure in found.figures] == ["too_few_to_calculate", "small_group"]
    assert found.tested == 0
