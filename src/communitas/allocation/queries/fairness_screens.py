"""What the pages about fairness show, as plain values."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communitas.allocation.queries.fairness import Fair
from communitas.allocation.rules import fairness as rules
from communitas.allocation.rules.stacking import stack
from communitas.cycles.models import Cycle
from communitas.members.models import Community


def overview(fair: Fair, communities: Sequence[Any]) -> dict[str, Any]:
    """Each cycle in a row, and how the balances of communities lie. `communities` have `given` and `received`."""
    moving = [one for one in communities if one.given or one.received]
    balances = [one.balance for one in moving]
    drawing = stack(rules.spread(balances))
    return {
        "cycles": [_row(fair, cycle) for cycle in reversed(fair.cycles)],
        "counted": len(moving),
        "even": rules.even(balances),
        "margin": rules.EVEN,
        "drawing": {
            "box": f"0 0 {drawing.width:g} {drawing.height:g}",
            "dots": [(str(dot.x), str(dot.y), abs(dot.at) <= rules.EVEN) for dot in drawing.dots],
            "labels": [(str(x), rules.signed(at)) for at, x in drawing.labels],
            "foot": str(drawing.foot),
        },
        "behind": _first(sorted(moving, key=lambda one: (one.balance, one.name))),
        "ahead": _first(sorted(moving, key=lambda one: (-one.balance, one.name))),
        "often": most_often(fair),
    }


def most_often(fair: Fair) -> str:
    """How often reviewers go, in one sentence."""
    if not fair.loads:
        return ""
    counts = [one.done + one.to_come for one in fair.loads.values()]
    people = ngettext("%(count)s person", "%(count)s people", len(counts)) % {"count": len(counts)}
    said = {"people": people, "mean": f"{sum(counts) / len(counts):.1f}", "most": max(counts)}
    return _("%(people)s went or will go, on average %(mean)s times; nobody more than %(most)s times.") % said


def of_community(fair: Fair, community: Community) -> dict[str, Any]:
    """One community's entries, cycle by cycle with the sum so far, and all communities beside it."""
    entries, so_far, rows = fair.ledger.get(community.pk, {}), 0, []
    for cycle in fair.cycles:
        entry = entries.get(cycle.pk, rules.Entry())
        so_far += entry.balance
        rows.append({"cycle": cycle.name, "entry": entry, "so_far": rules.signed(so_far)})
    to_come = [one for one in fair.went if not one.done]
    return {
        "community": community,
        "rows": rows[::-1],
        "whole": rules.total(entries.values()),
        "margin": rules.EVEN,
        "state": _standing(so_far),
        "to_give": sum(one.home == community.pk for one in to_come),
        "to_receive": sum(one.host == community.pk for one in to_come),
    }


def _standing(balance: int) -> str:
    if abs(balance) <= rules.EVEN:
        return _("Giving and taking balance out.")
    if balance > 0:
        words = ngettext("%(count)s day more given than received.", "%(count)s days more given than received.", balance)
    else:
        words = ngettext(
            "%(count)s day more received than given.", "%(count)s days more received than given.", -balance
        )
    return words % {"count": abs(balance)}


def _first(found: Sequence[Any]) -> list[tuple[str, str]]:
    return [(one.name, rules.signed(one.balance)) for one in found[:3]]


def _row(fair: Fair, cycle: Cycle) -> dict[str, Any]:
    done, to_come = (fair.of_cycle(cycle, done=is_done) for is_done in (True, False))
    ways = rules.distances([*done, *to_come])
    people = {one.person for one in [*done, *to_come]}
    return {
        "name": cycle.name,
        "done": rules.share(done),
        "to_come": rules.share(to_come),
        "days": len(done),
        "people": len(people),
        "ways": ways,
    }
