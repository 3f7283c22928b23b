from django.db import migrations

from communitas.kit.rows import Guard


class Migration(migrations.Migration):
    """Locked cells never change, and the copy of frozen figures by subject is written once."""

    dependencies = [("benchmarking", "0006_declare_published_cells")]
    operations = [
        Guard(
            "benchmarking_lattice",
            verbs=["UPDATE", "DELETE"],
            name="locked_cells_never_change",
            condition="OLD.state = 'locked'",
        ),
        Guard("benchmarking_frozensubject", verbs=["UPDATE"], name="frozen_subjects_never_change"),
    ]
