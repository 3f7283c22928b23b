"""Pages take the same number of queries, however much was answered, and a section of a large book opens at once."""

import time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communitas.kit.addresses import path_of
from communitas.standards.models import Edition
from communitas.standards.queries import edition_data
from communitas.standards.rules.identity import hash_of
from communitas.workbooks import actions, queries
from communitas.workbooks.filling import given_steps, links, news, next_steps, sections, self_review_progress
from communitas.workbooks.models import Workbook
from communitas.workbooks.rules.registers import SELF
from tests import factories
from tests.cast import NOW, World

pytestmark = pytest.mark.django_db


def large(world: World, *, sections: int = 5, criteria: int = 30) -> Workbook:
    """An open self-review of a community of Lena's, with a book of 150 criteria."""
    edition = factories.make_edition(world.network, number=9, sections=sections, criteria=criteria, published=False)
    digest = hash_of(edition_data(edition))
    Edition.objects.filter(pk=edition.pk).update(state="published", content_hash=digest, published_at=NOW)
    edition.refresh_from_db()
    cycle = factories.make_cycle(world.network, edition, name="2028")
    enrolment = factories.make_enrolment(cycle, world.lark, stage="self_review")
    return queries.self_reviews().get(pk=factories.make_review(enrolment).pk)


def fill(workbook: Workbook, world: World, keys: list[str]) -> None:
    scores: dict[str, Any] = dict.fromkeys(keys, (2, ""))
    actions.answer_many(
        workbook=workbook, register=SELF, scores=scores, comments=dict.fromkeys(keys, "We do this."),
        role="community_lead", by=world.lena, at=NOW,
    )  # fmt: skip


def queries_of(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


PAGES = [("section", 17), ("self_review", 12), ("who", 14), ("deciding", 9), ("given_list", 9)]


@pytest.mark.parametrize(("name", "number"), PAGES)
def test_pages_take_the_same_queries_with_1_and_with_30_answers(
    world: World, client: Client, name: str, number: int
) -> None:
    workbook = large(world)
    args = (workbook.pk, 1) if name == "section" else (workbook.pk,)
    path = path_of("hearth", f"workbooks:{name}", *args)
    world.sign_in(client, world.lena).get(path)
    fill(workbook, world, ["c1-1"])

    one = queries_of(client, path)
    fill(workbook, world, [f"c1-{other}" for other in range(2, 31)])

    assert (one, queries_of(client, path)) == (number, number)


def test_one_answer_takes_twelve_queries(world: World, client: Client) -> None:
    workbook = large(world)
    path = path_of("hearth", "workbooks:answer", workbook.pk, "c1-1")
    world.sign_in(client, world.lena).post(path, {"score": "1"}, headers={"HX-Request": "true"})

    with CaptureQueriesContext(connection) as asked:
        client.post(
            path_of("hearth", "workbooks:answer", workbook.pk, "c1-2"), {"score": "2"}, headers={"HX-Request": "true"}
        )

    assert len([one for one in asked if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]) == 12


def test_slots_take_the_same_queries_for_one_and_for_many(world: World) -> None:
    ids = [world.enrolment.pk, world.oak_enrolment.pk]
    for filler in (self_review_progress, links, next_steps, given_steps, sections, news):
        filler(ids)
        counts = []
        for asked_for in (ids[:1], ids):
            with CaptureQueriesContext(connection) as asked:
                filler(asked_for)
            counts.append(len([one for one in asked if "standards_" not in one["sql"].partition("FROM")[2][:30]]))
        assert counts[0] == counts[1], filler.__name__


def test_section_of_a_large_book_opens_in_a_tenth_of_a_second(world: World, client: Client) -> None:
    workbook = large(world)
    fill(workbook, world, [f"c{section}-{number}" for section in range(1, 6) for number in range(1, 31)])
    path = path_of("hearth", "workbooks:section", workbook.pk, 1)
    world.sign_in(client, world.lena).get(path)

    times = []
    for _ in range(7):
        started = time.process_time()
        client.get(path)
        times.append(time.process_time() - started)

    assert sorted(times)[3] < 0.1
