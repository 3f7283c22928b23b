"""How the people of a team travel, and what it costs."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communitas.visits.models import TeamPlace


class Journey(models.Model):
    """The way of one person of a team to the visit and back. What stood there before is kept in the audit trail.

    Amounts are whole pence (the hundredth part of the network's currency).
    """

    class Mode(models.TextChoices):
        CAR = "car", _("car")
        TRANSIT = "transit", _("train or bus")
        LIFT = "lift", _("a lift with somebody")
        OTHER = "other", _("otherwise")

    place = models.OneToOneField(TeamPlace, on_delete=models.PROTECT, related_name="journey")
    mode = models.CharField(_("how they travel"), max_length=7, choices=Mode)
    lift_with = models.CharField(_("with whom"), max_length=120, blank=True)
    overnight = models.BooleanField(_("stays overnight"), default=False)
    arrives = models.TimeField(_("expected arrival"), null=True, blank=True)
    km = models.PositiveIntegerField(null=True)  # of the road there and back, estimated when it was entered
    estimate = models.PositiveIntegerField(_("expected cost"), null=True, blank=True)
    actual = models.PositiveIntegerField(_("what it cost"), null=True, blank=True)
    agreed = models.PositiveIntegerField(_("agreed"), null=True, blank=True)
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(paid_on__isnull=True) | Q(agreed__isnull=False), name="what_is_paid_was_agreed"
            )
        ]

    def __str__(self) -> str:
        return f"way of {self.place}"
