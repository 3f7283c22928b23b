from django.db import migrations

from communitas.kit.rows import InsertOnly


class Migration(migrations.Migration):
    """What happened to a visit is written once."""

    dependencies = [("visits", "0001_initial")]
    operations = [
        InsertOnly("visits_visitmove"),
    ]
