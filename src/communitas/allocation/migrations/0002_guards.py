from django.db import migrations

from communitas.kit.rows import Guard, InsertOnly


class Migration(migrations.Migration):
    """Problems, plans and their acceptance are written once; what was decided beforehand is lifted, never changed."""

    dependencies = [("allocation", "0001_tables")]
    operations = [
        InsertOnly("allocation_statedproblem"),
        InsertOnly("allocation_plan"),
        InsertOnly("allocation_acceptance"),
        Guard("allocation_pin", verbs=["DELETE"], name="pins_stay"),
        Guard("allocation_forbidden", verbs=["DELETE"], name="forbidden_pairs_stay"),
        Guard(
            "allocation_forbidden",
            verbs=["UPDATE"],
            name="a_forbidden_pair_is_only_lifted",
            condition="OLD.visit_id <> NEW.visit_id OR OLD.account_id <> NEW.account_id "
            "OR OLD.reason <> NEW.reason OR OLD.lifted_at IS NOT NULL",
        ),
        Guard(
            "allocation_pin",
            verbs=["UPDATE"],
            name="a_pin_is_only_lifted",
            condition="OLD.visit_id <> NEW.visit_id OR COALESCE(OLD.account_id, 0) <> COALESCE(NEW.account_id, 0) "
            "OR OLD.seat <> NEW.seat OR OLD.lifted_at IS NOT NULL",
        ),
    ]
