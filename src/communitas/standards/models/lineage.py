"""How criteria of an edition descend from those of the edition before it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communitas.standards.models.criteria import Criterion
from communitas.standards.models.editions import Edition


class Lineage(models.Model):
    """One link of descent: which older criteria became which newer ones, and whether the meaning stayed."""

    class Kind(models.TextChoices):
        UNCHANGED = "unchanged", _("unchanged")
        REWORDED = "reworded", _("reworded")
        SPLIT = "split", _("split")
        MERGED = "merged", _("merged")
        NEW = "new", _("new")
        WITHDRAWN = "withdrawn", _("withdrawn")
        LEVEL_CHANGED = "level_changed", _("level changed")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="lineage")
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    older = models.ManyToManyField(Criterion, related_name="descendants", blank=True)
    newer = models.ManyToManyField(Criterion, related_name="ancestry", blank=True)
    same_meaning = models.BooleanField(_("same meaning"), null=True, blank=True)
    similarity = models.FloatField(null=True, blank=True)
    why = models.CharField(max_length=300, blank=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "lineage"

    def __str__(self) -> str:
        return self.get_kind_display()
