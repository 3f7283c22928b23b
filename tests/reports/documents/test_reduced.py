from datetime import date

from communitas.reports.rules.documents.parts import Correction, Finding, PlannedAction, TeamMember
from communitas.reports.rules.documents.reduced import reduced
from communitas.reports.typesetting.local import local_pdf
from tests.reports.documents import samples

MARKS = dict.fromkeys(samples.codes(samples.edition()), 2)
WHOLE = samples.local(
    self_scores=samples.facts("self", MARKS, {"1.1": "secret of the house"}),
    agreed_scores=samples.facts("agreed", {**MARKS, "1.2": 1}, {"1.2": "secret of the team"}),
    reasons={"1.2": "secret reason"},
    achievements=[Finding("Residents chair the meeting.", ("1.1",))],
    improvements=[Finding("Keep the night rota.", ("1.2",))],
    actions=[PlannedAction("Two people keep it.", "Stefan", date(2027, 9, 1), ("1.2",))],
    feedback="secret words on the day",
    team=[TeamMember("Nadia secret", "client member", "", True)],
    corrections=[Correction("secret point", "accepted")],
    earlier_actions=[PlannedAction("secret of last time")],
)


def test_nothing_that_was_said_of_a_criterion_is_left() -> None:
    few = reduced(WHOLE)

    assert "secret" in repr(WHOLE)
    assert "secret" not in repr(few)
    assert not few.tells_criteria


def test_the_result_is_left_as_it_was() -> None:
    few = reduced(WHOLE)

    assert (few.summary, few.overall_agreed) == (WHOLE.summary, WHOLE.overall_agreed)
    assert (few.achievements, few.improvements, few.actions) == (WHOLE.achievements, WHOLE.improvements, WHOLE.actions)
    assert [each.agreed_share for each in few.sections] == [each.agreed_share for each in WHOLE.sections]
    assert few.notes[0].heading == "A reduced edition"


def test_a_plan_that_was_sent_later_takes_the_place_of_the_one_that_was_signed() -> None:
    later = (PlannedAction("Three people keep it."),)

    assert reduced(WHOLE, plan=later).actions == later


def test_it_is_shorter_in_print() -> None:
    assert len(local_pdf(reduced(WHOLE))) < len(local_pdf(WHOLE))
