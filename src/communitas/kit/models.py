"""What every app stands on: the tenant, the audit trail, files, mail, background work, second persons, imports."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Tenant(models.Model):
    """Whose rows these are. It has no fields of the domain; members.Network is one-to-one with it."""

    slug = models.SlugField(_("address"), max_length=40, unique=True)

    def __str__(self) -> str:
        return self.slug


class AuditLine(models.Model):
    """One line of a tenant's audit trail, chained to the line before it by hash. The database refuses changes."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="audit_lines")
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=80)
    object_type = models.CharField(max_length=80)
    object_id = models.CharField(max_length=64)
    object_name = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)
    detail = models.JSONField(default=dict, blank=True)
    hash_before = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["tenant", "number"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="audit_number_is_used_once"),
        ]
        indexes = [models.Index(fields=["tenant", "object_type", "object_id"], name="audit_by_object")]

    def __str__(self) -> str:
        return f"{self.number} {self.verb} {self.object_name}"


class StoredFile(models.Model):
    """A file that was kept, written once under its sha256."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "sha256", "name"], name="file_is_kept_once"),
        ]

    def __str__(self) -> str:
        return self.name


class OutboxMail(models.Model):
    """A message to one person. It is written with the act that causes it and sent after the commit.

    A secret one holds a link or code that lets its reader in: its text is removed once it was sent.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        HELD = "held", _("held for a digest")
        MERGED = "merged", _("sent in a digest")

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, null=True, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    secret = models.BooleanField(default=False)
    kind = models.CharField(max_length=40, blank=True)  # see kit.mail_kinds
    how = models.CharField(max_length=10, blank=True)  # daily or weekly, for one that waits for its digest
    digest = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="merged")
    calendar = models.TextField(blank=True)  # an iCalendar object that goes with it
    calendar_method = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.TextField(blank=True)
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "queued_at"], name="mail_by_state")]

    def __str__(self) -> str:
        return self.subject


class MailChoice(models.Model):
    """How a person wants one kind of mail of a tenant. Without a row it comes as the kind usually does."""

    class How(models.TextChoices):
        AT_ONCE = "at_once", _("at once")
        DAILY = "daily", _("once a day, all in one")
        WEEKLY = "weekly", _("once a week, all in one")
        NONE = "none", _("not at all")

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_choices")
    kind = models.CharField(max_length=40)
    how = models.CharField(max_length=10, choices=How)
    chosen_at = models.DateTimeField()

    class Meta:
        ordering = ["kind"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "account", "kind"], name="a_kind_of_mail_is_chosen_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.get_how_display()}"


class Job(models.Model):
    """Background work that a person can watch and leave."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to begin")
        RUNNING = "running", _("under way")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="jobs")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    name = models.CharField(max_length=80)
    arguments = models.JSONField(default=list, blank=True)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    step = models.CharField(max_length=200, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True)
    result_url = models.CharField(max_length=200, blank=True)
    queued_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title


class Proposal(models.Model):
    """An act that waits for a second person. Nothing changes until another holder of the right confirms it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for a second person")
        CONFIRMED = "confirmed", _("confirmed")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("taken back")

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="proposals")
    action = models.CharField(max_length=60)
    object_type = models.CharField(max_length=80)
    object_id = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    url = models.CharField(max_length=200, blank=True)
    payload = models.JSONField(default=dict, blank=True)
    reason = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "action", "object_type", "object_id"],
                condition=models.Q(state="waiting"),
                name="one_proposal_waits_at_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="confirmed", settled_by=models.F("proposed_by")),
                name="nobody_confirms_their_own_proposal",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ImportRun(models.Model):
    """One import of a file: what was read, what the person decided, and what it made, so that it can be undone."""

    class State(models.TextChoices):
        PREVIEW = "preview", _("being checked")
        DONE = "done", _("imported")
        UNDONE = "undone", _("undone")
        ABANDONED = "abandoned", _("left")

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="imports")
    kind = models.CharField(max_length=40)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.PREVIEW)
    target = models.CharField(max_length=64, blank=True)
    sheet = models.CharField(max_length=100, blank=True)
    mapping = models.JSONField(default=dict, blank=True)
    accept_rest = models.BooleanField(default=False)
    summary = models.JSONField(default=dict, blank=True)
    made = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.file}"


class RememberedMapping(models.Model):
    """Which column header meant which field the last time a network imported this kind of file."""

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    header = models.CharField(max_length=200)
    field = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "kind", "header"], name="a_header_is_remembered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.header} = {self.field}"
