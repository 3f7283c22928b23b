from django.db import migrations

from communitas.kit.rows import Guard, InsertOnly


class Migration(migrations.Migration):
    """What was printed is not changed, nor what somebody read from paper once it was sent."""

    dependencies = [("workbooks", "0009_paper")]
    operations = [
        InsertOnly("workbooks_printing"),
        Guard(
            "workbooks_keying",
            verbs=["UPDATE", "DELETE"],
            name="a_reading_that_was_sent_stays",
            condition="{row}.sent_at IS NOT NULL",
        ),
    ]
