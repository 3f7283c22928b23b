"""Background work on standards."""

from datetime import datetime

from communitas.kit.tasks import Progress, task
from communitas.people.models import Account
from communitas.standards import actions
from communitas.standards.actions.lineage import TASK
from communitas.standards.models import Edition


@task(TASK)
def propose_lineage(edition_id: int, account_id: int, at: str, url: str = "", *, progress: Progress) -> None:
    """Compare a draft with the edition before it."""
    edition = Edition.objects.select_related("standard_set__network__tenant").get(pk=edition_id)
    progress.step("Comparing every criterion with those of the edition before", 0, 1)
    by = Account.objects.get(pk=account_id)
    actions.propose_lineage(edition=edition, by=by, at=datetime.fromisoformat(at))
    progress.step("The proposals wait for the office", 1, 1)
    if url:
        progress.result(url)
