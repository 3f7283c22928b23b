"""The order in which the network is made, and how long each part took."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from time import monotonic

from django.db import transaction

from communitas.demo.network import (
    answers,
    comparing,
    current,
    days,
    designing,
    following,
    founding,
    national,
    office,
    paper,
    past,
    planning,
    post,
    reviewing,
    standards,
    strays,
    together,
    twin,
    voices,
    years,
)
from communitas.demo.network.founding import Hearth
from communitas.demo.network.teams import Pool

Say = Callable[[str], None]


def build(*, today: date, seed: int, say: Say, codes: frozenset[str] | None = None) -> Hearth:
    """Make the network as it stands on a day. The same day and seed make the same people, scores and words.

    `codes` makes fewer communities, for tests. Nothing is read from the clock.
    """
    with _part(say, "the office, the communities and their people"):
        hearth = founding.found(today=today, seed=seed, say=say, codes=codes)
        standard_set = standards.begin_set(hearth)
        standards.publish(hearth, standard_set, 1)
        standards.publish(hearth, standard_set, 2)
    with _part(say, "the cycles before"):
        for year in past.IMPORTED_YEARS:
            past.import_year(hearth, year)
    pool = Pool(hearth)
    with _part(say, "last year, with its reviews and reports"):
        years.run_last_year(hearth, pool)
    with _part(say, "this year"):
        standards.publish(hearth, standard_set, 3)
        designing.design_reports(hearth)
        answers.ask_for_papers(hearth)
        this_year = current.run_this_year(hearth, pool)
        standards.draft_next(hearth, standard_set)
        office.fill_the_desk(hearth, this_year)
        reviewing.leave_a_community(hearth)
        planning.accept_a_plan(hearth, this_year)
        days.surround_the_visits(hearth, this_year)
        following.follow(hearth)
        planning.propose_a_plan(hearth)
        answers.answer_late(hearth, this_year)
        reviewing.speak_for_themselves(hearth)
        together.work_together(this_year)
        paper.work_on_paper(this_year)
        strays.stray(this_year)
        designing.share_a_report(hearth)
        post.deliver(hearth)
    with _part(say, "what people say in questionnaires"):
        voices.ask_everybody(hearth)
    if codes is None:
        with _part(say, "the national reports"):
            comparing.report_years_before(hearth)
            national.report_last_year(hearth)
            national.begin_this_year(hearth)
    with _part(say, "the twin network"):
        twin.make(today=today, seed=seed, say=say)
    return hearth


@contextmanager
def _part(say: Say, name: str) -> Iterator[None]:
    started = monotonic()
    with transaction.atomic():
        yield
    say(f"  {name} ({monotonic() - started:.0f} s)")
