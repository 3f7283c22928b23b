from django.db import migrations

from communitas.kit.rows import Guard, InsertOnly


class Migration(migrations.Migration):
    """What happened to a visit is written once.

    So are versions of timetables and of what the lead reviewer prepared to say, steps about concerns, feedback, and
    what a concern says.
    """

    replaces = [
        ("visits", "0002_guard_the_moves"),
        ("visits", "0005_guard_what_is_written_once"),
        ("visits", "0007_guard_the_sheets"),
    ]
    dependencies = [("visits", "0001_tables")]
    operations = [
        InsertOnly("visits_visitmove"),
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
        InsertOnly("visits_speakingsheet"),
    ]
