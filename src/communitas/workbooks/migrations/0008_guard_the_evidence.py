from django.db import migrations

from communitas.kit.rows import InsertOnly


class Migration(migrations.Migration):
    """What was kept as evidence is not changed."""

    dependencies = [("workbooks", "0007_evidence")]
    operations = [InsertOnly("workbooks_evidence")]
