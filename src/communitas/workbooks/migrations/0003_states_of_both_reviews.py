from django.db import migrations, models


class Migration(migrations.Migration):
    """Reviews stand in the states of their tables of moves; workbooks keep count of what is answered."""

    dependencies = [
        ("workbooks", "0002_guard_the_events"),
    ]

    operations = [
        migrations.AddField(
            model_name="workbook",
            name="counts",
            field=models.JSONField(default=dict),
        ),
        migrations.AlterField(
            model_name="review",
            name="state",
            field=models.CharField(
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
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "self"), ("state__in", ["open", "sent", "reopened"])),
                    models.Q(
                        ("kind", "peer"), ("state__in", ["not_started", "scoring", "agreeing", "closed", "reopened"])
                    ),
                    _connector="OR",
                ),
                name="a_review_is_in_a_state_of_its_kind",
            ),
        ),
    ]
