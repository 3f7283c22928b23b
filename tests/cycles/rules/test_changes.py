"""Changes in the middle of a cycle, and who may enrol."""

import pytest

from communitas.cycles.rules import changes
from communitas.cycles.rules.changes import Change
from communitas.cycles.rules.stages import ENDED, Pathway, Stage
from communitas.kit.exceptions import NotAllowed
from communitas.members.rules.membership import MembershipType

ENROLMENT = "A community enrols once in a cycle, with a current membership that opens the pathway."


@pytest.mark.parametrize("change", Change)
def test_every_change_says_what_it_does_with_the_names_filled_in(change: Change) -> None:
    lines = changes.effects(change, community="Ash House", other="Elm House")

    assert any("Ash House" in line for line in lines)
    assert not any("{" in line for line in lines)


@pytest.mark.parametrize("change", Change)
def test_every_change_needs_a_reason(change: Change) -> None:
    with pytest.raises(NotAllowed, match=r"Please give a reason\.$"):
        changes.refuse_change(change, Stage.VISIT, reason=" ", community="Ash House", other="Elm House")


@pytest.mark.parametrize("stage", sorted(ENDED))
def test_after_the_end_only_the_name_changes(stage: Stage) -> None:
    changes.refuse_change(Change.RENAME, stage, reason="New trust", community="Ash House", other="Elm House")

    for change in set(Change) - {Change.RENAME}:
        with pytest.raises(NotAllowed, match="The enrolment is"):
            changes.refuse_change(change, stage, reason="New trust", community="Ash House", other="Elm House")


def test_a_type_changes_until_the_visit_is_closed() -> None:
    changes.refuse_change(Change.CHANGE_TYPE, Stage.VISIT, reason="New contract", other="prison")

    with pytest.raises(NotAllowed, match="next cycle"):
        changes.refuse_change(Change.CHANGE_TYPE, Stage.DRAFTING, reason="New contract", other="prison")


def test_a_community_does_not_join_itself() -> None:
    with pytest.raises(NotAllowed, match="itself"):
        changes.refuse_change(Change.MERGE, Stage.VISIT, reason="One house", community="Ash", other="ASH")


@pytest.mark.parametrize("change", [Change.MERGE, Change.RENAME, Change.CHANGE_TYPE])
def test_some_changes_need_to_say_into_what(change: Change) -> None:
    with pytest.raises(NotAllowed, match="what it changes to"):
        changes.refuse_change(change, Stage.VISIT, reason="One house", community="Ash")


@pytest.mark.parametrize(
    ("membership", "open_pathways"),
    [
        (MembershipType.ASSOCIATE, {Pathway.DEVELOPMENTAL}),
        (MembershipType.DEVELOPMENTAL, {Pathway.DEVELOPMENTAL}),
        (MembershipType.FULL, {Pathway.DEVELOPMENTAL, Pathway.PEER_REVIEW}),
        (MembershipType.ACCREDITED, set(Pathway)),
    ],
)
def test_the_membership_opens_its_pathways_and_no_other(
    membership: MembershipType, open_pathways: set[Pathway]
) -> None:
    for pathway in open_pathways:
        changes.refuse_enrolment(membership, pathway, reviewed_cycles=1)

    for pathway in set(Pathway) - open_pathways:
        with pytest.raises(NotAllowed, match=r"does not open the \w+( \w+)? pathway\.$"):
            changes.refuse_enrolment(membership, pathway, reviewed_cycles=1)


@pytest.mark.parametrize(
    ("membership", "enrolled", "said"),
    [
        (None, False, "It has no current membership."),
        (MembershipType.ACCREDITED, True, "It is enrolled already."),
        (MembershipType.ACCREDITED, False, "Accreditation comes after a cycle of peer review."),
    ],
)
def test_an_enrolment_is_refused_with_the_cause(membership: MembershipType | None, enrolled: bool, said: str) -> None:
    with pytest.raises(NotAllowed) as caught:
        changes.refuse_enrolment(membership, Pathway.ACCREDITATION, already_enrolled=enrolled)

    assert caught.value.why == f"{ENROLMENT} {said}"


def test_a_network_may_open_other_pathways() -> None:
    generous = {**changes.PATHWAYS, MembershipType.ASSOCIATE: frozenset(Pathway)}

    changes.refuse_enrolment(MembershipType.ASSOCIATE, Pathway.PEER_REVIEW, allowed=generous)
