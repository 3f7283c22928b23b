import uuid

import django.db.models.deletion
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

import communitas.kit.days
from communitas.kit.tables import Tables


class Migration(migrations.Migration):
    """The tables of questionnaires.

    It stands for the migrations that made them step by step before the first release.
    """

    replaces = [("questionnaires", "0001_initial"), ("questionnaires", "0003_months_in_plain_sql")]

    initial = True

    dependencies = [
        ("cycles", "0001_tables"),
        ("members", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("standards", "0001_tables"),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="Questionnaire",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "audience",
                        models.CharField(
                            choices=[
                                ("staff", "staff"),
                                ("client_member", "client members"),
                                ("family", "families and friends"),
                                ("referrer", "referrers"),
                                ("case_note", "case-note audit"),
                            ],
                            max_length=14,
                            verbose_name="who is asked",
                        ),
                    ),
                    ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                    ("title", models.CharField(max_length=160, verbose_name="title")),
                    ("introduction", models.TextField(blank=True, verbose_name="introduction")),
                    ("translations", models.JSONField(blank=True, default=dict)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("draft", "draft"),
                                ("published", "published"),
                                ("superseded", "followed by a new version"),
                            ],
                            default="draft",
                            max_length=10,
                        ),
                    ),
                    ("content_hash", models.CharField(blank=True, max_length=64)),
                    ("created_at", models.DateTimeField()),
                    ("published_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "copied_from",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="copies",
                            to="questionnaires.questionnaire",
                        ),
                    ),
                    (
                        "created_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "edition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="questionnaires",
                            to="standards.edition",
                        ),
                    ),
                    (
                        "published_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ["-edition", "audience", "-version"],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("edition", "audience", "version"), name="a_questionnaire_version_stands_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("state", "draft"), models.Q(("content_hash", ""), _negated=True), _connector="OR"
                            ),
                            name="a_published_questionnaire_has_its_hash",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Part",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("position", models.PositiveSmallIntegerField()),
                    ("title", models.CharField(max_length=160, verbose_name="heading")),
                    ("introduction", models.TextField(blank=True, verbose_name="introduction")),
                    ("translations", models.JSONField(blank=True, default=dict)),
                    (
                        "questionnaire",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="parts",
                            to="questionnaires.questionnaire",
                        ),
                    ),
                ],
                options={"ordering": ["position", "pk"]},
            ),
            migrations.CreateModel(
                name="Item",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("position", models.PositiveSmallIntegerField()),
                    ("key", models.SlugField(max_length=40, verbose_name="key")),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("agree", "statement: how far do you agree?"),
                                ("yes_no", "yes, sometimes or no"),
                                ("number", "a number"),
                                ("text", "own words"),
                            ],
                            default="agree",
                            max_length=6,
                            verbose_name="kind of answer",
                        ),
                    ),
                    ("text", models.TextField(verbose_name="words")),
                    ("help", models.TextField(blank=True, verbose_name="help")),
                    ("criteria", models.JSONField(blank=True, default=list, verbose_name="criteria")),
                    ("bands", models.JSONField(blank=True, default=list, verbose_name="groups of numbers")),
                    ("translations", models.JSONField(blank=True, default=dict)),
                    (
                        "part",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="items", to="questionnaires.part"
                        ),
                    ),
                    (
                        "questionnaire",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="items",
                            to="questionnaires.questionnaire",
                        ),
                    ),
                ],
                options={
                    "ordering": ["part__position", "position", "pk"],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("questionnaire", "key"), name="an_item_of_a_questionnaire_stands_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Opening",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("opens_on", models.DateField(verbose_name="opens on")),
                    ("closes_on", models.DateField(verbose_name="last day")),
                    (
                        "state",
                        models.CharField(
                            choices=[("open", "open"), ("closed", "closed"), ("released", "released")],
                            default="open",
                            max_length=8,
                        ),
                    ),
                    (
                        "expected",
                        models.PositiveSmallIntegerField(
                            blank=True, null=True, verbose_name="how many people are asked"
                        ),
                    ),
                    (
                        "asks_code",
                        models.BooleanField(default=True, verbose_name="each person needs a slip with a code"),
                    ),
                    ("link_token", models.CharField(max_length=43, unique=True)),
                    ("kiosk_token", models.CharField(max_length=43, unique=True)),
                    ("codes_made", models.PositiveIntegerField(default=0)),
                    ("opened_at", models.DateTimeField()),
                    ("released_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "returned",
                        models.PositiveIntegerField(blank=True, null=True, verbose_name="sheets that were counted"),
                    ),
                    ("enough", models.BooleanField(default=False)),
                    ("erased_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "enrolment",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="openings", to="cycles.enrolment"
                        ),
                    ),
                    (
                        "opened_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "released_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "questionnaire",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="openings",
                            to="questionnaires.questionnaire",
                        ),
                    ),
                ],
                options={
                    "ordering": ["enrolment", "questionnaire__audience", "pk"],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("questionnaire", "enrolment"), name="a_questionnaire_opens_once_for_an_enrolment"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("closes_on__gt", models.F("opens_on"))),
                            name="a_window_ends_after_it_begins",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "released"), _negated=True),
                                models.Q(("released_at__isnull", False), ("returned__isnull", False)),
                                _connector="OR",
                            ),
                            name="a_release_says_how_many_came_back",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("enough", False), ("returned__gte", 5), _connector="OR"),
                            name="no_figures_of_fewer_than_five",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Comment",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("text", models.TextField()),
                    ("shown_text", models.TextField(blank=True)),
                    (
                        "state",
                        models.CharField(
                            choices=[("waiting", "to be read"), ("shown", "shown"), ("kept_out", "kept out")],
                            default="waiting",
                            max_length=8,
                        ),
                    ),
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
                        "item",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="comments",
                            to="questionnaires.item",
                        ),
                    ),
                    (
                        "opening",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="comments",
                            to="questionnaires.opening",
                        ),
                    ),
                ],
                options={"ordering": ["id"]},
            ),
            migrations.CreateModel(
                name="Code",
                fields=[
                    ("hash", models.CharField(max_length=64, primary_key=True, serialize=False)),
                    (
                        "opening",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="codes",
                            to="questionnaires.opening",
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="QuestionnaireSettings",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "threshold",
                        models.PositiveSmallIntegerField(default=5, verbose_name="fewest answers that are shown"),
                    ),
                    (
                        "together",
                        models.PositiveSmallIntegerField(
                            default=1, verbose_name="people who may put together what they know"
                        ),
                    ),
                    (
                        "leave_to",
                        models.URLField(
                            default="https://www.bbc.co.uk/weather", verbose_name="where 'Leave this page now' leads"
                        ),
                    ),
                    (
                        "network",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="questionnaire_settings",
                            to="members.network",
                        ),
                    ),
                ],
                options={
                    "verbose_name_plural": "questionnaire settings",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("threshold__gte", 5)), name="fewer_than_five_are_never_shown"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("together__gte", 1)), name="everybody_knows_the_own_answer"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Released",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("outcome", models.CharField(max_length=7)),
                    ("answered", models.PositiveIntegerField(blank=True, null=True)),
                    ("counts", models.JSONField(blank=True, default=dict)),
                    ("leading", models.CharField(blank=True, max_length=9)),
                    (
                        "item",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="figures",
                            to="questionnaires.item",
                        ),
                    ),
                    (
                        "opening",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="figures",
                            to="questionnaires.opening",
                        ),
                    ),
                ],
                options={
                    "verbose_name_plural": "released figures",
                    "ordering": ["item__part__position", "item__position"],
                    "constraints": [
                        models.UniqueConstraint(fields=("opening", "item"), name="an_item_is_released_once"),
                        models.CheckConstraint(
                            condition=models.Q(("answered__isnull", True), ("answered__gte", 5), _connector="OR"),
                            name="no_figure_of_fewer_than_five",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Reply",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("month", models.DateField()),
                    (
                        "way",
                        models.CharField(
                            choices=[
                                ("link", "by link"),
                                ("kiosk", "on a shared device"),
                                ("signed_in", "signed in"),
                                ("paper", "on paper"),
                                ("audit", "case-note audit"),
                            ],
                            max_length=9,
                        ),
                    ),
                    ("answers", models.JSONField(default=dict)),
                    ("record", models.CharField(blank=True, max_length=40)),
                    (
                        "opening",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="replies",
                            to="questionnaires.opening",
                        ),
                    ),
                ],
                options={
                    "verbose_name_plural": "replies",
                    "ordering": ["id"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=django.db.models.lookups.Exact(communitas.kit.days.DayOfMonth("month"), 1),
                            name="a_reply_knows_only_its_month",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Withdrawal",
                fields=[
                    ("hash", models.CharField(max_length=64, primary_key=True, serialize=False)),
                    (
                        "reply",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="withdrawal",
                            to="questionnaires.reply",
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="Participation",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("month", models.DateField()),
                    (
                        "account",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "opening",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="participations",
                            to="questionnaires.opening",
                        ),
                    ),
                ],
                options={
                    "ordering": ["id"],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("opening", "account"), name="a_person_answers_a_questionnaire_once"
                        ),
                        models.CheckConstraint(
                            condition=django.db.models.lookups.Exact(communitas.kit.days.DayOfMonth("month"), 1),
                            name="a_participation_knows_only_its_month",
                        ),
                    ],
                },
            ),
        )
    ]
