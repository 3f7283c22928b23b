"""The fold gives one state for one set of events, in whatever order and however often they come."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communitas.workbooks.rules import registers
from communitas.workbooks.rules.events import Event
from communitas.workbooks.rules.fold import State, apply, fold, merge
from tests.workbooks.rules.builders import event, uuid

SCORES = [2, 1, 0, "NA"]


@st.composite
def event_sets(draw: st.DrawFn) -> list[Event]:
    """Events of a few people that supersede each other at random, rings, twins and redactions included."""
    made = []
    for number in range(draw(st.integers(0, 12))):
        register = draw(st.sampled_from(["self", "reviewer:rafi", "comment:self"]))
        kind = "comment" if register == "comment:self" else "score"
        kind = draw(st.sampled_from([kind, kind, kind, "retract", "resolve"]))
        value = (
            {"text": draw(st.sampled_from("abc"))}
            if register == "comment:self"
            else {"score": draw(st.sampled_from(SCORES))}
        )
        made.append(
            event(
                draw(st.integers(number, number + 1)),  # now and then two events have one id
                register=register,
                kind=kind,
                value={} if kind == "retract" else value,
                criterion_key=draw(st.sampled_from(["meeting", "cook", None])),
                supersedes=draw(st.lists(st.integers(0, 12), max_size=3, unique=True)),
                author=draw(st.sampled_from(["mina", "stefan", "lena"])),
                redacted=draw(st.sampled_from([False, False, False, True])),
                server_seq=draw(st.sampled_from([None, number])),
            )
        )
    return made


@given(event_sets(), st.randoms(use_true_random=False))
def test_the_order_and_repetition_of_events_do_not_matter(events: list[Event], random: Random) -> None:
    expected = fold(events)

    for _ in range(5):
        shuffled = events + events[: len(events) // 2]
        random.shuffle(shuffled)

        assert fold(shuffled) == expected
        assert fold(shuffled).canonical() == expected.canonical()


@given(event_sets(), event_sets(), event_sets())
def test_merge_is_the_fold_of_the_union(left: list[Event], middle: list[Event], right: list[Event]) -> None:
    a, b, c = fold(left), fold(middle), fold(right)

    assert merge(a, b) == fold(left + middle)
    assert merge(a, b) == merge(b, a)
    assert merge(merge(a, b), c) == merge(a, merge(b, c))
    assert merge(a, a) == a
    assert merge(a, State()) == a


@given(event_sets(), st.randoms(use_true_random=False))
def test_apply_one_by_one_gives_the_heads_of_the_fold(events: list[Event], random: Random) -> None:
    arriving = events + events[:3]
    random.shuffle(arriving)

    assert _one_by_one(arriving) == {
        key: frozenset(head.event_id for head in heads) for key, heads in fold(events).heads.items()
    }


def _one_by_one(arriving: Sequence[Event]) -> dict[tuple[str | None, str], frozenset[str]]:
    heads: dict[tuple[str | None, str], frozenset[str]] = {}
    stored: list[Event] = []
    for newcomer in arriving:
        already = any(
            newcomer.event_id in other.supersedes and other.event_id != newcomer.event_id
            for other in stored
            if other.key == newcomer.key
        )
        heads[newcomer.key] = apply(heads.get(newcomer.key, frozenset()), newcomer, already_superseded=already)
        stored.append(newcomer)
    return heads


def test_nobody_has_answered() -> None:
    assert fold([]).answer("meeting", registers.SELF).kind == "none"


def test_an_edit_takes_the_place_of_what_it_supersedes() -> None:
    state = fold([event(1), event(2, value={"score": 1, "reason": "Not at weekends"}, supersedes=(1,))])

    answer = state.answer("meeting", registers.SELF)

    assert (answer.kind, answer.score, answer.reason) == ("one", 1, "Not at weekends")


def test_an_edit_that_arrives_before_its_original_still_counts() -> None:
    newest = event(3, value={"score": 0}, supersedes=(2,))
    late = event(1)

    state = fold([newest, event(2, supersedes=(1,)), late])

    assert [head.event_id for head in state.answer("meeting", registers.SELF).heads] == [uuid(3)]


def test_equal_answers_agree_and_name_all_authors() -> None:
    answer = fold([event(1), event(2, author="stefan")]).answer("meeting", registers.SELF)

    assert (answer.kind, answer.score, answer.authors) == ("agree", 2, ("mina", "stefan"))
    assert answer.is_answered


def test_different_answers_differ_and_count_as_unanswered() -> None:
    answer = fold([event(1), event(2, author="stefan", value={"score": 0})]).answer("meeting", registers.SELF)

    assert (answer.kind, answer.score, answer.authors) == ("differ", None, ("mina", "stefan"))
    assert not answer.is_answered


def test_a_resolving_event_settles_the_heads_it_saw_and_a_late_head_opens_them_again() -> None:
    seen = [event(1), event(2, author="stefan", value={"score": 0})]
    settled = [*seen, event(3, kind="resolve", author="lena", value={"score": 1}, supersedes=(1, 2))]
    opened = [*settled, event(4, author="mina", value={"score": 0}, supersedes=(1,))]

    kinds = [fold(events).answer("meeting", registers.SELF).kind for events in (seen, settled, opened)]

    assert kinds == ["differ", "one", "differ"]


def test_an_answer_that_was_taken_back_is_no_answer() -> None:
    answer = fold([event(1), event(2, kind="retract", value={}, supersedes=(1,))]).answer("meeting", registers.SELF)

    assert answer.kind == "none"


def test_taking_back_while_somebody_else_edits_differs() -> None:
    events = [
        event(1),
        event(2, kind="retract", value={}, supersedes=(1,)),
        event(3, value={"score": 1}, author="stefan", supersedes=(1,)),
    ]

    assert fold(events).answer("meeting", registers.SELF).kind == "differ"


def test_a_redacted_answer_says_nothing_but_what_it_replaced_stays_replaced() -> None:
    edit = event(2, value={}, supersedes=(1,), redacted=True)

    answer = fold([event(1), edit]).answer("meeting", registers.SELF)

    assert (answer.kind, answer.heads) == ("none", (edit,))


def test_the_redacted_copy_wins_over_the_readable_one() -> None:
    readable = event(1, register="comment:self", kind="comment", value={"text": "A name"})
    redacted = replace(readable, value={}, redacted=True)

    merged = merge(fold([readable]), fold([redacted]))

    assert merged.comments("meeting", registers.comment("self")) == ()


def test_an_event_supersedes_only_within_its_criterion_and_register() -> None:
    stranger = event(2, register="comment:self", kind="comment", value={"text": "x"}, supersedes=(1,))
    neighbour = event(3, criterion_key="cook", supersedes=(1,))

    assert fold([event(1), stranger, neighbour]).answer("meeting", registers.SELF).kind == "one"


def test_an_event_does_not_hide_itself() -> None:
    assert fold([event(1, supersedes=(1,))]).answer("meeting", registers.SELF).kind == "one"


def test_three_reviewers_write_three_registers_and_never_conflict() -> None:
    people = {"rafi": 2, "ludo": 1, "nadia": 0}
    events = [
        event(number, register=f"reviewer:{person}", author=person, value={"score": score})
        for number, (person, score) in enumerate(people.items())
    ]

    state = fold(events)

    assert {person: state.answer("meeting", registers.reviewer(person)).score for person in people} == people
    assert state.reviewers() == {"rafi", "ludo", "nadia"}


def test_all_comments_stand_one_under_the_other_in_the_order_of_their_time() -> None:
    made = [
        event(number, register="comment:self", kind="comment", value={"text": text}, author=author)
        for number, text, author in [(2, "second", "stefan"), (1, "first", "mina")]
    ]
    taken_back = event(3, register="comment:self", kind="comment", value={"text": "third"})
    retract = event(4, register="comment:self", kind="retract", value={}, supersedes=(3,))

    comments = fold([*made, taken_back, retract]).comments("meeting", registers.comment("self"))

    assert [comment.text for comment in comments] == ["first", "second"]


def test_files_stand_beside_comments() -> None:
    attached = event(1, register="comment:self", kind="attach", value={"file": "0" * 64, "name": "rota.pdf"})

    state = fold([attached])

    assert state.attachments("meeting", registers.comment("self")) == (attached,)
    assert state.comments("meeting", registers.comment("self")) == ()


def test_notes_gathers_a_list_over_all_criteria() -> None:
    first = event(1, register="achievement", kind="comment", value={"text": "Meals"}, criterion_key="cook")
    second = event(2, register="achievement", kind="comment", value={"text": "Warm"}, criterion_key=None)

    assert fold([second, first]).notes(registers.ACHIEVEMENT) == (first, second)


def test_a_private_note_is_only_its_authors() -> None:
    own = event(1, register="private_note", kind="comment", value={"text": "mine"}, author="rafi")
    other = event(2, register="private_note", kind="comment", value={"text": "hers"}, author="nadia")

    assert fold([own, other]).private_notes("meeting", "rafi") == (own,)


@pytest.mark.parametrize(("taken_back", "finished"), [(False, {"rafi"}), (True, set())])
def test_a_reviewer_finishes_and_may_take_it_back(taken_back: bool, finished: set[str]) -> None:
    done = event(1, register="reviewer:rafi", criterion_key=None, kind="complete", value={}, author="rafi")
    back = event(2, register="reviewer:rafi", criterion_key=None, kind="retract", value={}, supersedes=(1,))

    assert fold([done, back] if taken_back else [done]).finished_reviewers() == finished


def test_a_redacted_answer_does_not_differ_from_a_living_one() -> None:
    redacted = event(1, value={}, redacted=True)

    answer = fold([redacted, event(2, author="stefan")]).answer("meeting", registers.SELF)

    assert (answer.kind, answer.score, answer.authors) == ("one", 2, ("stefan",))
