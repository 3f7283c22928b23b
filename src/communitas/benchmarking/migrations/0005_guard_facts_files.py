from django.db import migrations

from communitas.kit.rows import Guard, InsertOnly


class Migration(migrations.Migration):
    """A version of a facts file is written once, and frozen figures keep the one they were counted from."""

    dependencies = [("benchmarking", "0004_keep_facts_as_files")]
    operations = [
        InsertOnly("benchmarking_factsfile"),
        Guard(
            "benchmarking_release",
            verbs=["UPDATE"],
            name="frozen_figures_keep_their_facts",
            condition="COALESCE(NEW.facts_id, 0) <> COALESCE(OLD.facts_id, 0)",
        ),
    ]
