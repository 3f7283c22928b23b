"""How a draft descends from the edition before it."""

from dataclasses import replace

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import Job
from communitas.standards import actions, queries
from communitas.standards.models import Edition
from communitas.standards.rules.lineage import Kind, problems
from tests.cast import NOW, World
from tests.standards.conftest import edition_data, links


def row_of(edition: Edition, key: str) -> queries.LinkRow:
    return next(row for row in queries.link_rows(edition.pk) if key in (*row.link.to_keys, *row.link.from_keys))


def kinds(edition: Edition) -> dict[Kind, int]:
    found = [row.link.kind for row in queries.link_rows(edition.pk)]
    return {kind: found.count(kind) for kind in Kind if kind in found}


def test_comparing_runs_in_the_background_and_says_where_the_proposals_are(
    world: World, second: Edition, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        started = actions.start_matching(edition=second, url="/there/", by=world.cora, at=NOW)

    job = Job.objects.get(pk=started.pk)
    assert (job.state, job.done, job.total, job.result_url) == ("done", 1, 1, "/there/")
    assert queries.confirmed_links(second.pk) is None
    assert len({key for row in queries.link_rows(second.pk) for key in row.link.to_keys}) == second.criteria.count()


def test_unchanged_links_are_confirmed_at_once(world: World, second: Edition) -> None:
    actions.propose_lineage(edition=second, by=world.cora, at=NOW)

    count = actions.confirm_unchanged(edition=second, by=world.cora, at=NOW)

    confirmed = [row for row in queries.link_rows(second.pk) if row.confirmed_at]
    assert count == len(confirmed) == kinds(second)[Kind.UNCHANGED]
    assert {(row.link.kind, row.confirmed_by) for row in confirmed} == {(Kind.UNCHANGED, "Cora")}


def test_reworded_link_asks_whether_the_meaning_is_the_same(world: World, second: Edition) -> None:
    actions.propose_lineage(edition=second, by=world.cora, at=NOW)
    link = second.lineage.get(pk=row_of(second, "joining-information").pk)

    with pytest.raises(NotAllowed, match="say whether the meaning is the same"):
        actions.confirm_link(edition=second, link=link, same_meaning=None, by=world.cora, at=NOW)
    actions.confirm_link(edition=second, link=link, same_meaning=True, by=world.cora, at=NOW)

    assert row_of(second, "joining-information").link.same_meaning is True


def test_correction_takes_criteria_from_other_links_which_come_back_to_be_confirmed(
    world: World, second: Edition
) -> None:
    actions.record_lineage(edition=second, links=links(2), by=world.cora, at=NOW)
    assert row_of(second, "community-meeting").link.kind == Kind.SPLIT

    actions.correct_link(
        edition=second,
        older=["community-meeting"],
        newer=["community-meeting-regular"],
        kind=Kind.REWORDED,
        same_meaning=False,
        by=world.cora,
        at=NOW,
    )

    own, left = row_of(second, "community-meeting"), row_of(second, "community-meeting-recorded")
    assert (own.link.kind, own.link.to_keys) == (Kind.REWORDED, ("community-meeting-regular",))
    assert own.confirmed_at == NOW
    assert (left.link.kind, left.link.from_keys, left.confirmed_at) == (Kind.NEW, (), None)
    rows = [row.link for row in queries.link_rows(second.pk)]
    assert problems(edition_data(1), edition_data(2), rows) == ()


def test_correction_that_does_not_fit_its_kind_is_refused(world: World, second: Edition) -> None:
    actions.propose_lineage(edition=second, by=world.cora, at=NOW)

    for older, newer, kind in (
        (["community-meeting"], ["community-meeting-regular"], Kind.UNCHANGED),
        (["community-meeting"], [], Kind.NEW),
        (["no-such-key"], [], Kind.WITHDRAWN),
    ):
        with pytest.raises(NotAllowed):
            actions.correct_link(
                edition=second, older=older, newer=newer, kind=kind, same_meaning=None, by=world.cora, at=NOW
            )


def test_comparing_again_keeps_what_was_confirmed_and_still_fits(world: World, second: Edition) -> None:
    actions.record_lineage(edition=second, links=links(2), by=world.cora, at=NOW)
    changed = second.criteria.get(key="consent-to-join")
    removed = second.criteria.get(key="welcome-companion")
    data = next(row for row in edition_data(2).criteria() if row.key == "consent-to-join")
    actions.save_criterion(
        edition=second,
        criterion=changed,
        section=changed.section,
        data=replace(data, statement=f"{data.statement} This is asked again."),
        by=world.cora,
        at=NOW,
    )
    actions.remove_criterion(edition=second, criterion=removed, by=world.cora, at=NOW)

    actions.propose_lineage(edition=second, by=world.cora, at=NOW)

    waiting = {row.link.kind: row.link for row in queries.link_rows(second.pk) if row.confirmed_at is None}
    assert waiting.keys() == {Kind.REWORDED, Kind.WITHDRAWN}
    assert waiting[Kind.REWORDED].to_keys == ("consent-to-join",)
    assert waiting[Kind.WITHDRAWN].from_keys == ("welcome-companion",)


def test_first_edition_has_nothing_to_compare(world: World, small: Edition) -> None:
    with pytest.raises(NotAllowed, match="no published edition before"):
        actions.propose_lineage(edition=small, by=world.cora, at=NOW)
    assert queries.link_entries(small) == ()


def test_link_entries_show_words_and_what_does_not_fit(world: World, second: Edition) -> None:
    actions.record_lineage(edition=second, links=links(2), by=world.cora, at=NOW)
    second.criteria.filter(key="consent-to-join").update(statement="Other words altogether.")

    entries = {entry.new[0].key: entry for entry in queries.link_entries(second) if entry.new}

    assert entries["consent-to-join"].wrong == "1.3: the words have changed."
    assert entries["joining-information"].wrong == ""
    assert any(segment.kind == "inserted" for segment in entries["joining-information"].texts[0].segments)


@pytest.fixture
def three(world: World, second: Edition) -> Edition:
    """Edition 3, published with its lineage; edition 2 before it."""
    actions.record_lineage(edition=second, links=links(2), by=world.cora, at=NOW)
    actions.publish(edition=second, proposed_by=world.cora, by=world.cyrus, at=NOW)
    third = actions.create_edition_from(data=edition_data(3), standard_set=second.standard_set, by=world.cora, at=NOW)
    actions.record_lineage(edition=third, links=links(3), by=world.cora, at=NOW)
    actions.publish(edition=third, proposed_by=world.cora, by=world.cyrus, at=NOW)
    return third


def test_trends_run_on_over_one_edition_where_the_meaning_is_the_same(
    world: World, first: Edition, second: Edition, three: Edition
) -> None:
    expected = {
        link.to_keys[0]: link.from_keys[0]
        for link in links(2)
        if link.same_meaning and link.kind in {Kind.UNCHANGED, Kind.REWORDED, Kind.LEVEL_CHANGED}
    }

    assert queries.comparable(second, first) == expected
    assert queries.lineage_between(second, first) is not None
    assert queries.lineage_between(three, first) is None


def test_trends_run_on_over_two_editions_only_where_every_step_does(
    world: World, first: Edition, second: Edition, three: Edition
) -> None:
    one, two = queries.comparable(second, first), queries.comparable(three, second)

    assert queries.comparable(three, first) == {newer: one[older] for newer, older in two.items() if older in one}
    assert queries.comparable(first, three) == {}
    assert queries.comparable(first, first) == {row.key: row.key for row in edition_data(1).criteria()}


def test_split_criteria_have_an_ancestor_that_is_not_comparable(world: World, first: Edition, three: Edition) -> None:
    second = three.predecessor
    assert second is not None

    found = queries.ancestors(second, first)["community-meeting-recorded"]

    assert [(one.key, one.kind, one.comparable) for one in found] == [("community-meeting", Kind.SPLIT, False)]
