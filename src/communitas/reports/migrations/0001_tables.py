import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from communitas.kit.tables import Tables


class Migration(migrations.Migration):
    """The tables of reports.

    It stands for the migrations that made them step by step before the first release.
    """

    replaces = [
        ("reports", "0001_initial"),
        ("reports", "0003_keep_the_words_of_drafts"),
        ("reports", "0006_keep_plans_and_practice"),
        ("reports", "0008_keep_designs_and_private_links"),
        ("reports", "0010_build_reports_from_blocks_and_themes"),
        ("reports", "0012_keep_where_comments_stand"),
        ("reports", "0013_open_a_reduced_edition"),
        ("reports", "0014_correct_released_reports_in_words"),
    ]

    initial = True

    dependencies = [
        ("benchmarking", "0001_tables"),
        ("cycles", "0001_tables"),
        ("kit", "0001_tables"),
        ("members", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="Action",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("criterion_key", models.CharField(blank=True, max_length=60)),
                    ("improvement", models.TextField(blank=True)),
                    ("text", models.TextField(blank=True, verbose_name="action")),
                    ("owner_name", models.CharField(blank=True, max_length=120, verbose_name="who")),
                    ("due_on", models.DateField(blank=True, null=True, verbose_name="by when")),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("planned", "planned"),
                                ("under_way", "under way"),
                                ("done", "done"),
                                ("dropped", "given up"),
                                ("no_action", "no action"),
                            ],
                            default="planned",
                            max_length=10,
                        ),
                    ),
                    ("reason", models.TextField(blank=True, verbose_name="reason")),
                    ("made_at", models.DateTimeField()),
                    ("done_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "carried_from",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="carried_to",
                            to="reports.action",
                        ),
                    ),
                    (
                        "enrolment",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="actions", to="cycles.enrolment"
                        ),
                    ),
                    (
                        "made_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "owner",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("percent", models.PositiveSmallIntegerField(default=0, verbose_name="how far it has come")),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "no_action"), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="no_action_gives_its_reason",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("percent__lte", 100)), name="an_action_is_done_to_the_hundredth"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ActionNote",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("text", models.TextField(blank=True)),
                    ("change", models.JSONField(blank=True, default=dict)),
                    ("at", models.DateTimeField()),
                    (
                        "action",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="reports.action"
                        ),
                    ),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "undoes",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="undone_by",
                            to="reports.actionnote",
                        ),
                    ),
                ],
                options={
                    "ordering": ["-at", "-pk"],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("undoes__isnull", False)),
                            fields=("undoes",),
                            name="a_move_is_taken_back_once",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="LocalReport",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("version", models.PositiveSmallIntegerField(default=1)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("drafting", "being drafted"),
                                ("with_host", "with the host to check facts"),
                                ("deciding", "points being decided"),
                                ("waiting", "waiting for a second signature"),
                                ("final", "final"),
                                ("superseded", "superseded by a later version"),
                            ],
                            default="drafting",
                            max_length=10,
                        ),
                    ),
                    ("summary", models.TextField(blank=True, verbose_name="summary")),
                    ("begun_at", models.DateTimeField()),
                    ("delivered_at", models.DateTimeField(blank=True, null=True)),
                    ("answered_at", models.DateTimeField(blank=True, null=True)),
                    ("first_signed_at", models.DateTimeField(blank=True, null=True)),
                    ("signed_at", models.DateTimeField(blank=True, null=True)),
                    ("document", models.JSONField(blank=True, null=True)),
                    ("document_hash", models.CharField(blank=True, max_length=64)),
                    ("version_reason", models.TextField(blank=True, verbose_name="why there is a new version")),
                    (
                        "author",
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
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="local_reports",
                            to="cycles.enrolment",
                        ),
                    ),
                    (
                        "first_signed_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "pdf",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="kit.storedfile",
                        ),
                    ),
                    (
                        "signed_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ["enrolment", "-version"],
                    "constraints": [
                        models.UniqueConstraint(fields=("enrolment", "version"), name="local_reports_are_versioned"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "final"), _negated=True),
                                models.Q(("signed_by__isnull", False), models.Q(("document_hash", ""), _negated=True)),
                                _connector="OR",
                            ),
                            name="a_final_report_is_signed",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("signed_by__isnull", True),
                                models.Q(("signed_by", models.F("first_signed_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="two_persons_sign_a_report",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="FactPoint",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "side",
                        models.CharField(
                            choices=[("host", "host"), ("team", "review team"), ("off", "office")], max_length=4
                        ),
                    ),
                    ("criterion_key", models.CharField(blank=True, max_length=60)),
                    ("text", models.TextField(verbose_name="what is not right")),
                    ("wanted_score", models.CharField(blank=True, max_length=3)),
                    ("made_at", models.DateTimeField()),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("open", "to be decided"),
                                ("accepted", "accepted"),
                                ("declined", "not accepted"),
                                ("noted", "noted"),
                                ("withdrawn", "withdrawn"),
                            ],
                            default="open",
                            max_length=10,
                        ),
                    ),
                    ("decision", models.TextField(blank=True, verbose_name="reason")),
                    ("new_score", models.CharField(blank=True, max_length=3)),
                    ("decided_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "decided_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "made_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "report",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="points", to="reports.localreport"
                        ),
                    ),
                    ("score_before", models.CharField(blank=True, max_length=3)),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("decided_by__isnull", True),
                                models.Q(("decided_by", models.F("made_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="nobody_decides_their_own_point",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("state__in", ["open", "withdrawn"]), ("decided_by__isnull", False), _connector="OR"
                            ),
                            name="a_decided_point_names_who",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ReportEdit",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("before", models.TextField(blank=True)),
                    ("after", models.TextField(blank=True)),
                    ("at", models.DateTimeField()),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "report",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="edits", to="reports.localreport"
                        ),
                    ),
                ],
                options={"ordering": ["-at", "-pk"]},
            ),
            migrations.CreateModel(
                name="ActionEvidence",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("name", models.CharField(max_length=200)),
                    ("link", models.URLField(blank=True, max_length=1000)),
                    ("size", models.PositiveIntegerField(default=0)),
                    ("at", models.DateTimeField()),
                    ("withdrawn_at", models.DateTimeField(null=True)),
                    ("withdrawn_reason", models.TextField(blank=True)),
                    (
                        "action",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="evidence", to="reports.action"
                        ),
                    ),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "file",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="kit.storedfile",
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
                        "withdrawn_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("file__isnull", True), models.Q(("link", ""), _negated=True)),
                                models.Q(("file__isnull", False), ("link", "")),
                                _connector="OR",
                            ),
                            name="evidence_is_a_file_or_a_link",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                                models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="whoever_withdraws_evidence_is_named",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ActionReminder",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("due_on", models.DateField()),
                    (
                        "step",
                        models.CharField(choices=[("soon", "a week before"), ("late", "after its day")], max_length=4),
                    ),
                    ("at", models.DateTimeField()),
                    (
                        "account",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "action",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="reminders", to="reports.action"
                        ),
                    ),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("action", "account", "due_on", "step"),
                            name="a_person_is_reminded_of_an_action_once",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Practice",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("achievement", models.TextField()),
                    ("criterion_code", models.CharField(blank=True, max_length=40)),
                    ("section", models.CharField(blank=True, max_length=200, verbose_name="section")),
                    ("text", models.TextField(verbose_name="words for the library")),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("offered", "offered"),
                                ("shared", "in the library"),
                                ("returned", "returned"),
                                ("withdrawn", "withdrawn"),
                            ],
                            default="offered",
                            max_length=10,
                        ),
                    ),
                    ("offered_at", models.DateTimeField()),
                    ("decided_at", models.DateTimeField(null=True)),
                    (
                        "decided_by",
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
                            on_delete=django.db.models.deletion.PROTECT, related_name="practices", to="cycles.enrolment"
                        ),
                    ),
                    (
                        "network",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="practices", to="members.network"
                        ),
                    ),
                    (
                        "offered_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "service_type",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="members.servicetype",
                        ),
                    ),
                ],
                options={
                    "ordering": ["-offered_at", "-pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state__in", ["shared", "returned"]), _negated=True),
                                ("decided_by__isnull", False),
                                _connector="OR",
                            ),
                            name="somebody_decided_about_a_practice",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("decided_by__isnull", True),
                                models.Q(("decided_by", models.F("offered_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="nobody_decides_about_their_own_practice",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("text", ""), _negated=True), name="a_practice_has_words"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PracticeStep",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("verb", models.CharField(max_length=10)),
                    ("text", models.TextField()),
                    ("reason", models.TextField(blank=True)),
                    ("at", models.DateTimeField()),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "practice",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="reports.practice"
                        ),
                    ),
                ],
                options={"ordering": ["-at", "-pk"]},
            ),
            migrations.CreateModel(
                name="ReportDesign",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("number", models.PositiveIntegerField()),
                    ("main", models.CharField(max_length=7, verbose_name="main colour")),
                    ("accent", models.CharField(max_length=7, verbose_name="second colour")),
                    (
                        "cover",
                        models.CharField(
                            choices=[("circles", "the large circle"), ("plain", "plain")],
                            default="circles",
                            max_length=8,
                            verbose_name="cover",
                        ),
                    ),
                    ("welcome", models.TextField(blank=True, verbose_name="welcome")),
                    ("how_to_read", models.TextField(blank=True, verbose_name="how to read this report")),
                    ("contact", models.TextField(blank=True, verbose_name="whom to ask")),
                    ("logo_words", models.CharField(blank=True, max_length=120, verbose_name="what the logo shows")),
                    ("made_at", models.DateTimeField()),
                    (
                        "logo",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="kit.storedfile",
                        ),
                    ),
                    (
                        "made_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "network",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="report_designs",
                            to="members.network",
                        ),
                    ),
                ],
                options={
                    "ordering": ["network", "-number"],
                    "constraints": [
                        models.UniqueConstraint(fields=("network", "number"), name="report_designs_are_numbered")
                    ],
                },
            ),
            migrations.CreateModel(
                name="DesignUse",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("at", models.DateTimeField()),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "design",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="uses", to="reports.reportdesign"
                        ),
                    ),
                ],
                options={"ordering": ["-pk"]},
            ),
            migrations.CreateModel(
                name="ReportLink",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("recipient", models.CharField(max_length=160, verbose_name="who gets it")),
                    ("reason", models.TextField(verbose_name="why")),
                    ("secret_hash", models.CharField(max_length=64, unique=True)),
                    ("made_at", models.DateTimeField()),
                    ("ends_at", models.DateTimeField()),
                    ("ended_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "ended_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "made_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "report",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="private_links",
                            to="reports.localreport",
                        ),
                    ),
                    ("reduced", models.BooleanField(default=False)),
                ],
                options={
                    "ordering": ["-pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("ends_at__gt", models.F("made_at"))),
                            name="a_private_link_ends_after_it_was_made",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="LinkOpening",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("at", models.DateTimeField()),
                    ("file", models.BooleanField(default=False)),
                    (
                        "link",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="openings",
                            to="reports.reportlink",
                        ),
                    ),
                ],
                options={"ordering": ["-pk"]},
            ),
            migrations.CreateModel(
                name="Codebook",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("number", models.PositiveIntegerField()),
                    ("codes", models.JSONField()),
                    ("at", models.DateTimeField()),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "cycle",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="codebooks", to="cycles.cycle"
                        ),
                    ),
                ],
                options={
                    "ordering": ["cycle", "-number"],
                    "constraints": [models.UniqueConstraint(fields=("cycle", "number"), name="codebooks_are_numbered")],
                },
            ),
            migrations.CreateModel(
                name="Outline",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("number", models.PositiveIntegerField()),
                    ("blocks", models.JSONField()),
                    (
                        "verb",
                        models.CharField(
                            choices=[
                                ("begin", "begun"),
                                ("add", "added"),
                                ("change", "changed"),
                                ("move", "moved"),
                                ("remove", "removed"),
                                ("restore", "brought back"),
                            ],
                            max_length=8,
                        ),
                    ),
                    ("about", models.CharField(blank=True, max_length=120)),
                    ("restores", models.PositiveIntegerField(null=True)),
                    ("at", models.DateTimeField()),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "cycle",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="outlines", to="cycles.cycle"
                        ),
                    ),
                ],
                options={
                    "ordering": ["cycle", "-number"],
                    "constraints": [models.UniqueConstraint(fields=("cycle", "number"), name="outlines_are_numbered")],
                },
            ),
            migrations.CreateModel(
                name="NationalReport",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("introduction", models.TextField(blank=True, verbose_name="introduction")),
                    ("written_at", models.DateTimeField()),
                    (
                        "office_pdf",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="kit.storedfile",
                        ),
                    ),
                    (
                        "public_pdf",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="kit.storedfile",
                        ),
                    ),
                    (
                        "release",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="report",
                            to="benchmarking.release",
                        ),
                    ),
                    (
                        "written_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    ("content", models.JSONField(blank=True, null=True)),
                    (
                        "outline",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="reports.outline",
                        ),
                    ),
                ],
                options={"ordering": ["-pk"]},
            ),
            migrations.CreateModel(
                name="Remark",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("criterion_key", models.CharField(max_length=60)),
                    ("criterion_code", models.CharField(max_length=40)),
                    ("section", models.CharField(max_length=200, verbose_name="section")),
                    ("kind", models.CharField(max_length=6)),
                    ("text", models.TextField(verbose_name="comment")),
                    ("sha256", models.CharField(max_length=64)),
                    ("gone", models.BooleanField(default=False)),
                    (
                        "cycle",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="remarks", to="cycles.cycle"
                        ),
                    ),
                    (
                        "enrolment",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="remarks", to="cycles.enrolment"
                        ),
                    ),
                    (
                        "first_coder",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "second_coder",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "standing",
                        models.CharField(
                            choices=[
                                ("open", "nobody has coded it"),
                                ("once", "one person has coded it"),
                                ("agreed", "both coded it the same"),
                                ("differs", "the two differ"),
                                ("settled", "the difference is settled"),
                            ],
                            default="open",
                            max_length=8,
                        ),
                    ),
                    ("themes", models.CharField(blank=True, max_length=400)),
                ],
                options={
                    "ordering": ["cycle", "section", "criterion_code", "pk"],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("enrolment", "criterion_key", "kind", "sha256"), name="a_comment_is_taken_in_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("second_coder__isnull", True),
                                models.Q(
                                    ("first_coder__isnull", False),
                                    models.Q(("first_coder", models.F("second_coder")), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="two_different_people_code",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Quote",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("code", models.CharField(max_length=40)),
                    ("text", models.TextField(verbose_name="words to quote")),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("asked", "waiting for consent"),
                                ("consented", "consented, to be read by two"),
                                ("agreed", "may be quoted"),
                                ("refused", "not to be quoted"),
                                ("withdrawn", "withdrawn"),
                            ],
                            default="asked",
                            max_length=10,
                        ),
                    ),
                    ("redacted_at", models.DateTimeField()),
                    ("consented_at", models.DateTimeField(null=True)),
                    (
                        "consented_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "first_reader",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "redacted_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "second_reader",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "remark",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="quotes", to="reports.remark"
                        ),
                    ),
                ],
                options={
                    "ordering": ["-pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("text", ""), _negated=True), name="a_quotation_has_words"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "agreed"), _negated=True),
                                models.Q(
                                    ("consented_by__isnull", False),
                                    ("first_reader__isnull", False),
                                    ("second_reader__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="a_quotation_has_consent_and_two_readers",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("second_reader__isnull", True),
                                models.Q(("first_reader", models.F("second_reader")), _negated=True),
                                _connector="OR",
                            ),
                            name="two_different_people_read_a_quotation",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("first_reader__isnull", True),
                                    models.Q(("first_reader", models.F("redacted_by")), _negated=True),
                                    _connector="OR",
                                ),
                                models.Q(
                                    ("second_reader__isnull", True),
                                    models.Q(("second_reader", models.F("redacted_by")), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            name="nobody_reads_their_own_redaction",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="QuoteStep",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("verb", models.CharField(max_length=10)),
                    ("text", models.TextField()),
                    ("reason", models.TextField(blank=True)),
                    ("at", models.DateTimeField()),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "quote",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="reports.quote"
                        ),
                    ),
                ],
                options={"ordering": ["-at", "-pk"]},
            ),
            migrations.CreateModel(
                name="Coding",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("codes", models.JSONField()),
                    ("at", models.DateTimeField()),
                    (
                        "codebook",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reports.codebook"
                        ),
                    ),
                    (
                        "coder",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "remark",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="codings", to="reports.remark"
                        ),
                    ),
                ],
                options={"ordering": ["pk"]},
            ),
            migrations.CreateModel(
                name="Settling",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("codes", models.JSONField()),
                    ("reason", models.TextField()),
                    ("at", models.DateTimeField()),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "codebook",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reports.codebook"
                        ),
                    ),
                    (
                        "remark",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="settlings", to="reports.remark"
                        ),
                    ),
                ],
                options={"ordering": ["pk"]},
            ),
            migrations.CreateModel(
                name="Erratum",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("text", models.TextField(verbose_name="correction")),
                    ("at", models.DateTimeField()),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "report",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="errata",
                            to="reports.nationalreport",
                        ),
                    ),
                ],
                options={"verbose_name_plural": "errata", "ordering": ["pk"]},
            ),
        )
    ]
