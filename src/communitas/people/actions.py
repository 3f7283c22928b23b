"""What changes an account. Who may do it is asked by whoever calls: the person alone, or members' policies."""

import secrets
from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.sessions.models import Session
from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from communitas.kit import mail
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import Tenant
from communitas.people.models import Account, Consent, OneTimeCode
from communitas.people.rules import consents, display_names, one_time_codes, usernames

ADDRESS_SALT = "communitas.people.address"
RANDOM_BYTES = 32


@transaction.atomic
def create_account(
    *,
    username: str,
    display_name: str,
    email: str = "",
    password: str | None = None,
    language: str = "",
    by: Account | None,
    at: datetime,
) -> Account:
    """Make an account. Without a password nobody can sign in until a one-time code or a link has set one."""
    name = usernames.normalised(username)
    taken = [name] if Account.objects.filter(username__iexact=name).exists() else []
    usernames.refuse_username(name, taken)
    display_names.refuse_display_name(display_name)
    _refuse_taken_address(email)
    return Account.objects.create_user(
        name,
        email=email,
        password=password,
        display_name=display_names.normalised(display_name),
        language=language or settings.LANGUAGE_CODE,
        joined_at=at,
        must_set_password=password is None,
    )


@transaction.atomic
def set_profile(
    *, account: Account, display_name: str, language: str, theme: str, by: Account, at: datetime
) -> Account:
    """Change the name that others see, the language and the colours."""
    display_names.refuse_display_name(display_name)
    account.display_name = display_names.normalised(display_name)
    account.language, account.theme = language, theme
    account.save(update_fields=["display_name", "language", "theme"])
    return account


@transaction.atomic
def ask_for_address(
    *, account: Account, email: str, link: str, tenant: Tenant | None, by: Account, at: datetime
) -> None:
    """Send a link to a new address, which counts only once it was opened there. `link` ends where the token goes."""
    _refuse_taken_address(email, but=account)
    token = signing.dumps({"account": account.pk, "email": email, "now": account.email or ""}, salt=ADDRESS_SALT)
    mail.queue(
        tenant=tenant,
        to=email,
        subject=_("Please confirm your new address"),
        template="people/mail/address.txt",
        context={"link": f"{link}{token}/", "name": account.display_name},
        at=at,
        account_id=account.pk,
        secret=True,
    )


@transaction.atomic
def confirm_address(*, token: str, by: Account, at: datetime) -> Account:
    """Take over the address that the link was sent to, and tell the old one. The link works for a day, once."""
    try:
        said = signing.loads(token, salt=ADDRESS_SALT, max_age=24 * 3600)
    except signing.BadSignature as bad:
        raise NotAllowed(_("This link no longer works. Please ask for a new one in your profile.")) from bad
    if said["account"] != by.pk or said["now"] != (by.email or ""):
        raise NotAllowed(_("This link belongs to another account, or was used already."))
    _refuse_taken_address(said["email"], but=by)
    before, by.email = by.email or "", said["email"]
    by.save(update_fields=["email"])
    EmailAddress.objects.filter(user_id=by.pk).delete()  # sign-in by code follows the account's address alone
    mail.queue(
        tenant=None,
        to=before,
        subject=_("Your address was changed"),
        template="people/mail/address_changed.txt",
        context={"name": by.display_name},
        at=at,
        account_id=by.pk,
    )
    return by


@transaction.atomic
def answer_consent(*, account: Account, purpose: str, given: bool, by: Account, at: datetime) -> Consent:
    """Give a consent or take it back. The answer before stays, with its date and the wording it was given to."""
    if by != account:
        raise NotAllowed(_("Only the person gives or takes back a consent."))
    wording = consents.purpose(purpose).wording
    last = Consent.objects.filter(account=account, purpose=purpose).first()
    if last is not None and last.given is given:
        return last
    return Consent.objects.create(account=account, purpose=purpose, given=given, at=at, wording=wording)


