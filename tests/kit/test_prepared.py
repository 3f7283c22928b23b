"""Prepared queries answer as the querysets do from which they were written."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from communitas.kit.models import Job, Tenant
from communitas.kit.prepared import FEW, MOST_KEPT, Finder, Prepared, Rows, insert, partial, update
from communitas.workbooks.models import Event

NOW = datetime(2027, 1, 20, 9, 30, tzinfo=UTC)


@pytest.fixture
def tenant(db: None) -> Tenant:
    return Tenant.objects.create(slug="hearth")


def _made(tenant: Tenant, name: str, **given: Any) -> Job:
    return Job(tenant=tenant, name=name, title=name.title(), queued_at=NOW, **given)


@Prepared
def _jobs(*, tenant: int, names: list[str], before: datetime, state: str | None) -> Rows:
    found = Job.objects.filter(tenant=tenant, name__in=names, queued_at__lt=before)
    within = found if state is None else found.filter(state=state)
    return within.order_by("name").values_list("name", "arguments", "queued_at")


def test_the_same_rows_come_back_as_values_of_python(tenant: Tenant) -> None:
    Job.objects.bulk_create([_made(tenant, "one", arguments=[1, {"a": None}]), _made(tenant, "two")])

    rows = _jobs(tenant=tenant.pk, names=["two", "one"], before=NOW + timedelta(days=1), state=None)

    assert rows == [("one", [1, {"a": None}], NOW), ("two", [], NOW)]


def test_other_values_of_the_same_shape_ask_with_the_same_words(tenant: Tenant) -> None:
    other = Tenant.objects.create(slug="harbour")
    Job.objects.bulk_create([_made(tenant, "one"), _made(other, "one", state="done")])

    def ask(whose: Tenant, name: str, state: str) -> list[tuple[Any, ...]]:
        return _jobs(tenant=whose.pk, names=[name], before=NOW + timedelta(days=1), state=state)

    found = [
        ask(tenant, "one", "waiting"),
        ask(other, "one", "waiting"),
        ask(other, "one", "done"),
        ask(other, "x", "done"),
    ]

    assert [len(rows) for rows in found] == [1, 0, 1, 0]


def test_each_length_of_a_list_is_a_shape_and_an_empty_one_finds_nothing(tenant: Tenant) -> None:
    Job.objects.bulk_create([_made(tenant, name) for name in "abcde"])

    found = [
        [name for name, _, _ in _jobs(tenant=tenant.pk, names=list(names), before=NOW + timedelta(1), state=None)]
        for names in ("", "b", "dc", "abcde")
    ]

    assert found == [[], ["b"], ["c", "d"], ["a", "b", "c", "d", "e"]]


def test_more_shapes_than_are_kept_still_answer(tenant: Tenant) -> None:
    Job.objects.bulk_create([_made(tenant, "a")])

    for count in range(1, MOST_KEPT + 10):
        rows = _jobs(tenant=tenant.pk, names=["a"] + ["x"] * count, before=NOW + timedelta(1), state=None)

        assert len(rows) == 1


def test_values_are_never_part_of_the_words(tenant: Tenant) -> None:
    Job.objects.bulk_create([_made(tenant, "a")])
    hostile = "' OR 1=1 --"

    with CaptureQueriesContext(connection) as asked:
        rows = _jobs(tenant=tenant.pk, names=[hostile], before=NOW + timedelta(1), state=hostile)

    assert rows == []
    assert len(asked) == 1


def test_a_value_of_a_kind_it_does_not_know_is_refused(tenant: Tenant) -> None:
    with pytest.raises(TypeError, match="takes no dict"):
        _jobs(tenant={}, names=["a"], before=NOW, state=None)


@pytest.mark.parametrize("count", [0, 1, FEW, FEW + 1])
def test_insert_stores_what_bulk_create_stores(tenant: Tenant, count: int) -> None:
    rows = [_made(tenant, str(number), arguments=[{"n": number}], by_id=None) for number in range(count)]

    kept = insert(rows)

    stored = {job.pk: job for job in Job.objects.all()}
    assert sorted(stored) == sorted(row.pk for row in kept)
    assert [stored[row.pk].arguments for row in kept] == [[{"n": number}] for number in range(count)]
    assert [stored[row.pk].queued_at for row in kept] == [NOW] * count


def test_insert_keeps_the_constraints_of_the_database(tenant: Tenant) -> None:
    with pytest.raises(IntegrityError):
        insert([Tenant(slug="hearth")])


def test_update_saves_the_named_fields_and_no_other(tenant: Tenant) -> None:
    [job] = insert([_made(tenant, "one")])
    job.step, job.arguments, job.title = "half way", [{"deep": [None, "é"]}], "not saved"

    update(job, "step", "arguments")

    stored = Job.objects.get(pk=job.pk)
    assert (stored.step, stored.arguments, stored.title) == ("half way", [{"deep": [None, "é"]}], "One")


def test_a_partial_row_reads_another_field_when_it_is_asked_for(tenant: Tenant) -> None:
    [job] = insert([_made(tenant, "one")])

    found = partial(Job, ("id", "tenant_id"), iter([job.pk, tenant.pk]))

    assert found.get_deferred_fields() >= {"title", "state"}
    assert (found.pk, found.tenant_id, found.title) == (job.pk, tenant.pk, "One")


@Prepared
def _by_uuid(*, ids: list[UUID]) -> Rows:
    return Event.objects.filter(event_id__in=ids).values_list("event_id")


def test_uuids_are_asked_for_as_the_database_keeps_them(db: None) -> None:
    assert _by_uuid(ids=[uuid4(), uuid4()]) == []


_job = Finder(lambda: Job.objects.select_related("tenant", "by").exclude(state="failed"))
_tenant = Finder(Tenant.objects.all, by="slug")


def test_a_finder_gives_the_row_with_its_related_rows_in_one_query(tenant: Tenant) -> None:
    first, second = Job.objects.bulk_create([_made(tenant, "one", arguments=[1, {"a": None}]), _made(tenant, "two")])
    for job in (first, second, first):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            found = _job(job.pk)
            assert found is not None
            assert (found.pk, found.arguments, found.queued_at, found.tenant.slug, found.by) == (
                *(job.pk, job.arguments, NOW),
                *("hearth", None),
            )
        assert len(asked) == 1
    found = _job(first.pk)
    assert found is not None
    found.title = "Another"
    found.save()
    assert Job.objects.get(pk=first.pk).title == "Another"


def test_a_finder_finds_nothing_where_there_is_nothing(tenant: Tenant) -> None:
    gone = Job.objects.bulk_create([_made(tenant, "one", state="failed")])[0]

    assert [_job(gone.pk), _job(gone.pk + 1), _job(2**63), _job(-(2**80)), _tenant("heart"), _tenant("")] == [None] * 6
    assert _tenant("hearth") == tenant
