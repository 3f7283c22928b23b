from django.db import migrations

from communitas.kit.rows import InsertOnly


class Migration(migrations.Migration):
    """What happened to an enrolment is written once."""

    dependencies = [("cycles", "0001_initial")]
    operations = [
        InsertOnly("cycles_move"),
    ]
