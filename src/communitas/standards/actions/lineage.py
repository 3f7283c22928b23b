"""How a draft descends from the edition before it: proposed by comparing the texts, confirmed by the office."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from communitas.kit import tasks
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import Job
from communitas.people.models import Account
from communitas.standards import queries
from communitas.standards.actions.undoing import changing
from communitas.standards.actions.writing import Confirmation, Content
from communitas.standards.models import Edition, Lineage
from communitas.standards.rules import edition as rules
from communitas.standards.rules import publication
from communitas.standards.rules.identity import key_of
from communitas.standards.rules.lineage import Kind, Link, misfits, propose
from communitas.standards.rules.lineage_corrections import Known, around, stands

TASK = "standards.propose_lineage"


def start_matching(*, edition: Edition, url: str = "", by: Account, at: datetime) -> Job:
    """Compare the draft with the edition before it in the background; `url` is where the proposals are read."""
    publication.refuse_edit(edition.state)
    publication.PUBLICATION.move(queries.state_of(edition), "edit")
    title = _("Compare edition %(number)s with the one before") % {"number": edition.number}
    tenant = edition.standard_set.network.tenant
    return tasks.start(TASK, edition.pk, by.pk, at.isoformat(), url, tenant=tenant, by=by, at=at, title=title)


def propose_lineage(*, edition: Edition, by: Account, at: datetime) -> None:
    """Propose how each criterion descends. What the office confirmed stays where it still fits."""
    before = _before(edition)
    with changing(edition=edition, what=_("the proposed lineage"), by=by, at=at):
        new = queries.edition_data(edition)
        known = _known(before), _known(new)
        kept = [
            row for row in queries.link_rows(edition.pk) if row.confirmed_at is not None and stands(row.link, *known)
        ]
        edition.lineage.exclude(pk__in=[row.pk for row in kept]).delete()
        links = around([row.link for row in kept], propose(before, new), *known)
        Content(edition).link((link, Confirmation()) for link in links)


def confirm_link(*, edition: Edition, link: Lineage, same_meaning: bool | None, by: Account, at: datetime) -> None:
    """Confirm one link. Where words changed, say whether the meaning is the same."""
    known = _known(_before(edition)), _known(queries.edition_data(edition))
    with changing(edition=edition, what=_("a confirmed link"), by=by, at=at):
        row = next((row for row in queries.link_rows(edition.pk) if row.pk == link.pk), None)
        if row is None:
            raise NotAllowed(_("This link has been replaced meanwhile. Look at the list again."))
        if row.link.kind == Kind.REWORDED and same_meaning is not None:
            link.same_meaning = same_meaning
        _refuse_misfit(row.link, link.same_meaning, known)
        link.confirmed_by, link.confirmed_at = by, at
        link.save(update_fields=["same_meaning", "confirmed_by", "confirmed_at"])


def confirm_unchanged(*, edition: Edition, by: Account, at: datetime) -> int:
    """Confirm at once every link whose words and level are the same; how many there were."""
    with changing(edition=edition, what=_("the confirmation of what is unchanged"), by=by, at=at):
        return edition.lineage.filter(kind=Kind.UNCHANGED.value, confirmed_at=None).update(
            confirmed_by=by, confirmed_at=at
        )


def correct_link(
    *,
    edition: Edition,
    older: Sequence[str],
    newer: Sequence[str],
    kind: Kind,
    same_meaning: bool | None,
    by: Account,
    at: datetime,
) -> None:
    """Say by keys that these criteria became those, and confirm it. Other links give up what this one takes."""
    known = _known(_before(edition)), _known(queries.edition_data(edition))
    if kind in {Kind.UNCHANGED, Kind.LEVEL_CHANGED}:
        same_meaning = True
    elif kind != Kind.REWORDED:
        same_meaning = False
    own = Link(kind, tuple(older), tuple(newer), same_meaning, 0.0, _("Corrected by the office."))
    if not set(older) <= known[0].keys() or not set(newer) <= known[1].keys():
        raise NotAllowed(_("One of these criteria is not in its edition."))
    _refuse_misfit(own, same_meaning, known)
    with changing(edition=edition, what=_("a corrected link"), by=by, at=at):
        rows = queries.link_rows(edition.pk)
        links = around([own], [row.link for row in rows], *known)
        untouched = {row.link: row for row in rows if row.link in links}
        edition.lineage.exclude(pk__in=[row.pk for row in untouched.values()]).delete()
        added = [(link, Confirmation()) for link in links if link not in untouched]
        Content(edition).link([(own, Confirmation(by.pk, at)), *added])


def record_lineage(*, edition: Edition, links: Iterable[Link], by: Account | None, at: datetime) -> None:
    """Replace the lineage of a draft by links that were confirmed elsewhere, such as those of a file."""
    publication.refuse_edit(edition.state)
    edition.lineage.all().delete()
    Content(edition).link((link, Confirmation(by.pk if by else None, at)) for link in links)


def _refuse_misfit(link: Link, same_meaning: bool | None, known: tuple[Known, Known]) -> None:
    said = Link(link.kind, link.from_keys, link.to_keys, same_meaning)
    was, now = ([side[key] for key in keys] for side, keys in zip(known, (link.from_keys, link.to_keys), strict=True))
    if found := list(misfits(said, was, now)):
        raise NotAllowed(" ".join(found))


def _before(edition: Edition) -> rules.Edition:
    before = queries.predecessor_of(edition)
    if before is None:
        raise NotAllowed(_("There is no published edition before this one, so there is nothing to compare."))
    return queries.edition_data(before)


def _known(edition: rules.Edition) -> Known:
    return {key_of(criterion): criterion for criterion in edition.criteria()}
