"""Who a session belongs to: asked with every page, so the query is written once."""

from allauth.account.auth_backends import AuthenticationBackend

from communitas.kit.prepared import Finder
from communitas.people.models import Account

_account = Finder(Account.objects.all)


class AccountBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types
    """Signs in by address or username with a password, as allauth's own does."""

    def get_user(self, user_id: int) -> Account | None:
        """The account that a session names, unless it may no longer sign in."""
        found = _account(int(user_id))
        return found if found and self.user_can_authenticate(found) else None
