"""What becomes of figures when marks are corrected before and after they are public."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from communitas.benchmarking import actions
from communitas.benchmarking.models import FactSet, FrozenSubject, Release
from communitas.benchmarking.queries.exploring import explore
from communitas.benchmarking.queries.reopening import corrected_since, taken_back_since
from communitas.benchmarking.rules.exploring import Wanted
from communitas.benchmarking.rules.facts import Fact
from communitas.cycles.models import Cycle, Enrolment
from communitas.kit.addresses import path_of
from communitas.kit.exceptions import NotAllowed
from communitas.reports.actions import national as reports
from communitas.reports.models import NationalReport
from tests import factories
from tests.benchmarking.test_releases import freeze, past_cycle, release
from tests.cast import NOW, World

LATER = NOW + timedelta(hours=2)
FILES = (("national", ()), ("national_figures", ("csv",)), ("national_figures", ("json",)), ("national_package", ()))


def correct(world: World, enrolment: Enrolment, score: int = 0) -> None:
    """All agreed marks of a community become others, as when its report is signed in a new version."""
    keys = enrolment.cycle.edition.criteria.values_list("key", flat=True)
    facts = [Fact(enrolment.community.code, key, "agreed", score) for key in keys]
    actions.freeze_facts(enrolment=enrolment, facts=facts, source="report", by=world.cora, at=LATER)


def put_through(world: World, made: Release) -> None:
    actions.release_figures(release=made, signed_hash=made.hash, by=world.cyrus, at=LATER)


def report_of(world: World, cycle: Cycle) -> NationalReport:
    """The report of frozen figures, without its PDFs."""
    return NationalReport.objects.create(release=freeze(world, cycle), written_by=world.cora, written_at=NOW)


def published(browser: Client, report: NationalReport) -> list[tuple[int, bytes, str]]:
    answers = [browser.get(path_of("hearth", f"reports:{name}", report.pk, *more)) for name, more in FILES]
    found = [(each.status_code, each.content, each.get("Cache-Control", "")) for each in answers]
    return [(status, content.partition(b"<main")[2] or content, kept) for status, content, kept in found]


def test_corrected_marks_are_frozen_anew_before_a_release(world: World) -> None:
    cycle = past_cycle(world)
    made = freeze(world, cycle)
    correct(world, cycle.enrolments.get(community__code="C000"))

    with pytest.raises(NotAllowed, match=r"frozen anew\. Corrected since: Community 0\."):
        put_through(world, made)
    put_through(world, freeze(world, cycle))

    assert [each.state for each in cycle.releases.order_by("version")] == ["superseded", "released"]


def test_a_release_is_not_proposed_over_corrected_marks(world: World) -> None:
    cycle = past_cycle(world)
    report = report_of(world, cycle)
    correct(world, cycle.enrolments.get(community__code="C003"))

    with pytest.raises(NotAllowed, match="Corrected since: Community 3"):
        reports.propose_release(report=report, by=world.cora, at=LATER)


def test_marks_that_were_taken_back_are_not_released(world: World) -> None:
    cycle = past_cycle(world)
    imported = factories.make_enrolment(cycle, world.elm, stage="completed")
    factories.make_facts(imported, {("c1-1", "agreed"): 2}, source="import")
    made = freeze(world, cycle)
    FactSet.objects.filter(enrolment=imported).delete()

    assert taken_back_since(made) == 1
    with pytest.raises(NotAllowed, match="still stand"):
        put_through(world, made)


def test_who_signs_after_the_freeze_is_not_counted_and_holds_nothing_up(world: World) -> None:
    cycle = past_cycle(world)
    made = freeze(world, cycle)
    correct(world, factories.make_enrolment(cycle, world.elm, stage="completed"))

    assert corrected_since(made) == []
    put_through(world, made)


@pytest.mark.parametrize("corrected", [1, 4, 24])
def test_a_correction_never_changes_what_is_public(world: World, corrected: int) -> None:
    """However many communities it is of: two versions would differ by their marks alone."""
    cycle = past_cycle(world)
    report = report_of(world, cycle)
    put_through(world, report.release)
    browser = Client()
    before = published(browser, report)
    subjects = list(FrozenSubject.objects.order_by("pk").values_list("level", "name", "cells"))
    seen = explore(world.network, None, Wanted())

    for enrolment in cycle.enrolments.all()[:corrected]:
        correct(world, enrolment)

    with pytest.raises(NotAllowed, match="released once"):
        freeze(world, cycle)
    assert [status for status, *_ in before] == [200] * len(FILES)
    assert published(browser, report) == before
    assert list(FrozenSubject.objects.order_by("pk").values_list("level", "name", "cells")) == subjects
    assert explore(world.network, None, Wanted()) == seen


def test_an_edition_that_somebody_kept_is_the_only_one_there_ever_was(world: World) -> None:
    """Drafts and versions that were superseded are never served to others, and nothing on the way keeps them."""
    cycle = past_cycle(world)
    first = report_of(world, cycle)
    correct(world, cycle.enrolments.all()[0])
    last = report_of(world, cycle)
    office = world.sign_in(Client(), world.cora)
    member = world.sign_in(Client(), world.lena)

    for report in (first, last):
        assert {status for status, *_ in published(Client(), report)} == {404}
        assert {status for status, *_ in published(member, report)} == {404}
        assert all("no-store" in kept for status, _content, kept in published(office, report)[1:] if status == 200)
    put_through(world, last.release)
    old = published(Client(), last)
    release_next(world, cycle)

    assert {status for status, *_ in published(Client(), first)} == {404}
    assert published(Client(), last) == old


def release_next(world: World, cycle: Cycle) -> Release:
    """The cycle after, with the same communities."""
    later: Any = factories.make_cycle(world.network, world.edition, name="2028b", previous=cycle)
    factories.make_scored_cycle(later, [each.community for each in cycle.enrolments.select_related("community")])
    return release(world, later)
