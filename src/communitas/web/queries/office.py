"""What home shows the office: what is late, what comes this week, what waits for a second person."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from communitas.cycles.models import Cycle, Enrolment
from communitas.cycles.queries import cockpit, current_cycle, today_in
from communitas.members.actors import Actor
from communitas.members.models import Network
from communitas.web.queries.news import Told, news_of_cycle
from communitas.web.queries.pages import proposals_for
from communitas.workbooks.queries.quarantine import waiting_in_network

MOST = 6


@dataclass(frozen=True)
class Desk:
    """The office's home."""

    cycle: Cycle | None
    figures: cockpit.Figures | None
    segments: list[dict[str, Any]]
    late: list[cockpit.Waiting]
    soon: list[cockpit.Waiting]
    second: int
    decisions: int  # answers that came out of place
    news: list[Told]
    cockpit_url: str


def desk_of(actor: Actor, network: Network, *, since: datetime, now: datetime) -> Desk:
    """One cycle, the one that people mean by 'the cycle'; a constant number of queries."""
    cycle = current_cycle(network)
    waiting = [each for each in proposals_for(actor, network) if each.proposed_by_id != actor.account_id]
    if cycle is None:
        return Desk(None, None, [], [], [], len(waiting), 0, [], "")
    today = today_in(network, now)
    figures = cockpit.figures(cycle, today)
    url = reverse("cycles:cockpit", args=[cycle.pk])
    return Desk(
        cycle=cycle,
        figures=figures,
        segments=_segments(figures, url),
        late=cockpit.late_ones(cycle, today, MOST),
        soon=cockpit.soon_ones(cycle, today, MOST),
        second=len(waiting),
        decisions=waiting_in_network(network),
        news=news_of_cycle(cycle, since=since, apart_from=actor.account_id),
        cockpit_url=url,
    )


def _segments(figures: cockpit.Figures, url: str) -> list[dict[str, Any]]:
    return [
        {
            "label": str(Enrolment.Stage(stage).label),
            "count": figures.by_stage.get(stage, (0, 0))[0],
            "late": figures.by_stage.get(stage, (0, 0))[1],
            "href": f"{url}?stage={stage}",
        }
        for stage in Enrolment.Stage.values
        if stage not in {"withdrawn", "closed", "merged"}
    ]
