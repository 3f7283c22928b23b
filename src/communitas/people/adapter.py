"""How sign-in behaves here: by invitation only, and never telling whether an account exists."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from communitas.people.models import Account


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are made by invitation or by a community lead, so nobody signs up alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return str(request.META.get("REMOTE_ADDR", ""))

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Usernames are chosen by whoever makes the account."""


def display_name(account: Account) -> str:
    """The name that screens show."""
    return account.display_name
