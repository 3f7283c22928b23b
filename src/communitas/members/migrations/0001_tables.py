import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from communitas.kit.tables import Tables


class Migration(migrations.Migration):
    """The tables of members.

    It stands for the migrations that made them step by step before the first release.
    """

    replaces = [
        ("members", "0001_initial"),
        ("members", "0003_invitations_wait_for_a_second_person"),
        ("members", "0004_room_for_files"),
    ]

    initial = True

    dependencies = [("kit", "0001_tables"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        Tables(
            migrations.CreateModel(
                name="Network",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("name", models.CharField(max_length=120, verbose_name="name")),
                    ("strapline", models.CharField(blank=True, max_length=200, verbose_name="strapline")),
                    ("welcome", models.TextField(blank=True, verbose_name="welcome text")),
                    ("office_name", models.CharField(blank=True, max_length=120, verbose_name="name of the office")),
                    (
                        "office_email",
                        models.EmailField(blank=True, max_length=254, verbose_name="address of the office"),
                    ),
                    ("office_address", models.TextField(blank=True, verbose_name="postal address")),
                    ("time_zone", models.CharField(default="Europe/London", max_length=60, verbose_name="time zone")),
                    ("language", models.CharField(default="en-gb", max_length=10, verbose_name="language")),
                    ("listed", models.BooleanField(default=True, verbose_name="shown on the front page")),
                    ("weekend", models.JSONField(default=list, verbose_name="days off, Monday is 0")),
                    ("regions", models.JSONField(default=list, verbose_name="regions")),
                    ("windows", models.JSONField(default=dict, verbose_name="windows and due dates")),
                    ("thresholds", models.JSONField(default=dict, verbose_name="thresholds of disclosure control")),
                    ("wording", models.JSONField(default=dict, verbose_name="wording by membership type")),
                    (
                        "tenant",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT, related_name="network", to="kit.tenant"
                        ),
                    ),
                    (
                        "evidence_megabytes",
                        models.PositiveIntegerField(default=1000, verbose_name="files of each community, in MB"),
                    ),
                ],
                options={"ordering": ["name"]},
            ),
            migrations.CreateModel(
                name="Organisation",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("name", models.CharField(max_length=160, verbose_name="name")),
                    (
                        "network",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="organisations",
                            to="members.network",
                        ),
                    ),
                ],
                options={
                    "ordering": ["name"],
                    "constraints": [
                        models.UniqueConstraint(
                            models.F("network"),
                            django.db.models.functions.text.Lower("name"),
                            name="an_organisation_is_named_once",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ServiceType",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("code", models.SlugField(max_length=40, verbose_name="code")),
                    ("name", models.CharField(max_length=80, verbose_name="name")),
                    ("plural", models.CharField(blank=True, max_length=80, verbose_name="name of several")),
                    ("position", models.PositiveSmallIntegerField(default=0)),
                    (
                        "network",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="service_types",
                            to="members.network",
                        ),
                    ),
                ],
                options={
                    "ordering": ["position", "name"],
                    "constraints": [
                        models.UniqueConstraint(fields=("network", "code"), name="a_service_type_is_coded_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Community",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("code", models.CharField(max_length=40, verbose_name="code")),
                    ("name", models.CharField(max_length=120, verbose_name="name")),
                    ("region", models.CharField(blank=True, max_length=80, verbose_name="region")),
                    ("town", models.CharField(blank=True, max_length=80, verbose_name="town")),
                    ("country", models.CharField(blank=True, max_length=60, verbose_name="country")),
                    ("address", models.TextField(blank=True, verbose_name="postal address")),
                    ("hidden_address", models.BooleanField(default=False, verbose_name="address is never shown")),
                    ("latitude", models.FloatField(blank=True, null=True, verbose_name="latitude")),
                    ("longitude", models.FloatField(blank=True, null=True, verbose_name="longitude")),
                    ("phone", models.CharField(blank=True, max_length=40, verbose_name="telephone")),
                    ("website", models.URLField(blank=True, verbose_name="website")),
                    ("about", models.TextField(blank=True, verbose_name="about the community")),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("active", "active"),
                                ("withdrawn", "withdrawn"),
                                ("closed", "closed"),
                                ("merged", "merged into another community"),
                            ],
                            default="active",
                            max_length=10,
                        ),
                    ),
                    (
                        "merged_into",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="absorbed",
                            to="members.community",
                        ),
                    ),
                    (
                        "network",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="communities",
                            to="members.network",
                        ),
                    ),
                    (
                        "organisation",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="communities",
                            to="members.organisation",
                        ),
                    ),
                    (
                        "service_type",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="communities",
                            to="members.servicetype",
                        ),
                    ),
                ],
                options={
                    "verbose_name_plural": "communities",
                    "ordering": ["name", "pk"],
                    "constraints": [
                        models.UniqueConstraint(
                            models.F("network"),
                            django.db.models.functions.text.Lower("code"),
                            name="a_community_code_is_used_once_in_any_case",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("code", ""), _negated=True), name="a_community_has_a_code"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("merged_into__isnull", False), ("status", "merged")),
                                models.Q(models.Q(("status", "merged"), _negated=True), ("merged_into__isnull", True)),
                                _connector="OR",
                            ),
                            name="a_merged_community_names_its_successor",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="CommunityChange",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("kind", models.CharField(max_length=20)),
                    ("before", models.CharField(blank=True, max_length=160)),
                    ("after", models.CharField(blank=True, max_length=160)),
                    ("effective_on", models.DateField()),
                    ("reason", models.TextField()),
                    ("at", models.DateTimeField()),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "community",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="members.community"
                        ),
                    ),
                ],
                options={"ordering": ["-effective_on", "-pk"]},
            ),
            migrations.CreateModel(
                name="Invitation",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "role",
                        models.CharField(
                            choices=[
                                ("staff", "staff"),
                                ("client_member", "client member"),
                                ("community_lead", "community lead"),
                                ("reviewer", "reviewer"),
                                ("lead_reviewer", "lead reviewer"),
                                ("office", "office"),
                                ("committee", "committee member"),
                            ],
                            max_length=16,
                        ),
                    ),
                    ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                    ("display_name", models.CharField(max_length=80, verbose_name="display name")),
                    ("secret_hash", models.CharField(max_length=64, unique=True)),
                    ("invited_at", models.DateTimeField()),
                    ("expires_at", models.DateTimeField()),
                    ("accepted_at", models.DateTimeField(blank=True, null=True)),
                    ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "accepted_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "community",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="invitations",
                            to="members.community",
                        ),
                    ),
                    (
                        "invited_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "network",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="invitations",
                            to="members.network",
                        ),
                    ),
                    ("duties", models.JSONField(blank=True, default=list)),
                    ("waiting", models.BooleanField(default=False)),
                ],
                options={"ordering": ["-pk"]},
            ),
            migrations.CreateModel(
                name="RoleGrant",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "role",
                        models.CharField(
                            choices=[
                                ("staff", "staff"),
                                ("client_member", "client member"),
                                ("community_lead", "community lead"),
                                ("reviewer", "reviewer"),
                                ("lead_reviewer", "lead reviewer"),
                                ("office", "office"),
                                ("committee", "committee member"),
                            ],
                            max_length=16,
                        ),
                    ),
                    ("duties", models.JSONField(blank=True, default=list)),
                    ("since_at", models.DateTimeField()),
                    ("until_at", models.DateTimeField(blank=True, null=True)),
                    ("ended_reason", models.TextField(blank=True)),
                    (
                        "account",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="roles",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "community",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="role_grants",
                            to="members.community",
                        ),
                    ),
                    (
                        "granted_by",
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
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="role_grants",
                            to="members.network",
                        ),
                    ),
                ],
                options={
                    "ordering": ["role", "pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("community__isnull", False),
                                    ("role__in", ["staff", "client_member", "community_lead"]),
                                ),
                                models.Q(("community__isnull", True), ("role__in", ["office", "committee"])),
                                ("role__in", ["reviewer", "lead_reviewer"]),
                                _connector="OR",
                            ),
                            name="community_roles_name_a_community",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("community__isnull", False), ("until_at__isnull", True)),
                            fields=("account", "network", "community", "role"),
                            name="a_community_role_is_held_once",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("community__isnull", True), ("until_at__isnull", True)),
                            fields=("account", "network", "role"),
                            name="a_network_role_is_held_once",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Access",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "relation",
                        models.CharField(
                            choices=[
                                ("team", "visit team"),
                                ("contributor", "named contributor"),
                                ("panel", "panel"),
                                ("link", "shared link"),
                                ("interest", "declared interest"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("source", models.CharField(max_length=40)),
                    ("scope", models.PositiveBigIntegerField(blank=True, null=True)),
                    ("since_at", models.DateTimeField()),
                    ("until_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "account",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="accesses",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "community",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="accesses", to="members.community"
                        ),
                    ),
                ],
                options={
                    "ordering": ["pk"],
                    "indexes": [models.Index(fields=["account", "relation"], name="access_by_person")],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("until_at__isnull", True)),
                            fields=("account", "community", "relation", "source", "scope"),
                            name="an_access_is_granted_once",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Membership",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "type",
                        models.CharField(
                            choices=[
                                ("associate", "associate"),
                                ("developmental", "developmental"),
                                ("full", "full"),
                                ("accredited", "accredited pathway"),
                            ],
                            max_length=14,
                            verbose_name="type",
                        ),
                    ),
                    ("since", models.DateField(verbose_name="since")),
                    ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                    (
                        "fee",
                        models.DecimalField(
                            blank=True, decimal_places=2, max_digits=9, null=True, verbose_name="yearly fee"
                        ),
                    ),
                    ("fee_paid_on", models.DateField(blank=True, null=True, verbose_name="fee paid on")),
                    ("note", models.TextField(blank=True, verbose_name="note of the office")),
                    (
                        "community",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="memberships",
                            to="members.community",
                        ),
                    ),
                ],
                options={
                    "ordering": ["-since"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                            ),
                            name="a_membership_ends_after_it_begins",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("until__isnull", True)),
                            fields=("community",),
                            name="one_open_membership_at_a_time",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Holiday",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("on", models.DateField(verbose_name="day")),
                    ("name", models.CharField(max_length=80, verbose_name="name")),
                    (
                        "network",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="holidays", to="members.network"
                        ),
                    ),
                ],
                options={
                    "ordering": ["on"],
                    "constraints": [models.UniqueConstraint(fields=("network", "on"), name="a_day_off_stands_once")],
                },
            ),
        )
    ]
