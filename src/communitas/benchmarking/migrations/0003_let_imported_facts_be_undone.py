from django.db import migrations

from communitas.kit.rows import Guard, InsertOnly, Lifted


class Migration(migrations.Migration):
    """Facts are written once, except that an import may be undone as a whole; a set of facts keeps what it was."""

    dependencies = [("benchmarking", "0002_guard_the_facts")]
    operations = [
        Lifted(InsertOnly("benchmarking_fact")),
        Guard("benchmarking_fact", verbs=["UPDATE"], name="facts_are_written_once"),
        Guard(
            "benchmarking_fact",
            verbs=["DELETE"],
            name="facts_of_reports_are_kept",
            condition="EXISTS (SELECT 1 FROM benchmarking_factset WHERE id = OLD.fact_set_id AND source <> 'import')",
        ),
        Guard(
            "benchmarking_factset",
            verbs=["DELETE"],
            name="sets_of_reports_are_kept",
            condition="OLD.source <> 'import'",
        ),
        Guard(
            "benchmarking_factset",
            verbs=["UPDATE"],
            name="a_set_of_facts_keeps_what_it_was",
            condition="NEW.hash <> OLD.hash OR NEW.enrolment_id <> OLD.enrolment_id OR NEW.version <> OLD.version "
            "OR NEW.source <> OLD.source",
        ),
    ]
