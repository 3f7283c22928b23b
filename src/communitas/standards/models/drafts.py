"""What stood in a draft before each change, so that a change can be undone."""

from django.conf import settings
from django.db import models

from communitas.standards.models.editions import Edition


class DraftChange(models.Model):
    """One change of a draft: what was done, and the whole draft as it stood before. Gone once it is published."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="changes")
    what = models.CharField(max_length=200)
    before = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.what
