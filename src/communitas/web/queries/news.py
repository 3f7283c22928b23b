"""What changed since somebody was last here."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from communitas.cycles import slots
from communitas.cycles.models import Cycle, Enrolment, Move
from communitas.cycles.queries.enrolments import words_of
from communitas.members.actors import Actor

MOST = 6


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that happened, when in words, and where it can be seen."""

    text: str
    when: str
    at: datetime
    href: str = ""


def news_of(enrolment: Enrolment, *, since: datetime, actor: Actor) -> list[Told]:
    """What others did for one enrolment since then, newest first: one query and one for each filler of the slot."""
    me = actor.account_id
    page = reverse("cycles:enrolment", args=[enrolment.pk])
    moves = _by_others(Move.objects.filter(enrolment=enrolment, at__gt=since), me)
    told = [Told(words_of(move), ago(move.at), move.at, page) for move in moves[:MOST]]
    for news in (each for part in slots.news.ask([enrolment.pk]).get(enrolment.pk, []) for each in part):
        if news.at > since and (news.by_id is None or news.by_id != me):
            told.append(Told(news.text, ago(news.at), news.at, news.href if news.may(actor) else ""))
    return sorted(told, key=lambda each: each.at, reverse=True)[:MOST]


def news_of_cycle(cycle: Cycle, *, since: datetime, apart_from: int | None) -> list[Told]:
    """What others did in a cycle since then, newest first, with the names of the communities: one query."""
    moves = Move.objects.filter(enrolment__cycle=cycle, at__gt=since).select_related("enrolment")
    return [
        Told(
            f"{move.enrolment.community_name}: {words_of(move)}",
            ago(move.at),
            move.at,
            reverse("cycles:enrolment", args=[move.enrolment_id]),
        )
        for move in _by_others(moves, apart_from)[:MOST]
    ]


def _by_others(moves: QuerySet[Move], apart_from: int | None) -> QuerySet[Move]:
    return moves.exclude(by=apart_from) if apart_from else moves


def ago(at: datetime) -> str:
    """When it happened: '3 March, 14:02'."""
    return date_format(localtime(at), "j F, H:i")


def since_words(since: datetime, now: datetime) -> str:
    """The heading of the news: 'Since Tuesday', 'Since this morning', 'Since 3 March'."""
    then, today = localtime(since), localtime(now).date()
    if then.date() == today:
        return _("Since %(time)s today") % {"time": date_format(then, "H:i")}
    if today - then.date() == timedelta(days=1):
        return _("Since yesterday")
    if today - then.date() < timedelta(days=7):
        return _("Since %(day)s") % {"day": date_format(then, "l")}
    return _("Since %(day)s") % {"day": date_format(then, "j F")}
