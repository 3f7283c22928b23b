"""Every change of a draft keeps what stood there before, so that the last one can be undone."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.kit import audit
from communitas.kit.exceptions import NotAllowed
from communitas.people.models import Account
from communitas.standards import queries
from communitas.standards.actions.writing import Content
from communitas.standards.models import DraftChange, Edition
from communitas.standards.rules import publication

_MOST_KEPT = 20


@contextmanager
def changing(*, edition: Edition, what: str, by: Account, at: datetime) -> Iterator[None]:
    """Change a draft within this block, in one transaction: refused once it is published or waits for a second person.

    `what` says what was done, for the button that undoes it.
    """
    with transaction.atomic():
        _open(edition)
        before = Content(edition).snapshot()
        yield
        DraftChange.objects.create(edition=edition, what=what[:200], before=before, by=by, at=at)
        kept = edition.changes.values_list("pk", flat=True)[:_MOST_KEPT]
        edition.changes.exclude(pk__in=list(kept)).delete()
        audit.record(
            tenant=edition.standard_set.network.tenant,
            verb="edition.edit_draft",
            obj=edition,
            by=by,
            at=at,
            detail={"what": what},
        )


@transaction.atomic
def undo(*, edition: Edition, by: Account, at: datetime) -> str:
    """Undo the last change of a draft, whoever made it; what was undone, in words."""
    _open(edition)
    last = edition.changes.first()
    if last is None:
        raise NotAllowed(_("There is no change left to undo."))
    Content(edition).restore(last.before)
    last.delete()
    audit.record(
        tenant=edition.standard_set.network.tenant,
        verb="edition.undo",
        obj=edition,
        by=by,
        at=at,
        detail={"what": last.what},
    )
    return last.what


def _open(edition: Edition) -> None:
    """Lock the draft, read it afresh, and refuse where it may not be edited."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    edition.refresh_from_db()
    publication.refuse_edit(edition.state)
    publication.PUBLICATION.move(queries.state_of(edition), "edit")
