from django.db import migrations

from communitas.kit.rows import Guard, InsertOnly

RELEASED = "EXISTS (SELECT 1 FROM benchmarking_release WHERE id = OLD.release_id AND state = 'released')"
CHANGED = (
    "COALESCE(NEW.outline_id, 0) <> COALESCE(OLD.outline_id, 0)"
    " OR COALESCE(CAST(NEW.content AS TEXT), '') <> COALESCE(CAST(OLD.content AS TEXT), '')"
)


class Migration(migrations.Migration):
    """What was built and coded is written once, and what a released report tells never changes."""

    dependencies = [
        ("reports", "0010_build_reports_from_blocks_and_themes"),
        ("benchmarking", "0003_let_imported_facts_be_undone"),
    ]
    operations = [
        InsertOnly("reports_outline"),
        InsertOnly("reports_codebook"),
        InsertOnly("reports_coding"),
        InsertOnly("reports_settling"),
        InsertOnly("reports_quotestep"),
        Guard(
            "reports_outline",
            verbs=["INSERT"],
            name="a_released_report_is_built_no_more",
            condition="EXISTS (SELECT 1 FROM benchmarking_release "
            "WHERE cycle_id = NEW.cycle_id AND state = 'released')",
        ),
        Guard(
            "reports_nationalreport",
            verbs=["UPDATE"],
            name="what_was_released_never_changes",
            condition=f"({CHANGED}) AND {RELEASED}",
        ),
        Guard("reports_nationalreport", verbs=["DELETE"], name="a_released_national_report_stays", condition=RELEASED),
    ]
