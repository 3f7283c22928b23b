"""The local report, from draft to signature."""

from collections.abc import Callable

import pytest

from communitas.kit.exceptions import NotAllowed
from communitas.reports.rules import report
from communitas.reports.rules.report import LOCAL_REPORT

LUDO, RAFI, CORA, CYRUS = "Ludo", "Rafi", "Cora", "Cyrus"


def test_the_moves_lead_from_the_draft_to_the_signed_report() -> None:
    state = LOCAL_REPORT.start

    for verb in ("edit", "deliver", "answer", "decide_point", "finish", "sign"):
        state = LOCAL_REPORT.move(state, verb)

    assert state == "final"
    assert [move.verb for move in LOCAL_REPORT.allowed("final")] == ["supersede"]
    assert LOCAL_REPORT.allowed("superseded") == ()


@pytest.mark.parametrize("verb", ["sign", "supersede"])
def test_signing_takes_two_people(verb: str) -> None:
    (move,) = (move for move in LOCAL_REPORT.moves if move.verb == verb)

    assert move.second_person


@pytest.mark.parametrize("verb", ["edit", "deliver", "decide_point", "sign"])
def test_a_final_report_refuses_every_earlier_move(verb: str) -> None:
    with pytest.raises(NotAllowed):
        LOCAL_REPORT.move("final", verb)


@pytest.mark.parametrize("state", ["final", "superseded"])
def test_a_signed_report_never_changes(state: str) -> None:
    report.refuse_change("waiting")

    with pytest.raises(NotAllowed, match="correction is a new version"):
        report.refuse_change(state)


@pytest.mark.parametrize(("by", "refused"), [(CORA, False), (LUDO, True), (RAFI, True), (CYRUS, True)])
def test_a_point_is_decided_by_someone_who_was_not_there_and_did_not_write(by: str, refused: bool) -> None:
    if not refused:
        report.refuse_decider(by=by, team=[LUDO, RAFI], authors=[LUDO, CYRUS])
        return
    with pytest.raises(NotAllowed, match="not on the visit"):
        report.refuse_decider(by=by, team=[LUDO, RAFI], authors=[LUDO, CYRUS])


@pytest.mark.parametrize(("by", "refused"), [(CYRUS, False), (CORA, True), (LUDO, True)])
def test_a_report_is_signed_by_a_second_person_who_did_not_write_it(by: str, refused: bool) -> None:
    if not refused:
        report.refuse_signature(by=by, proposed_by=CORA, authors=[LUDO])
        return
    with pytest.raises(NotAllowed, match="signed by two people"):
        report.refuse_signature(by=by, proposed_by=CORA, authors=[LUDO])


@pytest.mark.parametrize(
    ("refuse", "said"),
    [
        (lambda: report.refuse_delivery(unscored=2), "2 criteria have none yet."),
        (lambda: report.refuse_delivery(unscored=1), "1 criterion has none yet."),
        (lambda: report.refuse_finish(open_points=1), "1 point is still open."),
        (lambda: report.refuse_finish(open_points=3), "3 points are still open."),
        (lambda: report.refuse_late_answer(delivered=False, window_open=True), "runs."),
        (lambda: report.refuse_late_answer(delivered=True, window_open=False), "runs."),
        (lambda: report.refuse_going_on(window_open=True), "is over."),
        (lambda: report.refuse_new_version("final", reason=" "), "gives the reason."),
        (lambda: report.refuse_new_version("deciding", reason="Wrong date"), "gives the reason."),
    ],
)
def test_a_refusal_ends_with_its_cause(refuse: Callable[[], None], said: str) -> None:
    with pytest.raises(NotAllowed) as caught:
        refuse()

    assert caught.value.why.endswith(said)


def test_what_is_in_order_is_not_refused() -> None:
    report.refuse_delivery(unscored=0)
    report.refuse_finish(open_points=0)
    report.refuse_late_answer(delivered=True, window_open=True)
    report.refuse_going_on(window_open=False)
    report.refuse_new_version("final", reason="A name was misspelt")
