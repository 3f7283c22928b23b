from django.db import migrations, models
from django.db.models.lookups import Exact

from communitas.kit.days import DayOfMonth
from communitas.kit.rows import Guard, Lifted

WAS_RELEASED = "(SELECT state FROM questionnaires_opening WHERE id = {row}.opening_id) = 'released'"
NOT_ERASED = "(SELECT erased_at FROM questionnaires_opening WHERE id = {row}.opening_id) IS NULL"
REPLY = "questionnaires_reply"
GUARDS = [
    Guard(REPLY, verbs=["UPDATE"], name="a_reply_never_changes"),
    Guard(REPLY, verbs=["INSERT"], name="no_reply_follows_the_release", condition=WAS_RELEASED),
    Guard(REPLY, verbs=["DELETE"], name="released_is_kept_until_erased", condition=f"{WAS_RELEASED} AND {NOT_ERASED}"),
]


class Migration(migrations.Migration):
    """Say 'the first of a month' in plain SQL, so that SQLite's own program can check and copy the file.

    SQLite writes both tables anew for it, and would forget the guards of one.
    """

    dependencies = [("questionnaires", "0002_guard_what_was_said")]
    operations = [
        *(Lifted(guard) for guard in GUARDS),
        *(
            operation
            for model in ("participation", "reply")
            for operation in (
                migrations.RemoveConstraint(model, f"a_{model}_knows_only_its_month"),
                migrations.AddConstraint(
                    model,
                    models.CheckConstraint(
                        condition=Exact(DayOfMonth("month"), 1), name=f"a_{model}_knows_only_its_month"
                    ),
                ),
            )
        ),
        *GUARDS,
    ]
