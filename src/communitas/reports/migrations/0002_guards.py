from django.db import migrations

from communitas.kit.rows import Guard, InsertOnly

SIGNED = "OLD.state IN ('final', 'superseded')"
OF_SIGNED = (
    "EXISTS (SELECT 1 FROM reports_localreport r WHERE r.id = {row}.report_id AND r.state IN ('final', 'superseded'))"
)
REPORT = " OR ".join(
    [
        "NEW.state NOT IN ('final', 'superseded')",
        *(
            f"NEW.{column} <> OLD.{column}"
            for column in ("document", "document_hash", "summary", "signed_by_id", "version")
        ),
    ]
)
EVIDENCE = " OR ".join(
    f"NEW.{column} <> OLD.{column}" for column in ("name", "link", "size", "by_id", "at", "action_id")
)
RELEASED = "EXISTS (SELECT 1 FROM benchmarking_release WHERE id = OLD.release_id AND state = 'released')"
TOLD = (
    "COALESCE(NEW.outline_id, 0) <> COALESCE(OLD.outline_id, 0)"
    " OR COALESCE(CAST(NEW.content AS TEXT), '') <> COALESCE(CAST(OLD.content AS TEXT), '')"
)


class Migration(migrations.Migration):
    """What is signed, released, built, coded or told about an action or a practice is written once.

    What a signed report rests on stays as it is: its points, its document, its PDF, its signatures. Evidence is
    withdrawn once; of a private link only its end is added, once. A correction stands in a released report alone.
    """

    replaces = [
        ("reports", "0002_guard_what_is_signed"),
        ("reports", "0004_guard_points_and_documents"),
        ("reports", "0005_keep_the_words_of_released_figures"),
        ("reports", "0007_guard_evidence_and_practice"),
        ("reports", "0009_guard_designs_and_private_links"),
        ("reports", "0011_guard_blocks_and_themes"),
    ]
    dependencies = [("reports", "0001_tables")]
    operations = [
        InsertOnly("reports_actionnote"),
        Guard("reports_localreport", verbs=["DELETE"], name="a_final_report_is_kept", condition=SIGNED),
        Guard(
            "reports_localreport",
            verbs=["UPDATE"],
            name="a_final_report_never_changes",
            condition=f"{SIGNED} AND ({REPORT})",
        ),
        InsertOnly("reports_reportedit"),
        Guard(
            "reports_factpoint",
            verbs=["INSERT", "UPDATE", "DELETE"],
            name="points_of_a_signed_report_stay",
            condition=OF_SIGNED,
        ),
        Guard(
            "reports_localreport",
            verbs=["UPDATE"],
            name="a_signed_report_stays_as_signed",
            condition=(
                f"{SIGNED} AND (NEW.document IS NULL OR NEW.enrolment_id <> OLD.enrolment_id"
                " OR NEW.signed_by_id IS NULL OR NEW.first_signed_by_id IS NULL"
                " OR NEW.first_signed_by_id <> OLD.first_signed_by_id"
                " OR NEW.signed_at <> OLD.signed_at OR NEW.version_reason <> OLD.version_reason"
                " OR (OLD.pdf_id IS NOT NULL AND (NEW.pdf_id IS NULL OR NEW.pdf_id <> OLD.pdf_id)))"
            ),
        ),
        Guard(
            "reports_localreport",
            verbs=["UPDATE"],
            name="a_superseded_report_stays_superseded",
            condition="OLD.state = 'superseded' AND NEW.state <> 'superseded'",
        ),
        Guard(
            "reports_nationalreport",
            verbs=["UPDATE"],
            name="released_words_never_change",
            condition=f"NEW.introduction <> OLD.introduction AND {RELEASED}",
        ),
        InsertOnly("reports_practicestep"),
        Guard(
            "reports_actionevidence",
            verbs=["UPDATE"],
            name="evidence_of_an_action_stays",
            condition=(
                f"{EVIDENCE} OR (OLD.file_id IS NOT NULL AND (NEW.file_id IS NULL OR NEW.file_id <> OLD.file_id))"
                " OR OLD.withdrawn_at IS NOT NULL"
            ),
        ),
        InsertOnly("reports_reportdesign"),
        InsertOnly("reports_designuse"),
        InsertOnly("reports_linkopening"),
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
            condition=f"({TOLD}) AND {RELEASED}",
        ),
        Guard("reports_nationalreport", verbs=["DELETE"], name="a_released_national_report_stays", condition=RELEASED),
        Guard(
            "reports_reportlink",
            verbs=["UPDATE"],
            name="a_private_link_keeps_its_terms",
            condition=(
                "OLD.ended_at IS NOT NULL OR NEW.report_id <> OLD.report_id OR NEW.recipient <> OLD.recipient"
                " OR NEW.reason <> OLD.reason OR NEW.secret_hash <> OLD.secret_hash"
                " OR NEW.made_by_id <> OLD.made_by_id OR NEW.made_at <> OLD.made_at OR NEW.ends_at <> OLD.ends_at"
                " OR NEW.reduced <> OLD.reduced"
            ),
        ),
        Guard("reports_reportlink", verbs=["DELETE"], name="a_private_link_stays"),
        InsertOnly("reports_erratum"),
        Guard(
            "reports_erratum",
            verbs=["INSERT"],
            name="only_a_released_report_is_corrected",
            condition="NOT EXISTS (SELECT 1 FROM benchmarking_release JOIN reports_nationalreport"
            " ON reports_nationalreport.release_id = benchmarking_release.id"
            " WHERE reports_nationalreport.id = NEW.report_id AND benchmarking_release.state = 'released')",
        ),
    ]
