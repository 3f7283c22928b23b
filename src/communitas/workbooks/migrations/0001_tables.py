import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import communitas.kit.keys
from communitas.kit.tables import Tables


class Migration(migrations.Migration):
    """The tables of workbooks.

    It stands for the migrations that made them step by step before the first release.
    """

    replaces = [
        ("workbooks", "0001_initial"),
        ("workbooks", "0003_states_of_both_reviews"),
        ("workbooks", "0004_delegations"),
        ("workbooks", "0005_quarantine_devices_and_redaction"),
        ("workbooks", "0007_evidence"),
        ("workbooks", "0009_paper"),
        ("workbooks", "0011_spreadsheets"),
        ("workbooks", "0012_fewer_pages_an_event"),
        ("workbooks", "0013_heads_are_events"),
        ("workbooks", "0014_keep_the_heads"),
        ("workbooks", "0015_one_table_of_heads"),
    ]

    initial = True

    dependencies = [
        ("cycles", "0001_tables"),
        ("kit", "0001_tables"),
        ("members", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="Review",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "kind",
                        models.CharField(choices=[("self", "self-review"), ("peer", "peer-review")], max_length=4),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("open", "open"),
                                ("sent", "sent"),
                                ("not_started", "not started"),
                                ("scoring", "reviewers score alone"),
                                ("agreeing", "the team agrees scores"),
                                ("closed", "closed"),
                                ("reopened", "reopened"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("opened_at", models.DateTimeField(blank=True, null=True)),
                    ("sent_at", models.DateTimeField(blank=True, null=True)),
                    ("closed_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "closed_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "enrolment",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="cycles.enrolment"
                        ),
                    ),
                    (
                        "sent_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ["enrolment", "-kind"],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("enrolment", "kind"), name="an_enrolment_has_one_review_of_a_kind"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("kind", "self"), ("state__in", ["open", "sent", "reopened"])),
                                models.Q(
                                    ("kind", "peer"),
                                    ("state__in", ["not_started", "scoring", "agreeing", "closed", "reopened"]),
                                ),
                                _connector="OR",
                            ),
                            name="a_review_is_in_a_state_of_its_kind",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ReviewMove",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("verb", models.CharField(max_length=30)),
                    ("at", models.DateTimeField()),
                    ("reason", models.TextField(blank=True)),
                    ("detail", models.JSONField(blank=True, default=dict)),
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
                        "review",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="moves", to="workbooks.review"
                        ),
                    ),
                ],
                options={"ordering": ["-at", "-pk"]},
            ),
            migrations.CreateModel(
                name="Workbook",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("edition_hash", models.CharField(max_length=64)),
                    ("last_seq", models.PositiveBigIntegerField(default=0)),
                    (
                        "review",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT, related_name="workbook", to="workbooks.review"
                        ),
                    ),
                    ("counts", models.JSONField(default=dict)),
                ],
            ),
            migrations.CreateModel(
                name="Event",
                fields=[
                    ("id", communitas.kit.keys.RowKey(primary_key=True, serialize=False)),
                    ("event_id", models.UUIDField(unique=True)),
                    ("server_seq", models.PositiveBigIntegerField()),
                    ("criterion_key", models.CharField(blank=True, max_length=60)),
                    ("register", models.CharField(max_length=60)),
                    ("kind", models.CharField(max_length=10)),
                    ("supersedes", models.JSONField(default=list)),
                    ("device_id", models.CharField(blank=True, max_length=40)),
                    ("device_seq", models.PositiveBigIntegerField(blank=True, null=True)),
                    ("made_at", models.DateTimeField()),
                    ("received_at", models.DateTimeField()),
                    ("origin", models.CharField(default="web", max_length=14)),
                    ("hash", models.CharField(max_length=64)),
                    (
                        "author",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "workbook",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="events",
                            to="workbooks.workbook",
                        ),
                    ),
                ],
                options={
                    "ordering": ["workbook", "server_seq"],
                    "indexes": [
                        models.Index(fields=["workbook", "criterion_key", "register"], name="events_by_register"),
                        models.Index(
                            condition=models.Q(("device_id__gt", "")),
                            fields=["device_id", "device_seq"],
                            name="events_by_device",
                        ),
                    ],
                    "constraints": [
                        models.UniqueConstraint(fields=("workbook", "server_seq"), name="events_stand_in_one_order")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Payload",
                fields=[
                    (
                        "event",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            primary_key=True,
                            related_name="payload",
                            serialize=False,
                            to="workbooks.event",
                        ),
                    ),
                    ("salt", models.CharField(max_length=32)),
                    ("value", models.JSONField()),
                ],
            ),
            migrations.CreateModel(
                name="Presence",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("seen_at", models.DateTimeField()),
                    ("criterion_key", models.CharField(blank=True, max_length=60)),
                    (
                        "account",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "workbook",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="presences",
                            to="workbooks.workbook",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("workbook", "account"), name="a_person_is_present_once")
                    ]
                },
            ),
            migrations.CreateModel(
                name="Delegation",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("criterion_key", models.CharField(max_length=60)),
                    ("due_on", models.DateField()),
                    ("giving", models.UUIDField(db_index=True)),
                    ("given_at", models.DateTimeField()),
                    ("reminded_at", models.DateTimeField(blank=True, null=True)),
                    ("ended_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "ended_as",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("replaced", "given to somebody else"),
                                ("taken_back", "taken back"),
                                ("undone", "undone"),
                                ("left", "no longer answers"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("ended_with", models.UUIDField(blank=True, db_index=True, null=True)),
                    (
                        "account",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "ended_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "given_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "workbook",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="delegations",
                            to="workbooks.workbook",
                        ),
                    ),
                ],
                options={
                    "ordering": ["-given_at", "-pk"],
                    "indexes": [models.Index(fields=["account", "ended_at"], name="delegations_by_person")],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("ended_at", None)),
                            fields=("workbook", "criterion_key"),
                            name="a_criterion_is_given_to_one_person_at_a_time",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("ended_as", ""), ("ended_at", None)),
                                models.Q(("ended_at__isnull", False), models.Q(("ended_as", ""), _negated=True)),
                                _connector="OR",
                            ),
                            name="what_ended_says_how",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Quarantined",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("named", models.CharField(max_length=60)),
                    ("role", models.CharField(blank=True, max_length=20)),
                    ("event_id", models.CharField(blank=True, max_length=60)),
                    ("criterion_key", models.CharField(blank=True, max_length=60)),
                    ("register", models.CharField(blank=True, max_length=60)),
                    ("kind", models.CharField(blank=True, max_length=20)),
                    ("device_id", models.CharField(blank=True, max_length=40)),
                    ("device_seq", models.PositiveBigIntegerField(null=True)),
                    ("reason", models.CharField(max_length=40)),
                    ("sentence", models.TextField()),
                    ("received_at", models.DateTimeField()),
                    ("fingerprint", models.CharField(max_length=64, unique=True)),
                    ("hash", models.CharField(max_length=64)),
                    (
                        "author",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "network",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="quarantined",
                            to="members.network",
                        ),
                    ),
                    (
                        "workbook",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="quarantined",
                            to="workbooks.workbook",
                        ),
                    ),
                ],
                options={
                    "ordering": ["-received_at", "-pk"],
                    "indexes": [models.Index(fields=["device_id", "device_seq"], name="quarantined_by_device")],
                },
            ),
            migrations.CreateModel(
                name="Epoch",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("name", models.UUIDField(unique=True)),
                    ("began_at", models.DateTimeField()),
                ],
                options={"ordering": ["-pk"], "get_latest_by": "pk"},
            ),
            migrations.CreateModel(
                name="ServerKey",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("key_id", models.CharField(max_length=64, unique=True)),
                    ("spki", models.TextField()),
                    ("private", models.TextField()),
                    ("made_at", models.DateTimeField()),
                ],
                options={"ordering": ["-pk"], "get_latest_by": "pk"},
            ),
            migrations.CreateModel(
                name="QuarantinedWords",
                fields=[
                    (
                        "quarantined",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            primary_key=True,
                            related_name="words",
                            serialize=False,
                            to="workbooks.quarantined",
                        ),
                    ),
                    ("salt", models.CharField(max_length=32)),
                    ("raw", models.TextField()),
                ],
            ),
            migrations.CreateModel(
                name="Device",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("device_id", models.CharField(max_length=40)),
                    ("name", models.CharField(blank=True, max_length=80)),
                    ("first_seen_at", models.DateTimeField()),
                    ("last_seen_at", models.DateTimeField()),
                    ("cloned_at", models.DateTimeField(null=True)),
                    ("revoked_at", models.DateTimeField(null=True)),
                    (
                        "account",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="devices",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "network",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="devices", to="members.network"
                        ),
                    ),
                ],
                options={
                    "ordering": ["-last_seen_at", "-pk"],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("network", "account", "device_id"), name="a_person_has_a_device_once_in_a_network"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Redaction",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("reason", models.TextField()),
                    ("at", models.DateTimeField()),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "event",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="redaction",
                            to="workbooks.event",
                        ),
                    ),
                    (
                        "quarantined",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="redaction",
                            to="workbooks.quarantined",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("event__isnull", True), ("quarantined__isnull", True), _connector="XOR"
                            ),
                            name="a_redaction_is_of_one_thing",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("reason", ""), _negated=True), name="a_redaction_has_a_reason"
                        ),
                    ]
                },
            ),
            migrations.CreateModel(
                name="SealedOutbox",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("received_at", models.DateTimeField()),
                    ("count", models.PositiveIntegerField()),
                    ("sha256", models.CharField(max_length=64)),
                    ("sealed", models.TextField()),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("waiting", "waits for its author"),
                                ("added", "added"),
                                ("refused", "not the author's"),
                            ],
                            default="waiting",
                            max_length=10,
                        ),
                    ),
                    ("settled_at", models.DateTimeField(null=True)),
                    (
                        "author",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "brought_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "workbook",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="sealed", to="workbooks.workbook"
                        ),
                    ),
                ],
                options={
                    "ordering": ["-received_at", "-pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("workbook", "sha256"), name="a_sealed_outbox_is_brought_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Unsent",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("count", models.PositiveIntegerField(default=0)),
                    ("since", models.DateTimeField(null=True)),
                    ("said_at", models.DateTimeField()),
                    (
                        "device",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="unsent", to="workbooks.device"
                        ),
                    ),
                    (
                        "workbook",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="unsent", to="workbooks.workbook"
                        ),
                    ),
                ],
                options={
                    "ordering": ["-said_at", "-pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("device", "workbook"), name="a_device_tells_once_of_a_workbook")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Decision",
                fields=[
                    (
                        "quarantined",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            primary_key=True,
                            related_name="decision",
                            serialize=False,
                            to="workbooks.quarantined",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("waiting", "waiting"),
                                ("placed", "placed"),
                                ("kept", "kept as a note"),
                                ("declined", "declined"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("at", models.DateTimeField()),
                    ("reason", models.TextField(blank=True)),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "event",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="placed_by",
                            to="workbooks.event",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("event__isnull", False), ("state", "placed")),
                                models.Q(models.Q(("state", "placed"), _negated=True), ("event__isnull", True)),
                                _connector="OR",
                            ),
                            name="a_placed_answer_is_an_event",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "declined"), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="a_declined_answer_has_a_reason",
                        ),
                    ]
                },
            ),
            migrations.CreateModel(
                name="Upload",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("sha256", models.CharField(max_length=64)),
                    ("name", models.CharField(max_length=200)),
                    ("size", models.PositiveIntegerField()),
                    ("begun_at", models.DateTimeField()),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "workbook",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="uploads", to="workbooks.workbook"
                        ),
                    ),
                ],
                options={
                    "ordering": ["begun_at", "pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("workbook", "by", "sha256"), name="a_person_sends_a_file_once"),
                        models.CheckConstraint(
                            condition=models.Q(("size__gt", 0)), name="a_file_on_its_way_is_not_empty"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Chunk",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("number", models.PositiveSmallIntegerField()),
                    ("sha256", models.CharField(max_length=64)),
                    ("size", models.PositiveIntegerField()),
                    (
                        "upload",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="chunks", to="workbooks.upload"
                        ),
                    ),
                ],
                options={
                    "ordering": ["upload", "number"],
                    "constraints": [
                        models.UniqueConstraint(fields=("upload", "number"), name="a_piece_is_written_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Evidence",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("sha256", models.CharField(max_length=64)),
                    ("kind", models.CharField(max_length=10)),
                    ("size", models.PositiveIntegerField()),
                    ("kept_at", models.DateTimeField()),
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
                        "shown",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="kit.storedfile",
                        ),
                    ),
                    (
                        "workbook",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="evidence",
                            to="workbooks.workbook",
                        ),
                    ),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("workbook", "sha256"), name="evidence_is_kept_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Printing",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("token", models.CharField(max_length=6, unique=True)),
                    ("edition_hash", models.CharField(max_length=64)),
                    ("last_seq", models.PositiveBigIntegerField()),
                    ("choices", models.JSONField(default=dict)),
                    ("printed_at", models.DateTimeField()),
                    (
                        "printed_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "reviewer",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "workbook",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="printings",
                            to="workbooks.workbook",
                        ),
                    ),
                ],
                options={"ordering": ["-printed_at", "-pk"]},
            ),
            migrations.CreateModel(
                name="Sheet",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("number", models.PositiveSmallIntegerField()),
                    ("copy", models.PositiveSmallIntegerField(default=1)),
                    ("criteria", models.JSONField(default=list)),
                    ("findings", models.JSONField(default=list)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("printed", "on paper"),
                                ("begun", "being keyed in"),
                                ("keyed", "keyed in, not yet checked"),
                                ("differs", "two readings differ"),
                                ("checked", "checked"),
                                ("missing", "missing"),
                            ],
                            default="printed",
                            max_length=8,
                        ),
                    ),
                    ("hand", models.CharField(blank=True, max_length=120)),
                    ("holder", models.CharField(blank=True, max_length=120)),
                    ("keyed_at", models.DateTimeField(blank=True, null=True)),
                    ("checked_at", models.DateTimeField(blank=True, null=True)),
                    ("note", models.CharField(blank=True, max_length=300)),
                    ("standing", models.JSONField(default=dict)),
                    (
                        "checked_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "keyed_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "printing",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="sheets", to="workbooks.printing"
                        ),
                    ),
                    (
                        "reviewer",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ["printing", "number", "copy"],
                    "constraints": [
                        models.UniqueConstraint(fields=("printing", "number", "copy"), name="a_sheet_is_printed_once"),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("state__in", ["printed", "begun", "keyed", "differs", "checked", "missing"])
                            ),
                            name="a_sheet_is_in_a_known_state",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state__in", ["keyed", "differs", "checked"]), _negated=True),
                                ("keyed_by__isnull", False),
                                _connector="OR",
                            ),
                            name="somebody_keyed_in_what_is_keyed_in",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("checked_by", models.F("keyed_by")), _negated=True),
                            name="a_second_person_checks_a_sheet",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Keying",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "part",
                        models.CharField(
                            choices=[
                                ("first", "keyed in"),
                                ("check", "keyed in for the check"),
                                ("settled", "settled"),
                            ],
                            max_length=7,
                        ),
                    ),
                    ("entries", models.JSONField(default=dict)),
                    ("problems", models.JSONField(default=dict)),
                    ("saved_at", models.DateTimeField()),
                    ("sent_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "sheet",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="keyings", to="workbooks.sheet"
                        ),
                    ),
                ],
                options={
                    "ordering": ["sheet", "pk"],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("sent_at", None)),
                            fields=("sheet", "part", "by"),
                            name="one_draft_of_a_sheet_a_person",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Spreadsheet",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("name", models.CharField(max_length=200)),
                    ("at", models.DateTimeField()),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("waiting", "waiting for a decision"),
                                ("merged", "taken over"),
                                ("left", "left as it is"),
                                ("undone", "undone"),
                            ],
                            default="waiting",
                            max_length=8,
                        ),
                    ),
                    ("settled_at", models.DateTimeField(null=True)),
                    ("made", models.JSONField(default=list)),
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
                        "settled_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "workbook",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="spreadsheets",
                            to="workbooks.workbook",
                        ),
                    ),
                ],
                options={"ordering": ["-pk"]},
            ),
            migrations.CreateModel(
                name="Head",
                fields=[
                    (
                        "event",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            primary_key=True,
                            related_name="head",
                            serialize=False,
                            to="workbooks.event",
                        ),
                    )
                ],
            ),
        )
    ]
