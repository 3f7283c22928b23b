"""Rules that two people set aside for one reviewer at one visit."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from communitas.visits.models import Visit


class Override(models.Model):
    """Some rules do not keep somebody from a visit: one person proposed it, another confirmed it.

    Declined or lifted, it stays as history. It counts from its confirmation until it is lifted.
    """

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="overrides")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    rules = models.JSONField()  # names, of those in rules/problem.py that may be set aside
    reason = models.TextField(_("reason"))
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_reason = models.TextField(_("reason"), blank=True)  # of who did not confirm it, or took it back

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "account"], condition=Q(lifted_at__isnull=True), name="a_pair_has_one_override"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                name="an_override_takes_two_people",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="an_override_is_confirmed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit}: {self.account} in spite of {', '.join(self.rules)}"
