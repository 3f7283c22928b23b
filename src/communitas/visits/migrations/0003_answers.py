import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from communitas.kit.rows import Guard


class Migration(migrations.Migration):
    """Answers have a last day, hosts object, and secure sites want papers.

    What an objection says stays, and so does what was decided about it.
    """

    dependencies = [
        ("members", "0002_guards"),
        ("visits", "0002_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="teamplace",
            name="answer_by",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="teamplace",
            name="object_until",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="teamplace",
            name="reminded_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="visitsettings",
            name="answer_days",
            field=models.PositiveSmallIntegerField(default=7, verbose_name="days to answer when asked onto a team"),
        ),
        migrations.AddField(
            model_name="visitsettings",
            name="lapses",
            field=models.BooleanField(default=True, verbose_name="places without an answer are free again"),
        ),
        migrations.AddField(
            model_name="visitsettings",
            name="object_days",
            field=models.PositiveSmallIntegerField(default=5, verbose_name="working days for a host's objection"),
        ),
        migrations.AddField(
            model_name="visitsettings",
            name="short_answer_days",
            field=models.PositiveSmallIntegerField(default=2, verbose_name="days to answer on short notice"),
        ),
        migrations.AddField(
            model_name="visitsettings",
            name="short_notice_days",
            field=models.PositiveSmallIntegerField(
                default=14, verbose_name="last days before a visit that are short notice"
            ),
        ),
        migrations.AlterField(
            model_name="teamplace",
            name="state",
            field=models.CharField(
                choices=[
                    ("asked", "asked"),
                    ("accepted", "accepted"),
                    ("declined", "declined"),
                    ("lapsed", "no answer in time"),
                    ("withdrew", "withdrew"),
                    ("removed", "taken off the team"),
                    ("absent", "could not come"),
                ],
                default="asked",
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="Clearance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("to_send", "to be sent"),
                            ("sent", "sent"),
                            ("given", "given"),
                            ("refused", "refused"),
                        ],
                        default="to_send",
                        max_length=8,
                    ),
                ),
                ("papers_by", models.DateField(blank=True, null=True)),
                ("sent_on", models.DateField(blank=True, null=True)),
                ("decided_on", models.DateField(blank=True, null=True)),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                ("recorded_at", models.DateTimeField()),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "place",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="clearance", to="visits.teamplace"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SiteClearance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "weeks",
                    models.PositiveSmallIntegerField(verbose_name="weeks before the visit that papers must be in"),
                ),
                ("words", models.TextField(blank=True, verbose_name="what to send, and to whom")),
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
                    "community",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="site_clearance",
                        to="members.community",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField(verbose_name="reason")),
                ("raised_at", models.DateTimeField()),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("", "waits for a decision"), ("upheld", "upheld"), ("dismissed", "not upheld")],
                        default="",
                        max_length=9,
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="answer to the community")),
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
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="objections", to="visits.teamplace"
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-raised_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decision", "")), fields=("place",), name="one_objection_to_a_place_waits"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("decision", "")),
                            models.Q(
                                models.Q(("decision", ""), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="who_decides_an_objection_is_known",
                    ),
                ],
            },
        ),
        Guard("visits_objection", verbs=["DELETE"], name="objections_stay"),
        Guard(
            "visits_objection",
            verbs=["UPDATE"],
            name="what_an_objection_says_stays",
            condition="OLD.reason <> NEW.reason OR OLD.place_id <> NEW.place_id OR OLD.raised_at <> NEW.raised_at "
            "OR OLD.raised_by_id <> NEW.raised_by_id OR OLD.decision <> ''",
        ),
    ]
