import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from communitas.kit.tables import Tables


class Migration(migrations.Migration):
    """The tables of kit.

    It stands for the migrations that made them step by step before the first release.
    """

    replaces = [
        ("kit", "0001_initial"),
        ("kit", "0003_keep_no_secret_in_the_outbox"),
        ("kit", "0004_mail_follows_each_persons_choice"),
    ]

    initial = True

    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        Tables(
            migrations.CreateModel(
                name="Tenant",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("slug", models.SlugField(max_length=40, unique=True, verbose_name="address")),
                ],
            ),
            migrations.CreateModel(
                name="StoredFile",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("sha256", models.CharField(max_length=64)),
                    ("name", models.CharField(max_length=200)),
                    ("media_type", models.CharField(max_length=100)),
                    ("size", models.PositiveBigIntegerField()),
                    ("kept_at", models.DateTimeField()),
                    (
                        "tenant",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kit.tenant"
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("tenant", "sha256", "name"), name="file_is_kept_once")
                    ]
                },
            ),
            migrations.CreateModel(
                name="RememberedMapping",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("kind", models.CharField(max_length=40)),
                    ("header", models.CharField(max_length=200)),
                    ("field", models.CharField(max_length=60)),
                    (
                        "tenant",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="+", to="kit.tenant"
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("tenant", "kind", "header"), name="a_header_is_remembered_once")
                    ]
                },
            ),
            migrations.CreateModel(
                name="Proposal",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("action", models.CharField(max_length=60)),
                    ("object_type", models.CharField(max_length=80)),
                    ("object_id", models.CharField(max_length=64)),
                    ("title", models.CharField(max_length=200)),
                    ("url", models.CharField(blank=True, max_length=200)),
                    ("payload", models.JSONField(blank=True, default=dict)),
                    ("reason", models.TextField(blank=True)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("waiting", "waiting for a second person"),
                                ("confirmed", "confirmed"),
                                ("declined", "declined"),
                                ("withdrawn", "taken back"),
                            ],
                            default="waiting",
                            max_length=10,
                        ),
                    ),
                    ("proposed_at", models.DateTimeField()),
                    ("settled_at", models.DateTimeField(null=True)),
                    ("settled_reason", models.TextField(blank=True)),
                    (
                        "proposed_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "settled_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "tenant",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="proposals", to="kit.tenant"
                        ),
                    ),
                ],
                options={
                    "ordering": ["-pk"],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "waiting")),
                            fields=("tenant", "action", "object_type", "object_id"),
                            name="one_proposal_waits_at_a_time",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("settled_by", models.F("proposed_by")), ("state", "confirmed"), _negated=True
                            ),
                            name="nobody_confirms_their_own_proposal",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="OutboxMail",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("to", models.EmailField(max_length=254)),
                    ("subject", models.CharField(max_length=200)),
                    ("text", models.TextField()),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("waiting", "waiting"),
                                ("sent", "sent"),
                                ("failed", "failed"),
                                ("held", "held for a digest"),
                                ("merged", "sent in a digest"),
                            ],
                            default="waiting",
                            max_length=10,
                        ),
                    ),
                    ("tries", models.PositiveSmallIntegerField(default=0)),
                    ("problem", models.TextField(blank=True)),
                    ("queued_at", models.DateTimeField()),
                    ("sent_at", models.DateTimeField(null=True)),
                    (
                        "account",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "tenant",
                        models.ForeignKey(
                            null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kit.tenant"
                        ),
                    ),
                    ("secret", models.BooleanField(default=False)),
                    ("calendar", models.TextField(blank=True)),
                    ("calendar_method", models.CharField(blank=True, max_length=10)),
                    (
                        "digest",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="merged",
                            to="kit.outboxmail",
                        ),
                    ),
                    ("how", models.CharField(blank=True, max_length=10)),
                    ("kind", models.CharField(blank=True, max_length=40)),
                ],
                options={
                    "ordering": ["-pk"],
                    "indexes": [models.Index(fields=["state", "queued_at"], name="mail_by_state")],
                },
            ),
            migrations.CreateModel(
                name="Job",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("name", models.CharField(max_length=80)),
                    ("arguments", models.JSONField(blank=True, default=list)),
                    ("title", models.CharField(max_length=200)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("waiting", "waiting to begin"),
                                ("running", "under way"),
                                ("done", "done"),
                                ("failed", "failed"),
                            ],
                            default="waiting",
                            max_length=10,
                        ),
                    ),
                    ("step", models.CharField(blank=True, max_length=200)),
                    ("done", models.PositiveIntegerField(default=0)),
                    ("total", models.PositiveIntegerField(default=0)),
                    ("problem", models.TextField(blank=True)),
                    ("result_url", models.CharField(blank=True, max_length=200)),
                    ("queued_at", models.DateTimeField()),
                    ("finished_at", models.DateTimeField(null=True)),
                    (
                        "by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "tenant",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="jobs", to="kit.tenant"
                        ),
                    ),
                ],
                options={"ordering": ["-pk"]},
            ),
            migrations.CreateModel(
                name="ImportRun",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("kind", models.CharField(max_length=40)),
                    ("at", models.DateTimeField()),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("preview", "being checked"),
                                ("done", "imported"),
                                ("undone", "undone"),
                                ("abandoned", "left"),
                            ],
                            default="preview",
                            max_length=10,
                        ),
                    ),
                    ("target", models.CharField(blank=True, max_length=64)),
                    ("sheet", models.CharField(blank=True, max_length=100)),
                    ("mapping", models.JSONField(blank=True, default=dict)),
                    ("accept_rest", models.BooleanField(default=False)),
                    ("summary", models.JSONField(blank=True, default=dict)),
                    ("made", models.JSONField(blank=True, default=dict)),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "file",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kit.storedfile"
                        ),
                    ),
                    (
                        "tenant",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="imports", to="kit.tenant"
                        ),
                    ),
                ],
                options={"ordering": ["-pk"]},
            ),
            migrations.CreateModel(
                name="AuditLine",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("number", models.PositiveBigIntegerField()),
                    ("at", models.DateTimeField()),
                    ("verb", models.CharField(max_length=80)),
                    ("object_type", models.CharField(max_length=80)),
                    ("object_id", models.CharField(max_length=64)),
                    ("object_name", models.CharField(blank=True, max_length=200)),
                    ("reason", models.TextField(blank=True)),
                    ("detail", models.JSONField(blank=True, default=dict)),
                    ("hash_before", models.CharField(blank=True, max_length=64)),
                    ("hash", models.CharField(max_length=64)),
                    (
                        "by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "tenant",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="audit_lines", to="kit.tenant"
                        ),
                    ),
                ],
                options={
                    "ordering": ["tenant", "number"],
                    "indexes": [models.Index(fields=["tenant", "object_type", "object_id"], name="audit_by_object")],
                    "constraints": [
                        models.UniqueConstraint(fields=("tenant", "number"), name="audit_number_is_used_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="MailChoice",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("kind", models.CharField(max_length=40)),
                    (
                        "how",
                        models.CharField(
                            choices=[
                                ("at_once", "at once"),
                                ("daily", "once a day, all in one"),
                                ("weekly", "once a week, all in one"),
                                ("none", "not at all"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("chosen_at", models.DateTimeField()),
                    (
                        "account",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="mail_choices",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "tenant",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="+", to="kit.tenant"
                        ),
                    ),
                ],
                options={
                    "ordering": ["kind"],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("tenant", "account", "kind"), name="a_kind_of_mail_is_chosen_once"
                        )
                    ],
                },
            ),
        )
    ]
