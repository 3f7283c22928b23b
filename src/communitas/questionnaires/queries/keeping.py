"""How codes are kept, and how an opening is held while something is added to it."""

from uuid import UUID

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from communitas.kit.exceptions import NotAllowed
from communitas.members.models import Network
from communitas.people.rules.one_time_codes import make_code, normalised
from communitas.questionnaires.models import Opening, Reply, Withdrawal


def locked(opening: Opening) -> Opening:
    """The opening as it stands now, held until the end of the transaction: answers and the release do not cross."""
    return Opening.objects.select_for_update().get(pk=opening.pk)


def code_hash(opening: Opening, typed: str) -> str:
    """What is kept of a printed code of an opening."""
    return salted_hmac("questionnaires.code", f"{opening.pk}:{normalised(typed)}", algorithm="sha256").hexdigest()


def withdrawal_code(sheet: UUID) -> str:
    """The code that takes back a sheet: the same again for the same sheet, and to be guessed by nobody."""
    return make_code(salted_hmac("questionnaires.withdrawal", str(sheet), algorithm="sha256").digest())


def withdrawal_hash(typed: str) -> str:
    """What is kept of a withdrawal code."""
    return salted_hmac("questionnaires.withdrawn", normalised(typed), algorithm="sha256").hexdigest()


def find_reply(network: Network, typed: str) -> Reply:
    """The reply that a withdrawal code belongs to; NotAllowed says what to do where there is none."""
    found = Withdrawal.objects.filter(
        hash=withdrawal_hash(typed), reply__opening__enrolment__cycle__network=network
    ).select_related("reply__opening__questionnaire", "reply__opening__enrolment__cycle__network__tenant")
    withdrawal = found.first()
    if withdrawal is None:
        raise NotAllowed(
            _(
                "No answers belong to this code. They may have been taken back already, or released: "
                "then only counts are left, and nothing links them to you."
            )
        )
    return withdrawal.reply
