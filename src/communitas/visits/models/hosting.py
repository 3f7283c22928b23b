"""What the host says of the day that was set for its visit: written once, the newest holds."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communitas.visits.models.visits import Visit


class HostAnswer(models.Model):
    """The community says that a day will do, or why it will not. Another day asks for another answer."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="host_answers")
    on = models.DateField(_("date"))
    accepts = models.BooleanField()
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(accepts=True) | ~models.Q(reason=""), name="a_host_that_declines_says_why"
            )
        ]

    def __str__(self) -> str:
        return f"{self.visit}: {self.on:%d %B %Y}"
