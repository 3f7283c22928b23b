"""Empty seats are named in words."""

from communitas.visits.rules import team
from communitas.visits.rules.team import Place, TeamShape

FULL = (Place("ludo", "lead", "accepted"), Place("rafi", "staff", "accepted"), Place("sam", "staff", "accepted"))
NADIA = Place("nadia", "client_member", "accepted")


def test_the_client_members_seat_is_empty() -> None:
    assert team.empty_seats_in_words(TeamShape(), FULL) == ("The client member's seat is empty.",)


def test_several_seats_of_a_kind_are_counted() -> None:
    shape = TeamShape({"lead": 1, "staff": 12})

    assert team.empty_seats_in_words(shape, ()) == (
        "The lead reviewer's seat is empty.",
        "12 staff reviewer seats are empty.",
    )
    assert team.empty_seats_in_words(TeamShape({"staff": 2}), FULL[1:2]) == ("One staff reviewer seat is empty.",)


def test_a_person_who_declined_leaves_the_seat_empty() -> None:
    declined = Place("nadia", "client_member", "declined")

    assert team.empty_seats(TeamShape(), (*FULL, declined)) == {"client_member": 1}


def test_a_team_is_complete_when_all_have_accepted() -> None:
    waiting = Place("nadia", "client_member")

    assert team.empty_seats(TeamShape(), (*FULL, waiting)) == {}
    assert not team.is_complete(TeamShape(), (*FULL, waiting))
    assert team.is_complete(TeamShape(), (*FULL, NADIA))


def test_a_team_is_appointed_with_a_lead_reviewer() -> None:
    assert team.may_appoint(FULL)
    assert not team.may_appoint([NADIA, Place("ludo", "lead", "declined")])


def test_the_size_is_all_seats() -> None:
    assert TeamShape().size == 4
