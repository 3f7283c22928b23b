"""Calendar feeds, and which visits were put into whose calendar by mail."""

from django.conf import settings
from django.db import models

from communitas.members.models import Network
from communitas.visits.models import Visit


class Feed(models.Model):
    """A person's calendar of one network, read under a secret address. A new secret ends the old address."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="feeds")
    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="feeds")
    secret = models.CharField(max_length=40)  # a part of what is signed; the address cannot be made from it alone
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "network"], name="a_person_has_one_feed_a_network")]

    def __str__(self) -> str:
        return f"{self.account}: {self.network}"


class Invited(models.Model):
    """A visit as a person's own calendar has it from our mail: which state of the visit, and how often we wrote."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    revision = models.PositiveIntegerField()
    sequence = models.PositiveIntegerField(default=0)
    cancelled = models.BooleanField(default=False)
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "account"], name="a_visit_is_in_a_calendar_once")]

    def __str__(self) -> str:
        return f"{self.visit}: {self.account}"
