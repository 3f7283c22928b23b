"""Due dates count from the visit date."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communitas.cycles.rules import due
from communitas.cycles.rules.calendar import WorkingCalendar
from communitas.cycles.rules.due import Due, Extension, Windows
from communitas.cycles.rules.stages import Pathway, Stage
from communitas.kit.exceptions import NotAllowed

VISIT = date(2026, 2, 26)  # a Thursday
EASTER = WorkingCalendar(holidays=frozenset({date(2026, 4, 3), date(2026, 4, 6)}))
DATES = due.due_dates(Pathway.PEER_REVIEW, Windows(), VISIT, EASTER)
DUES = due.with_extensions(DATES, ())


def test_every_stage_counts_from_the_visit() -> None:
    assert {
        Stage.ENROLLED: date(2025, 11, 20),
        Stage.SELF_REVIEW: date(2026, 1, 29),
        Stage.VISIT: VISIT,
        Stage.DRAFTING: date(2026, 3, 26),
        Stage.FACT_CHECK: date(2026, 4, 13),  # 10 working days, over Easter
        Stage.FINAL: date(2026, 4, 23),
        Stage.ACTION_PLAN: date(2026, 6, 4),
    } == DATES


def test_a_developmental_visit_has_its_date_alone() -> None:
    assert due.due_dates(Pathway.DEVELOPMENTAL, Windows(), VISIT, EASTER) == {
        Stage.ENROLLED: VISIT,
        Stage.VISIT: VISIT,
    }


def test_before_a_visit_date_is_agreed_every_date_is_to_be_set() -> None:
    dates = due.due_dates(Pathway.PEER_REVIEW, Windows(), None, EASTER)
    dues = due.with_extensions(dates, ())

    assert dates == {}
    assert {words for _, words in due.table_of_dates(Pathway.PEER_REVIEW, dues)} == {"to be set"}
    assert due.what_comes_next(Pathway.PEER_REVIEW, Stage.SELF_REVIEW, dues) == (
        "Next: the community sends its self-review (date to be set)."
    )
    assert due.what_is_late(Stage.SELF_REVIEW, dues, date(2030, 1, 1), EASTER) is None


def test_the_factual_check_counts_from_the_delivery_and_a_late_draft_moves_the_final_report() -> None:
    late = due.due_dates(Pathway.PEER_REVIEW, Windows(), VISIT, EASTER, delivered=date(2026, 4, 20))

    assert late[Stage.FACT_CHECK] == date(2026, 5, 4)
    assert late[Stage.FINAL] == date(2026, 5, 11)
    assert late[Stage.DRAFTING] == DATES[Stage.DRAFTING]


def test_the_action_plan_counts_from_the_signed_report() -> None:
    signed = due.due_dates(Pathway.ACCREDITATION, Windows(), VISIT, EASTER, signed=date(2026, 4, 15))

    assert signed[Stage.ACTION_PLAN] == date(2026, 5, 27)


@given(
    visit=st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    delivered=st.none() | st.integers(0, 100),
    holidays=st.frozensets(st.dates(date(2026, 1, 1), date(2030, 12, 31)), max_size=30),
)
def test_stages_end_in_their_order(visit: date, delivered: int | None, holidays: frozenset[date]) -> None:
    day = None if delivered is None else visit + timedelta(days=delivered)

    dates = due.due_dates(Pathway.PEER_REVIEW, Windows(), visit, WorkingCalendar(holidays=holidays), delivered=day)

    counted = [dates[stage] for stage in dates if stage != Stage.DRAFTING]
    assert counted == sorted(counted)
    assert dates[Stage.VISIT] < dates[Stage.DRAFTING] < dates[Stage.FINAL]


@pytest.mark.parametrize(
    "wrong",
    [{"self_review_opens": 4}, {"self_review_closes": -1}, {"draft": -1}, {"final": 3}],
)
def test_windows_that_make_no_sense_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"self-review|window|report"):
        replace(Windows(), **wrong)


def test_an_extension_moves_one_date_and_keeps_the_first() -> None:
    promise = Extension(Stage.DRAFTING, date(2026, 4, 9), "The lead reviewer was ill")

    dues = due.with_extensions(DATES, (promise,))

    assert dues[Stage.DRAFTING] == Due(date(2026, 4, 9), date(2026, 3, 26), "The lead reviewer was ill")
    assert dues[Stage.DRAFTING].extended
    assert {stage: found for stage, found in dues.items() if found.extended} == {Stage.DRAFTING: dues[Stage.DRAFTING]}


def test_the_last_extension_counts_and_a_later_counted_date_wins() -> None:
    first = Extension(Stage.DRAFTING, date(2026, 4, 9), "Ill")
    last = Extension(Stage.DRAFTING, date(2026, 4, 1), "Well again")
    stale = Extension(Stage.FINAL, date(2026, 3, 1), "Promised before the visit was postponed")

    dues = due.with_extensions(DATES, (first, last, stale))

    assert dues[Stage.DRAFTING].on == date(2026, 4, 1)
    assert dues[Stage.FINAL] == Due(date(2026, 4, 23), date(2026, 4, 23))


@pytest.mark.parametrize(
    ("stage", "until", "reason", "said"),
    [
        (Stage.DRAFTING, date(2026, 4, 9), " ", "Please give a reason."),
        (Stage.VISIT, date(2026, 4, 9), "Snow", "Peer-review visit has no deadline to move."),
        (Stage.COMPLETED, date(2026, 4, 9), "Snow", "Completed has no deadline to move."),
        (Stage.DRAFTING, date(2026, 3, 26), "Snow", "It is already 26 March 2026."),
        (Stage.SELF_REVIEW, VISIT, "Snow", "It must end before the visit on 26 February 2026."),
        (Stage.ENROLLED, date(2026, 1, 2), "Snow", "Enrolled has ended."),
    ],
)
def test_an_extension_is_refused_with_the_rule_and_the_cause(stage: Stage, until: date, reason: str, said: str) -> None:
    with pytest.raises(NotAllowed) as caught:
        due.refuse_extension(Extension(stage, until, reason), DUES, Stage.SELF_REVIEW, VISIT)

    rule = "A deadline moves to a later day, with a reason, while its stage has not ended."
    assert caught.value.why == f"{rule} {said}"


def test_a_good_extension_is_not_refused() -> None:
    due.refuse_extension(Extension(Stage.SELF_REVIEW, date(2026, 2, 6), "Flood"), DUES, Stage.SELF_REVIEW, VISIT)


def test_late_counts_working_days_and_blames_nobody() -> None:
    late = due.what_is_late(Stage.DRAFTING, DUES, date(2026, 4, 7), EASTER)

    assert late is not None
    assert late.words == "Draft report was due on 26 March 2026, 6 working days ago."
    assert due.what_is_late(Stage.DRAFTING, DUES, date(2026, 3, 26), EASTER) is None
    assert due.what_is_late(Stage.COMPLETED, DUES, date(2030, 1, 1), EASTER) is None


@pytest.mark.parametrize(
    ("pathway", "stage", "words"),
    [
        (Pathway.PEER_REVIEW, Stage.ENROLLED, "Next: the self-review opens on 20 November 2025."),
        (Pathway.DEVELOPMENTAL, Stage.ENROLLED, "Next: the visit is prepared by 26 February 2026."),
        (Pathway.PEER_REVIEW, Stage.VISIT, "Next: the review team visits on 26 February 2026."),
        (Pathway.PEER_REVIEW, Stage.FINAL, "Next: the office signs the final report by 23 April 2026."),
        (Pathway.PEER_REVIEW, Stage.COMPLETED, ""),
        (Pathway.PEER_REVIEW, Stage.WITHDRAWN, ""),
    ],
)
def test_what_comes_next_is_a_sentence(pathway: Pathway, stage: Stage, words: str) -> None:
    dues = due.with_extensions(due.due_dates(pathway, Windows(), VISIT, EASTER), ())

    assert due.what_comes_next(pathway, stage, dues) == words
