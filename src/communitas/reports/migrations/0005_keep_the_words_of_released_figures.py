from django.db import migrations

from communitas.kit.rows import Guard


class Migration(migrations.Migration):
    """The introduction of released national figures stays as it was released."""

    dependencies = [
        ("reports", "0004_guard_points_and_documents"),
        ("benchmarking", "0003_let_imported_facts_be_undone"),
    ]
    operations = [
        Guard(
            "reports_nationalreport",
            verbs=["UPDATE"],
            name="released_words_never_change",
            condition="NEW.introduction <> OLD.introduction AND EXISTS "
            "(SELECT 1 FROM benchmarking_release WHERE id = OLD.release_id AND state = 'released')",
        ),
    ]
