from django.db import migrations

from communitas.kit.rows import Guard, InsertOnly


class Migration(migrations.Migration):
    """Versions of timetables, steps about concerns and feedback are written once; so is what a concern says."""

    dependencies = [("visits", "0004_dates_timetables_concerns_and_feedback")]
    operations = [
        InsertOnly("visits_timetableversion"),
        InsertOnly("visits_concernstep"),
        InsertOnly("visits_feedback"),
        Guard("visits_concern", verbs=["DELETE"], name="concerns_stay"),
        Guard(
            "visits_concern",
            verbs=["UPDATE"],
            name="what_a_concern_says_stays",
            condition="OLD.seen <> NEW.seen OR OLD.at_risk <> NEW.at_risk OR OLD.told <> NEW.told "
            "OR OLD.raised_at <> NEW.raised_at OR OLD.raised_by_id <> NEW.raised_by_id",
        ),
    ]
