"""The stages of each pathway."""

import pytest

from communitas.cycles.rules import stages
from communitas.cycles.rules.stages import ENDED, Pathway, Stage
from communitas.kit.exceptions import NotAllowed

WHOLE_YEAR = [
    "open_self_review",
    "send_self_review",
    "close_visit",
    "deliver_draft",
    "end_fact_check",
    "sign_report",
    "complete",
]


@pytest.mark.parametrize(
    ("pathway", "verbs"),
    [
        (Pathway.DEVELOPMENTAL, ["prepare_visit", "close_visit"]),
        (Pathway.PEER_REVIEW, WHOLE_YEAR),
        (Pathway.ACCREDITATION, WHOLE_YEAR),
    ],
)
def test_the_moves_of_a_pathway_lead_through_its_stages_in_order(pathway: Pathway, verbs: list[str]) -> None:
    table = stages.moves_of(pathway)
    passed = [table.start]

    for verb in verbs:
        passed.append(table.move(passed[-1], verb))

    assert passed == list(stages.stages_of(pathway))


@pytest.mark.parametrize("pathway", Pathway)
def test_an_enrolment_can_be_withdrawn_or_closed_until_it_is_completed(pathway: Pathway) -> None:
    table = stages.moves_of(pathway)

    for stage in stages.stages_of(pathway)[:-1]:
        assert table.move(stage, "withdraw", reason="Rebuilding") == Stage.WITHDRAWN
        assert table.move(stage, "close", reason="The house closes") == Stage.CLOSED
        assert table.move(stage, "merge", reason="It joins Oak Court") == Stage.MERGED

    with pytest.raises(NotAllowed, match="still under way"):
        table.move(Stage.COMPLETED, "withdraw", reason="Rebuilding")


@pytest.mark.parametrize("pathway", Pathway)
def test_ended_stages_allow_nothing_but_to_be_taken_back(pathway: Pathway) -> None:
    table = stages.moves_of(pathway)

    allowed = {stage: [move.verb for move in table.allowed(stage)] for stage in ENDED}

    assert allowed == {
        Stage.COMPLETED: [],
        Stage.WITHDRAWN: ["reinstate"],
        Stage.CLOSED: ["reinstate"],
        Stage.MERGED: ["reinstate"],
    }


def test_withdrawing_and_reopening_need_a_reason() -> None:
    for stage, verb in ((Stage.VISIT, "withdraw"), (Stage.VISIT, "reopen_self_review")):
        with pytest.raises(NotAllowed, match="reason"):
            stages.PEER_REVIEW.move(stage, verb)


def test_progress_counts_the_stages_behind() -> None:
    assert stages.progress(Pathway.PEER_REVIEW, Stage.ENROLLED) == (0, 7)
    assert stages.progress(Pathway.PEER_REVIEW, Stage.COMPLETED) == (7, 7)
    assert stages.progress(Pathway.DEVELOPMENTAL, Stage.VISIT) == (1, 2)
    assert stages.progress(Pathway.DEVELOPMENTAL, Stage.WITHDRAWN) == (0, 2)
