"""Copies of a device's unsent answers that somebody else brought back."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communitas.workbooks.models.reviews import Workbook


class SealedOutbox(models.Model):
    """A `.wbk` file: answers that nobody but this server can read, waiting until their author says they are theirs."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for its author")
        ADDED = "added", _("added")
        REFUSED = "refused", _("not the author's")

    workbook = models.ForeignKey(Workbook, on_delete=models.PROTECT, related_name="sealed")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    count = models.PositiveIntegerField()  # as the envelope says; what is inside counts
    sha256 = models.CharField(max_length=64)
    sealed = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-received_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["workbook", "sha256"], name="a_sealed_outbox_is_brought_once")]

    def __str__(self) -> str:
        return str(self.count)
