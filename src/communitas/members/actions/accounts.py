"""Accounts that a community lead or the office makes for people without an address, and accounts that are closed."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.kit import audit
from communitas.kit.exceptions import NotAllowed
from communitas.members.actions.roles import grant_role
from communitas.members.models import Community, Network
from communitas.people import actions as people
from communitas.people.models import Account


@transaction.atomic
def create_account_without_email(
    *, community: Community, username: str, display_name: str, role: str, by: Account, at: datetime
) -> tuple[Account, str]:
    """Make an account with a username, give it a role, and return it with its one-time code to print."""
    account = people.create_account(username=username, display_name=display_name, by=by, at=at)
    grant_role(account=account, network=community.network, community=community, role=role, by=by, at=at)
    code = people.make_code(account=account, by=by, at=at)
    audit.record(tenant=community.network.tenant, verb="account.create_without_email", obj=account, by=by, at=at)
    return account, code


@transaction.atomic
def make_new_code(*, account: Account, network: Network, by: Account, at: datetime) -> str:
    """A new one-time code for somebody without an address who lost the card or forgot the password."""
    if account.email:
        raise NotAllowed(_("This person has an address and can ask for a new password at sign-in."))
    code = people.make_code(account=account, by=by, at=at)
    audit.record(tenant=network.tenant, verb="account.new_code", obj=account, by=by, at=at)
    return code


@transaction.atomic
def suspend_account(*, account: Account, network: Network, reason: str, by: Account, at: datetime) -> None:
    """Close an account in the whole installation, with a reason; it loses access at once."""
    if not reason.strip():
        raise NotAllowed(_("Please give a reason: it stands in the history."))
    people.suspend(account=account, by=by, at=at)
    audit.record(tenant=network.tenant, verb="account.suspend", obj=account, by=by, at=at, reason=reason)


@transaction.atomic
def restore_account(*, account: Account, network: Network, reason: str, by: Account, at: datetime) -> None:
    """Open a closed account again, with a reason."""
    if not reason.strip():
        raise NotAllowed(_("Please give a reason: it stands in the history."))
    people.restore(account=account, by=by, at=at)
    audit.record(tenant=network.tenant, verb="account.restore", obj=account, by=by, at=at, reason=reason)
