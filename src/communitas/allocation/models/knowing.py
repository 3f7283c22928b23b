"""What a plan wants to know of communities and reviewers beyond what members and visits hold."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communitas.members.models import Community, Network

ON_EARTH = Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180)


class AllocationSettings(models.Model):
    """How far people travel and what weighs how much. Seats and limits of conflicts stand in the settings of visits."""

    network = models.OneToOneField(Network, on_delete=models.CASCADE, related_name="allocation_settings")
    max_distance_km = models.PositiveIntegerField(_("kilometres that nobody travels beyond"), default=400)
    max_same_community = models.PositiveSmallIntegerField(_("people of one community in a team"), default=2)
    weights = models.JSONField(_("weights"), default=dict, blank=True)  # those that differ from the usual ones
    asks_next = models.BooleanField(_("the next person is asked when a seat falls empty"), default=True)
    stop_asking_days = models.PositiveSmallIntegerField(_("days before a visit that asking stops"), default=2)
    reserves_wished = models.PositiveSmallIntegerField(_("reserves for each visit"), default=1)
    currency = models.CharField(_("currency"), max_length=3, default="GBP")
    mileage_rate = models.PositiveSmallIntegerField(_("pence for each mile or kilometre by car"), default=45)
    mileage_unit = models.CharField(
        _("counted by"), max_length=4, choices=[("mile", _("mile")), ("km", _("kilometre"))], default="mile"
    )

    class Meta:
        verbose_name_plural = "allocation settings"

    def __str__(self) -> str:
        return f"allocation of {self.network}"


class ApproximatePoint(models.Model):
    """Roughly where a community is, for one whose address is hidden or has no exact place."""

    community = models.OneToOneField(Community, on_delete=models.CASCADE, related_name="approximate_point")
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=ON_EARTH, name="an_approximate_point_lies_on_earth")]

    def __str__(self) -> str:
        return f"roughly {self.community}"


class HomeBase(models.Model):
    """Where a reviewer sets out from, when it is not their community. A point near it is enough."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="home_bases")
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["network", "account"], name="a_reviewer_has_one_home_base"),
            models.CheckConstraint(condition=ON_EARTH, name="a_home_base_lies_on_earth"),
        ]

    def __str__(self) -> str:
        return f"home base of {self.account}"


class AvailableDay(models.Model):
    """A day on which a reviewer could visit."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="available_days")
    on = models.DateField(_("day"))
    imported = models.BooleanField(default=False)  # from a table; else it is the word of whoever stands in `by`
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [models.UniqueConstraint(fields=["network", "account", "on"], name="a_day_is_free_once")]
        indexes = [models.Index(fields=["network", "on"], name="available_days_in_order")]

    def __str__(self) -> str:
        return f"{self.account}: {self.on:%d %B %Y}"

    @property
    def said_by(self) -> str:
        """Whose word it is: `own`, `office` or `import`."""
        return "own" if self.by_id == self.account_id else "import" if self.imported else "office"
