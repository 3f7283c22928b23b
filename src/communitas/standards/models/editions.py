"""A standard set and its numbered editions. A published edition never changes: the database refuses it."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communitas.members.models import Network


class StandardSet(models.Model):
    """A set of standards of a network, which has editions."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="standard_sets")
    name = models.CharField(_("name"), max_length=160)
    slug = models.SlugField(_("address"), max_length=60)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["network", "slug"], name="a_standard_set_has_its_own_address")]

    def __str__(self) -> str:
        return self.name


class Edition(models.Model):
    """A numbered edition. Reviews pin one; once published it is immutable and kept for ever."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        SUPERSEDED = "superseded", _("superseded")
        WITHDRAWN = "withdrawn", _("withdrawn")

    standard_set = models.ForeignKey(StandardSet, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField(_("edition"))
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    scale = models.JSONField(_("scale"), default=list)  # [{"value": 2, "word": "met"}, ...], highest first
    level_words = models.JSONField(_("words of the levels"), default=dict)  # {"1": "essential", ...}
    predecessor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="successors")
    content_hash = models.CharField(max_length=64, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["standard_set", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["standard_set", "number"], name="an_edition_is_numbered_once"),
            models.CheckConstraint(
                condition=models.Q(state="draft") | ~models.Q(content_hash=""), name="a_published_edition_has_its_hash"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, edition {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("standards:edition", args=[self.standard_set.slug, self.number])
