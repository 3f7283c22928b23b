"""What several actions refuse in the same words."""

from datetime import datetime

from django.utils.translation import gettext as _

from communitas.allocation.models import Plan
from communitas.kit.exceptions import NotAllowed
from communitas.people.models import Account
from communitas.visits.queries import reviewers


def refuse_stranger(account: Account, network_id: int, at: datetime) -> None:
    """Only whoever may review in the network has days, a home base and a place in plans."""
    if not reviewers(network_id, now=at).filter(pk=account.pk).exists():
        raise NotAllowed(_("%(name)s is no reviewer of this network.") % {"name": account.display_name})


def refuse_supposition(plan: Plan) -> None:
    """A plan of what would be is compared, and neither changed nor accepted."""
    if plan.supposed is not None:
        raise NotAllowed(_("This plan supposes something that is not so. It is there to compare."))
