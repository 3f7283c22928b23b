"""The devices on which people answer offline, and what still waits on them."""

from django.conf import settings
from django.db import models

from communitas.members.models import Network
from communitas.workbooks.models.reviews import Workbook


class Device(models.Model):
    """One person's copy on one device, as far as one network knows it. Two people on one tablet are two rows."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="devices")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="devices")
    device_id = models.CharField(max_length=40)
    name = models.CharField(max_length=80, blank=True)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    cloned_at = models.DateTimeField(null=True)  # a number was used twice: the device's store was copied or put back
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-last_seen_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "account", "device_id"], name="a_person_has_a_device_once_in_a_network"
            )
        ]

    def __str__(self) -> str:
        return self.name or self.device_id


class Unsent(models.Model):
    """How many answers for a workbook wait on a device, as it said last."""

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="unsent")
    workbook = models.ForeignKey(Workbook, on_delete=models.CASCADE, related_name="unsent")
    count = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(null=True)
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["-said_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["device", "workbook"], name="a_device_tells_once_of_a_workbook")]

    def __str__(self) -> str:
        return str(self.count)
