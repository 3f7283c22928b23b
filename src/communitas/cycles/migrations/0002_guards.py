from django.db import migrations

from communitas.kit.rows import InsertOnly


class Migration(migrations.Migration):
    """What happened to an enrolment is written once."""

    replaces = [("cycles", "0002_guard_the_moves")]
    dependencies = [("cycles", "0001_tables")]
    operations = [
        InsertOnly("cycles_move"),
    ]
