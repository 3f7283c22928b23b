from django.db import migrations

from communitas.kit.rows import InsertOnly


class Migration(migrations.Migration):
    """What the lead reviewer prepared to say is written once, version by version."""

    dependencies = [("visits", "0006_sheets_for_the_feedback_of_the_day")]
    operations = [InsertOnly("visits_speakingsheet")]
