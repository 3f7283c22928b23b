"""What a person's own page shows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from communitas.people import slots
from communitas.people.models import Account, Consent, OneTimeCode
from communitas.people.rules.consents import PURPOSES


@dataclass(frozen=True)
class ConsentLine:
    """One purpose with the person's last answer; `at` is None before the first answer."""

    key: str
    name: str
    wording: str
    given: bool
    at: datetime | None


def consents_of(account: Account) -> list[ConsentLine]:
    """Every purpose with the last answer to it."""
    last: dict[str, Consent] = {}
    for consent in Consent.objects.filter(account=account):
        last.setdefault(consent.purpose, consent)
    return [
        ConsentLine(
            each.key,
            each.name,
            each.wording,
            bool((found := last.get(each.key)) and found.given),
            found.at if found else None,
        )
        for each in PURPOSES
    ]


def second_steps_of(account: Account) -> list[str]:
    """The second steps that are set up, in words."""
    words = {"totp": _("authenticator app"), "webauthn": _("passkey or security key")}
    types = Authenticator.objects.filter(user_id=account.pk).values_list("type", flat=True)
    return sorted({words[kind] for kind in types if kind in words})


def page_for_second_step(account: Account) -> str:
    """The name of the page where the person shows the second step, or sets one up."""
    types = set(Authenticator.objects.filter(user_id=account.pk).values_list("type", flat=True))
    if Authenticator.Type.TOTP in types:
        return "mfa_reauthenticate"
    return "mfa_reauthenticate_webauthn" if Authenticator.Type.WEBAUTHN in types else "mfa_index"


def roles_of(account: Account) -> tuple[slots.RoleLine, ...]:
    """The roles that the person holds anywhere, told by the apps that grant them."""
    return tuple(line for lines in slots.roles.ask([account.pk]).get(account.pk, []) for line in lines)


def profile_of(account: Account) -> dict[str, Any]:
    """What the profile shows beside its form."""
    return {
        "consents": consents_of(account),
        "second_steps": second_steps_of(account),
        "roles": roles_of(account),
        "has_password": account.has_usable_password(),
    }


def kept_about(account: Account) -> list[slots.Kept]:
    """Everything that is kept about the person, by kind; passwords and codes are kept as hashes and not shown."""
    own = {
        _("Username"): account.username,
        _("Display name"): account.display_name,
        _("E-mail address"): account.email or "",
        _("Language"): account.language,
        _("Account since"): account.joined_at.date().isoformat(),
        _("Last here"): account.last_seen_at.isoformat() if account.last_seen_at else "",
    }
    answers = tuple(
        {
            _("Purpose"): consent.purpose,
            _("Answer"): _("yes") if consent.given else _("no"),
            _("When"): consent.at.isoformat(),
            _("Wording"): consent.wording,
        }
        for consent in Consent.objects.filter(account=account)
    )
    codes = tuple(
        {_("Made"): code.made_at.isoformat(), _("Used"): code.used_at.isoformat() if code.used_at else ""}
        for code in OneTimeCode.objects.filter(account=account)
    )
    told = [entry for entries in slots.kept.ask([account.pk]).get(account.pk, []) for entry in entries]
    return [
        slots.Kept(_("Account"), (own,)),
        slots.Kept(_("Consents"), answers),
        slots.Kept(_("One-time codes"), codes),
        *told,
    ]


def kept_as_json(account: Account) -> dict[str, Any]:
    """The same as plain values, for a file."""
    return {entry.what: list(entry.rows) for entry in kept_about(account)}
