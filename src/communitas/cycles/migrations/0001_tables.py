import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from communitas.kit.tables import Tables


class Migration(migrations.Migration):
    """The tables of cycles.

    It stands for the migrations that made them step by step before the first release.
    """

    replaces = [
        ("cycles", "0001_initial"),
        ("cycles", "0003_alter_enrolment_stage"),
        ("cycles", "0004_reminders_by_themselves"),
    ]

    initial = True

    dependencies = [
        ("members", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("standards", "0001_tables"),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="Cycle",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("name", models.CharField(max_length=60, verbose_name="name")),
                    ("opens_on", models.DateField(verbose_name="opens on")),
                    ("closes_on", models.DateField(verbose_name="closes on")),
                    (
                        "state",
                        models.CharField(
                            choices=[("planned", "planned"), ("open", "open"), ("closed", "closed")],
                            default="planned",
                            max_length=8,
                        ),
                    ),
                    ("windows", models.JSONField(default=dict, verbose_name="windows")),
                    (
                        "edition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="cycles",
                            to="standards.edition",
                            verbose_name="edition",
                        ),
                    ),
                    (
                        "network",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="cycles", to="members.network"
                        ),
                    ),
                    (
                        "previous",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="following",
                            to="cycles.cycle",
                        ),
                    ),
                ],
                options={
                    "ordering": ["-opens_on"],
                    "constraints": [
                        models.UniqueConstraint(fields=("network", "name"), name="a_cycle_is_named_once"),
                        models.CheckConstraint(
                            condition=models.Q(("closes_on__gt", models.F("opens_on"))),
                            name="a_cycle_closes_after_it_opens",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Enrolment",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "pathway",
                        models.CharField(
                            choices=[
                                ("developmental", "developmental"),
                                ("peer_review", "peer review"),
                                ("accreditation", "accreditation"),
                            ],
                            default="peer_review",
                            max_length=14,
                            verbose_name="pathway",
                        ),
                    ),
                    ("modules", models.JSONField(blank=True, default=list, verbose_name="modules")),
                    ("community_name", models.CharField(max_length=120)),
                    ("region", models.CharField(blank=True, max_length=80)),
                    (
                        "stage",
                        models.CharField(
                            choices=[
                                ("enrolled", "Enrolled"),
                                ("self_review", "Self-review"),
                                ("visit", "Peer-review visit"),
                                ("drafting", "Draft report"),
                                ("fact_check", "Factual check"),
                                ("final", "Final report"),
                                ("action_plan", "Action plan"),
                                ("completed", "Completed"),
                                ("withdrawn", "Withdrawn"),
                                ("closed", "Closed"),
                                ("merged", "Merged"),
                            ],
                            default="enrolled",
                            max_length=12,
                        ),
                    ),
                    ("anchor_on", models.DateField(blank=True, null=True, verbose_name="visit date")),
                    ("imported", models.BooleanField(default=False, verbose_name="scores were imported")),
                    ("enrolled_at", models.DateTimeField()),
                    ("completed_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "community",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="enrolments",
                            to="members.community",
                        ),
                    ),
                    (
                        "cycle",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="enrolments", to="cycles.cycle"
                        ),
                    ),
                    (
                        "edition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="enrolments",
                            to="standards.edition",
                        ),
                    ),
                    (
                        "enrolled_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "organisation",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="members.organisation",
                        ),
                    ),
                    (
                        "service_type",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="enrolments",
                            to="members.servicetype",
                        ),
                    ),
                ],
                options={
                    "ordering": ["community_name", "pk"],
                    "indexes": [models.Index(fields=["cycle", "stage"], name="enrolment_by_stage")],
                    "constraints": [
                        models.UniqueConstraint(fields=("cycle", "community"), name="a_community_enrols_once_a_cycle")
                    ],
                },
            ),
            migrations.CreateModel(
                name="DueDate",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("what", models.CharField(max_length=24)),
                    ("due_on", models.DateField(blank=True, null=True)),
                    ("first_due_on", models.DateField(blank=True, null=True)),
                    ("done_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "enrolment",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="due_dates", to="cycles.enrolment"
                        ),
                    ),
                ],
                options={
                    "ordering": ["due_on", "pk"],
                    "indexes": [models.Index(fields=["due_on"], name="due_dates_in_order")],
                    "constraints": [
                        models.UniqueConstraint(fields=("enrolment", "what"), name="a_due_date_stands_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Move",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("verb", models.CharField(max_length=30)),
                    ("from_stage", models.CharField(blank=True, max_length=12)),
                    ("to_stage", models.CharField(blank=True, max_length=12)),
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
                        "enrolment",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="moves", to="cycles.enrolment"
                        ),
                    ),
                ],
                options={"ordering": ["-at", "-pk"]},
            ),
            migrations.CreateModel(
                name="Reminder",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("what", models.CharField(blank=True, max_length=24)),
                    ("at", models.DateTimeField()),
                    ("message", models.TextField(blank=True)),
                    ("recipients", models.PositiveSmallIntegerField(default=0)),
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
                        "enrolment",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="reminders", to="cycles.enrolment"
                        ),
                    ),
                ],
                options={"ordering": ["-at"]},
            ),
            migrations.CreateModel(
                name="ReminderPlan",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("on", models.BooleanField(default=True, verbose_name="reminders leave by themselves")),
                    ("before", models.JSONField(blank=True, default=list, verbose_name="days before")),
                    ("on_the_day", models.BooleanField(default=True, verbose_name="on the day")),
                    ("after", models.JSONField(blank=True, default=list, verbose_name="days after")),
                    (
                        "network",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="reminder_plan",
                            to="members.network",
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="DueReminder",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("what", models.CharField(max_length=24)),
                    ("due_on", models.DateField()),
                    ("step", models.SmallIntegerField()),
                    ("at", models.DateTimeField()),
                    (
                        "account",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "enrolment",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="due_reminders",
                            to="cycles.enrolment",
                        ),
                    ),
                ],
                options={
                    "ordering": ["-at", "-pk"],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("enrolment", "account", "what", "due_on", "step"), name="nobody_is_reminded_twice"
                        )
                    ],
                },
            ),
        )
    ]