@transaction.atomic
def make_code(*, account: Account, by: Account, at: datetime) -> str:
    """A one-time code to print, which is kept only as a hash. Codes made before stop working."""
    code = one_time_codes.make_code(secrets.token_bytes(RANDOM_BYTES))
    OneTimeCode.objects.filter(account=account, used_at=None, withdrawn_at=None).update(withdrawn_at=at)
    OneTimeCode.objects.create(
        account=account,
        code_hash=make_password(one_time_codes.normalised(code)),
        made_by=by,
        made_at=at,
        expires_at=at + one_time_codes.VALID_FOR,
    )
    return code


def use_code(*, username: str, typed: str, password: str, by: None = None, at: datetime) -> Account:
    """Set the password of an account by its printed code. A wrong code counts as a try, also when it is refused.

    The refusal is the same whether the account, the code or its last try is missing.
    """
    with transaction.atomic():
        code = _open_code(username)
        fits = code is not None and check_password(one_time_codes.normalised(typed), code.code_hash)
        if code is None:
            make_password(typed)  # takes as long as comparing would
        elif fits and _still_works(code, at=at):
            _finish_code(code, password=password, at=at)
            return code.account
        else:
            code.tries += 1
            code.save(update_fields=["tries"])
    raise NotAllowed(
        _(
            "Username and code do not fit together, or the code no longer works. A code works once, for 14 days, and "
            "for no more than 5 wrong tries. Please ask your community lead for a new one."
        )
    )


@transaction.atomic
def require_second_factor(*, account: Account, by: Account | None, at: datetime) -> None:
    """From now on the account's roles count only with a second step at sign-in."""
    if not account.second_factor_required:
        account.second_factor_required = True
        account.save(update_fields=["second_factor_required"])


@transaction.atomic
def suspend(*, account: Account, by: Account, at: datetime) -> None:
    """Close an account for now: it cannot sign in, and what is signed in loses access at once."""
    if account == by:
        raise NotAllowed(_("Nobody closes their own account here: ask a colleague."))
    account.is_active = False
    account.save(update_fields=["is_active"])
    end_sessions(account=account, by=by, at=at)


@transaction.atomic
def restore(*, account: Account, by: Account, at: datetime) -> None:
    """Open a closed account again. Its roles are as they were."""
    account.is_active = True
    account.save(update_fields=["is_active"])


def end_sessions(*, account: Account, by: Account | None, at: datetime) -> int:
    """Sign the account out everywhere; the number of sessions ended."""
    held = [
        session.pk
        for session in Session.objects.iterator()
        if session.get_decoded().get("_auth_user_id") == str(account.pk)
    ]
    return Session.objects.filter(pk__in=held).delete()[0]


def _open_code(username: str) -> OneTimeCode | None:
    return (
        OneTimeCode.objects.select_for_update(of=("self",))
        .select_related("account")
        .filter(
            account__username__iexact=usernames.normalised(username),
            account__is_active=True,
            used_at=None,
            withdrawn_at=None,
        )
        .first()
    )


def _still_works(code: OneTimeCode, *, at: datetime) -> bool:
    known = one_time_codes.OneTimeCode(made_at=code.made_at, wrong_tries=code.tries, used_at=code.used_at)
    try:
        one_time_codes.refuse_code(known, at=at)
    except NotAllowed:
        return False
    return True


def _finish_code(code: OneTimeCode, *, password: str, at: datetime) -> None:
    code.used_at = at
    code.save(update_fields=["used_at"])
    code.account.set_password(password)
    code.account.must_set_password = False
    code.account.save(update_fields=["password", "must_set_password"])


def _refuse_taken_address(email: str, *, but: Account | None = None) -> None:
    others = Account.objects.exclude(pk=but.pk) if but else Account.objects.all()
    if email and others.filter(email__iexact=email).exists():
        raise NotAllowed(_("This address belongs to another account."))
