from django.db import migrations

from communitas.kit.rows import Guard, InsertOnly


class Migration(migrations.Migration):
    """Facts and released figures are written once."""

    dependencies = [("benchmarking", "0001_initial")]
    operations = [
        InsertOnly("benchmarking_fact"),
        Guard(
            "benchmarking_release",
            verbs=["DELETE"],
            name="released_figures_are_kept",
            condition="OLD.state <> 'frozen'",
        ),
        Guard(
            "benchmarking_release",
            verbs=["UPDATE"],
            name="frozen_figures_never_change",
            condition="NEW.hash <> OLD.hash OR NEW.exact <> OLD.exact OR NEW.protected <> OLD.protected",
        ),
    ]
