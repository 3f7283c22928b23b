"""Who was given which criterion of a self-review, until when, and what became of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communitas.workbooks.models.reviews import Workbook


class Delegation(models.Model):
    """One criterion given to one person with a day. What ended stays as history.

    `giving` is the number of the act that gave it: many criteria may be given at once. `ended_with` is the number of
    the act that ended it, so that the act can be undone as a whole.
    """

    class Ended(models.TextChoices):
        """What became of it."""

        REPLACED = "replaced", _("given to somebody else")
        TAKEN_BACK = "taken_back", _("taken back")
        UNDONE = "undone", _("undone")
        LEFT = "left", _("no longer answers")

    workbook = models.ForeignKey(Workbook, on_delete=models.PROTECT, related_name="delegations")
    criterion_key = models.CharField(max_length=60)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    giving = models.UUIDField(db_index=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_as = models.CharField(max_length=10, choices=Ended, blank=True)
    ended_with = models.UUIDField(null=True, blank=True, db_index=True)

    class Meta:
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["workbook", "criterion_key"],
                condition=models.Q(ended_at=None),
                name="a_criterion_is_given_to_one_person_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, ended_as="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(ended_as="")),
                name="what_ended_says_how",
            ),
        ]
        indexes = [models.Index(fields=["account", "ended_at"], name="delegations_by_person")]

    def __str__(self) -> str:
        return f"{self.criterion_key}: {self.account}"
