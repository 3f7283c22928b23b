"""What is left of refusals when two people set rules aside."""

from communitas.visits.rules import conflicts
from communitas.visits.rules.conflicts import Refusal
from communitas.visits.rules.overriding import DISTANCE, SET_ASIDE, SetAside, left_over, used

NAMES = {rule.__name__ for rule in conflicts.RULES}
ALL = [Refusal(name, "No.") for name in sorted(NAMES)]


def _aside(*rules: str) -> SetAside:
    return SetAside(frozenset(rules), "Nobody else.", 1, 2)


def test_only_rules_of_a_pair_are_set_aside_whatever_is_asked() -> None:
    left = {refusal.rule for refusal in left_over(ALL, _aside(*NAMES))}

    assert NAMES - left == {"not_own_organisation", "not_formerly_there", "no_repeat"} == set(SET_ASIDE) - {DISTANCE}


def test_without_two_people_every_rule_holds() -> None:
    assert left_over(ALL, None) == ALL
    assert used(ALL, None) == []


def test_what_was_set_aside_is_told_only_where_it_stood_in_the_way() -> None:
    own = [Refusal("not_own_organisation", "No."), Refusal("no_declared_interest", "No.")]

    assert used(own, _aside(*NAMES - {"no_repeat"})) == ["not_own_organisation"]
    assert used([], _aside(DISTANCE)) == [DISTANCE]
