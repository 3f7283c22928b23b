"""The sentences of the reports, in plain English for a reading age of twelve."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from communitas.benchmarking.rules.facts import ScoreKind
from communitas.reports.rules.documents.parts import (
    Band,
    MarkKind,
    Note,
    Peers,
    PlannedAction,
    Share,
    State,
)
from communitas.reports.rules.documents.shares import several
from communitas.standards.rules.edition import Edition, Level

LEVELS: Final[Mapping[Level, str]] = MappingProxyType(
    {Level.ESSENTIAL: "essential", Level.EXPECTED: "expected", Level.DESIRABLE: "desirable"}
)
MEANINGS: Final[Mapping[MarkKind, str]] = MappingProxyType(
    {
        "met": "This is in place and it works.",
        "partly": "Some of this is in place, or it works some of the time.",
        "unmet": "This is not in place yet.",
        "na": "This does not fit your community, so it is not counted.",
        "none": "Nobody gave a mark here, so it is not counted.",
    }
)
NO_PEERS: Final = "There are no figures of other communities to set beside yours."


def headline(name: str, share: Share, basis: ScoreKind) -> str:
    """The first sentence of the report: how many of the criteria that apply are met, and who says so."""
    who = "The review team agreed" if basis == "agreed" else "The community itself says"
    if not share.counts.n:
        return f"No criterion has been scored for {name} yet."
    applied = several(share.counts.n, "criterion that applies", "criteria that apply")
    likely = ""
    if share.percent is not None:
        likely = f" That is {share.percent}%"
        likely += f", with a likely range of {share.low} to {share.high}%." if share.low is not None else "."
    verb = "is" if share.counts.met == 1 else "are"
    return f"{who} that {share.counts.met} of the {applied} to {name} {verb} met.{likely}"


def among_peers(share: Share, band: Band, group: str) -> str:
    """A community stands in a quarter or the middle half of its peers; never at a rank."""
    if band.median is None:
        return band.reason or NO_PEERS
    if share.percent is None:
        return "Too few criteria were scored here to compare you with other communities."
    who = f"{band.communities} {group}" if band.communities else group
    if band.lower is None or band.upper is None:
        side = _side(share.percent, band.median)
        return f"You are {side} the middle one of {who}, which met {band.median:.0f}%."
    if share.percent < band.lower:
        return f"You are in the lowest quarter of {who}."
    if share.percent > band.upper:
        return f"You are in the highest quarter of {who}."
    return f"You are in the middle half of {who}."


def _side(percent: int, median: float) -> str:
    if percent == median:
        return "level with"
    return "above" if percent > median else "below"


def next_steps(state: State, basis: ScoreKind, actions: tuple[PlannedAction, ...]) -> tuple[str, ...]:
    """What happens next, when the office has not said it in its own words."""
    if state == "draft":
        return (
            "This is a draft. Please read it together and tell us where a fact is wrong.",
            "Someone who was not on the visit decides each point that you raise.",
            "Then the report is made final and signed, and you write your action plan.",
        )
    if basis == "self":
        return (
            "The review team reads what you wrote and then meets you.",
            "Together you agree on a mark for each criterion.",
        )
    if actions:
        planned = sum(not action.no_action_reason for action in actions)
        return (
            f"Your community has planned {several(planned, 'action', 'actions')}. "
            "You find this at the end of the report.",
            "Talk about them in your community meeting, and write down what you have done.",
            "At the next review, everyone looks at what became of them.",
        )
    return (
        "Read this report together in your community meeting.",
        "Choose what you want to work on, who does it, and by when. That is your action plan.",
        "At the next review, everyone looks at what became of it.",
    )


def method(edition: Edition, basis: ScoreKind, applicable: int, peers: Peers) -> tuple[Note, ...]:
    """How the figures were made, in words."""
    total = sum(1 for _ in edition.criteria())
    notes = [
        Note(
            "What was reviewed",
            f"{several(applicable, 'criterion', 'criteria')} of the {total} in {edition.title} apply to this kind of "
            "community. The rest are for other services and are not shown.",
        )
        if applicable < total
        else Note("What was reviewed", f"Every criterion of {edition.title} applies to this kind of community."),
        Note(
            "How shares are counted",
            "A share is the number met, divided by the number that were scored and that apply. Criteria that do not "
            "apply, or that nobody scored, are left out and counted beside it. Below 5 we print counts only; from 5 to "
            "9 we say that the number is small.",
        ),
        Note(
            "The likely range",
            "Every share rests on a limited number of criteria. The likely range shows how far chance alone could move "
            "it (95% range after Wilson).",
        ),
    ]
    if basis == "agreed":
        notes.append(
            Note(
                "Two sets of marks",
                "The community marked itself first. The review team read this, visited, and agreed a mark with a "
                "reason where it differs. The team saw the community's own marks, so how often the two match says that "
                "they understood each other; it does not prove that either is right.",
            )
        )
    if peers.overall.median is not None:
        notes.append(
            Note(
                "Other communities",
                "The band holds the middle half of the communities of your group, the line is the one in the middle. "
                "Small groups are protected: no other community can be seen, and figures may be rounded or left out.",
            )
        )
    return tuple(notes)
