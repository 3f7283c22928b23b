from django.db import migrations

from communitas.kit.rows import InsertOnly


class Migration(migrations.Migration):
    """Events, what they say, and the moves of reviews are written once."""

    dependencies = [("workbooks", "0001_initial")]
    operations = [
        InsertOnly("workbooks_event"),
        InsertOnly("workbooks_payload"),
        InsertOnly("workbooks_reviewmove"),
    ]
