import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from communitas.kit.tables import Tables


class Migration(migrations.Migration):
    """The tables of visits.

    It stands for the migrations that made them step by step before the first release.
    """

    replaces = [
        ("visits", "0001_initial"),
        ("visits", "0003_times_and_revision_of_a_visit"),
        ("visits", "0004_dates_timetables_concerns_and_feedback"),
        ("visits", "0006_sheets_for_the_feedback_of_the_day"),
        ("visits", "0008_when_a_timetable_was_read"),
    ]

    initial = True

    dependencies = [
        ("cycles", "0001_tables"),
        ("members", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="Visit",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("on", models.DateField(blank=True, null=True, verbose_name="date")),
                    (
                        "form",
                        models.CharField(
                            choices=[("on_site", "on site"), ("virtual", "virtual"), ("hybrid", "hybrid")],
                            default="on_site",
                            max_length=8,
                            verbose_name="form",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("planned", "planned"),
                                ("team_appointed", "team appointed"),
                                ("confirmed", "confirmed"),
                                ("held", "held"),
                                ("closed", "closed"),
                                ("postponed", "postponed"),
                                ("cancelled", "cancelled"),
                            ],
                            default="planned",
                            max_length=14,
                        ),
                    ),
                    ("place", models.TextField(blank=True, verbose_name="where to come")),
                    ("link", models.URLField(blank=True, verbose_name="link of the meeting")),
                    ("practical", models.TextField(blank=True, verbose_name="what the team needs to know")),
                    ("closed_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "enrolment",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT, related_name="visit", to="cycles.enrolment"
                        ),
                    ),
                    ("ends", models.TimeField(blank=True, null=True, verbose_name="ends")),
                    ("revision", models.PositiveIntegerField(default=0)),
                    ("starts", models.TimeField(blank=True, null=True, verbose_name="starts")),
                    ("feedback_closes_at", models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    "ordering": ["on", "pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("state__in", ["planned", "postponed", "cancelled"]),
                                ("on__isnull", False),
                                _connector="OR",
                            ),
                            name="a_confirmed_visit_has_a_date",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("starts__isnull", True),
                                ("ends__isnull", True),
                                ("starts__lt", models.F("ends")),
                                _connector="OR",
                            ),
                            name="a_visit_starts_before_it_ends",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="TeamPlace",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "seat",
                        models.CharField(
                            choices=[
                                ("lead", "lead reviewer"),
                                ("specialist", "specialist"),
                                ("staff", "staff"),
                                ("client_member", "client member"),
                            ],
                            max_length=14,
                            verbose_name="seat",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("asked", "asked"),
                                ("accepted", "accepted"),
                                ("declined", "declined"),
                                ("removed", "taken off the team"),
                                ("absent", "could not come"),
                            ],
                            default="asked",
                            max_length=10,
                        ),
                    ),
                    ("reason", models.TextField(blank=True)),
                    ("appointed_at", models.DateTimeField()),
                    ("answered_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "account",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="team_places",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "appointed_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "from_community",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="members.community",
                        ),
                    ),
                    (
                        "visit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="places", to="visits.visit"
                        ),
                    ),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state__in", ["asked", "accepted", "absent"])),
                            fields=("visit", "account"),
                            name="a_person_fills_one_seat_a_visit",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("seat", "lead"), ("state__in", ["asked", "accepted"])),
                            fields=("visit",),
                            name="a_visit_has_one_lead_reviewer",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="VisitMove",
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
                        "visit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="moves", to="visits.visit"
                        ),
                    ),
                ],
                options={"ordering": ["-at", "-pk"]},
            ),
            migrations.CreateModel(
                name="VisitSettings",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("seats", models.JSONField(default=dict, verbose_name="seats by pathway")),
                    (
                        "repeat_after",
                        models.PositiveSmallIntegerField(default=3, verbose_name="cycles before a pair may meet again"),
                    ),
                    (
                        "visits_per_reviewer",
                        models.PositiveSmallIntegerField(default=3, verbose_name="visits of a reviewer in a cycle"),
                    ),
                    (
                        "network",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="visit_settings",
                            to="members.network",
                        ),
                    ),
                    (
                        "dates_asked",
                        models.PositiveSmallIntegerField(default=3, verbose_name="dates that a host offers"),
                    ),
                    (
                        "dates_from_weeks",
                        models.PositiveSmallIntegerField(default=4, verbose_name="weeks of notice of a visit"),
                    ),
                    (
                        "dates_until_weeks",
                        models.PositiveSmallIntegerField(default=52, verbose_name="weeks ahead that dates are offered"),
                    ),
                    ("day_ends", models.TimeField(default=datetime.time(16, 30), verbose_name="a visit ends")),
                    ("day_starts", models.TimeField(default=datetime.time(9, 30), verbose_name="a visit starts")),
                    (
                        "feedback_days",
                        models.PositiveSmallIntegerField(default=14, verbose_name="days for feedback after a visit"),
                    ),
                    (
                        "link_days_before",
                        models.PositiveSmallIntegerField(
                            default=7, verbose_name="days before the visit that its link is shown"
                        ),
                    ),
                    (
                        "weekdays_asked",
                        models.PositiveSmallIntegerField(default=2, verbose_name="different weekdays among them"),
                    ),
                ],
                options={"verbose_name_plural": "visit settings"},
            ),
            migrations.CreateModel(
                name="Interest",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("nature", models.TextField(verbose_name="what the interest is")),
                    ("declared_at", models.DateTimeField()),
                    ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "account",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="interests",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "community",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="interests",
                            to="members.community",
                        ),
                    ),
                ],
                options={
                    "ordering": ["-declared_at"],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("withdrawn_at__isnull", True)),
                            fields=("account", "community"),
                            name="an_interest_is_declared_once",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Concern",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("seen", models.TextField(verbose_name="what was seen or heard")),
                    ("at_risk", models.TextField(blank=True, verbose_name="who is at risk now")),
                    ("told", models.TextField(blank=True, verbose_name="who has been told")),
                    ("raised_at", models.DateTimeField()),
                    ("acknowledge_by", models.DateTimeField()),
                    ("escalates_at", models.DateTimeField()),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("raised", "waits for an answer"),
                                ("escalated", "passed on to the second person"),
                                ("acknowledged", "in hand"),
                                ("closed", "closed"),
                            ],
                            default="raised",
                            max_length=12,
                        ),
                    ),
                    (
                        "network",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="concerns", to="members.network"
                        ),
                    ),
                    (
                        "raised_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "visit",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="concerns",
                            to="visits.visit",
                        ),
                    ),
                ],
                options={"ordering": ["-raised_at", "-pk"]},
            ),
            migrations.CreateModel(
                name="ConcernStep",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("verb", models.CharField(max_length=20)),
                    ("words", models.TextField(blank=True)),
                    ("at", models.DateTimeField()),
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
                        "concern",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="visits.concern"
                        ),
                    ),
                ],
                options={"ordering": ["-at", "-pk"]},
            ),
            migrations.CreateModel(
                name="Participants",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "client_members",
                        models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="client members"),
                    ),
                    ("staff", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="staff")),
                    (
                        "others",
                        models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="families and others"),
                    ),
                    ("names", models.TextField(blank=True, verbose_name="names")),
                    ("access_needs", models.TextField(blank=True, verbose_name="access")),
                    ("diet", models.TextField(blank=True, verbose_name="food")),
                    ("clearance", models.TextField(blank=True, verbose_name="clearance")),
                    ("changed_at", models.DateTimeField()),
                    (
                        "changed_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "visit",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE, related_name="participants", to="visits.visit"
                        ),
                    ),
                ],
                options={"verbose_name_plural": "participants"},
            ),
            migrations.CreateModel(
                name="SafeguardingSettings",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("danger", models.TextField(blank=True, verbose_name="if somebody is in danger now")),
                    (
                        "acknowledge_hours",
                        models.PositiveSmallIntegerField(default=4, verbose_name="hours to acknowledge a concern"),
                    ),
                    (
                        "named",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "network",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="safeguarding",
                            to="members.network",
                        ),
                    ),
                    (
                        "second",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={"verbose_name_plural": "safeguarding settings"},
            ),
            migrations.CreateModel(
                name="TeamNeeds",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("access_needs", models.TextField(blank=True, verbose_name="access")),
                    ("diet", models.TextField(blank=True, verbose_name="food")),
                    ("clearance", models.TextField(blank=True, verbose_name="clearance")),
                    ("changed_at", models.DateTimeField()),
                    (
                        "place",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE, related_name="needs", to="visits.teamplace"
                        ),
                    ),
                ],
                options={"verbose_name_plural": "team needs"},
            ),
            migrations.CreateModel(
                name="Feedback",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("side", models.CharField(choices=[("host", "host"), ("team", "team")], max_length=4)),
                    ("answers", models.JSONField(default=dict)),
                    ("good", models.TextField(blank=True)),
                    ("better", models.TextField(blank=True)),
                    ("at", models.DateTimeField()),
                    (
                        "account",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "visit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="feedback", to="visits.visit"
                        ),
                    ),
                ],
                options={
                    "verbose_name_plural": "feedback",
                    "ordering": ["at", "pk"],
                    "constraints": [models.UniqueConstraint(fields=("visit", "account"), name="feedback_is_sent_once")],
                },
            ),
            migrations.CreateModel(
                name="OfferedDate",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("on", models.DateField(verbose_name="date")),
                    (
                        "state",
                        models.CharField(
                            choices=[("offered", "offered"), ("locked", "locked"), ("released", "free again")],
                            default="offered",
                            max_length=8,
                        ),
                    ),
                    ("at", models.DateTimeField()),
                    ("settled_at", models.DateTimeField(blank=True, null=True)),
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
                        "visit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="offered", to="visits.visit"
                        ),
                    ),
                ],
                options={
                    "ordering": ["on", "pk"],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "offered")),
                            fields=("visit", "on"),
                            name="a_date_is_offered_once",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("state", "locked")),
                            fields=("visit",),
                            name="one_date_of_a_visit_is_locked",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="TimetableLook",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("number", models.PositiveIntegerField()),
                    (
                        "account",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "visit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="+", to="visits.visit"
                        ),
                    ),
                    ("at", models.DateTimeField(null=True)),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("visit", "account"), name="a_person_has_read_one_version")
                    ]
                },
            ),
            migrations.CreateModel(
                name="TimetableTemplate",
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
                            max_length=14,
                            verbose_name="pathway",
                        ),
                    ),
                    (
                        "form",
                        models.CharField(
                            choices=[("on_site", "on site"), ("virtual", "virtual"), ("hybrid", "hybrid")],
                            max_length=8,
                            verbose_name="form",
                        ),
                    ),
                    ("rows", models.JSONField(default=list)),
                    ("version", models.PositiveIntegerField(default=0)),
                    ("changed_at", models.DateTimeField()),
                    (
                        "changed_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "network",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="timetable_templates",
                            to="members.network",
                        ),
                    ),
                ],
                options={
                    "ordering": ["pathway", "form"],
                    "constraints": [
                        models.UniqueConstraint(fields=("network", "pathway", "form"), name="a_template_stands_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="TimetableVersion",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("number", models.PositiveIntegerField()),
                    ("rows", models.JSONField(default=list)),
                    ("at", models.DateTimeField()),
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
                        "visit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="timetables", to="visits.visit"
                        ),
                    ),
                ],
                options={
                    "ordering": ["-number"],
                    "constraints": [
                        models.UniqueConstraint(fields=("visit", "number"), name="a_timetable_version_stands_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="SpeakingSheet",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("number", models.PositiveIntegerField()),
                    ("words", models.JSONField(default=dict)),
                    ("at", models.DateTimeField()),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "visit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="speaking", to="visits.visit"
                        ),
                    ),
                ],
                options={
                    "ordering": ["-number"],
                    "constraints": [
                        models.UniqueConstraint(fields=("visit", "number"), name="a_speaking_sheet_stands_once")
                    ],
                },
            ),
        )
    ]
