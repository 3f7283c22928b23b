from django.db import migrations

from communitas.kit.rows import Guard, InsertOnly


class Migration(migrations.Migration):
    """Facts are written once, except that an import may be undone as a whole; a set of facts keeps what it was.

    A version of a facts file is written once. Frozen figures never change, nor their copy by subject, and they keep
    the file they were counted from; locked cells never change.
    """

    replaces = [
        ("benchmarking", "0002_guard_the_facts"),
        ("benchmarking", "0003_let_imported_facts_be_undone"),
        ("benchmarking", "0005_guard_facts_files"),
        ("benchmarking", "0007_guard_declared_cells"),
    ]
    dependencies = [("benchmarking", "0001_tables")]
    operations = [
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
        InsertOnly("benchmarking_factsfile"),
        Guard(
            "benchmarking_release",
            verbs=["UPDATE"],
            name="frozen_figures_keep_their_facts",
            condition="COALESCE(NEW.facts_id, 0) <> COALESCE(OLD.facts_id, 0)",
        ),
        Guard(
            "benchmarking_lattice",
            verbs=["UPDATE", "DELETE"],
            name="locked_cells_never_change",
            condition="OLD.state = 'locked'",
        ),
        Guard("benchmarking_frozensubject", verbs=["UPDATE"], name="frozen_subjects_never_change"),
    ]
