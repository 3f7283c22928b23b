"""A draft is published by a second person and then never changes again."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from communitas.kit import confirmations, events
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import Proposal
from communitas.standards import actions, policy, queries, slots
from communitas.standards.events import EditionPublished
from communitas.standards.models import Criterion, Edition, Layer, Lineage, Section, Standard, Value
from communitas.standards.rules.identity import hash_of
from tests.cast import NOW, World
from tests.standards.conftest import links


def test_second_person_publishes_what_the_first_proposed(world: World, small: Edition) -> None:
    told: list[EditionPublished] = []
    events.subscribe(EditionPublished, told.append)
    proposal = actions.propose_publication(edition=small, by=world.cora, at=NOW)

    confirmations.confirm(proposal=proposal, by=world.cyrus, at=NOW)

    small.refresh_from_db()
    assert small.state == "published"
    assert small.published_by == world.cyrus
    assert small.content_hash == hash_of(queries.edition_data(small))
    assert small.changes.count() == 0
    assert told == [EditionPublished(small.pk, NOW)]


def test_nobody_publishes_their_own_proposal(world: World, small: Edition) -> None:
    proposal = actions.propose_publication(edition=small, by=world.cora, at=NOW)

    with pytest.raises(NotAllowed):
        confirmations.confirm(proposal=proposal, by=world.cora, at=NOW)
    with pytest.raises(NotAllowed, match="second person"):
        actions.publish(edition=small, proposed_by=world.cora, by=world.cora, at=NOW)

    small.refresh_from_db()
    assert small.state == "draft"


def test_proposed_edition_is_not_edited_until_it_is_returned(world: World, small: Edition) -> None:
    who: dict[str, Any] = {"by": world.cora, "at": NOW}
    actions.propose_publication(edition=small, **who)

    with pytest.raises(NotAllowed, match="edited only while it is a draft"):
        actions.edit_scale(edition=small, words=("yes", "no"), **who)
    with pytest.raises(NotAllowed, match="give a reason"):
        actions.return_to_draft(edition=small, reason="", by=world.cyrus, at=NOW)
    actions.return_to_draft(edition=small, reason="1.2 is not clear", by=world.cyrus, at=NOW)
    actions.edit_scale(edition=small, words=("yes", "no"), **who)

    assert Proposal.objects.get().settled_reason == "1.2 is not clear"
    assert queries.scale_of(small).levels == 2


def test_content_that_changed_under_a_proposal_is_not_published(world: World, small: Edition) -> None:
    proposal = actions.propose_publication(edition=small, by=world.cora, at=NOW)
    small.criteria.filter(code="1.1").update(statement="Something else.")

    with pytest.raises(NotAllowed, match="has changed since it was proposed"):
        confirmations.confirm(proposal=proposal, by=world.cyrus, at=NOW)


def test_incomplete_edition_is_not_proposed(world: World, second: Edition) -> None:
    assert queries.what_is_missing(second) == ("The lineage to edition 1 has not been confirmed.",)
    with pytest.raises(NotAllowed, match="lineage to edition 1 has not been confirmed"):
        actions.propose_publication(edition=second, by=world.cora, at=NOW)


def test_new_edition_supersedes_the_one_before(world: World, first: Edition, second: Edition) -> None:
    actions.record_lineage(edition=second, links=links(2), by=world.cora, at=NOW)

    actions.publish(edition=second, proposed_by=world.cora, by=world.cyrus, at=NOW)

    first.refresh_from_db()
    assert first.state == "superseded"
    assert second.predecessor == first


def test_published_edition_is_not_edited_deleted_or_undone(world: World, first: Edition) -> None:
    who: dict[str, Any] = {"by": world.cora, "at": NOW}

    for act in (
        lambda: actions.edit_scale(edition=first, words=("yes", "no"), **who),
        lambda: actions.delete_draft(edition=first, **who),
        lambda: actions.undo(edition=first, **who),
        lambda: actions.propose_lineage(edition=first, **who),
    ):
        with pytest.raises(NotAllowed):
            act()


def _offences(edition: Edition) -> dict[str, Callable[[], object]]:
    pk = edition.pk
    section = Section.objects.filter(edition=pk)[0]
    layer = Layer.objects.filter(edition=pk)[0]
    link = Lineage.objects.filter(edition=pk)[0]
    return {
        "a new title": lambda: Edition.objects.filter(pk=pk).update(title="Other"),
        "back to draft": lambda: Edition.objects.filter(pk=pk).update(state="draft"),
        "another hash": lambda: Edition.objects.filter(pk=pk).update(content_hash="0" * 64),
        "another scale": lambda: Edition.objects.filter(pk=pk).update(scale=[]),
        "delete it": lambda: Edition.objects.filter(pk=pk)._raw_delete("default"),
        "another statement": lambda: Criterion.objects.filter(edition=pk).update(statement="Other"),
        "no criterion": lambda: Criterion.objects.filter(edition=pk)._raw_delete("default"),
        "a new criterion": lambda: Criterion.objects.create(
            edition_id=pk, section=section, layer=layer, position=999, key="x", code="x", statement="x", level=1
        ),
        "another section": lambda: Section.objects.filter(edition=pk).update(title="Other"),
        "a new section": lambda: Section.objects.create(edition_id=pk, position=99, title="Other"),
        "another standard": lambda: Standard.objects.filter(section=section).update(title="Other"),
        "another value": lambda: Value.objects.filter(edition=pk).update(title="Other"),
        "another layer": lambda: Layer.objects.filter(edition=pk).update(title="Other"),
        "another lineage": lambda: Lineage.objects.filter(edition=pk).update(kind="new"),
        "a new link": lambda: Lineage.objects.create(edition_id=pk, kind="new"),
        "another end of a link": lambda: link.newer.add(Criterion.objects.filter(edition=pk).last()),  # type: ignore[arg-type]
    }


def test_database_refuses_every_change_of_a_published_edition(world: World, second: Edition) -> None:
    actions.record_lineage(edition=second, links=links(2), by=world.cora, at=NOW)
    actions.publish(edition=second, proposed_by=world.cora, by=world.cyrus, at=NOW)
    content = hash_of(queries.edition_data(second))

    let_through = []
    for name, offence in _offences(second).items():
        try:
            with transaction.atomic():
                offence()
        except DatabaseError:
            continue
        let_through.append(name)

    assert let_through == []
    assert hash_of(queries.edition_data(Edition.objects.get(pk=second.pk))) == content


def test_withdrawn_edition_needs_a_reason_and_no_running_cycle(
    world: World, first: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    who: dict[str, Any] = {"by": world.cora, "at": NOW}
    in_use: dict[int, int] = {first.pk: 2}
    monkeypatch.setattr(slots.running_cycles, "_fillers", [lambda ids: in_use])

    with pytest.raises(NotAllowed, match="running cycle uses it"):
        actions.withdraw(edition=first, reason="A mistake", **who)
    in_use.clear()
    with pytest.raises(NotAllowed, match="give a reason"):
        actions.withdraw(edition=first, reason=" ", **who)
    actions.withdraw(edition=first, reason="A mistake", **who)

    first.refresh_from_db()
    assert first.state == "withdrawn"


def test_right_to_publish_asks_for_a_second_person() -> None:
    assert policy.publish.second_person == {"office": ""}
