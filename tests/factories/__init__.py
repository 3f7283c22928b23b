"""Rows for tests, with nothing in them that a test did not ask for. Each makes one row and what it stands on."""

from tests.factories.editions import make_edition
from tests.factories.networks import grant, make_account, make_community, make_network
from tests.factories.plans import make_free, make_host, make_plan
from tests.factories.scores import make_facts, make_scored_communities, make_scored_cycle
from tests.factories.years import make_cycle, make_enrolment, make_review, make_visit, on_team

__all__ = [
    "grant",
    "make_account",
    "make_community",
    "make_cycle",
    "make_edition",
    "make_enrolment",
    "make_facts",
    "make_free",
    "make_host",
    "make_network",
    "make_plan",
    "make_review",
    "make_scored_communities",
    "make_scored_cycle",
    "make_visit",
    "on_team",
]
