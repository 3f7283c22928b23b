from django.db import migrations


class Migration(migrations.Migration):
    """The former table of heads goes: all that it knew besides stands in the events."""

    dependencies = [("workbooks", "0014_keep_the_heads")]
    operations = [migrations.DeleteModel("FormerHead")]
