"""Who was asked onto a team in spite of a rule, in words."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from communitas.people.models import Account
from communitas.visits.models import VisitMove
from communitas.visits.queries.screens import TeamMember
from communitas.visits.rules.overriding import SET_ASIDE


def in_spite_of(moves: Sequence[VisitMove], team: Sequence[TeamMember]) -> list[str]:
    """A sentence for each of the team with a rule that two people set aside. One query, and none without any."""
    asked = {}
    for move in sorted(moves, key=lambda move: move.pk):
        if move.verb == "ask":
            asked[move.detail.get("account")] = move.detail.get("overridden")
    found = [(one.name, aside) for one in team if one.account_id and (aside := asked.get(one.account_id))]
    names = dict(
        Account.objects.filter(pk__in=[pk for _name, aside in found for pk in aside["by"]]).values_list(
            "pk", "display_name"
        )
    )
    words = _(
        "%(name)s was asked all the same (%(what)s). %(proposed)s proposed it, %(confirmed)s confirmed it: %(why)s"
    )
    return [
        words
        % {
            "name": name,
            "what": ", ".join(SET_ASIDE[rule] for rule in aside["rules"]),
            "proposed": names.get(aside["by"][0], ""),
            "confirmed": names.get(aside["by"][1], ""),
            "why": aside["reason"],
        }
        for name, aside in found
    ]
