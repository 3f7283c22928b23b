from django.db import migrations

from communitas.kit.rows import InsertOnly


class Migration(migrations.Migration):
    """The audit trail is written once."""

    dependencies = [("kit", "0001_initial")]
    operations = [
        InsertOnly("kit_auditline"),
    ]
