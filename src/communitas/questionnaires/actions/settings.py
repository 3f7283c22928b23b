"""What the network sets for its questionnaires."""

from datetime import datetime

from django.db import transaction

from communitas.kit import audit
from communitas.members.models import Network
from communitas.people.models import Account
from communitas.questionnaires.models import QuestionnaireSettings
from communitas.questionnaires.rules.release import refuse_threshold


@transaction.atomic
def change_settings(
    *, network: Network, threshold: int, together: int, leave_to: str, by: Account, at: datetime
) -> QuestionnaireSettings:
    """Set the smallest group that is shown, and where people go who leave a page at once. Released figures stay."""
    refuse_threshold(threshold)
    settings, _ = QuestionnaireSettings.objects.update_or_create(
        network=network, defaults={"threshold": threshold, "together": together, "leave_to": leave_to}
    )
    detail = {"threshold": threshold, "together": together}
    audit.record(tenant=network.tenant, verb="questionnaire.settings", obj=settings, by=by, at=at, detail=detail)
    return settings
