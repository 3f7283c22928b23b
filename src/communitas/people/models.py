"""Accounts. One person has one account in the whole installation; roles are the networks' business."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by username in any case."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(username__iexact=username)

    def create_user(self, username: str, *, email: str = "", password: str | None = None, **fields: Any) -> "Account":
        account = self.model(username=username, email=self.normalize_email(email) or None, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A person who can sign in. An address is not required: residents may have none."""

    username = models.CharField(_("username"), max_length=60, unique=True)
    email = models.EmailField(  # noqa: DJ001  # null, because addresses are unique and many have none
        _("e-mail address"), null=True, blank=True
    )
    display_name = models.CharField(_("display name"), max_length=80)
    is_active = models.BooleanField(default=True)
    is_administrator = models.BooleanField(default=False)
    second_factor_required = models.BooleanField(default=False)
    language = models.CharField(_("language"), max_length=10, default="en-gb")
    theme = models.CharField(_("colours"), max_length=8, default="auto")
    joined_at = models.DateTimeField()
    must_set_password = models.BooleanField(default=False)
    last_seen_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]
    objects = AccountManager()

    class Meta:
        ordering = ["display_name", "pk"]
        constraints = [
            models.UniqueConstraint(Lower("username"), name="username_is_used_once_in_any_case"),
            models.UniqueConstraint(Lower("email"), name="address_is_used_once_in_any_case"),
            models.CheckConstraint(condition=~models.Q(username=""), name="an_account_has_a_username"),
            models.CheckConstraint(condition=~models.Q(display_name=""), name="an_account_has_a_display_name"),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def initials(self) -> str:
        """Up to two letters for the circle that stands for a person."""
        return "".join(part[0] for part in self.display_name.split()[:2]).upper()


class OneTimeCode(models.Model):
    """A printed code that lets somebody without an address set a password once."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="codes")
    code_hash = models.CharField(max_length=128)
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"code for {self.account}"


class Consent(models.Model):
    """What a person agreed to, or took back, for one purpose."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=60)
    given = models.BooleanField()
    at = models.DateTimeField()
    wording = models.TextField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.purpose}: {'yes' if self.given else 'no'}"
