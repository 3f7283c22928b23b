"""What is asked: a questionnaire of an edition, its parts and items. A published one never changes."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communitas.standards.models import Edition


class Questionnaire(models.Model):
    """What one audience is asked, in one version.

    `translations` holds the same words in other languages: {"cy": {"name": "Cymraeg", "title": ..., "options": {...}}}.
    """

    class Audience(models.TextChoices):
        STAFF = "staff", _("staff")
        CLIENT_MEMBER = "client_member", _("client members")
        FAMILY = "family", _("families and friends")
        REFERRER = "referrer", _("referrers")
        CASE_NOTE = "case_note", _("case-note audit")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        SUPERSEDED = "superseded", _("followed by a new version")

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="questionnaires")
    audience = models.CharField(_("who is asked"), max_length=14, choices=Audience)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    title = models.CharField(_("title"), max_length=160)
    introduction = models.TextField(_("introduction"), blank=True)
    translations = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    copied_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="copies")
    content_hash = models.CharField(max_length=64, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-edition", "audience", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "audience", "version"], name="a_questionnaire_version_stands_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft") | ~models.Q(content_hash=""),
                name="a_published_questionnaire_has_its_hash",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("questionnaires:questionnaire", args=[self.pk])


class Part(models.Model):
    """Items of a questionnaire that belong together."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("heading"), max_length=160)
    introduction = models.TextField(_("introduction"), blank=True)
    translations = models.JSONField(default=dict, blank=True)  # {"cy": {"title": ..., "introduction": ...}}

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


class Item(models.Model):
    """One thing that is asked, and the criteria of the edition to which it speaks."""

    class Kind(models.TextChoices):
        AGREE = "agree", _("statement: how far do you agree?")
        YES_NO = "yes_no", _("yes, sometimes or no")
        NUMBER = "number", _("a number")
        TEXT = "text", _("own words")

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="items")
    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField(_("key"), max_length=40)
    kind = models.CharField(_("kind of answer"), max_length=6, choices=Kind, default=Kind.AGREE)
    text = models.TextField(_("words"))
    help = models.TextField(_("help"), blank=True)
    criteria = models.JSONField(_("criteria"), default=list, blank=True)  # keys of criteria of the edition
    bands = models.JSONField(_("groups of numbers"), default=list, blank=True)  # their upper ends, rising
    translations = models.JSONField(default=dict, blank=True)  # {"cy": {"text": ..., "help": ...}}

    class Meta:
        ordering = ["part__position", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "key"], name="an_item_of_a_questionnaire_stands_once")
        ]

    def __str__(self) -> str:
        return self.text[:80]
