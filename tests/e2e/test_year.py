"""Two communities through a whole year in a real browser, each step by the person whose step it is."""

from collections.abc import Callable

import pytest

from tests.e2e.pages import WatchedPage
from tests.e2e.year import beginning, ending, report, self_review, visit
from tests.e2e.year.world import make_year


@pytest.mark.django_db(transaction=True)
def test_two_communities_go_through_the_year(visitor: Callable[[], WatchedPage]) -> None:
    year = make_year(visitor)

    beginning.begin(year)
    beginning.plan_visits(year)
    beginning.answer_the_office(year)
    beginning.confirm_visits(year)
    beginning.open_self_reviews(year)
    self_review.name_people(year)
    self_review.answer_together(year)
    self_review.resolve(year)
    self_review.score_the_rest(year)
    self_review.send(year)
    visit.score_alone(year)
    visit.agree(year)
    visit.close(year)
    report.deliver(year)
    report.check_facts(year)
    report.decide(year)
    report.sign(year)
    report.read_and_keep(year)
    report.plan_actions(year)
    ending.certify(year)
    ending.publish(year)
    ending.read_figures(year)
