"""Progress counts what is answered of what applies, and says in words what is missing."""

from communitas.workbooks.rules import registers
from communitas.workbooks.rules.fold import State, fold
from communitas.workbooks.rules.progress import Progress, missing, progress, ready_to_send, whole
from tests.workbooks.rules.builders import ALL, EDITION, event


def _state() -> State:
    return fold(
        [
            event(1),
            event(2, criterion_key="cook"),
            event(3, criterion_key="cook", author="stefan", value={"score": 0}),
            event(4, criterion_key="garden", value={"score": "NA"}),
        ]
    )


def test_progress_has_a_line_for_each_section_that_applies() -> None:
    lines = progress(EDITION, ALL - {"garden"}, _state())

    assert lines == (Progress("Daily life", 1, 2, 1),)


def test_progress_reads_aloud() -> None:
    line = progress(EDITION, ALL, _state())[0]

    assert (line.words, line.percent, line.is_complete) == ("1 of 2 answered, 1 with answers that differ", 50, False)


def test_the_whole_is_the_sum_of_the_sections() -> None:
    assert whole(progress(EDITION, ALL, _state()), "All") == Progress("All", 2, 3, 1)


def test_a_bar_shows_a_hundred_only_when_all_is_answered() -> None:
    assert [Progress("", 199, 200).percent, Progress("", 200, 200).percent, Progress("", 0, 0).percent] == [
        99,
        100,
        100,
    ]


def test_ready_to_send_names_what_is_missing() -> None:
    assert ready_to_send(EDITION.criteria(), _state()) == (
        "1.2 has answers that differ.",
        "2.1 is not applicable, and the reason is missing.",
    )
    assert ready_to_send(EDITION.criteria(), State())[0] == "1.1 has no answer yet."


def test_nothing_is_missing_when_every_criterion_has_an_agreed_score() -> None:
    agreed = [event(number, criterion_key=key, register="agreed") for number, key in enumerate(sorted(ALL))]

    assert missing(EDITION.criteria(), fold(agreed), registers.AGREED) == ()
