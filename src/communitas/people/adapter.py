"""How sign-in behaves here: by invitation only, and never telling whether an account exists."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from communitas.kit import mail
from communitas.people.models import Account

THEME_COOKIE = "theme"
YEAR = 365 * 24 * 3600


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are made by invitation or by a community lead, so nobody signs up alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return str(request.META.get("REMOTE_ADDR", ""))

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Usernames are chosen by whoever makes the account."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Home of the network whose address was used; without a network, the list of one's networks."""
        return reverse("web:home" if getattr(request, "network", None) else "web:networks")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Through the outbox, as every other message. Links and codes that let one in do not stay there."""
        self._queue(template_prefix, email, context, secret=True)

    def _queue(self, template_prefix: str, email: str, context: dict[str, Any], *, secret: bool) -> None:
        network = getattr(allauth_context.request, "network", None)
        values = {**context, "email": email, "network": network.name if network else ""}
        mail.queue(
            tenant=network.tenant if network else None,
            to=email,
            subject=render_to_string(f"{template_prefix}_subject.txt", values),
            template=f"{template_prefix}_message.txt",
            context=values,
            at=timezone.now(),
            secret=secret,
        )

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Account,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell the person of a change in how they sign in; somebody without an address reads it in the profile."""
        address = email or user.email
        if address:
            self._queue(template_prefix, address, context or {}, secret=False)

    def post_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse:
        """Go on with the colours that the person chose."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        remember_theme(response, user.theme)
        return response


def remember_theme(response: HttpResponse, theme: str) -> None:
    """Let the next pages have these colours; 'auto' leaves them to the device."""
    if theme in {"light", "dark"}:
        response.set_cookie(THEME_COOKIE, theme, max_age=YEAR, samesite="Lax")
    else:
        response.delete_cookie(THEME_COOKIE, samesite="Lax")


def display_name(account: Account) -> str:
    """The name that screens show."""
    return account.display_name
