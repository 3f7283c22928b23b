"""What an installation has one of: its epoch, and the keys for outboxes that were sealed to it."""

from django.db import models


class Epoch(models.Model):
    """A name for the time since this database was made or restored. The newest row counts.

    A device that finds another epoch than before offers again what it still holds.
    """

    name = models.UUIDField(unique=True)
    began_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        get_latest_by = "pk"

    def __str__(self) -> str:
        return str(self.name)


class ServerKey(models.Model):
    """A key pair to which devices seal what they cannot send. The newest row is given out; older ones still open."""

    key_id = models.CharField(max_length=64, unique=True)  # sha256 of the public key as it is given out
    spki = models.TextField()  # the public key, base64
    private = models.TextField()  # PKCS8, encrypted under the installation's secret
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        get_latest_by = "pk"

    def __str__(self) -> str:
        return self.key_id
