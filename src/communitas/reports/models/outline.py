"""What the office builds a national report from, in versions."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communitas.cycles.models import Cycle


class Outline(models.Model):
    """The blocks of a cycle's national report as they stood after one step. Rows are never changed.

    `restores` is the number of the version whose blocks this one brought back.
    """

    class Verb(models.TextChoices):
        BEGIN = "begin", _("begun")
        ADD = "add", _("added")
        CHANGE = "change", _("changed")
        MOVE = "move", _("moved")
        REMOVE = "remove", _("removed")
        RESTORE = "restore", _("brought back")

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="outlines")
    number = models.PositiveIntegerField()
    blocks = models.JSONField()
    verb = models.CharField(max_length=8, choices=Verb)
    about = models.CharField(max_length=120, blank=True)
    restores = models.PositiveIntegerField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["cycle", "-number"]
        constraints = [models.UniqueConstraint(fields=["cycle", "number"], name="outlines_are_numbered")]

    def __str__(self) -> str:
        return f"blocks of {self.cycle.name}, version {self.number}"
